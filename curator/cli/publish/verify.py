"""Prove that FITS files came from their commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DESCRIPTION = """\
Derive the bytes of exported FITS files from git again and say, for each, whether they are the
same, and if not, what differs.

The exit status is 0 if all are the same, 1 if one differs or cannot be derived from this
repository, 2 if one is not a FITS file of curator."""
EXAMPLES = "curator verify ../export/decam/defects/*/*.fits"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FITS", nargs="+", help="exported files")
    parser.add_argument("--config", metavar="FILE", help="use this curator.yaml instead of the repository's")


def run(args: Namespace) -> int:
    from curator.cli.terminal.console import complain, escape, paint, say
    from curator.errors import CuratorError
    from curator.export.verify import Verifier
    from curator.repository.repository import Repository

    verifier = Verifier(Repository.find(args.repo), args.config)
    status = 0
    for name in args.files:
        try:
            verdict = verifier.verify(name)
        except CuratorError as error:
            complain(str(error).split("\n", 1)[0], error.hint)
            status = max(status, error.exit_status)
            continue
        if verdict.same:
            stamp = verdict.stamp
            say(f"{escape(name)}: {paint('same', 'green')} as {escape(stamp.path)} at {stamp.sha[:12]}")
            continue
        status = max(status, 1)
        say(f"{escape(name)}: {paint('different', 'red')}")
        for difference in verdict.differences:
            say(f"  {escape(difference)}")
    return status
