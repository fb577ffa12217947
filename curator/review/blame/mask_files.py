"""The lists of boxes of one detector: those that there are, and those that there were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from curator.calibrations.types.box_list import box_lists
from curator.errors import CuratorError
from curator.repository.catalogue.catalogue import Catalogue
from curator.repository.git.command import to_text
from curator.repository.layout.paths import CalibPath, camera_of, is_candidate
from curator.review.blame.replay import Replay, UnreadVersion, replay

if TYPE_CHECKING:
    from curator.repository.catalogue.catalogue import Entry
    from curator.review.blame.as_of import AsOf
    from curator.review.blame.contents import Content
    from curator.review.history.versions import FileHistory

__all__ = ["MaskFile", "MaskFiles"]

S = TypeVar("S")


class MaskFile(NamedTuple):
    """A list of boxes.

    Parameters
    ----------
    path : CalibPath
        Where it is, or was last.
    entry : Entry or None
        When it is valid; `None` of one that is gone.
    history : FileHistory
    """

    path: CalibPath
    entry: Entry | None
    history: FileHistory


class MaskFiles:
    """The lists of boxes of one detector, of all dataset types that are lists of boxes.

    Parameters
    ----------
    as_of : AsOf
    camera : str
        Directory of the camera.
    detector : str
        Its name.

    Attributes
    ----------
    camera : str
        Name of the camera.
    catalogue : Catalogue
        The lists that there are, and when they are valid.
    """

    def __init__(self, as_of: AsOf, camera: str, detector: str) -> None:
        self._as_of = as_of
        self._folders = tuple(f"{camera}/{name}/" for name in box_lists())
        self._detector = detector
        config = as_of.config
        declared = config.camera(camera)
        self.camera = declared.name if declared else camera
        self._directories = config.directories
        entries = [
            one
            for one in as_of.snapshot.entries()
            if is_candidate(one.path, self._directories) and self._is_asked(one.path)
        ]
        self._present = {one.path for one in entries}
        self.catalogue = Catalogue.of(as_of.snapshot, config, entries=entries)

    def _is_asked(self, path: str) -> bool:
        if not path.startswith(self._folders):
            return False
        try:
            place = CalibPath.parse(path, camera_of(path, self._directories))
            camera = self._as_of.config.camera_files.at(place.camera, place.start)
        except CuratorError:
            return False  # `curator check` says what is wrong with it
        found = camera.detector_at(place.detector or "")
        return (found.name if found else place.detector) == self._detector

    @property
    def problems(self) -> tuple[UnreadVersion, ...]:
        """The files whose header cannot be read: they are among no others."""
        return tuple(UnreadVersion("", one.path, one.message) for one in self.catalogue.problems)

    @cached_property
    def files(self) -> list[MaskFile]:
        """All of them: first those that there are, by dataset type and start, then those that are gone."""
        histories = self._as_of.histories
        entries = sorted(self.catalogue.entries, key=lambda one: (one.path.dataset_type, one.start))
        found = [MaskFile(one.path, one, histories.of(str(one.path))) for one in entries]
        known = self._present.union(version.path for one in found for version in one.history.versions)
        for path in self._former():
            if path not in known:
                history = histories.of(path)
                known.update(version.path for version in history.versions)
                place = CalibPath.parse(path, camera_of(path, self._directories))
                found.append(MaskFile(place, None, history))
        return found

    def _former(self) -> Iterator[str]:
        """Give the paths that any commit had."""
        for name in list(self._as_of.histories.log.paths):
            path = to_text(name)
            if is_candidate(path, self._directories) and self._is_asked(path):
                yield path

    def replay(self, file: MaskFile, state_of: Callable[[int, Content, Sequence[S]], S]) -> Replay[S]:
        """Go through the versions of one of the files; see `curator.review.blame.replay.replay`."""
        path = str(file.path)
        try:
            current = self._as_of.current(path, file.history)
        except CuratorError as error:
            found = replay(file.history, path, state_of)
            problem = UnreadVersion("", path, error.message)
            return Replay(None, found.edits, (problem, *found.problems), found.is_cut)
        return replay(file.history, path, state_of, current=current)
