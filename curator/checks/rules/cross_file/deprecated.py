"""CUR416 to CUR418: what do deprecations leave to be used?"""

from __future__ import annotations

from curator.calibrations.header.deprecation import DEPRECATED
from curator.calibrations.time.dates import format_date
from curator.checks.cross_file.adjacent_files import NEAR
from curator.checks.model.rule import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.cross_file.calibration_sets import CalibrationSets
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.repository.catalogue.deprecation_effects import Gap

__all__: list[str] = []


@rule("CUR416", "deprecation leaves a gap", severity="warning", scope="set", given="deprecated")
def gap(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """No calibration is valid while this one is deprecated, and data from that time cannot be processed. If
    the previous calibration is good enough, use it with --fall-back.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        file: ExampleCam/defects/s00/20210101T000000.ecsv
        # - {DEPRECATED: ['2021-03-01T00:00:00/2021-04-01T00:00:00: a light leak']}

    Good::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        file: ExampleCam/defects/s00/20210101T000000.ecsv
        # - {DEPRECATED: ['2021-03-01T00:00:00/2021-04-01T00:00:00 fall-back: a light leak']}
    """
    for effect in sets.effects:
        for each in effect.gaps:
            if not effect.entry.deprecations[each.number].fall_back and sets.concern(str(effect.entry.path)):
                yield sets.finding_in(
                    ctx,
                    str(effect.entry.path),
                    (DEPRECATED, each.number),
                    f"nothing is valid {_when(each)}",
                    "certify another calibration for that time, or use the one before it: `curator "
                    "deprecate` with --fall-back",
                    "nothing is valid while this is deprecated",
                )


@rule(
    "CUR417",
    "no earlier calibration replaces a deprecated one",
    severity="warning",
    scope="set",
    given="deprecated",
)
def no_fall_back(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """The deprecation falls back to the previous calibration, but there is none, or it is deprecated itself,
    or its VALIDEND is earlier. No calibration is valid then.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        # - {VALIDEND: '2021-01-01T00:00:00'}
        file: ExampleCam/defects/s00/20210101T000000.ecsv
        # - {DEPRECATED: ['2021-03-01T00:00:00/2021-04-01T00:00:00 fall-back: a light leak']}
    """
    for effect in sets.effects:
        path = str(effect.entry.path)
        for each in effect.gaps:
            other = str(each.other.path) if each.other else ""
            # Of files that are named only some that stand before are known.
            known = bool(other) or sets.whole or effect.before < NEAR
            if effect.entry.deprecations[each.number].fall_back and known and sets.concern(path, other):
                yield sets.finding_in(
                    ctx,
                    path,
                    (DEPRECATED, each.number),
                    f"nothing is valid {_when(each)}: {_why(each)}",
                    _advice(each),
                    "there is no earlier calibration to fall back to",
                )


@rule("CUR418", "deprecation has no effect", severity="warning", scope="set", given="deprecated")
def idle(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """The calibration is not used at that time even without the deprecation, because another one is valid.
    Check the interval, and whether the right file is deprecated.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        # - {DEPRECATED: ['2021-03-01T00:00:00/2021-04-01T00:00:00: a light leak']}
        file: ExampleCam/defects/s00/20210101T000000.ecsv
    """
    for effect in sets.effects:
        path = str(effect.entry.path)
        # Of files that are named only some that stand behind, and may fall back to it, are known.
        known = sets.whole or effect.after < NEAR
        for number in effect.idle if known and sets.concern(path) else ():
            yield sets.finding_in(
                ctx,
                path,
                (DEPRECATED, number),
                f"without the deprecation, this is also not used {effect.entry.deprecations[number].when}",
                "`curator coverage` shows what is used when",
                "the deprecation has no effect",
            )


def _when(one: Gap) -> str:
    return f"from {format_date(one.start)} {f'until {format_date(one.end)}' if one.end else 'on'}"


def _ends_before(one: Gap) -> bool:
    other = one.other
    return bool(other and other.end_source == "written" and other.end and other.end <= one.start)


def _why(one: Gap) -> str:
    if one.other is None:
        return "there is none before it"
    if _ends_before(one):
        return f"VALIDEND of {one.other.path}, the calibration before it, is {one.other.end}"
    return f"{one.other.path}, which is before it, is deprecated then too"


def _advice(one: Gap) -> str:
    if one.other is not None and _ends_before(one):
        return f"`curator certify {one.other.path} --no-end` removes its end"
    return "certify another calibration for that time"
