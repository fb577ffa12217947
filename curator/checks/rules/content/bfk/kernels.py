"""CUR34x: brighter-fatter kernels."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.shared.columns import all_finite
from curator.name_lookup import did_you_mean, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__ = ["kernels_of"]

_LEVELS = {"AMP": "ampKernels", "DETECTOR": "detKernels"}


def _shape(doc: Document) -> tuple[int, int]:
    """Return columns and rows of every kernel as the header states them, 0 where it does not."""
    sizes = (doc.header.get("KERNEL_DX"), doc.header.get("KERNEL_DY"))
    columns, rows = (size if type(size) is int and size > 0 else 0 for size in sizes)
    return columns, rows


def kernels_of(doc: Document) -> Iterator[tuple[tuple[str, str], list[float], tuple[int, ...]]]:
    """Give key, values and, where it is a list of rows, the length of the rows of every kernel."""
    tree = doc.tree if isinstance(doc.tree, dict) else {}
    for section in _LEVELS.values():
        entries = tree.get(section)
        for name, kernel in entries.items() if isinstance(entries, dict) else ():
            if not isinstance(kernel, list):
                continue
            nested = bool(kernel) and all(isinstance(row, list) for row in kernel)
            values = [one for row in kernel for one in row] if nested else kernel
            if all(isinstance(value, int | float) for value in values):
                yield (section, name), values, tuple({len(row) for row in kernel}) if nested else ()


def _index(doc: Document, key: tuple[str, str], at: int, widths: tuple[int, ...]) -> tuple[Any, ...]:
    return (*key, at // widths[0], at % widths[0]) if widths else (*key, at)


@rule("CUR340", "kernel has the wrong shape", types=("bfk",))
def shape(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A kernel has KERNEL_DX times KERNEL_DY elements. Both numbers must be odd, so that the kernel has a
    central element.

    Bad (bfk)::

        detKernels:
          S00: [-1.0e-9, -1.0e-9, -1.0e-9, -1.0e-9]
    """
    columns, rows = _shape(doc)
    for keyword, size in (("KERNEL_DX", columns), ("KERNEL_DY", rows)):
        if size and size % 2 == 0:
            yield ctx.finding(
                doc.value_at(keyword),
                f"{keyword} is {size}, an even number",
                hint="a kernel has a central element, so its sizes are odd",
                keyword=keyword,
            )
            ctx.blame("(kernels)")
    if "(kernels)" in ctx.blamed or not columns or not rows:
        return
    for key, values, widths in kernels_of(doc):
        if values and (len(values) != columns * rows or (widths and widths != (columns,))):
            ctx.blame("(kernels)")
            yield ctx.finding(
                doc.at(*key),
                f"the kernel of {key[1]} has {len(values)} values, but KERNEL_DX x KERNEL_DY is "
                f"{columns} x {rows}",
                hint=f"that makes {columns * rows}",
                topic="a kernel is not KERNEL_DX x KERNEL_DY",
                subject=str(key[1]),
            )
    level = doc.header.get("LEVEL")
    section = _LEVELS.get(level) if isinstance(level, str) else None
    if section and not (doc.tree or {}).get(section):
        yield ctx.finding(
            doc.value_at("LEVEL"),
            f"LEVEL is {level}, but {section} is empty",
            hint="LEVEL is AMP for one kernel per amplifier, DETECTOR for one kernel per detector",
            keyword="LEVEL",
        )


@rule("CUR341", "kernel is not symmetric", types=("bfk",))
def symmetry(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Charge is pushed equally to the left and to the right, so a kernel is symmetric. The limit is
    `kernel_asymmetry` in `curator.yaml`.

    Bad (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [-1.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -9.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -4.0e-9]

    Good (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [-1.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -9.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -1.0e-9]
    """
    columns, rows = _shape(doc)
    if "(kernels)" in ctx.blamed or not columns or not rows:
        return
    for key, values, widths in kernels_of(doc):
        if not values or values == values[::-1] or not all_finite(values):
            continue
        allowed = ctx.limits["kernel_asymmetry"] * max(map(abs, values))
        at = next(
            (index for index in range(len(values) // 2) if abs(values[index] - values[-1 - index]) > allowed),
            None,
        )
        if at is not None:
            odd = _odd_one(values, at, columns)
            ctx.memo.setdefault("askew", set()).add(key)
            yield ctx.finding(
                doc.value_at(*_index(doc, key, odd, widths)),
                f"the kernel of {key[1]} is {values[odd]} at column {odd % columns}, row {odd // columns}, "
                f"but {values[-1 - odd]} opposite to it",
                topic="a kernel is not symmetric",
                subject=str(key[1]),
            )


def _odd_one(values: list[float], at: int, columns: int) -> int:
    """Return which of the elements mirrored onto ``at`` differs from the others."""
    row, column = divmod(at, columns)
    mirrored = row * columns + columns - 1 - column
    last = len(values) - 1
    usual = sorted(values[one] for one in (at, last - at, mirrored, last - mirrored))[1:3]
    middle = sum(usual) / 2
    return max((at, last - at), key=lambda one: abs(values[one] - middle))


@rule("CUR342", "kernel is not finite", types=("bfk",))
def not_finite(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A single NaN in a kernel makes the whole corrected image NaN.

    Bad (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [-1.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, .nan, -2.0e-9, -1.0e-9, -2.0e-9, -1.0e-9]
    """
    for key, values, widths in kernels_of(doc):
        if all_finite(values):
            continue
        for at, value in enumerate(values):
            if value - value != 0:
                yield ctx.finding(
                    doc.value_at(*_index(doc, key, at, widths)),
                    f"the kernel of {key[1]} is {value} at place {at + 1}",
                    topic="a kernel is not finite",
                    subject=str(key[1]),
                )


@rule("CUR343", "kernel of an unknown detector or amplifier", types=("bfk",))
def names(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers find a kernel by the name of its amplifier or detector. They never find a misspelled name.

    Bad (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S01: [-1.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -9.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -1.0e-9]

    Good (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [-1.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -9.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -1.0e-9]
    """
    if ctx.detector is None:
        return
    for (section, name), _, _ in kernels_of(doc):
        known = (ctx.detector.name,) if section == "detKernels" else ctx.detector.amplifiers
        if known and name not in known:
            yield ctx.finding(
                doc.at(section, name),
                f"{section} {shown(name)} is not "
                f"{known[0] if len(known) == 1 else f'an amplifier of {ctx.detector.name}'}",
                hint=did_you_mean(nearest(str(name), known), f"known are {', '.join(known)}"),
                topic=f"{section} of another name",
                subject=f"{section}.{name}",
            )
