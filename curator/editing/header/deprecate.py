"""Says in calibration files what they are not to be used for, and takes it back."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from curator.calibrations.header.deprecation import (
    DEPRECATED,
    Deprecation,
    deprecations_of,
    parse_deprecation,
)
from curator.calibrations.header.keywords import find_keyword
from curator.calibrations.time.dates import format_date
from curator.editing.session import editing, exclusive
from curator.editing.tree_writer import path_inside, write_all
from curator.errors import CalibrationError, EditingError, UsageError
from curator.formats.edit.edit_header import append_to_list, remove_header, set_header
from curator.formats.read import read_document
from curator.repository.layout.paths import CalibPath

if TYPE_CHECKING:
    from curator.repository.catalogue.deprecation_effects import Effect, Gap
    from curator.repository.repository import Repository
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["Deprecated", "deprecate", "undo"]


class Deprecated(NamedTuple):
    """What became of one file.

    Parameters
    ----------
    path : str
    gaps : tuple of Gap
        When nothing is valid now for what it is for.
    is_idle : bool
        It would not be used then anyway, and was left as it is.
    """

    path: str
    gaps: tuple[Gap, ...] = ()
    is_idle: bool = False


@exclusive("deprecate")
def deprecate(
    repo: Repository, paths: Sequence[str | os.PathLike[str]], wanted: Deprecation
) -> tuple[Deprecated, ...]:
    """Write into every file, or into none, what it is not to be used for; nothing else in them changes.

    One for the same interval takes the place of the one that is there. A file that would not be used then
    anyway is left as it is.

    Parameters
    ----------
    paths : sequence of path
        Files, as seen from the current directory.
    wanted : Deprecation

    Raises
    ------
    CuratorError
        The reason will not do, a file is no calibration or cannot be edited, none of them would be used then,
        or there is nothing that one could fall back to.
    """
    try:
        wanted = parse_deprecation(str(wanted))
    except CalibrationError as error:
        raise UsageError(f"the deprecation {error.message}") from None
    tree = repo.worktree()
    before = _texts(tree, paths)
    after = {path: _added(path, raw, wanted) for path, raw in before.items()}
    made = list(_judged(tree, after, wanted))
    written = {one.path: after[one.path] for one in made if not one.is_idle}
    if not written:
        raise EditingError(
            "is not used then, even without a deprecation",
            path=made[0].path,
            hint="`curator coverage` shows when",
        )
    write_all(tree, before, written)
    return tuple(made)


@exclusive("deprecate --undo")
def undo(
    repo: Repository,
    paths: Sequence[str | os.PathLike[str]],
    interval: tuple[datetime | None, datetime | None] | None = None,
) -> tuple[str, ...]:
    """Take the deprecation for an interval, or every one, out of every file that has it, or out of none.

    Raises
    ------
    CuratorError
        No file has such a one, or one cannot be edited.
    """
    tree = repo.worktree()
    before = _texts(tree, paths)
    # Where a run was killed, some have none any more.
    after = {path: made for path, raw in before.items() if (made := _removed(path, raw, interval)) != raw}
    if not after:
        with editing(tree, "deprecate --undo") as session:
            if done := session.completed & before.keys():
                return tuple(sorted(done))
        path, raw = next(iter(before.items()))
        present = _present(path, raw)[1]
        raise EditingError(
            "is not deprecated" + (" for that interval" if present else ""),
            path=path,
            hint=f"it says {'; '.join(map(str, present))}" if present else "",
        )
    write_all(tree, before, after)
    return tuple(after)


def _texts(tree: WorkTree, paths: Sequence[str | os.PathLike[str]]) -> dict[str, bytes]:
    if not paths:
        raise UsageError("no files given")
    found = list(dict.fromkeys(path_inside(tree, os.fspath(path)) for path in paths))
    for path in found:
        if CalibPath.try_parse(path) is None:
            raise UsageError("is not at the path of a calibration", path=path)
    return {path: tree.read(path) for path in found}


def _present(path: str, raw: bytes) -> tuple[str, tuple[Deprecation, ...]]:
    """Return the keyword as a file spells it, and what it says."""
    doc = read_document(path, raw)
    key = find_keyword(doc.header, DEPRECATED) or DEPRECATED
    try:
        return key, deprecations_of(doc.header)
    except CalibrationError as error:
        raise EditingError(
            error.message, path=path, line=doc.at(key).line, keyword=key, hint=error.hint
        ) from None


def _added(path: str, raw: bytes, wanted: Deprecation) -> bytes:
    key, present = _present(path, raw)
    if not any(one.interval == wanted.interval for one in present):
        return append_to_list(raw, path, key, str(wanted))
    kept = [str(wanted if one.interval == wanted.interval else one) for one in present]
    return set_header(raw, path, {key: kept})


def _removed(path: str, raw: bytes, interval: tuple[datetime | None, datetime | None] | None) -> bytes:
    key, present = _present(path, raw)
    kept = [str(one) for one in present if interval is not None and one.interval != interval]
    if len(kept) == len(present):
        return raw
    return set_header(raw, path, {key: kept}) if kept else remove_header(raw, path, key)


def _judged(tree: WorkTree, after: dict[str, bytes], wanted: Deprecation) -> Iterator[Deprecated]:
    """Give what becomes of each file; an error where one has nothing to fall back to."""
    known = {str(one.entry.path): one for one in _effects(tree, after)}
    for path in after:
        effect = known.get(path)
        if effect is None:  # nobody certified it
            yield Deprecated(path)
            continue
        intervals = [one.interval for one in effect.entry.deprecations]
        number = intervals.index(wanted.interval)
        gaps = tuple(one for one in effect.gaps if one.number == number)
        if wanted.fall_back:
            _refuse_the_impossible(path, gaps)
        yield Deprecated(path, gaps, number in effect.idle)


def _effects(tree: WorkTree, after: dict[str, bytes]) -> Iterator[Effect]:
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.catalogue.deprecation_effects import effects, lines
    from curator.repository.layout.config import load_config
    from curator.repository.snapshots.overlay import Overlay

    folders = {"/".join(path.split("/")[: -len(_below(path))]) for path in after}
    snapshot = Overlay(tree, after)
    catalogue = Catalogue.of(snapshot, load_config(tree), entries=snapshot.entries(sorted(folders)))
    for problem in catalogue.problems:
        if problem.path in after:
            raise EditingError(problem.message, path=problem.path, keyword=problem.keyword, hint=problem.hint)
    for line in lines(catalogue.entries):
        yield from effects(line)


def _below(path: str) -> list[str]:
    """Return what follows the directory of the dataset type in a path."""
    place = CalibPath.parse(path)
    return [one for one in (place.detector, place.physical_filter, "name") if one]


def _refuse_the_impossible(path: str, gaps: Sequence[Gap]) -> None:
    for one in gaps:
        if one.other is None:
            raise EditingError(
                f"no earlier calibration can replace it from {format_date(one.start)} on",
                path=path,
                hint="certify one for that time, or remove --fall-back",
            )
        if one.other.end_source == "written" and one.other.end is not None and one.other.end <= one.start:
            other = str(one.other.path)
            raise EditingError(
                f"{other} ends {format_date(one.other.end)}, as its VALIDEND says: it cannot replace "
                "another calibration after that",
                path=path,
                hint=f"`curator certify {other} --no-end`, or remove --fall-back",
            )
