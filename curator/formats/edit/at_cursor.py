"""What stands at one place of a text that may be half written.

A reader refuses a file with an open quote; while somebody types, most files have one. Here every line is
taken for itself, with the keys of the lines above that enclose it: enough to explain, never to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from curator.formats.edit.partial_line import Pair, pairs_of, plain
from curator.values import dataclass

__all__ = ["Spot", "keys_beside", "spot_at"]

Part = Literal["key", "value", "cell", ""]
# How far up a key that encloses a line is looked for.
_FAR = 200_000
_NEAR = 5000


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at a place.

    Parameters
    ----------
    part : {"key", "value", "cell", ""}
        Of a pair, or a cell of an ECSV table; empty where there is nothing to name.
    key : str
        The key, or the column of a cell.
    text : str
        What is written there, without quotes.
    start, end : int
        0-based columns that it takes, with its quotes.
    path : tuple of str
        The keys that enclose it; ``("meta",)`` and ``("datatype",)`` in the header of an ECSV file.
    pairs : tuple of Pair
        All pairs of the line.
    indent : int
        Columns before the line's first key.
    """

    part: Part
    key: str
    text: str
    start: int
    end: int
    path: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    indent: int = 0

    def sibling(self, key: str) -> str:
        """Return the value of another key in the same line, empty if there is none."""
        return next((plain(one.value) for one in self.pairs if one.key == key), "")


def spot_at(line: Callable[[int], str], total: int, number: int, column: int, *, ecsv: bool) -> Spot:
    """Return what stands at a place.

    Parameters
    ----------
    line : callable
        Returns the text of a 1-based line.
    total : int
        How many there are.
    number, column : int
        1-based line; 0-based column.
    ecsv : bool
        The text is ECSV, else YAML.
    """
    text = line(number)[:10_000]
    column = min(column, len(text))
    if not ecsv:
        found = _spot(text, column, 0)
        return _within(found, _enclosing(line, number, found, text, column))
    if not text.startswith("#"):
        return _cell(line, total, number, text, column)
    found = _spot(text, column, 2 if text.startswith("# ") else 1)
    return _within(found, _section(line, number))


def keys_beside(
    line: Callable[[int], str], total: int, number: int, spot: Spot, *, ecsv: bool
) -> frozenset[str]:
    """Return the keys of the map that a spot is in, as far as they stand in lines nearby."""
    keys = {one.key for one in spot.pairs if one.key}
    if not ecsv:
        for step in (-1, 1):
            keys |= set(_neighbours(line, total, number, step, spot.indent))
    elif spot.path == ("meta",):
        above = next((one for one in range(number, 0, -1) if "meta:" in line(one)[:20]), number)
        for one in range(above + 1, min(total, above + _NEAR) + 1):
            text = line(one)[:1000]
            if not text.startswith("#"):
                break
            keys |= {pair.key for pair in pairs_of(text, 2)}
    return frozenset(keys - {spot.text if spot.part == "key" else ""})


def _neighbours(line: Callable[[int], str], total: int, number: int, step: int, column: int) -> Iterator[str]:
    """Give the keys at the same column above or below, to the end of their map."""
    begun = step < 0 and 0 <= _dash(line(number)) < column
    for one in range(number + step, number + step * _NEAR, step):
        if begun or not 0 < one <= total:
            return
        text = line(one)[:1000]
        content = text.lstrip()
        if not content or content[0] == "#":
            continue
        dash = _dash(text)
        first = next(pairs_of(text, 0), None)
        at = first.key_start if first is not None else len(text)
        if (0 <= dash < column and step > 0) or at < column:
            return
        begun = 0 <= dash < column
        if first is not None and at == column:
            yield first.key


def _within(found: Spot, path: tuple[str, ...]) -> Spot:
    return Spot(found.part, found.key, found.text, found.start, found.end, path, found.pairs, found.indent)


def _spot(text: str, column: int, margin: int) -> Spot:
    pairs = tuple(pairs_of(text, margin))
    indent = pairs[0].key_start if pairs else max(margin, len(text.rstrip()) and column)
    for one in pairs:
        if one.key_start <= column <= one.key_end and one.key:
            return Spot("key", one.key, one.key, one.key_start, one.key_end, (), pairs, indent)
        if one.value_start >= 0 and one.value_start <= column <= one.value_end:
            return Spot("value", one.key, plain(one.value), one.value_start, one.value_end, (), pairs, indent)
    before = [one for one in pairs if (one.value_end if one.value_start >= 0 else one.key_end) < column]
    if (
        before
        and before[-1].key
        and before[-1].value_start < 0
        and text[before[-1].key_end :].lstrip()[:1] == ":"
    ):
        return Spot("value", before[-1].key, "", column, column, (), pairs, indent)
    if text[:column].strip(" #-{,") == "" or text[:column].rstrip().endswith((",", "{")):
        return Spot("key", "", "", column, column, (), pairs, indent)
    return Spot("", "", "", column, column, (), pairs, indent)


def _enclosing(
    line: Callable[[int], str], number: int, found: Spot, text: str, column: int
) -> tuple[str, ...]:
    """Return the keys above a line that it belongs to, outermost first."""
    dash = _dash(text)
    limit = dash + 1 if dash >= 0 else found.indent if found.pairs else column
    path: list[str] = []
    for above in range(number - 1, max(0, number - _FAR), -1):
        if limit <= 0:
            break
        other = line(above)
        content = other.lstrip()
        indent = len(other) - len(content)
        if not content or content[0] == "#" or indent >= limit:
            continue
        mark = _dash(other)
        pair = next(pairs_of(other[:1000], 0), None)
        if pair is not None and pair.key and pair.key_start < limit:
            path.append(pair.key)
            limit = pair.key_start
        if mark >= 0 and mark < limit:
            limit = mark + 1
    return tuple(reversed(path))


def _dash(text: str) -> int:
    """Return the column of the dash that begins a list's item, -1 if none does."""
    content = text.lstrip()
    return len(text) - len(content) if content[:2] in ("-", "- ") else -1


def _section(line: Callable[[int], str], number: int) -> tuple[str, ...]:
    """Return which part of an ECSV header a line belongs to."""
    for above in range(number - 1, max(0, number - 5000), -1):
        content = line(above).lstrip("# ")
        if content.startswith("meta:"):
            return ("meta",)
        if content.startswith("datatype:"):
            return ("datatype",)
    return ()


def _cell(line: Callable[[int], str], total: int, number: int, text: str, column: int) -> Spot:
    from curator.formats.cell_spans import cell_spans

    head = next((one for one in range(1, min(total, 5000) + 1) if not line(one).startswith("#")), number)
    delimiter = "," if "," in line(head) and " " not in line(head).strip() else " "
    names = [line(head)[start:end].strip('"') for start, end in cell_spans(line(head), delimiter)]
    for name, (start, end) in zip(names, cell_spans(text, delimiter), strict=False):
        if start <= column <= end:
            return Spot(
                "cell", name, text[start:end], start, end, ("header",) if number == head else ("rows",)
            )
    return Spot("", "", "", column, column)
