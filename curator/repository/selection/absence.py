"""What a camera, or a detector or filter of it, has nothing of at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.repository.layout.paths import CalibPath
from curator.repository.selection.required_types import available_types

if TYPE_CHECKING:
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.selection.selection import Request

__all__ = ["absence"]


def absence(request: Request, catalogue: Catalogue) -> str:
    """Return a sentence if nothing there could ever be the answer, and what there is instead; else nothing.

    Parameters
    ----------
    request : Request
    catalogue : Catalogue
        Of a repository or a registry. A file that cannot be read may be the answer.
    """
    camera, dataset_type = request.camera, request.dataset_type
    types = sorted(name for of, name in available_types(catalogue) if of == camera)
    if dataset_type not in types:
        has = f"it has {', '.join(types)}" if types else "it has no calibrations"
        return f"{camera} has no {dataset_type}; {has}"
    there = {one.key for one in catalogue.entries if one.key[:2] == (camera, dataset_type)}
    unread = (CalibPath.try_parse(error.path) for error in catalogue.problems)
    if request.key in there or any(
        one and (one.camera, one.dataset_type) == (camera, dataset_type) for one in unread
    ):
        return ""
    return f"{_named(request)} has no {dataset_type}; {_others(request, len(there))}"


def _named(request: Request) -> str:
    names = ((request.detector, ""), (request.physical_filter, "filter "))
    return " with ".join(f"{kind}{name}" for name, kind in names if name)


def _others(request: Request, count: int) -> str:
    """Return how many others have the type, in the terms of what the type depends on."""
    many = count != 1
    if request.detector and request.physical_filter:
        what = f"combination{'s' if many else ''} of detector and filter"
    else:
        what = f"{'detector' if request.detector else 'filter'}{'s' if many else ''}"
    return f"{count} other {what} {'have' if many else 'has'} it"
