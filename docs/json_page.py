"""Write ``docs/json.md`` from the schemas in ``schemas/output``, as ``make docs`` does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from curator.cli.verbs import summary_of, verb_names

__all__ = ["PAGE", "render"]

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "schemas" / "output"
PAGE = ROOT / "docs" / "json.md"
INTRODUCTION = """\
# JSON

With `--format json` these verbs print their answer as one JSON object on standard output. Messages for people
go to standard error. The key `version` is raised when another key changes its meaning; new keys may appear
without that. The [exit status](exit-statuses.md) is the same in every format.

Each verb has a JSON Schema (draft-07), `schemas/output/VERB.schema.json` in the repository of `curator`. In
the tables below, `files[].path` is the key `path` of each item of the list `files`, and `facts.*` stands for
any key of `facts`.

<!-- `make docs` writes this page from the schemas. -->
"""


def render() -> str:
    """Return the page."""
    known = {path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json")}
    return "\n".join([INTRODUCTION, *("\n".join(_section(verb)) for verb in verb_names() if verb in known)])


def _section(verb: str) -> Iterator[str]:
    path = SCHEMAS / f"{verb}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    yield f"## {verb}\n"
    yield f"{summary_of(verb)}.\n"
    yield "| key | value | meaning |"
    yield "|---|---|---|"
    rows: dict[str, tuple[str, str]] = {}
    for key, one in _keys(schema, schema, ""):
        kind, meaning = rows.get(key, ("", ""))
        kinds = dict.fromkeys([*filter(None, [kind]), _kind(one)])
        rows[key] = (" or ".join(kinds), meaning or one.get("description", ""))
    for key, (kind, meaning) in rows.items():
        yield f"| `{key}` | {kind} | {meaning} |".replace("  |", " |")
    yield ""


def _keys(schema: Mapping[str, Any], whole: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    """Yield every key below a schema with the schema of its value."""
    for each in (schema, *schema.get("oneOf", ()), *schema.get("anyOf", ())):
        each = _resolved(each, whole)
        entries = list(each.get("properties", {}).items())
        if isinstance(each.get("additionalProperties"), dict):
            entries.append(("*", each["additionalProperties"]))
        for name, given in entries:
            value = {**_resolved(given, whole), **given}
            yield f"{above}{name}", value
            yield from _keys(value, whole, f"{above}{name}.")
            if isinstance(value.get("items"), dict):
                yield from _keys(_resolved(value["items"], whole), whole, f"{above}{name}[].")


def _resolved(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        found: Any = whole
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _kind(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return ", ".join(f"`{json.dumps(one)}`" for one in schema["enum"])
    kinds = schema.get("type", "any")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    items = schema.get("items", {})
    if kinds == ["array"]:
        inner = items.get("type", "object" if "$ref" in items or "oneOf" in items else "")
        return f"list of {inner if isinstance(inner, str) else ' or '.join(inner)}".removesuffix(" of ")
    return " or ".join(kinds)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
