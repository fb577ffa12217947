"""List the edits of calibrations: who, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.review._words import parted
from curator.cli.terminal.console import paint, say, tell_aside
from curator.cli.terminal.json_output import add_format, say_json
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import datetime

    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit
    from curator.review.history.log import LogRequest

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
List the edits of calibrations, newest first: when, by whom, in which commit, the notes that the edit added
to the header, and what it means for the camera. A calibration is followed where a commit gave it another
name, another start or another folder. A folder stands for all calibrations below it; without a path, all
calibrations of the repository are listed. What is not committed yet comes first.

COMMIT lists the history as that commit has it, and A..B the commits that B has and A has not."""
# As git has it, options may stand between the words.
INTERMIXED = True
EXAMPLES = """\
curator log lsstCam/defects/r01_s11/20250601T000000.ecsv
curator log -n 5 lsstCam/defects
curator log --since 2025-01-01 v2 -- lsstCam
curator log -p v1..v2"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-p", "--patch", action="store_true", help="print all that `curator diff` says of each"
    )
    parser.add_argument("-n", "--max-count", metavar="N", type=int, help="list no more than N edits")
    parser.add_argument("--since", metavar="DATE", help="list edits made on or after this date (UTC)")
    parser.add_argument(
        "--until", metavar="DATE", help="list edits made on or before this day, or before this time"
    )
    parser.add_argument(
        "--author", metavar="NAME", help="list edits by authors whose `name <address>` contains this text"
    )
    add_format(parser)
    parser.add_argument(
        "words", metavar="COMMIT|PATH", nargs="*", help="a commit, or A..B, then files and directories"
    )


def run(args: Namespace) -> int:
    from curator.cli.terminal.width import terminal_width
    from curator.repository.repository import Repository
    from curator.review.history.log import log_entries
    from curator.review.history.log_lines import log_lines

    if args.max_count is not None and args.max_count < 0:
        raise UsageError(f"-n {args.max_count}: the number of edits cannot be negative")
    repository = Repository.find(args.repo)
    request = _request(args, repository)
    found = log_entries(repository, request)
    if args.format == "json":
        say_json(edits=[one.to_json(whole=args.patch) for one in found])
        return 0
    asked = next((one for one in request.paths if "." in one.rpartition("/")[2]), "")
    asked = asked if len(request.paths) == 1 else ""
    width, is_empty = terminal_width(), True
    for entry in found:
        is_empty = False
        for line in log_lines(entry, patch=args.patch, asked=asked, width=width, paint=paint):
            say(line)
    if is_empty:
        tell_aside("no edits of calibrations")
    return 0


def _request(args: Namespace, repository: Repository) -> LogRequest:
    from curator.review.history.log import LogRequest

    revisions, paths = parted(args, repository)
    if len(revisions) > 1:
        raise UsageError(f"{', '.join(revisions)} are {len(revisions)} commits", hint="name one, or A..B")
    revision = revisions[0] if revisions else "HEAD"
    if "..." in revision:
        raise UsageError(f"{revision}: three dots name two histories", hint="write A..B")
    base, dots, head = revision.partition("..")
    commit = repository.commit((head or "HEAD") if dots else revision)
    return LogRequest(
        commit.sha,
        tuple(dict.fromkeys(_located(path, args, repository, commit, bool(revisions)) for path in paths)),
        repository.commit(base or "HEAD").sha if dots else "",
        not revisions and not repository.bare,
        _moment(args.since, 0),
        _moment(args.until, 1),
        args.max_count,
        args.author or "",
    )


def _located(path: str, args: Namespace, repository: Repository, commit: Commit, is_asked: bool) -> str:
    """Return a path relative to the repository; some commit has it, or had it, or the working tree does."""
    from curator.cli.check.check import inside_repository, locate
    from curator.review.history.edits import ever_had

    try:
        if is_asked or repository.bare:
            return locate(path, repository, commit, args)
        return locate(path, repository, repository.worktree(), args, commit)
    except UsageError:
        import os

        for start in dict.fromkeys((os.getcwd(), args.started_in)):
            inside = inside_repository(os.path.join(start, path), repository.root)
            if inside and ever_had(repository, commit.sha, inside):
                return inside
        raise


def _moment(text: str | None, days: int) -> datetime | None:
    """Return the beginning of a date; of a day, that many days later."""
    from datetime import timedelta

    from curator.calibrations.time.time_scales import is_day, parse_moment

    if text is None:
        return None
    return parse_moment(text) + timedelta(days=days if is_day(text) else 0)
