"""Where the cells of one row of an ECSV file stand in its line."""

from __future__ import annotations

__all__ = ["cell_spans"]


def cell_spans(line: str, delimiter: str) -> list[tuple[int, int]]:
    """Return start and end of every cell of a line, quotes included."""
    spans = []
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
        spans.append((start, start + len(line[start:at].rstrip())))
        at += 1
    return spans
