"""How far the numbers of crosstalk matrices and arrays moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curator.review.wording import Statement, counted_from_0

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.compare.summaries import MatrixChange

__all__ = ["matrix_statements"]

# What a bright star leaves in one pixel [electrons].
SOURCE = 100_000
# Ratios of smaller numbers are ratios of noise [standard errors].
SIGMA = 5
FEW = 4


def matrix_statements(changes: Sequence[MatrixChange], *, is_counted: bool = False) -> Iterator[Statement]:
    """Say where numbers changed most; of crosstalk, how many electrons that is.

    ``is_counted``: amplifiers of crosstalk have no names.
    """
    for change in changes:
        if change.column == "CT_COEFFS":
            yield Statement("crosstalk", _crosstalk(change, is_counted))
    others = [one for one in changes if one.column != "CT_COEFFS"]
    others.sort(key=lambda one: -abs(one.largest) / (one.scale or 1))
    for change in others[:FEW]:
        where = f"{change.row}[{change.element}]" if change.element else change.row
        yield Statement(
            "numbers",
            f"{change.column} of {where}: {change.after:.6g} instead of {change.before:.6g}; "
            f"{change.changed:,} of {change.elements:,} numbers changed",
        )
    if len(others) > FEW:
        yield Statement("numbers", f"{len(others) - FEW} more arrays of numbers changed")


def _crosstalk(change: MatrixChange, is_counted: bool) -> str:
    electrons = f"{change.largest * SOURCE:+.3g}"
    unit = "electron" if electrons[1:] == "1" else "electrons"
    text = (
        f"crosstalk from amplifier {change.element} to {change.row}{counted_from_0(is_counted)}: "
        f"{change.after:.3g} instead of {change.before:.3g}, "
        f"{electrons} {unit} from a source of {SOURCE:,}"
    )
    errors = change.error_before, change.error_after
    if errors[0] and errors[1]:
        text += f", {abs(change.largest) / (errors[0] ** 2 + errors[1] ** 2) ** 0.5:.2g} times its error"
        if abs(change.before) > SIGMA * errors[0] and abs(change.after) > SIGMA * errors[1]:
            text += f", x {change.after / change.before:.3g}"
    text += f"; {change.changed:,} of {change.elements:,} coefficients changed"
    return text + (f", {change.flipped:,} their sign" if change.flipped else "")
