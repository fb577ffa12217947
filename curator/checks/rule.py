"""A rule is one function; its docstring is its page, and the examples in it are its test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from curator.checks.finding import Finding, Severity
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.calibrations.types import DatasetType

__all__ = [
    "RULES",
    "Rule",
    "Scope",
    "all_rules",
    "change_rules",
    "file_rules",
    "find_rule",
    "load",
    "path_rules",
    "rule",
    "set_rules",
    "tree_rules",
]

Scope = Literal["read", "path", "file", "tree", "set", "policy", "change"]
Function = TypeVar("Function", bound=Callable[..., Iterable[Finding]])

RULES: dict[str, Rule] = {}
# For files of every type.
_GENERAL = (
    "file",
    "header",
    "values",
    "identity",
    "dates",
    "creation",
    "agreement",
    "layout",
    "optional",
    "schema",
)
_PATHS = "paths"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is checked, and how grave it is.

    Parameters
    ----------
    code : str
        ``CUR301``; the hundreds are the family, and rules run in the order of their codes, unless ``after``
        says otherwise.
    name : str
        A few words that are true when the rule complains.
    severity : {"error", "warning", "info"}
        Unless ``curator.yaml`` says otherwise.
    scope : {"read", "path", "file", "tree", "set", "policy", "change"}
        When it is asked: while a file is read, from its path alone, of a readable file, of all paths at once,
        of all calibrations at once, of ``curator.yaml`` once all else was asked, of two commits.
    function : callable
        ``(doc, ctx)`` for files, ``(error, ctx)`` for paths that do not parse, ``(tree, ctx)`` for the tree;
        those of scope ``read`` are never called, the reader itself raises their code.
    module : str
        Where it stands; the one called as the module of a type's class holds the content rules of a type.
    needs : {"", "size", "amplifiers"}
        What a camera must say of a detector, so that the rule can judge all it is about.
    needed_for : tuple of str
        Dataset types that this holds for, empty if all that the rule is asked about.
    after : tuple of str
        Codes of rules of the same scope that are asked before it: what they complain about, it leaves alone.
    alone : bool
        Where it complains of an error, no later rule is asked about the file: nothing else can be said of it.
    """

    code: str
    name: str
    severity: Severity
    scope: Scope
    function: Callable[..., Iterable[Finding]]
    module: str
    needs: str = ""
    needed_for: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    alone: bool = False

    @property
    def text(self) -> str:
        """The docstring: why it matters, and examples."""
        from inspect import cleandoc

        return cleandoc(self.function.__doc__ or "")

    @property
    def types(self) -> tuple[str, ...]:
        """Names of the dataset types it is about, empty if all."""
        from curator.calibrations.types import all_types

        if self.module in (*_GENERAL, _PATHS):
            return ()
        return tuple(one.name for one in all_types() if self.module in _modules_of(one))


def rule(
    code: str,
    name: str,
    *,
    severity: Severity = "error",
    scope: Scope = "file",
    needs: str = "",
    needed_for: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
    alone: bool = False,
) -> Callable[[Function], Function]:
    """Register the decorated function as a rule."""

    def register(function: Function) -> Function:
        module = function.__module__.rpartition(".")[2]
        RULES[code] = Rule(code, name, severity, scope, function, module, needs, needed_for, after, alone)
        return function

    return register


def load(module: str) -> Any:
    """Import one module of rules, which registers them."""
    return import_module(f"curator.checks.rules.{module}")


@cache
def _available() -> frozenset[str]:
    here = os.path.join(os.path.dirname(__file__), "rules")
    return frozenset(name[:-3] for name in os.listdir(here) if name.endswith(".py") and name[0] != "_")


def _modules_of(dataset_type: DatasetType) -> list[str]:
    """Return the modules with content rules for a type: those named like the module of its class or its
    bases.
    """
    classes = (one.__module__ for one in dataset_type.calibration.__mro__)
    names = (name.rpartition(".")[2].lstrip("_") for name in classes)
    return [
        one
        for name in dict.fromkeys(names)
        for one in _available()
        if one == name or one.startswith(f"{name}_")
    ]


@cache
def file_rules(dataset_type: DatasetType) -> tuple[Rule, ...]:
    """Return the rules for readable files of a type, in the order in which they are asked; only their modules
    are imported.
    """
    modules = {*_GENERAL, *_modules_of(dataset_type)}
    for module in modules:
        load(module)
    rules = (one for one in RULES.values() if one.scope == "file" and one.module in modules)
    return tuple(_in_order(sorted_rules(rules)))


@cache
def path_rules() -> tuple[Rule, ...]:
    """Return the rules for paths that do not follow the grammar."""
    load(_PATHS)
    return tuple(sorted_rules(one for one in RULES.values() if one.scope == "path"))


def tree_rules() -> tuple[Rule, ...]:
    """Return the rules for all paths at once."""
    load(_PATHS)
    return tuple(sorted_rules(one for one in RULES.values() if one.scope == "tree"))


def set_rules(modules: Iterable[str] | None = None) -> tuple[Rule, ...]:
    """Return the rules for all calibrations at once, of some modules only if they are given."""
    wanted = {one for one in _available() if one.startswith("sets")} if modules is None else {*modules}
    for module in wanted:
        load(module)
    return tuple(sorted_rules(one for one in RULES.values() if one.scope == "set" and one.module in wanted))


@cache
def change_rules() -> tuple[Rule, ...]:
    """Return the rules about what changed between two commits."""
    for module in _available():
        if module.startswith("change"):
            load(module)
    return tuple(sorted_rules(one for one in RULES.values() if one.scope == "change"))


def find_rule(code: str) -> Rule:
    """Return the rule with a code, even if another process asked it."""
    if code not in RULES:
        all_rules()
    return RULES[code]


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    for module in sorted(_available()):
        load(module)
    return tuple(sorted_rules(RULES.values()))


def _in_order(rules: list[Rule]) -> list[Rule]:
    """Return the rules by code, but each behind those that it is to be asked after."""
    ordered: dict[str, Rule] = {}
    by_code = {each.code: each for each in rules}

    def place(each: Rule) -> None:
        for code in each.after:
            if code in by_code:
                place(by_code[code])
        ordered[each.code] = each

    for each in rules:
        if each.code not in ordered:
            place(each)
    return list(ordered.values())


def sorted_rules(rules: Iterable[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda one: one.code)
