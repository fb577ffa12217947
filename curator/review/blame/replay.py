"""Goes through the versions of a file, the oldest first, and says who made each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from curator.errors import CuratorError
from curator.review.blame.contents import NOTHING, Content, read_content
from curator.review.history.reasons import first_notes, reason
from curator.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from curator.review.history.versions import FileHistory, FileVersion

__all__ = ["NotedEdit", "Replay", "UnreadVersion", "replay"]

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class NotedEdit:
    """An edit of one file, as people name it.

    Parameters
    ----------
    commit : str
        Id of the commit; empty of what is not committed yet.
    editor, email : str
        Who wrote it.
    date : str
        When: ISO, UTC.
    note : str
        Why: the notes that a person added to the file (of a new file, the last of ``HISTORY``), each on a
        line; else the subject of the commit.
    path : str
        Where the file was then.
    """

    commit: str
    editor: str
    email: str
    date: str
    note: str
    path: str

    @property
    def note_line(self) -> str:
        """The note on one line."""
        *others, last = self.note.split("\n")
        return "; ".join([*(one.rstrip(" .;") for one in others), last])

    def to_json(self) -> dict[str, Any]:
        """Return the edit as the schemas of outputs describe it."""
        return {
            "commit": self.commit or None,
            "editor": self.editor,
            "email": self.email,
            "date": self.date,
            "note": self.note,
            "path": self.path,
        }


@dataclass(frozen=True, slots=True)
class UnreadVersion:
    """A version whose content cannot be read: what it is made from counts instead."""

    commit: str
    path: str
    problem: str

    def to_json(self) -> dict[str, Any]:
        """Return the version as the schemas of outputs describe it."""
        return {"commit": self.commit or None, "path": self.path, "problem": self.problem}


@dataclass(frozen=True, slots=True, eq=False)
class Replay(Generic[S]):
    """What became of a file.

    Parameters
    ----------
    newest : object or None
        The state that the newest version has; `None` where that version cannot be read.
    edits : tuple of NotedEdit
        Newest first; states have their numbers.
    problems : tuple of UnreadVersion
        Newest first.
    is_cut : bool
        A shallow clone does not have what was before.
    """

    newest: S | None
    edits: tuple[NotedEdit, ...]
    problems: tuple[UnreadVersion, ...]
    is_cut: bool


class _Step(NamedTuple):
    version: FileVersion | None
    parents: Sequence[int]


def replay(
    history: FileHistory,
    path: str,
    state_of: Callable[[int, Content, Sequence[S]], S],
    *,
    current: Content | None = None,
    amplifiers: Sequence[str] = (),
) -> Replay[S]:
    """Go through the versions of a file.

    Parameters
    ----------
    history : FileHistory
    path : str
        Where the file is.
    state_of : function of (number, content, states)
        Returns the state of one version, given its number, its content and the states of the versions that
        it was made from. A version that cannot be read is passed over: the next one counts as made from
        those that it was made from; so does one of which this raises `CuratorError`.
    current : Content, optional
        The file in the working tree, where that is not as the newest version.
    amplifiers : sequence of str
        Names of the detector's amplifiers, in order.
    """
    steps = _steps(history, current)
    states: dict[int, S] = {}
    notes: dict[int, tuple[str, ...]] = {}
    added: dict[int, Sequence[str]] = {}
    problems = []
    # The readable versions that each was made from.
    made_from: dict[int, tuple[int, ...]] = {}
    # How many versions still need the state of each.
    needed = [0] * len(steps)
    for step in steps:
        for parent in step.parents:
            needed[parent] += 1
    for number in reversed(range(len(steps))):
        version, parents = steps[number]
        made_from[number] = tuple(
            dict.fromkeys(
                one for parent in parents for one in ((parent,) if parent in notes else made_from[parent])
            )
        )
        try:
            content = _read(history, version, amplifiers) if version else current or NOTHING
            states[number] = state_of(number, content, [states[one] for one in made_from[number]])
        except CuratorError as error:
            commit, at = (version.commit.sha, version.path) if version else ("", path)
            problems.append(UnreadVersion(commit, at, error.message))
            continue
        old = {note for one in made_from[number] for note in notes[one]}
        notes[number] = content.notes
        # A new file has the notes of the one that it was copied from.
        is_first = not any(one.blob for parent in made_from[number] if (one := steps[parent].version))
        added[number] = (
            first_notes(content.history) if is_first else [one for one in content.notes if one not in old]
        )
        _forget(states, steps, needed, parents)
    return Replay(
        states.get(0),
        tuple(_edit(step.version, path, added.get(number, ())) for number, step in enumerate(steps)),
        tuple(problems[::-1]),
        any(version.is_cut for version in history.versions),
    )


def _steps(history: FileHistory, current: Content | None) -> list[_Step]:
    if current is None:
        return [_Step(one, one.parents) for one in history.versions]
    first = (1,) if history.versions else ()
    return [
        _Step(None, first),
        *(_Step(one, [parent + 1 for parent in one.parents]) for one in history.versions),
    ]


def _read(history: FileHistory, version: FileVersion, amplifiers: Sequence[str]) -> Content:
    return read_content(version.path, history.raw(version), amplifiers) if version.blob else NOTHING


def _forget(states: dict[int, S], steps: Sequence[_Step], needed: list[int], parents: Sequence[int]) -> None:
    """Drop the states that no version needs any more; an unreadable one passes on those of its parents."""
    waiting = [*parents]
    while waiting:
        parent = waiting.pop()
        needed[parent] -= 1
        if not needed[parent] and states.pop(parent, None) is None:
            waiting += steps[parent].parents


def _edit(version: FileVersion | None, path: str, notes: Sequence[str]) -> NotedEdit:
    if version is None:
        return NotedEdit("", "", "", "", "", path)
    made = version.commit
    note = reason(notes, made.subject, made.author, made.date)
    return NotedEdit(made.sha, made.author, made.email, made.date, note, version.path)
