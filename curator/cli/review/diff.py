"""Say what a change means for the camera."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from curator.cli.review._words import parted
from curator.cli.terminal.console import paint, say
from curator.cli.terminal.json_output import say_json
from curator.errors import CuratorError, UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.repository.layout.config import Config
    from curator.review.compared import Comparison
    from curator.review.git.merge_forecast import MergeForecast

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Say what a change means for the camera: pixels that are masked, curves, coefficients, validity and notes. The
arguments are those of `git diff`. Without any, compare what is staged with the files as they are; with one
commit, compare that commit with them; with two, or A..B, compare the commits; with A...B, compare B with the
commit that both grew from. With two files, text or FITS, compare them; with two exports, all that they serve.
With --registry, compare two of its labels; an omitted one is the preferred label.

A new calibration is compared with the one that applied until it starts.

Exit status: 0 nothing differs (of two files: in content), 1 something differs, 2 wrong usage."""
# As git has it, options may stand between the words.
INTERMIXED = True
EXAMPLES = """\
curator diff
curator diff --staged
curator diff main...HEAD
curator diff v1 v2 -- lsstCam/defects
curator diff --registry butler:REPO 2025-04..2025-05
curator diff old.fits lsstCam/defects/r01_s11/20250601T000000.ecsv"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--staged", "--cached", action="store_true", help="compare with what is staged")
    parser.add_argument(
        "--format",
        choices=("text", "json", "markdown", "github"),
        default="text",
        help="markdown: a comment for a pull request, with what check finds in two commits; github: the same "
        "for $GITHUB_STEP_SUMMARY; default: text",
    )
    parser.add_argument("--registry", metavar="KIND:PATH", help="compare two of its labels, A..B")
    parser.add_argument(
        "words", metavar="COMMIT|PATH", nargs="*", help="commits, or A..B, then files and directories"
    )


def run(args: Namespace) -> int:
    from curator.cli.terminal.width import terminal_width

    compared = _compared(args)
    found = compared.report()
    if args.format == "json":
        say_json(**found.to_json())
    elif args.format in ("markdown", "github"):
        from curator.review.markdown import scoreboard, step_summary

        written = scoreboard if args.format == "markdown" else step_summary
        sys.stdout.write(written(found, compared.checked(), _forecast(args)))
    else:
        from curator.review.text import text_lines

        for line in text_lines(found, width=terminal_width(), paint=paint):
            say(line)
    return int(compared.differs(found))


def _forecast(args: Namespace) -> MergeForecast | None:
    """Return what a merge would be, where the words say A...B and nothing else."""
    from curator.repository.repository import Repository
    from curator.review.git.merge_forecast import forecast_merge

    if args.registry or args.behind_dashes or len(args.words) != 1 or "..." not in args.words[0]:
        return None
    target, _, head = args.words[0].partition("...")
    return forecast_merge(Repository.find(args.repo), target or "HEAD", head or "HEAD")


def _compared(args: Namespace) -> Comparison:
    """Return the two sides that the words name."""
    from curator.review.compared import ComparedExports, ComparedFiles, ComparedStates
    from curator.review.pairs import sides_of
    from curator.review.served import is_export

    are_two = args.behind_dashes is None and len(args.words) == 2
    are_exports = are_two and all(map(is_export, args.words))
    if args.staged and (args.registry or are_exports):
        raise UsageError("--staged compares with what is staged in a repository", hint="remove --staged")
    if args.registry:
        return _labels(args)
    if are_exports:
        before, after = args.words
        return ComparedExports(before, after, _config_beside(args.repo))
    if are_two and not args.staged and all(map(os.path.isfile, args.words)):
        before, after = args.words
        return ComparedFiles(before, after, _config_beside(after))
    from curator.cli.check.check import locate
    from curator.repository.repository import Repository

    repository = Repository.find(args.repo)
    revisions, paths = parted(args, repository)
    sides = sides_of(repository, revisions, staged=args.staged)
    sides.restrict([locate(path, repository, sides.after, args, sides.before) for path in paths])
    return ComparedStates(repository, sides)


def _labels(args: Namespace) -> Comparison:
    from curator.review.compared import ComparedLabels

    before, dots, after = " ".join(args.words).partition("..")
    if len(args.words) != 1 or not dots or before == after or after.startswith("."):
        raise UsageError("with --registry, name two labels", hint="write A..B, such as 2025-04..2025-05")
    return ComparedLabels(args.registry, before, after, _config_beside(args.repo))


def _config_beside(path: str) -> Config | None:
    """Return the configuration of the repository that a file is in, `None` where there is none."""
    from curator.repository.layout.config import load_config
    from curator.repository.repository import Repository

    try:
        return load_config(Repository.find(path).worktree())
    except CuratorError:
        return None
