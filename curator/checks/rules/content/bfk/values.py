"""CUR34x: what brighter-fatter kernels do to an image."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.rule import rule
from curator.checks.rules.content.bfk.kernels import kernels_of
from curator.checks.rules.shared.columns import all_finite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []


def _good(doc: Document, ctx: Context) -> Iterator[tuple[tuple[str, str], list[float]]]:
    """Give the kernels of the right shape that are all numbers, but for those of bad amplifiers."""
    tree = doc.tree if isinstance(doc.tree, dict) else {}
    bad = tree.get("badAmps")
    valid: Any = tree.get("valid")
    for key, values, _ in kernels_of(doc) if "(kernels)" not in ctx.blamed else ():
        refused = isinstance(valid, dict) and valid.get(key[1]) is False
        if len(values) % 2 and not refused and all_finite(values):
            if key[0] == "ampKernels" and isinstance(bad, list) and key[1] in bad:
                continue
            yield key, values


@rule("CUR344", "kernel does not peak at its centre", types=("bfk",), severity="warning")
def centre(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Charge repels nearby charge more than distant charge, so the central element is the largest. If it is
    not, the kernel was probably shifted or cut wrongly.

    Bad (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [-1.0e-9, -9.0e-9, -1.0e-9, -2.0e-9, -2.0e-9, -2.0e-9, -1.0e-9, -9.0e-9, -1.0e-9]

    Good (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [-1.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -9.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -1.0e-9]
    """
    for key, values in _good(doc, ctx):
        middle = values[len(values) // 2]
        largest = max(values, key=abs)
        if key in ctx.memo.get("askew", ()):
            continue
        if abs(largest) > abs(middle) * (1 + ctx.limits["kernel_asymmetry"]):
            yield ctx.finding(
                doc.at(*key),
                f"the kernel of {key[1]} is {middle} at its centre, but {largest} elsewhere",
                hint="check whether the kernel is shifted, and whether KERNEL_DX and KERNEL_DY are right",
                topic="a kernel does not peak at its centre",
                subject=str(key[1]),
            )


@rule("CUR345", "kernel has the wrong sign", types=("bfk",), severity="warning")
def sign(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers add half the divergence of (image x gradient of the image convolved with the kernel). A kernel
    with a negative centre makes stars sharper, as intended; a positive centre makes them wider.

    Bad (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [1.0e-9, 2.0e-9, 1.0e-9, 2.0e-9, 9.0e-9, 2.0e-9, 1.0e-9, 2.0e-9, 1.0e-9]

    Good (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [-1.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -9.0e-9, -2.0e-9, -1.0e-9, -2.0e-9, -1.0e-9]
    """
    for key, values in _good(doc, ctx):
        middle = values[len(values) // 2]
        if middle > 0:
            yield ctx.finding(
                doc.at(*key),
                f"the kernel of {key[1]} is {middle} at its centre, which makes stars wider",
                hint="multiply it by -1, unless your readers expect this sign",
                topic="a kernel is positive at its centre",
                subject=str(key[1]),
            )


@rule("CUR346", "kernel is zero", types=("bfk",), severity="warning")
def nothing(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A kernel of zeros corrects nothing. If an amplifier could not be measured, list it in `badAmps`.

    Bad (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    for key, values in _good(doc, ctx):
        if not any(values):
            yield ctx.finding(
                doc.at(*key),
                f"the kernel of {key[1]} is zero everywhere",
                hint="if the amplifier could not be measured, name it in badAmps",
                topic="a kernel is zero everywhere",
                subject=str(key[1]),
            )


@rule("CUR347", "kernel is very strong", types=("bfk",), severity="warning")
def strong(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The sum of the elements of a kernel times the electrons of a bright pixel is the fraction of light that
    moves. It should be a few percent. Check the scale and the unit. The limit is `kernel_sum` in
    `curator.yaml`.

    Bad (bfk)::

        metadata:
          KERNEL_DX: 3
          KERNEL_DY: 3
        detKernels:
          S00: [-1.0e-4, -2.0e-4, -1.0e-4, -2.0e-4, -9.0e-4, -2.0e-4, -1.0e-4, -2.0e-4, -1.0e-4]
    """
    for key, values in _good(doc, ctx):
        total = sum(values)
        if abs(total) > ctx.limits["kernel_sum"]:
            yield ctx.finding(
                doc.at(*key),
                f"the elements of the kernel of {key[1]} add up to {total:.3g}",
                hint="check the scale and the unit",
                topic="a kernel is very strong",
                subject=str(key[1]),
            )
