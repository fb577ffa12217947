"""CUR41x: the records that stand beside calibrations, `.inputs.yaml` and `.validation.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.checks.context import Context
from curator.checks.rule import rule
from curator.errors import CuratorError, FormatError
from curator.repository.paths import RECORDS, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.finding import Finding
    from curator.checks.sets import Sets

__all__: list[str] = []

_HERE = (1, 1, 0)


@rule("CUR410", "record without its calibration", severity="warning", scope="set")
def orphan(sets: Sets, ctx: Context) -> Iterator[Finding]:
    """A record is named like the calibration it is about, and stands beside it. This one was left behind when
    its calibration was renamed, moved or removed.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20210101T000000.inputs.yaml
        exposures: [2021010100001, 2021010100002]

    Good::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yaml
        exposures: [2021010100001, 2021010100002]
    """
    for path in sorted(sets.records):
        stem, suffix = _parts(path)
        if sets.concern(path) and not any(sets.is_there(stem + one) for one in SUFFIXES):
            yield ctx.finding(
                _HERE,
                f"there is no {stem.rpartition('/')[2]}.ecsv or .yaml that this {suffix} could be about",
                hint="rename it like its calibration, or remove it",
                path=path,
                topic="there is no calibration that it could be about",
            )


@rule("CUR411", "record cannot be read", scope="set")
def unreadable(sets: Sets, ctx: Context) -> Iterator[Finding]:
    """A record is YAML with keys and values; whoever wants to know what a calibration was made from, or how
    it was validated, cannot read this one. One with a `schema_version`, as `curator import` writes them,
    follows the schema of that version.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yaml
        exposures: [2021010100001, 2021010100002

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.validation.yaml
        looks good

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yaml
        schema_version: 1
        source:
          file: defects.fits
          sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
          content: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        inputs: two exposures of January
    """
    from curator.calibrations.schemas import violations
    from curator.formats.yaml import read_yaml

    for path in sorted(sets.records):
        if not sets.concern(path):
            continue
        own = Context(path, sets.config, sets.profile)
        own.take_up(ctx.rule)
        try:
            own.raw = sets.read(path)
            document = read_yaml(path, own.raw)
        except FormatError as error:
            place = (error.line or 1, error.column or 1, error.end)
            yield own.finding(place, error.message, hint=error.hint)
        except CuratorError as error:
            yield own.finding(_HERE, error.message, hint=error.hint)
        else:
            tree = document.tree
            if not isinstance(tree, dict):
                yield own.finding(_HERE, "this record has no keys", hint="write it as lines of `key: value`")
            elif path.endswith(".inputs.yaml") and "schema_version" in tree:
                for wrong in violations("inputs", tree):
                    place = document.at(*wrong.path)
                    yield own.finding((place.line, place.column, 0), wrong.message)


@rule("CUR412", "record missing", severity="info", scope="set")
def missing(sets: Sets, ctx: Context) -> Iterator[Finding]:
    """Most calibrations of this type have such a record beside them, this one has none.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yaml
        exposures: [2021010100001, 2021010100002]
        file: ExampleCam/defects/s01/20200101T000000.ecsv
        x0 y0 width height
        10 0 2 4096
        text: ExampleCam/defects/s01/20200101T000000.inputs.yaml
        exposures: [2021010100003, 2021010100004]
        file: ExampleCam/defects/s00/20210101T000000.ecsv
    """
    used = {sets.group_of(path) for path in sets.records}
    for group in sorted(used.intersection(sets.complete)):
        members = sets.groups[group]
        for suffix in RECORDS:
            without = [one for one in members if one.stem + suffix not in sets.records]
            if len(members) < 3 or 2 * len(without) >= len(members):
                continue
            for one in without:
                if sets.concern(one.path):
                    yield ctx.finding(
                        _HERE,
                        f"no {suffix} stands beside it, as with {len(members) - len(without)} of "
                        f"{len(members)} {group.type}",
                        hint=f"add {one.stem.rpartition('/')[2]}{suffix}",
                        path=one.path,
                        topic=f"no {suffix} stands beside it",
                    )


def _parts(path: str) -> tuple[str, str]:
    suffix = next(one for one in RECORDS if path.endswith(one))
    return path.removesuffix(suffix), suffix
