"""The head of an ECSV file cut out of it: the YAML behind the comment marks, and where it stood."""

from __future__ import annotations

from collections.abc import Iterator

from curator.errors import FormatError
from curator.values import NamedTuple

__all__ = ["FIRST_LINES", "MAX_HEADER", "HeaderText", "header_text", "refuse_odd_breaks", "version_of"]

MAX_HEADER = 1 << 20
FIRST_LINES = ("%ECSV 1.0", "%ECSV 0.9")
# At these `str.splitlines`, and so astropy, begins a new line, but no editor and no other reader does.
_ODD_BREAKS = {
    "\r": "a carriage return (U+000D) without a newline",
    "\x0b": "a vertical tab (U+000B)",
    "\x0c": "a form feed (U+000C)",
    "\x1c": "a file separator (U+001C)",
    "\x1d": "a group separator (U+001D)",
    "\x1e": "a record separator (U+001E)",
    "\x85": "a next line (U+0085)",
    "\u2028": "a line separator (U+2028)",
    "\u2029": "a paragraph separator (U+2029)",
}


class HeaderText(NamedTuple):
    """The YAML of a header cut out of its file.

    ``lines`` have neither ``#`` nor the common indentation; ``origin`` gives the file's line, and how many
    columns were cut off, of each; ``offset`` and ``line`` say where the first line that is no header begins.
    """

    lines: list[str]
    origin: list[tuple[int, int]]
    offset: int
    line: int


def refuse_odd_breaks(path: str, text: str) -> None:
    """Raise `FormatError` ``CUR022`` if a text has a character that only some readers end a line at.

    Parameters
    ----------
    path : str
    text : str
        Without the carriage returns before newlines.
    """
    found = [at for mark in _ODD_BREAKS if (at := text.find(mark)) >= 0]
    if not found:
        return
    at = min(found)
    column = at - text.rfind("\n", 0, at)
    raise FormatError(
        f"{_ODD_BREAKS[text[at]]} ends a line for astropy, but not for other readers",
        code="CUR022",
        path=path,
        line=text.count("\n", 0, at) + 1,
        column=column,
        end=column + 1,
        hint="remove it, or replace it with a newline (LF)",
    )


def header_text(text: str) -> HeaderText:
    """Return the header's lines as astropy cuts them out of the file's text, without odd line breaks."""
    return _usual_header(text) or _any_header(text)


def _usual_header(text: str) -> HeaderText | None:
    """Return the header if each of its lines begins with ``# `` and nothing stands between them."""
    lines: list[str] = []
    offset = 0
    while text.startswith("# ", offset):
        end = text.find("\n", offset)
        line = text[offset + 2 : end]
        if end < 0 or not line or line[-1].isspace():
            return None
        lines.append(line)
        offset = end + 1
        if offset > MAX_HEADER:
            return None
    behind = text[offset : offset + 1]
    if behind in ("#", "") or behind.isspace() or not lines or lines[0] not in FIRST_LINES:
        return None
    return HeaderText(lines, [(number, 2) for number in range(1, len(lines) + 1)], offset, len(lines) + 1)


def _any_header(text: str) -> HeaderText:
    outs: list[str] = []
    origin: list[tuple[int, int]] = []
    offset, number = 0, 1
    for number, line, end in _lines(text):
        content = line.strip()
        if (content and content[0] != "#") or offset > MAX_HEADER:
            break
        if len(content) > 1:
            outs.append(content[1:])
            origin.append((number, line.index("#") + 1))
        offset = end
    else:
        number += 1
    margin = _margin(outs)
    if margin:
        origin = [(line, shift + margin) for line, shift in origin]
        outs = [line[margin:] for line in outs]
    return HeaderText(outs, origin, offset, number)


def _lines(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield number, text and end of every line."""
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield number, text[start:end], end + 1
        start, number = end + 1, number + 1


def _margin(lines: list[str]) -> int:
    if all(line[:1] == " " and not line[1:2].isspace() for line in lines[:1]) and all(
        line[:1] == " " for line in lines
    ):
        return 1
    import textwrap

    dedented = textwrap.dedent("\n".join(lines)).split("\n")
    return len(lines[0]) - len(dedented[0]) if lines else 0


def version_of(path: str, head: HeaderText) -> str:
    """Return the version that the first line declares."""
    first = head.lines[0].strip() if head.lines else ""
    if first in FIRST_LINES:
        return first[6:]
    import re

    if not (match := re.match(r"%ECSV (\d+\.\d+)\.?(?:\d+)?$", first)):
        raise FormatError(
            "does not begin with the line '# %ECSV 1.0'",
            path=path,
            line=head.origin[0][0] if head.origin else 1,
            column=1,
            hint="start the file with '# %ECSV 1.0' and '# ---', without a byte-order mark",
        )
    return match[1]
