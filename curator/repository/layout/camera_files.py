"""Which camera file holds when: ``<camera>/camera/<start>.yaml``."""

from __future__ import annotations

from bisect import bisect_right

from curator.errors import CuratorError, RepositoryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from curator.calibrations.cameras.camera import Camera
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["CameraFiles"]


class CameraFiles:
    """Reads camera files once each.

    Parameters
    ----------
    sources : tuple of Snapshot
        Where to look; for each camera the first that has any file counts.
    """

    def __init__(self, sources: tuple[Snapshot, ...] = ()) -> None:
        self._sources = sources
        self._starts: dict[str, tuple[list[datetime], list[str], Snapshot | None]] = {}
        self._read: dict[str, Camera | CuratorError] = {}

    def at(self, directory: str, date: datetime) -> Camera:
        """Return the camera in ``directory`` as it was at ``date`` (UTC), as at its first start before that.

        Raises
        ------
        CuratorError
            No file describes it, or the one that holds then cannot be read.
        """
        starts, paths, source = self._files(directory)
        if source is None:
            raise RepositoryError(
                "there is no camera file",
                path=f"{directory}/camera/",
                value=directory,
                hint="`curator adopt` writes one",
            )
        path = paths[max(0, bisect_right(starts, date) - 1)]
        if path not in self._read:
            self._read[path] = self._parse(path, source)
        found = self._read[path]
        if isinstance(found, CuratorError):
            raise found
        return found

    def paths(self, directory: str) -> list[str]:
        """Return the camera files of ``directory``, by start."""
        return list(self._files(directory)[1])

    def contents(self, directory: str) -> list[tuple[str, bytes | str]]:
        """Return path and bytes of every camera file of ``directory``; of one that cannot be read, why."""
        _, paths, source = self._files(directory)
        found: list[tuple[str, bytes | str]] = []
        if source is None:
            return found
        for path in paths:
            try:
                found.append((path, source.read(path)))
            except CuratorError as error:
                found.append((path, str(error)))
        return found

    def _files(self, directory: str) -> tuple[list[datetime], list[str], Snapshot | None]:
        if directory not in self._starts:
            self._starts[directory] = self._find(directory)
        return self._starts[directory]

    def _find(self, directory: str) -> tuple[list[datetime], list[str], Snapshot | None]:
        from curator.repository.layout.paths import CalibPath

        for source in self._sources:
            names = source.listdir(f"{directory}/camera")
            parsed = (CalibPath.try_parse(f"{directory}/camera/{name}") for name in names)
            if files := sorted((path.start, str(path)) for path in parsed if path is not None):
                return [start for start, _ in files], [path for _, path in files], source
        return [], [], None

    def _parse(self, path: str, source: Snapshot) -> Camera | CuratorError:
        from curator.calibrations.cameras.camera import camera_from_document
        from curator.formats.read import read_document

        try:
            return camera_from_document(read_document(path, source.read(path)))
        except CuratorError as error:
            return error
        except Exception as error:
            from curator.crashes import unexpected

            return unexpected(error, path, "the reader of cameras")
