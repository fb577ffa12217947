"""The first look at a file's bytes: are they text at all, and one text?"""

from __future__ import annotations

from curator.errors import FormatError
from curator.formats.files.bounded_io import MAX_BYTES, too_large

__all__ = ["decode", "find_conflict", "is_lfs_pointer", "lfs_pointer"]

_LFS = b"version https://git-lfs.github.com/spec/"


def decode(path: str, raw: bytes) -> str:
    """Return the text of a file that somebody edits by hand.

    Raises
    ------
    FormatError
        ``CUR002`` too large, ``CUR003`` not UTF-8 (with the place of the first bad byte), ``CUR004``
        markers of a merge that was not finished, ``CUR025`` a Git LFS pointer.
    """
    if len(raw) > MAX_BYTES:
        raise too_large(path, len(raw))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        start = raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[start : error.start].decode("utf-8", "replace")) + 1
        raise FormatError(
            f"byte 0x{raw[error.start]:02x} is not UTF-8 text",
            code="CUR003",
            path=path,
            line=raw.count(b"\n", 0, error.start) + 1,
            column=column,
            hint="save the file as UTF-8",
        ) from None
    if is_lfs_pointer(raw):
        raise lfs_pointer(path)
    if line := find_conflict(raw):
        raise FormatError(
            "marker of a merge conflict",
            code="CUR004",
            path=path,
            line=line,
            column=1,
            hint="choose one side and remove the lines <<<<<<<, ======= and >>>>>>>",
        )
    return text


def is_lfs_pointer(raw: bytes) -> bool:
    """Return whether Git LFS put a few lines in the place of the file."""
    return raw.startswith(_LFS)


def lfs_pointer(path: str) -> FormatError:
    """Return the error for a file that Git LFS has somewhere else."""
    return FormatError(
        "the file is a Git LFS pointer, not the calibration",
        code="CUR025",
        path=path,
        line=1,
        column=1,
        hint="`git lfs pull` fetches the content; keep calibrations in git itself, not in LFS",
    )


def find_conflict(raw: bytes) -> int:
    """Return the line of the first merge-conflict marker, 0 if there is no complete set of them."""
    start = 0 if raw.startswith(b"<<<<<<< ") else raw.find(b"\n<<<<<<< ") + 1
    if start == 0 and not raw.startswith(b"<<<<<<< "):
        return 0
    middle = raw.find(b"\n=======", start)
    if middle < 0 or raw.find(b"\n>>>>>>> ", middle) < 0:
        return 0
    return raw.count(b"\n", 0, start) + 1
