"""Dataset types: one declaration each, from which everything else about a type is derived."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from curator.values import dataclass

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
        Butler storage class.
    calibration : type of Calibration
        The class that holds the content.
    row_key : tuple of str
        Columns that identify a row when two versions are compared.
    obstypes : tuple of str
        Other spellings of ``OBSTYPE`` that readers accept; comparison ignores case.
    calibcls : str
        Class that Rubin's readers use for it, empty where there is none.
    schema_keys : tuple of str
        The pair of schema keywords written in new files: ``(DEFECTS_SCHEMA, DEFECTS_VERSION)``.
    schema_values : tuple
        What new files write there: ``("Defects", 1.0)``.
    versions : tuple
        Values of the version keyword that are known; empty where any will do.
    registry_name : str
        Dataset type name in registries, where it may not be ``name``.
    certified : bool
        Whether registries certify it (images and tables yes, a camera too).
    """

    name: str
    obstype: str
    dimensions: tuple[str, ...]
    formats: tuple[str, ...]
    storage_class: str
    calibration: type[Calibration]
    row_key: tuple[str, ...] = ()
    obstypes: tuple[str, ...] = ()
    calibcls: str = ""
    schema_keys: tuple[str, str] = ("", "")
    schema_values: tuple[str, float] = ("", 1.0)
    versions: tuple[float, ...] = ()
    registry_name: str = ""
    certified: bool = True
    summary: str = ""

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
    def schema(self) -> str:
        """Name of its JSON Schema: ``schemas/<name>.schema.json``."""
        return self.name


@cache
def _modules() -> frozenset[str]:
    here = os.path.dirname(__file__)
    return frozenset(name[:-3] for name in os.listdir(here) if name.endswith(".py") and name[0] != "_")


def find_type(name: str) -> DatasetType | None:
    """Return the dataset type called ``name``, `None` if there is none.

    A type is the attribute ``TYPE`` of the module of that name in this package: nothing else registers it.
    """
    return _type_in(name) if name in _modules() else None


@cache
def _type_in(module: str) -> DatasetType | None:
    found = getattr(import_module(f"curator.calibrations.types.{module}"), "TYPE", None)
    return found if isinstance(found, DatasetType) else None


def all_types() -> tuple[DatasetType, ...]:
    """Return every dataset type, by name."""
    found = (find_type(name) for name in sorted(_modules()))
    return tuple(one for one in found if one is not None)
