"""Which boxes of a list moved: to where another of their size was added nearby."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Box: TypeAlias = tuple[float, ...]

__all__ = ["moved_pairs"]

# Of more boxes, those that moved are not looked for.
_MOST = 10_000


def moved_pairs(gone: Sequence[Box], new: Sequence[Box]) -> list[tuple[int, int]]:
    """Pair the boxes that moved, by their places in ``gone`` and ``new``.

    Two boxes (x0, y0, width, height) are one that moved if they have one size, the gap between them is not
    larger than that size, and neither has another such neighbour.
    """
    if not gone or not new or len(gone) + len(new) > _MOST:
        return []
    cells: dict[Box, list[int]] = {}
    for at, box in enumerate(new):
        cells.setdefault(_cell(box), []).append(at)
    pairs: list[tuple[int, int]] = []
    taken: dict[int, int] = {}
    for at, box in enumerate(gone):
        near = [to for to in _around(box, cells) if _is_near(box, new[to])]
        for to in near:
            taken[to] = taken.get(to, 0) + 1
        if len(near) == 1:
            pairs.append((at, near[0]))
    return [(at, to) for at, to in pairs if taken[to] == 1]


def _cell(box: Box) -> Box:
    """Return the size of a box, and the cell that it stands in: cells are as wide as a box moves."""
    x0, y0, width, height = box
    return width, height, x0 // (2 * width), y0 // (2 * height)


def _around(box: Box, cells: dict[Box, list[int]]) -> Iterator[int]:
    width, height, column, row = _cell(box)
    for x in (-1, 0, 1):
        for y in (-1, 0, 1):
            yield from cells.get((width, height, column + x, row + y), ())


def _is_near(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) <= 2 * one[2] and abs(one[1] - other[1]) <= 2 * one[3]
