"""The text of an open document, and places in it as editors and as findings count them.

Findings count lines at newlines and columns in characters, from 1. The Language Server Protocol also ends a
line at a lone carriage return, and counts columns in code units, from 0: of UTF-16, unless client and server
agreed on another encoding. One becomes the other through the number of characters before a place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

__all__ = ["Text"]

_BREAK = re.compile(r"\r\n|\n|\r")


class Text:
    """A text that changes.

    Parameters
    ----------
    content : str
    encoding : {"utf-16", "utf-8", "utf-32"}
        What a client's columns count.
    """

    def __init__(self, content: str, encoding: str = "utf-16") -> None:
        self._encoding = encoding
        self._put(content)

    def _put(self, content: str) -> None:
        self.content = content
        self._ascii = content.isascii()
        self._starts: list[int] | None = None
        self._rows: list[int] | None = None

    def replace(self, start: int, end: int, new: str) -> None:
        """Put ``new`` in place of the characters from ``start`` to ``end``."""
        self._put(self.content[:start] + new + self.content[end:])

    def offset(self, line: int, column: int) -> int:
        """Return how many characters stand before a client's position; beyond the text, the nearest one."""
        starts = self._lines()
        if line < 0:
            return 0
        if line >= len(starts):
            return len(self.content)
        begin, end = starts[line], self._line_end(line)
        if self._ascii or self._encoding == "utf-32":
            return min(begin + max(0, column), end)
        counted = 0
        for number, character in enumerate(self.content[begin:end]):
            if counted >= column:
                return begin + number
            counted += self._width(character)
        return end

    def position(self, offset: int) -> tuple[int, int]:
        """Return the client's line and column of a place given by the characters before it."""
        starts = self._lines()
        offset = max(0, min(offset, len(self.content)))
        line = bisect_right(starts, offset) - 1
        before = self.content[starts[line] : min(offset, self._line_end(line))]
        if self._ascii or self._encoding == "utf-32":
            return line, len(before)
        return line, sum(map(self._width, before))

    def place(self, line: int, column: int) -> int:
        """Return the characters before a place as findings count: 1-based, lines end at newlines."""
        starts = self._newlines()
        if line > len(starts):
            return len(self.content)
        line = max(1, line)
        begin = starts[line - 1]
        end = starts[line] - 1 if line < len(starts) else len(self.content)
        return max(begin, min(begin + column - 1, end))

    def where(self, offset: int) -> tuple[int, int]:
        """Return line and column as findings count, of a place given by the characters before it."""
        starts = self._newlines()
        line = bisect_right(starts, max(0, min(offset, len(self.content))))
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return 1-based line ``number``, which ends at a newline; empty where there is none."""
        starts = self._newlines()
        if not 0 < number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.content)
        return self.content[starts[number - 1] : end].removesuffix("\r")

    def __len__(self) -> int:
        return len(self._newlines())

    def _width(self, character: str) -> int:
        if self._encoding == "utf-16":
            return 2 if ord(character) > 0xFFFF else 1
        return len(character.encode("utf-8", "surrogatepass"))

    def _line_end(self, line: int) -> int:
        """Return where a client's line ends, before its line break."""
        starts = self._lines()
        if line + 1 == len(starts):
            return len(self.content)
        end = starts[line + 1]
        if self.content[end - 1] == "\n":
            end -= 1
            if end > starts[line] and self.content[end - 1] == "\r":
                end -= 1
            return end
        return end - 1

    def _lines(self) -> Sequence[int]:
        if self._starts is None:
            if "\r" in self.content:
                self._starts = [0, *(found.end() for found in _BREAK.finditer(self.content))]
            else:
                self._starts = list(self._newlines())
        return self._starts

    def _newlines(self) -> Sequence[int]:
        if self._rows is None:
            before = self.content.split("\n")[:-1]
            self._rows = list(accumulate((len(line) + 1 for line in before), initial=0))
        return self._rows
