"""Files of overrides: read, and checked against what there is to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from curator.calibrations.schema.schemas import violations
from curator.calibrations.time.dates import parse_date
from curator.calibrations.types.types import all_types, find_type
from curator.errors import CuratorError, RepositoryError, SeveralErrors, UsageError
from curator.name_lookup import did_you_mean, nearest, suggest
from curator.repository.selection.overrides import Override, OverridingSelector
from curator.repository.selection.selection import Selector

if TYPE_CHECKING:
    from curator.calibrations.types.types import DatasetType
    from curator.formats.document import Document
    from curator.repository.catalogue.catalogue import Catalogue, Entry
    from curator.repository.selection.resolve_names import Names

__all__ = ["MAX_BYTES", "OverridesError", "read_overrides", "selector_with"]

# How many paths are looked through for what may be meant by a wrong one.
_MOST_ALIKE = 200
# More text than people write by hand.
MAX_BYTES = 4 * 1024 * 1024


class OverridesError(SeveralErrors, RepositoryError):
    """A file of overrides is not as it must be; ``problems`` has one error for each mistake."""


class OverrideNames(Protocol):
    """Knows the names of cameras, detectors and filters: in git or in a registry."""

    def names(self, camera: str, detector: str, physical_filter: str, types: Sequence[str]) -> Names: ...


def selector_with(
    path: str | None, catalogue: Catalogue, known: OverrideNames
) -> Selector | OverridingSelector:
    """Return what answers from a catalogue, after the overrides of a file if one is named.

    Raises
    ------
    CuratorError
        The file cannot be read, or is not as it must be.
    """
    selector = Selector(catalogue)
    if path is None:
        return selector
    from curator.formats.files.read_argument import read_input

    return OverridingSelector(selector, read_overrides(path, read_input(path, MAX_BYTES), catalogue, known))


def read_overrides(path: str, raw: bytes, catalogue: Catalogue, known: OverrideNames) -> tuple[Override, ...]:
    """Return the overrides of a file, in its order.

    Parameters
    ----------
    path : str
        As errors name it.
    raw : bytes
    catalogue : Catalogue
        What may be chosen, certified or not.
    known : Resolver or RegistryNames

    Raises
    ------
    OverridesError
        With one problem, and its line, for everything that is wrong.
    FormatError
        It is no YAML.
    """
    from curator.formats.files.bounded_io import too_large
    from curator.formats.yaml.reader import read_yaml

    if len(raw) > MAX_BYTES:
        raise too_large(path, len(raw), MAX_BYTES)
    document = read_yaml(path, raw)
    wrong = violations("overrides", document.tree)
    problems: list[CuratorError] = [
        RepositoryError(one.message, path=path, line=document.at(*one.path).line) for one in wrong
    ]
    refused = {one.path[1] for one in wrong if len(one.path) > 1 and one.path[0] == "overrides"}
    if not isinstance(document.tree, dict) or not isinstance(document.tree.get("overrides"), list):
        raise OverridesError(problems)
    reader = _OverrideReader(document, catalogue, known)
    found = []
    for number, said in enumerate(document.tree["overrides"]):
        if number not in refused:
            one = reader.read(number, said)
            found += [one] if one else []
    problems += reader.problems
    problems += _conflicts(found)
    if problems:
        raise OverridesError(sorted(problems, key=lambda one: one.line))
    return tuple(found)


class _OverrideReader:
    """Reads one override after the other, and keeps what is wrong with them."""

    def __init__(self, document: Document, catalogue: Catalogue, known: OverrideNames) -> None:
        self._document = document
        self._known = known
        self._entries: dict[str, Entry] = {}
        for entry in catalogue.entries:
            self._entries.setdefault(str(entry.path), entry)
        self.problems: list[CuratorError] = []

    def read(self, number: int, said: Mapping[str, Any]) -> Override | None:
        """Return an override, `None` if anything is wrong with it."""
        before = len(self.problems)
        kind = self._type(number, said)
        entry = self._calibration(number, said, kind)
        if kind is not None and entry is not None:
            self._check_names(number, said, entry)
        begin = self._date(number, said, "begin", datetime.min)
        end = self._date(number, said, "end", datetime.max)
        if begin and end and begin >= end:
            self._wrong(number, "end", f"the override ends {end} and begins {begin}: it is empty")
        if len(self.problems) > before or entry is None or begin is None or end is None:
            return None
        line = self._document.at("overrides", number).line
        return Override(entry, begin, end, said["reason"].strip(), self._document.path, line)

    def _wrong(self, number: int, key: str, message: str, hint: str = "") -> None:
        document = self._document
        line = document.at("overrides", number, key).line
        self.problems.append(RepositoryError(message, path=document.path, line=line, keyword=key, hint=hint))

    def _type(self, number: int, said: Mapping[str, Any]) -> DatasetType | None:
        name = said["dataset_type"]
        kind = find_type(name)
        if kind is None:
            hint = suggest(name, [one.name for one in all_types()], limit=0)
            self._wrong(number, "dataset_type", f"there is no dataset type {name!r}", hint)
            return None
        for key, has in (("detector", kind.has_detector), ("filter", kind.has_filter)):
            if has and key not in said:
                self._wrong(number, key, f"{name} depends on the {key}, but the override gives none")
            if not has and key in said:
                self._wrong(number, key, f"{name} is not kept per {key}: remove it")
        return kind

    def _calibration(self, number: int, said: Mapping[str, Any], kind: DatasetType | None) -> Entry | None:
        path = said["calibration"]
        entry = self._entries.get(path)
        if entry is None:
            self._wrong(number, "calibration", f"{path!r} is not one of the calibrations", self._near(path))
        elif kind is not None and entry.data_id.dataset_type != kind.name:
            kept = entry.data_id.dataset_type
            self._wrong(number, "calibration", f"{path} is of dataset type {kept}, not {kind.name}")
            return None
        return entry

    def _near(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        alike = [one for one in self._entries if one.rpartition("/")[0].lower() == folder.lower()]
        return did_you_mean(nearest(path, alike[:_MOST_ALIKE], 0.6))

    def _check_names(self, number: int, said: Mapping[str, Any], entry: Entry) -> None:
        data_id = entry.data_id
        camera = said.get("camera") or entry.camera
        instrument = self._named(number, "camera", (camera, "", ""))
        if instrument is None:
            return
        if instrument.camera != entry.camera:
            self._wrong(number, "camera", f"{entry.path} is of camera {entry.camera}, not {camera}")
            return
        detector = said.get("detector")
        if detector is not None and data_id.detector_name and not _is_detector(detector, entry):
            asked = self._named(number, "detector", (camera, str(detector), ""))
            if asked is not None and (asked.detector or "") != data_id.detector_name:
                told = f"{entry.path} is for detector {data_id.detector_name}, not {asked.detector}"
                self._wrong(number, "detector", told)
        physical_filter = said.get("filter")
        if physical_filter is not None and physical_filter != data_id.physical_filter:
            asked = self._named(number, "filter", (camera, "", physical_filter))
            if asked is not None and (asked.physical_filter or "") != data_id.physical_filter:
                has = data_id.physical_filter or None
                told = f"{entry.path} is for filter {has}, not {asked.physical_filter}"
                self._wrong(number, "filter", told)

    def _named(self, number: int, key: str, names: tuple[str, str, str]) -> Names | None:
        try:
            return self._known.names(*names, ())
        except UsageError as error:
            self._wrong(number, key, error.message, error.hint)
            return None

    def _date(self, number: int, said: Mapping[str, Any], key: str, default: datetime) -> datetime | None:
        if said.get(key) is None:
            return default
        try:
            return parse_date(said[key])
        except CuratorError as error:
            self._wrong(number, key, f"{key}: {error.message}", error.hint)
            return None


def _is_detector(said: str | int, entry: Entry) -> bool:
    data_id = entry.data_id
    if isinstance(said, int):
        return said == data_id.detector
    return said.lower() == data_id.detector_name.lower()


def _conflicts(overrides: Sequence[Override]) -> Iterator[CuratorError]:
    """Give each override that begins while another one for the same data ID holds."""
    ordered = sorted(overrides, key=lambda one: (one.key, one.begin, one.line))
    for _, group in groupby(ordered, key=lambda one: one.key):
        longest: Override | None = None
        for one in group:
            if longest is not None and one.begin < longest.end:
                later, earlier = (one, longest) if one.line > longest.line else (longest, one)
                yield RepositoryError(
                    f"the override of line {earlier.line} is for the same type, data ID and time",
                    path=later.path,
                    line=later.line,
                )
            if longest is None or one.end > longest.end:
                longest = one
