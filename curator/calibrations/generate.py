"""Write the dataset types into the template and the pages: ``python -m curator.calibrations.generate``.

Every type has an example file in the template. Where nobody wrote one by hand, it is made from the
``examples`` of the type's JSON Schema: instances of the schema, with the ``values`` of each column.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from curator.calibrations.types.types import all_types
from curator.errors import CuratorError
from curator.generators import run_generator

if TYPE_CHECKING:
    from curator.calibrations.types.base import Calibration
    from curator.calibrations.types.types import DatasetType

__all__ = ["examples", "with_table", "write"]

_TEMPLATE = os.path.join("obs_data_template", "template")
_CAMERA = "{{ camera }}"
_PAGES = (os.path.join(_TEMPLATE, "README.md.jinja"), os.path.join("docs", "files.md"))
_MARK = "{#- Made from the examples of the schema by `make docs`. -#}"
_TITLES = "| dataset type | per | text | what it holds |"
_PER = {"detector": "detector", "physical_filter": "filter"}
# As the template's camera has them: their folder, and what a header's macro is told of them.
_FOLDERS = {"detector": "s00", "physical_filter": "g_01"}
_KNOWN = {"detector": 'detector="S00", number=0', "physical_filter": 'filter="g_01"'}
_START = "20200101T000000"


def with_table(page: str) -> str:
    """Return a page with the table of all dataset types in place of the one that it has."""
    before, titles, after = page.partition(_TITLES + "\n")
    if not titles:
        raise CuratorError(f"the page has no table that begins with {_TITLES}")
    rest = after.splitlines(keepends=True)
    while rest and rest[0].startswith("|"):
        del rest[0]
    return "".join([before, titles, "|---|---|---|---|\n", *map(_row, all_types()), *rest])


def _row(dataset_type: DatasetType) -> str:
    per = " and ".join(_PER[one] for one in dataset_type.dimensions) or "camera"
    text = " or ".join(one.upper() for one in dataset_type.formats)
    return f"| `{dataset_type.name}` | {per} | {text} | {dataset_type.summary} |\n"


def examples(root: str) -> dict[str, str]:
    """Return the text of each example that nobody wrote by hand, by its path below a checkout's ``root``."""
    folder = os.path.join(root, _TEMPLATE, _CAMERA)
    return {
        _path(one): _example(one)
        for one in all_types()
        if not any(True for _ in _files(os.path.join(folder, one.name), made=False))
    }


def _path(dataset_type: DatasetType) -> str:
    folders = [dataset_type.name, *(_FOLDERS[one] for one in dataset_type.dimensions)]
    return os.path.join(_TEMPLATE, _CAMERA, *folders, f"{_START}.{dataset_type.formats[0]}.jinja")


def _files(folder: str, *, made: bool) -> Iterator[str]:
    """Yield the files of a folder that were made, or else those written by hand."""
    for above, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(above, name)
            with open(path, encoding="utf-8") as file:
                if file.readline().startswith(_MARK) is made:
                    yield path


def _example(dataset_type: DatasetType) -> str:
    from curator.calibrations.schema.schemas import load_schema

    for example in load_schema(dataset_type.schema).get("examples", ()):
        try:
            text = _calibration(dataset_type, example).to_text().decode()
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            what = f"{error} is missing" if isinstance(error, KeyError) else error
            raise CuratorError(
                f"no file can be made of the first example: {what}",
                path=f"schemas/{dataset_type.schema}.schema.json",
                hint='each of its "columns" needs "values" of its "datatype"; "tree" is the file as a whole',
            ) from error
        before, marker, after = text.partition(next(line for line in text.splitlines() if _HEADER in line))
        macro = f"{{{{ header.{dataset_type.formats[0]}({', '.join(_arguments(dataset_type))}) }}}}"
        load = '{%- import "macros/header.jinja" as header with context -%}'
        return "\n".join([_MARK, load, f"{before}{macro}{after}" if marker else text])
    raise CuratorError(
        f"the template has no example of {dataset_type.name}",
        hint=f'add one to "examples" of schemas/{dataset_type.schema}.schema.json',
    )


# Stands where the template's macro puts the keywords that every header has.
_HEADER = "HEADER_OF_THE_TEMPLATE"


def _calibration(dataset_type: DatasetType, example: Mapping[str, Any]) -> Calibration:
    import numpy as np

    header = {_HEADER: True, **example.get("header", {})}
    calibration = dataset_type.calibration
    if "tree" in example:
        tree: Any = calibration  # a type with a YAML form
        return cast("Calibration", tree.from_tree(example["tree"], header))
    columns = example["columns"]
    arrays = {
        name: np.array(one["values"], None if one["datatype"] == "string" else one["datatype"])
        for name, one in columns.items()
    }
    units = {name: one["unit"] for name, one in columns.items() if "unit" in one}
    return calibration.from_arrays(header, arrays, units)


def _arguments(dataset_type: DatasetType) -> Iterator[str]:
    (schema, version), (said, number) = dataset_type.schema_keys, dataset_type.schema_values
    yield from (f'"{one}"' for one in (dataset_type.obstype, schema, said, version))
    yield str(number)
    yield from (_KNOWN[one] for one in dataset_type.dimensions)
    if dataset_type.calibcls:
        yield f'calibcls="{dataset_type.calibcls}"'


def write(root: str) -> None:
    """Write the examples and the tables of a checkout, and remove examples of types that are gone.

    Raises
    ------
    DeclarationError
        The declaration of a dataset type is wrong, or an example of its schema.
    CuratorError
        There is no example of a type, or a page without the table.
    """
    from curator.calibrations.types.declarations import check_declarations

    check_declarations()
    texts = examples(root)
    for path in list(_files(os.path.join(root, _TEMPLATE, _CAMERA), made=True)):
        if os.path.relpath(path, root) not in texts:
            os.unlink(path)
    for page in _PAGES:
        with open(os.path.join(root, page), encoding="utf-8") as file:
            texts[page] = with_table(file.read())
    for path, text in texts.items():
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        with open(os.path.join(root, path), "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    run_generator(lambda: write(root))
