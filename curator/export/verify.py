"""Deriving a FITS file from git again, and saying whether it is the one at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from os import PathLike, fspath
from typing import TYPE_CHECKING

from curator.calibrations.fits.stamp_reader import Stamp
from curator.errors import CuratorError, ExportError, RepositoryError
from curator.executors import PerWorker, in_order, workers
from curator.export.provenance.source import read_stamped, require_stamp, source_text
from curator.export.provenance.stamp import Identity, Provenance
from curator.export.write import represent
from curator.repository.layout.paths import CalibPath

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from curator.repository.history import CommitInfo, History
    from curator.repository.layout.camera_files import CameraFiles
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository

__all__ = ["Verdict", "Verifier", "verify"]

_BATCH = 16


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file: no differences, or what they are, one line each."""

    stamp: Stamp
    differences: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        return not self.differences


def verify(
    repo: Repository,
    paths: Sequence[str | PathLike[str]],
    config: str | None = None,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
) -> Iterator[tuple[str, Verdict | CuratorError]]:
    """Yield each of some FITS files with what came of it: a verdict, or why there is none.

    Parameters
    ----------
    repo : Repository
    paths : sequence of path
    config : path, optional
        Stands in for the repository's ``curator.yaml``.
    jobs : int
        Processes to share the files among where there is no ``executor``; one is this process.
    executor : concurrent.futures.Executor, optional
        Where to verify files; its workers must see the same file system.

    Raises
    ------
    ExportError
        A worker died.
    """
    from concurrent.futures import BrokenExecutor

    names = [fspath(path) for path in paths]
    with workers(executor, jobs) as used:
        size = _BATCH if used is not None else 1
        batches = [names[start : start + size] for start in range(0, len(names), size)]
        verifier = PerWorker(Verifier, repo, config)
        try:
            done = in_order(
                used,
                partial(_verify_batch, verifier),
                ((batch, batch) for batch in batches),
                len(batches) + 1,
            )
            for batch, verdicts in done:
                yield from zip(batch, verdicts, strict=True)
        except BrokenExecutor as error:
            raise ExportError(
                "a worker process died", hint="run the command again with fewer jobs"
            ) from error
        finally:
            verifier.forget()


def _verify_batch(verifier: PerWorker[Verifier], paths: Sequence[str]) -> list[Verdict | CuratorError]:
    found: list[Verdict | CuratorError] = []
    for path in paths:
        try:
            found.append(verifier.get().verify(path))
        except CuratorError as error:
            found.append(error)
    return found


class Verifier:
    """Verifies any number of files against one repository, whose history is read once.

    Parameters
    ----------
    repo : Repository
    config : path, optional
        Stands in for the repository's ``curator.yaml``.
    """

    def __init__(self, repo: Repository, config: str | None = None) -> None:
        self._repo = repo
        self._override = config
        self._histories: dict[str, History] = {}
        self._past: dict[str, CameraFiles] = {}

    def verify(self, path: str | PathLike[str]) -> Verdict:
        """Derive one file from the commit, path and blob in its stamp, and compare byte for byte.

        Raises
        ------
        ForeignError
            ``path`` is not a FITS file of curator.
        ExportError
            This repository does not have what the stamp names.
        """
        name = fspath(path)
        data = read_stamped(name)
        stamp = require_stamp(data, name)
        raw = source_text(self._repo, stamp, name)
        edits = self._edits(stamp, name)
        first: bytes | None = None
        calib = CalibPath.parse(stamp.path)
        for provenance in self._provenances(stamp, calib, edits):
            try:
                made = represent(raw, calib, provenance).data
            except CuratorError as error:
                raise ExportError(
                    f"commit {stamp.commit[:12]} produces no FITS file for {stamp.path}: {error.message}",
                    path=name,
                ) from error
            if made == data:
                return Verdict(stamp)
            first = made if first is None else first
        assert first is not None
        from curator.export.differences import differences

        return Verdict(stamp, tuple(differences(data, first, name)))

    def _provenances(
        self, stamp: Stamp, calib: CalibPath, edits: tuple[CommitInfo, ...]
    ) -> Iterator[Provenance]:
        for repository, profile in self._declared(stamp):
            for identity in self._identities(stamp, calib):
                yield Provenance(repository, profile, stamp.path, stamp.blob, edits, identity)

    def _edits(self, stamp: Stamp, name: str) -> tuple[CommitInfo, ...]:
        """Return the edits of the source, newest first.

        Git simplifies history on its way to the first commit that it shows, so what it shows from
        there on is the same seen from that commit as from any it was reached from. The checked-out commit
        therefore serves for most files, and only others cost a history of their own.
        """
        for sha in (self._head, stamp.commit):
            if (
                sha
                and (edits := tuple(self._history(sha).edits(stamp.path)))
                and edits[0].sha == stamp.commit
            ):
                return edits
        if not edits:
            raise ExportError(f"commit {stamp.commit[:12]} knows no edit of {stamp.path!r}", path=name)
        return edits

    def _history(self, sha: str) -> History:
        from curator.repository.history import History

        if sha not in self._histories:
            while len(self._histories) > 4:
                self._histories.pop(next(iter(self._histories)))
            self._histories[sha] = History.of(self._repo.git, sha)
        return self._histories[sha]

    @cached_property
    def _head(self) -> str:
        try:
            return self._repo.commit().sha
        except RepositoryError:
            return ""

    def _declared(self, stamp: Stamp) -> Iterator[tuple[str, str]]:
        """Give the names and profiles that may have been declared when the file was written.

        Today's are tried first, then those of the stamp's name in earlier commits; today's also
        where no commit ever declared that name.
        """
        today = self._today
        if today[0] == stamp.repository:
            yield today
        earlier = [one for one in self._earlier if one[0] == stamp.repository and one != today]
        yield from earlier
        if today[0] != stamp.repository and not earlier:
            yield today

    def _identities(self, stamp: Stamp, calib: CalibPath) -> Iterator[Identity]:
        """Give what the instrument and the filter may have been called when the file was written.

        Today's names come first, then those of every commit that edited a file of the camera.
        """
        seen = set()
        for cameras in self._cameras(stamp, calib.camera):
            identity = Identity.at(calib, cameras)
            if identity.instrument and identity not in seen:
                seen.add(identity)
                yield identity
        if not seen:
            yield Identity()

    def _cameras(self, stamp: Stamp, directory: str) -> Iterator[CameraFiles]:
        today = self._config.camera_files if self._config else self._cameras_in(self._head)
        yield today
        for path in today.paths(directory) if self._head else ():
            for edit in self._history(self._head).edits(path):
                yield self._cameras_in(edit.sha)
        yield self._cameras_in(stamp.commit)

    def _cameras_in(self, sha: str) -> CameraFiles:
        from curator.repository.layout.camera_files import CameraFiles

        if sha not in self._past:
            self._past[sha] = CameraFiles((self._repo.commit(sha),))
        return self._past[sha]

    @cached_property
    def _config(self) -> Config | None:
        """Today's configuration, `None` where it cannot be used and an earlier commit has one."""
        from curator.repository.layout.config import load_config

        snapshot = self._repo.commit() if self._head else self._repo.worktree()
        try:
            return load_config(snapshot, self._override)
        except RepositoryError:
            if not self._earlier:
                raise
            return None

    @cached_property
    def _today(self) -> tuple[str, str]:
        return _identity(self._config) if self._config else self._earlier[0]

    @cached_property
    def _earlier(self) -> list[tuple[str, str]]:
        from curator.repository.layout.config import NAME, load_config

        found: dict[tuple[str, str], None] = {}
        edits = self._history(self._head).edits(NAME) if self._head and self._override is None else []
        for edit in edits:
            try:
                found[_identity(load_config(self._repo.commit(edit.sha)))] = None
            except RepositoryError:
                continue  # this commit removed it, or broke it: it declared nothing
        return list(found)


def _identity(config: Config) -> tuple[str, str]:
    return config.repository, config.profile
