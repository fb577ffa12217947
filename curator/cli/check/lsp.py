"""Serve an editor: findings, help and fixes while you type."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Serve an editor over the Language Server Protocol, on standard input and output. The editor starts this
command; see docs/editors for VS Code, vim and emacs.

The server reports the findings of `curator check` while you type, with the same curator.yaml. It explains and
completes keywords, columns, detectors and filters, and offers the fixes of `curator fix`.

Exit status: 0 the editor shut the server down, 1 the connection ended without a shutdown request."""
EXAMPLES = "curator lsp                            # an editor starts it"


def plain(words: list[str]) -> SimpleNamespace | None:
    """Return the arguments of a command line without any, with which editors start it."""
    return None if words else SimpleNamespace(directories=[], log=False)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--stdio",
        action="store_true",
        help="use standard input and output; this is the only way, so the option is not needed",
    )
    parser.add_argument("--log", action="store_true", help="write every message to standard error")


def run(args: Namespace) -> int:
    from curator.editor.door import serve

    return serve(log=args.log)
