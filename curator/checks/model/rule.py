"""A rule is one function; its docstring is its page, and the examples in it are its test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module

from curator.checks.model.finding import Finding, Severity
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeVar

    from curator.calibrations.types.types import DatasetType

    Scope = Literal["read", "path", "file", "tree", "set", "policy", "change"]
    Given = Literal["", "related", "deprecated", "empty", "complete", "cameras", "records"]
    Function = TypeVar("Function", bound=Callable[..., Iterable[Finding]])
else:
    Scope = Given = str

__all__ = [
    "FOLDERS",
    "PACKAGE",
    "RULES",
    "SCOPES",
    "Given",
    "Rule",
    "Scope",
    "all_rules",
    "change_rules",
    "file_rules",
    "find_rule",
    "is_about_change",
    "path_rules",
    "policy_rules",
    "read_rules",
    "rule",
    "set_rules",
    "tree_rules",
]

RULES: dict[str, Rule] = {}
PACKAGE = "curator.checks.rules"
# The hundreds of the codes: the folder of their functions, and by scope.
FOLDERS = {"0": "file", "1": "header", "2": "layout", "3": "content", "4": "cross_file", "5": "change"}
SCOPES = {"read": "0", "path": "2", "tree": "02", "file": "0123", "set": "4", "policy": "0", "change": "5"}
_MODULES = {
    (scope, digit): f"{PACKAGE}.{FOLDERS[digit]}." for scope, digits in SCOPES.items() for digit in digits
}


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
    types : tuple of str
        Dataset types that it is about, or families of them (`DatasetType.family`); empty if all.
    given : {"", "related", "deprecated", "empty", "complete", "cameras", "records"}
        What must be among the calibrations, so that a rule of scope ``set`` has anything to look at; see
        `CalibrationSets.given`.
    requires : {"", "size", "amplifiers"}
        What a camera must say of a detector, so that the rule can judge all it is about.
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
    types: tuple[str, ...] = ()
    given: Given = ""
    requires: str = ""
    after: tuple[str, ...] = ()
    alone: bool = False

    @property
    def text(self) -> str:
        """The docstring: why it matters, and examples."""
        from inspect import cleandoc

        return cleandoc(self.function.__doc__ or "")

    @property
    def subjects(self) -> tuple[str, ...]:
        """When it is asked, as the index of the modules says it: ``file``, ``file:bfk``, ``set:records``."""
        details = self.types if self.scope == "file" else (self.given,)
        return tuple(f"{self.scope}:{detail}" if detail else self.scope for detail in details or ("",))

    @property
    def dataset_types(self) -> tuple[str, ...]:
        """Names of the dataset types it is about, empty if all."""
        from curator.calibrations.types.types import all_types

        return tuple(
            dataset_type.name for dataset_type in all_types() if self.types and self.is_about(dataset_type)
        )

    def is_about(self, dataset_type: DatasetType) -> bool:
        """Return whether it holds for a dataset type."""
        return not self.types or dataset_type.name in self.types or dataset_type.family in self.types


def rule(
    code: str,
    name: str,
    *,
    severity: Severity = "error",
    scope: Scope = "file",
    types: tuple[str, ...] = (),
    given: Given = "",
    requires: str = "",
    after: tuple[str, ...] = (),
    alone: bool = False,
) -> Callable[[Function], Function]:
    """Register the decorated function as a rule; see `Rule` for the parameters.

    Raises
    ------
    ValueError
        If another function has the code, if the code is not one of the function's folder and scope, or if
        ``types`` or ``after`` is no tuple.
    """

    def register(function: Function) -> Function:
        if (
            code in RULES
            or len(code) != 6
            or not function.__module__.startswith(_MODULES.get((scope, code[3]), " "))
            or types.__class__ is not tuple
            or after.__class__ is not tuple
        ):
            from curator.checks.model.wrong_declarations import refuse

            refuse(code, scope, function, types=types, after=after)
        RULES[code] = Rule(code, name, severity, scope, function, types, given, requires, after, alone)
        return function

    return register


@cache
def file_rules(dataset_type: DatasetType) -> tuple[Rule, ...]:
    """Return the rules for readable files of a type, in the order in which they are asked."""
    about = filter(None, (dataset_type.name, dataset_type.family))
    return tuple(_in_order(_asked_of("file", *(f"file:{name}" for name in about))))


def read_rules() -> tuple[Rule, ...]:
    """Return the rules whose codes the readers of files raise."""
    return _asked_of("read")


@cache
def path_rules() -> tuple[Rule, ...]:
    """Return the rules for paths that do not follow the grammar."""
    return _asked_of("path")


def tree_rules() -> tuple[Rule, ...]:
    """Return the rules for all paths at once."""
    return _asked_of("tree")


def policy_rules() -> tuple[Rule, ...]:
    """Return the rules about ``curator.yaml`` and the baseline, once all else was asked."""
    return _asked_of("policy")


def set_rules(given: Iterable[Given]) -> tuple[Rule, ...]:
    """Return the rules for all calibrations at once that have anything to look at."""
    return _asked_of("set", *(f"set:{name}" for name in given))


@cache
def change_rules() -> tuple[Rule, ...]:
    """Return the rules about what changed between two commits."""
    return _asked_of("change")


def is_about_change(code: str) -> bool:
    """Return whether the rule ``code`` compares two commits."""
    return code[3:4] in SCOPES["change"]


def find_rule(code: str) -> Rule:
    """Return the rule with a code, even if another process asked it."""
    if code not in RULES:
        all_rules()
    return RULES[code]


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code.

    Raises
    ------
    ValueError
        If a code is no code, or a rule is about a dataset type, or comes after a rule, that there is not.
    """
    from curator.checks.model.wrong_declarations import require_sound

    for module in modules():
        import_module(f"{PACKAGE}.{module}")
    require_sound(RULES)
    return _sorted(RULES.values())


@cache
def modules() -> tuple[str, ...]:
    """Return the names of all modules below the package of rules, such as ``header.dates``."""
    root = os.path.join(os.path.dirname(os.path.dirname(__file__)), "rules")
    found: list[str] = []
    packages = [""]
    for package in packages:
        for name in os.listdir(os.path.join(root, *package.split("."))):
            stem, _, suffix = name.partition(".")
            if name[0] != "_":
                (found if suffix == "py" else packages).append(f"{package}{stem}{'' if suffix else '.'}")
    return tuple(sorted(found))


def _asked_of(*subjects: str) -> tuple[Rule, ...]:
    """Return the rules for any of these subjects, by code; the modules of other rules are not imported."""
    from curator.checks.model._rule_index import INDEX

    wanted = {*subjects}
    for module in modules():
        # A new module is imported whatever it is about, until `make docs` lists it.
        if not wanted.isdisjoint(INDEX.get(module, subjects)):
            import_module(f"{PACKAGE}.{module}")
    return _sorted(each for each in RULES.values() if not wanted.isdisjoint(each.subjects))


def _in_order(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules by code, but each behind those that it is to be asked after."""
    rules = tuple(rules)
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


def _sorted(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda each: each.code))
