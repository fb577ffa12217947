"""A calibration as text that git can compare by lines: one value a line, or one row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from curator.formats.files.terminal_escape import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.formats.document import Column, Document

__all__ = ["normal_form"]

# So many numbers of a list stand on a line, where nothing tells how many belong together.
_A_LINE = 10


def normal_form(path: str, raw: bytes) -> str:
    """Return the content of a file, the same for all files that say the same in the same order.

    Of a file with conflict markers it is the content of both sides, with markers where they differ.

    Parameters
    ----------
    path : str
        Its suffix, or else how the content begins, tells the format.
    raw : bytes

    Raises
    ------
    FormatError
        It cannot be read.
    """
    if not path.endswith((".ecsv", ".yaml", ".yml")):
        path += ".ecsv" if raw.startswith(b"# %ECSV") else ".yaml"
    sides = _sides(raw)
    if sides[0] == sides[1]:
        return _one_form(path, raw)
    ours, theirs = (_one_form(path, side).splitlines(keepends=True) for side in sides)
    return "".join(_both(ours, theirs))


def _sides(raw: bytes) -> tuple[bytes, bytes]:
    """Return a file as either side of its conflicts has it."""
    from curator.compare.merge.conflicted import sides_of

    found = sides_of(raw.decode("utf-8", "surrogateescape"))
    if found is None:
        return raw, raw
    ours, theirs = (side.encode("utf-8", "surrogateescape") for side in found)
    return ours, theirs


def _both(ours: list[str], theirs: list[str]) -> Iterator[str]:
    from curator.compare.merge.hunks import matches

    left = right = 0
    for mine, other in [*matches(ours, theirs), (len(ours), len(theirs))]:
        if mine > left or other > right:
            yield from ("<<<<<<<\n", *ours[left:mine], "=======\n", *theirs[right:other], ">>>>>>>\n")
        yield from ours[mine : mine + 1]
        left, right = mine + 1, other + 1


def _one_form(path: str, raw: bytes) -> str:
    from curator.formats.read import read_document

    doc = read_document(path, raw)
    lines = _table(doc) if doc.format == "ecsv" else _tree((), doc.tree, _amplifiers(doc.header))
    return "".join(f"{escape(line)}\n" for line in lines)


def _table(doc: Document) -> Iterator[str]:
    for column in doc.columns.values():
        unit = f" [{column.unit}]" if column.unit else ""
        yield f"column {column.name}: {column.datatype}{unit} {column.description or ''}".rstrip()
    amplifiers = _amplifiers(doc.header)
    yield from _tree((), doc.header, 0)
    yield ""
    lists = [column for column in doc.columns.values() if column.shape]
    others = [column for column in doc.columns.values() if not column.shape]
    comments: dict[int, list[str]] = {}
    for comment in doc.comments:
        comments.setdefault(comment.row, []).append(comment.text)
    rows = len(doc.row_lines)
    for row in range(rows):
        yield from comments.get(row, ())
        if others:
            yield " ".join(f"{column.name}={_value(column.values[row])}" for column in others)
        for column in lists:
            place = column.name if rows == 1 else f"{column.name} of row {row}"
            yield from _array(place, _flat(column, row), amplifiers)
    yield from comments.get(rows, ())


def _flat(column: Column, row: int) -> list[Any]:
    found: list[Any] = [column.values[row]]
    while any(isinstance(one, list) for one in found):
        found = [item for one in found for item in (one if isinstance(one, list) else [one])]
    return found


def _tree(place: tuple[str, ...], value: Any, amplifiers: int) -> Iterator[str]:
    """Give a line for every value, with the keys that lead to it."""
    name = ".".join(place)
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from _tree((*place, str(key)), one, amplifiers)
    elif isinstance(value, list) and value and not any(isinstance(one, list | Mapping) for one in value):
        if all(isinstance(one, int | float) for one in value):
            yield from _array(name, value, amplifiers)
        else:
            yield from (f"{name}: {_value(one)}" for one in value)
    elif isinstance(value, list) and value:
        for number, one in enumerate(value):
            yield from _tree((*place[:-1], f"{place[-1] if place else ''}[{number}]"), one, amplifiers)
    else:
        yield f"{name}: {_value(value)}"


def _array(name: str, values: Sequence[Any], amplifiers: int) -> Iterator[str]:
    """Give a line for each amplifier that a matrix says something of, else for every few values."""
    square = amplifiers > 1 and len(values) == amplifiers**2
    width = amplifiers if square else len(values) if len(values) <= _A_LINE else _A_LINE
    if len(values) <= width:
        yield f"{name}: {' '.join(map(_value, values))}"
        return
    for start in range(0, len(values), width):
        place = f"to amplifier {start // width}" if square else f"from {start}"
        yield f"{name} {place}: {' '.join(map(_value, values[start : start + width]))}"


def _amplifiers(header: Mapping[str, Any]) -> int:
    shape = header.get("CROSSTALK_SHAPE")
    count = header.get("NAMP", shape[0] if isinstance(shape, list) and shape else 0)
    return count if type(count) is int and 0 < count < 1 << 16 else 0


def _value(value: Any) -> str:
    return "" if value is None else str(value)
