"""Prove that FITS files came from their commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.json_output import add_format, say_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.errors import CuratorError
    from curator.export.verify import Verdict

DESCRIPTION = """\
Derive exported FITS files from git again, compare the bytes, and print whether each file
is the same or what differs.

Exit status: 0 all files are the same; 1 a file differs, or cannot be derived from this
repository; 2 a file is not a FITS file of curator."""
EXAMPLES = "curator verify ../export/decam/defects/*/*.fits"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FITS", nargs="+", help="exported files")
    parser.add_argument("--config", metavar="FILE", help="use this curator.yaml instead of the repository's")
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.cli.terminal.console import complain, escape, paint, say
    from curator.errors import CuratorError
    from curator.export.verify import Verdict, verify
    from curator.repository.repository import Repository

    status = 0
    answers: list[dict[str, object]] = []
    for name, verdict in verify(Repository.find(args.repo), args.files, args.config):
        if args.format == "json":
            answers.append(_facts(str(name), verdict))
            failed = int(not verdict.same) if isinstance(verdict, Verdict) else verdict.exit_status
            status = max(status, failed)
            continue
        if isinstance(verdict, CuratorError):
            complain(str(verdict).split("\n", 1)[0], verdict.hint)
            status = max(status, verdict.exit_status)
            continue
        if verdict.same:
            stamp = verdict.stamp
            say(f"{escape(name)}: {paint('same', 'green')} as {escape(stamp.path)} at {stamp.commit[:12]}")
            continue
        status = max(status, 1)
        say(f"{escape(name)}: {paint('different', 'red')}")
        for difference in verdict.differences:
            say(f"  {escape(difference)}")
    if args.format == "json":
        say_json(files=answers)
    return status


def _facts(name: str, verdict: Verdict | CuratorError) -> dict[str, object]:
    from curator.errors import CuratorError

    if isinstance(verdict, CuratorError):
        return {"file": name, "verdict": "error", "message": verdict.message, "hint": verdict.hint}
    return {
        "file": name,
        "verdict": "same" if verdict.same else "different",
        "path": verdict.stamp.path,
        "commit": verdict.stamp.commit,
        "differences": list(verdict.differences),
    }
