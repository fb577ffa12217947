"""Describe the cameras of an existing repository."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, paint, say, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curator.calibrations.cameras.camera import Camera
    from curator.editing.adopt.adopt import Adoption

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Write curator.yaml and <camera>/camera/<start>.yaml for an existing repository
of calibrations (<camera>/<dataset type>/...), inferred from its own files by
majority. Every place that says something else is listed. Nothing is committed.

The repository is called as its folder, or as --name says. --like takes names of
instruments, detectors and filters, ids and bands from a Butler.

A repository is adopted once; after that, curator.yaml and the camera files are
edited by hand. --force begins anew, and loses what was edited in them.
"""
WIDTH = 80
_SHOWN = 3
_HOOK = (
    "default_install_hook_types: [pre-commit, pre-push]",
    "repos:",
    "- repo: local",
    "  hooks:",
    "  - {id: curator-check, name: check calibrations, language: system,",
    r"     entry: curator check, files: '\.(ecsv|ya?ml)$', require_serial: true}",
    "  - {id: curator-check-change, name: check what changed, language: system,",
    "     entry: curator check --from-hook, pass_filenames: false,",
    "     always_run: true, verbose: true, stages: [pre-push]}",
)

EXAMPLES = "curator -C obs_decam_data adopt"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--profile", help="header keywords to ask for; default: the profile most files fit")
    parser.add_argument("--name", help="what to call the repository; default: the name of its folder")
    parser.add_argument(
        "--like", metavar="BUTLER", help="take names, ids and bands from this registry: butler:PATH"
    )
    parser.add_argument("--force", action="store_true", help="write over curator.yaml and camera files")


def run(args: Namespace) -> int:
    from curator.calibrations.header.profiles import PROFILES
    from curator.editing.adopt.adopt import NothingToAdoptError, adopt
    from curator.name_lookup import require_known
    from curator.repository.repository import Repository

    if args.profile is not None:
        require_known("profile", args.profile, PROFILES)
    repo = Repository.find(args.repo)
    registered = _registered(args.like) if args.like is not None else None
    try:
        adoption = adopt(
            repo, name=args.name, profile=args.profile, registered=registered, replace=args.force
        )
    except NothingToAdoptError as error:
        many = _count(len(error.ignored), "file")
        for line in _section(f"No calibrations: {many}", _ignored(error.ignored)):
            say(line)
        raise
    for line in render(adoption, _git_add(adoption, repo.root, args.started_in), liked=args.like is not None):
        say(line)
    return 0


def _registered(target: str) -> list[Camera]:
    from curator.registry.butler.cameras import butler_cameras

    return [one.camera for one in butler_cameras(target)]


def render(adoption: Adoption, git_add: str, *, liked: bool = False) -> Iterator[str]:
    """Give the lines of the summary, at most `WIDTH` wide but for names that are longer."""
    yield paint(f"Adopted {adoption.repository}: {_count(adoption.files, 'calibration')}", "bold")
    yield ""
    yield table(
        [
            (
                one.camera.name,
                one.camera.instrument,
                one.files,
                one.types,
                f"{len(one.camera.detectors)} ({_sized(one.camera.detectors)} sized)",
                len(one.camera.filters),
                one.camera.start.date() if one.camera.start else "",
            )
            for one in adoption.cameras
        ],
        ("camera", "instrument", "files", "types", "detectors", "filters", "start"),
    )
    yield ""
    for name, fitting in adoption.fitting.items():
        chosen = "  (taken)" if name == adoption.profile else ""
        yield f"profile {name:<9} {fitting} of {_count(adoption.files, 'file')} fit{chosen}"
    yield f"curator check looks at {_looked_at(adoption)}"
    yield from _section(
        f"Errors in the others, by profile {adoption.profile}",
        (_line(one.files, one.reason, one.first) for one in adoption.misfits),
    )
    yield from _section(
        "Notes", (f"{one.camera.name}: {note}" for one in adoption.cameras for note in one.notes)
    )
    yield from _section(
        f"Disagreements: {len(adoption.disagreements)}",
        (f"{one.path}:{one.line}: {one.message}; {one.others}" for one in adoption.disagreements),
    )
    yield from _section(
        "Left out: calibrations that do not stand beside the others",
        (f"{_count(count, 'file')} below {folder}/{camera}/" for folder, camera, count in adoption.elsewhere),
    )
    yield from _section(f"Ignored: {len(adoption.ignored)}", _ignored(adoption.ignored))
    yield from _section("Written", adoption.written)
    yield ""
    yield paint("Next", "bold")
    yield from _next(git_add, liked)


def _looked_at(adoption: Adoption) -> str:
    cameras = len(adoption.cameras)
    parts = [_count(adoption.files, "calibration"), _count(cameras, "camera file")]
    if others := adoption.checked - adoption.files - cameras:
        parts.append(_count(others, "other"))
    return f"{_count(adoption.checked, 'file')}: {', '.join(parts)}"


def _git_add(adoption: Adoption, root: str, directory: str) -> str:
    """Return the command that adds what was written, given in ``directory``."""
    import os
    import shlex

    where = [] if os.path.realpath(directory) == root else ["-C", root]
    folders = [path.rpartition("/")[0] or path for path in adoption.written]
    return shlex.join(["git", *where, "add", *dict.fromkeys(folders)])


def _next(git_add: str, liked: bool) -> Iterator[str]:
    """Give the steps from here, those that need a person's eyes first."""
    if liked:
        yield "  Read what was written, and confirm the sizes. Then:"
    else:
        yield "  Read what was written. If your Butler has other names, edit the camera file,"
        yield "  or take them from it: --force --like butler:PATH. Confirm the sizes. Then:"
    steps = (
        ("curator check", "what is wrong today"),
        ("curator baseline write", "only what is new fails from now on"),
        (git_add, "and git commit"),
    )
    for step, what in steps:
        yield f"    {step:<31}  # {what}"
    yield "  To check at every commit, write this into .pre-commit-config.yaml, and run"
    yield "  pre-commit install:"
    yield from (f"    {line}" for line in _HOOK)


def _ignored(paths: Mapping[str, str]) -> Iterator[str]:
    """Give a line for each reason."""
    reasons: dict[str, list[str]] = {}
    for path, why in paths.items():
        reasons.setdefault(why, []).append(path)
    for why, of_it in sorted(reasons.items(), key=lambda item: -len(item[1])):
        yield _line(len(of_it), why, of_it[:_SHOWN])


def _line(files: int, reason: str, first: Sequence[str]) -> str:
    more = files - len(first)
    return f"{_count(files, 'file')}: {reason}: {', '.join(first)}" + (f" and {more} more" if more else "")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    from textwrap import wrap

    listed = list(lines)
    if not listed:
        return
    yield ""
    yield paint(title, "bold")
    for line in listed:
        yield from wrap(
            escape(line),
            WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _sized(detectors: Iterable[object]) -> str:
    known = [bool(getattr(one, "width", 0)) for one in detectors]
    return "all" if all(known) else str(sum(known)) if any(known) else "none"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
