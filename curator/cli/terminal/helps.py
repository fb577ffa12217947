"""How the help of a verb is laid out: filled paragraphs, options with their defaults, examples to copy."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from curator.cli.terminal.layout import filled, shell_lines, wrap
from curator.cli.terminal.width import terminal_width
from curator.cli.verbs import load_verb, summary_of

__all__ = ["build_parser"]

_WIDEST = 110
# Stands for a blank at which no line is broken.
_BOUND = "\0"


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
        help="run as if started in REPO",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    module.add_arguments(parser)
    return parser


def _new_parser(name: str, description: str, examples: str) -> argparse.ArgumentParser:
    """Return a parser for a verb, with no arguments yet."""
    return _Parser(
        prog=f"curator {name}",
        description=filled(description, _width()),
        epilog="\n".join(["examples:", *shell_lines(examples, "  ", _width())]),
        formatter_class=_Formatter,
        allow_abbrev=False,
    )


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in a sentence with a hint, instead of the whole usage."""

    _words: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Return the arguments and the words that are none, as argparse does."""
        self._words = args or ()
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Raise a `UsageError` for what argparse says is wrong."""
        from curator.cli.terminal.wrong_arguments import wrong_arguments

        raise wrong_arguments(self.prog, self._actions, self._words, message)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            from curator.cli.terminal.wrong_arguments import wrong_choice

            raise wrong_choice(self.prog, action, str(value))


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        # Without a width argparse imports shutil, with all its compression modules, to ask the terminal.
        super().__init__(prog, width=_width())

    def _format_usage(self, *args: Any) -> str:
        """Return the usage in lines that fit; argparse puts every line below the end of a long name."""
        usage = super()._format_usage(*args)
        if max(map(len, usage.split("\n"))) <= self._width:
            return usage
        words = " ".join(_options(usage, self._width - 4))
        return "\n".join(wrap(words, rest="    ", width=self._width)).replace(_BOUND, " ") + "\n\n"

    def _get_help_string(self, action: argparse.Action) -> str | None:
        """Return the help of an option with its default, unless it says that itself or has none."""
        text = action.help or ""
        if action.option_strings and "default" not in text and type(action.default) in (str, int, float):
            return (
                text if action.default in ("", argparse.SUPPRESS) else f"{text} (default: {action.default})"
            )
        return action.help


def _options(usage: str, width: int) -> Iterator[str]:
    """Yield the words of a usage, with each option and its value as one word where that fits."""
    depth, word = 0, ""
    for sign in f"{' '.join(usage.split())} ":
        depth += (sign in "[(") - (sign in "])")
        if sign != " " or depth:
            word += _BOUND if sign == " " else sign
        else:
            yield word if len(word) <= width else word.replace(_BOUND, " ")
            word = ""


def _width() -> int:
    """Return how wide a help is: as argparse has it, and no wider than can be read."""
    return min(terminal_width(), _WIDEST) - 2
