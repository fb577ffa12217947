"""The values of an argument, where they are known: types, rules, cameras, detectors, filters, files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Camera

__all__ = ["find_values", "paths"]

_Values: TypeAlias = "Iterable[tuple[str, str]]"

MOST_ENTRIES = 20_000
_TEXT = (".ecsv", ".yaml")
_FITS = (".fits",)
_COMMITS = ("R", "REV", "BASE", "HEAD", "BASE..HEAD")
# By the name of the argument; files by their suffixes, `None` for any, an empty tuple for folders.
_FILES: dict[str, tuple[str, ...] | None] = {
    "supersede": _TEXT,
    "source": _TEXT,
    "regions": (".reg",),
    "config": (".yaml",),
    "overrides": (".yaml",),
    "exposures": (".csv", ".ecsv"),
    "picture": (".svg", ".png"),
    "paths": _TEXT,
    "file": (*_TEXT, *_FITS),
    "files": _FITS,
    "out": (),
    "export": (),
}
_BY_METAVAR: dict[str, tuple[str, ...] | None] = {
    "DIR": (),
    "FILE": None,
    "PATH": None,
    "PATHS": None,
    "TABLE": None,
    "PLAN": None,
    "FITS": _FITS,
}


def find_values(
    verb: str, name: str, metavar: str, word: str, given: dict[str, list[str]]
) -> tuple[list[tuple[str, str]], bool]:
    """Return what an argument may be, and whether more may follow it.

    Parameters
    ----------
    verb, name, metavar : str
        Which argument.
    word : str
        What stands there already.
    given : dict of str to list of str
        Values of the arguments before it; ``directories`` those of ``-C``.
    """
    if verb == "init" and name == "camera":
        return [], False  # a name of somebody's own
    if verb == "schema" and name == "name":
        return list(_forms()), False
    if name in ("select", "ignore"):
        start = word[: word.rfind(",") + 1]
        return [(start + code, about) for code, about in _rules()], True
    directories = given.get("directories", [])
    if verb == "uses" and name == "names":
        return list(paths(word, _FITS if "headers" in given else _TEXT, directories)), False
    if name in _OF_CURATOR:
        return list(_OF_CURATOR[name]()), False
    if name in _OF_REPOSITORY:
        return list(_OF_REPOSITORY[name](directories, given.get("camera", [""])[-1])), False
    if metavar in _COMMITS:
        start = word[: word.rfind(".") + 1] if ".." in word else ""
        return [(start + ref, kind) for ref, kind in _refs(directories)], metavar == "BASE..HEAD"
    if metavar == "FORMAT=FILE":
        return list(_reports(word, directories)), "=" not in word
    if metavar == "KIND:PATH":
        return list(_targets(word, directories)), False
    if name not in _FILES and metavar not in _BY_METAVAR:
        return [], False
    suffixes = _FILES[name] if name in _FILES else _BY_METAVAR[metavar]
    return list(paths(word, suffixes, directories)), False


def _reports(word: str, directories: list[str]) -> Iterator[tuple[str, str]]:
    """Give the formats of a report, and behind one the files that it may go to."""
    from curator.checks.renderers import FORMATS

    form, equals, file = word.partition("=")
    if equals:
        yield from ((f"{form}={path}", about) for path, about in paths(file, None, directories))
    else:
        yield from ((f"{one}=", "") for one in FORMATS)


def _targets(word: str, directories: list[str]) -> Iterator[tuple[str, str]]:
    """Give the kinds of registries, and behind one the folders in which one may be."""
    from curator.registries.registry import kinds

    kind, colon, place = word.partition(":")
    if not colon:
        yield from ((f"{one}:", "") for one in kinds())
    elif kind in kinds():
        yield from ((f"{kind}:{path}", about) for path, about in paths(place, (), directories))


def paths(word: str, suffixes: tuple[str, ...] | None, directories: list[str]) -> Iterator[tuple[str, str]]:
    """Give folders, with a slash behind them, and files with one of ``suffixes`` that begin as ``word`` does.

    Parameters
    ----------
    suffixes : tuple of str or None
        `None` for every file.
    directories : list of str
        Those of ``-C``, where relative paths start.
    """
    folder, slash, start = word.rpartition("/")
    where = os.path.join(*directories, os.path.expanduser(folder + slash)) or os.curdir
    try:
        with os.scandir(where) as found:
            entries = [entry for entry, _ in zip(found, range(MOST_ENTRIES), strict=False)]
    except (OSError, ValueError):  # there is no such folder yet
        return
    for entry in sorted(entries, key=lambda one: one.name):
        if not entry.name.startswith(start) or (entry.name.startswith(".") and not start):
            continue
        if entry.is_dir():
            yield f"{folder}{slash}{entry.name}/", ""
        elif suffixes is None or (suffixes and entry.name.endswith(suffixes)):
            yield f"{folder}{slash}{entry.name}", ""


def _types() -> _Values:
    from curator.calibrations.types.types import all_types

    return ((one.name, one.summary) for one in all_types())


def _rules() -> _Values:
    from curator.checks.model.rule import all_rules

    return ((one.code, one.name) for one in all_rules())


def _forms() -> _Values:
    from curator.calibrations.editor_schemas import form_globs, form_names

    return ((name, form_globs(name)) for name in form_names())


def _profiles() -> _Values:
    from curator.calibrations.header.profiles import PROFILES

    return ((one.name, one.summary) for one in PROFILES.values())


def _refs(directories: list[str]) -> Iterator[tuple[str, str]]:
    """Give branches and tags, from git's files: no git is run."""
    from curator.repository.repository import Repository

    refs = os.path.join(Repository.find(os.path.join(os.curdir, *directories)).commondir, "refs")
    names = [("HEAD", "what is checked out")]
    for folder, kind in (("heads", "branch"), ("tags", "tag")):
        top = os.path.join(refs, folder)
        for where, _, files in os.walk(top):
            names += [(os.path.relpath(os.path.join(where, file), top), kind) for file in files]
            if len(names) > MOST_ENTRIES:
                break
    try:
        with open(os.path.join(os.path.dirname(refs), "packed-refs"), encoding="utf-8") as packed:
            for line, _ in zip(packed, range(MOST_ENTRIES), strict=False):
                ref = line.rstrip("\n").partition(" ")[2]
                kind = {"refs/heads/": "branch", "refs/tags/": "tag"}.get(ref[: ref.find("/", 5) + 1], "")
                if kind:
                    names.append((ref.split("/", 2)[2], kind))
    except (OSError, UnicodeDecodeError):
        pass  # none are packed
    yield from dict(sorted(names)).items()


def _cameras(directories: list[str], wanted: str) -> Iterator[Camera]:
    from datetime import datetime

    from curator.repository.layout.config import load_config
    from curator.repository.repository import Repository

    config = load_config(Repository.find(os.path.join(os.curdir, *directories)).worktree())
    for entry in config.cameras:
        if wanted in ("", entry.name, entry.directory):
            yield config.camera_files.at(entry.directory, datetime.max)


def _camera_names(directories: list[str], _: str) -> _Values:
    return ((one.name, f"instrument {one.instrument}") for one in _cameras(directories, ""))


def _detectors(directories: list[str], camera: str) -> _Values:
    known = [one for found in _cameras(directories, camera) for one in found.detectors]
    return {one.name: f"id {one.id}" for one in known}.items()


def _filters(directories: list[str], camera: str) -> _Values:
    known = [one for found in _cameras(directories, camera) for one in found.filters]
    return {one.name: f"band {one.band}" if one.band else "" for one in known}.items()


_OF_CURATOR: dict[str, Callable[[], _Values]] = {
    "type": _types,
    "code": _rules,
    "profile": _profiles,
}
_OF_REPOSITORY: dict[str, Callable[[list[str], str], _Values]] = {
    "camera": _camera_names,
    "detector": _detectors,
    "filter": _filters,
}
