"""Read which calibrations an image says it was processed with, from its first two headers alone.

Rubin's ISR writes three cards for each input that a Butler gave it, named after the input and not after the
dataset type: ``LSST CALIB UUID DEFECTS``, ``LSST CALIB RUN DEFECTS`` and ``LSST CALIB DATE DEFECTS``. A
Butler writes ``LSST BUTLER INPUT 0 ID``, ``… RUN`` and ``… DATASETTYPE`` for each input when it writes the
image. The cards are in the primary header; where a program compressed the whole file, in that of HDU 1.
"""

from __future__ import annotations

import os
import re
import stat
from typing import IO, TYPE_CHECKING, NamedTuple
from uuid import UUID

from curator.calibrations.fits.stamp_reader import (
    BLOCK,
    MAX_BLOCKS,
    Stamp,
    has_end,
    open_at_once,
    stamp_of,
    string_values,
)
from curator.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ImageInputs", "UsedCalibration", "read_image_inputs"]

_CARD = re.compile(r"LSST CALIB (UUID|RUN|DATE) (\S.*)")
_INPUT = re.compile(r"LSST BUTLER INPUT (\d{1,6}) (ID|RUN|DATASETTYPE|CALIB DATE)")
_FIELDS = {"ID": "UUID", "CALIB DATE": "DATE"}
# What ISR calls the image itself, which comes from the Butler as the calibrations do.
_IMAGES = frozenset(("CCDEXPOSURE", "RAW"))
_MAGIC = b"SIMPLE  ="


class UsedCalibration(NamedTuple):
    """One input of an image, as its header names it; empty where the header does not say.

    Parameters
    ----------
    name : str
        Of the input: mostly the dataset type in upper case (``DEFECTS``), but ``BFKERNEL`` for ``bfk``.
    uuid, run : str
        Id of the dataset in the Butler, and the RUN collection that held it.
    date : str
        When the calibration was made, as it says itself.
    """

    name: str
    uuid: str = ""
    run: str = ""
    date: str = ""

    @property
    def is_image(self) -> bool:
        """Whether it is the image itself before it was processed."""
        return self.name in _IMAGES


class ImageInputs(NamedTuple):
    """What a FITS file says of its origin.

    Parameters
    ----------
    stamp : Stamp
        Empty unless curator exported the file.
    used : tuple of UsedCalibration
        By name.
    """

    stamp: Stamp
    used: tuple[UsedCalibration, ...]


def read_image_inputs(place: str) -> ImageInputs:
    """Return what the first two headers of a FITS file say; of its data nothing is read.

    Raises
    ------
    FormatError
        It cannot be read, is not a FITS file, or its first header has no end.
    """
    try:
        with open(place, "rb", opener=open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise FormatError("is not a regular file", path=place)
            headers = list(_headers(file, place))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(f"cannot be read: {reason}", path=place) from None
    cards: dict[str, str] = {}
    for header in headers:
        for name, text in string_values(header):
            cards.setdefault(name, text)
    return ImageInputs(stamp_of(headers[0]), _used(cards))


def _headers(file: IO[bytes], place: str) -> Iterator[bytes]:
    """Give the first header, and the second one if there is one."""
    from curator.formats.fits.check_structure import data_blocks

    first = _header(file)
    if not first.startswith(_MAGIC):
        gzipped = first.startswith(b"\x1f\x8b")
        raise FormatError("is not a FITS file", path=place, hint="gunzip it first" if gzipped else "")
    if not has_end(first[-BLOCK:]):
        raise FormatError("the first header has no end", path=place)
    yield first
    try:
        start = len(first) + data_blocks(first)
    except FormatError as error:
        error.path = place
        raise
    if start < os.fstat(file.fileno()).st_size:
        file.seek(start)
        second = _header(file)
        if second.startswith(b"XTENSION") and has_end(second[-BLOCK:]):
            yield second


def _header(file: IO[bytes]) -> bytes:
    """Return the blocks up to the END card, or until there are too many."""
    blocks: list[bytes] = []
    while len(blocks) < MAX_BLOCKS and (block := file.read(BLOCK)):
        blocks.append(block)
        is_fits = blocks[0].startswith((_MAGIC, b"XTENSION"))
        if not is_fits or len(block) < BLOCK or has_end(block):
            break
    return b"".join(blocks)


def _used(cards: dict[str, str]) -> tuple[UsedCalibration, ...]:
    named: dict[str, dict[str, str]] = {}
    numbered: dict[str, dict[str, str]] = {}
    for keyword, text in cards.items():
        if found := _CARD.fullmatch(keyword):
            named.setdefault(found[2], {})[found[1]] = text
        elif found := _INPUT.fullmatch(keyword):
            numbered.setdefault(found[1], {})[_FIELDS.get(found[2], found[2])] = text
    known = {_plain_id(one["UUID"]) for one in named.values() if "UUID" in one}
    inputs = list(named.items())
    # ISR and the Butler name the same datasets: those of the Butler are added only where ISR is silent.
    inputs += [
        (said.get("DATASETTYPE", f"INPUT {number}").upper(), said)
        for number, said in numbered.items()
        if _plain_id(said.get("UUID", "")) not in known
    ]
    found_ = [
        UsedCalibration(name, _plain_id(said.get("UUID", "")), said.get("RUN", ""), said.get("DATE", ""))
        for name, said in inputs
    ]
    return tuple(sorted(found_))


def _plain_id(text: str) -> str:
    """Return an id as a Butler prints it, also one in capitals, in braces or without dashes."""
    try:
        return str(UUID(text))
    except ValueError:
        return text.lower()
