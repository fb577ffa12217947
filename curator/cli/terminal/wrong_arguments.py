"""Say in one sentence, with a hint, what is wrong with the arguments of a verb."""

from __future__ import annotations

import re
from argparse import Action
from collections.abc import Iterable, Sequence

from curator.errors import UsageError
from curator.name_lookup import did_you_mean, nearest

__all__ = ["wrong_arguments", "wrong_choice"]

_NUMBER = re.compile(r"-\d+$|-\d*\.\d+$")
_REQUIRED = "the following arguments are required: "
_SENTENCES = (
    (r"one of the arguments (.*) is required", r"one of \1 is missing"),
    (r"unrecognized arguments: (.*)", r"unexpected argument: \1"),
    (r"argument (.*): expected one argument", r"\1 needs a value"),
    (r"argument (.*): expected at least one argument", r"\1 needs at least one value"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 cannot be used with \2"),
    (r"argument (.*): invalid int value: (.*)", r"\1: \2 is not a whole number"),
    (r"argument (.*): invalid float value: (.*)", r"\1: \2 is not a number"),
    (r"argument (.*): ignored explicit argument (.*)", r"\1 takes no value, but was given \2"),
    (r"argument (.*)", r"\1"),
)


def wrong_arguments(prog: str, actions: Sequence[Action], words: Iterable[str], message: str) -> UsageError:
    """Return the error for what argparse says of a command line; an unknown option goes first.

    Parameters
    ----------
    prog : str
        The command, such as ``curator check``.
    actions : sequence of argparse.Action
        The arguments that it takes.
    words : iterable of str
        The command line.
    message : str
        What argparse says is wrong.
    """
    options = [name for action in actions for name in action.option_strings]
    if option := _unknown_option(options, words):
        return _wrong(prog, f"there is no option {option}", _like(option, options), "lists the options")
    required = message.removeprefix(_REQUIRED)
    if required != message:
        text = _missing(actions, required.split(", "))
    else:
        text = _one_at_a_time(actions, message) or _sentence(message)
    return _wrong(prog, text, "", "shows what to write")


def wrong_choice(prog: str, action: Action, value: str) -> UsageError:
    """Return the error for a value that is none of an argument's choices."""
    name = "/".join(action.option_strings) or action.metavar or action.dest
    choices = [str(one) for one in action.choices or ()]
    known = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else "".join(choices)
    return _wrong(prog, f"{name}: {value!r} is not {known}", nearest(value, choices, 0.5), "explains it")


def _wrong(prog: str, message: str, near: str, otherwise: str) -> UsageError:
    return UsageError(message, hint=did_you_mean(near, f"`{prog} --help` {otherwise}"))


def _like(option: str, options: Iterable[str]) -> str:
    """Return the long option most like one that is not there, whatever dashes both have."""
    near = nearest(option.lstrip("-"), [name[2:] for name in options if name.startswith("--")])
    return f"--{near}" if near else ""


def _missing(actions: Iterable[Action], names: Sequence[str]) -> str:
    """Return the sentence for missing arguments; argparse also names those that may be left out."""
    optional = {action.metavar or action.dest for action in actions if action.nargs in ("*", "?")}
    wanted = [name for name in names if name not in optional]
    return f"{' and '.join(wanted)} {'are' if len(wanted) > 1 else 'is'} missing"


def _one_at_a_time(actions: Iterable[Action], message: str) -> str:
    """Return the sentence for a second file where a command takes one; empty if that is not what is wrong."""
    extra = message.removeprefix("unrecognized arguments: ")
    taken = [one for one in actions if not one.option_strings]
    if extra == message or len(taken) != 1 or taken[0].nargs is not None:
        return ""
    return f"one {taken[0].metavar or taken[0].dest} at a time: {extra} is too many"


def _unknown_option(options: Sequence[str], words: Iterable[str]) -> str:
    """Return the first word that looks like an option and is none; empty if there is none."""
    for word in words:
        if word == "--":
            break
        name = word.partition("=")[0]
        is_option = len(name) > 1 and name[0] == "-" and not _NUMBER.match(name) and " " not in name
        if is_option and name not in options and not (name[1] != "-" and name[:2] in options):
            return name
    return ""


def _sentence(message: str) -> str:
    """Return what argparse says as a sentence that begins with the argument."""
    for pattern, sentence in _SENTENCES:
        if found := re.fullmatch(pattern, message):
            return found.expand(sentence)
    return message
