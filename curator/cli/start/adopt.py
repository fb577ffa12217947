"""Describe the cameras of an existing repository."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from curator.cli.terminal.console import remark, say, say_wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curator.calibrations.cameras.camera import Camera
    from curator.cli.start._adoption_report import Further
    from curator.editing.adopt.adopt import Adoption
    from curator.editing.new.curator_revision import Revision
    from curator.repository.repository import Repository

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Write curator.yaml and <camera>/camera/<start>.yaml for an existing repository of
calibrations (<camera>/<dataset type>/...). The values come from the majority of its
files; every file that contradicts the majority is listed. Nothing is committed, and
files with uncommitted changes stay as they are.

--baseline, --hooks and --ci also do the next steps: all files are written, or none.
--dry-run shows what would be written.

The repository is named after the address of origin, else after its folder, or with
--name. A name such as `repo` is not used; the name is then obs_<camera>_data. --like
takes the names of instruments, detectors and filters, their ids and bands from a Butler.

Adopt a repository once; after that, edit curator.yaml and the camera files by hand.
--force writes these files again, and loses your edits in them. In an adopted
repository, --hooks and --ci add their files, and --confirm-sizes confirms the sizes of
detectors that adopt inferred."""
EXAMPLES = """\
curator -C obs_decam_data adopt --dry-run
curator -C obs_decam_data adopt --baseline --hooks --ci
curator -C obs_decam_data adopt --confirm-sizes decam"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--profile", help="header keywords that files must have; default: the profile that most files fit"
    )
    parser.add_argument(
        "--name", help="name of the repository; default: from the address of origin, else from the folder"
    )
    parser.add_argument(
        "--like", metavar="BUTLER", help="take names, ids and bands from a registry: butler:PATH"
    )
    parser.add_argument("--force", action="store_true", help="overwrite curator.yaml and the camera files")
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
        help="git address from which hooks and CI install curator; default: hooks use the installed "
        "curator, CI uses its variable CURATOR_ADDRESS",
    )
    parser.add_argument("--strict", action="store_true", help="let warnings fail hooks and CI, too")
    parser.add_argument(
        "--confirm-sizes",
        nargs="?",
        const="",
        metavar="CAMERA",
        help="confirm the inferred sizes of detectors, of one camera or of all: remove `size_from`",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would be written, and write nothing"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="name every file that is ignored")


def run(args: Namespace) -> int:
    from curator.calibrations.header.profiles import PROFILES
    from curator.cli.start._adopted import complete_automation, print_confirmed
    from curator.cli.start._adoption_report import fitted, ignored_lines, render
    from curator.editing.adopt.adopt import NothingToAdoptError, adopt
    from curator.editing.adopt.render_config import release_branch
    from curator.editing.new.automation_files import automation_files
    from curator.name_lookup import require_known
    from curator.repository.repository import Repository

    if args.profile is not None:
        require_known("profile", args.profile, PROFILES)
    repo = Repository.find(args.repo)
    if args.confirm_sizes is not None:
        return print_confirmed(repo, args.confirm_sizes, dry_run=args.dry_run)
    _require_automation(args)
    revision = _revision(args)
    if complete_automation(repo, args, revision):
        return 0
    beside = automation_files(
        hooks=args.hooks,
        ci=args.ci,
        address=args.curator_address,
        branch=release_branch(repo).value,
        revision=revision.name,
        strict=args.strict,
    )
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
        if not error.ignored:
            from curator.cli.check._nothing_checked import no_calibrations

            raise no_calibrations(repo, repo.worktree()) from None
        for line in ignored_lines(error.ignored):
            say_wrong(line)
        raise
    further = _automate(repo, adoption, args, revision)
    git_add = _git_add(adoption.written, repo, args.started_in)
    for line in render(adoption, git_add, further, liked=args.like is not None, verbose=args.verbose):
        say(fitted(line))
    return 0


def _require_automation(args: Namespace) -> None:
    """Raise if an option is given that means nothing without --hooks or --ci."""
    from curator.errors import UsageError

    for option, given in (("--strict", args.strict), ("--curator-address", args.curator_address)):
        if given and not (args.hooks or args.ci):
            raise UsageError(f"{option} needs --hooks or --ci", keyword=option)


def _revision(args: Namespace) -> Revision:
    """Return the revision of curator to install; on standard error, say what will not work."""
    from curator.editing.new.curator_revision import Revision, curator_revision

    if not (args.hooks or args.ci):
        return Revision("", "")
    if args.ci and args.curator_address.startswith("file:"):
        remark(
            f"--ci: no forge can reach {args.curator_address}, so its check will fail",
            hint="give --curator-address an address that the forge can reach",
        )
    return curator_revision(args.curator_address, "--curator-address")


def _automate(repo: Repository, adoption: Adoption, args: Namespace, revision: Revision) -> Further:
    """Run what --hooks asks for, now that the files are written, and say what --baseline recorded."""
    from curator.cli.check.baseline import describe
    from curator.cli.start._adopted import about_automation
    from curator.cli.start._adoption_report import Further
    from curator.editing.repair.baseline import ATTRIBUTES, DEFAULT, merge_attribute

    done: list[str] = []
    if args.baseline and args.dry_run:
        done.append(f"Would record today's findings in {DEFAULT}.")
        if merge_attribute(repo.worktree(), repo.git, DEFAULT):
            done.append(f"Would add a line to {ATTRIBUTES}, so that git merges {DEFAULT} without conflicts.")
    elif adoption.recording is not None:
        done += describe(adoption.recording, "write")
    done += about_automation(repo, adoption.written, args, revision)
    return Further(tuple(done), baseline=args.baseline, dry_run=args.dry_run)


def _registered(target: str) -> list[Camera]:
    from curator.registries.butler.cameras import butler_cameras

    return [one.camera for one in butler_cameras(target)]


def _git_add(written: Sequence[str], repo: Repository, directory: str) -> str:
    """Return the command that adds what was written, given in ``directory``.

    A long command is made short, if the short one adds nothing else.
    """
    import os
    import shlex

    from curator.cli.start._adoption_report import WIDTH
    from curator.repository.not_committed import not_staged

    where = [] if os.path.realpath(directory) == repo.root else ["-C", repo.root]
    folders = list(dict.fromkeys(path.rpartition("/")[0] or path for path in written))
    command = shlex.join(["git", *where, "add", *folders])
    found = not_staged(repo) if len(command) > WIDTH else None
    if found is None:
        return command
    others = found.difference(written)
    if not others:
        return shlex.join(["git", *where, "add", "-A"])
    if not any("/camera/" in path for path in others):
        folders = list(dict.fromkeys("*/camera/*" if "/camera/" in f"/{one}/" else one for one in folders))
    return shlex.join(["git", *where, "add", *folders])
