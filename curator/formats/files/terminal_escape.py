"""Text from a file or a path that nobody vouches for, made safe to print on one line of any terminal."""

from __future__ import annotations

__all__ = ["escape"]


def escape(text: str, *, keep: str = "") -> str:
    """Return ``text`` with control characters and undecodable bytes written as ``\\x1b``, tabs as ``\\t``.

    Parameters
    ----------
    text : str
        Anything, such as a line or a name from an untrusted repository.
    keep : str
        Control characters to leave alone, such as a newline.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(one if one.isprintable() or one in keep else _escaped(one) for one in text)


def _escaped(one: str) -> str:
    if "\udc80" <= one <= "\udcff":  # a byte of a file name that is not UTF-8
        return f"\\x{ord(one) - 0xDC00:02x}"
    return one.encode("unicode_escape", "backslashreplace").decode("ascii")
