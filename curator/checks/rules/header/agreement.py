"""CUR124 to CUR128: do the keywords agree with the file's name and its table?"""

from __future__ import annotations

from collections.abc import Iterator

from curator.calibrations.time.dates import format_date
from curator.checks.fixing.build_fixes import setting
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.shared.header_dates import moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

_SERIALIZED = b"__serialized_columns__"


@rule("CUR124", "CALIBCLS is missing")
def no_class(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Rubin's reader of transmission curves gets the name of its class from CALIBCLS, and fails without it.
    Only profile `obs_base` requires it.

    `curator fix` adds it.

    Bad (transmission_sensor, obs_base)::

        # (no CALIBCLS)
    """
    if (
        ctx.profile.name == "obs_base"
        and ctx.type.storage_class == "TransmissionCurve"
        and ctx.type.calibcls
        and doc.header.get("CALIBCLS") is None
        and "CALIBCLS" not in ctx.blamed
        and not any(key.upper() == "CALIBCLS" for key in doc.header)
    ):
        yield ctx.finding(
            doc.at("meta"),
            "CALIBCLS is missing",
            hint=f"write CALIBCLS: {ctx.type.calibcls}",
            keyword="CALIBCLS",
            fix=setting(CALIBCLS=ctx.type.calibcls),
        )


@rule("CUR125", "VALIDSTART differs from the file name", severity="warning")
def valid_start(doc: Document, ctx: Context) -> Iterator[Finding]:
    """In profile `obs_base` a file is valid from the date in its name, and VALIDSTART is ignored. People read
    the keyword, so both must agree.

    Bad (defects, obs_base)::

        # - {VALIDSTART: '2020-01-02T00:00:00'}

    Good (defects, obs_base)::

        # - {VALIDSTART: '2020-01-01T00:00:00'}
    """
    if ctx.profile.calibdate != "start" or "VALIDSTART" in ctx.blamed:
        return
    when = moment(doc.header.get("VALIDSTART"))
    if when is not None and ctx.start is not None and when != ctx.start:
        yield ctx.finding(
            doc.value_at("VALIDSTART"),
            f"VALIDSTART is {doc.header['VALIDSTART']}, but the file name says {ctx.path.stem}",
            hint=f"write {format_date(ctx.start)}, or rename the file",
            topic="VALIDSTART differs from the file name",
            keyword="VALIDSTART",
        )


@rule("CUR127", "MODE does not match the table")
def mode(doc: Document, ctx: Context) -> Iterator[Finding]:
    """If MODE is AMP, readers take one curve for each `amp_name`, and fail without that column. With any
    other MODE they read the samples of all amplifiers as one curve.

    Bad (transmission_sensor)::

        # - {MODE: AMP}
        # - {name: wavelength, unit: nm, datatype: float64}
        wavelength efficiency
        400.0 50.0
        800.0 60.0

    Good (transmission_sensor)::

        # - {MODE: DETECTOR}
        # - {name: wavelength, unit: nm, datatype: float64}
        wavelength efficiency
        400.0 50.0
        800.0 60.0
    """
    value = doc.header.get("MODE")
    if "wavelength" not in doc.columns or not isinstance(value, str) or "MODE" in ctx.blamed:
        return
    named = "amp_name" in doc.columns
    if value == "AMP" and not named:
        said, hint = "there is no column amp_name", "write the MODE DETECTOR, or add the column"
    elif value in ("DETECTOR", "CAMERA", "IMAGE") and named and _amplifiers(doc) > 1:
        said, hint = f"amp_name has {_amplifiers(doc)} amplifiers", "write the MODE AMP"
    else:
        return
    yield ctx.finding(doc.value_at("MODE"), f"MODE is {shown(value)}, but {said}", hint=hint, keyword="MODE")


def _amplifiers(doc: Document) -> int:
    return len(set(doc.columns["amp_name"].values))


@rule("CUR128", "column has two different units")
def two_units(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A column has a unit in its declaration, and may have another one in `__serialized_columns__`. If the
    two differ, readers use different units. Write the right unit in both places.

    Bad (transmission_filter)::

        # - {name: wavelength, unit: Angstrom, datatype: float64}
        # - __serialized_columns__:
        #     wavelength:
        #       __class__: astropy.units.quantity.Quantity
        #       unit: !astropy.units.Unit {unit: nm}
        #       value: !astropy.table.SerializedColumn {name: wavelength}
        wavelength efficiency
        4000.0 50.0
        8000.0 60.0
    """
    if doc.format != "ecsv" or _SERIALIZED not in doc.raw:
        return
    from curator.formats.edit.declared_units import serialized_units

    for name, (declared, serialized) in serialized_units(doc.path, doc.raw).items():
        if _differ(declared, serialized):
            yield ctx.finding(
                doc.value_at("columns", name, "unit"),
                f"column {name} is declared in {shown(declared)}, but serialized in {shown(serialized)}",
                hint="write the right one in both places",
                topic="column has two different units",
                subject=name,
            )
            ctx.blame(f"unit of {name}", f"scale of {name}")


def _differ(declared: str, serialized: str) -> bool:
    if declared == serialized:
        return False
    from astropy.units import Unit

    try:
        return bool(Unit(declared) != Unit(serialized))
    except ValueError:
        return False  # one of them is none: CUR107 says so
