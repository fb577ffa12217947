"""Which calibration applies to an exposure, and why: the answers of `select` and `why`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, overload

from curator.api import html, text
from curator.api.calibrations import CalibrationFile, CalibrationList
from curator.api.tables import text_table
from curator.counts import counted
from curator.formats.files.terminal_escape import escape
from curator.repository.selection.answer_facts import (
    answer_facts,
    overrides_of,
    rejection_facts,
    request_facts,
)
from curator.repository.selection.explanation import answer_lines, other_lines, rejection_reason

if TYPE_CHECKING:
    from astropy.table import Table

    from curator.errors import CuratorError
    from curator.repository.selection.explanation import ExplanationLine
    from curator.repository.selection.exposures import Exposure
    from curator.repository.selection.overrides import Override
    from curator.repository.selection.selection import Answer, Rejection, Request
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["SelectionAnswer", "SelectionExplanation", "SelectionList"]


@dataclass(frozen=True, repr=False)
class SelectionAnswer:
    """Which calibration applies to an exposure.

    Parameters
    ----------
    answer : Answer
        Request and entries, as `curator.repository.selection.selection` gives them.
    exposure : Exposure
        What was asked for.
    absent : str
        A sentence, if there is nothing at any time that could be the answer.
    snapshot : Snapshot or None
        The state of the repository that was asked; `None` of a registry.
    problems : tuple of CuratorError
        Why files that may be the answer cannot be read or placed: nothing is known of them.

    Examples
    --------
    >>> answer = repo.select("defects", "2025-05-14T03:30:00", detector="S00")
    >>> answer.status
    'found'
    >>> answer.calibration.path
    'myCam/defects/s00/20200101T000000.ecsv'
    """

    answer: Answer
    exposure: Exposure
    absent: str = ""
    snapshot: Snapshot | None = field(default=None, compare=False)
    problems: tuple[CuratorError, ...] = field(default=(), compare=False)

    @property
    def status(self) -> Literal["found", "none", "ambiguous"]:
        """Whether exactly one calibration applies, none, or several."""
        return self.answer.status

    @property
    def request(self) -> Request:
        """What was asked for: camera, dataset type, detector, filter, begin and end (UTC)."""
        return self.answer.request

    @property
    def calibration(self) -> CalibrationFile | None:
        """The calibration that applies; `None` if none or several apply."""
        return self.calibrations[0] if self.status == "found" else None

    @property
    def calibrations(self) -> CalibrationList:
        """Each calibration that is valid during the exposure: several if the answer is ambiguous."""
        entries = dict.fromkeys(self.answer.entries)
        return CalibrationList(tuple(CalibrationFile(one, self.snapshot) for one in entries))

    @property
    def overrides(self) -> tuple[Override, ...]:
        """The overrides that chose the calibrations."""
        return overrides_of(self.answer)

    def to_dict(self) -> dict[str, Any]:
        """Return what `curator why --format json` prints of the answer."""
        return {
            "request": request_facts(self.request),
            "status": self.status,
            **answer_facts(self.answer),
        }

    def _lines(self) -> Iterator[ExplanationLine]:
        yield from answer_lines(self.answer, self.absent)

    def __repr__(self) -> str:
        """Return what applies in sentences, as `curator why` prints them."""
        lines = [line for said in self._lines() for line in _terminal_lines(said)]
        return "\n".join(lines + (text.wrapped(text.unread(self.problems)) if self.problems else []))

    def _repr_html_(self) -> str:
        """Return what applies in sentences."""
        return html.joined((_html_lines(self._lines()), html.unread(self.problems)))


@dataclass(frozen=True, repr=False)
class SelectionExplanation(SelectionAnswer):
    """Which calibration applies to an exposure, and why each other one of the same type does not.

    Parameters
    ----------
    not_chosen : tuple of Rejection
        The other calibrations, nearest miss first; `reasons` says why they do not apply.
    """

    not_chosen: tuple[Rejection, ...] = ()

    @property
    def reasons(self) -> dict[str, str]:
        """Why each other calibration does not apply, by path."""
        return {str(one.entry.path): rejection_reason(one) for one in self.not_chosen}

    def to_dict(self) -> dict[str, Any]:
        """Return what `curator why --format json` prints."""
        return {**super().to_dict(), "not_chosen": rejection_facts(self.not_chosen)}

    def _lines(self) -> Iterator[ExplanationLine]:
        yield from answer_lines(self.answer, self.absent)
        yield from other_lines(self.not_chosen, hint="`reasons` has")

    def _repr_html_(self) -> str:
        """Return what applies in sentences, and a table of the other calibrations with the reasons."""
        rows = [(html.code(path), reason) for path, reason in self.reasons.items()]
        others = html.fold(f"not chosen ({len(rows):,})", html.table((), rows), is_open=True) if rows else ""
        said = _html_lines(answer_lines(self.answer, self.absent))
        return html.joined((said, others, html.unread(self.problems)))


@dataclass(frozen=True, repr=False)
class SelectionList(Sequence[SelectionAnswer]):
    """The answers for a table of exposures, in its order: one for each exposure, dataset type and detector.

    Parameters
    ----------
    answers : tuple of SelectionAnswer
    skipped : tuple of str
        Sentences that say for which dataset types exposures were not asked about, and why.
    """

    answers: tuple[SelectionAnswer, ...]
    skipped: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[CuratorError, ...]:
        """Why files that may be one of the answers cannot be read or placed."""
        return tuple(dict.fromkeys(error for one in self.answers for error in one.problems))

    def __len__(self) -> int:
        """Return the number of answers."""
        return len(self.answers)

    @overload
    def __getitem__(self, index: int) -> SelectionAnswer: ...
    @overload
    def __getitem__(self, index: slice) -> SelectionList: ...
    def __getitem__(self, index: int | slice) -> SelectionAnswer | SelectionList:
        """Return one answer by its number, or several."""
        found = self.answers[index]
        return SelectionList(found, self.skipped) if isinstance(found, tuple) else found

    def to_dicts(self) -> list[dict[str, object]]:
        """Return a row for each answer, as `pandas.DataFrame` takes them."""
        return [
            {
                "exposure": one.exposure.name,
                "date": one.request.begin,
                "dataset_type": one.request.dataset_type,
                "detector": one.request.detector,
                "physical_filter": one.request.physical_filter,
                "status": one.status,
                "path": " ".join(each.path for each in one.calibrations),
            }
            for one in self.answers
        ]

    def to_table(self) -> Table:
        """Return a row for each answer, as `astropy.table.Table` of texts."""
        return text_table(_COLUMNS, self.to_dicts())

    def __repr__(self) -> str:
        """Return one line for each answer."""
        lines = text.aligned(_HEADINGS, map(_row, self.answers)) if self.answers else []
        notes = [*self.skipped, *filter(None, [text.unread(self.problems)])]
        return "\n".join([self._title(), *lines, *(line for one in notes for line in text.wrapped(one))])

    def _repr_html_(self) -> str:
        """Return a table with a row for each answer."""
        rows = (
            (name, html.date(date), *names, html.code(path))
            for name, date, *names, path in map(_row, self.answers)
        )
        table = html.table(_HEADINGS, rows) if self.answers else ""
        return html.titled(self._title(), table, *map(html.note, self.skipped), html.unread(self.problems))

    def _title(self) -> str:
        states = [one.status for one in self.answers]
        parts = [f"{states.count(state):,} {state}" for state in ("found", "none", "ambiguous")]
        return f"{counted(len(states), 'answer')}: {', '.join(parts)}"


_COLUMNS = ("exposure", "date", "dataset_type", "detector", "physical_filter", "status", "path")
_HEADINGS = ("exposure", "date (UTC)", "type", "detector", "filter", "status", "path")


def _row(one: SelectionAnswer) -> tuple[str, ...]:
    asked = one.request
    names = asked.dataset_type, asked.detector or "", asked.physical_filter or ""
    paths = " ".join(each.path for each in one.calibrations)
    return one.exposure.name, asked.begin.isoformat(), *names, one.status, paths


def _terminal_lines(said: ExplanationLine) -> list[str]:
    if said.kind in ("chosen", "path"):
        return [said.indent + escape(said.text)]
    return text.wrapped(said.text, first=said.indent, rest=said.indent + "  ")


def _html_lines(lines: Iterator[ExplanationLine]) -> html.Markup:
    return html.tag("div", *(_html_line(one) for one in lines))


def _html_line(said: ExplanationLine) -> html.Markup:
    shown: object = said.text
    if said.kind in ("chosen", "path"):
        shown = html.code(said.text)
    if said.kind == "chosen":
        shown = html.tag("strong", shown)
    return html.tag("div", shown, style=f"margin-left:{len(said.indent) * 0.6:.1f}em")
