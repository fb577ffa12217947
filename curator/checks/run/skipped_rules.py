"""What rules could not judge: cameras do not say enough of their detectors."""

from __future__ import annotations

from curator.calibrations.types.types import find_type
from curator.checks.model.rule import change_rules, file_rules
from curator.counts import counted
from curator.errors import CuratorError
from curator.repository.layout.config import camera_at
from curator.repository.layout.paths import CalibPath, camera_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curator.calibrations.cameras.camera import Detector
    from curator.checks.model.rule import Rule
    from curator.checks.policy.policy import Policy
    from curator.repository.layout.config import Config

__all__ = ["skipped_rules"]

_SHOWN = 3
# What a camera file calls each need; the keys are its keywords.
_WITHOUT = {"size": "size", "amplifiers": "names of amplifiers"}


def skipped_rules(
    paths: Iterable[str], config: Config, policy: Policy, *, change: bool = False
) -> tuple[str, ...]:
    """Return which rules did not judge the calibrations that were looked at, and why, a few words each.

    Parameters
    ----------
    paths : iterable of str
        Calibrations that were looked at.
    policy : Policy
        Rules that nobody wants to hear of are left out.
    change : bool
        Rules about changes were asked, too.
    """
    detectors: dict[str, set[tuple[str, str]]] = {}
    codes: dict[str, set[str]] = {}
    for place in _first_of_each_folder(paths, config):
        rules = [rule for rule in _rules(place.dataset_type, change) if policy.counts(rule.code)]
        found = _detector(place, config) if rules else None
        for rule in rules:
            if found is not None and not _says(found, rule.requires):
                detectors.setdefault(rule.requires, set()).add((place.camera, found.name))
                codes.setdefault(rule.requires, set()).add(rule.code)
    return tuple(
        f"{counted(len(detectors[need]), 'detector')} without {words} ({_named(detectors[need])}): "
        f"{', '.join(sorted(codes[need]))} not applied "
        f"(add `{need}` to the camera file)"
        for need, words in _WITHOUT.items()
        if need in detectors
    )


def _first_of_each_folder(paths: Iterable[str], config: Config) -> Iterator[CalibPath]:
    """Give one calibration of each folder: all of them are of one detector."""
    seen = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in seen and (camera := camera_of(path, config.directories)):
            seen.add(folder)
            try:
                place = CalibPath.parse(path, camera)
            except CuratorError:
                seen.discard(folder)  # another file there may have a better name
                continue
            if place.detector is not None:
                yield place


def _rules(type_name: str, change: bool) -> list[Rule]:
    found = find_type(type_name)
    if found is None:
        return []
    asked = [*file_rules(found), *(change_rules() if change else ())]
    return [rule for rule in asked if rule.requires and rule.is_about(found)]


def _detector(place: CalibPath, config: Config) -> Detector | None:
    try:
        camera = camera_at(config, place.camera, place.start)
    except CuratorError:
        return None  # a finding of its own
    return camera.detector_at(place.detector or "")


def _says(detector: Detector, need: str) -> bool:
    return bool(detector.width and detector.height) if need == "size" else bool(detector.amplifiers)


def _named(detectors: set[tuple[str, str]]) -> str:
    """Return the first names, with their cameras if there are several."""
    one_camera = len({camera for camera, _ in detectors}) == 1
    names = [name if one_camera else f"{camera} {name}" for camera, name in sorted(detectors)]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"
