"""Begins a calibration file: every header keyword filled in, and content that corrects nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from curator.calibrations.header.keywords import compose_header
from curator.calibrations.header.profiles import PROFILES, is_certified
from curator.calibrations.time.dates import format_start
from curator.calibrations.types.types import all_types, find_type
from curator.editing.clock import require_start, utc_now
from curator.editing.new.add_boxes import add_boxes
from curator.editing.new.boxes_from_regions import boxes_from_regions, require_boxes
from curator.editing.session import exclusive
from curator.editing.tree_writer import refuse_existing, write_file
from curator.errors import UsageError
from curator.name_lookup import require_known, suggest
from curator.repository.layout.config import camera_at, load_config
from curator.repository.selection.choose_camera import choose_declared_camera

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curator.calibrations.cameras.camera import Camera, Detector, Filter
    from curator.calibrations.types.types import DatasetType
    from curator.editing.new.add_boxes import Box
    from curator.repository.layout.config import CameraEntry, Config
    from curator.repository.repository import Repository

__all__ = ["NewFile", "new"]


class NewFile(NamedTuple):
    """Path of a file, relative to the repository, and whether registries may use it."""

    path: str
    certified: bool


@exclusive("new")
def new(
    repo: Repository,
    type_name: str,
    *,
    camera: str | None = None,
    detector: str | None = None,
    physical_filter: str | None = None,
    start: datetime | None = None,
    certified: bool = True,
    source: str | None = None,
    regions: str | None = None,
    boxes: Sequence[Box] = (),
    now: datetime | None = None,
) -> NewFile:
    """Write a new file.

    Parameters
    ----------
    camera : str, optional
        Its name; needed where several have the detector or filter.
    detector, physical_filter : str, optional
        Needed where the type has that dimension, refused where it has not.
    start : datetime.datetime, optional
        First moment it holds (UTC, whole seconds). Without it the file is named by ``now`` and is not
        certified, since nobody said when it holds; where a file's name certifies it, that is refused.
    certified : bool
        Whether registries may use it.
    source : str, optional
        A file of the same type to take the content from.
    regions : str, optional
        A DS9 region file to take the boxes of a defect list from.
    boxes : sequence of tuple of int
        Boxes to add to a defect list, see `parse_box`.
    now : datetime.datetime, optional
        Creation date (UTC).

    Raises
    ------
    UsageError
        A name is unknown, missing or too much, and the nearest one is offered; or there is no start where one
        is needed.
    FormatError
        ``source`` or ``regions`` cannot be read, or not as what it should be.
    EditingError
        The file is there already.
    """
    tree = repo.worktree()
    config = load_config(tree)
    dataset_type = _type(type_name)
    if regions is not None or boxes:
        require_boxes(dataset_type)
    created = now or utc_now()
    begins = start or created
    require_start(PROFILES[config.profile], start)
    entry = _camera(config, camera, detector or "", physical_filter or "")
    known = camera_at(config, entry.name, begins)
    found_detector = _detector(dataset_type, known, detector)
    found_filter = _filter(dataset_type, known, physical_filter)
    header = compose_header(
        dataset_type,
        known,
        found_detector,
        found_filter,
        begins,
        created,
        PROFILES[config.profile],
        certified=certified and start is not None,
    )
    folders = [entry.directory, dataset_type.name]
    folders += [one.directory for one in (found_detector, found_filter) if one is not None]
    stem = "/".join([*folders, format_start(begins)])
    if source is not None:
        from curator.editing.new.copy_content import copy_content

        path, raw = copy_content(source, stem, dataset_type, header)
    elif regions is not None:
        path, raw = f"{stem}.ecsv", boxes_from_regions(regions, header)
    else:
        path, raw = f"{stem}.{dataset_type.formats[0]}", _blank(dataset_type, header, found_detector, known)
    refuse_existing(tree, path, hint="choose another --start, or edit that file")
    write_file(tree, path, add_boxes(raw, path, boxes))
    return NewFile(path, is_certified(header, PROFILES[config.profile]))


def _blank(
    dataset_type: DatasetType, header: dict[str, object], detector: Detector | None, camera: Camera
) -> bytes:
    if dataset_type.name == "camera":
        # An empty camera would make every calibration of it wrong: the next one begins as the last one was.
        return camera.to_text(header)
    return dataset_type.calibration.blank(header, detector).to_text(dataset_type.formats[0])


def _type(name: str) -> DatasetType:
    found = find_type(name)
    if found is None:
        require_known("dataset type", name, [one.name for one in all_types()])
        raise AssertionError(name)
    return found


def _camera(config: Config, name: str | None, detector: str, physical_filter: str) -> CameraEntry:
    if name is None:
        return choose_declared_camera(config, detector, physical_filter)
    for entry in config.cameras:
        if name in (entry.name, entry.directory):
            return entry
    raise _unknown("camera", name, [entry.name for entry in config.cameras])


def _detector(dataset_type: DatasetType, camera: Camera, name: str | None) -> Detector | None:
    if not _wanted("detector", dataset_type, dataset_type.has_detector, name):
        return None
    found = camera.find_detector(name or "")
    if found is None:
        raise _unknown("detector", name or "", [one.name for one in camera.detectors], camera)
    return found


def _filter(dataset_type: DatasetType, camera: Camera, name: str | None) -> Filter | None:
    if not _wanted("filter", dataset_type, dataset_type.has_filter, name):
        return None
    found = camera.find_filter(name or "") or camera.filter_at(name or "")
    if found is None:
        raise _unknown("filter", name or "", [one.name for one in camera.filters], camera)
    return found


def _wanted(dimension: str, dataset_type: DatasetType, has: bool, name: str | None) -> bool:
    if has and not name:
        raise UsageError(
            f"{dataset_type.name} depends on the {dimension}", keyword=dimension, hint=f"--{dimension} NAME"
        )
    if not has and name:
        raise UsageError(
            f"{dataset_type.name} does not depend on the {dimension}",
            keyword=dimension,
            hint=f"remove --{dimension}",
        )
    return has


def _unknown(kind: str, name: str, known: list[str], camera: Camera | None = None) -> UsageError:
    of_it = f" of {camera.name}" if camera else ""
    return UsageError(
        f"there is no {kind} {name!r}{of_it}", keyword=kind, value=name, hint=suggest(name, known)
    )
