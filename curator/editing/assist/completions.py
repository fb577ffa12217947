"""What may be written under the cursor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from curator.calibrations.header.glossary import (
    column_term,
    columns_of,
    entries_of,
    entry_term,
    keyword_term,
    known_keywords,
)
from curator.editing.assist.explain import explain_detector, explain_filter, explain_rule
from curator.formats.edit.at_cursor import Spot
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Camera
    from curator.calibrations.header.profiles import Profile
    from curator.calibrations.types.types import DatasetType
    from curator.editing.assist.cursor_context import Surroundings

__all__ = ["Proposal", "propose"]

_DATATYPES = ("bool", "int32", "int64", "float32", "float64", "string")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that may be written.

    Parameters
    ----------
    text : str
        What is put in place of what stands there.
    label : str
        As it is listed; ``text`` if empty.
    detail : str
        A few words beside it.
    about : str
        Markdown that explains it.
    kind : {"keyword", "value"}
    wanted : bool
        It is missing: it comes first.
    """

    text: str
    label: str = ""
    detail: str = ""
    about: str = ""
    kind: str = "value"
    wanted: bool = False


def propose(spot: Spot, here: Surroundings, present: Collection[str]) -> list[Proposal]:
    """Return what may stand at ``spot``, what is missing first.

    Parameters
    ----------
    spot : Spot
    here : Surroundings
    present : collection of str
        Keys that stand beside it already; they are not proposed again.
    """
    # A word without a colon is a key that is being written, or an item of a list.
    if spot.part == "value" and not spot.key:
        return [*_keys(spot, here, present), *_values(spot, here)]
    if spot.part == "key":
        items = _values(spot, here) if not spot.text else ()
        return [*_keys(spot, here, present), *items]
    return list(_values(spot, here)) if spot.part == "value" else []


def _keys(spot: Spot, here: Surroundings, present: Collection[str]) -> Iterator[Proposal]:
    path = spot.path
    if here.is_config:
        yield from _config_keys(path, here, present)
    elif here.type is None or here.profile is None:
        return
    elif here.ecsv and path == ("datatype",):
        yield from (Proposal(name, kind="keyword") for name in ("name", "unit", "datatype", "description"))
    elif path in (("meta",), ("metadata",)) or (not path and here.type.name != "camera" and not here.ecsv):
        wanted = here.profile.keywords(here.type)
        for name in known_keywords(here.type, here.profile):
            if name not in present:
                yield _keyword(name, name in wanted, here.type, here.profile)
    if not here.is_config and not here.ecsv and here.type is not None and path[:1] != ("metadata",):
        for name in entries_of(path, here.type.schema):
            if name not in present:
                term = entry_term((*path, name), here.type.schema)
                yield Proposal(name, detail=term.meaning if term else "", kind="keyword")
        if path in (("interChip",), ("detKernels",)) and here.camera is not None:
            yield from _detectors(here.camera, names=True)


def _config_keys(path: tuple[str, ...], here: Surroundings, present: Collection[str]) -> Iterator[Proposal]:
    from curator.checks.model.limits import LIMITS

    for name in entries_of(path, "config"):
        if name not in present:
            term = entry_term((*path, name), "config")
            yield Proposal(name, detail=term.meaning if term else "", kind="keyword")
    if path == ("severities",):
        yield from (one for one in _rules() if one.text not in present)
    elif path == ("limits",) and here.config is not None:
        yield from (Proposal(one.name, kind="keyword") for one in here.config.cameras)
    elif len(path) == 2 and path[0] == "limits":
        for name, limit in LIMITS.items():
            if name not in present:
                yield Proposal(name, detail=f"{limit.meaning} ({limit.default:g})", kind="keyword")


def _keyword(name: str, wanted: bool, dataset_type: DatasetType, profile: Profile) -> Proposal:
    term = keyword_term(name, dataset_type, profile)
    about = "  \n".join(filter(None, (term.holds, term.readers, term.source))) if term else ""
    return Proposal(name, detail=term.meaning if term else "", about=about, kind="keyword", wanted=wanted)


def _values(spot: Spot, here: Surroundings) -> Iterable[Proposal]:
    if here.is_config:
        return _config_values(spot, here)
    if here.type is None:
        return ()
    if here.ecsv and spot.path == ("datatype",):
        return _column_values(spot, here.type)
    if here.ecsv or spot.path in ((), ("metadata",)):
        found = list(_header_values(spot.key, here, here.type))
        if found:
            return found
    if here.ecsv or not spot.key:
        return ()
    if spot.key in ("detectorName", "detectorId") and here.camera is not None:
        return _detectors(here.camera, names=spot.key == "detectorName")
    term = entry_term((*spot.path, spot.key), here.type.schema)
    return (Proposal(one) for one in term.values) if term else ()


def _config_values(spot: Spot, here: Surroundings) -> Iterator[Proposal]:
    if spot.key == "rule":
        yield from _rules()
    elif spot.path[:1] == ("cameras",) or (spot.key == "" and spot.path == ("cameras",)):
        if here.config is not None:
            yield from (Proposal(_quoted(one.name)) for one in here.config.cameras)
    elif spot.key == "path" and here.config is not None:
        yield from (Proposal(f'"{one.directory}/**"') for one in here.config.cameras)
    elif spot.key:
        term = entry_term((*spot.path, spot.key), "config")
        if spot.key == "schema_version":
            yield Proposal("1")
        for value in term.values if term else ():
            yield Proposal(value, detail=_profile_summary(value) if spot.key == "profile" else "")


def _profile_summary(name: str) -> str:
    from curator.calibrations.header.profiles import PROFILES

    return PROFILES[name].summary if name in PROFILES else ""


def _rules() -> Iterator[Proposal]:
    from curator.checks.model.rule import all_rules

    for one in all_rules():
        yield Proposal(one.code, detail=one.name, about=explain_rule(one.code))


def _column_values(spot: Spot, dataset_type: DatasetType) -> Iterator[Proposal]:
    if spot.key == "name":
        for name in columns_of(dataset_type):
            term = column_term(name, dataset_type)
            yield Proposal(name, detail=term.meaning if term else "")
    elif spot.key == "unit":
        term = column_term(spot.sibling("name"), dataset_type)
        yield from (Proposal(_quoted(one) if one == "%" else one) for one in (term.values if term else ()))
    elif spot.key == "datatype":
        yield from map(Proposal, _DATATYPES)


def _header_values(key: str, here: Surroundings, dataset_type: DatasetType) -> Iterator[Proposal]:
    schema, version = dataset_type.schema_keys
    camera = here.camera
    if key == "OBSTYPE":
        yield Proposal(dataset_type.obstype, detail=dataset_type.summary)
    elif key == schema:
        yield Proposal(dataset_type.schema_values[0])
    elif key == version:
        known = dataset_type.versions or (dataset_type.schema_values[1],)
        yield from (Proposal(str(float(one))) for one in reversed(known))
    elif key == "CALIBCLS" and dataset_type.calibcls:
        yield Proposal(dataset_type.calibcls)
    elif key == "INSTRUME" and camera is not None:
        profile = here.profile if dataset_type.name != "camera" else None
        yield Proposal(_quoted(profile.instrument_of(camera) if profile else camera.instrument))
    elif key == "FILTER":
        yield from _filters(here)
    elif key in ("DETECTOR", "DET_NAME", "DETECTOR_NAME") and camera is not None:
        if here.detector is not None:
            yield from _detectors(camera, names=key != "DETECTOR", only=here.detector.name)
        else:
            yield from _detectors(camera, names=key != "DETECTOR")
    elif key in ("DET_SER", "DETECTOR_SERIAL") and here.detector is not None and here.detector.serial:
        yield Proposal(_quoted(here.detector.serial))
    elif key in ("RAFTNAME", "SLOTNAME") and here.detector is not None and "_" in here.detector.name:
        yield Proposal(_quoted(here.detector.name.split("_", 1)[key == "SLOTNAME"]))
    elif key in ("VALIDSTART", "CALIBDATE") and here.path is not None:
        yield from _dates(key, here)
    elif (term := keyword_term(key, dataset_type, here.profile)) is not None:
        yield from (Proposal(one) for one in term.values)


def _dates(key: str, here: Surroundings) -> Iterator[Proposal]:
    from curator.calibrations.time.dates import format_date

    profile = here.profile
    if here.path is not None and (
        key == "VALIDSTART" or (profile is not None and profile.calibdate == "start")
    ):
        yield Proposal(_quoted(format_date(here.path.start)), detail="the start in the file name")


def _filters(here: Surroundings) -> Iterator[Proposal]:
    if here.type is not None and not here.type.has_filter:
        if here.profile is not None:
            yield Proposal(here.profile.no_filter or "null", detail=f"{here.type.name} has no filter")
    elif here.filter is not None:
        yield Proposal(
            _quoted(here.filter.name), detail="as in the directory", about=explain_filter(here.filter)
        )
    elif here.camera is not None:
        for one in here.camera.filters:
            yield Proposal(_quoted(one.name), detail=one.band, about=explain_filter(one))


def _detectors(camera: Camera, *, names: bool, only: str = "") -> Iterator[Proposal]:
    for one in camera.detectors:
        if only in ("", one.name):
            text, label = (_quoted(one.name), one.name) if names else (str(one.id), f"{one.id} {one.name}")
            detail = one.serial if names else one.name
            yield Proposal(text, label, detail, explain_detector(one))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
