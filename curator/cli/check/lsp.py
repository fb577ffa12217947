"""Serve an editor: findings, help and fixes while you type."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Serve an editor over the Language Server Protocol, on standard input and output. An editor starts this; see
docs/editors for VS Code, vim and emacs.

It finds what `curator check` finds, with the same curator.yaml, while a file is being written, explains and
completes keywords, columns, detectors and filters, and offers the fixes of `curator fix`.

Exit status: 0 the editor ended it as it should, 1 it went away without a word."""
EXAMPLES = "curator lsp                            # an editor starts it"


def plain(words: list[str]) -> SimpleNamespace | None:
    """Return the arguments of a command line without any, with which editors start it."""
    return None if words else SimpleNamespace(directories=[], log=False)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--stdio",
        action="store_true",
        help="standard input and output; there is no other way, so it may be left out",
    )
    parser.add_argument("--log", action="store_true", help="write every message to standard error")


def run(args: Namespace) -> int:
    from curator.editor.door import serve

    return serve(log=args.log)
