"""What is asked of calibrations, wherever they are: in a commit, a working tree or a registry."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from curator.api.answers import SelectionAnswer, SelectionExplanation, SelectionList
from curator.api.calibrations import CalibrationFile, CalibrationList
from curator.api.coverages import CoverageList
from curator.api.errors import for_python, in_python
from curator.errors import CuratorError, UsageError

if TYPE_CHECKING:
    from astropy.table import Table
    from astropy.time import Time

    from curator.registries.query.as_catalogue import RegistryNames
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.selection.overrides import OverridingSelector
    from curator.repository.selection.resolve_names import Names, Resolver
    from curator.repository.selection.selection import Request, Selector
    from curator.repository.snapshots.protocol import Snapshot

    KnownNames: TypeAlias = Resolver | RegistryNames

__all__ = ["CalibrationSource", "Contents", "listed"]

Date: TypeAlias = "str | date | Time"  # a datetime is a date, too

# Behind a time: +02:00.
_OFFSET = re.compile(r"\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:?\d\d\s*$")


@dataclass(frozen=True)
class Contents:
    """What was read of a source.

    Parameters
    ----------
    catalogue : Catalogue
    names : Resolver or RegistryNames
        Knows cameras, detectors and filters.
    place : str
        Whose calibrations they are.
    snapshot : Snapshot or None
        `None` of a registry.
    """

    catalogue: Catalogue
    names: KnownNames
    place: str
    snapshot: Snapshot | None = None

    def selector(self, overrides: str | PathLike[str] | None) -> Selector | OverridingSelector:
        """Return what answers, after the overrides of a file if there is one."""
        from curator.repository.selection.override_files import selector_with

        path = None if overrides is None else fspath(overrides)
        return selector_with(path, self.catalogue, self.names)

    def problems_among(self, asked: Names) -> tuple[CuratorError, ...]:
        """Return the problems of files that may be among what is asked for, as their paths tell."""
        from curator.calibrations.cameras.camera import filter_directory
        from curator.repository.layout.paths import CalibPath

        def may_be(path: str) -> bool:
            found = CalibPath.try_parse(path)
            return found is None or (
                asked.camera in ("", found.camera)
                and (
                    # Without its camera, nothing can be placed.
                    found.dataset_type == "camera"
                    or (
                        (not asked.types or found.dataset_type in asked.types)
                        and asked.detector.lower() in ("", found.detector)
                        and filter_directory(asked.physical_filter) in ("", found.physical_filter)
                    )
                )
            )

        return tuple(error for error in self.catalogue.problems if may_be(error.path))

    def problems_of(self, request: Request) -> tuple[CuratorError, ...]:
        """Return the problems of files that may be what a request asks for."""
        if not self.catalogue.problems:
            return ()
        from curator.repository.selection.resolve_names import Names

        names = request.camera, request.detector or "", request.physical_filter or ""
        return self.problems_among(Names(*names, (request.dataset_type,)))


class CalibrationSource(ABC):
    """Calibrations that can be listed and asked for: a state of a repository, or a registry."""

    @abstractmethod
    def _contents(self) -> Contents:
        """Return what there is."""

    @for_python
    def calibrations(
        self,
        type: str | Sequence[str] | None = None,
        detector: str | int = "",
        physical_filter: str = "",
        camera: str = "",
    ) -> CalibrationList:
        """Return calibrations by path, certified or not.

        Parameters
        ----------
        type : str or sequence of str, optional
            Dataset types; all by default.
        detector : str or int
            Name or id of a detector; all by default.
        physical_filter : str
            Name of a physical filter; all by default.
        camera : str
            Name or directory of a camera; all by default. It is needed if several cameras have the detector
            or the filter.

        Raises
        ------
        RepositoryError
            There is no usable ``curator.yaml``.
        UsageError
            A name is unknown.

        Examples
        --------
        >>> repo.calibrations(type="defects", detector="S00")[0].path
        'myCam/defects/s00/20200101T000000.ecsv'
        """
        contents = self._contents()
        types = listed(type)
        asked = contents.names.names(camera, str(detector), physical_filter, types)
        if type is not None and not types:
            return CalibrationList(())
        found = (one for one in contents.catalogue.entries if asked.covers(one.camera, one.data_id))
        files = tuple(CalibrationFile(one, contents.snapshot) for one in found)
        return CalibrationList(files, contents.problems_among(asked))

    @for_python
    def select(
        self,
        type: str,
        date: Date,
        *,
        detector: str | int = "",
        physical_filter: str = "",
        camera: str = "",
        end: Date | None = None,
        exptime: float | None = None,
        scale: Literal["utc", "tai"] = "utc",
        overrides: str | PathLike[str] | None = None,
    ) -> SelectionAnswer:
        """Return which calibration applies to an exposure, as `curator select` finds it.

        Parameters
        ----------
        type : str
            Dataset type.
        date : str, date, datetime or astropy.time.Time
            Start of the exposure; of a day without a time, midnight.
        detector : str or int
            Name or id of its detector.
        physical_filter : str
            Name of its physical filter.
        camera : str
            Name or directory of its camera; needed if several cameras have the detector or the filter.
        end : str, date, datetime or astropy.time.Time, optional
            End of the exposure.
        exptime : float, optional
            Its exposure time [s], instead of ``end``. Without both, one moment is asked for.
        scale : {"utc", "tai"}
            Time scale of dates without a time zone. A ``Time`` has its own.
        overrides : path, optional
            YAML file of calibrations to use instead.

        Raises
        ------
        UsageError
            A name is unknown or missing, or a date is none.

        Examples
        --------
        >>> repo.select("defects", "2025-05-14T03:30:00", detector="S00").calibration.path
        'myCam/defects/s00/20200101T000000.ecsv'
        """
        asked = _Asked(type, date, detector, physical_filter, camera, end, exptime, scale)
        answer, _ = asked.answers(self._contents(), overrides)
        return answer

    @for_python
    def why(
        self,
        type: str,
        date: Date,
        *,
        detector: str | int = "",
        physical_filter: str = "",
        camera: str = "",
        end: Date | None = None,
        exptime: float | None = None,
        scale: Literal["utc", "tai"] = "utc",
        overrides: str | PathLike[str] | None = None,
    ) -> SelectionExplanation:
        """Explain which calibration applies to an exposure, and why each other one of the type does not.

        The arguments are those of `select`.

        Examples
        --------
        >>> repo.why("defects", "2019-05-14", detector="S00").reasons
        {'myCam/defects/s00/20200101T000000.ecsv': 'begins 2020-01-01T00:00:00 UTC: 232 days later'}
        """
        asked = _Asked(type, date, detector, physical_filter, camera, end, exptime, scale)
        contents = self._contents()
        answer, selector = asked.answers(contents, overrides)
        others = selector.explain(answer.request)
        return SelectionExplanation(
            answer.answer, answer.exposure, answer.absent, answer.snapshot, answer.problems, others
        )

    @for_python
    def select_exposures(
        self,
        exposures: str | PathLike[str] | Table,
        type: str | Sequence[str] | None = None,
        *,
        camera: str = "",
        detector: str | int = "",
        physical_filter: str = "",
        scale: Literal["utc", "tai"] = "utc",
        overrides: str | PathLike[str] | None = None,
    ) -> SelectionList:
        """Return which calibrations apply to each exposure of a table.

        Parameters
        ----------
        exposures : path or astropy.table.Table
            Its columns are those that `curator select --exposures` reads: date, exptime, detector, filter, ….
            A file is CSV or ECSV.
        type : str or sequence of str, optional
            Dataset types; by default all that the camera has something of.
        camera, detector, physical_filter : str
            For exposures whose row does not say it.
        scale : {"utc", "tai"}
            Time scale of the dates, unless a column says it.
        overrides : path, optional
            YAML file of calibrations to use instead.

        Raises
        ------
        CuratorError
            The table cannot be read, or a name in it is unknown; the error has its line.
        """
        from curator.repository.selection.absence import absence
        from curator.repository.selection.required_types import available_types, requirements_of

        contents = self._contents()
        selector = contents.selector(overrides)
        found = _exposures(exposures, scale, camera, str(detector), physical_filter)
        types = listed(type)
        if type is not None and not types:
            return SelectionList(())
        held = available_types(contents.catalogue)
        needs, left = requirements_of(found, contents.names, held, types)
        answers = tuple(
            SelectionAnswer(
                selector.select(request),
                need.exposure,
                absence(request, contents.catalogue),
                contents.snapshot,
                contents.problems_of(request),
            )
            for need in needs
            for request in need.requests()
        )
        return SelectionList(answers, tuple(map(in_python, left.sentences(with_absent=True))))

    @for_python
    def coverage(
        self,
        type: str | Sequence[str] | None = None,
        detector: str | int = "",
        physical_filter: str = "",
        camera: str = "",
    ) -> CoverageList:
        """Return when certified calibrations are valid, with gaps and overlaps.

        The arguments are those of `calibrations`.

        Examples
        --------
        >>> repo.coverage(type="defects").gaps
        []
        """
        from curator.repository.catalogue.coverage import coverage

        contents = self._contents()
        types = listed(type)
        asked = contents.names.names(camera, str(detector), physical_filter, types)
        if type is not None and not types:
            return CoverageList((), contents.place)
        found = (one for one in coverage(contents.catalogue) if asked.covers(one.camera, one.data_id))
        return CoverageList(tuple(found), contents.place, contents.problems_among(asked))


@dataclass(frozen=True)
class _Asked:
    """The arguments of `CalibrationSource.select`."""

    type: str
    date: Date
    detector: str | int
    physical_filter: str
    camera: str
    end: Date | None
    exptime: float | None
    scale: str

    def answers(
        self, contents: Contents, overrides: str | PathLike[str] | None
    ) -> tuple[SelectionAnswer, Selector | OverridingSelector]:
        from curator.repository.selection.absence import absence
        from curator.repository.selection.asked_exposure import asked_exposure
        from curator.repository.selection.resolve_names import request_of

        exposure = asked_exposure(
            _moment("date", self.date, self.scale),
            None if self.end is None else _moment("end", self.end, self.scale),
            self.exptime,
            self.camera,
            str(self.detector),
            self.physical_filter,
        )
        request = request_of(exposure, contents.names, self.type)
        selector = contents.selector(overrides)
        absent = absence(request, contents.catalogue)
        found, problems = selector.select(request), contents.problems_of(request)
        return SelectionAnswer(found, exposure, absent, contents.snapshot, problems), selector


def _moment(name: str, given: Any, scale: str) -> datetime:
    """Return the UTC of a date that a program gives."""
    from curator.calibrations.time.time_scales import utc_of
    from curator.repository.selection.asked_exposure import moment

    if scale not in ("utc", "tai"):
        raise UsageError(f"scale {scale!r} is not a time scale of dates", keyword="scale", hint="utc or tai")
    if isinstance(given, str) and scale == "utc":
        given = _with_zone(given)
    if isinstance(given, datetime) and given.tzinfo is not None:
        try:
            return given.astimezone(UTC).replace(tzinfo=None)
        except OverflowError:
            raise UsageError(f"{name}: {given} is not a date in UTC", keyword=name) from None
    if isinstance(given, date):
        given = given.isoformat()
    elif hasattr(given, "jd1") and getattr(given, "isscalar", False):
        return utc_of(given)
    if not isinstance(given, str):
        raise UsageError(
            f"{name}: {given!r} is not a date",
            keyword=name,
            hint="a text, a date, a datetime or an astropy Time",
        )
    return moment(f"--{name}", given, scale)


def _with_zone(text: str) -> str | datetime:
    """Return a date that ends with an offset from UTC as a datetime, any other text as it is."""
    if _OFFSET.search(text) is None:
        return text
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return text  # the message of all dates says what is wrong


def _exposures(
    given: str | PathLike[str] | Table, scale: str, camera: str, detector: str, physical_filter: str
) -> list[Any]:
    from dataclasses import replace

    from curator.repository.selection.exposures import read_exposures

    if isinstance(given, str | PathLike):
        from curator.formats.files.read_argument import read_input

        name = fspath(given)
        raw = read_input(name)
    elif hasattr(given, "colnames") and hasattr(given, "write"):
        name, raw = "exposures.ecsv", _ecsv(given)
    else:
        raise UsageError(
            f"exposures cannot be a {type(given).__name__}",
            keyword="exposures",
            hint="the path of a CSV or ECSV file, or an astropy Table: Table(rows), Table.from_pandas(frame)",
        )
    return [
        replace(
            one,
            camera=one.camera or camera,
            detector=one.detector or detector,
            physical_filter=one.physical_filter or physical_filter,
        )
        for one in read_exposures(name, raw, scale=scale)
    ]


def _ecsv(table: Table) -> bytes:
    from io import StringIO

    written = StringIO()
    table.write(written, format="ascii.ecsv")
    return written.getvalue().encode()


def listed(names: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return one name or several as a tuple."""
    if names is None:
        return ()
    return (names,) if isinstance(names, str) else tuple(names)
