"""Read the provenance stamp in the first header of a FITS file, without reading its tables.

A registry asks this of thousands of files, some of them not curator's.
"""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "BLOCK",
    "MAX_BLOCKS",
    "Stamp",
    "has_end",
    "open_at_once",
    "read_stamp",
    "read_stamps",
    "stamp_in",
    "stamp_of",
    "string_values",
]

BLOCK = 2880
CARD = 80
# A stamp holds a line per edit and per note; beyond this it is no stamp of curator's.
MAX_BLOCKS = 2000
# Requests to an object store that wait at the same time.
_THREADS = 16
# More than nearly all stamps have, for one request.
_FIRST = 8 * BLOCK

_KEYWORDS = (
    "GITREPO",
    "GITPATH",
    "GITSHA",
    "CONTENT",
    "VALIDEND",
    "GITBLOB",
    "GITDATE",
    "GITAUTH",
    "GITSUBJ",
)
Key = TypeVar("Key")


class Stamp(NamedTuple):
    """Where a FITS file says that it comes from; empty where it does not say it.

    Parameters
    ----------
    repository, path, commit, blob : str
        Source text, the commit that last touched it, and its object id.
    content : str
        Digest of the calibration without its stamp.
    end : str
        End of validity that the text says.
    date, author, subject : str
        Of the commit; the date is UTC.
    """

    repository: str = ""
    path: str = ""
    commit: str = ""
    content: str = ""
    end: str = ""
    blob: str = ""
    date: str = ""
    author: str = ""
    subject: str = ""


def read_stamps(places: Mapping[Key, str]) -> dict[Key, Stamp]:
    """Return the stamps of files by the key of each; those without one are left out."""
    remote = {key: place for key, place in places.items() if "://" in place}
    found = {key: read_stamp(place) for key, place in places.items() if key not in remote}
    if remote:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_THREADS) as threads:
            found.update(zip(remote, threads.map(read_stamp, remote.values()), strict=True))
    return {key: stamp for key, stamp in found.items() if stamp is not None}


def read_stamp(place: str) -> Stamp | None:
    """Return the stamp of a FITS file, `None` where there is no such file or it is no FITS file.

    Parameters
    ----------
    place : str
        A path, or a URL that ``lsst-resources`` reads.
    """
    if "://" in place:
        return _read_remote(place)
    try:
        with open(place, "rb", opener=open_at_once) as file:
            return _read(file)
    except OSError:
        return None


def open_at_once(place: str, flags: int) -> int:
    """Open a file without waiting, which a named pipe does for its writer: the ``opener`` of `open`."""
    return os.open(place, flags | os.O_NONBLOCK)


def _read(file: IO[bytes]) -> Stamp | None:
    blocks: list[bytes] = []
    while len(blocks) < MAX_BLOCKS and len(block := file.read(BLOCK)) == BLOCK:
        blocks.append(block)
        if has_end(block):
            return _stamp(b"".join(blocks))
    return None


def _read_remote(url: str) -> Stamp | None:
    from io import BytesIO

    from lsst.resources import ResourcePath

    size = _FIRST
    while size <= MAX_BLOCKS * BLOCK:
        try:
            data = ResourcePath(url).read(size)
        except FileNotFoundError:
            return None
        stamp = _read(BytesIO(data))
        if stamp is not None or len(data) < size:
            return stamp
        size *= 8
    return None


def stamp_of(data: bytes) -> Stamp:
    """Return the stamp that the bytes of a FITS file have, an empty one if they have none."""
    for number in range(min(len(data) // BLOCK, MAX_BLOCKS)):
        if has_end(data[number * BLOCK : (number + 1) * BLOCK]):
            return _stamp(data[: (number + 1) * BLOCK]) or Stamp()
    return Stamp()


def stamp_in(header: Mapping[str, object]) -> Stamp:
    """Return the stamp that a header has; values that are no text do not count."""
    values = (header.get(name) for name in _KEYWORDS)
    return Stamp(*(value if isinstance(value, str) else "" for value in values))


def has_end(block: bytes) -> bool:
    """Whether a header ends in this block."""
    return any(block[at : at + 8] == b"END     " for at in range(0, BLOCK, CARD))


def _stamp(header: bytes) -> Stamp | None:
    if not header.startswith(b"SIMPLE  ="):
        return None
    from curator.formats.fits.fits import unescape

    return stamp_in({name: unescape(text) for name, text in string_values(header) if name in _KEYWORDS})


def string_values(header: bytes) -> Iterator[tuple[str, str]]:
    """Yield keyword and text of the string cards, long ones put together (FITS standard 4.0, 4.2.1).

    Keywords of the HIERARCH convention are in upper case, with single spaces.
    """
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
        if name == b"HIERARCH":
            words, equals, field = card[8:].partition(b"=")
            if equals and field.lstrip().startswith(b"'"):
                keyword, text = b" ".join(words.upper().split()).decode("ascii", "replace"), _string(field)
        elif card[8:10] == b"= " and card[10:].lstrip().startswith(b"'"):
            keyword, text = name.decode("ascii", "replace"), _string(card[10:])
    if keyword:
        yield keyword, text


def _string(field: bytes) -> str:
    """Return the text between quotes, without trailing spaces; two quotes stand for one."""
    text = field.decode("ascii", "replace").lstrip()[1:]
    parts = text.replace("''", "\0").partition("'")
    return parts[0].replace("\0", "'").rstrip()
