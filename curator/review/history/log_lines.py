"""The log of calibrations as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from curator.counts import counted
from curator.formats.files.terminal_escape import escape
from curator.repository.history import SHORT
from curator.review.text import Paint, heading, summary, text_lines, wrapped

if TYPE_CHECKING:
    from curator.review.history.log import LogEntry
    from curator.review.report import FileReport
    from curator.review.wording import Statement

__all__ = ["log_lines"]

# Statements of one file that say what an edit means, notes, and files of one commit; the rest is counted.
FEW = 2
NOTES = 3
FILES = 3
# Said with less words, or of no interest to who asks what became of a mask.
_ASIDE = ("notes", "written", "order")
CUT = "older history is not here: this clone is shallow (git fetch --unshallow gets the rest)"


def log_lines(
    entry: LogEntry,
    *,
    patch: bool = False,
    asked: str = "",
    width: int = 80,
    paint: Paint = lambda text, *styles: text,
    option: str = " (-p)",
) -> Iterator[str]:
    """Give the lines of one edit, with an empty line at their end.

    Parameters
    ----------
    patch : bool
        With all that `curator diff` says.
    asked : str
        The only file that is asked for: its path is told only where it was another one.
    paint : function of text and styles
        Colours a line.
    option : str
        Stands behind what is only counted: the option that lists it.
    """
    yield _header(entry, paint)
    if entry.subject:
        yield from wrapped(entry.subject, "  ", width)
    if entry.edit.is_cut or entry.problem:
        yield from wrapped(entry.problem or CUT, "  ", width)
    elif patch:
        yield from _notes(entry, width) if not entry.review.files else ()
        for line in text_lines(entry.review, width=width - 2, paint=paint):
            yield f"  {line}"
    else:
        yield from _notes(entry, width)
        yield from _meaning(entry, asked, width, option)
    yield ""


def _header(entry: LogEntry, paint: Paint) -> str:
    if entry.edit.commit is None:
        return paint("not committed yet", "yellow")
    merge = "  merge" if entry.edit.is_merge else ""
    day, _, time = entry.date.partition("T")
    editor, commit = paint(escape(entry.editor), "bold"), paint(entry.edit.commit.sha[:SHORT], "yellow")
    return f"{day} {time[:5]}  {editor}  {commit}{merge}"


def _notes(entry: LogEntry, width: int) -> Iterator[str]:
    notes = [note for note in entry.notes if note.strip() != entry.subject]
    for note in notes[:NOTES]:
        yield from wrapped(f"note: {note}", "  ", width)
    if len(notes) > NOTES:
        yield f"  and {counted(len(notes) - NOTES, 'more note')}"


def _meaning(entry: LogEntry, asked: str, width: int, option: str) -> Iterator[str]:
    files = entry.review.files
    if len(files) == 1:
        yield from _of_file(files[0], asked, width, option)
        return
    for common in entry.review.common[:FEW]:
        if common.statement.kind not in _ASIDE:
            said = f"in {counted(len(common.paths), 'file')}: {common.statement.text}"
            yield from wrapped(said, "  ", width)
    own = [(file.file.path, said) for file in files if (said := _first(file))]
    for path, said in own[:FILES]:
        yield from wrapped(f"{path}: {said}", "  ", width)
    if len(own) > FILES:
        yield f"  and {counted(len(own) - FILES, 'more file')}{option}"
    if files:
        yield from wrapped(f"{summary(entry.review)}{_moved(files)}", "  ", width)


def _first(file: FileReport) -> str:
    """Return the most important of what is to say of one file among many; that it was renamed is not."""
    told = _telling(file)
    return heading(file) or (told[0].text if told else "")


def _moved(files: Sequence[FileReport]) -> str:
    """Return from which folder to which all renamed files moved, empty where they did not move together."""
    moves = {_move(one.file.old_path, one.file.path) for one in files if one.file.kind == "renamed"}
    if len(moves) != 1:
        return ""
    old, new = moves.pop()
    return f", from {old or 'the root'} to {new or 'the root'}"


def _move(old: str, new: str) -> tuple[str, str]:
    """Return the parts of two paths that are left without the folders at their ends that both have."""
    mine, theirs = old.split("/"), new.split("/")
    while mine and theirs and mine[-1] == theirs[-1]:
        del mine[-1], theirs[-1]
    return "/".join(mine), "/".join(theirs)


def _of_file(file: FileReport, asked: str, width: int, option: str) -> Iterator[str]:
    own, indent = file.file, "  " if asked else "    "
    if not asked:
        yield f"  {escape(own.path)}"
    if own.kind == "renamed" and own.old_path == asked:
        yield from wrapped(f"renamed to {own.path}", indent, width)
    elif own.kind == "renamed":
        yield from wrapped(f"renamed from {own.old_path}", indent, width)
    if said := heading(file):
        yield from wrapped(said, indent, width)
    told = _telling(file)
    for statement in told[:FEW]:
        yield from wrapped(statement.text, indent, width)
    if len(told) > FEW:
        yield f"{indent}and {counted(len(told) - FEW, 'more statement')}{option}"
    if not told and own.kind == "edited" and not own.problem and not own.notes_added:
        yield f"{indent}no change in content"


def _telling(file: FileReport) -> list[Statement]:
    renamed = f"renamed from {file.file.old_path}"
    return [one for one in file.statements if one.kind not in _ASIDE and one.text != renamed]
