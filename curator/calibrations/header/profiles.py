"""The two profiles of a header: as the note asks for it, and as Rubin's reader takes it today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from curator.calibrations.header.keywords import get_keyword
from curator.calibrations.time.dates import parse_date
from curator.calibrations.time.validity_range import ValidityRange
from curator.errors import CalibrationError
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Camera, Filter
    from curator.calibrations.types.types import DatasetType

__all__ = ["PROFILES", "Profile", "is_certified", "valid_range"]


class Profile(NamedTuple):
    """What a repository asks of every header.

    Parameters
    ----------
    name : str
        As ``curator.yaml`` has it.
    schema : str
        Name of its JSON Schema.
    required : tuple of str
        Keywords every file has; ``{SCHEMA}`` and ``{VERSION}`` stand for the type's pair.
    no_filter : str or None
        What new files of an unfiltered type have as ``FILTER``.
    unfiltered : tuple
        Values of ``FILTER`` that say there is none; `None` also means absent.
    calibdate : {"creation", "start"}
        Which moment ``CALIBDATE`` names.
    certified_by : {"VALIDSTART", "name"}
        What makes a file certified.
    compared_with : {"camera", "path"}
        What ``INSTRUME`` and ``FILTER`` must name: the camera and its filter, by any of their names; or what
        obs_base's reader finds in the path, the directory of the camera and the filter's own name.
    summary : str
        Which readers accept it, for the person who chooses.
    """

    name: str
    schema: str
    required: tuple[str, ...]
    no_filter: str | None
    unfiltered: tuple[str | None, ...]
    calibdate: str
    certified_by: str
    compared_with: str
    summary: str

    def is_instrument(self, text: str, camera: Camera) -> bool:
        """Return whether a calibration's ``INSTRUME`` may be ``text``; case does not count."""
        if self.compared_with == "path":
            return text.lower() == camera.folder.lower()
        return camera.is_instrument(text)

    def instrument_of(self, camera: Camera) -> str:
        """Return what new calibrations have as ``INSTRUME``."""
        return camera.instrument if self.is_instrument(camera.instrument, camera) else camera.folder

    def is_filter(self, text: str, physical_filter: Filter, camera: Camera) -> bool:
        """Return whether a calibration of a filter may have ``text`` as ``FILTER``."""
        if self.compared_with == "path":
            return text.lower() == physical_filter.name.lower()
        return camera.find_filter(text) is physical_filter

    def keywords(self, dataset_type: DatasetType) -> tuple[str, ...]:
        """Return the keywords that a file of this type must have, in the order of the table."""
        absent = set()
        if not dataset_type.has_detector:
            absent.add("DETECTOR")
        if not dataset_type.has_filter and None in self.unfiltered:
            absent.add("FILTER")
        schema, version = dataset_type.schema_keys
        pair = {"{SCHEMA}": schema, "{VERSION}": version}
        return tuple(pair.get(name, name) for name in self.required if name not in absent)


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            name="dmtn148",
            schema="profile_dmtn148",
            required=(
                "OBSTYPE",
                "{SCHEMA}",
                "{VERSION}",
                "INSTRUME",
                "DETECTOR",
                "FILTER",
                "CALIB_ID",
                "CALIB_CREATION_DATE",
                "CALIB_CREATION_TIME",
                "CALIBDATE",
            ),
            no_filter="NONE",
            unfiltered=("NONE",),
            calibdate="creation",
            certified_by="VALIDSTART",
            compared_with="camera",
            summary="every keyword of DMTN-148; curator and ip_isr read them, the reader of obs_base does "
            "not",
        ),
        Profile(
            name="obs_base",
            schema="profile_obs_base",
            required=("OBSTYPE", "INSTRUME", "DETECTOR", "FILTER", "CALIBDATE"),
            no_filter=None,
            unfiltered=(None, ""),
            calibdate="start",
            certified_by="name",
            compared_with="path",
            summary="keywords that Rubin's obs_base reads from obs_*_data today; all other readers accept "
            "them",
        ),
    )
}


def is_certified(header: Mapping[str, object], profile: Profile) -> bool:
    """Return whether a person gave this file its date range, so that registries may use it."""
    return profile.certified_by == "name" or get_keyword(header, "VALIDSTART") not in (None, "")


def valid_range(header: Mapping[str, object], start: datetime, profile: Profile) -> ValidityRange:
    """Return the half-open validity range (UTC) that a file itself states.

    Parameters
    ----------
    start : datetime.datetime
        The valid start that the file is named by; `VALIDSTART` must equal it, which is a rule's business.

    Returns
    -------
    ValidityRange
        Without an end where the file says nothing, or is not certified: then the next file of the same data
        ID ends it.

    Raises
    ------
    CalibrationError
        ``VALIDEND`` is not a date, or not after the start.
    """
    written = get_keyword(header, "VALIDEND")
    if written in (None, "") or not is_certified(header, profile):
        return ValidityRange(start, None)
    try:
        end = parse_date(written)
    except CalibrationError as error:
        raise CalibrationError(
            f"VALIDEND {error.message}", keyword="VALIDEND", value=written, hint=error.hint
        ) from None
    if end <= start:
        raise CalibrationError(
            f"VALIDEND {written} is not after the start of validity {start.isoformat()}",
            keyword="VALIDEND",
            value=written,
        )
    return ValidityRange(start, end)
