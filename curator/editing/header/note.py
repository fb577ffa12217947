"""Adds a line to the ``HISTORY`` of calibration files, and touches nothing else of them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from curator.calibrations.header.history_lines import HistoryLine
from curator.editing.clock import utc_now
from curator.editing.session import exclusive
from curator.editing.tree_writer import path_inside, write_all
from curator.errors import EditingError, RepositoryError, UsageError

if TYPE_CHECKING:
    from curator.calibrations.header.profiles import Profile
    from curator.repository.repository import Repository

__all__ = ["author_name", "note"]

KEY = "HISTORY"
_LONGEST = 1000


@exclusive("note")
def note(
    repo: Repository,
    paths: Sequence[str | os.PathLike[str]],
    text: str,
    *,
    author: str | None = None,
    today: date | None = None,
    created: datetime | None = None,
) -> tuple[str, ...]:
    """Append ``YYYY-MM-DD Name: text`` to the ``HISTORY`` of every file, or of none.

    A file whose last line is this one already stays as it is.

    Parameters
    ----------
    paths : sequence of path
        Files, as seen from the current directory.
    author : str, optional
        The name git would put on a commit, if not given.
    today : datetime.date, optional
        Day of the note (UTC).
    created : datetime.datetime, optional
        When the content was made (UTC): the keywords of creation say so then. They stay if not given.

    Returns
    -------
    tuple of str
        The paths, relative to the repository.

    Raises
    ------
    CuratorError
        The text or the name will not do, or a file cannot be edited: then none has been.
    """
    from curator.calibrations.header.profiles import PROFILES
    from curator.formats.edit.edit_header import append_to_list
    from curator.repository.layout.config import load_config

    if not paths:
        raise UsageError("no files given")
    name = author if author is not None else author_name(repo)
    item = str(HistoryLine(str(today or utc_now().date()), _plain(name, "name"), _plain(text, "text")))
    tree = repo.worktree()
    wanted = dict.fromkeys(path_inside(tree, os.fspath(path)) for path in paths)
    before = {path: tree.read(path) for path in wanted}
    after = {
        path: append_to_list(raw, path, KEY, item)
        for path, raw in before.items()
        if not _ends_with(path, raw, item)
    }
    if created is not None:
        profile = PROFILES[load_config(tree).profile]
        after = {path: _dated(after.get(path, raw), path, created, profile) for path, raw in before.items()}
    write_all(tree, before, after)
    return tuple(wanted)


def _dated(raw: bytes, path: str, created: datetime, profile: Profile) -> bytes:
    """Return a file whose keywords of creation name a moment."""
    from curator.calibrations.time.dates import format_date
    from curator.formats.edit.edit_header import set_header
    from curator.formats.read import read_document

    moment = format_date(created)
    day, _, time = moment.partition("T")
    header = read_document(path, raw, header_only=True).header
    new: dict[str, object] = {"CALIB_CREATION_DATE": day, "CALIB_CREATION_TIME": time}
    if profile.calibdate == "creation":
        new["CALIBDATE"] = moment
        if isinstance(whole := header.get("CALIB_ID"), str):
            new["CALIB_ID"] = re.sub(r"(?<=\bcalibDate=)\S+", moment, whole)
    if "DATE" in header:
        new["DATE"] = moment
    return set_header(raw, path, new)


def _ends_with(path: str, raw: bytes, item: str) -> bool:
    from curator.calibrations.header.keywords import get_keyword
    from curator.formats.read import read_document

    history = get_keyword(read_document(path, raw, header_only=True).header, KEY)
    return isinstance(history, list) and history[-1:] == [item]


def author_name(repo: Repository) -> str:
    """Return the name git would put on a commit made here.

    Raises
    ------
    EditingError
        Git does not know who this is.
    """
    if name := os.environ.get("GIT_AUTHOR_NAME", "").strip():
        return name
    try:
        name = repo.git.run("config", "--get", "user.name").decode("utf-8", "surrogateescape").strip()
    except RepositoryError:
        name = ""
    if not name:
        raise EditingError(
            "git does not know your name", hint='--author NAME, or once: git config --global user.name "NAME"'
        )
    return name


def _plain(text: str, what: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise UsageError(f"the {what} of a note is empty")
    if not stripped.isprintable():
        wrong = next(one for one in stripped if not one.isprintable())
        raise UsageError(
            f"the {what} of a note contains the character {wrong!a}",
            hint="write one line of plain text; add several notes for several lines",
        )
    if len(stripped) > _LONGEST:
        raise UsageError(f"the {what} of a note has {len(stripped)} characters; the limit is {_LONGEST}")
    return stripped
