"""Text from a file or a path that nobody vouches for, made safe to print."""

from __future__ import annotations

__all__ = ["escaped", "safe"]


def safe(text: str) -> str:
    """Escape what could steer a terminal, or is no text at all."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(escaped(one) for one in text)


def escaped(one: str) -> str:
    if one.isprintable():
        return one
    if "\udc80" <= one <= "\udcff":  # a byte of a file name that is not UTF-8
        return f"\\x{ord(one) - 0xDC00:02x}"
    return " " if one == "\t" else one.encode("unicode_escape", "backslashreplace").decode("ascii")
