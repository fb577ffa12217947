"""Which edit each part of a calibration is from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curator.api import html
from curator.api.tables import text_table
from curator.repository.history import SHORT
from curator.review.blame.blame_lines import NOT_COMMITTED, blame_lines, blamed_parts, problem_lines

if TYPE_CHECKING:
    from astropy.table import Table

    from curator.review.blame.blame import FileBlame
    from curator.review.blame.replay import NotedEdit

__all__ = ["BlameReport"]

_COLUMNS = ("part", "text", "commit", "editor", "date", "note")


@dataclass(frozen=True, repr=False)
class BlameReport:
    """Which edit gave each keyword, row and cell of a calibration its present value.

    Parameters
    ----------
    blame : FileBlame
        Edits, keywords and tables with the numbers of their edits.

    Examples
    --------
    >>> blame = repo.blame("myCam/defects/s00/20200101T000000.ecsv")
    >>> {row["note"] for row in blame.to_dicts() if row["part"] == "table DEFECTS"}
    {'Begin'}
    """

    blame: FileBlame

    @property
    def path(self) -> str:
        """The path of the calibration."""
        return self.blame.path

    @property
    def edits(self) -> tuple[NotedEdit, ...]:
        """Every edit of the file, newest first: `commit`, `editor`, `date` (UTC) and `note` of each."""
        return self.blame.edits

    def to_dict(self) -> dict[str, Any]:
        """Return what `curator blame --format json` prints, but for its version."""
        return self.blame.to_json()

    def to_dicts(self) -> list[dict[str, object]]:
        """Return a row for each part of the file, as `pandas.DataFrame` takes them."""
        return [
            {
                "part": title,
                "text": one.text,
                "commit": edit.commit or None,
                "editor": edit.editor,
                "date": edit.date,
                "note": edit.note,
            }
            for title, parts in blamed_parts(self.blame).items()
            for one in parts
            for edit in [self.edits[one.edit]]
        ]

    def to_table(self) -> Table:
        """Return the same rows as `astropy.table.Table` of texts."""
        return text_table(_COLUMNS, self.to_dicts())

    def __repr__(self) -> str:
        """Return the edits, and the parts with their edits, as `curator blame` prints them."""
        return "\n".join(blame_lines(self.blame))

    def _repr_html_(self) -> str:
        """Return a table for the header, and one for each table of the file."""
        problems = map(html.note, problem_lines(self.blame.problems, self.blame.is_cut))
        return html.titled(html.code(self.path), *self._folds(), *problems)

    def _folds(self) -> Iterator[html.Markup]:
        for title, parts in blamed_parts(self.blame).items():
            rows = ((html.code(one.text), *_cells(self.edits[one.edit])) for one in parts)
            table = html.table((title, "date (UTC)", "editor", "commit", "note"), rows)
            yield html.fold(f"{title} ({len(parts):,})", table, is_open=title != "header")


def _cells(edit: NotedEdit) -> tuple[object, ...]:
    if not edit.commit:
        return html.date(NOT_COMMITTED), "", "", ""
    return html.date(edit.date[:10]), edit.editor, html.commit(edit.commit[:SHORT]), edit.note_line
