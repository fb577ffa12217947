"""The kinds of changes that say in the field's terms what others say row by row."""

from __future__ import annotations

from curator.compare.kinds import opposite
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

__all__ = ["CurveChange", "CurveSpan", "MaskChange", "MatrixChange", "Move", "NameChange"]


@dataclass(frozen=True, slots=True)
class NameChange:
    """An amplifier, detector or filter appeared or went: only one side speaks of it.

    ``of`` is the detector, where the amplifier is one of a camera's.
    """

    change: Literal["added", "removed"]
    what: Literal["amplifier", "detector", "filter"]
    name: str
    of: str = ""

    def mirrored(self) -> NameChange:
        return NameChange(opposite(self.change), self.what, self.name, self.of)


@dataclass(frozen=True, slots=True)
class Move:
    """Values stand under other names than before, each exactly as it was.

    Parameters
    ----------
    what : str
        ``amplifier`` or ``detector``; of a matrix ``target``, ``source``, ``amplifier`` (both), or
        ``transposed``, where sources and targets changed places.
    columns : tuple of str
        Those that moved together.
    pairs : tuple of (str, str)
        Name before, name after; none where ``what`` is ``transposed``.
    """

    what: Literal["amplifier", "detector", "filter", "target", "source", "transposed"]
    table: str
    columns: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]

    @property
    def is_permutation(self) -> bool:
        """Whether the names that values left are those where they arrived: nothing came from elsewhere."""
        return {one for one, _ in self.pairs} == {one for _, one in self.pairs}

    @property
    def of_crosstalk(self) -> bool:
        """Whether they are coefficients of crosstalk, which name no amplifier."""
        return any(one.startswith("CT_") for one in self.columns)

    def mirrored(self) -> Move:
        pairs = tuple(sorted((after, before) for before, after in self.pairs))
        return Move(self.what, self.table, self.columns, pairs)


@dataclass(frozen=True, slots=True)
class MaskChange:
    """Boxes of bad pixels: how many appeared, went or changed; the area of their union [pixels].

    ``moved`` counts pairs of one that went and one of the same size that appeared nearby (see
    `curator.compare.moved_boxes`); ``added`` and ``removed`` count them, too.
    """

    boxes_before: int
    boxes_after: int
    added: int
    removed: int
    resized: int
    area_before: int
    area_after: int
    area_gained: int
    area_lost: int
    moved: int = 0

    @property
    def area_kept(self) -> int:
        """The pixels that are masked both before and after."""
        return self.area_before - self.area_lost

    def mirrored(self) -> MaskChange:
        return MaskChange(
            self.boxes_after,
            self.boxes_before,
            self.removed,
            self.added,
            self.resized,
            self.area_after,
            self.area_before,
            self.area_lost,
            self.area_gained,
            self.moved,
        )


@dataclass(frozen=True, slots=True)
class CurveChange:
    """One curve, over the wavelengths that both have: linear between samples, values as fractions.

    Parameters
    ----------
    name : str
        Amplifier; empty where there is one curve for all.
    largest : float
        Largest change, with its sign, at ``wavelength`` [nm].
    mean : float
        Mean size of the change from ``low`` to ``high`` [nm].
    rms : float
        Root mean square of the change at ``points`` wavelengths: those that either curve is given at.
    totals : (float, float), optional
        Sums of the values before and after, where one factor explains the change.
    shift : float, optional
        By how much [nm] the wavelengths moved, where that explains the change.
    """

    name: str
    largest: float
    wavelength: float
    mean: float
    low: float
    high: float
    rms: float = 0.0
    points: int = 0
    totals: tuple[float, float] | None = None
    shift: float | None = None

    @property
    def factor(self) -> float | None:
        """The one factor that the whole curve was multiplied by, `None` if there is none."""
        return None if self.totals is None else self.totals[1] / self.totals[0]

    def mirrored(self) -> CurveChange:
        return CurveChange(
            self.name,
            -self.largest,
            self.wavelength,
            self.mean,
            self.low,
            self.high,
            self.rms,
            self.points,
            None if self.totals is None else (self.totals[1], self.totals[0]),
            None if self.shift is None else -self.shift,
        )


@dataclass(frozen=True, slots=True)
class CurveSpan:
    """From which to which wavelength [nm] curves reach, before and after, and whether they are the same."""

    before: tuple[float, float]
    after: tuple[float, float]
    same: bool


@dataclass(frozen=True, slots=True)
class MatrixChange:
    """Elements of a matrix, or of the array of one amplifier.

    Parameters
    ----------
    column : str
        ``CT_COEFFS``, ``KERNEL``, …
    row, element : str
        Where the largest change is: target and source amplifier, or amplifier and number of the element.
    before, after : float
        What stands there.
    changed, elements : int
        How many changed, of how many.
    flipped : int
        How many changed their sign.
    scale : float
        Largest size of an element on either side.
    error_before, error_after : float, optional
        The errors of ``before`` and ``after``, where the file has them.
    """

    table: str
    column: str
    row: str
    element: str
    before: float
    after: float
    changed: int
    elements: int
    flipped: int
    scale: float
    error_before: float | None = None
    error_after: float | None = None

    @property
    def largest(self) -> float:
        """The largest change, with its sign."""
        return self.after - self.before

    def mirrored(self) -> MatrixChange:
        return MatrixChange(
            self.table,
            self.column,
            self.row,
            self.element,
            self.after,
            self.before,
            self.changed,
            self.elements,
            self.flipped,
            self.scale,
            self.error_after,
            self.error_before,
        )
