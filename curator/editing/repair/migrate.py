"""Moves a repository from one profile to another: all of its headers, losslessly, and in one commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from curator.calibrations.header.profiles import PROFILES, Profile, is_certified
from curator.checks.model.context import Context
from curator.editing.repair.fix import FileFix, plan_fixes
from curator.errors import CuratorError, FormatError
from curator.name_lookup import require_known
from curator.repository.layout.config import NAME, load_config
from curator.repository.layout.paths import CalibPath, camera_of, is_candidate
from curator.repository.snapshots.overlay import Overlay
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.checks.model.report import Report
    from curator.formats.document import Document
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository

__all__ = ["Migration", "Note", "plan_migration"]

# What was wrong with the kind of values, before anybody can tell what they mean.
_FIRST = ("CUR103", "CUR104")
# What the profiles differ in.
_THEN = ("CUR101", "CUR102", "CUR104", "CUR106", "CUR110", "CUR117", "CUR122", "CUR124", "CUR204")


@dataclass(frozen=True, slots=True)
class Note:
    """What a person has to know of a migration, and the files it is about."""

    text: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Migration:
    """What a move to another profile changes.

    Parameters
    ----------
    old, new : str
        Profiles.
    head : str
        Commit it begins at.
    files : tuple of FileFix
        Every file that changes, ``curator.yaml`` among them; empty where there is nothing to do.
    notes : tuple of Note
        What it cannot know, and what it brings about.
    """

    old: str
    new: str
    head: str
    files: tuple[FileFix, ...]
    notes: tuple[Note, ...]


def plan_migration(repository: Repository, profile: str) -> Migration:
    """Return what moving a repository to ``profile`` changes; nothing is written.

    Raises
    ------
    CuratorError
        There is no such profile, or ``curator.yaml`` cannot be read.
    """
    from curator.checks.run.engine import check
    from curator.formats.edit.splice import set_value

    require_known("profile", profile, PROFILES)
    tree = repository.worktree()
    config = load_config(tree)
    if config.profile == profile:
        return Migration(profile, profile, "", (), ())
    head = repository.commit().sha
    before = check(tree, config)
    moved = Overlay(tree)
    for file in plan_fixes(tree, config, select=_FIRST).files:
        moved.put(file.path, file.after)
    odd: list[str] = []
    for path, doc, calib in _documents(moved, config):
        try:
            moved.put(path, _reworded(path, doc, calib, config, PROFILES[profile]))
        except FormatError:
            odd.append(path)
    moved.put(NAME, set_value(NAME, tree.read(NAME), ("profile",), profile))
    wanted = load_config(moved)
    for file in plan_fixes(moved, wanted, select=_THEN).files:
        moved.put(file.path, file.after)
    changed = ((path, tree.read(path), raw) for path, raw in sorted(moved.texts.items()))
    files = tuple(FileFix(path, old, new, ()) for path, old, new in changed if old != new)
    notes = tuple(_notes(before, check(moved, wanted), config, wanted, moved, odd))
    return Migration(config.profile, profile, head, files, notes)


def _documents(snapshot: Overlay, config: Config) -> Iterator[tuple[str, Document, CalibPath]]:
    """Give every readable calibration that stands where one can."""
    from curator.formats.read import read_document

    for entry in snapshot.entries():
        if not entry.is_file or not is_candidate(entry.path, config.directories):
            continue
        try:
            calib = CalibPath.parse(entry.path, camera_of(entry.path, config.directories))
            yield entry.path, read_document(entry.path, snapshot.read(entry.path)), calib
        except CuratorError:
            continue  # `curator check` says why, in either profile


def _reworded(path: str, doc: Document, calib: CalibPath, config: Config, new: Profile) -> bytes:
    """Return a file whose dates mean what they mean in the new profile."""
    from curator.calibrations.types.types import find_type

    ctx = Context(path, config, PROFILES[config.profile])
    ctx.path = calib
    found = find_type(calib.dataset_type)
    assert found is not None  # else it would not have parsed
    ctx.type = found
    if doc.format == "yaml" and not (isinstance(doc.tree, dict) and "metadata" in doc.tree):
        raise FormatError("there is no header", path=path)
    steps = {"creation": _to_creation, "start": _to_start}
    raw = doc.raw
    for step in steps[new.calibdate](doc, ctx):
        raw = step(raw)
    return raw


Step = Callable[[bytes], bytes]


def _to_creation(doc: Document, ctx: Context) -> Iterator[Step]:
    """Let CALIBDATE be the moment of creation, and VALIDSTART the start of validity."""
    from curator.calibrations.time.dates import format_date
    from curator.checks.fixing.build_fixes import creation
    from curator.checks.rules.shared.header_dates import moment
    from curator.formats.edit.edit_header import remove_header, rename_header, set_header

    path, header = ctx.name, doc.header
    made = creation(doc, ctx)
    is_start = moment(header.get("CALIBDATE")) == ctx.path.start
    bare = "VALIDSTART" not in header
    if is_start and made is None:
        # The file does not say when it was made, and nobody but a person can.
        if bare:
            yield lambda raw: rename_header(raw, path, "CALIBDATE", "VALIDSTART")
        else:
            yield lambda raw: remove_header(raw, path, "CALIBDATE")
        return
    new: dict[str, object] = {"CALIBDATE": made} if is_start else {}
    if bare:
        new["VALIDSTART"] = format_date(ctx.path.start)
    if new:
        after = "CALIBDATE" if "CALIBDATE" in header and bare else None
        yield lambda raw: set_header(raw, path, new, after=after)


def _to_start(doc: Document, ctx: Context) -> Iterator[Step]:
    """Let CALIBDATE be the start of validity; what it said of the creation is kept."""
    from curator.calibrations.time.dates import format_date
    from curator.checks.fixing.build_fixes import creation
    from curator.checks.rules.shared.header_dates import moment
    from curator.formats.edit.edit_header import set_header

    path, header = ctx.name, doc.header
    made = creation(doc, ctx)
    new: dict[str, object] = {}
    if made is not None:
        day, _, time = made.partition("T")
        parts = {"CALIB_CREATION_DATE": day, "CALIB_CREATION_TIME": time}
        new = {key: one for key, one in parts.items() if key not in header}
    if "CALIBDATE" in header and moment(header["CALIBDATE"]) != ctx.path.start:
        new["CALIBDATE"] = format_date(ctx.path.start)
    if new:
        yield lambda raw: set_header(raw, path, new)


def _notes(
    before: Report, after: Report, old: Config, new: Config, moved: Overlay, odd: list[str]
) -> Iterator[Note]:
    """Give what a person has to know."""
    was = {(one.code, one.path) for one in before.findings}
    more: dict[str, list[str]] = {}
    for one in after.findings:
        if one.severity == "error" and (one.code, one.path) not in was:
            more.setdefault(one.topic or one.message, []).append(one.path)
    if new.profile != "obs_base" or old.profile == new.profile:
        certain: list[str] = []
    else:
        profile = PROFILES[old.profile]
        certain = [path for path, doc, _ in _documents(moved, new) if not is_certified(doc.header, profile)]
    if certain:
        yield Note(
            f"{len(certain)} files were not certified, because they have no VALIDSTART. Profile "
            f"{new.profile} treats every file whose name is a date as certified:",
            tuple(certain),
        )
    alike: dict[tuple[str, ...], list[str]] = {}
    for topic, paths in more.items():
        alike.setdefault(tuple(dict.fromkeys(paths)), []).append(topic)
    for known, topics in sorted(alike.items(), key=lambda one: -len(one[0])):
        what = f"{len(known)} files" if len(known) != 1 else "1 file"
        yield Note(f"{'; '.join(topics)} in {what}: a person must add this.", known)
    if odd:
        yield Note(f"{len(odd)} files have a header that cannot be edited, and are unchanged:", tuple(odd))
