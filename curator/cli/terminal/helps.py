"""How the help of a verb is laid out: filled paragraphs, options with their defaults, examples to copy."""

from __future__ import annotations

import argparse

from curator.cli.terminal.layout import filled, terminal_width
from curator.cli.verbs import load_verb, summary_of

__all__ = ["build_parser"]

_WIDEST = 110


def build_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of one verb; no other verb's module is imported."""
    module = load_verb(name)
    assert module is not None
    text = getattr(module, "DESCRIPTION", f"{summary_of(name)}.")
    parser = _new_parser(name, text, module.EXAMPLES)
    parser.add_argument(
        "-C",
        dest="directories",
        metavar="REPO",
        action="append",
        default=[],
        help="work as if started in REPO",
    )
    module.add_arguments(parser)
    return parser


def _new_parser(name: str, description: str, examples: str) -> argparse.ArgumentParser:
    """Return a parser for a verb, with no arguments yet."""
    return argparse.ArgumentParser(
        prog=f"curator {name}",
        description=filled(description, _width()),
        epilog="\n".join(["examples:", *(f"  {line}" for line in examples.split("\n"))]),
        formatter_class=_Formatter,
        allow_abbrev=False,
    )


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        # Without a width argparse imports shutil, with all its compression modules, to ask the terminal.
        super().__init__(prog, width=_width())

    def _get_help_string(self, action: argparse.Action) -> str | None:
        """Return the help of an option with its default, unless it says that itself or has none."""
        text = action.help or ""
        if action.option_strings and "default" not in text and type(action.default) in (str, int, float):
            return (
                text if action.default in ("", argparse.SUPPRESS) else f"{text} (default: {action.default})"
            )
        return action.help


def _width() -> int:
    """Return how wide a help is: as argparse has it, and no wider than can be read."""
    return min(terminal_width(), _WIDEST) - 2
