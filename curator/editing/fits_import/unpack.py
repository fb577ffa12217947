"""The bytes of a FITS file that anyone may have written, unpacked if they were packed."""

from __future__ import annotations

from curator.errors import EditingError

__all__ = ["unpacked"]

# A table is never so large; a few kilobytes of gzip may become gigabytes.
MAX_UNPACKED = 1 << 26
_CARD = 80
_TILED = (b"ZTABLE  =", b"ZIMAGE  =")
_OTHERS = {
    b"BZh": ("bzip2", "bunzip2"),
    b"\xfd7zXZ": ("xz", "unxz"),
    b"\x28\xb5\x2f\xfd": ("zstd", "unzstd"),
    b"\x1f\x9d": ("compress", "uncompress"),
    b"PK\x03\x04": ("zip", "unzip"),
}


def unpacked(data: bytes) -> bytes:
    """Return the FITS file in some bytes: themselves, or what gzip made them of.

    Raises
    ------
    EditingError
        They are no FITS file, are packed by something else, or become too large.
    """
    if data.startswith(b"\x1f\x8b"):
        data = _gunzipped(data)
    for magic, (name, program) in _OTHERS.items():
        if data.startswith(magic):
            raise EditingError(f"this is packed by {name}", hint=f"unpack it with {program} first")
    if not data.startswith(b"SIMPLE  ="):
        raise EditingError("this is not a FITS file")
    if any(_has_true(data, keyword) for keyword in _TILED):
        raise EditingError(
            "its tables or images are compressed tile by tile (.fits.fz)", hint="unpack it with funpack first"
        )
    return data


def _gunzipped(data: bytes) -> bytes:
    import gzip
    import zlib
    from io import BytesIO

    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as file:
            found = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise EditingError(f"this cannot be unpacked by gzip: {error}") from None
    if len(found) > MAX_UNPACKED:
        raise EditingError(
            f"unpacked, this has more than the {MAX_UNPACKED:,} bytes allowed for a compressed file",
            hint="unpack it with gunzip, and import the result",
        )
    return found


def _has_true(data: bytes, keyword: bytes) -> bool:
    """Whether a card of this keyword says true, wherever headers are."""
    at = data.find(keyword)
    while at >= 0:
        if at % _CARD == 0 and data[at + len(keyword) : at + _CARD].partition(b"/")[0].strip() == b"T":
            return True
        at = data.find(keyword, at + 1)
    return False
