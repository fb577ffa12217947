"""Run the main job on a repository of its own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curator.cli.terminal.console import escape, paint, say

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Run the main job in a folder of its own: a repository from the template, edits by two
people, a wrong edit that the check finds, an export, a Butler, and the proof of one
file. The folder is removed afterwards, unless you keep it with --keep."""
WIDTH = 80
EXAMPLES = "curator demo --keep /tmp/demo"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--keep", metavar="DIR", help="run in this new or empty folder and keep it")


def run(args: Namespace) -> int:
    import os
    import time
    from contextlib import ExitStack
    from tempfile import TemporaryDirectory

    from curator.demo import Stage, run_demo
    from curator.errors import UsageError

    began = time.monotonic()
    steps = iter(range(1, 100))

    def title(text: str) -> None:
        say("")
        say(paint(f"{next(steps)}. {text}", "bold", "cyan"))

    with ExitStack() as stack:
        if args.keep:
            folder = os.path.realpath(args.keep)
            os.makedirs(folder, exist_ok=True)
            if os.listdir(folder):
                raise UsageError("the folder is not empty", path=args.keep, hint="name a new folder")
        else:
            folder = os.path.realpath(stack.enter_context(TemporaryDirectory(prefix="curator-demo-")))
        run_demo(Stage(folder, lambda line: say(escape(line, keep="\n")), title))
        say("")
        kept = f" Kept in {escape(folder)}." if args.keep else ""
        say(paint(f"All steps worked, in {time.monotonic() - began:.1f} s.", "bold", "green") + kept)
    return 0
