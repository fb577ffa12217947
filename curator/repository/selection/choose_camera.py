"""Which of several cameras is meant where nobody named one: the only one with that detector or filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from curator.errors import CuratorError, UsageError
from curator.name_lookup import did_you_mean, known_names, nearest

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Camera
    from curator.repository.layout.config import CameraEntry, Config

__all__ = ["choose_camera", "choose_declared_camera"]


def choose_declared_camera(config: Config, detector: str, physical_filter: str) -> CameraEntry:
    """Return the camera of a repository that a detector or filter belongs to; see `choose_camera`."""
    entries = {one.name: one for one in config.cameras}

    def versions(camera: str) -> list[Camera]:
        found = []
        for date in (datetime.max, datetime.min):
            try:
                found.append(config.camera_files.at(entries[camera].directory, date))
            except CuratorError:
                continue  # a camera that cannot be read is not chosen; naming it says why
        return found

    def has(camera: str, kind: str, name: str) -> bool:
        if kind == "detector":
            return any(one.find_detector(name) for one in versions(camera))
        return any(one.find_filter(name) or one.filter_at(name) for one in versions(camera))

    def known(camera: str, kind: str) -> Iterable[str]:
        for one in versions(camera)[:1]:
            yield from (each.name for each in (one.detectors if kind == "detector" else one.filters))

    return entries[choose_camera(list(entries), config.repository, detector, physical_filter, has, known)]


def choose_camera(
    cameras: Sequence[str],
    whose: str,
    detector: str,
    physical_filter: str,
    has: Callable[[str, str, str], object],
    known: Callable[[str, str], Iterable[str]],
    noun: str = "camera",
) -> str:
    """Return the only camera there is, else the only one with the detector and the filter that are named.

    Parameters
    ----------
    cameras : sequence of str
    whose : str
        The repository or registry that they belong to.
    detector, physical_filter : str
        As a person typed them; empty if they are not named.
    has : callable
        Whether a camera has a ``detector`` or ``filter`` of a name.
    known : callable
        All names of one of these kinds that a camera has.
    noun : str
        What messages call a camera.

    Raises
    ------
    UsageError
        No camera has it, or several do: these are named.
    """
    left = list(cameras)
    said = f"{noun}s"
    for kind, name in (("detector", detector), ("filter", physical_filter)):
        if not name or len(left) == 1:
            continue
        having = [one for one in left if has(one, kind, name)]
        if not having:
            names = list(dict.fromkeys(each for one in left for each in known(one, kind)))
            hint = did_you_mean(nearest(name, names, 0.5), known_names(names, 8))
            raise UsageError(
                f"no {noun} of {whose} has a {kind} {name!r}", keyword=kind, value=name, hint=hint
            )
        left, said = having, f"{noun}s with a {kind} {name!r}"
    if len(left) != 1:
        raise UsageError(
            f"{whose} has several {said}", keyword="camera", hint=f"--camera {' or '.join(left)}"
        )
    return left[0]
