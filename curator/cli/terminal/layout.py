"""What fits a terminal: how wide it is, words wrapped, paths below what leaves them no room."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence

from curator.cli.terminal.console import escape, inert
from curator.cli.terminal.width import is_read, terminal_width

__all__ = ["beside_or_below", "filled", "fitting", "shell_lines", "tell", "wrap"]

# A command in backquotes is one word: whoever copies it wants it whole.
_WORD = re.compile(r"(\s*)([(\[]?`[^`\n]+`\S*|\S+)")
_WORD_OF = re.compile(r"(\s*)(\S+)")
# A line of a text that is laid out already: what is explained, if anything, and what is said of it.
_LAID_OUT = r"(\s+(?:\S+\s{2,})?)(.*)"
_QUOTED = r"""(?:"[^"]*"|[^\s"])+"""
_COMMAND = r"\s*(?:\S+\s{2,})?(?:curator |source |~/)"
_STYLE = re.compile(r"\x1b\[[\d;]*m")


def wrap(text: str, *, first: str = "", rest: str | None = None, width: int | None = None) -> list[str]:
    """Return words in lines of at most ``width``; a word that is longer, such as a path, is never broken.

    Parameters
    ----------
    text : str
        With styles, if any: they take no room.
    first, rest : str
        What the first line begins with, and each of the others; the same if ``rest`` is not given.
    width : int, optional
        `terminal_width` if not given.
    """
    width = terminal_width() if width is None else width
    rest = first if rest is None else rest
    # A path that leaves no room for the first word behind it has its line alone.
    line, lines, is_empty = first, [], not first.strip()
    for gap, word in _WORD.findall(text):
        whole = _length(word) <= width - len(rest)
        for blanks, part in [(gap, word)] if whole else _WORD_OF.findall(gap + word):
            between = "" if is_empty or line == first else " " if "\n" in blanks else blanks
            if is_empty or _length(line + between + part) <= width:
                line += between + part
            else:
                lines.append(line.rstrip())
                line = rest + part
            is_empty = False
    return [*lines, line.rstrip()]


def filled(text: str, width: int | None = None) -> str:
    """Return a text with its paragraphs wrapped; one that has indented lines keeps them, if they fit."""
    paragraphs = (one.strip("\n") for one in text.split("\n\n"))
    return "\n\n".join("\n".join(_filled(one, width)) for one in paragraphs)


def _filled(paragraph: str, width: int | None) -> list[str]:
    if "\n " not in f"\n{paragraph}":
        return wrap(paragraph, width=width)
    lines = []
    for line in paragraph.split("\n"):
        found = re.fullmatch(_LAID_OUT, line)
        if found is None or re.match(_COMMAND, line):
            lines.append(line)  # a command is copied as it stands
        else:
            lines += wrap(found[2], first=found[1], rest=" " * len(found[1]), width=width)
    return lines


def shell_lines(text: str, indent: str, width: int) -> list[str]:
    """Return commands in lines that fit: a comment stands above its command, and ``\\`` ends a broken line.

    Commands that fit already stay as they are written.
    """
    lines = [f"{indent}{line}" for line in text.split("\n")]
    if max(map(len, lines)) <= width:
        return lines
    lines = []
    for command in re.sub(r"\s*\\\n\s*", " ", text).split("\n"):
        words, _, comment = command.partition("  #")
        if comment and len(indent + command) > width:
            lines += wrap(comment.strip(), first=f"{indent}# ", rest=f"{indent}# ", width=width)
            command = words.rstrip()
        lines += _continued(command, indent, width)
    return lines


def _continued(command: str, indent: str, width: int) -> list[str]:
    if len(indent + command) <= width:
        return [indent + command]
    lines, line = [], indent
    for word in re.findall(_QUOTED, command):
        if line.strip() and len(f"{line} {word}") > width - 2:
            lines.append(f"{line} \\")
            line = f"{indent}    {word}"
        else:
            line += f" {word}" if line.strip() else word
    return [*lines, line]


def fitting(text: str, indent: str = "", hang: str = "  ") -> list[str]:
    """Return a message in lines that fit where somebody reads along; else in one."""
    return wrap(text, first=indent, rest=indent + hang) if is_read() else [indent + text]


def tell(text: str, indent: str = "", hang: str = "  ") -> None:
    """Print a sentence in as many lines as it needs, those below the first a little to the right."""
    for line in wrap(text, first=indent, rest=indent + hang):
        sys.stdout.write(f"{inert(line)}\n")


def beside_or_below(rows: Iterable[Sequence[str]], *, indent: str = "", width: int | None = None) -> str:
    """Return rows in aligned columns, the last one below the others where it does not fit beside them.

    Parameters
    ----------
    rows : iterable of sequence of str
        The last cell of each is a path or a name, which is not broken; it may be empty.
    width : int, optional
        `terminal_width` if not given; 0 is without bounds.
    """
    cells = [[escape(cell) for cell in row] for row in rows]
    if not cells:
        return ""
    width = terminal_width() if width is None else width
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    room = len(indent) + sum(widths) + 2 * (len(widths) - 1)
    is_below = bool(width) and room > width
    lines = []
    for row in cells:
        aligned = "  ".join(cell.ljust(size) for cell, size in zip(row[:-1], widths, strict=False))
        if is_below:
            lines += [aligned, f"  {row[-1]}"] if row[-1] else [aligned]
        else:
            lines.append(f"{aligned}  {row[-1]}")
    return "\n".join(indent + line.rstrip() for line in lines)


def _length(text: str) -> int:
    return len(_STYLE.sub("", text)) if "\x1b" in text else len(text)
