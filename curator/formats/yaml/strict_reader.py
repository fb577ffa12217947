"""YAML in the form that programs and people mostly write it, line by line and without a parser's import.

Covered: block maps and lists of one-line scalars, one-line braces and brackets, the tags given, all in
printable ASCII. What is covered means exactly what PyYAML makes of it; anything else raises `NotCovered`,
right or wrong, and `curator.formats.yaml.event_reader` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curator.formats.yaml.strict_flow import MAX_ENTRIES
from curator.formats.yaml.strict_line import (
    LIST,
    MAP,
    NOTHING,
    Line,
    NotCovered,
    copied,
    join_lines,
    read_line,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["BlockReader", "NotCovered", "read_blocks"]

_MAX_DEPTH = 100
_MAX_NODES = 1_000_000
_DIGITS = b"0123456789"
_FLOATS = frozenset((b".", b"-.", b".e-", b"-.e-", b".e+", b"-.e+"))
_NUMBERS = _FLOATS | {b"", b"-"}


class _OpenBlock:
    """An open map or list, the column of its entries, and what holds it."""

    __slots__ = ("column", "content", "holder", "key", "kind", "tag")

    def __init__(self, column: int, kind: int, content: Any, holder: Any, key: Any, tag: str) -> None:
        self.column = column
        self.kind = kind
        self.content = content
        self.holder = holder
        self.key = key
        self.tag = tag


def read_blocks(
    lines: Sequence[str],
    tags: dict[str, Callable[[Any], Any]],
    memo: dict[str, Line] | None = None,
    *,
    skim: bool = False,
) -> Any:
    """Return the value of YAML lines.

    Parameters
    ----------
    lines : sequence of str
        Without their line ends.
    tags : dict
        What to make of the lists and maps that have a tag, by the tag as written.
    memo : dict, optional
        Lines that occur again and again, already read; the caller bounds it.
    skim : bool
        Pass over long lists of numbers outside ``metadata``: the caller needs only what stands there.

    Raises
    ------
    NotCovered
    """
    reader = BlockReader(tags)
    reader.skim = skim
    return reader.read(lines, memo)


class BlockReader:
    """The walk over the lines, with a stack of what is open.

    Whoever wants more than values extends it: `mark` is called for every line if ``marking`` is true.
    """

    marking = False
    skim = False

    def __init__(self, tags: dict[str, Callable[[Any], Any]]) -> None:
        self.tags = tags
        self.stack: list[_OpenBlock] = []
        self.nodes = 0
        # Where the next value belongs: its holder, key, tag, and the column and kind of the holder.
        self.holder: Any = []
        self.key: Any = None
        self.tag = ""
        self.column = -1
        self.kind = LIST
        self.waiting = True
        self.root = self.holder
        self.at = 0

    def read(self, lines: Sequence[str], memo: dict[str, Line] | None) -> Any:
        number, total = 0, len(lines)
        while number < total:
            text = lines[number]
            self.at = number
            number += 1
            line = memo.get(text) if memo is not None else None
            if line is None:
                try:
                    line = read_line(text, self.tags)
                except NotCovered:
                    line, number = join_lines(lines, number, self.tags)
                    self.nodes += sum(one.count(",") for one in lines[self.at : number])
                    text = ""
                if memo is not None and 0 < len(text) <= 200:
                    memo[text] = line
            indent, dashes, key_column, key, tag, value = line
            if indent < 0:
                continue
            for column in dashes:
                holder = self.open(column, LIST)
                self.wait(holder, None, column, LIST)
            if key_column >= 0:
                holder = self.open(key_column, MAP)
                if key in holder or len(holder) >= MAX_ENTRIES:
                    raise NotCovered("repeated key")
            elif not dashes:
                raise NotCovered("text on several lines")
            self.nodes += len(dashes) + 2
            if type(value) in (list, dict):
                self.nodes += text.count(",")
                value = copied(value)
            if self.nodes > _MAX_NODES:
                raise NotCovered("too many values")
            if value is NOTHING:
                if key_column >= 0:
                    self.wait(holder, key, key_column, MAP)
                self.tag = tag
            if self.marking:
                self.mark(line, holder, number)
            if value is NOTHING:
                continue
            self.waiting = False
            if key_column >= 0:
                holder[key] = value
            else:
                holder.append(value)
            if memo is None and key_column < 0 and len(dashes) == 1 and type(value) in (float, int):
                number = self.run(lines, number, " " * indent + "- ", holder)
        if self.waiting:
            self.put(self.nothing())
        while self.stack:
            self.close()
        if len(self.root) != 1:
            raise NotCovered("no value")
        return self.root[0]

    def mark(self, line: Line, holder: Any, number: int) -> None:
        """Take note of a line that has been read; ``number`` is the one behind it."""

    def wait(self, holder: Any, key: Any, column: int, kind: int) -> None:
        self.holder, self.key, self.column, self.kind = holder, key, column, kind
        self.tag, self.waiting = "", True

    def put(self, value: Any) -> None:
        if self.kind == LIST:
            self.holder.append(value)
        else:
            self.holder[self.key] = value
        self.waiting = False

    def nothing(self) -> Any:
        if self.tag or not self.stack:
            raise NotCovered("a tag without a value")
        return None

    def open(self, column: int, kind: int) -> Any:
        """Return the map or list whose next entry stands at ``column``; begin it or leave inner ones."""
        stack = self.stack
        if self.waiting:
            if column > self.column or (column == self.column and kind == LIST and self.kind == MAP):
                return self.begin(column, kind)
            self.put(self.nothing())
        while stack and stack[-1].column > column:
            self.close()
        if stack and stack[-1].column == column and stack[-1].kind == LIST and kind == MAP:
            self.close()
        if not stack or stack[-1].column != column or stack[-1].kind != kind:
            raise NotCovered("indentation")
        return stack[-1].content

    def begin(self, column: int, kind: int) -> Any:
        content: Any = [] if kind == LIST else {}
        if len(self.stack) >= _MAX_DEPTH - 1:
            raise NotCovered("depth")
        if self.tag and self.tag not in self.tags:
            raise NotCovered("tag")
        holder, key = self.holder, self.key
        if self.kind == LIST:
            key = len(holder)
            holder.append(content)
        else:
            holder[key] = content
        self.stack.append(_OpenBlock(column, kind, content, holder, key, self.tag))
        self.waiting = False
        return content

    def close(self) -> None:
        frame = self.stack.pop()
        if frame.tag:
            try:
                frame.holder[frame.key] = self.tags[frame.tag](frame.content)
            except ValueError:
                raise NotCovered("tag") from None

    def run(self, lines: Sequence[str], start: int, prefix: str, holder: list[Any]) -> int:
        """Append the numbers of all list items that follow directly; return the line behind them."""
        end, total = start, len(lines)
        while end < total and lines[end].startswith(prefix):
            end += 1
        if end - start < 4:
            return start
        if self.skim and self.stack[0].kind == MAP and next(reversed(self.stack[0].content)) != "metadata":
            return end
        cut = len(prefix)
        tokens = [line[cut:] for line in lines[start:end]]
        values = _numbers(tokens)
        if values is None:
            return start
        self.nodes += len(values)
        if self.nodes > _MAX_NODES:
            raise NotCovered("too many values")
        holder.extend(values)
        return end


def _numbers(tokens: list[str]) -> list[Any] | None:
    """Return what numbers YAML 1.1 reads, `None` if anything is not plainly a number."""
    try:
        joined = "\n".join(tokens).encode("ascii")
        shapes = set(joined.translate(None, _DIGITS).split(b"\n"))
        if not shapes <= _NUMBERS or b"-." in joined or b"\n." in joined or joined[:1] == b".":
            return None
        if shapes <= _FLOATS:
            return list(map(float, tokens))
        return [float(one) if "." in one else _integer(one) for one in tokens]
    except ValueError:
        return None


def _integer(text: str) -> int:
    digits = text.removeprefix("-")
    if digits[:1] == "0" and len(digits) > 1:
        raise ValueError("not a decimal number")
    return int(text)
