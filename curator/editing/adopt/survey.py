"""Reads an existing repository and writes down what its files say about the cameras."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from curator.editing.adopt.file_evidence import Amplifiers, FileEvidence
from curator.editing.adopt.majority_vote import Disagreement, MajorityVote, Witness
from curator.errors import CuratorError
from curator.repository.layout.paths import SUFFIXES, CalibPath, PathError

if TYPE_CHECKING:
    from curator.formats.document import Document
    from curator.repository.git.tree_entry import TreeEntry
    from curator.repository.snapshots.protocol import Snapshot

_OTHERS = ("ecsv", "yaml", "yml", "json", "csv", "dat", "tsv", "txt", "fits")

__all__ = ["CameraSurvey", "DetectorSurvey", "FilterSurvey", "Survey", "survey"]


@dataclass(slots=True)
class DetectorSurvey:
    """What is said of one detector."""

    directory: str
    names: MajorityVote[str] = field(default_factory=MajorityVote)
    ids: MajorityVote[int] = field(default_factory=MajorityVote)
    sizes: MajorityVote[tuple[int, int]] = field(default_factory=MajorityVote)
    serials: MajorityVote[str] = field(default_factory=MajorityVote)
    amplifiers: MajorityVote[frozenset[str]] = field(default_factory=MajorityVote)
    orders: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)  # as the detector has them
    reach: tuple[int, int] = (0, 0)

    def add_amplifiers(self, found: Amplifiers, *, in_order: bool) -> None:
        """Count a vote; ``in_order``: this file's order is the detector's, as a curve's may not be."""
        names = frozenset(found.names)
        self.amplifiers.add(names, found.witness)
        if in_order:
            self.orders[names] = found.names
        if found.size:
            self.sizes.add(found.size, found.witness)


@dataclass(slots=True)
class FilterSurvey:
    """What is said of one filter."""

    directory: str
    names: MajorityVote[str] = field(default_factory=MajorityVote)


@dataclass(slots=True)
class CameraSurvey:
    """What is said of one camera."""

    directory: str
    files: int = 0
    types: Counter[str] = field(default_factory=Counter)
    start: datetime = datetime.max
    instruments: MajorityVote[str] = field(default_factory=MajorityVote)
    identified: MajorityVote[str] = field(default_factory=MajorityVote)
    detectors: dict[str, DetectorSurvey] = field(default_factory=dict)
    filters: dict[str, FilterSurvey] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The policy name that its directory gives it."""
        return self.directory.rpartition("/")[2]


@dataclass(slots=True)
class Survey:
    """What a repository says of its cameras, and what could not be used.

    Parameters
    ----------
    cameras : dict of str to CameraSurvey
        By directory.
    entries : list of TreeEntry
        The calibrations that were read, or could not be.
    elsewhere : Counter of (str, str)
        Calibrations below another folder than that of the cameras: the folder, and the camera below it.
    ignored : dict of str to str
        Text files that are no calibrations by their path, and why.
    disagreements : list of Disagreement
        Those that need no count of votes: unreadable files, names that contradict the directory.
    """

    cameras: dict[str, CameraSurvey] = field(default_factory=dict)
    entries: list[TreeEntry] = field(default_factory=list)
    elsewhere: Counter[tuple[str, str]] = field(default_factory=Counter)
    ignored: dict[str, str] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def files(self) -> int:
        return sum(camera.files for camera in self.cameras.values())


def survey(snapshot: Snapshot) -> Survey:
    """Read every calibration of a snapshot, one at a time."""
    found = Survey()
    places = list(_calibrations(snapshot, found))
    home = _home(place for place, _ in places)
    for place, entry in places:
        path = str(place)
        folder, _, name = place.camera.rpartition("/")
        if folder != home:
            found.elsewhere[folder, name] += 1
            continue
        if place.dataset_type == "camera":
            continue
        camera = found.cameras.setdefault(place.camera, CameraSurvey(place.camera))
        found.entries.append(entry)
        camera.files += 1
        camera.types[place.dataset_type] += 1
        camera.start = min(camera.start, place.start)
        if place.detector is not None:
            camera.detectors.setdefault(place.detector.lower(), DetectorSurvey(place.detector))
        if place.physical_filter is not None:
            camera.filters.setdefault(place.physical_filter.lower(), FilterSurvey(place.physical_filter))
        try:
            doc = _read(path, snapshot.read(path))
        except CuratorError as error:
            found.disagreements.append(
                Disagreement(path, error.line or 1, f"cannot be read: {error.message}", "it is ignored")
            )
            continue
        _Clerk(found, camera, place).record(FileEvidence(path, doc))
    return found


def _calibrations(snapshot: Snapshot, found: Survey) -> Iterator[tuple[CalibPath, TreeEntry]]:
    for entry in snapshot.entries():
        path = entry.path
        if path.startswith(".") or "/" not in path:
            continue
        if not path.endswith(SUFFIXES):
            if _is_dated(path):
                suffix = path.rpartition(".")[2]
                found.ignored[path] = f"'.{suffix}' is not read: a calibration is .ecsv or .yaml"
            continue
        try:
            place = CalibPath.parse(path)
        except PathError as error:
            found.ignored[path] = error.message + _near_type(error)
            continue
        if not path.isprintable():
            found.ignored[path] = "its name is not printable text"
        elif not entry.is_file:
            found.ignored[path] = "a symbolic link or a submodule"
        else:
            yield place, entry


def _near_type(error: PathError) -> str:
    from curator.calibrations.types.types import all_types
    from curator.name_lookup import did_you_mean, nearest

    if error.reason != "type":
        return ""
    hint = did_you_mean(nearest(str(error.value), [one.name for one in all_types()]))
    return f"; {hint}" if hint else ""


def _is_dated(path: str) -> bool:
    """Whether a file of another suffix is named by a date, as calibrations are."""
    from curator.calibrations.time.dates import parse_start

    stem, _, suffix = path.rpartition("/")[2].rpartition(".")
    if suffix.lower() not in _OTHERS:
        return False
    try:
        parse_start(stem)
    except (CuratorError, ValueError):
        return False
    return True


def _home(places: Iterable[CalibPath]) -> str:
    """Return the folder of the cameras: the root if one stands there, else where most calibrations are."""
    folders = Counter(place.camera.rpartition("/")[0] for place in places if place.dataset_type != "camera")
    if not folders or "" in folders:
        return ""
    return min(folders, key=lambda folder: (-folders[folder], folder))


def _read(path: str, raw: bytes) -> Document:
    from curator.formats.read import read_document

    if path.endswith(".yaml"):
        return read_document(path, raw)
    doc = read_document(path, raw, header_only=True)
    return read_document(path, raw) if {"amp_name", "x0"} & doc.columns.keys() else doc


class _Clerk:
    """Enters what a file says into the ballots of its camera, detector and filter."""

    def __init__(self, found: Survey, camera: CameraSurvey, place: CalibPath) -> None:
        self.found = found
        self.camera = camera
        self.place = place

    def record(self, said: FileEvidence) -> None:
        for text, witness in said.instruments():
            self.camera.instruments.add(text, witness)
        for text, witness in said.identified("instrument"):
            self.camera.identified.add(text, witness)
        self.camera.sources.update(said.sources())
        if self.place.detector is not None:
            self._detector(self.camera.detectors[self.place.detector.lower()], said)
        if self.place.physical_filter is not None:
            self._filter(self.camera.filters[self.place.physical_filter.lower()], said)

    def _detector(self, detector: DetectorSurvey, said: FileEvidence) -> None:
        directory = detector.directory.lower()
        matching = [one for one in (*said.names(), *said.joined_names()) if one[0].lower() == directory]
        if matching:
            detector.names.add(*matching[0])
        for text, witness in said.names():
            # A slot alone (S11, in r22_s11) is half a name and contradicts nothing.
            if text.lower() != directory and not directory.endswith("_" + text.lower()):
                self._contradict(witness, text, "name of the detector", detector.directory)
        for number, witness in said.ids():
            detector.ids.add(number, witness)
        for text, witness in said.serials():
            detector.serials.add(text, witness)
        across, up = said.reach()
        detector.reach = (max(detector.reach[0], across), max(detector.reach[1], up))
        if amplifiers := said.amplifiers():
            detector.add_amplifiers(amplifiers, in_order=bool(said.tree))

    def _filter(self, survey_of_it: FilterSurvey, said: FileEvidence) -> None:
        from curator.calibrations.cameras.camera import filter_directory

        for text, witness in said.filters():
            if filter_directory(text) == survey_of_it.directory.lower():
                survey_of_it.names.add(text, witness)
            else:
                self._contradict(witness, text, "filter", survey_of_it.directory)

    def _contradict(self, witness: Witness, text: str, subject: str, directory: str) -> None:
        message = f"{witness.label} has {text} as {subject}"
        self.found.disagreements.append(
            Disagreement(witness.path, 0, message, f"its directory says {directory}", witness.key)
        )
