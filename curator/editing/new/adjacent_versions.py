"""The files before and after one, for the same thing: what becomes of their ranges when another begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from curator.calibrations.header.profiles import PROFILES, is_certified, valid_range
from curator.calibrations.time.dates import format_date
from curator.errors import CalibrationError, CuratorError
from curator.formats.read import read_document
from curator.repository.layout.config import load_config
from curator.repository.layout.paths import CalibPath

if TYPE_CHECKING:
    from curator.calibrations.header.profiles import Profile
    from curator.formats.document import Document
    from curator.repository.repository import Repository
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["content_before", "notices", "siblings"]


def siblings(tree: WorkTree, old: CalibPath) -> list[CalibPath]:
    """Return the later and earlier files for the same thing, by start."""
    folder, _, _ = str(old).rpartition("/")
    parsed = (CalibPath.try_parse(f"{folder}/{name}") for name in tree.listdir(folder))
    found = [one for one in parsed if one is not None and one != old]
    return sorted(found, key=lambda one: (one.start, str(one)))


def content_before(repo: Repository, path: str) -> str | None:
    """Return the certified file that a new file of the same type and data ID ends, if that has content."""
    tree, new = repo.worktree(), CalibPath.parse(path)
    profile = PROFILES[load_config(tree).profile]
    earlier = [one for one in siblings(tree, new) if one.start < new.start]
    old = next((one for one in reversed(earlier) if _is_certified(tree, one, profile)), None)
    if old is None or old.dataset_type == "camera":  # a new camera file has the content of the former one
        return None
    try:
        document = read_document(str(old), tree.read(str(old)))
        _, end = valid_range(document.header, old.start, profile)
    except CuratorError:
        return None  # `curator check` says why
    has_content = document.format == "yaml" or len(document.row_lines) > 0
    return str(old) if has_content and (end is None or end >= new.start) else None


def notices(
    tree: WorkTree,
    old: CalibPath,
    document: Document,
    begins: datetime,
    siblings: list[CalibPath],
    profile: Profile,
) -> Iterator[tuple[str, str]]:
    """Give what to know, and what to do, when a file begins that follows ``old``: gaps, overlaps, others."""
    later = [one for one in siblings if one.start > old.start and _is_certified(tree, one, profile)]
    following = next((one for one in later if one.start > begins), None)
    between = [one for one in later if one.start < begins]
    if following is not None:
        yield (
            f"the new file is valid only until {format_date(following.start)}, when {following} starts",
            "to replace that file too, supersede it",
        )
    if between:
        yield (
            f"{old} already ended when {between[0]} started",
            f"the new file restores its content, and ends {between[-1]}",
        )
        return
    try:
        _, end = valid_range(document.header, old.start, profile)
    except CalibrationError as error:
        yield f"{old}: {error.message}", "fix it: the end of the old file is unknown"
        return
    if end is not None and end < begins:
        yield (
            f"nothing is valid from {format_date(end)} to {format_date(begins)}: VALIDEND ends {old} there",
            f"--start {format_date(end)}, unless the gap is meant",
        )
    elif end is not None and end > begins:
        yield (
            f"both files are valid from {format_date(begins)} on: VALIDEND of {old} is {format_date(end)}",
            "remove VALIDEND from the old file: it then ends when the new file starts",
        )


def _is_certified(tree: WorkTree, place: CalibPath, profile: Profile) -> bool:
    if profile.certified_by == "name":
        return True
    try:
        header = read_document(str(place), tree.read(str(place)), header_only=True).header
    except CuratorError:
        return False  # what cannot be read holds nothing; `curator check` says why
    return is_certified(header, profile)
