"""One digest of all that a set of calibrations serves: equal at two sites exactly when they serve the same.

What counts is which content answers for which data ID in which range, and not by which file, commit, run or
label it came there. Ranges that adjoin are not joined, though their content be the same: for an exposure
across the joint a Butler finds two calibrations, and refuses to choose.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange

__all__ = ["ServedContent", "fingerprint"]

# The last moment that every registry can hold: what goes on behind it has no end anywhere.
_CALENDAR = datetime(2099, 12, 31, 23, 59)


_Canonical = tuple[tuple[str, str, str, str], ValidityRange, str]


class ServedContent(NamedTuple):
    """A content, and one range in which it answers for a data ID.

    Parameters
    ----------
    data_id : DataId
        As the repository names it. Detectors are told apart by name, without regard to case, as registries
        may write them otherwise.
    range : ValidityRange
    content : str
        Digest of the calibration without its stamp.
    """

    data_id: DataId
    range: ValidityRange
    content: str


def fingerprint(served: Iterable[ServedContent]) -> str:
    """Return a SHA-256, in hexadecimal, of what is served; the order in which it comes is of no meaning."""
    from hashlib import sha256

    digest = sha256()
    for names, (start, end), content in sorted(map(_canonical, served), key=_order):
        line = "\t".join((*names, start.isoformat(), end.isoformat() if end else "", content)) + "\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _canonical(one: ServedContent) -> _Canonical:
    dataset_type, instrument, detector, physical_filter = one.data_id.names
    start, end = one.range
    validity = ValidityRange(start, None if end and end > _CALENDAR else end)
    return (dataset_type, instrument, detector.lower(), physical_filter), validity, one.content


def _order(one: _Canonical) -> tuple[object, ...]:
    names, (start, end), content = one
    return names, start, end or datetime.max, content
