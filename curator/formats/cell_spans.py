"""Where the cells of one row of an ECSV file stand in its line."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cell_spans", "each_cell_span"]


def cell_spans(line: str, delimiter: str) -> list[tuple[int, int]]:
    """Return start and end of every cell of a line, quotes included."""
    return list(each_cell_span(line, delimiter))


def each_cell_span(line: str, delimiter: str) -> Iterator[tuple[int, int]]:
    """Give the cells as `cell_spans` does, of a line that may have a million."""
    at, length = 0, len(line.rstrip())
    while at <= length:
        while at < length and line[at] == " ":
            at += 1
        if at == length and delimiter == " ":
            break
        start = at
        if line[at : at + 1] == '"':
            at += 1
            while at < length and (line[at] != '"' or line[at + 1 : at + 2] == '"'):
                at += 2 if line[at] == '"' else 1
            at += 1
        while at < length and line[at] != delimiter:
            at += 1
        yield start, start + len(line[start:at].rstrip())
        at += 1
