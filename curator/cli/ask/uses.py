"""List the exposures that use a calibration, or what an image used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.cli.ask._answers import (
    COLUMNS,
    OVERRIDE,
    answer_rows,
    csv_lines,
    ecsv_lines,
    exposure_facts,
    json_text,
    style_of,
    write_answer,
)
from curator.cli.terminal.console import escape, paint, remark
from curator.cli.terminal.exposure_arguments import (
    add_overrides,
    add_place,
    catalogue_of,
    exposures_of,
    say_what_is_left,
    selector_of,
    snapshot_of,
    warn_of_problems,
)
from curator.cli.terminal.layout import wrap
from curator.counts import counted
from curator.errors import CuratorError, UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Collection
    from datetime import datetime

    from curator.calibrations.types.box_list import BoxList
    from curator.cli.terminal.exposure_arguments import Names
    from curator.repository.catalogue.catalogue import Catalogue, Entry
    from curator.repository.selection.exposures import Exposure
    from curator.repository.selection.selection import Answer
    from curator.repository.selection.uses import Use

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
List the exposures of a table (CSV or ECSV, as for `curator select`) that select the calibrations PATH. A
folder stands for all calibrations below it. If neither the table nor --camera names a camera, it is that of
PATH. With --pixel X,Y and --detector D, list the exposures whose `defects` or `manual_defects` mask that
pixel; pixels are counted from 0,0, the lower left one of the trimmed detector. An exposure without a detector
counts for all detectors of its camera.

--headers reads the headers of processed images instead: the cards LSST CALIB UUID, RUN and DATE that Rubin's
ISR writes for each calibration. --registry butler:PATH looks the ids up in a Butler. Without it, the history
of this repository tells which text at which commit a dataset was made from; --rev names the commit to start
from. An exported file says itself what it was made from: `curator verify` proves it.

Exit status: 0 some exposures, or some calibrations are known; 1 none; 2 wrong usage, or a file that cannot
be read."""
EXAMPLES = """\
curator uses decam/defects/s29/20250430T120000.ecsv --exposures night.csv
curator uses --pixel 1022,8 --detector S29 --exposures night.csv
curator uses --headers postISR/*.fits --registry butler:/repo/main"""
FORMATS = ("text", "json", "csv", "ecsv")
SHOWN = 5


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "names",
        metavar="PATH",
        nargs="*",
        help="calibrations, or folders of them; with --headers, images (FITS)",
    )
    parser.add_argument("--exposures", metavar="TABLE", help="read a table of exposures; - is standard input")
    parser.add_argument("--pixel", metavar="X,Y", help="a pixel of --detector, instead of PATH")
    parser.add_argument("--headers", action="store_true", help="print which calibrations images used")
    parser.add_argument(
        "--detector",
        metavar="D",
        default="",
        help="detector of --pixel; value for a table without this column",
    )
    parser.add_argument("--filter", metavar="F", default="", help="value for a table without this column")
    parser.add_argument(
        "--scale", choices=("utc", "tai"), default="utc", help="time scale of the dates in the table"
    )
    add_place(parser)
    add_overrides(parser)
    parser.add_argument("--format", choices=FORMATS, help="default: text")
    parser.add_argument("--output", metavar="FILE", help="write to FILE; the suffix sets the format")


def run(args: Namespace) -> int:
    if args.output is not None:
        from curator.formats.files.write_argument import refuse_input

        refuse_input(args.output, args.exposures, args.overrides, *args.names)
    args.format = args.format or style_of(args.output or "") or "text"
    if args.headers:
        return _run_headers(args)
    if bool(args.names) == bool(args.pixel):
        raise UsageError(
            "give either the paths of calibrations or --pixel X,Y", hint="or images with --headers"
        )
    if not args.exposures:
        raise UsageError("no exposures given", keyword="exposures", hint="--exposures TABLE")
    return _run_exposures(args)


def _run_headers(args: Namespace) -> int:
    from curator.cli.ask._image_headers import print_headers

    given = [name for name in ("exposures", "pixel", "overrides") if getattr(args, name)]
    if given:
        raise UsageError(f"--headers and --{given[0]} cannot be used together")
    if not args.names:
        raise UsageError("no images given", hint="curator uses --headers FITS…")
    return print_headers(args)


def _run_exposures(args: Namespace) -> int:
    from curator.repository.selection.required_types import requirements_of
    from curator.repository.selection.uses import uses

    exposures = exposures_of(args)
    catalogue, names = catalogue_of(args)
    warn_of_problems(catalogue)
    selector = selector_of(args, catalogue, names)
    below: frozenset[str] = frozenset()
    if args.pixel:
        meant, is_meant = _of_pixel(args, catalogue, names)
    else:
        meant, below = _named(args, catalogue, names)
        paths = {one.path for one in meant}

        def is_meant(one: Entry) -> bool:
            return one.path in paths

    exposures = _of_their_camera(exposures, meant, names)
    keys = {one.key for one in meant}
    found: Iterable[Use] = ()
    unsaid = False
    if keys:
        # Of a folder, what needs a filter is left out where the table names none; a file was asked for.
        types = [] if below else sorted({kind for _, kind, _, _ in keys})
        needs, left = requirements_of(exposures, names, {key[:2] for key in keys}, types)
        unsaid = say_what_is_left(left)
        found = uses(needs, selector, keys, is_meant)
    shown = _Shown(found)
    columns = COLUMNS if args.overrides is None else {**COLUMNS, **OVERRIDE}
    asked = None if args.pixel else _Asked(meant, below)
    write_answer(_RENDER[args.format](shown, columns, asked), args.output)
    return 2 if unsaid else int(not shown.count)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The calibrations that the command line names, and the paths of those that only a folder names."""

    entries: Sequence[Entry]
    below: frozenset[str]


class _Shown:
    """What was found, counted when it is printed."""

    def __init__(self, found: Iterable[Use]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[Use]:
        for one in self._found:
            self.count += 1
            yield one

    def answers(self) -> Iterator[tuple[Exposure, Answer]]:
        return ((one.exposure, one.answer) for one in self)


def _named(args: Namespace, catalogue: Catalogue, names: Names) -> tuple[list[Entry], frozenset[str]]:
    """Return the calibrations that the paths name, and the paths of those that only a folder names."""
    known = {str(one.path): one for one in catalogue.entries}
    found: dict[str, Entry] = {}
    below: set[str] = set()
    camera = names.names(args.camera, "", "", ()).camera if args.camera else ""
    for name in args.names:
        path = name.rstrip("/") if args.registry else _inside(args, name)
        entry = known.get(path)
        if entry is None:
            folder = _below(path, known)
            if not folder:
                raise _unknown(name, path, catalogue)
            if not (of_camera := [one for one in folder if camera in ("", known[one].camera)]):
                raise _other_camera(name, {known[one].camera for one in folder}, args.camera)
            below.update(one for one in of_camera if one not in found)
            found |= {one: known[one] for one in of_camera}
            continue
        if camera not in ("", entry.camera):
            raise _other_camera(name, {entry.camera}, args.camera)
        if not entry.ranges:
            why = (
                "is not certified"
                if entry.status == "uncertified"
                else "is deprecated as long as it is valid"
            )
            remark(f"{path} {why}: no exposure selects it without an override")
        found[path] = entry
        below.discard(path)
    return list(found.values()), frozenset(below)


def _below(folder: str, paths: Iterable[str]) -> list[str]:
    return sorted(one for one in paths if folder == "." or one.startswith(f"{folder}/"))


def _other_camera(name: str, cameras: Collection[str], asked: str) -> UsageError:
    own = " and ".join(sorted(cameras))
    return UsageError(
        f"{name} is for the camera {own}, not for {asked}",
        keyword="camera",
        value=asked,
        hint=f"remove --camera {asked}, or name a calibration of {asked}",
    )


def _of_their_camera(exposures: list[Exposure], meant: Iterable[Entry], names: Names) -> list[Exposure]:
    """Return exposures, of the camera of the calibrations where neither name, detector nor filter tell it."""
    from dataclasses import replace

    cameras = {one.camera for one in meant}
    if len(cameras) != 1:
        return exposures
    (camera,) = cameras
    is_told: dict[tuple[str, str, str], bool] = {}
    found = []
    for one in exposures:
        said = one.camera, one.detector, one.physical_filter
        if said not in is_told:
            is_told[said] = bool(one.camera) or _is_told(one, names)
        found.append(one if is_told[said] else replace(one, camera=camera))
    return found


def _is_told(exposure: Exposure, names: Names) -> bool:
    try:
        return bool(names.camera(exposure))
    except UsageError:
        return False


def _inside(args: Namespace, name: str) -> str:
    """Return a path, relative to the current directory, as the repository has it."""
    import os

    from curator.repository.repository import Repository

    root = Repository.find(args.repo).root
    folder, last = os.path.split(os.path.abspath(name))
    return os.path.relpath(os.path.join(os.path.realpath(folder), last), root)


def _unknown(name: str, path: str, catalogue: Catalogue) -> CuratorError:
    from curator.name_lookup import did_you_mean, nearest

    for problem in catalogue.problems:
        if getattr(problem, "path", "") == path:
            return problem
    folder = path.rpartition("/")[0]
    known = [str(one.path) for one in catalogue.entries]
    alike = [one for one in known if one.rpartition("/")[0] == folder]
    # Without such a file: the name of a folder may be wrong.
    near = nearest(path, alike, 0.6) or nearest(
        path, {parent for one in known for parent in _parents(one)}, 0.8
    )
    return UsageError(
        f"{name} is not one of the calibrations, and no folder of any",
        value=name,
        hint=did_you_mean(near, "name a file, or a folder with calibrations below it"),
    )


def _parents(path: str) -> Iterator[str]:
    """Give the folders that a path is in."""
    while path := path.rpartition("/")[0]:
        yield path


def _of_pixel(
    args: Namespace, catalogue: Catalogue, names: Names
) -> tuple[list[Entry], Callable[[Entry], bool]]:
    """Return the lists of boxes of a detector, and a function that tells which of them mask a pixel."""
    from curator.calibrations.types.box_list import box_lists
    from curator.repository.layout.config import load_config
    from curator.repository.selection.asked_pixel import asked_pixel, require_pixel

    x, y = asked_pixel(args.pixel)
    if not args.detector:
        raise UsageError("a pixel is one of a detector", keyword="detector", hint="--detector NAME")
    asked = names.names(args.camera, args.detector, "", ())
    if not args.registry:
        require_pixel(load_config(snapshot_of(args)), asked.camera, asked.detector, (x, y))
    kinds = box_lists()
    meant = [
        one
        for one in catalogue.find(camera=asked.camera, detector=asked.detector)
        if one.data_id.dataset_type in kinds
    ]
    read = _file_reader(args)
    known: dict[object, bool] = {}

    def masks(one: Entry) -> bool:
        if one.path not in known:
            known[one.path] = read(one).masks(x, y)
        return known[one.path]

    return meant, masks


def _file_reader(args: Namespace) -> Callable[[Entry], BoxList]:
    """Return a function that reads the calibration of an entry, from git or from the file of a registry."""
    from curator.calibrations.types.base import read_fits, read_text
    from curator.calibrations.types.types import find_type
    from curator.errors import RegistryError

    snapshot = None if args.registry else snapshot_of(args)

    def read(one: Entry) -> BoxList:
        kind = find_type(one.data_id.dataset_type)
        calibration = kind.calibration if kind else None
        found: BoxList
        if snapshot is not None:
            found = read_text(str(one.path), snapshot.read(str(one.path)), calibration)
            return found
        file = one.origin.file if one.origin else ""
        if not file or "://" in file:
            raise RegistryError(
                "the file of this calibration is not on this machine", path=file or str(one.path)
            )
        found = read_fits(file, calibration)
        return found

    return read


def _text(found: _Shown, columns: object, asked: _Asked | None) -> Iterator[str]:
    """Print each calibration with the number of its exposures, their dates, and the first of them."""
    entries = {str(one.path): one for one in (asked.entries if asked else ())}
    groups = {path: _Group() for path in entries}
    for use in found:
        for entry in use.entries:
            groups.setdefault(str(entry.path), _Group()).add(use, entry)
            entries.setdefault(str(entry.path), entry)
    if not groups:
        yield "no exposure has this pixel masked\n"
    unused = {path for path in (asked.below if asked else ()) if not groups[path].is_used}
    for path, group in groups.items():
        if path not in unused:
            yield f"{paint(escape(path), 'bold')}\n"
            yield from (f"{line}\n" for line in group.lines(entries[path]))
    if unused:
        others = "other calibration" if len(unused) < len(groups) else "calibration"
        yield f"{counted(len(unused), others)}: no exposure uses {'it' if len(unused) == 1 else 'them'}\n"


class _Group:
    """The exposures that use one calibration."""

    def __init__(self) -> None:
        self._exposures: set[tuple[str, datetime]] = set()
        self._first: list[str] = []
        self._ambiguous = 0
        self._others: dict[str, None] = {}
        self._detectors: Counter[str] = Counter()

    @property
    def is_used(self) -> bool:
        return bool(self._exposures)

    def add(self, use: Use, entry: Entry) -> None:
        request = use.answer.request
        key = use.exposure.name, request.begin
        if use.answer.status == "ambiguous":
            self._ambiguous += 1
            self._others.update((str(one.path), None) for one in use.answer.entries if one is not entry)
        self._detectors[request.detector or use.exposure.detector] += 1
        if key not in self._exposures:
            self._exposures.add(key)
            if len(self._first) < SHOWN:
                self._first.append("  ".join(filter(None, (use.exposure.name, request.begin.isoformat()))))

    def lines(self, entry: Entry) -> Iterator[str]:
        from curator.repository.selection.selection import validity

        if entry.ranges:
            yield from wrap(f"holds {validity(entry)}", first="  ", rest="    ")
        if not self._exposures:
            yield "  no exposure uses it"
            return
        count = len(self._exposures)
        dates = [begin for _, begin in self._exposures]
        start, end = min(dates).isoformat(), max(dates).isoformat()
        when = f"from {start} to {end} UTC" if end != start else f"at {start} UTC"
        yield from wrap(f"{counted(count, 'exposure')} {when}", first="  ", rest="    ")
        yield from (f"    {escape(one)}" for one in self._first)
        if count > len(self._first):
            yield f"    and {count - len(self._first)} more (--format csv lists all)"
        if len(self._detectors) > 1:
            named = ", ".join(f"{name or '(none)'} {some}" for name, some in sorted(self._detectors.items()))
            yield from wrap(f"per detector: {escape(named)}", first="  ", rest="    ")
        if self._ambiguous:
            what = "exposure is" if self._ambiguous == 1 else "exposures are"
            why = "two ranges of this calibration hold then"
            if self._others:
                many = len(self._others) > 1
                why = f"{'other calibrations are' if many else 'another calibration is'} also valid then"
            yield from wrap(f"{self._ambiguous} {what} ambiguous: {why}", first="  ", rest="    ")
            yield from (f"    {escape(one)}" for one in list(self._others)[:SHOWN])
            if len(self._others) > SHOWN:
                yield f"    and {len(self._others) - SHOWN} more (--format csv lists all)"


def _csv(found: _Shown, columns: Mapping[str, str], asked: object) -> Iterator[str]:
    return csv_lines(columns, answer_rows(found.answers(), columns))


def _ecsv(found: _Shown, columns: Mapping[str, str], asked: object) -> Iterator[str]:
    return ecsv_lines(columns, answer_rows(found.answers(), columns))


def _json(found: _Shown, columns: Collection[str], asked: object) -> Iterator[str]:
    yield json_text(uses=list(exposure_facts(found.answers(), columns)), images=[])


_RENDER: dict[str, Callable[[_Shown, Mapping[str, str], _Asked | None], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "ecsv": _ecsv,
}
