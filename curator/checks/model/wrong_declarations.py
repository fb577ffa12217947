"""Refuse rules that are declared wrongly, with the name of the function and what to write.

No check of a good program loads this: the decorator only sees that something is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from curator.checks.model.rule import FOLDERS, PACKAGE, RULES, SCOPES, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["refuse", "require_sound"]


def refuse(code: str, scope: str, function: Callable[..., object], **names: object) -> NoReturn:
    """Say what is wrong with a declaration that `curator.checks.model.rule.rule` does not accept.

    Raises
    ------
    ValueError
        Always.
    """
    if code in RULES:
        first, second = map(_full_name, (RULES[code].function, function))
        raise ValueError(f"two rules have the code {code}: {first} and {second}")
    for keyword, value in names.items():
        if not isinstance(value, tuple):
            items = tuple(value) if isinstance(value, list | set) else (value,)
            raise ValueError(f"{_full_name(function)} has {keyword}={value!r}; write {keyword}={items!r}")
    folder = function.__module__.removeprefix(f"{PACKAGE}.").partition(".")[0]
    own = [FOLDERS[digit] for digit in SCOPES.get(scope, "")]
    if folder not in own:
        advice = f"move it to {' or '.join(own)}" if own else f"scopes are {', '.join(SCOPES)}"
        raise ValueError(f"{_full_name(function)} has scope={scope!r} in the folder {folder}; {advice}")
    digit = next(digit for digit, name in FOLDERS.items() if name == folder)
    raise ValueError(
        f"{_full_name(function)} has the code {code} in the folder {folder};"
        f" take one from CUR{digit}00 to CUR{digit}99, or move it to the folder of its code"
    )


def require_sound(rules: Mapping[str, Rule]) -> None:
    """Check what the decorator leaves out, because it takes every dataset type and every rule, or takes long.

    Raises
    ------
    ValueError
        If a code is no code, or a rule is about a dataset type, or comes after a rule, that there is not.
    """
    from curator.calibrations.types.types import all_types
    from curator.name_lookup import suggest

    types = {name for each in all_types() for name in (each.name, each.family) if name}
    for each in rules.values():
        if not (each.code.startswith("CUR") and each.code[3:].isdecimal()):
            raise ValueError(
                f"{_full_name(each.function)} has the code {each.code}; write CUR and three digits"
            )
        codes = {code for code, other in rules.items() if other.scope == each.scope} if each.after else set()
        for keyword, names, known, kind in (
            ("types", each.types, types, "dataset type or family of them"),
            ("after", each.after, codes, f"rule of scope {each.scope!r}"),
        ):
            for name in names:
                if name not in known:
                    raise ValueError(
                        f"{_full_name(each.function)} has {keyword}={names!r}, but there is no {kind}"
                        f" {name!r}; {suggest(name, sorted(known), len(types))}"
                    )


def _full_name(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
