"""What a change means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from curator.api import html
from curator.counts import counted
from curator.review.markdown import NOTHING, TITLES, scoreboard, statements_by_kind
from curator.review.text import summary, text_lines

if TYPE_CHECKING:
    from curator.api.findings import CheckFindings
    from curator.review.report import Common, FileReport, ReviewReport
    from curator.review.wording import Statement

__all__ = ["DiffReport"]

# Statements of one kind that the first table names.
_PER_KIND = 5
# Files that are listed one by one.
_FILES = 200


@dataclass(frozen=True, repr=False)
class DiffReport(Sequence["FileReport"]):
    """What a change means: a sequence of the files that differ, by path.

    Parameters
    ----------
    report : ReviewReport
        As `curator.review.report` makes it.

    Examples
    --------
    >>> len(repo.diff("HEAD"))
    0
    """

    report: ReviewReport

    @property
    def before(self) -> str:
        """What the earlier state is called."""
        return self.report.before

    @property
    def after(self) -> str:
        """What the later state is called."""
        return self.report.after

    @property
    def files(self) -> tuple[FileReport, ...]:
        """Every file that differs, with the statements about it alone."""
        return self.report.files

    @property
    def common(self) -> tuple[Common, ...]:
        """Statements that several files share, with their paths."""
        return self.report.common

    @property
    def statements(self) -> tuple[tuple[str, Statement], ...]:
        """Each statement with the path of its file, those that several files share with each path."""
        shared = [(path, one.statement) for one in self.common for path in one.paths]
        own = [(one.file.path, said) for one in self.files for said in one.statements]
        return (*shared, *own)

    def __len__(self) -> int:
        """Return the number of files that differ."""
        return len(self.files)

    @overload
    def __getitem__(self, index: int) -> FileReport: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[FileReport, ...]: ...
    def __getitem__(self, index: int | slice) -> FileReport | tuple[FileReport, ...]:
        """Return one file by its number, or several."""
        return self.files[index]

    def to_dict(self) -> dict[str, Any]:
        """Return what `curator diff --format json` prints, but for its version."""
        return self.report.to_json()

    def to_dicts(self) -> list[dict[str, object]]:
        """Return a row for each statement, as `pandas.DataFrame` takes them."""
        return [{"path": path, "kind": said.kind, "statement": said.text} for path, said in self.statements]

    def to_markdown(self, findings: CheckFindings | None = None) -> str:
        """Return the comment of a pull request, with the findings of its check if they are given."""
        return scoreboard(self.report, findings.report if findings is not None else None)

    def __repr__(self) -> str:
        """Return what the change means, as `curator diff` prints it."""
        return "\n".join(text_lines(self.report)) or self._title()

    def _title(self) -> str:
        return summary(self.report) if self.files else NOTHING

    def _repr_html_(self) -> str:
        """Return the statements that change results, then each file with all of its statements."""
        parts: list[object] = [html.note(f"{self.before} to {self.after}")]
        rows = list(self._rows())
        if rows:
            parts.append(html.table(("", "where", "what it means"), rows))
        files = [_file(one) for one in self.files[:_FILES]]
        if files:
            left = len(self.files) - len(files)
            more = [html.note(f"and {left:,} more files")] if left else []
            parts.append(html.fold(f"files ({len(self.files):,})", *files, *more))
        return html.titled(self._title(), *parts)

    def _rows(self) -> Sequence[tuple[object, ...]]:
        found = statements_by_kind(self.report)
        rows: list[tuple[object, ...]] = []
        for kind, title in TITLES.items():
            said = found.get(kind, [])
            rows += [
                ("" if number else html.tag("strong", title), _where(one.paths), one.statement.text)
                for number, one in enumerate(said[:_PER_KIND])
            ]
            if len(said) > _PER_KIND:
                rows.append(("", "", html.muted(f"and {len(said) - _PER_KIND:,} more")))
        return rows


def _where(paths: Sequence[str]) -> html.Markup:
    more = f" and {counted(len(paths) - 1, 'more file')}" if len(paths) > 1 else ""
    return html.joined((html.code(paths[0]), more))


def _file(one: FileReport) -> html.Markup:
    lines = (
        html.joined((said.text, *(html.tag("div", html.code(each)) for each in said.details)))
        for said in one.statements
    )
    old = one.file.old_path
    moved = f" (was {old})" if one.file.kind == "renamed" else ""
    title = html.joined((html.code(one.file.path), f": {one.file.kind}{moved}"))
    return html.fold(title, html.listing(lines) if one.statements else html.note("see above"))
