"""A repository and its states: the door of programs and notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from os.path import basename
from posixpath import normpath
from typing import TYPE_CHECKING, Any, TypeAlias

from curator.api.blames import BlameReport
from curator.api.differences import DiffReport
from curator.api.errors import for_python
from curator.api.findings import CheckFindings
from curator.api.histories import EditHistory
from curator.api.source import CalibrationSource, Contents, listed
from curator.api.tables import field_values
from curator.errors import RepositoryError, UsageError
from curator.formats.files.terminal_escape import escape
from curator.repository.repository import Repository

if TYPE_CHECKING:
    from curator.api.calibrations import CalibrationFile
    from curator.checks.model.report import Report
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Commit, Snapshot
    from curator.review.pairs import Sides

__all__ = ["CalibrationRepository", "RepositoryState", "open"]

Names: TypeAlias = tuple[str, ...]


@for_python
def open(path: str | PathLike[str] = ".") -> CalibrationRepository:
    """Open the repository that a file or directory is in.

    Parameters
    ----------
    path : path
        The current directory by default.

    Raises
    ------
    RepositoryError
        It is in no git repository.

    Examples
    --------
    >>> import curator
    >>> curator.open("obs_mycam_data")
    <CalibrationRepository obs_mycam_data: working tree>
    """
    found = Repository.find(path)
    return CalibrationRepository(found, found.commit().sha if found.bare else "")


@dataclass(frozen=True, repr=False)
class RepositoryState(CalibrationSource):
    """One state of a repository: a commit, what is staged, or the working tree.

    A commit never changes and is read once. The working tree and the index are read again for each answer.

    Parameters
    ----------
    repository : Repository
        Where it is.
    commit : str
        Object id of the commit; empty of the working tree and of the index.
    is_staged : bool
        Whether it is the index, which holds what is staged for the next commit.
    """

    repository: Repository
    commit: str = ""
    is_staged: bool = False

    def __getstate__(self) -> dict[str, Any]:
        """Return the fields alone: what was read since is not part of the value."""
        return field_values(self)

    @property
    def label(self) -> str:
        """What messages call it: ``working tree``, ``index``, or the commit."""
        if self.commit:
            return self._committed.label
        return "index" if self.is_staged else "working tree"

    def _snapshot(self) -> Snapshot:
        if self.commit:
            return self._committed
        return self.repository.index() if self.is_staged else self.repository.worktree()

    @cached_property
    def _committed(self) -> Commit:
        return self.repository.commit(self.commit)

    def _contents(self) -> Contents:
        return self._contents_once if self.commit else self._read()

    @cached_property
    def _contents_once(self) -> Contents:
        return self._read()

    def _read(self) -> Contents:
        from curator.repository.catalogue.catalogue import Catalogue
        from curator.repository.layout.config import load_config
        from curator.repository.selection.resolve_names import Resolver

        snapshot = self._snapshot()
        config = load_config(snapshot)
        place = f"{config.repository}, {snapshot.label}"
        return Contents(Catalogue.of(snapshot, config), Resolver(config), place, snapshot)

    @for_python
    def check(
        self,
        paths: str | Sequence[str] = (),
        *,
        base: str | None = None,
        select: str | Sequence[str] = (),
        ignore: str | Sequence[str] = (),
        baseline: bool = True,
    ) -> CheckFindings:
        """Return what the rules find, as `curator check` does.

        Without a ``curator.yaml``, the configuration that `curator adopt` would write is assumed.

        Parameters
        ----------
        paths : str or sequence of str
            Files and directories, relative to the top of the repository; everything by default.
        base : str, optional
            Check the change since this commit instead, with the settings of that commit. Ask a commit, or
            what is staged.
        select, ignore : str or sequence of str
            Only rules whose code starts with these, or not these: ``"CUR3"``.
        baseline : bool
            Leave out the findings that the baseline records.

        Raises
        ------
        CuratorError
            There is no such file, commit or rule.

        Examples
        --------
        >>> len(repo.check())
        0
        """
        from curator.checks.policy.policy import rule_codes

        only = listed(paths)
        codes = rule_codes(listed(select), "--select"), rule_codes(listed(ignore), "--ignore")
        if base is not None:
            return CheckFindings(self._check_change(base, only, *codes, baseline=baseline))
        return CheckFindings(self._check(only, *codes, baseline=baseline))

    def _check_change(
        self, base: str, paths: Names, select: Names, ignore: Names, *, baseline: bool
    ) -> Report:
        from curator.checks.run.check_change import check_change

        if not (self.commit or self.is_staged):
            raise UsageError(
                "a change ends with a commit, or with what is staged",
                keyword="base",
                hint='repo.at("HEAD").check(base=…), or repo.staged.check(base=…)',
            )
        return check_change(
            self.repository,
            base,
            self.commit or "HEAD",
            staged=self.is_staged,
            paths=paths or None,
            select=select,
            ignore=ignore,
            baseline=baseline,
        )

    def _check(self, paths: Names, select: Names, ignore: Names, *, baseline: bool) -> Report:
        from curator.checks.policy.baseline import without_baseline
        from curator.checks.run.cached_check import check_cached
        from curator.checks.run.engine import check
        from curator.editing.adopt.assume import assume_config
        from curator.repository.layout.config import is_adopted, load_config

        snapshot = self._snapshot()
        if not is_adopted(snapshot):
            assumed = assume_config(self.repository, snapshot)
            report = check(snapshot, assumed.config, paths=paths or None, select=select, ignore=ignore)
            return replace(report, asides=(assumed.sentence, *report.asides))

        def config() -> Config:
            found = load_config(snapshot)
            return found if baseline else without_baseline(found)

        if paths:
            return check(snapshot, config(), paths=paths, select=select, ignore=ignore)
        options = [list(select), list(ignore), baseline]
        return check_cached(self.repository, snapshot, config, lambda: (select, ignore), options=options)

    @for_python
    def history(self, path: str | CalibrationFile = "", *, most: int | None = None) -> EditHistory:
        """Return the edits of a calibration or a folder, newest first, as `curator log` lists them.

        A calibration is followed where a commit gave it another name, another start or another folder. What
        is not committed yet comes first if the working tree is asked.

        Parameters
        ----------
        path : str or CalibrationFile
            Relative to the top of the repository; all calibrations by default.
        most : int, optional
            No more than so many edits.

        Raises
        ------
        RepositoryError
            No commit ever had the path.

        Examples
        --------
        >>> [one.note for one in repo.history("myCam/defects/s00/20200101T000000.ecsv")]
        ['Begin']
        """
        if most is not None and most < 0:
            raise UsageError(
                f"most={most}: the number of edits cannot be negative", keyword="most", value=most
            )
        from curator.review.history.edits import ever_had
        from curator.review.history.log import LogRequest, log_entries

        revision, asked = self._revision(), _path(path).strip("/")
        commit = self.repository.commit(revision)
        snapshot = self._snapshot()
        there = not asked or snapshot.find(asked) is not None or snapshot.listdir(asked)
        if not there and not ever_had(self.repository, commit.sha, asked):
            raise RepositoryError("no commit ever had this file or folder", path=asked)
        request = LogRequest(commit.sha, (asked,) if asked else (), uncommitted=revision is None, most=most)
        return EditHistory(tuple(log_entries(self.repository, request)), asked)

    @for_python
    def blame(self, path: str | CalibrationFile) -> BlameReport:
        """Return which edit each part of a calibration is from, as `curator blame` says it.

        Parameters
        ----------
        path : str or CalibrationFile
            Relative to the top of the repository.

        Raises
        ------
        CuratorError
            There is no such file, or it cannot be read.

        Examples
        --------
        >>> repo.blame("myCam/defects/s00/20200101T000000.ecsv").edits[0].editor
        'Ada Editor'
        """
        from curator.review.blame.as_of import AsOf
        from curator.review.blame.blame import blame_path

        return BlameReport(blame_path(AsOf(self.repository, self._revision()), _path(path)))

    @for_python
    def diff(
        self, other: str | RepositoryState | None = None, /, *, paths: str | Sequence[str] = ()
    ) -> DiffReport:
        """Return what changes from this state to another one, as `curator diff` says it.

        Parameters
        ----------
        other : str or RepositoryState, optional
            Name of a commit, or a state; the working tree by default.
        paths : str or sequence of str
            Files and directories, relative to the top of the repository; everything by default.

        Raises
        ------
        CuratorError
            There is no such commit or path, or the working tree would be both sides.

        Examples
        --------
        >>> repo.at("HEAD").diff(repo.staged)
        No calibration differs
        """
        from curator.review.pairs import Sides

        if other is None and not (self.commit or self.is_staged):
            raise UsageError("this is the working tree itself", hint='name the other state: diff("HEAD")')
        later = RepositoryState(self.repository) if other is None else self._state(other)
        return self._compared(Sides(self._snapshot(), later._snapshot()), listed(paths))

    def _compared(self, sides: Sides, paths: Names) -> DiffReport:
        from curator.review.compared import ComparedStates

        sides.restrict([_there(path, sides) for path in paths])
        return DiffReport(ComparedStates(self.repository, sides).report())

    def _state(self, given: str | RepositoryState) -> RepositoryState:
        if isinstance(given, RepositoryState):
            return given
        return RepositoryState(self.repository, self.repository.commit(given).sha)

    def _revision(self) -> str | None:
        """Return the commit whose history is asked for; `None` for that of the working tree."""
        if self.is_staged:
            raise UsageError("what is staged has no history", hint='ask repo, or repo.at("HEAD")')
        return self.commit or None

    def __repr__(self) -> str:
        """Return which state of which repository it is."""
        name = basename(self.repository.root)
        return f"<{type(self).__name__} {escape(name)}: {escape(self.label)}>"


@dataclass(frozen=True, repr=False)
class CalibrationRepository(RepositoryState):
    """A repository of calibrations. Its own answers are those of the working tree.

    A bare repository has no working tree. Its own answers are those of the commit that was its HEAD when it
    was opened.
    """

    @for_python
    def at(self, revision: str) -> RepositoryState:
        """Return the state that a commit has.

        Parameters
        ----------
        revision : str
            Name of a commit: a branch, a tag, an object id, ``HEAD~2``.

        Raises
        ------
        RepositoryError
            There is no such commit.

        Examples
        --------
        >>> len(repo.at("HEAD").calibrations())
        14
        """
        return self._state(revision)

    @property
    def staged(self) -> RepositoryState:
        """What is staged for the next commit."""
        return RepositoryState(self.repository, is_staged=True)

    @property
    def working_tree(self) -> RepositoryState:
        """The files as they are on the disk."""
        return RepositoryState(self.repository)

    @for_python
    def diff(
        self,
        before: str | RepositoryState | None = None,
        after: str | RepositoryState | None = None,
        *,
        paths: str | Sequence[str] = (),
    ) -> DiffReport:
        """Return what a change means, as `curator diff` says it.

        Parameters
        ----------
        before : str or RepositoryState, optional
            Name of a commit, or a state. Alone, it may be ``A..B`` or ``A...B`` as for `git diff`. By default
            it is what is staged; if ``after`` is that, it is the commit that is checked out.
        after : str or RepositoryState, optional
            The working tree by default.
        paths : str or sequence of str
            Files and directories, relative to the top of the repository; everything by default.

        Raises
        ------
        CuratorError
            There is no such commit or path.

        Examples
        --------
        >>> repo.diff("HEAD")
        No calibration differs
        """
        return self._compared(self._sides(before, after), listed(paths))

    def _sides(self, before: str | RepositoryState | None, after: str | RepositoryState | None) -> Sides:
        from curator.review.pairs import Sides, sides_of

        if isinstance(before, str) and after is None:
            return sides_of(self.repository, [before])
        if isinstance(before, str) and ".." in before:
            raise UsageError(f"{before} names both sides", value=before, hint="use it alone")
        later = self._state(after or self.working_tree)
        earlier = self._state(before or ("HEAD" if later.is_staged else self.staged))
        return Sides(earlier._snapshot(), later._snapshot())


def _path(given: str | CalibrationFile) -> str:
    return given if isinstance(given, str) else given.path


def _there(path: str, sides: Sides) -> str:
    """Return a path relative to the top as snapshots have it; one that neither side has is an error."""
    inside = normpath(path).strip("/")
    inside = "" if inside == "." else inside
    if inside and not any(one.find(inside) or one.listdir(inside) for one in (sides.after, sides.before)):
        from curator.repository.snapshots.uncommitted import missing_path

        raise missing_path(sides.after, inside, path)
    return inside
