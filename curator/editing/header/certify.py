"""Gives calibrations the validity range that a person decided on: in header and name."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.header.keywords import find_keyword, get_keyword
from curator.calibrations.header.profiles import PROFILES, valid_range
from curator.calibrations.time.dates import format_date, format_start
from curator.editing.session import exclusive
from curator.editing.tree_writer import name_inside, path_inside, refuse_existing, write_all
from curator.errors import CalibrationError, CuratorError, EditingError, UsageError
from curator.formats.edit.edit_header import remove_header, set_header
from curator.formats.read import read_document
from curator.repository.catalogue.intervals import overlaps
from curator.repository.layout.config import load_config
from curator.repository.layout.paths import CalibPath

if TYPE_CHECKING:
    from curator.calibrations.header.profiles import Profile
    from curator.formats.document import Document
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.catalogue.intervals import EntryRange
    from curator.repository.repository import Repository
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["Certification", "certify", "overlapping"]


Edited = Callable[[str], "tuple[Certification, bytes]"]


class Certification(NamedTuple):
    """What one file is certified for.

    Parameters
    ----------
    before, path : str
        What it was called, and is called now: a file is named by its valid start.
    start, end : datetime, datetime or None
        UTC, half-open; without an end it holds until the next one begins.
    """

    before: str
    path: str
    start: datetime
    end: datetime | None


@exclusive("certify")
def certify(
    repo: Repository,
    paths: Sequence[str | os.PathLike[str]],
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    no_end: bool = False,
) -> tuple[Certification, ...]:
    """Write the validity range into the header of every file, or of none; nothing else in them changes.

    Parameters
    ----------
    paths : sequence of path
        Files, as seen from the current directory.
    start : datetime.datetime, optional
        First moment they hold (UTC, whole seconds); a file that is named by another is renamed. The one it is
        named by, if not given.
    end : datetime.datetime, optional
        First moment they no longer hold (UTC). What the file says stays, if not given.
    no_end : bool
        Take ``VALIDEND`` out: it holds until the next one begins.

    Raises
    ------
    CuratorError
        A file is no calibration or cannot be edited, the range is empty, or a name is taken.
    """
    if not paths:
        raise UsageError("no files given")
    if end is not None and no_end:
        raise UsageError("an end, and no end: remove one of them")
    tree = repo.worktree()
    profile = PROFILES[load_config(tree).profile]
    edit = partial(_edited, tree, profile=profile, start=start, end=end, no_end=no_end)
    done: list[Certification] = []
    wanted: dict[str, None] = {}
    for given in (os.fspath(path) for path in paths):
        if renamed := _renamed_before(tree, given, edit, start):
            done.append(renamed)
        else:
            wanted[path_inside(tree, given)] = None
    edits = [edit(path) for path in wanted]
    names = [made.path for made, _ in edits]
    after: dict[str, bytes] = {}
    for made, raw in edits:
        if names.count(made.path) > 1:
            raise EditingError("two of the files would get this name", path=made.path)
        if made.path != made.before:
            refuse_existing(tree, made.path, hint="the other file already has this start")
            _refuse_same_start(tree, made, wanted)
        after[made.path] = raw
    before = {made.before: tree.read(made.before) for made, _ in edits}
    write_all(tree, before, after, {made.path: made.before for made, _ in edits if made.path != made.before})
    return (*done, *(made for made, _ in edits))


def _renamed_before(tree: WorkTree, given: str, edit: Edited, start: datetime | None) -> Certification | None:
    """Return what the same command did before: the file is gone, and certified so under its new name."""
    folder = os.path.dirname(given)
    place = CalibPath.try_parse(name_inside(tree, given) or "")
    if start is None or place is None or os.path.lexists(given):
        return None
    try:
        path = path_inside(tree, os.path.join(folder, f"{format_start(start)}.{place.format}"))
        made, raw = edit(path)
    except CuratorError:
        return None  # then the file that was named is what is missing
    return made._replace(before=str(place)) if raw == tree.read(path) else None


def _refuse_same_start(tree: WorkTree, made: Certification, moved: Container[str]) -> None:
    """Raise where another file of the folder is named by the same start, spelled otherwise."""
    folder, _, name = made.path.rpartition("/")
    start = CalibPath.parse(made.path).start
    for other in tree.listdir(folder):
        path = f"{folder}/{other}"
        place = CalibPath.try_parse(path)
        if other != name and path not in moved and place is not None and place.start == start:
            raise EditingError(
                f"{path} starts at the same time",
                path=made.before,
                hint="certify the other file, or remove it",
            )


def overlapping(repo: Repository, paths: Iterable[str]) -> list[tuple[EntryRange, EntryRange]]:
    """Return each two ranges of one data ID that share a moment, where one is of the files ``paths``.

    Nothing in the files makes it raise: what cannot be read has no range.
    """
    from curator.repository.catalogue.catalogue import Catalogue

    chosen = set(paths)
    tree = repo.worktree()
    folders = sorted({path.rpartition("/")[0] for path in chosen})
    catalogue = Catalogue.of(tree, load_config(tree), entries=tree.entries(folders))
    groups: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in catalogue.entries:
        groups[entry.key].append(entry)
    return [
        (before, after)
        for group in groups.values()
        for before, after in overlaps(group)
        if before.entry is not after.entry and not chosen.isdisjoint((str(before.path), str(after.path)))
    ]


def _edited(
    tree: WorkTree,
    path: str,
    profile: Profile,
    start: datetime | None,
    end: datetime | None,
    *,
    no_end: bool,
) -> tuple[Certification, bytes]:
    place = CalibPath.try_parse(path)
    if place is None:
        raise UsageError("is not at the path of a calibration", path=path)
    doc = read_document(path, tree.read(path))
    begins = start or place.start
    raw = set_header(doc, path, _changes(doc, profile, place.start, begins, end), after=_anchor(doc))
    if no_end and (key := find_keyword(doc.header, "VALIDEND")):
        raw = remove_header(raw, path, key)
    folder, _, _ = path.rpartition("/")
    target = path if begins == place.start else f"{folder}/{format_start(begins)}.{place.format}"
    try:
        begins, ends = valid_range(read_document(path, raw, header_only=True).header, begins, profile)
    except CalibrationError as error:
        raise EditingError(error.message, path=path, keyword="VALIDEND", hint=error.hint) from None
    return Certification(path, target, begins, ends), raw


def _changes(
    doc: Document, profile: Profile, named: datetime, begins: datetime, end: datetime | None
) -> dict[str, Any]:
    wanted: dict[str, Any] = {"VALIDSTART": format_date(begins)}
    if end is not None:
        wanted["VALIDEND"] = format_date(end)
    if profile.calibdate == "start" and begins != named:
        wanted["CALIBDATE"] = format_date(begins)
        old, calib_id = (get_keyword(doc.header, name) for name in ("CALIBDATE", "CALIB_ID"))
        if isinstance(calib_id, str) and calib_id.endswith(f"calibDate={old}"):
            wanted["CALIB_ID"] = f"{calib_id.removesuffix(str(old))}{format_date(begins)}"
    return {find_keyword(doc.header, name) or name: value for name, value in wanted.items()}


def _anchor(doc: Document) -> str | None:
    return find_keyword(doc.header, "CALIBDATE")
