"""What may stand where the cursor is: asked by the scripts of ``curator completion`` at every <Tab>.

The first line of the answer says how its values are taken: ``quoted`` where they hold blanks or signs that
mean something to a shell, ``open`` where more may follow without a blank. A value and what it means follow,
a line each, with a tab between them. No git is run; of a repository, its configuration and cameras are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.errors import CuratorError

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser

__all__ = ["Completions", "answer", "run"]

MOST = 5000
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+.,:/=@%")


class Completions(NamedTuple):
    """Values with what they mean; ``more`` may follow without a blank."""

    values: list[tuple[str, str]]
    more: bool = False


def run(words: list[str]) -> int:
    """Print what may stand in place of the last of ``words``, the first of which names the shell."""
    import sys

    shell, *typed = words or [""]
    if not typed:
        return 0
    if shell in ("bash", "fish"):
        typed = [unquoted(one) for one in typed] if shell == "bash" else [*typed[:-1], unquoted(typed[-1])]
    elif shell == "zsh":
        typed[-1] = unquoted(typed[-1])
    try:
        found = answer(typed)
    except CuratorError:
        return 0  # while somebody types is no time to complain of a repository; the verb will
    values = [one for one in found.values if one[0].isprintable() and one[0].startswith(typed[-1])][:MOST]
    quoted = any(not _PLAIN.issuperset(value) for value, _ in values)
    lines = [" ".join(name for name, on in (("quoted", quoted), ("open", found.more)) if on) or "plain"]
    lines += [f"{value}\t{about if about.isprintable() else ''}" for value, about in values]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def answer(words: list[str]) -> Completions:
    """Return what may stand in place of the last word; the words before it are complete."""
    from curator.cli.terminal.helps import build_parser
    from curator.cli.verbs import load_verb, summary_of, verb_names

    *before, word = words
    directories: list[str] = []
    while before and before[0].startswith("-"):
        option = before.pop(0)
        if option == "-C" and before:
            directories.append(before.pop(0))
        elif option == "-C":
            return _folders(word)
        elif option.startswith("-C"):
            directories.append(option[2:])
    if before[:1] == ["help"]:
        before = before[1:]
        if before:
            return Completions([])
    if not before:
        options = [("-C", "run as if started in another directory"), ("--help", "the table of verbs")]
        options.append(("--version", "print the version"))
        return Completions(
            options if word.startswith("-") else [(one, summary_of(one)) for one in verb_names()]
        )
    verb = before[0]
    if load_verb(verb) is None:
        return Completions([])
    return _of_verb(verb, build_parser(verb), before[1:], word, directories)


def _of_verb(
    verb: str, parser: ArgumentParser, before: list[str], word: str, directories: list[str]
) -> Completions:
    given: dict[str, list[str]] = {"directories": directories}
    options = _options(parser)
    places = [one for one in parser._actions if not one.option_strings]
    taken, waiting, only_places = 0, None, False
    for one in before:
        if waiting is not None:
            given.setdefault(waiting.dest, []).append(one)
            waiting = None
        elif one == "--" and not only_places:
            only_places = True
        elif one.startswith("-") and one != "-" and not only_places:
            name, equals, value = one.partition("=")
            found = options.get(name)
            if equals and found is not None:
                given.setdefault(found.dest, []).append(value)
            elif found is not None and found.nargs != 0:
                waiting = found
            elif found is not None:
                given.setdefault(found.dest, []).append("")
        else:
            action = _place(places, taken)
            taken += 1
            if action is not None and isinstance(action.choices, dict):  # a verb of the verb's own
                if one not in action.choices:
                    return Completions([])
                rest = before[before.index(one) + 1 :]
                return _of_verb(f"{verb} {one}", action.choices[one], rest, word, directories)
            if action is not None:
                given.setdefault(action.dest, []).append(one)
    if waiting is not None:
        return _values(verb, waiting, word, given)
    name, equals, value = word.partition("=")
    if equals and name in options and not only_places:
        found_values = _values(verb, options[name], value, given)
        return Completions(
            [(f"{name}={one}", about) for one, about in found_values.values], found_values.more
        )
    if word.startswith("-") and not only_places:
        return Completions(list(_free(parser, given)))
    action = _place(places, taken)
    return Completions([]) if action is None else _values(verb, action, word, given)


def _options(parser: ArgumentParser) -> dict[str, Action]:
    return {name: action for action in parser._actions for name in action.option_strings}


def _place(places: list[Action], taken: int) -> Action | None:
    """Return the action that takes the word behind ``taken`` others without an option."""
    for action in places:
        if action.nargs in ("*", "+"):
            return action
        if taken == 0:
            return action
        taken -= 1
    return None


def _free(parser: ArgumentParser, given: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Give the options that can still be typed."""
    for action in parser._actions:
        again = type(action).__name__ == "_AppendAction"
        if action.option_strings and (again or action.dest not in given):
            about = "" if action.help is None or action.help == "==SUPPRESS==" else action.help
            longest = max(action.option_strings, key=len)
            yield longest, about.replace("%%", "%").split(";")[0]


def _values(verb: str, action: Action, word: str, given: dict[str, list[str]]) -> Completions:
    from curator.cli.terminal.completing_values import find_values

    if action.choices is not None:
        return Completions([(str(one), _about_choice(action, one)) for one in action.choices])
    found = find_values(verb, action.dest, str(action.metavar or ""), word, given)
    return Completions(*found)


def _about_choice(action: Action, name: Any) -> str:
    for one in getattr(action, "_choices_actions", ()):
        if one.dest == name:
            return str(one.help or "")
    return ""


def _folders(word: str) -> Completions:
    from curator.cli.terminal.completing_values import paths

    return Completions(list(paths(word, (), [])))


def unquoted(text: str) -> str:
    """Return a word, perhaps an unfinished one, without a shell's quotes and backslashes.

    Examples
    --------
    >>> unquoted('"g D'), unquoted(r"g\\ DECam"), unquoted("it's")
    ('g D', 'g DECam', 'its')
    """
    found, quote, at = [], "", 0
    while at < len(text):
        char = text[at]
        if char == "\\" and quote != "'" and at + 1 < len(text):
            at += 1
            found.append(text[at])
        elif char == quote:
            quote = ""
        elif not quote and char in "'\"":
            quote = char
        elif not (char == "\\" and quote != "'"):
            found.append(char)
        at += 1
    return "".join(found)
