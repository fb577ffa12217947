"""One digest of all that a set of calibrations serves: equal at two sites exactly when they serve the same.

What counts is which content answers for which data ID in which range, and not by which file, commit, run or
label it came there. Ranges that adjoin are not joined, though their content be the same: for an exposure
across the joint a Butler finds two calibrations, and refuses to choose.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from curator.calibrations.time.validity_range import ValidityRange

__all__ = ["ServedContent", "fingerprint"]

# The last moment that every registry can hold: what goes on behind it has no end anywhere.
_CALENDAR = datetime(2099, 12, 31, 23, 59)


class ServedContent(NamedTuple):
    """A content, and one range in which it answers for a data ID.

    Parameters
    ----------
    dataset_type, instrument, detector, physical_filter : str
        As the repository names them; empty where the type has no such dimension. Detectors are told apart
        without regard to case, as registries may write them otherwise.
    range : ValidityRange
    content : str
        Digest of the calibration without its stamp.
    """

    dataset_type: str
    instrument: str
    detector: str
    physical_filter: str
    range: ValidityRange
    content: str


def fingerprint(served: Iterable[ServedContent]) -> str:
    """Return a SHA-256, in hexadecimal, of what is served; the order in which it comes is of no meaning."""
    from hashlib import sha256

    digest = sha256()
    for one in sorted(map(_canonical, served), key=_order):
        end = one.range.end.isoformat() if one.range.end else ""
        line = "\t".join((*one[:4], one.range.start.isoformat(), end, one.content)) + "\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _canonical(one: ServedContent) -> ServedContent:
    start, end = one.range
    validity = ValidityRange(start, None if end and end > _CALENDAR else end)
    return one._replace(detector=one.detector.lower(), range=validity)


def _order(one: ServedContent) -> tuple[object, ...]:
    return (*one[:4], one.range.start, one.range.end or datetime.max, one.content)
