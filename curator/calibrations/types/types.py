"""Dataset types: one declaration each, from which everything else about a type is derived."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from curator.errors import DeclarationError
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.calibrations.types.base import Calibration

__all__ = ["DatasetType", "all_types", "find_type"]


@dataclass(frozen=True, slots=True)
class DatasetType:
    """What is fixed about a kind of calibration.

    Parameters
    ----------
    name : str
        As directories and registries call it: ``defects``.
    obstype : str
        ``OBSTYPE`` as written in new files.
    dimensions : tuple of str
        Besides the instrument, in path order: any of ``detector``, ``physical_filter``.
    formats : tuple of str
        Text formats, the one new files use first: ``ecsv``, ``yaml``.
    storage_class : str
        Butler storage class. Without ``calibcls`` and ``pytype`` it is one of curator's own: Butlers that
        curator makes know it, others get a dictionary.
    calibration : type of Calibration
        The class that holds the content.
    pytype : str
        Full name of the class of what a Butler gives, where that is not ``calibcls``; for a storage class of
        curator's own it is ``calibration``. Butlers record it: where a class moves, its declaration states
        the old name, which stays an alias.
    row_key : tuple of str
        Columns that identify a row when two versions are compared.
    calibcls : str
        Class that Rubin's readers use for it, empty where there is none.
    schema_keys : tuple of str
        The pair of schema keywords written in new files; for ``defects``, ``(DEFECTS_SCHEMA,
        DEFECTS_VERSION)`` if not given.
    schema_values : tuple
        What new files write there: ``("Defects", 1.0)``.
    versions : tuple
        Values of the version keyword that are known; empty where any will do.
    registry_name : str
        Dataset type name in registries, where it may not be ``name``.
    summary : str
        What it holds, in a few words.
    """

    name: str
    obstype: str
    dimensions: tuple[str, ...]
    formats: tuple[str, ...]
    storage_class: str
    calibration: type[Calibration]
    pytype: str = ""
    row_key: tuple[str, ...] = ()
    calibcls: str = ""
    schema_keys: tuple[str, str] = ("", "")
    schema_values: tuple[str, float] = ("", 1.0)
    versions: tuple[float, ...] = ()
    registry_name: str = ""
    summary: str = ""

    def __post_init__(self) -> None:
        set_once = object.__setattr__
        if not self.pytype and not self.calibcls:
            set_once(self, "pytype", f"{self.calibration.__module__}.{self.calibration.__qualname__}")
        if self.schema_keys == ("", ""):
            set_once(self, "schema_keys", (f"{self.name.upper()}_SCHEMA", f"{self.name.upper()}_VERSION"))

    @property
    def has_detector(self) -> bool:
        return "detector" in self.dimensions

    @property
    def has_filter(self) -> bool:
        return "physical_filter" in self.dimensions

    @property
    def family(self) -> str:
        """The form of content that it shares with other types: ``box_list``, ``curve``, ``tree`` or none."""
        return self.calibration._family

    @property
    def has_own_storage_class(self) -> bool:
        """Whether no Butler knows the storage class unless curator defines it there."""
        return self.pytype.startswith("curator.")

    @property
    def is_read_by_stack(self) -> bool:
        """Whether the stack's own formatter reads our files: by the class that the storage class names."""
        return bool(self.calibcls) and not self.pytype

    @property
    def schema(self) -> str:
        """Name of its JSON Schema: ``schemas/<name>.schema.json``."""
        return self.name


@cache
def _modules() -> frozenset[str]:
    here = os.path.dirname(__file__)
    return frozenset(name[:-3] for name in os.listdir(here) if name.endswith(".py") and name[0] != "_")


def find_type(name: str) -> DatasetType | None:
    """Return the dataset type called ``name``, `None` if there is none.

    A type is the attribute ``TYPE`` of the module of that name in this package. Types whose names begin with
    the same word may share the module of that word, as its ``TYPES``. Nothing else registers them.

    Raises
    ------
    DeclarationError
        Its declaration is wrong.
    """
    for module in (name, name.partition("_")[0]):
        if module in _modules() and (found := _types_in(module).get(name)):
            return found
    return None


@cache
def _types_in(module: str) -> Mapping[str, DatasetType]:
    try:
        room = import_module(f"curator.calibrations.types.{module}")
    except TypeError as error:
        if not str(error).startswith("DatasetType()"):
            raise
        raise DeclarationError(str(error), module=module) from error
    declared: object = getattr(room, "TYPES", (room.TYPE,) if hasattr(room, "TYPE") else ())
    if not isinstance(declared, tuple):
        raise DeclarationError("TYPES is not a tuple", module=module)
    found: dict[str, DatasetType] = {}
    for one in declared:
        if fault := _fault(one, module):
            raise DeclarationError(fault, module=module)
        found[one.name] = one
    return found


_DIMENSIONS = ((), ("detector",), ("physical_filter",), ("detector", "physical_filter"))
_FORMATS = (("ecsv",), ("yaml",), ("ecsv", "yaml"), ("yaml", "ecsv"))


def _fault(one: object, module: str) -> str:
    """Return what is wrong with a declaration as far as attributes tell, else an empty string.

    Every start pays for it. `curator.calibrations.types.declarations` finds what costs more to find.
    """
    if not isinstance(one, DatasetType):
        return f"{one!r:.80} is not a DatasetType"
    name, calibration = one.name, one.calibration
    modules = (name, name.partition("_")[0])
    if module not in modules:
        return f"the dataset type {name!r} belongs in the module {' or '.join(dict.fromkeys(modules))}"
    owned: object = getattr(calibration, "_type", None)
    if owned is not one:
        title = getattr(calibration, "__name__", repr(calibration))
        return f"{title}._type is not this dataset type; write `TYPE = {title}._type = DatasetType(...)`"
    if one.dimensions not in _DIMENSIONS:
        return f"dimensions is {one.dimensions!r}, but must be one of {', '.join(map(str, _DIMENSIONS))}"
    if one.formats not in _FORMATS:
        return f"formats is {one.formats!r}, but must be one of {', '.join(map(str, _FORMATS))}"
    if "yaml" in one.formats and not hasattr(calibration, "from_tree"):
        return f"formats has 'yaml', but {calibration.__name__} is not a TreeCalibration"
    if [key.rpartition("_")[2] for key in one.schema_keys] != ["SCHEMA", "VERSION"]:
        return f"schema_keys is {one.schema_keys!r}, but must be (..._SCHEMA, ..._VERSION)"
    if one.versions and one.schema_values[1] not in one.versions:
        return f"schema_values has version {one.schema_values[1]}, but versions is {one.versions}"
    for field in ("obstype", "storage_class", "summary"):
        if not getattr(one, field):
            return f"{field} is empty"
    return "" if one.schema_values[0] else "schema_values has no name of the schema"


@cache
def all_types() -> tuple[DatasetType, ...]:
    """Return every dataset type, by name.

    Raises
    ------
    DeclarationError
        A declaration is wrong.
    """
    found = {name: one for module in _modules() for name, one in _types_in(module).items()}
    return tuple(one for _, one in sorted(found.items()))
