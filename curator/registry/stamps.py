"""What the first header of a FITS file says of where it comes from, without reading its tables.

A registry asks this of thousands of files, some of them not curator's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Stamp", "content_of", "read_stamp"]

BLOCK = 2880
CARD = 80
# A stamp holds a line per edit and per note; beyond this it is no stamp of curator's.
MAX_BLOCKS = 2000


class Stamp(NamedTuple):
    """Repository, path and commit of the source, and the digest of the content; empty where unknown."""

    repository: str = ""
    path: str = ""
    commit: str = ""
    content: str = ""


def read_stamp(path: str) -> Stamp | None:
    """Return the stamp of a FITS file, `None` where there is no such file or it is no FITS file."""
    blocks: list[bytes] = []
    try:
        with open(path, "rb") as file:
            while len(blocks) < MAX_BLOCKS and len(block := file.read(BLOCK)) == BLOCK:
                blocks.append(block)
                if _has_end(block):
                    return _stamp(b"".join(blocks))
    except OSError:
        return None
    return None


def content_of(data: bytes) -> str:
    """Return the digest of the content that the bytes of a FITS file name, empty if they name none."""
    for number in range(min(len(data) // BLOCK, MAX_BLOCKS)):
        if _has_end(data[number * BLOCK : (number + 1) * BLOCK]):
            found = _stamp(data[: (number + 1) * BLOCK])
            return found.content if found else ""
    return ""


def _has_end(block: bytes) -> bool:
    return any(block[at : at + 8] == b"END     " for at in range(0, BLOCK, CARD))


def _stamp(header: bytes) -> Stamp | None:
    if not header.startswith(b"SIMPLE  ="):
        return None
    from curator.formats.fits import unescape

    values = dict(_values(header))
    return Stamp(*(unescape(values.get(name, "")) for name in ("GITREPO", "GITPATH", "GITSHA", "CONTENT")))


def _values(header: bytes) -> Iterator[tuple[str, str]]:
    """Yield keyword and text of the string cards, long ones put together (FITS standard 4.0, 4.2.1)."""
    keyword = text = ""
    for at in range(0, len(header), CARD):
        card = header[at : at + CARD]
        name = card[:8].rstrip()
        if name == b"CONTINUE" and keyword and text.endswith("&"):
            text = text[:-1] + _string(card[8:])
            continue
        if keyword:
            yield keyword, text
        keyword = text = ""
        if card[8:10] == b"= " and card[10:].lstrip().startswith(b"'"):
            keyword, text = name.decode("ascii", "replace"), _string(card[10:])
    if keyword:
        yield keyword, text


def _string(field: bytes) -> str:
    """Return the text between quotes, without trailing blanks; two quotes stand for one."""
    text = field.decode("ascii", "replace").lstrip()[1:]
    parts = text.replace("''", "\0").partition("'")
    return parts[0].replace("\0", "'").rstrip()
