"""CUR39x: numbers in YAML."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.rule import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# Lists of numbers, wherever they stand below these.
_NUMBERS = frozenset(
    (
        *("coeffs", "coeffErr", "coeffNum", "coeffsSqr", "coeffErrSqr", "ampGainRatios", "fitGains"),
        *("interChip", "amplifiers", "tableData"),
        *("ampKernels", "detKernels", "gain", "noise", "means", "variances", "rawXcorrs", "meanXcorrs"),
    )
)
_CHARACTERS = frozenset("0123456789+-.,eEdD")


@rule("CUR390", "number is read as text", types=("tree",))
def text(doc: Document, ctx: Context) -> Iterator[Finding]:
    """YAML 1.1 reads `7e-05` as text because it has no decimal point, and also `0,000275`. Readers cannot use
    a list that contains text. Only the first one of a list is listed.

    Bad (crosstalk.yaml)::

        coeffs: [0.0, 7e-05, 1.0e-4, 0.0]

    Bad (crosstalk.yaml)::

        coeffs: [0.0, '0,000275', 1.0e-4, 0.0]

    Good (crosstalk.yaml)::

        coeffs: [0.0, 7.0e-05, 1.0e-4, 0.0]
    """
    tree = doc.tree if isinstance(doc.tree, dict) else {}
    for key in tree:
        if key in _NUMBERS and not (key == "tableData" and ctx.memo.get("table")):
            for path, value, more in _texts(tree[key], (key,)):
                ctx.blame(str(key))
                yield ctx.finding(
                    doc.value_at(*path),
                    f"{key} has {value!r}, which is read as text"
                    + (f", and {more} more in this list" if more else ""),
                    hint=_advice(value),
                    topic=f"a number in {key} is read as text",
                    subject=".".join(map(str, path)),
                )


def _texts(part: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str, int]]:
    """Give the first text that looks like a number in every list below ``part``, and how many follow."""
    if isinstance(part, dict):
        for key, value in part.items():
            if isinstance(value, dict | list):
                yield from _texts(value, (*path, key))
        return
    if not isinstance(part, list):
        return
    kinds = set(map(type, part))
    if str in kinds:
        wrong = [at for at, value in enumerate(part) if isinstance(value, str) and _is_meant(value)]
        if wrong:
            yield (*path, wrong[0]), part[wrong[0]], len(wrong) - 1
    if list in kinds or dict in kinds:
        for at, value in enumerate(part):
            yield from _texts(value, (*path, at))


def _is_meant(text: str) -> bool:
    return len(text) < 40 and _CHARACTERS.issuperset(text) and any(character.isdigit() for character in text)


def _advice(text: str) -> str:
    if "," in text:
        return f"write a decimal point: {text.replace(',', '.')}" if text.count(",") == 1 else ""
    digits, sign, power = text.lower().replace("d", "e").partition("e")
    if sign and "." not in digits and power:
        signed = power if power[0] in "+-" else f"+{power}"
        return f"write {digits}.0e{signed}"
    return "write the number without quotes" if digits else ""
