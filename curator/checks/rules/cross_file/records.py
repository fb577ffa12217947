"""CUR41x: the records that stand beside calibrations, `.inputs.yml` and `.validation.yml`."""

from __future__ import annotations

from curator.checks.model.context import Context
from curator.checks.model.finding import Edit, Fix
from curator.checks.model.rule import rule
from curator.errors import CuratorError, FormatError
from curator.repository.layout.paths import ALL_RECORDS, OLD_RECORDS, RECORDS, SUFFIXES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.cross_file.calibration_sets import CalibrationSets
    from curator.checks.model.finding import Finding, Severity

__all__: list[str] = []

_HERE = (1, 1, 0)


@rule("CUR410", "record has no calibration", severity="warning", scope="set", given="records")
def orphan(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """A record is next to its calibration and has the same name. This record remained when its calibration
    was renamed, moved or removed.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20210101T000000.inputs.yml
        exposures: [2021010100001, 2021010100002]

    Good::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yml
        exposures: [2021010100001, 2021010100002]
    """
    for path in sorted(sets.records):
        stem, suffix = _parts(path)
        if sets.concern(path) and not any(sets.is_there(stem + one) for one in SUFFIXES):
            yield ctx.finding(
                _HERE,
                f"there is no {stem.rpartition('/')[2]}.ecsv or .yaml for this {suffix}",
                hint="give it the name of its calibration, or remove it",
                path=path,
                topic="there is no calibration for it",
            )


@rule("CUR411", "record cannot be read", scope="set", given="records")
def unreadable(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """A record is YAML with keys and values. It says from what a calibration was made, or how it was
    validated, and this one cannot be read. A record with a `schema_version`, as `curator import` writes it,
    follows the schema of that version.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yml
        exposures: [2021010100001, 2021010100002

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.validation.yml
        looks good

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yml
        schema_version: 1
        source:
          file: defects.fits
          sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
          content: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        inputs: two exposures of January
    """
    from curator.calibrations.schema.schemas import violations
    from curator.formats.yaml.reader import read_yaml

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
            yield own.finding(place, error.message, hint=error.hint, subject=error.keyword)
        except CuratorError as error:
            yield own.finding(_HERE, error.message, hint=error.hint, subject=error.keyword)
        else:
            tree = document.tree
            if not isinstance(tree, dict):
                yield own.finding(_HERE, "this record is empty", hint="write it as lines of `key: value`")
            elif _parts(path)[1].startswith(".inputs.") and "schema_version" in tree:
                for wrong in violations("inputs", tree):
                    place = document.at(*wrong.path)
                    yield own.finding(
                        (place.line, place.column, 0),
                        wrong.message,
                        subject=f"{'.'.join(map(str, wrong.path))} {wrong.validator}",
                    )


@rule("CUR412", "record is missing", severity="info", scope="set", given="records")
def missing(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """Most calibrations of this type have a record, but this one does not.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yml
        exposures: [2021010100001, 2021010100002]
        file: ExampleCam/defects/s01/20200101T000000.ecsv
        x0 y0 width height
        10 0 2 4096
        text: ExampleCam/defects/s01/20200101T000000.inputs.yml
        exposures: [2021010100003, 2021010100004]
        file: ExampleCam/defects/s00/20210101T000000.ecsv
    """
    used = {sets.group_of(path) for path in sets.records}
    for group in sorted(used.intersection(sets.complete)):
        members = sets.groups[group]
        for suffix in RECORDS:
            names = suffix, _old(suffix)
            without = [
                member for member in members if not any(member.stem + name in sets.records for name in names)
            ]
            if len(members) < 3 or 2 * len(without) >= len(members):
                continue
            for one in without:
                if sets.concern(one.path):
                    yield ctx.finding(
                        _HERE,
                        f"there is no {suffix} for it, but there is for {len(members) - len(without)} of "
                        f"{len(members)} {group.type}",
                        hint=f"add {one.stem.rpartition('/')[2]}{suffix}",
                        path=one.path,
                        topic=f"there is no {suffix} for it",
                        subject=suffix,
                    )


@rule("CUR419", "record would be read as a calibration", scope="set", given="records")
def old_suffix(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """Readers of `obs_base` read every `.yaml` file in the directory of a dataset type as a calibration, and
    its name as a date. A record that ends in `.yaml`, as earlier versions of `curator import` wrote it, makes
    them fail for the whole type. Records end in `.yml`. In profile `dmtn148` this is a warning.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yaml
        exposures: [2021010100001, 2021010100002]

    Good::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        text: ExampleCam/defects/s00/20200101T000000.inputs.yml
        exposures: [2021010100001, 2021010100002]
    """
    severity: Severity = "error" if sets.profile.name == "obs_base" else "warning"
    for path in sorted(sets.records):
        if not (path.endswith(OLD_RECORDS) and sets.concern(path)):
            continue
        stem, suffix = _parts(path)
        new = stem + RECORDS[OLD_RECORDS.index(suffix)]
        name = new.rpartition("/")[2]
        taken = sets.is_there(new)
        yield ctx.finding(
            _HERE,
            f"readers of obs_base read a {suffix} file as a calibration whose name is a date",
            hint=f"{name} exists too: keep one of the two" if taken else f"rename it to {name}",
            path=path,
            severity=severity,
            fix=None if taken else Fix(f"rename it to {name}", (Edit("move", value=new),)),
        )


def _old(suffix: str) -> str:
    return OLD_RECORDS[RECORDS.index(suffix)]


def _parts(path: str) -> tuple[str, str]:
    suffix = next(ending for ending in ALL_RECORDS if path.endswith(ending))
    return path.removesuffix(suffix), suffix
