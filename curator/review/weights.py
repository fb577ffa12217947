"""How much a statement weighs beside others of its kind: the largest change is shown first."""

from __future__ import annotations

from math import inf

from curator.compare.summaries import CurveChange, MaskChange, MatrixChange, Move
from curator.compare.throughput import BandChange
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from curator.review.reviewed import Reviewed

__all__ = ["Weight", "weight"]


class Weight(NamedTuple):
    """What statements of one kind are sorted by.

    Parameters
    ----------
    has_error : bool
        The check found an error in the file, or the file cannot be compared.
    is_gone : bool
        The file is removed.
    size : float
        How large the change is, in units of its kind: pixels, fractions, magnitudes.
    """

    has_error: bool
    is_gone: bool
    size: float


def weight(kind: str, file: Reviewed, errors: Container[str] = ()) -> Weight:
    """Return what a statement about a file weighs.

    Parameters
    ----------
    kind : str
        That of the statement.
    errors : container of str
        Paths in which the check found an error.
    """
    is_gone = file.kind == "removed"
    return Weight(bool(file.problem) or file.path in errors, is_gone, _size(kind, file))


def _size(kind: str, file: Reviewed) -> float:
    if kind == "brightness":
        # A filter that nobody can judge comes before all others.
        sizes = [
            max(abs(band.low), abs(band.high)) if isinstance(band, BandChange) else inf for band in file.bands
        ]
    elif file.difference is None:
        sizes = []
    elif kind in ("pixels", "boxes"):
        sizes = [one.area_gained + one.area_lost for one in file.difference.of(MaskChange)]
    elif kind == "curve":
        sizes = [abs(one.largest) for one in file.difference.of(CurveChange)]
    elif kind in ("crosstalk", "numbers"):
        sizes = [abs(one.largest) for one in file.difference.of(MatrixChange)]
    elif kind == "moved":
        sizes = [float(len(one.pairs)) for one in file.difference.of(Move)]
    else:
        sizes = []
    return max(sizes, default=0.0)
