"""A parsed file: its values, and the line of every one of them.

A `Document` is what `read_ecsv` and `read_yaml` return and what everything
else reads: checks, calibrations and editors never look at bytes again.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate

from curator.values import NamedTuple, dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import numpy as np

    from curator.errors import CuratorError

__all__ = ["MAX_COMMENTS", "Column", "Comment", "Document", "Place"]


# More make a list that takes many times the memory of its file.
MAX_COMMENTS = 100_000


class Place(NamedTuple):
    """Where something stands in a file: 1-based line and column, the column after its end (0: unknown)."""

    line: int
    column: int = 1
    end: int = 0


class Comment(NamedTuple):
    """A ``#`` line in a data block; ``row`` is the 0-based index of the row it stands before."""

    line: int
    text: str
    row: int


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One ECSV column.

    Parameters
    ----------
    name, datatype : str
        As declared (``float64``, ``string``, …).
    values : list
        One Python value per row; `None` where the cell is empty (masked).
        Array cells are (nested) lists.
    unit : str or None
        The unit that holds, as astropy has it: the declared one, or where that is missing or empty the
        one of ``__serialized_columns__``.
    shape : tuple of int or None
        Shape of one cell of a multidimensional column; `None` entries for variable length.
    """

    name: str
    datatype: str
    values: list[Any]
    unit: str | None = None
    description: str | None = None
    format: str | None = None
    subtype: str | None = None
    shape: tuple[int | None, ...] | None = None

    def array(self) -> np.ndarray[Any, Any]:
        """Return the values as astropy would hold them (masked where cells are empty)."""
        from curator.formats.to_numpy import to_array

        return to_array(self)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A parsed ECSV or YAML file.

    Parameters
    ----------
    path : str
        Relative to the repository, as messages name it.
    format : {"ecsv", "yaml"}
    raw : bytes
        The file itself; ``str(raw, "utf-8")`` is what line numbers count.
    header : dict
        ECSV: the ``meta`` mapping without ``__serialized_columns__``. YAML: the
        ``metadata`` mapping (a PropertyList flattened to keyword -> value); where a
        YAML file has no ``metadata``, its top-level scalar entries.
    version : str
        ``0.9`` or ``1.0`` for ECSV, empty for YAML.
    columns : dict of str to Column
        ECSV only, in file order.
    tree : object
        YAML only: the whole value. Tuples, boxes and points are plain Python values
        (`curator.formats.yaml.reader.Box`, `tuple`).
    row_lines : sequence of int
        Line of each row.
    comments : tuple of Comment
        ``#`` lines in the data block; all ``#`` lines of a YAML file (``row`` -1).
    unread : tuple of tuple of str
        ECSV only: places of header entries that no reader looks at, ``("KEY",)`` beside ``meta`` or
        ``("columns", name, "key")``.
    by_astropy : bool
        The strict body grammar did not cover this file and astropy read it.
    """

    path: str
    format: str
    raw: bytes
    header: dict[str, Any]
    version: str = ""
    columns: dict[str, Column] = field(default_factory=dict)
    tree: Any = None
    row_lines: Sequence[int] = ()
    comments: tuple[Comment, ...] = ()
    unread: tuple[tuple[str, ...], ...] = ()
    by_astropy: bool = False
    delimiter: str = " "
    places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)
    value_places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)
    # Where every line begins; filled when the first line is asked for.
    line_starts: array[int] = field(default_factory=lambda: array("Q"), repr=False)

    def line(self, number: int) -> str:
        """Return the text of 1-based line ``number`` without its newline; empty when there is none."""
        starts = self.line_starts
        if not starts:
            starts.append(0)
            starts.extend(accumulate(len(line) + 1 for line in self.raw.split(b"\n")))
        if not 0 < number < len(starts):
            return ""
        return self.raw[starts[number - 1] : starts[number] - 1].decode("utf-8", "replace").rstrip("\r")

    def at(self, *path: str | int) -> Place:
        """Return where a header keyword, or a path of keys and indices in a YAML tree, stands.

        A single keyword is looked up in the header. The nearest enclosing place that is
        known is returned for a path that has none, line 1 if nothing is.
        """
        for end in range(len(path), 0, -1):
            if found := self.places.get(path[:end]):
                return found
        return Place(1)

    def value_at(self, *path: str | int) -> Place:
        """Return where the value of a header keyword or tree path stands; its key's place if unknown."""
        return self.value_places.get(path) or self.at(*path)

    def locate(self, error: CuratorError) -> None:
        """Add file, line and column to an error about this file that has no place yet.

        Its keyword is looked for among the columns, then in the header.
        """
        if not error.path:
            keyword, error.path = error.keyword, self.path
            place = ("columns", keyword) if keyword in self.columns else (keyword,) if keyword else ()
            error.line, error.column, _ = self.at(*place)

    def cell(self, row: int, column: str) -> Place:
        """Return where one cell stands, ``row`` 0-based; its row, or line 1, where that cannot be told."""
        from curator.formats.cell_spans import cell_spans

        if not 0 <= row < len(self.row_lines):
            return Place(1)
        line = self.row_lines[row]
        names = list(self.columns)
        spans = cell_spans(self.line(line), self.delimiter)
        if line == 1 or column not in names or len(spans) != len(names):
            return Place(line)
        start, end = spans[names.index(column)]
        return Place(line, start + 1, end + 1)
