"""Why an edit was made: what a person wrote in it, else the subject of its commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curator.calibrations.header.history_lines import HistoryLine, parse_history_line

__all__ = ["first_notes", "plain_notes", "reason"]


def plain_notes(notes: Iterable[str], editor: str, date: str) -> list[str]:
    """Return notes, each once, without the name and the day that the edit has too."""
    return list(dict.fromkeys(_plain(parse_history_line(note), editor, date[:10]) for note in notes))


def reason(notes: Sequence[str], subject: str, editor: str, date: str) -> str:
    """Return why an edit was made.

    Parameters
    ----------
    notes : sequence of str
        The notes that it added to headers.
    subject : str
        First paragraph of the message of the commit.
    editor : str
    date : str
        When it was made: ISO, UTC.

    Returns
    -------
    str
        The notes, each on a line. If curator composed all of them, the subject with the notes in parentheses;
        without notes, the subject.
    """
    told = plain_notes(notes, editor, date)
    if not subject or not all(parse_history_line(note).is_automatic for note in notes):
        return "\n".join(told)
    return f"{subject} ({'; '.join(told)})" if told else subject


def first_notes(history: Sequence[str]) -> Sequence[str]:
    """Return the lines of ``HISTORY`` that belong to the first edit of a file, which may be a copy.

    Those are the last one, or all since curator said which file the new one supersedes.
    """
    automatic = [at for at, line in enumerate(history) if parse_history_line(line).is_automatic]
    return history[automatic[-1] if automatic else -1 :]


def _plain(line: HistoryLine, editor: str, day: str) -> str:
    if line.is_automatic:
        return line.text
    known = "" if line.day == day else line.day, "" if line.name == editor else line.name
    who = " ".join(filter(None, known))
    return f"{who}: {line.text}" if who else line.text
