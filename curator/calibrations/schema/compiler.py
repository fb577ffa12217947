"""Compile the schemas that `curator` checks files by to Python code, which decides without jsonschema.

The build hook (``hatch_build.py``) runs this for every wheel, sdist and editable install, so it imports only
fastjsonschema and the standard library. After a change of ``schemas/``, run
``python -m curator.calibrations.schema.compiler``.
"""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

from fastjsonschema import JsonSchemaDefinitionException, compile_to_code

from curator.calibrations.schema.schemas import COMPILER, PACKAGE, SUFFIX, digest, load_schema, schema_names
from curator.errors import InstallationError
from curator.generators import run_generator

__all__ = ["compile_all", "compile_schema", "compiled_names"]

# Parts of other schemas, and schemas for programs that read what curator writes.
_NEVER_LOADED = {"boxes", "curve", "difference", "header", "profile_dmtn148", "profile_obs_base"}


def compiled_names() -> tuple[str, ...]:
    """Return the names of the schemas that have a compiled validator."""
    return tuple(name for name in schema_names() if name not in _NEVER_LOADED)


def compile_schema(name: str) -> str:
    """Return the Python code of a schema's validator, which imports nothing of fastjsonschema.

    Raises
    ------
    InstallationError
        The file is no JSON Schema.
    """
    schema = load_schema(name)
    names = (name, *sorted({*schema.get("definitions", ())} & {*schema_names()}))
    try:
        code = compile_to_code(schema, use_default=False)
    except JsonSchemaDefinitionException as error:
        raise InstallationError(str(error), path=f"schemas/{name}{SUFFIX}") from error
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
        raise ValueError(f"schema {name}: multipleOf is not supported")
    lines = [
        "# mypy: ignore-errors",
        f'"""Compiled from schemas/{name}{SUFFIX} by `python -m {COMPILER}`."""',
        f"from {PACKAGE} import JsonSchemaValueException, Patterns",
        "",
        f"SCHEMAS = {names!r}",
        f"DIGEST = {digest(names)!r}",
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


def compile_all() -> list[Path]:
    """Write the validators of all schemas, delete those without a schema, and return the files.

    A file that is current is not written, so that a checkout that cannot be written to still gives a wheel.
    """
    folder = Path(str(import_module(PACKAGE).__file__)).parent
    texts = {folder / f"{name}.py": compile_schema(name) for name in compiled_names()}
    for file in {*folder.glob("[a-z]*.py")} - {*texts}:
        file.unlink()
    for file, text in texts.items():
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    return list(texts)


def _main() -> None:
    for written in compile_all():
        print(written.stem)


if __name__ == "__main__":
    run_generator(_main)
