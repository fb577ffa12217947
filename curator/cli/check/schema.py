"""Print the JSON Schemas of YAML files, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.json_output import add_format, say_json
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DESCRIPTION = """\
Print the JSON Schema (draft-07) of a kind of YAML file, for editors: curator.yaml (NAME config), a file of
overrides (NAME overrides), or a dataset type that is written as YAML. Without NAME, list the schemas and the
files that each one describes.

--to DIR writes all schemas to DIR, and prints the settings of yaml-language-server that assign them to files.
`curator lsp` does not need them, and finds more mistakes than a schema can."""
EXAMPLES = """\
curator schema config
curator schema --to .vscode/schemas"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="config, overrides, or a dataset type written as YAML"
    )
    parser.add_argument(
        "--to", metavar="DIR", help="write every schema to DIR, and print the editor's settings"
    )
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.calibrations.editor_schemas import form_globs, form_names, form_schema
    from curator.cli.terminal.console import say, table

    if args.name is not None and args.to is not None:
        raise UsageError("--to writes every schema: remove NAME")
    if args.to is not None:
        return _write(args.to)
    if args.name is None and args.format == "json":
        say_json(schemas=[{"name": name, "files": form_globs(name)} for name in form_names()])
        return 0
    if args.name is None:
        say(table([(name, form_globs(name)) for name in form_names()]))
        return 0
    say(_text(form_schema(args.name)).rstrip("\n"))
    return 0


def _text(value: object) -> str:
    import json

    return json.dumps(value, indent=2) + "\n"


def _write(folder: str) -> int:
    import os

    from curator.calibrations.editor_schemas import CUSTOM_TAGS, form_globs, form_names, form_schema
    from curator.cli.terminal.console import say
    from curator.formats.files.bounded_io import write_atomic

    os.makedirs(folder, exist_ok=True)
    chosen = {}
    for name in form_names():
        path = os.path.join(folder, f"{name}.schema.json")
        write_atomic(path, _text(form_schema(name)).encode())
        chosen[path] = form_globs(name)
    say(
        _text({"yaml.yamlVersion": "1.1", "yaml.schemas": chosen, "yaml.customTags": CUSTOM_TAGS}).rstrip(
            "\n"
        )
    )
    return 0
