"""The curves in a table, taken apart once for all rules about them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import lt, sub

from curator.calibrations.fits.curve_units import NANOMETRES, VALUES
from curator.checks.rules.shared.columns import STRUCTURE, floats
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.formats.document import Document

__all__ = [
    "NANOMETRES",
    "PERCENT",
    "VALUES",
    "Curves",
    "ResponseCurve",
    "curves_of",
    "distances",
    "runs",
    "scaled_curves",
    "several",
]

PERCENT = ("%", "percent", "pct")


@dataclass(frozen=True, slots=True)
class ResponseCurve:
    """One curve: the rows of one amplifier, or all where there is no ``amp_name``; values are fractions."""

    name: str
    rows: Sequence[int]
    wavelengths: list[float]
    fractions: list[float]

    @property
    def owner(self) -> str:
        """What a message adds to a value."""
        return f" of amplifier {self.name}" if self.name else ""


@dataclass(frozen=True, slots=True)
class Curves:
    """All curves of a file.

    Parameters
    ----------
    value : str
        Name of the column with the values.
    percent : bool
        They are given in percent.
    parts : list of ResponseCurve
    finite : bool
        Every wavelength and value is a number.
    lowest, highest : float
        Of all values, as fractions; what is not a number does not count.
    shortest, longest : float
        Of all wavelengths, in the file's unit.
    """

    value: str
    percent: bool
    parts: list[ResponseCurve]
    finite: bool
    lowest: float
    highest: float
    shortest: float
    longest: float


def curves_of(doc: Document, ctx: Context) -> Curves | None:
    """Return the curves of a file, `None` where there are none or CUR310 has complained."""
    if "curves" not in ctx.memo:
        ctx.memo["curves"] = None if STRUCTURE in ctx.blamed else _read(doc)
    found: Curves | None = ctx.memo["curves"]
    return found


def scaled_curves(doc: Document, ctx: Context) -> Curves | None:
    """Return the curves if what their values mean is known: CUR107 has not complained of the unit."""
    curves = curves_of(doc, ctx)
    return None if curves is None or f"scale of {curves.value}" in ctx.blamed else curves


def distances(doc: Document, ctx: Context) -> list[list[float]]:
    """Return, for every amplifier of a sensor, how far it is from the median of all at each of its samples;
    0 where not all were measured.

    Empty where there are fewer than three amplifiers, or where they cannot be compared: something in the
    file is not a number, or some wavelengths do not increase.
    """
    if "distances" not in ctx.memo:
        curves = scaled_curves(doc, ctx)
        parts = curves.parts if curves and curves.finite else []
        ctx.memo["distances"] = _distances(parts) if len(parts) > 2 else []
    found: list[list[float]] = ctx.memo["distances"]
    return found


def _distances(parts: list[ResponseCurve]) -> list[list[float]]:
    middle = len(parts) // 2
    waves = parts[0].wavelengths
    if all(part.wavelengths == waves for part in parts):
        columns = zip(*(part.fractions for part in parts), strict=True)
        median = [sorted(values)[middle] for values in columns]
        return [list(map(sub, part.fractions, median)) for part in parts]
    if not all(all(map(lt, part.wavelengths, part.wavelengths[1:])) for part in parts):
        return []
    low = max(part.wavelengths[0] for part in parts)
    high = min(part.wavelengths[-1] for part in parts)
    return [
        [
            value - sorted(_between(other, wave) for other in parts)[middle] if low <= wave <= high else 0.0
            for wave, value in zip(part.wavelengths, part.fractions, strict=True)
        ]
        for part in parts
    ]


def _between(curve: ResponseCurve, wave: float) -> float:
    """Return a curve's value at a wavelength within its range."""
    waves, values = curve.wavelengths, curve.fractions
    at = bisect_left(waves, wave)
    if waves[at] == wave:
        return values[at]
    low, high = waves[at - 1], waves[at]
    return values[at - 1] + (values[at] - values[at - 1]) * (wave - low) / (high - low)


def _read(doc: Document) -> Curves | None:
    name = next(column for column in VALUES if column in doc.columns)
    wavelengths, values = floats(doc.columns["wavelength"]), floats(doc.columns[name])
    if not values:
        return None
    percent = doc.columns[name].unit in PERCENT
    if percent:
        values = [value * 0.01 for value in values]
    total = sum(values) + sum(wavelengths)
    finite = total - total == 0 or all(value - value == 0 for value in (*values, *wavelengths))
    numbers = values if finite else [value for value in values if value - value == 0] or [0.0]
    waves = wavelengths if finite else [value for value in wavelengths if value - value == 0] or [0.0]
    parts = list(_split(doc, wavelengths, values))
    return Curves(name, percent, parts, finite, min(numbers), max(numbers), min(waves), max(waves))


def _split(doc: Document, wavelengths: list[float], values: list[float]) -> Iterator[ResponseCurve]:
    names = doc.columns.get("amp_name")
    if names is None:
        yield ResponseCurve("", range(len(values)), wavelengths, values)
        return
    spans: dict[str, list[range]] = {}
    start = 0
    for name, group in groupby(names.values):
        end = start + len(list(group))
        spans.setdefault(str(name or ""), []).append(range(start, end))
        start = end
    for name, blocks in spans.items():
        if len(blocks) == 1:
            rows: Sequence[int] = blocks[0]
            whole = slice(blocks[0].start, blocks[0].stop)
            yield ResponseCurve(name, rows, wavelengths[whole], values[whole])
        else:
            rows = [row for block in blocks for row in block]
            yield ResponseCurve(name, rows, [wavelengths[row] for row in rows], [values[row] for row in rows])


def runs(flags: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """Give start and length of every run of true ones."""
    start = count = 0
    for index, flag in enumerate(flags):
        if flag:
            start, count = (start, count + 1) if count else (index, 1)
        elif count:
            yield start, count
            count = 0
    if count:
        yield start, count


def several(count: int) -> str:
    """Return what a message adds where a mistake goes on for more than one sample."""
    return f" ({count} samples in a row)" if count > 1 else ""
