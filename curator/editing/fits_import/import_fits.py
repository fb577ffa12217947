"""Brings FITS calibrations back into git: each as text in its place, and a record of its making beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.header.profiles import PROFILES
from curator.calibrations.time.dates import format_start
from curator.editing.clock import utc_now
from curator.editing.fits_import.convert_content import make_text, same_content
from curator.editing.fits_import.convert_header import make_header
from curator.editing.fits_import.fits_reader import read_foreign
from curator.editing.fits_import.infer_data_id import find_camera, infer_data_id
from curator.editing.fits_import.infer_validity import validity
from curator.editing.fits_import.input_record import SUFFIX, compose_record, record_bytes
from curator.editing.fits_import.rendered_text import RenderedText, home, there
from curator.editing.session import editing
from curator.editing.tree_writer import write_all
from curator.errors import CuratorError, EditingError, SeveralErrors, UsageError
from curator.repository.layout.config import load_config
from curator.repository.layout.paths import CalibPath

if TYPE_CHECKING:
    from datetime import datetime

    from curator.editing.fits_import.fits_reader import Foreign
    from curator.editing.fits_import.pending_import import PendingImport
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["ImportRefusedError", "Imported", "import_files"]

DataIds = Callable[[Sequence[str]], Mapping[str, Mapping[str, Any]]]


class ImportRefusedError(SeveralErrors, EditingError):
    """Some files cannot be brought in; ``problems`` has one error for each, and nothing was written."""


class Imported(NamedTuple):
    """What was written, and what was there already.

    Parameters
    ----------
    written : tuple of str
        Texts, relative to the repository; a record stands beside each.
    kept : tuple of str
        Texts that hold the same already, left as they are.
    uncertified : tuple of str
        Those written that no registry may use yet.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    uncertified: tuple[str, ...]


def import_files(
    repo: Repository,
    arrivals: Sequence[PendingImport],
    *,
    rounded: bool = False,
    dry_run: bool = False,
    now: datetime | None = None,
    data_ids: DataIds = lambda ids: {},
) -> Imported:
    """Write a text and a record for every file, or for none.

    A file whose place holds the same calibration already is left alone. The text is read back before
    anything is written, and holds every table and keyword of the FITS file, but for the keywords that the
    record names.

    Parameters
    ----------
    arrivals : sequence of PendingImport
    rounded : bool
        Whether a start within a second is moved to the next whole one.
    dry_run : bool
        Write nothing.
    now : datetime.datetime, optional
        Moment of the import (UTC), which stands in where nobody says when a calibration was made.
    data_ids : callable
        Given ids of datasets, returns what a registry knows of them: the inputs of the record.

    Raises
    ------
    ImportRefusedError
        With every file that cannot be brought in, and why.
    """
    with nullcontext() if dry_run else editing(repo, "import"):
        return _import_file(repo, arrivals, rounded, dry_run, now or utc_now(), data_ids)


def _import_file(
    repo: Repository,
    arrivals: Sequence[PendingImport],
    rounded: bool,
    dry_run: bool,
    moment: datetime,
    data_ids: DataIds,
) -> Imported:
    tree = repo.worktree()
    config = load_config(tree)
    problems: list[CuratorError] = []
    wanted: dict[str, RenderedText] = {}
    kept: list[str] = []
    for arrival in arrivals:
        try:
            foreign = read_foreign(arrival)
            if known := home(tree, config, foreign):
                _refuse_contradictions(config, arrival, foreign)
                kept.append(known)
                continue
            one = _rendered(config, arrival, foreign, rounded, moment, data_ids)
            stem = str(one.path).rpartition(".")[0]
            if stem in wanted:
                _require_same(wanted[stem], one)
            elif known := there(tree, one):
                kept.append(known)
            else:
                wanted[stem] = one
        except CuratorError as error:
            error.path = error.path or arrival.name or arrival.file
            problems.append(error)
    if problems:
        raise ImportRefusedError(problems)
    if not dry_run:
        _write(tree, wanted)
    uncertified = tuple(str(one.path) for one in wanted.values() if not one.certified)
    return Imported(
        tuple(sorted(str(one.path) for one in wanted.values())), tuple(dict.fromkeys(kept)), uncertified
    )


def _refuse_contradictions(config: Config, arrival: PendingImport, foreign: Foreign) -> None:
    """Refuse a camera, detector or filter that a person or a registry says, and the file is not of."""
    from datetime import datetime

    entry = find_camera(config, foreign, arrival.declared)
    start = foreign.origin.start if foreign.origin else None
    infer_data_id(config, entry, foreign, arrival.declared, start or datetime.max)


def _rendered(
    config: Config, arrival: PendingImport, foreign: Foreign, rounded: bool, now: datetime, data_ids: DataIds
) -> RenderedText:
    from datetime import datetime

    profile = PROFILES[config.profile]
    entry = find_camera(config, foreign, arrival.declared)
    camera = config.camera_files.at(entry.directory, datetime.max)
    holds = validity(foreign, arrival, camera, profile, rounded=rounded)
    place = infer_data_id(config, entry, foreign, arrival.declared, holds.start)
    header = make_header(foreign, place, holds, profile, arrival.created, now)
    text = make_text(foreign, header.values)
    first, *rest = place.folders
    stem = "/".join([first, foreign.kind.name, *rest, format_start(holds.start)])
    path = CalibPath.parse(f"{stem}.{text.format}", first)
    asked = [str(one["dataset"]) for one in foreign.parts.inputs if "dataset" in one]
    known = data_ids(asked) if asked else {}
    record = compose_record(foreign, arrival, holds, header, text, known)
    return RenderedText(
        path,
        text.raw,
        record_bytes(record, foreign.name),
        foreign.kind,
        holds.certified or profile.certified_by == "name",
        header.made_up,
        foreign.name,
    )


def _require_same(first: RenderedText, second: RenderedText) -> None:
    if not same_content(first.calibration(), second.calibration()):
        raise EditingError(
            f"it would become {second.path}, like {first.name}, which has other content",
            path=second.name,
        )


def _write(tree: WorkTree, wanted: Mapping[str, RenderedText]) -> None:
    """Write all texts and records, or none; a record that is there already says the same."""
    files = {
        path: raw
        for stem, one in wanted.items()
        for path, raw in ((stem + SUFFIX, one.record), (str(one.path), one.raw))
        if tree.find(path) is None
    }
    write_all(tree, {}, files)


def given_file(path: str) -> str:
    """Return a file named by a person.

    Raises
    ------
    UsageError
        It is a folder.
    """
    if os.path.isdir(path):
        raise UsageError("is a folder: give the files in it", path=path)
    return path
