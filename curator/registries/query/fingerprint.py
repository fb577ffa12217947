"""What a registry serves, to be compared with what another one, an export or a commit serves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curator.errors import RegistryError
from curator.export.manifest.fingerprint import ServedContent
from curator.registries.model.collections import listed
from curator.registries.registry import open_registry

if TYPE_CHECKING:
    from curator.registries.model.model import Holding
    from curator.registries.registry import Registry

__all__ = ["held", "served_from", "serving"]


def held(target: str, label: str = "") -> list[Holding]:
    """Return what look-ups find in a registry: in one label, in the preferred ones if none is named.

    Raises
    ------
    RegistryError
        There is no such registry or label, or none is preferred.
    """
    with open_registry(target, "read") as registry:
        return serving(registry, target, label)


def serving(registry: Registry, target: str, label: str = "") -> list[Holding]:
    """Return what look-ups find in a registry that is open; see `held`."""
    there = registry.holdings(label)
    found = there if label else [one for one in there if one.preferred]
    if not found:
        raise RegistryError(
            "no label is preferred there" if there else "nothing is certified there",
            path=target,
            hint=f"--label names one: {listed(one.label for one in there)}" if there else "",
        )
    return found


def served_from(target: str, label: str = "") -> list[ServedContent]:
    """Return what a registry serves.

    Raises
    ------
    RegistryError
        As of `held`; or a file is lost, or does not say what it holds.
    """
    from curator.calibrations.types.types import all_types

    found = held(target, label)
    silent = [one for one in found if not one.content]
    if silent:
        more = f" and of {len(silent) - 1} more" if len(silent) > 1 else ""
        raise RegistryError(
            f"the content of {silent[0].file or silent[0].source or silent[0].run}{more} is unknown",
            path=target,
            hint="the file is lost, or curator did not write it",
        )
    names = {one.registry_name or one.name: one.name for one in all_types()}
    return [
        ServedContent(
            replace(one.data_id, dataset_type=names.get(one.data_id.dataset_type, one.data_id.dataset_type)),
            one.range,
            one.content,
        )
        for one in found
    ]
