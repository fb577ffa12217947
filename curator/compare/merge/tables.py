"""The data block of ECSV divided into rows, found by the type's key, and rows into cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from curator.compare.merge.flow import flow_parts
from curator.compare.merge.units import Parts, Unit, numbered, with_key
from curator.formats.cell_spans import cell_spans

__all__ = ["Names", "RowUnits", "names_of", "row_unit", "value_of"]

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")
_BOX = ("X0", "Y0", "WIDTH", "HEIGHT")
Names = tuple[str, ...]


def names_of(line: str, delimiter: str) -> Names:
    """Return the column names in a line."""
    return tuple(_unquoted(line[start:end]) for start, end in cell_spans(line, delimiter))


def value_of(cell: str) -> float | str:
    """Return what a cell is compared by: a number whatever its spelling, or text."""
    if not _NUMBER.match(cell):
        return _unquoted(cell)
    try:
        return int(cell)
    except ValueError:
        return float(cell)


def row_unit(line: str, names: Names, delimiter: str, key: object) -> Unit:
    """Return the line of column names, or another that is divided as rows are."""
    return Unit(key, line, "column names", partial(_cells, line, names, delimiter))


class RowUnits:
    """Makes units of lines, one for all that are alike.

    Parameters
    ----------
    names : tuple of str
        The columns.
    row_key : tuple of str
        Those that tell rows apart; without any, rows are found by their number.
    delimiter : str
    """

    def __init__(self, names: Names, row_key: Names, delimiter: str) -> None:
        places = [names.index(name) for name in row_key]
        self._boxes = {name.upper() for name in row_key} == {*_BOX}
        if self._boxes:
            places.sort(key=lambda place: _BOX.index(names[place].upper()))
        self._names, self._places, self._delimiter = names, places, delimiter
        self._known: dict[str, Unit] = {}
        self._values: dict[str, float | str] = {}

    def parts(self, lines: Sequence[str]) -> Parts:
        """Return the rows, and the comments and blank lines between them."""
        known = self._known
        units = []
        for line in lines:
            if (unit := known.get(line)) is None:
                unit = known[line] = self._unit(line)
            units.append(unit)
        if not self._places:
            units = [with_key(unit, at) if unit.key is None else unit for at, unit in enumerate(units)]
        return Parts(
            "block", numbered(units), keyed=bool(self._places), columns=self._names, boxes=self._boxes
        )

    def _unit(self, line: str) -> Unit:
        bare = line.strip()
        if not bare or bare[0] == "#":
            return Unit(("#", bare), line, bare)
        names, delimiter = self._names, self._delimiter
        cells = bare.split() if delimiter == " " and '"' not in bare else None
        if cells is None:
            cells = [line[start:end] for start, end in cell_spans(line, delimiter)]
        if len(cells) != len(names):
            return Unit(("text", bare), line, bare)
        values = self._values
        for place in self._places:
            if (cell := cells[place]) not in values:
                values[cell] = value_of(cell)
        identity = tuple([values[cells[place]] for place in self._places])
        label = " ".join([f"{names[place]}={cells[place]}" for place in self._places])
        divide = partial(_cells, line, names, delimiter)
        return Unit(("row", identity) if self._places else None, line, label or "row", divide, identity)


def _cells(line: str, names: Names, delimiter: str) -> Parts | None:
    spans = cell_spans(line, delimiter)
    if len(spans) != len(names):
        return None
    units = []
    before = 0
    for name, (start, end) in zip(names, spans, strict=True):
        text = line[before:end]
        nested = line[start:end].lstrip('"')[:1] in ("[", "{") and '""' not in text
        divide = partial(flow_parts, text, name) if nested else None
        units.append(Unit(("cell", name), text, name, divide, padding=f" \t\n{delimiter}"))
        before = end
    return Parts("cells", numbered(units), tail=line[before:], lead=delimiter)


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell[:1] == '"' else cell
