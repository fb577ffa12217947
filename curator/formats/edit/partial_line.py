"""The keys and values in one line of YAML that may be half written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curator.values import dataclass

__all__ = ["Pair", "pairs_of", "plain"]

_TOKEN = re.compile(
    r"""(?P<quoted>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)|(?P<mark>[{}\[\],])|(?P<colon>:(?=[\s,}\]]|$))"""
    r"""|(?P<comment>(?:(?<=\s)|^)\#.*)|(?P<plain>(?:[^\s{}\[\],:"'\#]|:(?![\s,}\]]|$)|(?<=\S)[\#"'])+)|(?P<blank>\s+)"""
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value in one line; columns are 0-based, the end exclusive; one side may be empty."""

    key: str
    key_start: int
    key_end: int
    value: str = ""
    value_start: int = -1
    value_end: int = -1


def plain(text: str) -> str:
    """Return the value of a scalar as written, without its quotes."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text.strip("'\"")


def pairs_of(text: str, margin: int) -> Iterator[Pair]:
    """Give the pairs of a line; a list's item is one without a key."""
    at = margin
    while text[at : at + 1].isspace() or (text[at : at + 1] == "-" and text[at + 1 : at + 2] in ("", " ")):
        at += 1
    depth = 0
    key: tuple[str, int, int] | None = None
    word: tuple[int, int] | None = None
    holder = ""
    for token in _TOKEN.finditer(text, at):
        kind, start, end = token.lastgroup, token.start(), token.end()
        if kind == "quoted" and not _closed(token[0]):
            end -= len(token[0]) - len(token[0].rstrip("]} "))
        if kind in ("quoted", "plain"):
            word = (word[0] if word else start, end)
        elif kind == "colon" and key is None and word is not None:
            key, word = (plain(text[word[0] : word[1]]), *word), None
        elif kind == "colon" and word is not None:
            word = (word[0], end)
        elif kind == "mark" and depth == 0 and token[0] in "},]":
            word = (word[0] if word else start, end)
        elif kind == "mark":
            if key is not None or word is not None:
                yield _pair(text, key, word, holder)
            if token[0] in "{[":
                holder = key[0] if key and token[0] == "[" else ""
                depth += 1
            elif token[0] in "}]":
                depth, holder = depth - 1, ""
            key = word = None
        elif kind == "comment":
            break
    if key is not None or word is not None:
        yield _pair(text, key, word, holder)


def _closed(text: str) -> bool:
    return len(text) > 1 and text[0] == text[-1]


def _pair(text: str, key: tuple[str, int, int] | None, word: tuple[int, int] | None, holder: str) -> Pair:
    value = (text[word[0] : word[1]], *word) if word else ("", -1, -1)
    return Pair(*key, *value) if key else Pair(holder, value[1], value[1] - 1, *value)
