"""Describe the cameras of an existing repository."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from curator.cli.terminal.console import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curator.calibrations.cameras.camera import Camera
    from curator.cli.start._adoption_report import Further
    from curator.editing.adopt.adopt import Adoption
    from curator.repository.repository import Repository

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Write curator.yaml and <camera>/camera/<start>.yaml for an existing repository
of calibrations (<camera>/<dataset type>/...), inferred from its own files by
majority. Every place that contradicts the majority is listed. Nothing is committed;
files that you changed and did not commit stay as they are.

--baseline, --hooks and --ci do the next steps too: all files are written, or none.
--dry-run shows what would be written.

The repository gets the name of its folder, or that of --name. A folder called
`repo` gives no name: then it is obs_<camera>_data. --like takes names of
instruments, detectors and filters, ids and bands from a Butler.

A repository is adopted once; after that, curator.yaml and the camera files are
edited by hand. --force writes them again, and your edits in them are lost.
"""

EXAMPLES = """\
curator -C obs_decam_data adopt --dry-run
curator -C obs_decam_data adopt --baseline --hooks --ci"""


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


def run(args: Namespace) -> int:
    from curator.calibrations.header.profiles import PROFILES
    from curator.cli.start._adoption_report import ignored_lines, render
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
            baseline=args.baseline,
            dry_run=args.dry_run,
        )
    except NothingToAdoptError as error:
        for line in ignored_lines(error.ignored):
            say(line)
        raise
    further = _automate(repo, adoption, args)
    git_add = _git_add(adoption.written, repo.root, args.started_in)
    for line in render(adoption, git_add, further, liked=args.like is not None):
        say(line)
    return 0


def _automate(repo: Repository, adoption: Adoption, args: Namespace) -> Further:
    """Run what --hooks asks for, now that the files are written, and say what --baseline recorded."""
    from curator.cli.check.baseline import describe
    from curator.cli.start._adoption_report import Further
    from curator.editing.new.automation_files import HOOKS_FILE, install_hooks
    from curator.editing.repair.baseline import DEFAULT

    done: list[str] = []
    if args.baseline and args.dry_run:
        done.append(f"Would record today's findings in {DEFAULT}.")
    elif adoption.recording is not None:
        done += describe(adoption.recording, "write")
    if HOOKS_FILE in adoption.written:
        done.append("Would run `pre-commit install`." if args.dry_run else install_hooks(repo.root))
    return Further(tuple(done), baseline=args.baseline, dry_run=args.dry_run)


def _registered(target: str) -> list[Camera]:
    from curator.registry.butler.cameras import butler_cameras

    return [one.camera for one in butler_cameras(target)]


def _git_add(written: Sequence[str], root: str, directory: str) -> str:
    """Return the command that adds what was written, given in ``directory``."""
    import os
    import shlex

    where = [] if os.path.realpath(directory) == root else ["-C", root]
    folders = [path.rpartition("/")[0] or path for path in written]
    return shlex.join(["git", *where, "add", *dict.fromkeys(folders)])
