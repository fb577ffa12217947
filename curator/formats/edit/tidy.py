"""What is set right in a whole file without changing a word that it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from curator.errors import FormatError

if TYPE_CHECKING:
    from curator.formats.document import Document

__all__ = ["BYTE_ORDER_MARK", "TIDY", "tidied"]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def tidied(path: str, raw: bytes, what: str) -> bytes:
    """Return a file with one thing set right throughout.

    Parameters
    ----------
    what : str
        A name in `TIDY`.

    Raises
    ------
    FormatError
        The file would say something else: what is in the way is part of a text.
    """
    data = TIDY[what](raw)
    if data == raw and what == "tabs" and b"\t" in raw:
        raise _inside_text(path, what)
    if data == raw or what == "byte-order mark":
        return data
    from curator.formats.read import read_document

    try:
        said = _said(read_document(path, raw))
    except FormatError:
        if what == "tabs" and _are_cells_ambiguous(path, raw):
            raise _inside_text(path, what) from None
        if what != "separators":  # each row that it changes is certain, whatever is wrong with others
            read_document(path, data)  # nobody could read it before; now they can, or this says why not
        return data
    try:
        same = _said(read_document(path, data)) == said
    except FormatError:
        same = False
    if not same:
        raise _inside_text(path, what)
    return data


def _inside_text(path: str, what: str) -> FormatError:
    return FormatError(
        f"the {what} cannot be fixed safely: some are inside a text",
        path=path,
        hint="change them in a text editor",
    )


def _are_cells_ambiguous(path: str, raw: bytes) -> bool:
    """Whether a row of a table, divided at its tabs, has other cells than divided at blanks too."""
    if not path.endswith(".ecsv"):
        return False
    rows = [line for line in raw.split(b"\n") if line.strip() and not line.startswith(b"#")]
    width = len(rows[0].split()) if rows else 0
    return any(
        b"\t" in line and len(cells := line.strip(b"\r").split(b"\t")) == width and cells != line.split()
        for line in rows
    )


def _said(doc: Document) -> tuple[str, str, str, list[str]]:
    """Return all that a file says; blanks and tabs in comments say nothing."""
    columns = repr([(one, column) for one, column in doc.columns.items()])
    comments = [" ".join(one.text.split()) for one in doc.comments]
    return repr(doc.header), columns, repr(doc.tree), comments


def _unix(raw: bytes) -> bytes:
    *lines, last = raw.split(b"\n")
    return b"\n".join([*(line.rstrip(b"\r") for line in lines), last])


def _without_mark(raw: bytes) -> bytes:
    return raw.removeprefix(BYTE_ORDER_MARK)


def _without_trailing(raw: bytes) -> bytes:
    *lines, last = raw.split(b"\n")
    for number, line in enumerate(lines):
        lines[number] = line.rstrip(b" \t\r") + (b"\r" if line.endswith(b"\r") else b"")
    return b"\n".join([*lines, last.rstrip(b" \t")])


def _with_last_newline(raw: bytes) -> bytes:
    if not raw or raw.endswith(b"\n"):
        return raw
    return raw + (b"\r\n" if b"\r\n" in raw else b"\n")


def _blanks(raw: bytes) -> bytes:
    """Return the text with a blank for every tab that stands in no quotes; those at a line's end go."""
    lines = raw.split(b"\n")
    for number, line in enumerate(lines):
        if b"\t" in line:
            ending = b"\r" if line.endswith(b"\r") else b""
            lines[number] = _blank_line(line.removesuffix(b"\r").rstrip(b" \t")) + ending
    return b"\n".join(lines)


def _blank_line(line: bytes) -> bytes:
    if b'"' not in line and b"'" not in line:
        return line.replace(b"\t", b" ")
    quote = 0
    kept = bytearray()
    for one in line:
        if quote:
            quote = 0 if one == quote else quote
        elif one in b"\"'":
            quote = one
        elif one == 9:
            one = 32
        kept.append(one)
    return bytes(kept)


def _own_separators(raw: bytes) -> bytes:
    from curator.formats.ecsv.separators import with_own_separators

    return with_own_separators(raw)


TIDY: dict[str, Callable[[bytes], bytes]] = {
    "line ends": _unix,
    "byte-order mark": _without_mark,
    "tabs": _blanks,
    "separators": _own_separators,
    "trailing spaces": _without_trailing,
    "last newline": _with_last_newline,
}
