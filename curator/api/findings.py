"""What a check found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, overload

from curator.api import html, text
from curator.api.tables import text_table
from curator.checks.renderers import renderer
from curator.checks.renderers._counts import severities
from curator.counts import counted

if TYPE_CHECKING:
    from astropy.table import Table

    from curator.checks.model.finding import Finding
    from curator.checks.model.report import Report

__all__ = ["CheckFindings"]

_COLUMNS = ("severity", "code", "path", "line", "message", "hint")


@dataclass(frozen=True, repr=False)
class CheckFindings(Sequence["Finding"]):
    """What a check found, by path and place.

    Parameters
    ----------
    report : Report
        Findings, notices, and how many files were checked.

    Examples
    --------
    >>> repo.check()
    14 files checked: nothing found
    """

    report: Report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Each finding: severity, code, path, line, message, hint."""
        return self.report.findings

    @property
    def errors(self) -> CheckFindings:
        """Only the errors."""
        return self._of("error")

    @property
    def warnings(self) -> CheckFindings:
        """Only the warnings."""
        return self._of("warning")

    def _of(self, severity: str) -> CheckFindings:
        found = tuple(one for one in self.findings if one.severity == severity)
        return CheckFindings(replace(self.report, findings=found))

    @property
    def checked(self) -> int:
        """How many files were checked."""
        return self.report.checked

    def __len__(self) -> int:
        """Return the number of findings."""
        return len(self.findings)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        """Return one finding by its number, or several."""
        return self.findings[index]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a row for each finding, as `pandas.DataFrame` takes them."""
        return [{name: getattr(one, name) for name in _COLUMNS} for one in self.findings]

    def to_table(self) -> Table:
        """Return a row for each finding, as `astropy.table.Table` of texts."""
        return text_table(_COLUMNS, self.to_dicts())

    def __repr__(self) -> str:
        """Return the findings as `curator check` prints them."""
        return renderer("text")(self.report, wrap=_wrap, options=False)

    def _repr_html_(self) -> str:
        """Return a table of the findings, the gravest first."""
        order = ("error", "warning", "info")
        found = sorted(self.findings, key=lambda one: order.index(one.severity))
        rows = (
            (
                html.tag("strong", one.severity) if one.severity == "error" else one.severity,
                one.code,
                html.code(f"{one.path}:{one.line}" if one.line else one.path),
                html.joined((one.message, html.note("hint: ", one.hint) if one.hint else "")),
            )
            for one in found
        )
        table = html.table(("severity", "rule", "where", "what"), rows) if found else ""
        notes = (*self.report.notices, *self.report.asides)
        return html.titled(self._title(), table, *map(html.note, notes))

    def _title(self) -> str:
        counts = ", ".join(words for _, words in severities(self.report))
        return f"{counted(self.checked, 'file')} checked: {counts or 'nothing found'}"


def _wrap(said: str, *, first: str = "", rest: str = "") -> list[str]:
    return text.wrapped(said, first=first, rest=rest)
