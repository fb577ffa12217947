"""The JSON Schemas of dataset types, headers, profiles and ``curator.yaml``.

A validator compiled ahead of time decides; only where it says no is jsonschema loaded, to explain.

Run as ``python -m curator.calibrations.schema.schemas`` it compiles every schema anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import curator
from curator.calibrations._compiled import JsonSchemaValueException
from curator.errors import CuratorError

if TYPE_CHECKING:
    from curator.formats.document import Document

__all__ = [
    "Violation",
    "compile_schema",
    "each_violation",
    "instance",
    "load_schema",
    "schema_names",
    "schema_path",
    "violations",
]

_SUFFIX = ".schema.json"
_PACKAGE = "curator.calibrations._compiled"


class Violation(NamedTuple):
    """One thing in an instance that its schema forbids.

    Parameters
    ----------
    path : tuple of str or int
        Keys and indices that lead to it. For something missing, to what it is missing from.
    validator : str
        Keyword of JSON Schema that found it: ``type``, ``required``, ``enum``, …
    message : str
        One sentence with the keyword and the value found.
    expected : object
        What the schema allows: its description, else the value of the keyword.
    value : object
        What was found.
    """

    path: tuple[str | int, ...]
    validator: str
    message: str
    expected: object
    value: object = None


@cache
def _folder() -> str:
    package = os.path.dirname(os.path.abspath(curator.__file__))
    for folder in (
        os.path.join(package, "_data", "schemas"),
        os.path.join(os.path.dirname(package), "schemas"),
    ):
        if os.path.isdir(folder):
            return folder
    raise CuratorError("the JSON Schemas are missing from this installation", hint="install curator again")


def schema_path(name: str) -> str:
    """Return the file of a schema: in the wheel, or at the root of an editable checkout."""
    return os.path.join(_folder(), name + _SUFFIX)


def schema_names() -> tuple[str, ...]:
    """Return the name of every schema."""
    return tuple(
        sorted(name.removesuffix(_SUFFIX) for name in os.listdir(_folder()) if name.endswith(_SUFFIX))
    )


def load_schema(name: str) -> dict[str, Any]:
    """Return a schema, with every other that it refers to among its ``definitions``."""
    bundle: dict[str, Any] = {}
    schema: dict[str, Any] = _bundled(_read(name), "#", bundle)
    if bundle:
        schema["definitions"] = {**schema.get("definitions", {}), **bundle}
    return schema


def _read(name: str) -> dict[str, Any]:
    import json

    with open(schema_path(name), encoding="utf-8") as file:
        return json.load(file)  # type: ignore[no-any-return]


def _bundled(part: Any, root: str, bundle: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_bundled(one, root, bundle) for one in part]
    if not isinstance(part, dict):
        return part
    if isinstance(target := part.get("$ref"), str):
        file, _, place = target.partition("#")
        if not file:
            return {"$ref": root + place}
        other = file.removesuffix(_SUFFIX)
        if other not in bundle:
            bundle[other] = {}
            bundle[other] = _bundled(_read(other), f"#/definitions/{other}", bundle)
            bundle[other].pop("$schema", None)
        return {"$ref": f"#/definitions/{other}{place}"}
    return {key: _bundled(value, root, bundle) for key, value in part.items()}


def instance(doc: Document) -> dict[str, Any]:
    """Return a document as its type's schema sees it: its ``header``, and ``columns`` or ``tree``."""
    if doc.format == "ecsv":
        columns = {
            column.name: {"datatype": column.datatype, "unit": column.unit, "subtype": column.subtype}
            for column in doc.columns.values()
        }
        return {"header": doc.header, "columns": columns}
    return {"header": doc.header, "tree": _plain(doc.tree)}


def _plain(value: Any) -> Any:
    # What holds no box is not copied. Of lists of numbers, which are long, only the first item is looked at.
    if isinstance(value, Mapping):
        changed = {key: new for key, one in value.items() if (new := _plain(one)) is not one}
        return {**value, **changed} if changed else value
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        items = list(map(_plain, value))
        return items if any(new is not one for new, one in zip(items, value, strict=True)) else value
    if hasattr(value, "corners"):
        return dict(zip(("x0", "y0", "x1", "y1"), value.corners, strict=True))
    return value


def violations(name: str, instance: object) -> list[Violation]:
    """Return everything in ``instance`` that the schema ``name`` forbids, in the order of the schema."""
    return list(each_violation(name, instance))


def each_violation(name: str, instance: object) -> Iterator[Violation]:
    """Give everything in ``instance`` that the schema ``name`` forbids, in the order of the schema.

    There may be as many violations as values: whoever needs few takes no more.
    """
    try:
        _validator(name)(instance)
    except JsonSchemaValueException as error:
        from curator.calibrations.schema.explain import explain

        found = explain(load_schema(name), instance)
        yield next(found, Violation((), "schema", error.message, None))
        yield from found


@cache
def _validator(name: str) -> Any:
    return import_module(f"{_PACKAGE}.{name}").validate


def compile_schema(name: str) -> str:
    """Return the Python code of a schema's validator, which imports nothing of fastjsonschema."""
    import ast

    from fastjsonschema import compile_to_code

    code = compile_to_code(load_schema(name), use_default=False)
    code = code.replace(" float, Decimal", " float").replace(
        "(JsonSchemaValueException, JsonSchemaValuesException)", "JsonSchemaValueException"
    )
    body = ast.parse(code).body
    patterns = next(
        (one for one in body if "REGEX_PATTERNS = " in (ast.get_source_segment(code, one) or "")), None
    )
    begin = next(
        one.lineno for one in body if (ast.get_source_segment(code, one) or "").startswith("NoneType")
    )
    functions = code.splitlines()[begin - 1 :]
    if any("Decimal(" in line for line in functions):
        raise CuratorError(f"schema {name}: multipleOf is not supported")
    lines = [
        "# fmt: off",
        "# ruff: noqa",
        "# mypy: ignore-errors",
        f'"""Made from schemas/{name}{_SUFFIX}."""',
        f"from {_PACKAGE} import JsonSchemaValueException, Patterns",
        "",
    ]
    if isinstance(patterns, ast.Assign) and isinstance(patterns.value, ast.Dict):
        sources = {
            _constant(key): _constant(call)
            for key, call in zip(patterns.value.keys, patterns.value.values, strict=True)
        }
        lines += [
            "REGEX_PATTERNS = Patterns({",
            *(f"    {key!r}: {found!r}," for key, found in sources.items()),
            "})",
        ]
    return "\n".join([*lines, *map(_brief, functions)]) + "\n"


def _constant(node: Any) -> str:
    return str(node.args[0].value if hasattr(node, "args") else node.value)


def _brief(line: str) -> str:
    # The exception says that something is wrong; what, jsonschema explains. Its details are most of the code.
    if "raise JsonSchemaValueException(" in line and ", value=" in line:
        return line.partition(", value=")[0] + ")"
    return line.rstrip()


def _compile_all() -> Iterator[str]:
    folder = os.path.join(os.path.dirname(os.path.abspath(curator.__file__)), "calibrations", "_compiled")
    for name in schema_names():
        with open(os.path.join(folder, f"{name}.py"), "w", encoding="utf-8") as file:
            file.write(compile_schema(name))
        yield name


if __name__ == "__main__":
    for compiled in _compile_all():
        print(compiled)
