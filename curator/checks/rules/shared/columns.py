"""What rules about tables share: are the columns there, and what do their cells hold?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curator.checks.model.context import shown
from curator.checks.rules.shared.keywords import DASHES
from curator.name_lookup import missing_message, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Column, Document

__all__ = [
    "STRUCTURE",
    "all_finite",
    "floats",
    "is_number",
    "missing_columns",
    "not_numbers",
    "rounded",
    "wrong_unit",
]

# Significant digits of a number in a message, and what a float has at most.
_DIGITS = 5
_ALL_DIGITS = 17
# What `Context.blamed` holds when a table cannot be understood: its schema need not say so again.
STRUCTURE = "(columns)"


def missing_columns(
    doc: Document, ctx: Context, wanted: Sequence[str], known: Sequence[str]
) -> Iterator[Finding]:
    """Give the columns that are not there; ``known`` are those that belong to the type."""
    for name in wanted:
        if name in doc.columns:
            continue
        near = nearest(name, [column for column in doc.columns if column not in known])
        ctx.blame(STRUCTURE)
        yield ctx.finding(
            doc.at("columns", near) if near else doc.at("datatype"),
            missing_message(f"column {name}", near and shown(near)),
            hint=f"the columns are {', '.join(wanted)}",
            subject=name,
        )


def is_number(column: Column) -> bool:
    return column.datatype.startswith(("int", "uint", "float")) and not column.shape


def not_numbers(doc: Document, ctx: Context, names: Sequence[str]) -> Iterator[Finding]:
    """Give the columns that hold something else than numbers."""
    for name in names:
        column = doc.columns.get(name)
        if column is not None and not is_number(column):
            ctx.blame(STRUCTURE)
            yield ctx.finding(
                doc.value_at("columns", name, "datatype"),
                f"column {name} is of type {column.datatype}{' with arrays' if column.shape else ''}, "
                "not numbers",
                hint="declare it as int64 or float64",
                subject=name,
            )


def wrong_unit(doc: Document, ctx: Context, name: str, units: Sequence[str], what: str) -> Iterator[Finding]:
    """Give the unit of a column unless it is one of ``units``; an empty one stands for no unit, and so does a
    dash.
    """
    column = doc.columns.get(name)
    if column is None or (column.unit or "") in units or f"unit of {name}" in ctx.blamed:
        return
    if "" in units and (column.unit or "").lower() in DASHES:
        return
    ctx.blame(f"unit of {name}")
    known = [unit for unit in units if unit]
    yield ctx.finding(
        doc.value_at("columns", name, "unit"),
        f"unit {shown(column.unit)} of column {name} is not {what}"
        if column.unit
        else f"column {name} has no unit",
        hint=f"allowed units: {', '.join(known)}",
        subject=name,
    )


def floats(column: Column) -> list[float]:
    """Return the values of a column of numbers, NaN for empty cells."""
    try:
        sum(column.values)  # the quickest way to ask whether any is empty
    except TypeError:
        nan = float("nan")
        return [nan if value is None else value for value in column.values]
    return column.values


def all_finite(values: Sequence[float]) -> bool:
    """Whether every value is a number that a float can hold."""
    try:
        total = sum(values, 0.0)
    except OverflowError:
        return False
    return total - total == 0 or all(abs(value) <= _LARGEST for value in values)


_LARGEST = 1.7976931348623157e308


def rounded(value: float, *limits: float) -> str:
    """Return a number as a message shows it: rounded, but on the same side of each limit as it is.

    Examples
    --------
    >>> rounded(100.11991262435913, 100.0), rounded(100.0000001, 100.0), rounded(-0.1), rounded(5e-324)
    ('100.12', '100.0000001', '-0.1', '4.9407e-324')
    """
    for digits in range(_DIGITS, _ALL_DIGITS):
        text = f"{value:.{digits}g}"
        said = float(text)
        if all((said < one, said > one) == (value < one, value > one) for one in limits):
            return text
    return f"{value:.{_ALL_DIGITS}g}"
