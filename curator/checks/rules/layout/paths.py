"""CUR2xx: does the file stand where a calibration can stand?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from curator.calibrations.time.dates import format_start
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.errors import CalibrationError
from curator.name_lookup import did_you_mean, nearest
from curator.repository.layout.paths import SUFFIXES, CalibPath, camera_of, moment_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.cross_file.path_tree import Tree
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.repository.layout.paths import PathError

__all__: list[str] = []

_HERE = (1, 1, 0)


@rule("CUR207", "file is not in the directory of a camera", scope="path")
def no_camera(error: PathError, ctx: Context) -> Iterator[Finding]:
    """A file whose name is a date looks like a calibration, but no camera in `curator.yaml` has this
    directory. Move the file, or declare the camera.

    Bad::

        path: ExampelCam/defects/s00/20200101T000000.ecsv
    """
    if error.reason == "camera":
        yield ctx.finding(
            _HERE,
            f"no camera has the directory {shown(error.value)}",
            hint=_where_cameras_are(str(error.value), ctx),
        )


def _where_cameras_are(directory: str, ctx: Context) -> str:
    known = sorted(ctx.config.directories)
    if near := nearest(directory, known):
        return did_you_mean(f"{near}/")
    inside = CalibPath.try_parse(ctx.name)
    if inside is not None and "/" in inside.camera:
        return f"to include it, declare it in curator.yaml with its directory: {inside.camera}"
    return f"curator.yaml knows {', '.join(known) or 'none'}"


@rule("CUR208", "unknown dataset type", scope="path")
def no_type(error: PathError, ctx: Context) -> Iterator[Finding]:
    """The second directory of a path is the dataset type, and this is not one. Rename the directory.

    Bad::

        path: ExampleCam/defect/s00/20200101T000000.ecsv
    """
    if error.reason == "type":
        from curator.calibrations.types.types import all_types

        near = nearest(str(error.value), [dataset_type.name for dataset_type in all_types()])
        yield ctx.finding(
            _HERE,
            f"there is no dataset type {shown(error.value)}",
            hint=did_you_mean(near and f"{near}/"),
        )


@rule("CUR211", "directories do not match the dataset type", scope="path")
def dimensions(error: PathError, ctx: Context) -> Iterator[Finding]:
    """A dataset type needs one directory for each of its dimensions, first the detector, then the filter, and
    no other directories.

    Bad::

        path: ExampleCam/defects/20200101T000000.ecsv

    Bad::

        path: ExampleCam/defects/s00/g_01/20200101T000000.ecsv
    """
    if error.reason in ("depth", "dimensions"):
        yield ctx.finding(_HERE, error.message, hint=error.hint and f"it is part of {error.hint}")


@rule("CUR212", "file name is not a date", scope="path")
def not_a_date(error: PathError, ctx: Context) -> Iterator[Finding]:
    """The name of a file is its start of validity (UTC), and readers get the start from it. Some readers
    accept other forms (a day, fractions, a time zone, a week); others refuse the file.

    Bad::

        path: ExampleCam/defects/s00/20201301T000000.ecsv

    Bad::

        path: ExampleCam/defects/s00/2020-01-02.ecsv
    """
    if error.reason == "date":
        when = moment_of(str(error.value))
        hint = error.hint
        if when is not None:
            fraction = ", without a fraction of a second" if when.microsecond else ""
            taken = f"Rubin's reader reads it as {when.isoformat(sep=' ')}"
            hint = f"{taken}: name it {format_start(when)}{fraction}"
        yield ctx.finding(_HERE, f"file name {shown(error.value)} is not a date", hint=hint)


@rule("CUR217", "wrong file extension", scope="path")
def suffix(error: PathError, ctx: Context) -> Iterator[Finding]:
    """The extension tells readers the format of a file. Each dataset type is written in one or two formats.

    Bad::

        path: ExampleCam/defects/s00/20210101T000000.yaml

    Bad::

        path: ExampleCam/defects/s00/20210101T000000.json
    """
    if error.reason == "suffix":
        found = getattr(ctx, "type", None)
        formats = [f".{one}" for one in found.formats] if found else list(SUFFIXES)
        what = f"suffix {shown(error.value)}" if "." in str(error.value) else "no suffix"
        yield ctx.finding(
            _HERE,
            f"{what} of a file with the name of a calibration",
            hint=f"{found.name if found else 'calibrations'} are written as {' or '.join(formats)}"
            + ("; Rubin's reader reads .json as a calibration, curator does not" if _is_json(error) else ""),
        )


def _is_json(error: PathError) -> bool:
    return str(error.value).lower().endswith(".json")


@rule("CUR213", "directory name in the wrong case", scope="tree")
def wrong_case(tree: Tree, ctx: Context) -> Iterator[Finding]:
    """Readers look for detectors and filters only in directories with lower-case names. Two directories that
    differ only in case become one on macOS and Windows, and a file is lost.

    Bad::

        path: ExampleCam/defects/S00/20200101T000000.ecsv
    """
    cameras = tree.config.directories
    above = {name[:at] for name in cameras for at, letter in enumerate(name) if letter == "/"}
    for parent in tree.directories():
        depth = 0 if parent in above else _depth(parent, cameras)
        if depth > 3:
            continue
        below = tree.checked_below(parent)
        twins: dict[str, list[str]] = {}
        for name in tree.names(parent):
            twins.setdefault(name.lower(), []).append(name)
        for name, first in sorted(below.items()):
            path = f"{parent}/{name}" if parent else name
            if first == path:
                continue  # a file
            others = [one for one in twins.get(name.lower(), ()) if one != name]
            others = [
                other for other in others if tree.is_directory(f"{parent}/{other}" if parent else other)
            ]
            if depth >= 2 and name != name.lower():
                twin = f", and {name.lower()} is there too" if name.lower() in others else ""
                yield ctx.finding(
                    _HERE,
                    f"directory {shown(name)} is not in lower case{twin}",
                    hint=f"rename it with `git mv` to {name.lower()}",
                    path=first,
                    subject=name,
                )
            elif others and depth < 2 and name > min(others):
                yield ctx.finding(
                    _HERE,
                    f"directories {shown(name)} and {shown(min(others))} differ only in case",
                    hint="keep one of them",
                    path=first,
                    subject=name,
                )


def _depth(directory: str, cameras: Collection[str]) -> int:
    """Return how deep a directory is, that of a camera being one deep wherever it stands."""
    below = directory.removeprefix(camera_of(f"{directory}/", cameras).rpartition("/")[0]).lstrip("/")
    return below.count("/") + 1 if below else 0


@rule("CUR215", "two files for the same data ID and start", scope="tree")
def twice(tree: Tree, ctx: Context) -> Iterator[Finding]:
    """The same start can be written in several ways, and in both formats. Readers then choose one of the
    files arbitrarily. Keep one file.

    Bad::

        path: ExampleCam/defects/s00/20200101T0000.ecsv
    """
    from curator.calibrations.time.dates import parse_start

    for parent in tree.directories():
        below = tree.checked_below(parent)
        if all(first != f"{parent}/{name}" for name, first in below.items()):
            continue  # holds directories only
        starts: dict[object, list[str]] = {}
        for name in sorted(tree.names(parent)):
            stem, _, suffix = name.rpartition(".")
            if f".{suffix}" in SUFFIXES:
                try:
                    starts.setdefault(parse_start(stem), []).append(name)
                except CalibrationError:
                    continue
        for names in starts.values():
            checked = [name for name in names if f"{parent}/{name}" in tree.checked]
            if len(names) > 1 and checked:
                name = checked[-1]
                others = " and ".join(shown(other) for other in names if other != name)
                yield ctx.finding(
                    _HERE,
                    f"{others} in the same directory starts at the same time",
                    hint="keep one of them; `git log --stat` shows who added which",
                    path=f"{parent}/{name}",
                    topic="another file starts at the same time",
                )
