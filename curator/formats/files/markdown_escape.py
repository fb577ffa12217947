"""Text of files in Markdown: in a code span a forge sees no HTML, link, image or mention."""

from __future__ import annotations

from curator.formats.files.terminal_escape import escape

__all__ = ["code_span", "cut", "fence_for"]

_LONGEST = 300


def code_span(text: str, *, in_table: bool = False) -> str:
    """Return text as a code span; in a table ``¦`` stands for a bar, which would end the cell."""
    plain = cut(escape(text)).strip() or " "
    if in_table:
        plain = plain.replace("|", "¦")
    marks = "`" * (_longest_run(plain) + 1)
    pad = " " if plain[0] == "`" or plain[-1] == "`" else ""
    return f"{marks}{pad}{plain}{pad}{marks}"


def fence_for(text: str) -> str:
    """Return the marks of a fenced block that nothing in ``text`` can close."""
    return "`" * max(3, _longest_run(text) + 1)


def cut(text: str) -> str:
    """Return text as far as one line of a comment shows it."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _longest_run(text: str) -> int:
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest
