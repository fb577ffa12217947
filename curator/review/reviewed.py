"""One file of a change, compared: what differs in it, and what is needed to say what that means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from curator.calibrations.header.keywords import get_keyword
from curator.calibrations.types.types import find_type
from curator.compare.compare import compare
from curator.compare.curves import curve_span, is_curve
from curator.compare.kinds import ColumnChange, KeywordChange, RowChange
from curator.compare.rows import BOX
from curator.compare.summaries import CurveChange
from curator.compare.tables import tables_of
from curator.compare.throughput import BandChange, any_band_change, band_changes
from curator.errors import CuratorError
from curator.repository.layout.config import camera_at
from curator.repository.layout.paths import CalibPath
from curator.review.versions import VersionPair, is_fits
from curator.values import NamedTuple, dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.calibrations.cameras.camera import Detector
    from curator.calibrations.types.base import Calibration
    from curator.calibrations.types.types import DatasetType
    from curator.compare.difference import Difference
    from curator.compare.summaries import CurveSpan
    from curator.compare.throughput import Curve, UnjudgedBand
    from curator.formats.document import Document
    from curator.formats.fits.fits import TableData
    from curator.repository.layout.config import Config
    from curator.review.filter_curves import FilterCurves
    from curator.review.versions import Interval, Kind, Version

__all__ = ["LoadedVersions", "Reviewed", "ReviewedInterval", "detector_of", "notes_of", "review_pair"]

# Larger tables are summarised, and their rows counted only.
EVERY_ROW = 5000
# Versions that are kept for the next commit, as bytes of their files; parsed they are some times larger.
KEPT = 1 << 24


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One file of a change.

    Parameters
    ----------
    path : str
        Where it is, or was where it is gone.
    old_path : str
        Where it was; empty of one that was added.
    kind : {"added", "removed", "edited", "renamed", "type"}
    against : str
        The other file that it is compared with: that which applied until an added one starts, or applies
        instead of a removed one. Empty if it is compared with itself, or with nothing.
    dataset_type : str
    start_before, start_after : str
        From when on it is valid, as its name says; empty where nothing does.
    difference : Difference or None
        `None` where there is nothing to compare, or ``problem`` says why it cannot be compared.
    notes_added, notes_removed : tuple of str
        ``HISTORY``, ``DEPRECATED`` and the comments of a text.
    size : (int, int) or None
        Width and height of the detector [pixels], where the camera's file says them.
    ranges : (str, str)
        When it applied and when it applies, where a manifest or a registry says so.
    bands : tuple of BandChange or UnjudgedBand
        What a change of curves does to sources, filter by filter.
    unfiltered : str
        Why there are no filters to judge changed curves by; empty if there are, or no curve changed.
    span : CurveSpan or None
        Which wavelengths the curves cover, where the unit of a column changed.
    counted : bool
        Amplifiers of crosstalk have no names, but are counted from 0.
    spelled : (mapping, mapping)
        How the file before and the file after write numbers of the header, by keyword in lower case.
    tables : tuple of (str, int)
        Names and numbers of rows of one that is compared with nothing.
    problem : str
        Why it cannot be compared.
    intervals : tuple of ReviewedInterval
        What a start that moved changes.
    """

    path: str
    old_path: str
    kind: Kind
    against: str
    dataset_type: str
    start_before: str
    start_after: str
    difference: Difference | None
    notes_added: tuple[str, ...] = ()
    notes_removed: tuple[str, ...] = ()
    size: tuple[int, int] | None = None
    ranges: tuple[str, str] = ("", "")
    bands: tuple[BandChange | UnjudgedBand, ...] = ()
    tables: tuple[tuple[str, int], ...] = ()
    problem: str = ""
    unfiltered: str = ""
    span: CurveSpan | None = None
    counted: bool = False
    spelled: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    intervals: tuple[ReviewedInterval, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what ``schemas/output/diff.schema.json`` describes as a file."""
        return {
            "path": self.path,
            "old_path": self.old_path,
            "change": self.kind,
            "against": self.against,
            "dataset_type": self.dataset_type,
            "start_before": self.start_before,
            "start_after": self.start_after,
            "notes_added": list(self.notes_added),
            "notes_removed": list(self.notes_removed),
            "ranges_before": self.ranges[0],
            "ranges_after": self.ranges[1],
            "bands": [
                {"physical_filter": one.physical_filter, "low": one.low, "high": one.high}
                for one in self.bands
                if isinstance(one, BandChange)
            ],
            "tables": [{"name": name, "rows": rows} for name, rows in self.tables],
            "problem": self.problem,
            "difference": None if self.difference is None else self.difference.to_json(),
        }


class ReviewedInterval(NamedTuple):
    """A time for which a file whose start moved no longer applies, or applies now.

    Parameters
    ----------
    interval : Interval
    change : Reviewed or None
        The file that applied then compared with the one that applies now; `None` where one is missing.
    """

    interval: Interval
    change: Reviewed | None


class _Loaded(NamedTuple):
    calibration: Calibration
    notes: tuple[str, ...]


class LoadedVersions:
    """Versions that were loaded, for the next commit: what is after one change is before the next.

    Those that were not asked for in a long time are forgotten.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, bytes], _Loaded] = {}
        self._size = 0

    def load(self, version: Version | None, kind: DatasetType | None) -> _Loaded | None:
        """Return a version, parsed; `None` of none."""
        if version is None or version.problem or is_fits(version.path):
            return _load(version, kind)
        key = kind.name if kind else version.path, version.raw
        found = self._kept.pop(key, None)
        if found is None:
            found = _load(version, kind)
            assert found is not None
            self._size += len(version.raw)
        self._kept[key] = found
        while self._size > KEPT:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._size -= len(oldest[1])
        return found


def review_pair(
    pair: VersionPair,
    config: Config | None = None,
    filters: FilterCurves | None = None,
    loaded: LoadedVersions | None = None,
) -> Reviewed:
    """Compare one file with what it was.

    Parameters
    ----------
    config : Config, optional
        Names the camera whose file tells amplifiers and sizes.
    filters : FilterCurves, optional
        The filters of the camera.
    loaded : LoadedVersions, optional
        Those of other commits.
    """
    place = CalibPath.try_parse(pair.path)
    old = CalibPath.try_parse(pair.old_path)
    kind = find_type(place.dataset_type) if place else None
    detector = None
    difference, problem = None, ""
    notes: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    bands: tuple[BandChange | UnjudgedBand, ...] = ()
    unfiltered, span, is_counted = "", None, False
    spelled: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    held: tuple[tuple[str, int], ...] = ()
    try:
        load = loaded.load if loaded else _load
        before, after = load(pair.before, kind), load(pair.after, kind)
        notes = _notes_changed(before, after)
        if before and after:
            tables = (*before.calibration.tables(), *after.calibration.tables())
            few = all(table.rows <= EVERY_ROW for table in tables)
            difference = compare(before.calibration, after.calibration, rows=few)
            # To read the camera takes longer than to compare two short files.
            if config and place and _is_of_detector(tables) and not _is_of_header(difference):
                detector = detector_of(config, place)
            names = detector.ordered_amplifiers if detector else ()
            is_counted = not names
            if names and _is_of_amplifiers(tables):
                difference = compare(before.calibration, after.calibration, names, rows=few)
            if any(
                isinstance(one.before, float) or isinstance(one.after, float)
                for one in difference.of(KeywordChange)
            ):
                spelled = _spelled(pair.before), _spelled(pair.after)
            both = before.calibration, after.calibration
            if any(one.change == "unit" for one in difference.of(ColumnChange)):
                span = _span(*both)
            changes = list(difference.of(CurveChange))
            if changes or (span and not span.same and not any(difference.of(RowChange))):
                bands, unfiltered = _bands(*both, changes, place, filters)
        elif only := before or after:
            held = tuple((table.name, table.rows) for table in only.calibration.tables())
    except CuratorError as error:
        problem = str(error).partition("\n")[0]  # without its hint, which is a line of its own
    other = pair.before if pair.kind == "added" else pair.after if pair.kind == "removed" else None
    return Reviewed(
        pair.path,
        pair.old_path,
        pair.kind,
        other.path if other else "",
        kind.name if kind else difference.dataset_type if difference else "",
        _start(old),
        _start(place) if pair.kind != "removed" else "",
        difference,
        *notes,
        (detector.width, detector.height) if detector and detector.width and detector.height else None,
        pair.ranges,
        bands,
        held,
        problem,
        unfiltered,
        span,
        is_counted,
        spelled,
        tuple(_of_intervals(pair, config, filters, loaded)),
    )


def _of_intervals(
    pair: VersionPair, config: Config | None, filters: FilterCurves | None, loaded: LoadedVersions | None
) -> Iterator[ReviewedInterval]:
    for one in pair.intervals:
        sides = (pair.before, one.other) if one.is_lost else (one.other, pair.after)
        change = None
        if one.other:
            then = VersionPair("edited", pair.path, pair.path, *sides)
            change = review_pair(then, config, filters, loaded)
        yield ReviewedInterval(one, change)


def _bands(
    before: Calibration,
    after: Calibration,
    changes: Sequence[CurveChange],
    place: CalibPath | None,
    filters: FilterCurves | None,
) -> tuple[tuple[BandChange | UnjudgedBand, ...], str]:
    """Return what changed in each filter, or in any; and if there is none, why."""
    known: Mapping[str, Curve | None] = {}
    if place and filters:
        known = filters.at(place) if place.physical_filter is None else {place.physical_filter: None}
    found = tuple(band_changes(before, after, known))
    if any(isinstance(one, BandChange) for one in found):
        return found, ""
    factors = [one.factor for one in changes if one.factor is not None]
    if len(factors) == len(changes) and (constant := any_band_change(before, after, factors)):
        return (constant,), ""
    if known:
        return found, ""
    return (
        (),
        "no filter curves of this camera" if place and filters else "no filter curves without a repository",
    )


def _span(before: Calibration, after: Calibration) -> CurveSpan | None:
    for mine, theirs in zip(tables_of(before), tables_of(after), strict=False):
        if is_curve(mine) and is_curve(theirs):
            return curve_span(mine, theirs)
    return None


def _is_of_detector(tables: Iterable[TableData]) -> bool:
    """Return whether what a change means takes the size or the amplifiers of the detector."""
    names = {column.name.upper() for table in tables for column in table.columns}
    return _is_of_amplifiers(tables) or names.issuperset(BOX)


def _is_of_amplifiers(tables: Iterable[TableData]) -> bool:
    """Return whether rows and columns are called as the amplifiers of the detector."""
    return any(column.name.upper() == "CT_COEFFS" for table in tables for column in table.columns)


def _is_of_header(difference: Difference) -> bool:
    return all(isinstance(one, KeywordChange) for one in difference.changes)


def detector_of(config: Config, place: CalibPath) -> Detector | None:
    """Return the detector of a path, as the camera was at its start; `None` where nothing tells."""
    try:
        camera = camera_at(config, place.camera, place.start)
    except CuratorError:
        return None  # the difference does without; `curator check` says what is wrong with the camera
    return camera.detector_at(place.detector) if place.detector is not None else None


def _load(version: Version | None, kind: DatasetType | None) -> _Loaded | None:
    if version is None:
        return None
    if version.problem:
        raise CuratorError(version.problem, path=version.path)
    calibration = kind.calibration if kind else None
    if is_fits(version.path):
        from curator.calibrations.types.base import read_fits

        found = read_fits(version.raw, calibration)
        return _Loaded(found, tuple(_listed(found.getMetadata())))
    from curator.calibrations.types.read import calibration_of
    from curator.formats.read import read_document

    doc = read_document(version.path, version.raw)
    return _Loaded(calibration_of(doc, calibration), notes_of(doc))


def _spelled(version: Version | None) -> dict[str, str]:
    """Return the numbers of a text's header that are not whole, or not written so, as it writes them."""
    if version is None or is_fits(version.path):
        return {}
    from curator.formats.read import read_document

    doc = read_document(version.path, version.raw, header_only=True)
    found = {}
    for keyword, value in doc.header.items():
        if isinstance(value, float):
            line, column, end = doc.value_at(keyword)
            text = doc.line(line)[column - 1 : end - 1] if end else ""
            try:
                is_value = float(text) == value
            except ValueError:  # such as .inf
                continue
            if is_value:
                found[keyword.lower()] = text
    return found


def notes_of(doc: Document) -> tuple[str, ...]:
    """Return the notes in a file: ``HISTORY``, ``DEPRECATED`` and comments."""
    return (*_listed(doc.header), *(comment.text for comment in doc.comments))


def _listed(header: Mapping[str, Any]) -> Iterator[str]:
    for keyword in ("HISTORY", "DEPRECATED"):
        said = get_keyword(header, keyword)
        for one in said if isinstance(said, list) else [said] if said not in (None, "") else []:
            yield str(one) if keyword == "HISTORY" else f"deprecated: {one}"


def _notes_changed(before: _Loaded | None, after: _Loaded | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mine, theirs = (one.notes if one else () for one in (before, after))
    return tuple(one for one in theirs if one not in mine), tuple(one for one in mine if one not in theirs)


def _start(place: CalibPath | None) -> str:
    return place.start.isoformat() if place else ""
