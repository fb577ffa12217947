"""JSON Schemas of YAML files as they are written, for editors that check by them.

The schema of a dataset type is of what its reader makes of a file: a header, and a tree. An editor sees the
file: the header is its ``metadata``, a box is a list of corners. Each is made from the type's one schema.
"""

from __future__ import annotations

from typing import Any

from curator.calibrations.schema.schemas import load_schema
from curator.errors import UsageError

__all__ = ["CUSTOM_TAGS", "form_globs", "form_names", "form_schema"]

# What a YAML reader must be told of the tags in these files.
CUSTOM_TAGS = tuple(
    f"{tag} sequence"
    for tag in (
        "!<lsst.daf.base.PropertyList>",
        "lsst.daf.base.PropertyList",
        "tag:yaml.org,2002:python/tuple",
        "tag:yaml.org,2002:python/object/apply:lsst.geom.Box2I",
        "tag:yaml.org,2002:python/object/apply:lsst.geom.Point2I",
        "tag:yaml.org,2002:python/object/apply:lsst.geom.Extent2I",
    )
)
# Forms that are no dataset type's, and what files of them are called.
_OWN = {"config": "curator.yaml", "overrides": "*overrides.yaml"}
_CORNER = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}


def form_names() -> tuple[str, ...]:
    """Return the forms that have a schema: curator's own, and every dataset type with a YAML form."""
    from curator.calibrations.types.types import all_types

    return (*_OWN, *(one.name for one in all_types() if "yaml" in one.formats))


def form_globs(name: str) -> str:
    """Return which files of a repository have this form."""
    from curator.calibrations.types.types import find_type

    found = find_type(name)
    if found is None:
        return _OWN[name]
    return "/".join(["*", name, *("*" for _ in found.dimensions), "*.yaml"])


def form_schema(name: str) -> dict[str, Any]:
    """Return the schema of a form, draft-07, complete in itself.

    Raises
    ------
    UsageError
        No YAML file is called that, or the dataset type is written as ECSV.
    """
    from curator.calibrations.types.types import find_type

    if name not in form_names():
        known = f"the YAML files with a schema are {', '.join(form_names())}"
        if found := find_type(name):
            raise UsageError(
                f"{found.name} is written as ECSV, which JSON Schema cannot describe",
                hint=f"`curator new {found.name}` writes a file that you can start from; {known}",
            )
        raise UsageError(f"there is no YAML file called {name!r}", hint=known)
    whole = load_schema(name)
    if name in _OWN:
        return whole
    parts, definitions = whole["properties"], whole.get("definitions", {})
    form: dict[str, Any] = _written(parts["tree"])
    metadata = {"type": ["object", "array", "null"], "allOf": [_open(parts["header"])]}
    properties = {
        **form.get("properties", {}),
        "metadata": {**metadata, "description": "the header's keywords"},
    }
    shared = {key: _open(value) if key == "header" else value for key, value in definitions.items()}
    told = {"$schema": whole["$schema"], "title": whole["title"]}
    return {**told, **form, "properties": properties, "definitions": shared}


def _open(header: Any) -> Any:
    """Return a header's schema that says nothing of a header in another form: a PropertyList is a list."""
    if isinstance(header, dict):
        kept = {key: value for key, value in header.items() if (key, value) != ("type", "object")}
        if "allOf" in kept:
            kept["allOf"] = [_open(one) for one in kept["allOf"]]
        return kept
    return header


def _written(node: Any) -> Any:
    """Return a part of a tree's schema with boxes as they are written: lists of two corners."""
    if isinstance(node, list):
        return [_written(one) for one in node]
    if not isinstance(node, dict):
        return node
    if {"x0", "y0", "x1", "y1"} <= set(node.get("properties", ())):
        return {"type": "array", "items": _CORNER, "minItems": 2, "maxItems": 2}
    return {key: _written(value) for key, value in node.items()}
