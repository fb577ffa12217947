"""What jsonschema finds, said to people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from curator.calibrations.schema.schemas import Violation
from curator.name_lookup import did_you_mean, missing_message, nearest

__all__ = ["explain"]

# What these find is about something within the value at their path.
_OF_CONTENT = ("required", "anyOf")
_KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}
_PLACES = {"header": "keyword", "columns": "column", "tree": "entry"}


def explain(schema: dict[str, Any], instance: object) -> Iterator[Violation]:
    """Return every violation in the order of the schema; of several about one value the first."""
    seen = set()
    for error in _validator()(schema).iter_errors(instance):
        for violation in _violations(error):
            about = violation.message if violation.validator in _OF_CONTENT else ""
            key = (violation.path, about)
            if key not in seen:
                seen.add(key)
                yield violation


@cache
def _validator() -> Any:
    """Return jsonschema's validator with tuples as arrays, as the compiled validators take them.

    A copy of what is checked, with lists for tuples, would take many times the memory of the file.
    """
    from jsonschema import Draft7Validator
    from jsonschema.validators import extend

    kinds = Draft7Validator.TYPE_CHECKER.redefine("array", lambda _, one: isinstance(one, list | tuple))
    return extend(Draft7Validator, type_checker=kinds)  # type: ignore[no-untyped-call]


def _violations(error: Any) -> Iterator[Violation]:
    path = tuple(error.absolute_path)
    found, rule = error.instance, error.validator
    expected = error.schema.get("description", error.validator_value)
    if "propertyNames" in error.absolute_schema_path:
        yield Violation(
            (*path, found), "propertyNames", f"{_place(path)}: {found!r} is not {expected}", expected, found
        )
    elif rule == "required":
        known = error.schema.get("properties", {})
        others = [name for name in found if name not in known] if path == ("columns",) else []
        for name in error.validator_value:
            if name not in found:
                near = nearest(name, others)
                told = missing_message(f"{_kind(path)} {name}", near and _short(near))
                yield Violation(path, rule, told, expected)
    elif rule == "additionalProperties" and error.validator_value is False:
        known = list(error.schema.get("properties", {}))
        for name in found:
            if name not in known:
                near = did_you_mean(nearest(str(name), known, 0.6))
                told = f"; {near}" if near else ""
                yield Violation(
                    (*path, name), rule, f"unknown {_kind(path)} {name!r}{told}", known, found[name]
                )
    elif rule == "anyOf" and all("required" in one for one in error.validator_value):
        names = [name for one in error.validator_value for name in one["required"]]
        yield Violation(path, rule, f"{_kind(path)} {' or '.join(names)} is missing", names)
    else:
        told = error.schema.get("description") or _allowed(rule, expected)
        yield Violation(path, rule, f"{_place(path)} is {_short(found)}, expected {told}", told, found)


def _kind(path: tuple[str | int, ...]) -> str:
    return _PLACES.get(str(path[0]), "key") if len(path) == 1 else "key"


def _place(path: tuple[str | int, ...]) -> str:
    if path and path[0] in _PLACES:
        kind, path = _PLACES[str(path[0])], path[1:]
        where = ".".join(map(str, path))
        return f"column {where}" if kind == "column" else where or kind
    return ".".join(map(str, path)) or "the file"


def _allowed(rule: str, value: object) -> str:
    """Return what a keyword of JSON Schema allows, in words."""
    if rule not in ("enum", "const", "type"):
        return f"{rule} {_short(value)}"
    values = value if isinstance(value, list) else [value]
    words = _KINDS if rule == "type" else {"": "nothing", "None": "nothing"}
    *others, last = dict.fromkeys(words.get(str(one), str(one)) for one in values)
    return f"{', '.join(others)} or {last}" if others else last


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
