"""Exactly which characters of a file every part of its header takes, for edits that touch nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from curator.errors import FormatError

__all__ = ["Span", "header_spans", "require_plain_lines"]

# At these YAML begins a line besides a newline; to everybody else they are characters of theirs.
_YAML_BREAKS = "\r\x85\u2028\u2029"

Position = tuple[int, int]


class Span:
    """A scalar, list or map of a YAML text.

    ``start`` and ``end`` are 0-based line and column in the file; ``end`` is where its last character stands,
    without the comments and blank lines that a parser counts to a block. ``entries`` are (key, value)
    pairs of a map, (`None`, value) of a list.
    """

    __slots__ = ("end", "entries", "flow", "kind", "start", "style", "tag", "text")

    def __init__(
        self, kind: str, start: Position, end: Position, *, flow: bool = False, text: str = ""
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.flow = flow
        self.text = text
        self.style = ""
        self.tag = ""
        self.entries: list[tuple[Span | None, Span]] = []

    def get(self, key: str) -> Span | None:
        """Return the value under a key of this map."""
        return next((value for name, value in self.entries if name is not None and name.text == key), None)


def require_plain_lines(path: str, text: str) -> None:
    """Raise unless YAML begins lines where all others do."""
    unix = text.replace("\r\n", "\n")
    if any(mark in unix for mark in _YAML_BREAKS):
        raise FormatError("line endings are mixed", path=path, hint="use a text editor")


def header_spans(
    text: str, key: str, origin: Sequence[tuple[int, int]] | None = None, *, ecsv: bool = False
) -> Span | None:
    """Return the span of a YAML text that `build` has accepted.

    Parameters
    ----------
    text : str
    key : str
        The top-level entry that is followed inside; all others are given as a whole.
    origin : sequence of (int, int), optional
        As for `build`.
    ecsv : bool
        As for `build`.
    """
    import yaml

    loader: Any = yaml.SafeLoader if ecsv else getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def position(mark: Any) -> Position:
        if origin is None:
            return mark.line, mark.column
        line, shift = origin[min(mark.line, len(origin) - 1)]
        return line - 1, mark.column + shift

    stack: list[tuple[Span, bool]] = []
    waiting: list[Span | None] = []
    root: Span | None = None
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.ScalarEvent):
            span = Span("scalar", position(event.start_mark), position(event.end_mark), text=event.value)
            span.style = event.style or ""
            if span.style in ("|", ">"):
                span.end = _block_end(text, event, position(event.end_mark))
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            kind = "list" if isinstance(event, yaml.SequenceStartEvent) else "map"
            start = position(event.start_mark)
            span = Span(kind, start, start, flow=bool(event.flow_style))
            span.tag = event.tag or ""
            followed = len(stack) == 0 or stack[-1][1]
            if len(stack) == 1 and waiting[-1] is not None:
                followed = waiting[-1].text == key
            stack.append((span, followed))
            waiting.append(None)
            continue
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            span, _ = stack.pop()
            waiting.pop()
            if span.flow:
                span.end = position(event.end_mark)
        else:
            continue
        root = _attach(stack, waiting, span, root)
    return root


def _attach(
    stack: list[tuple[Span, bool]], waiting: list[Span | None], span: Span, root: Span | None
) -> Span | None:
    if not stack:
        return span
    holder, followed = stack[-1]
    holder.end = max(holder.end, span.end)
    if holder.kind == "list":
        if followed:
            holder.entries.append((None, span))
    elif waiting[-1] is None:
        waiting[-1] = span
    else:
        if followed:
            holder.entries.append((waiting[-1], span))
        waiting[-1] = None
    return root


def _block_end(text: str, event: Any, end: Position) -> Position:
    """Return where the text of a ``|`` or ``>`` scalar ends; its mark is behind the blank lines after it."""
    lines = text.split("\n")[event.start_mark.line : event.end_mark.line]
    while lines and not lines[-1].strip():
        lines.pop()
    return end[0] - (event.end_mark.line - event.start_mark.line) + len(lines) - 1, 1 << 30
