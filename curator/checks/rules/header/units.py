"""CUR107 and CUR121: do readers know the units of the columns?"""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.context import shown
from curator.checks.model.finding import Edit, Fix
from curator.checks.model.rule import rule
from curator.checks.rules.shared.keywords import DASHES, UNITS
from curator.name_lookup import did_you_mean, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# Units as people write them, and as readers know them; in lower case, none means another unit.
_UNIT_NAMES = {
    **dict.fromkeys(("pixels", "px", "pixel", "pix"), "pix"),
    **dict.fromkeys(("nanometer", "nanometers", "nanometre", "nanometres", "nms"), "nm"),
    **dict.fromkeys(("angstroms", "angstrom", "ångström", "å", "\N{ANGSTROM SIGN}".lower()), "Angstrom"),
    **dict.fromkeys(("microns", "micrometer", "micrometers", "micrometre", "micrometres"), "um"),
    **dict.fromkeys(("adu", "adus"), "adu"),
    **dict.fromkeys(("electrons", "e-"), "electron"),
    **dict.fromkeys(("per cent", "percents", "percentage"), "%"),
    **dict.fromkeys(("volts", "volt"), "V"),
    **dict.fromkeys(("seconds", "secs"), "s"),
}


@rule("CUR107", "invalid unit")
def illegal_unit(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers cannot convert an unknown unit, so they read wrong numbers, or fail. Use a unit that astropy
    knows.

    `curator fix` fixes it if it is another spelling of a known unit.

    Bad::

        # - {name: x0, unit: pixxel, datatype: int32}

    Good::

        # - {name: x0, unit: pixel, datatype: int32}
    """
    for column in doc.columns.values():
        unit = column.unit or ""
        if unit in UNITS or unit.lower() in DASHES or _is_unit(unit):
            continue
        ctx.blame(f"unit of {column.name}", f"scale of {column.name}")
        known = _UNIT_NAMES.get(unit.strip().lower(), "")
        near = known or nearest(unit, [text for text in UNITS if text])
        yield ctx.finding(
            doc.value_at("columns", column.name, "unit"),
            f"unit {shown(unit)} of column {column.name} is not known",
            hint=did_you_mean(near, "use the spelling of astropy, such as nm, pix, adu"),
            fix=Fix(f"write the unit {known}", (Edit("unit", column.name, known),)) if known else None,
            subject=column.name,
        )


def _is_unit(text: str) -> bool:
    import warnings

    from astropy.units import Unit

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Unit(text)
    except (ValueError, TypeError):
        return False
    return True


@rule("CUR121", "word instead of a unit", severity="warning")
def dash(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A column without a unit needs no `unit` entry. Readers treat a dash or a word there as an unknown unit.

    `curator fix` removes it.

    Bad (transmission_filter)::

        # - {name: efficiency, unit: '-', datatype: float64}
        wavelength efficiency
        400.0 0.5
        800.0 0.9

    Good (transmission_filter)::

        # - {name: efficiency, datatype: float64}
        wavelength efficiency
        400.0 0.5
        800.0 0.9
    """
    for column in doc.columns.values():
        if (column.unit or "").lower() in DASHES:
            ctx.blame(f"unit of {column.name}")
            yield ctx.finding(
                doc.value_at("columns", column.name, "unit"),
                f"unit {shown(column.unit)} of column {column.name} means no unit",
                hint="remove the unit",
                fix=Fix(f"remove the unit of {column.name}", (Edit("unit", column.name),)),
                subject=column.name,
            )
