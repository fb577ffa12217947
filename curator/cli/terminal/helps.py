"""How the help of a verb is laid out: filled paragraphs, options with their defaults, examples to copy."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from curator.cli.terminal.layout import filled, terminal_width
from curator.cli.verbs import load_verb, summary_of
from curator.errors import UsageError

__all__ = ["build_parser"]

_WIDEST = 110
_NUMBER = re.compile(r"-\d+$|-\d*\.\d+$")
_REQUIRED = "the following arguments are required: "
_SENTENCES = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"one of the arguments (.*) is required", r"one of \1 is missing"),
        (r"unrecognized arguments: (.*)", r"unexpected argument: \1"),
        (r"argument (.*): expected one argument", r"\1 needs a value"),
        (r"argument (.*): expected at least one argument", r"\1 needs at least one value"),
        (r"argument (.*): not allowed with argument (.*)", r"\1 does not go with \2"),
        (r"argument (.*): invalid int value: (.*)", r"\1: \2 is not a whole number"),
        (r"argument (.*): invalid float value: (.*)", r"\1: \2 is not a number"),
        (r"argument (.*): ignored explicit argument (.*)", r"\1 takes no value, but was given \2"),
        (r"argument (.*)", r"\1"),
    )
)


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
    return _Parser(
        prog=f"curator {name}",
        description=filled(description, _width()),
        epilog="\n".join(["examples:", *(f"  {line}" for line in examples.split("\n"))]),
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
        """Raise a `UsageError` for what argparse says is wrong; an unknown option goes first."""
        if option := self._unknown_option():
            raise self._wrong(f"there is no option {option}", self._near_option(option), "lists the options")
        required = message.removeprefix(_REQUIRED)
        text = _sentence(message) if required == message else self._missing(required.split(", "))
        raise self._wrong(text, "", "shows what to write")

    def _missing(self, names: Sequence[str]) -> str:
        """Return the sentence for missing arguments; argparse also names those that may be left out."""
        optional = {action.metavar or action.dest for action in self._actions if action.nargs in ("*", "?")}
        wanted = [name for name in names if name not in optional]
        return f"{' and '.join(wanted)} {'are' if len(wanted) > 1 else 'is'} missing"

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        from curator.name_lookup import nearest

        name = "/".join(action.option_strings) or action.metavar or action.dest
        choices = [str(one) for one in action.choices]
        raise self._wrong(
            f"{name}: {str(value)!r} is not {_alternatives(choices)}",
            nearest(str(value), choices, 0.5),
            "explains it",
        )

    def _wrong(self, message: str, near: str, otherwise: str) -> UsageError:
        from curator.name_lookup import did_you_mean

        return UsageError(message, hint=did_you_mean(near, f"`{self.prog} --help` {otherwise}"))

    def _options(self) -> list[str]:
        return [name for action in self._actions for name in action.option_strings]

    def _unknown_option(self) -> str:
        """Return the first word that looks like an option and is none; empty if there is none."""
        known = self._options()
        for word in self._words:
            if word == "--":
                break
            name = word.partition("=")[0]
            is_option = len(name) > 1 and name[0] == "-" and not _NUMBER.match(name) and " " not in name
            if is_option and name not in known and not (name[1] != "-" and name[:2] in known):
                return name
        return ""

    def _near_option(self, option: str) -> str:
        from curator.name_lookup import nearest

        return nearest(option, [name for name in self._options() if name.startswith("--")], 0.6)


def _sentence(message: str) -> str:
    """Return what argparse says as a sentence that begins with the argument."""
    for pattern, sentence in _SENTENCES:
        if found := pattern.fullmatch(message):
            return found.expand(sentence)
    return message


def _alternatives(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)


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
