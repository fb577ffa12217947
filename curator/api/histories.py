"""Who edited calibrations, when and why, and what each edit means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from curator.api import html
from curator.api.tables import text_table
from curator.counts import counted
from curator.repository.history import SHORT
from curator.repository.layout.paths import SUFFIXES
from curator.review.history.log_lines import log_lines

if TYPE_CHECKING:
    from astropy.table import Table

    from curator.review.history.log import LogEntry

__all__ = ["EditHistory"]

_COLUMNS = ("date", "editor", "commit", "note", "path", "statement")
# Statements of one edit that are shown before the rest is counted.
_SHOWN = 5


@dataclass(frozen=True, repr=False)
class EditHistory(Sequence["LogEntry"]):
    """The edits of a calibration or a folder, newest first.

    Each has `commit`, `editor`, `date` (UTC), `note`, and `review`, which says what it means.

    Parameters
    ----------
    entries : tuple of LogEntry
    path : str
        Whose edits they are; empty of all calibrations.

    Examples
    --------
    >>> [one.editor for one in repo.history("myCam/defects/s00/20200101T000000.ecsv")]
    ['Ada Editor']
    """

    entries: tuple[LogEntry, ...]
    path: str = ""

    def __len__(self) -> int:
        """Return the number of edits."""
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> LogEntry: ...
    @overload
    def __getitem__(self, index: slice) -> EditHistory: ...
    def __getitem__(self, index: int | slice) -> LogEntry | EditHistory:
        """Return one edit by its number, or several."""
        found = self.entries[index]
        return EditHistory(found, self.path) if isinstance(found, tuple) else found

    def to_dicts(self) -> list[dict[str, object]]:
        """Return a row for each statement about a file of an edit, as `pandas.DataFrame` takes them."""
        return [
            {
                "date": one.date,
                "editor": one.editor,
                "commit": one.commit,
                "note": one.note,
                "path": path,
                "statement": said,
            }
            for one in self.entries
            for path, said in _statements(one) or [(self.path, "")]
        ]

    def to_table(self) -> Table:
        """Return the same rows as `astropy.table.Table` of texts."""
        return text_table(_COLUMNS, self.to_dicts())

    def __repr__(self) -> str:
        """Return the edits as `curator log` prints them."""
        lines = [
            line
            for one in self.entries
            for line in log_lines(one, asked=self.path if self.path.endswith(SUFFIXES) else "", option="")
        ]
        return "\n".join(lines).rstrip("\n") or "no edits of calibrations"

    def _repr_html_(self) -> str:
        """Return a table with a row for each edit."""
        rows = (
            (html.date(_when(one)), one.editor, html.commit((one.commit or "")[:SHORT]), _what(one))
            for one in self.entries
        )
        table = html.table(("date (UTC)", "editor", "commit", "what and why"), rows) if self.entries else ""
        of = html.joined((" of ", html.code(self.path))) if self.path else ""
        return html.titled(html.joined((counted(len(self), "edit"), of)), table)


def _when(one: LogEntry) -> str:
    return one.date.replace("T", " ")[:16] or "not committed yet"


def _statements(one: LogEntry) -> list[tuple[str, str]]:
    shared = [(path, each.statement.text) for each in one.review.common for path in each.paths]
    return [*shared, *((file.file.path, said.text) for file in one.review.files for said in file.statements)]


def _what(one: LogEntry) -> html.Markup:
    told = {f"note added: {note}" for note in one.notes}
    statements = [said for said in dict.fromkeys(said for _, said in _statements(one)) if said not in told]
    left = len(statements) - _SHOWN
    more = html.note(f"and {left:,} more") if left > 0 else ""
    reason = html.tag("div", html.tag("strong", one.note)) if one.note else ""
    return html.joined((reason, *(html.tag("div", said) for said in statements[:_SHOWN]), more))
