"""Begins the successor of a calibration: its content, byte for byte, below a header of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from curator.calibrations.header.history_lines import HistoryLine, superseding
from curator.calibrations.header.keywords import (
    compose_header,
    find_keyword,
    get_keyword,
    parse_calib_id,
    schema_keywords,
)
from curator.calibrations.header.profiles import PROFILES, is_certified
from curator.calibrations.time.dates import format_date, format_start
from curator.calibrations.types.types import find_type
from curator.editing.clock import require_start, utc_now
from curator.editing.header.note import KEY, author_name
from curator.editing.new.add_boxes import add_boxes
from curator.editing.new.adjacent_versions import notices, siblings
from curator.editing.new.boxes_from_regions import require_boxes
from curator.editing.session import exclusive
from curator.editing.tree_writer import path_inside, refuse_existing, write_file
from curator.errors import CalibrationError, EditingError, UsageError
from curator.formats.edit.edit_header import remove_header, set_header
from curator.formats.read import read_document
from curator.name_lookup import suggest
from curator.repository.layout.config import load_config
from curator.repository.layout.paths import CalibPath

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curator.calibrations.cameras.camera import Camera, Detector, Filter
    from curator.calibrations.header.profiles import Profile
    from curator.calibrations.types.types import DatasetType
    from curator.editing.new.add_boxes import Box
    from curator.formats.document import Document
    from curator.repository.repository import Repository
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["Superseding", "supersede"]

_OF_THE_VERSION = ("CALIB_ID", "CALIB_CREATION_DATE", "CALIB_CREATION_TIME", "CALIBDATE", "VALIDSTART")
_DROPPED = ("VALIDEND", "DEPRECATED", "DATE")


class Superseding(NamedTuple):
    """What was written.

    Parameters
    ----------
    path : str
        The new file, relative to the repository.
    certified : bool
        Whether registries may use it.
    notices : tuple of (str, str)
        What a person should know of the ranges of its neighbours, and what to do about it.
    """

    path: str
    certified: bool
    notices: tuple[tuple[str, str], ...]


@exclusive("new --supersede")
def supersede(
    repo: Repository,
    path: str,
    *,
    start: datetime | None = None,
    certified: bool = True,
    boxes: Sequence[Box] = (),
    now: datetime | None = None,
) -> Superseding:
    """Write the file that follows ``path``, which stays as it is: it ends when the next one starts.

    Content is copied byte for byte, comments too. The header keeps what it says of the detector or filter; it
    gets the new start, the creation keywords and a ``CALIB_ID``, loses ``VALIDEND``, ``DEPRECATED`` and
    ``DATE``, and its ``HISTORY`` begins with the file that it supersedes.

    Parameters
    ----------
    path : str
        As seen from the current directory.
    start : datetime.datetime, optional
        First moment it holds (UTC, whole seconds). Without it the file is named by ``now`` and is not
        certified, as in `curator.editing.new.new`.
    certified : bool
        Whether registries may use it.
    boxes : sequence of tuple of int
        Boxes to add to a defect list, see `curator.editing.new.add_boxes.parse_box`.
    now : datetime.datetime, optional
        Creation date (UTC).

    Raises
    ------
    UsageError
        ``path`` is no calibration of this repository, or ``start`` is not after its own.
    EditingError
        There is a file with this start, or the header is written in a form that curator cannot edit.
    FormatError
        ``path`` cannot be read.
    """
    tree = repo.worktree()
    old = _calibration(tree, path)
    config = load_config(tree)
    if config.camera(old.camera) is None:
        raise UsageError(
            f"{config.path} declares no camera in {old.camera}",
            path=path,
            hint=suggest(old.camera, sorted(config.directories)),
        )
    dataset_type = find_type(old.dataset_type)
    assert dataset_type is not None  # the path has been parsed
    if boxes:
        require_boxes(dataset_type)
    document = read_document(str(old), tree.read(str(old)))
    created = now or utc_now()
    begins = start or created
    others = siblings(tree, old)
    _require_later(old, begins, others)
    profile = PROFILES[config.profile]
    require_start(profile, start)
    camera = config.camera_files.at(old.camera, begins)
    composed = compose_header(
        dataset_type,
        camera,
        _detector(camera, old),
        _filter(camera, old),
        begins,
        created,
        profile,
        certified=certified and start is not None,
    )
    if profile.certified_by == "name" and find_keyword(document.header, "VALIDSTART"):
        composed["VALIDSTART"] = format_date(begins)
    folder, _, _ = str(old).rpartition("/")
    target = f"{folder}/{format_start(begins)}.{old.format}"
    refuse_existing(tree, target, hint="choose another --start, or edit that file")
    note = str(HistoryLine(str(created.date()), author_name(repo), superseding(old)))
    raw = _with_header(document, target, _changes(document, composed, dataset_type, profile), note)
    raw = add_boxes(raw, target, boxes)
    holds = is_certified(read_document(target, raw, header_only=True).header, profile)
    said = tuple(notices(tree, old, document, begins, others, profile)) if holds else ()
    write_file(tree, target, raw)
    return Superseding(target, holds, said)


def _calibration(tree: WorkTree, path: str) -> CalibPath:
    found = CalibPath.try_parse(path_inside(tree, path))
    if found is None:
        raise UsageError(
            "is not at the path of a calibration",
            path=path,
            hint="<camera>/<dataset type>/[<detector>/][<filter>/]<valid start>.<ecsv|yaml>",
        )
    return found


def _require_later(old: CalibPath, begins: datetime, siblings: list[CalibPath]) -> None:
    if begins <= old.start:
        last = max([old, *siblings], key=lambda one: one.start)
        hint = "give a later --start; to correct that file, edit it"
        if last != old:
            hint = f"the latest version is {last}: supersede that file, or give a --start after this one's"
        raise UsageError(
            f"the new file would start at {format_date(begins)}, not after the old one at "
            f"{format_date(old.start)}",
            path=str(old),
            keyword="start",
            value=format_date(begins),
            hint=hint,
        )
    for one in siblings:
        if one.start == begins:
            raise EditingError(
                f"already starts at {format_date(begins)}",
                path=str(one),
                hint="choose another --start, or edit it",
            )


def _detector(camera: Camera, old: CalibPath) -> Detector | None:
    if old.detector is None:
        return None
    found = camera.detector_at(old.detector)
    if found is None:
        known = [one.directory for one in camera.detectors]
        raise _unknown("detector", old.detector, camera, known, old)
    return found


def _filter(camera: Camera, old: CalibPath) -> Filter | None:
    if old.physical_filter is None:
        return None
    found = camera.filter_at(old.physical_filter)
    if found is None:
        known = [one.directory for one in camera.filters]
        raise _unknown("filter", old.physical_filter, camera, known, old)
    return found


def _unknown(kind: str, name: str, camera: Camera, known: list[str], old: CalibPath) -> UsageError:
    return UsageError(
        f"{camera.name} has no {kind} with the directory {name}", path=str(old), hint=suggest(name, known)
    )


def _changes(
    old: Document, composed: Mapping[str, object], dataset_type: DatasetType, profile: Profile
) -> dict[str, object]:
    """Return the keywords to set: those of the version, and what the profile asks for and the old lacks."""
    changes = {key: composed[key] for key in _OF_THE_VERSION if key in composed}
    changes["CALIB_ID"] = _next_calib_id(get_keyword(old.header, "CALIB_ID"), composed)
    paired = {name for pair in schema_keywords(dataset_type) for name in pair}
    has_pair = any(name in old.header for name in paired)
    for key in profile.keywords(dataset_type):
        if find_keyword(old.header, key) is None and not (key in paired and has_pair):
            changes.setdefault(key, composed[key])
    return changes


def _next_calib_id(old: object, composed: Mapping[str, object]) -> object:
    """Return the old ``CALIB_ID`` with the new date, so that it keeps keys such as ``raftName``."""
    try:
        parts = parse_calib_id(old) if isinstance(old, str) else {}
    except CalibrationError:
        parts = {}
    if not parts:
        return composed["CALIB_ID"]
    parts[find_keyword(parts, "calibDate") or "calibDate"] = str(composed["CALIBDATE"])
    return " ".join(f"{key}={value}" for key, value in parts.items())


def _with_header(old: Document, target: str, changes: Mapping[str, object], note: str) -> bytes:
    raw = old.raw
    header = old.header
    stale = {
        spelled
        for name in (*_OF_THE_VERSION, *_DROPPED, KEY)
        for spelled in header
        if str(spelled).lower() == name.lower() and spelled not in changes and spelled != KEY
    }
    for key in sorted(stale):
        raw = remove_header(raw, target, key)
    raw = set_header(raw, target, changes, after="CALIBDATE" if "CALIBDATE" in header else None)
    if old.format == "yaml" and not (isinstance(old.tree, dict) and "metadata" in old.tree):
        return raw  # its header is single values at the top, which has no place for a list
    return set_header(raw, target, {KEY: [note]})
