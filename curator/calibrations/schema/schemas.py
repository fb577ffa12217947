"""The JSON Schemas of dataset types, headers, profiles and ``curator.yaml``.

A validator that `curator.calibrations.schema.compiler` made decides. jsonschema is loaded only to explain a
violation.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module

import curator
from curator.calibrations.schema.compiled import JsonSchemaValueException
from curator.errors import InstallationError
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.formats.document import Document

__all__ = [
    "COMPILER",
    "PACKAGE",
    "SUFFIX",
    "Violation",
    "digest",
    "each_violation",
    "instance",
    "load_schema",
    "load_validator",
    "schema_names",
    "schema_path",
    "violations",
]

SUFFIX = ".schema.json"
PACKAGE = "curator.calibrations.schema.compiled"
COMPILER = "curator.calibrations.schema.compiler"
_INSTALL = "install curator again"


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
        What the schema allows: its description, else what the keyword allows.
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
    raise InstallationError("the JSON Schemas are missing from this installation", hint=_INSTALL)


def schema_path(name: str) -> str:
    """Return the file of a schema: in the wheel, or at the root of an editable checkout."""
    return os.path.join(_folder(), name + SUFFIX)


def schema_names() -> tuple[str, ...]:
    """Return the name of every schema."""
    return tuple(sorted(name.removesuffix(SUFFIX) for name in os.listdir(_folder()) if name.endswith(SUFFIX)))


def load_schema(name: str) -> dict[str, Any]:
    """Return a schema, with every other that it refers to among its ``definitions``.

    Raises
    ------
    InstallationError
        One of them is missing, or is not JSON.
    """
    bundle: dict[str, Any] = {}
    schema: dict[str, Any] = _bundled(_read(name), "#", bundle)
    if bundle:
        schema["definitions"] = {**schema.get("definitions", {}), **bundle}
    return schema


def _read(name: str) -> dict[str, Any]:
    import json

    path = f"schemas/{name}{SUFFIX}"
    try:
        with open(schema_path(name), encoding="utf-8") as file:
            return json.load(file)  # type: ignore[no-any-return]
    except FileNotFoundError:
        raise InstallationError("the schema is missing", path=path) from None
    except json.JSONDecodeError as error:
        message = f"the schema is not JSON: {error.msg}"
        raise InstallationError(message, path=path, line=error.lineno, column=error.colno) from None


def _bundled(part: Any, root: str, bundle: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_bundled(one, root, bundle) for one in part]
    if not isinstance(part, dict):
        return part
    if isinstance(target := part.get("$ref"), str):
        file, _, place = target.partition("#")
        if not file:
            return {"$ref": root + place}
        other = file.removesuffix(SUFFIX)
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
        load_validator(name)(instance)
    except JsonSchemaValueException as error:
        from curator.calibrations.schema.explain import explain

        found = explain(load_schema(name), instance)
        yield next(found, Violation((), "schema", error.message, None))
        yield from found


@cache
def load_validator(name: str) -> Callable[[object], object]:
    """Return the compiled validator of a schema, which raises `JsonSchemaValueException`.

    Raises
    ------
    InstallationError
        The validator is missing, or was compiled from another text of the schema.
    """
    try:
        module = import_module(f"{PACKAGE}.{name}")
    except ModuleNotFoundError:
        raise _uncompiled(name, "missing") from None
    if not _is_installed() and not _is_current(module):
        raise _uncompiled(name, "out of date")
    return module.validate  # type: ignore[no-any-return]


def _is_installed() -> bool:
    # The schemas of an installation change only with their validators, so the hook need not read them.
    return os.path.basename(os.path.dirname(_folder())) == "_data"


def _is_current(module: Any) -> bool:
    try:
        return bool(digest(module.SCHEMAS) == module.DIGEST)
    except FileNotFoundError:
        return False


def digest(names: Iterable[str]) -> str:
    """Return the digest of the text of some schemas."""
    from _blake2 import blake2b  # hashlib takes longer to import than this to run

    found = blake2b(digest_size=16)
    for name in names:
        with open(schema_path(name), "rb") as file:
            found.update(file.read())
    return found.hexdigest()


def _uncompiled(name: str, state: str) -> InstallationError:
    hint = _INSTALL if _is_installed() else f"run `python -m {COMPILER}`"
    return InstallationError(f"the compiled validator of {name}{SUFFIX} is {state}", hint=hint)
