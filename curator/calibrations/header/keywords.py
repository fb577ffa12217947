"""The header keywords of DMTN-148 (table 4.2), and how they are read and filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from curator.calibrations.time.dates import format_date
from curator.errors import CalibrationError
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.calibrations.cameras.camera import Camera, Detector, Filter
    from curator.calibrations.header.profiles import Profile
    from curator.calibrations.types.types import DatasetType

__all__ = [
    "KEYWORDS",
    "SCHEMA_SPELLINGS",
    "Keyword",
    "compose_header",
    "find_keyword",
    "find_version",
    "get_keyword",
    "make_calib_id",
    "parse_calib_id",
    "rename",
    "schema_keywords",
]


class Keyword(NamedTuple):
    """A header keyword: what it means and what Python type its value has."""

    name: str
    meaning: str
    type: type
    when: str = "creation"


KEYWORDS: dict[str, Keyword] = {
    entry.name: entry
    for entry in (
        Keyword("OBSTYPE", "dataset type held by the file", str),
        Keyword("{OBSTYPE}_SCHEMA", "name of the storage schema", str),
        Keyword("{OBSTYPE}_VERSION", "version of the storage schema", float),
        Keyword("INSTRUME", "instrument the calibration belongs to", str),
        Keyword("DETECTOR", "id of the detector", int),
        Keyword("FILTER", "physical filter", str),
        Keyword("CALIB_ID", "space-separated key=value pairs that identify it", str),
        Keyword("CALIB_CREATION_DATE", "creation day (UTC)", str),
        Keyword("CALIB_CREATION_TIME", "time of creation day (UTC)", str),
        Keyword("CALIBDATE", "date of the calibration (UTC); the profile defines which date", str),
        Keyword("VALIDSTART", "start of validity (UTC)", str, "certification"),
        Keyword("VALIDEND", "end of validity, excluded (UTC)", str, "certification"),
    )
}

# Pairs of schema and version keywords, as seen in real files; {name} is OBSTYPE as a type's class spells it.
SCHEMA_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("{upper}_SCHEMA", "{upper}_VERSION"),
    ("{name}_SCHEMA", "{name}_VERSION"),
    ("{upper}_SCHEMA", "{upper}_SCHEMA_VERSION"),
    ("{lower}_SCHEMA", "{lower}_VERSION"),
    ("{lower}_schema", "{lower}_version"),
)

_CALIB_ID_ORDER = ("instrument", "raftName", "detectorName", "detector", "filter", "calibDate")


def find_keyword(header: Mapping[str, object], name: str) -> str | None:
    """Return the key of ``header`` that is ``name``, else one that differs from it only in case."""
    if name in header:
        return name
    wanted = name.lower()
    for key in header:
        if isinstance(key, str) and key.lower() == wanted:
            return key
    return None


def get_keyword(header: Mapping[str, object], name: str) -> object:
    """Return the value of a keyword whatever its case, `None` where it is absent or null.

    Examples
    --------
    >>> get_keyword({"raftName": "R22"}, "RAFTNAME")
    'R22'
    """
    key = find_keyword(header, name)
    return None if key is None else header[key]


def schema_keywords(dataset_type: DatasetType) -> tuple[tuple[str, str], ...]:
    """Return every pair of schema and version keyword that files of a type have, new files' pair first."""
    pairs = [dataset_type.schema_keys]
    for name in dict.fromkeys((dataset_type.schema_keys[0].removesuffix("_SCHEMA"), dataset_type.obstype)):
        parts = {"name": name, "upper": name.upper(), "lower": name.lower()}
        pairs += [(schema.format(**parts), version.format(**parts)) for schema, version in SCHEMA_SPELLINGS]
    return tuple(dict.fromkeys(pairs))


def find_version(header: Mapping[str, object], dataset_type: DatasetType) -> str | None:
    """Return the keyword that holds the schema version, in whichever spelling; `None` if there is none."""
    for _, version in schema_keywords(dataset_type):
        if version in header:
            return version
    return None


def parse_calib_id(text: str) -> dict[str, str]:
    """Return the parts of a ``CALIB_ID``; values may contain blanks.

    Raises
    ------
    CalibrationError
        It does not begin with ``key=value``, or names a key twice.

    Examples
    --------
    >>> parse_calib_id("detector=35 filter=g DECam c0001")
    {'detector': '35', 'filter': 'g DECam c0001'}
    """
    parts: dict[str, str] = {}
    key = ""
    for word in text.strip().split(" "):
        name, equals, value = word.partition("=")
        if equals and name:
            if name in parts:
                raise CalibrationError(f"CALIB_ID names {name} twice", keyword="CALIB_ID", value=text)
            key, parts[name] = name, value
        elif key:
            parts[key] += " " + word
        else:
            raise CalibrationError(
                f"CALIB_ID {text!r} does not consist of key=value pairs",
                keyword="CALIB_ID",
                value=text,
                hint="write it as instrument=… detectorName=… detector=… filter=… calibDate=…",
            )
    return parts


def make_calib_id(**parts: object) -> str:
    """Return a ``CALIB_ID`` of the parts that are not `None`, in the usual order.

    Examples
    --------
    >>> make_calib_id(detector=94, instrument="LSSTCam", filter=None)
    'instrument=LSSTCam detector=94'
    """
    known = [name for name in _CALIB_ID_ORDER if name in parts]
    order = known + [name for name in parts if name not in known]
    return " ".join(f"{name}={parts[name]}" for name in order if parts[name] is not None)


def rename(metadata: dict[str, Any], names: Mapping[str, str]) -> None:
    """Let metadata use these names, by keyword, where it has a text there."""
    for keyword, name in names.items():
        key = find_keyword(metadata, keyword)
        if key is not None and isinstance(metadata[key], str):
            metadata[key] = name


def compose_header(
    dataset_type: DatasetType,
    camera: Camera,
    detector: Detector | None,
    physical_filter: Filter | None,
    start: datetime,
    created: datetime,
    profile: Profile,
    *,
    certified: bool = False,
) -> dict[str, object]:
    """Return every keyword that a new file needs, in the order of the table.

    Parameters
    ----------
    start : datetime.datetime
        Valid start (UTC), the one the file is named by.
    created : datetime.datetime
        When it is made (UTC).
    certified : bool
        Write ``VALIDSTART`` too, where the profile asks for it.
    """
    schema, version = dataset_type.schema_keys
    calibdate = format_date(created if profile.calibdate == "creation" else start)
    header: dict[str, object] = {
        "OBSTYPE": dataset_type.obstype,
        schema: dataset_type.schema_values[0],
        version: dataset_type.schema_values[1],
        "INSTRUME": camera.instrument if dataset_type.name == "camera" else profile.instrument_of(camera),
    }
    if detector is not None:
        header["DETECTOR"] = detector.id
        header["DET_NAME"] = detector.name
        if detector.serial:
            header["DET_SER"] = detector.serial
    header["FILTER"] = physical_filter.name if physical_filter else profile.no_filter
    header["CALIB_ID"] = make_calib_id(
        instrument=camera.instrument,
        detectorName=detector.name if detector else None,
        detector=detector.id if detector else None,
        filter=physical_filter.name if physical_filter else None,
        calibDate=calibdate,
    )
    header["CALIB_CREATION_DATE"] = created.date().isoformat()
    header["CALIB_CREATION_TIME"] = created.time().isoformat(timespec="seconds")
    header["CALIBDATE"] = calibdate
    if dataset_type.calibcls:
        header["CALIBCLS"] = dataset_type.calibcls
    if certified and profile.certified_by == "VALIDSTART":
        header["VALIDSTART"] = format_date(start)
    return header
