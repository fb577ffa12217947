"""Check the declarations of all dataset types, with their schemas and their classes.

The generators and a test run it. What a look at attributes tells, every start checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from curator.calibrations.schema.schemas import load_schema, schema_names, violations
from curator.calibrations.types.base import Calibration
from curator.calibrations.types.types import DatasetType, all_types
from curator.errors import DeclarationError

__all__ = ["check_declarations"]

_PACKAGE = "curator.calibrations.types."


def check_declarations() -> None:
    """Raise what is wrong with the declaration of a dataset type, if anything is.

    Raises
    ------
    DeclarationError
        The first mistake found.
    """
    declared = all_types()
    for calibration in _subclasses(Calibration):
        if calibration.__module__.startswith(_PACKAGE):
            _check_class(calibration, declared)
    for one in declared:
        for fault in (_clash(one, declared), _wrong_pytype(one), _wrong_schema(one)):
            if fault:
                raise DeclarationError(fault, module=_module(one.calibration))


def _module(calibration: type[Calibration]) -> str:
    return calibration.__module__.rpartition(".")[2]


def _subclasses(above: type[Calibration]) -> Iterator[type[Calibration]]:
    for one in above.__subclasses__():
        yield one
        yield from _subclasses(one)


def _check_class(calibration: type[Calibration], declared: tuple[DatasetType, ...]) -> None:
    own = calibration.__dict__.get("_type")
    if own is None and not calibration.__subclasses__():
        fault = "has no dataset type"
    elif own is not None and not any(own is one for one in declared):
        fault = f"has the dataset type {own.name!r}, but this is neither TYPE nor one of TYPES"
    else:
        return
    raise DeclarationError(f"{calibration.__name__} {fault}", module=_module(calibration))


def _clash(one: DatasetType, declared: tuple[DatasetType, ...]) -> str:
    obstype = one.obstype.lower()
    for other in declared:
        # Of two types, the one to blame is the one that has not its own name, or a storage class of its own.
        if other is not one and obstype != one.name and obstype in (other.obstype.lower(), other.name):
            return f"obstype is {one.obstype!r}, as for the dataset type {other.name}"
        if (
            one.storage_class == other.storage_class
            and one.pytype != other.pytype
            and one.has_own_storage_class >= other.has_own_storage_class
        ):
            return (
                f"storage_class is {one.storage_class!r} with the class {one.pytype or one.calibcls}, "
                f"but for the dataset type {other.name} with {other.pytype or other.calibcls}"
            )
    return ""


def _wrong_pytype(one: DatasetType) -> str:
    module, dot, name = one.pytype.rpartition(".")
    if not one.pytype or (dot and not one.has_own_storage_class):
        return ""  # the stack, which need not be here, has the class
    found: Any = None
    if dot:
        try:
            found = getattr(import_module(module), name, None)
        except ImportError:
            found = None
    title = one.calibration.__name__
    return "" if found is one.calibration else f"pytype is {one.pytype!r}, which is not the class {title}"


def _wrong_schema(one: DatasetType) -> str:
    if one.schema not in schema_names():
        return f"schemas/{one.schema}.schema.json is missing"
    for number, example in enumerate(load_schema(one.schema).get("examples", ()), 1):
        for found in violations(one.schema, example):
            return f"example {number} of schemas/{one.schema}.schema.json is not valid: {found.message}"
    return ""
