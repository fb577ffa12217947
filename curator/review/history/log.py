"""The log of calibrations: who edited which, when and why, and what each edit means."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from curator.errors import IncompleteCloneError
from curator.review.history.edits import CalibrationEdit, States, edits, uncommitted_edit
from curator.review.history.reasons import plain_notes, reason
from curator.review.pairs import is_reviewed, pairs_of
from curator.review.report import ReviewReport, report
from curator.review.reviewed import LoadedVersions
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.repository.changes import Change
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository

__all__ = ["LogEntry", "LogRequest", "log_entries"]

INCOMPLETE = (
    "the files of this commit are not in this partial clone (git fetch --refetch --no-filter gets them)"
)


@dataclass(frozen=True, slots=True)
class LogRequest:
    """Which edits are wanted.

    Parameters
    ----------
    commit : str
        Id of the commit whose history is read.
    paths : tuple of str
        Files and folders; none stands for all calibrations.
    without : str
        Id of a commit: what it has already got is left out. Empty for none.
    uncommitted : bool
        Begin with what the working tree has and the last commit has not.
    since, until : datetime or None
        Edits were made at or after the one, and before the other (UTC).
    most : int or None
        No more than so many.
    author : str
        Edits by authors whose ``name <address>`` contains this text, as `git log --author` compares it.
    """

    commit: str
    paths: tuple[str, ...] = ()
    without: str = ""
    uncommitted: bool = False
    since: datetime | None = None
    until: datetime | None = None
    most: int | None = None
    author: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An edit, what it means, or why that cannot be said."""

    edit: CalibrationEdit
    review: ReviewReport
    problem: str = ""

    @property
    def commit(self) -> str | None:
        """Id of the commit, `None` where it is not committed yet."""
        return self.edit.commit.sha if self.edit.commit else None

    @property
    def editor(self) -> str:
        """Name of the author of the commit."""
        return self.edit.commit.author if self.edit.commit else ""

    @property
    def date(self) -> str:
        """When the edit was made: ISO, UTC."""
        return self.edit.commit.date if self.edit.commit else ""

    @property
    def subject(self) -> str:
        """First paragraph of the message of the commit."""
        return self.edit.commit.subject if self.edit.commit else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes that the edit added to files, each once, without the name and day that the edit has."""
        return tuple(plain_notes(self._added, self.editor, self.date))

    @property
    def note(self) -> str:
        """Why the edit was made: what a person noted in files, else the subject of its commit."""
        return reason(self._added, self.subject, self.editor, self.date)

    @property
    def _added(self) -> list[str]:
        return [note for one in self.review.files for note in one.file.notes_added]

    def to_json(self, *, whole: bool = False) -> dict[str, Any]:
        """Return what ``schemas/output/log.schema.json`` describes as an edit.

        Parameters
        ----------
        whole : bool
            With the difference of every file.
        """
        files = self.review.to_json()["files"]
        return {
            "commit": self.commit,
            "editor": self.editor,
            "email": self.edit.commit.email if self.edit.commit else "",
            "date": self.date,
            "subject": self.subject,
            "note": self.note,
            "is_merge": self.edit.is_merge,
            "is_cut": self.edit.is_cut,
            "problem": self.problem,
            "files": files if whole else [{**one, "difference": None} for one in files],
        }


def log_entries(repository: Repository, request: LogRequest) -> Iterator[LogEntry]:
    """Give the edits that are wanted, newest first; each is compared as it is asked for."""
    states, loaded = States(), LoadedVersions()
    for number, edit in enumerate(_wanted(repository, request)):
        if number == request.most:
            return
        try:
            yield LogEntry(edit, _review(edit, states, loaded))
        except IncompleteCloneError:
            yield LogEntry(edit, ReviewReport(edit.before.label, edit.after.label, (), ()), INCOMPLETE)


def _wanted(repository: Repository, request: LogRequest) -> Iterator[CalibrationEdit]:
    paths = list(request.paths)
    if request.uncommitted and (found := uncommitted_edit(repository, paths)):
        if request.since is None and request.until is None and not request.author:
            yield found
        former = {one.path: one.old_path for one in found.changes if one.kind == "renamed"}
        paths = [former.get(path, path) for path in paths]
    for edit in edits(repository, request.commit, paths, _only(repository, request)):
        assert edit.commit is not None
        when = edit.commit.date
        if request.author not in f"{edit.commit.author} <{edit.commit.email}>":
            continue
        if request.since is not None and when < request.since.isoformat(timespec="seconds"):
            continue
        if request.until is not None and when >= request.until.isoformat(timespec="seconds"):
            continue
        yield edit


def _only(repository: Repository, request: LogRequest) -> Container[str] | None:
    if not request.without:
        return None
    return frozenset(
        repository.git.run("rev-list", request.commit, f"^{request.without}", "--").decode("ascii").split()
    )


def _review(edit: CalibrationEdit, states: States, loaded: LoadedVersions) -> ReviewReport:
    config, filters = states.of(edit.after)
    if config is None:
        config = states.of(edit.before)[0]
    # Of a shallow clone's last commit nobody knows what it changed.
    changes = [] if edit.is_cut else [one for one in edit.changes if _is_calibration(one, config)]
    pairs = pairs_of(changes, edit.before, edit.after)
    return report((edit.before.label, edit.after.label), pairs, config, filters, loaded)


def _is_calibration(change: Change, config: Config | None) -> bool:
    directories = config.directories if config else None
    return any(is_reviewed(path, directories) for path in (change.path, change.old_path) if path)
