"""Describe the cameras of an existing repository."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, paint, say, say_wrong, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curator.calibrations.cameras.camera import Camera
    from curator.editing.adopt.adopt import Adoption
    from curator.repository.repository import Repository

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Write curator.yaml and <camera>/camera/<start>.yaml for an existing repository
of calibrations (<camera>/<dataset type>/...), inferred from its own files by
majority. Every place that contradicts the majority is listed. Nothing is committed;
files that you changed and did not commit stay as they are.

--baseline, --hooks and --ci do the next steps too. --dry-run shows what would be
written.

The repository gets the name of its folder, or that of --name. A folder called
`repo` gives no name: then it is obs_<camera>_data. --like takes names of
instruments, detectors and filters, ids and bands from a Butler.

A repository is adopted once; after that, curator.yaml and the camera files are
edited by hand. --force writes them again, and your edits in them are lost.
"""
WIDTH = 80
_SHOWN = 3
# So far to the right are lines to copy.
_COPIED = 4
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

EXAMPLES = """\
curator -C obs_decam_data adopt --dry-run
curator -C obs_decam_data adopt --baseline --hooks --ci"""


@dataclass(frozen=True, slots=True)
class Further:
    """What was done beside the description: sentences, files written, and whether there is a baseline."""

    done: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    baseline: bool = False
    dry_run: bool = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--profile", help="header keywords that files must have; default: the profile that most files fit"
    )
    parser.add_argument("--name", help="name of the repository; default: the name of its folder")
    parser.add_argument(
        "--like", metavar="BUTLER", help="take names, ids and bands from this registry: butler:PATH"
    )
    parser.add_argument("--force", action="store_true", help="write over curator.yaml and camera files")
    parser.add_argument(
        "--baseline", action="store_true", help="record today's findings, so that only new ones fail"
    )
    parser.add_argument(
        "--hooks", action="store_true", help="write .pre-commit-config.yaml and run `pre-commit install`"
    )
    parser.add_argument(
        "--ci",
        nargs="?",
        const="github",
        default="",
        choices=("github", "gitlab"),
        help="write a workflow that checks every push; default: github",
    )
    parser.add_argument(
        "--curator-address",
        metavar="URL",
        default="",
        help="git address that hooks and CI install curator from; default: hooks take the installed curator, "
        "CI takes its variable CURATOR_ADDRESS",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would be written, and write nothing"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="name every file that is ignored")


def run(args: Namespace) -> int:
    from curator.calibrations.header.profiles import PROFILES
    from curator.editing.adopt.adopt import NothingToAdoptError, adopt
    from curator.editing.adopt.render_config import current_branch
    from curator.editing.new.automation_files import automation_files
    from curator.name_lookup import require_known
    from curator.repository.repository import Repository

    if args.profile is not None:
        require_known("profile", args.profile, PROFILES)
    repo = Repository.find(args.repo)
    branch = current_branch(repo)
    beside = automation_files(hooks=args.hooks, ci=args.ci, address=args.curator_address, branch=branch)
    registered = _registered(args.like) if args.like is not None else None
    try:
        adoption = adopt(
            repo,
            name=args.name,
            profile=args.profile,
            registered=registered,
            replace=args.force,
            beside=beside,
            dry_run=args.dry_run,
        )
    except NothingToAdoptError as error:
        if not error.ignored:
            from curator.cli.check._nothing_checked import no_calibrations

            raise no_calibrations(repo, repo.worktree()) from None
        many = _count(len(error.ignored), "file")
        for line in _section(f"No calibrations: {many}", _ignored(error.ignored)):
            say_wrong(line)
        raise
    further = _automate(repo, adoption, args)
    git_add = _git_add((*adoption.written, *further.written), repo.root, args.started_in)
    for line in render(adoption, git_add, further, liked=args.like is not None, verbose=args.verbose):
        say(_fitted(line))
    return 0


def _fitted(line: str) -> str:
    """Return a line in as many as the terminal needs; commands and tables stay as they are."""
    from curator.cli.terminal.layout import terminal_width, wrap

    indent = " " * (len(line) - len(line.lstrip()))
    if len(line) <= terminal_width() or len(indent) >= _COPIED or "\n" in line:
        return line
    return "\n".join(wrap(line.lstrip(), first=indent, rest=f"{indent}  "))


def _automate(repo: Repository, adoption: Adoption, args: Namespace) -> Further:
    """Do what --baseline and --hooks ask for, now that the repository is described."""
    from curator.cli.check.baseline import describe
    from curator.editing.new.automation_files import HOOKS_FILE, install_hooks
    from curator.editing.repair.baseline import DEFAULT, write_baseline

    done, written = [], []
    if args.baseline and args.dry_run:
        done.append(f"Would record today's findings in {DEFAULT}.")
    elif args.baseline:
        recording = write_baseline(repo.worktree())
        done += describe(recording, "write")
        written += [recording.path] if recording.recorded else []
    if HOOKS_FILE in adoption.written:
        done.append("Would run `pre-commit install`." if args.dry_run else install_hooks(repo.root))
    return Further(tuple(done), tuple(written), baseline=args.baseline, dry_run=args.dry_run)


def _registered(target: str) -> list[Camera]:
    from curator.registry.butler.cameras import butler_cameras

    return [one.camera for one in butler_cameras(target)]


def render(
    adoption: Adoption, git_add: str, further: Further, *, liked: bool = False, verbose: bool = False
) -> Iterator[str]:
    """Give the lines of the summary, at most `WIDTH` wide but for names that are longer.

    Of the files that were ignored for one reason the first are named, and with ``verbose`` all.
    """
    did = "Would adopt" if further.dry_run else "Adopted"
    yield paint(f"{did} {adoption.repository}: {_count(adoption.files, 'calibration')}", "bold")
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
        "Left out: calibrations outside the folder that most of them are in",
        (f"{_count(count, 'file')} below {folder}/{camera}/" for folder, camera, count in adoption.elsewhere),
    )
    ignored = _ignored(adoption.ignored, len(adoption.ignored) if verbose else _SHOWN)
    yield from _section(f"Ignored: {len(adoption.ignored)}", ignored)
    yield from _section("Would write" if further.dry_run else "Written", adoption.written)
    yield from _section("Kept unchanged: these files exist already", adoption.kept)
    yield from _section("Also", further.done)
    yield ""
    yield paint("Next", "bold")
    if further.dry_run:
        yield "  Nothing was written. Run the command again without --dry-run."
    else:
        yield from _next(adoption, git_add, further, liked)


def _looked_at(adoption: Adoption) -> str:
    cameras = len(adoption.cameras)
    parts = [_count(adoption.files, "calibration"), _count(cameras, "camera file")]
    if others := adoption.checked - adoption.files - cameras:
        parts.append(_count(others, "other"))
    return f"{_count(adoption.checked, 'file')}: {', '.join(parts)}"


def _git_add(written: Sequence[str], root: str, directory: str) -> str:
    """Return the command that adds what was written, given in ``directory``."""
    import os
    import shlex

    where = [] if os.path.realpath(directory) == root else ["-C", root]
    folders = [path.rpartition("/")[0] or path for path in written]
    return shlex.join(["git", *where, "add", *dict.fromkeys(folders)])


def _next(adoption: Adoption, git_add: str, further: Further, liked: bool) -> Iterator[str]:
    """Give the next steps; those that need a decision come first."""
    from curator.editing.new.automation_files import HOOKS_FILE

    if liked:
        yield "  Read what was written, and confirm the sizes. Then:"
    else:
        yield "  Read what was written. If your Butler has other names, edit the camera file,"
        yield "  or take them from it: --force --like butler:PATH. Confirm the sizes. Then:"
    steps = [("curator check", "lists what is wrong today"), (git_add, "then git commit")]
    if not further.baseline:
        steps.insert(1, ("curator baseline write", "from now on only new findings fail"))
    for step, what in steps:
        yield f"    {step:<31}  # {what}"
    if HOOKS_FILE in adoption.written:
        return
    yield "  To check at every commit, add this to .pre-commit-config.yaml, and run"
    yield "  pre-commit install:"
    yield from (f"    {line}" for line in _HOOK)


def _ignored(paths: Mapping[str, str], shown: int = _SHOWN) -> Iterator[str]:
    """Give a line for each reason."""
    reasons: dict[str, list[str]] = {}
    for path, why in paths.items():
        reasons.setdefault(why, []).append(path)
    for why, of_it in sorted(reasons.items(), key=lambda item: -len(item[1])):
        yield _line(len(of_it), why, of_it[:shown])


def _line(files: int, reason: str, first: Sequence[str]) -> str:
    more = files - len(first)
    return f"{_count(files, 'file')}: {reason}: {', '.join(first)}" + (f" and {more} more" if more else "")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    from curator.cli.terminal.layout import terminal_width, wrap

    listed = list(lines)
    if not listed:
        return
    yield ""
    yield paint(title, "bold")
    for line in listed:
        yield from wrap(escape(line), first="  ", rest="    ", width=min(WIDTH, terminal_width()))


def _sized(detectors: Iterable[object]) -> str:
    known = [bool(getattr(one, "width", 0)) for one in detectors]
    return "all" if all(known) else str(sum(known)) if any(known) else "none"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
