"""What every plan has to pass before anything is written, whether it is applied at once or saved."""

from __future__ import annotations

from curator.errors import RegistryError
from curator.registry.labels import check_label
from curator.registry.plans import Plan
from curator.registry.source import Refused, load_export
from curator.registry.values import Export

__all__ = ["checked", "planned"]


def checked(export_dir: str, label: str, *, prefer: bool) -> Export:
    """Return an export whose files are all there and unchanged, and that may have this label.

    Raises
    ------
    Refused
        Files are missing or changed.
    RegistryError
        The label is not for this commit.
    """
    export = load_export(export_dir)
    check_label(
        label,
        instruments={item.key.instrument for item in export.items},
        released=export.released,
        complete=export.complete,
        prefer=prefer,
    )
    return export


def planned(plan: Plan, target: str) -> Plan:
    """Return a plan that may be applied.

    Raises
    ------
    Refused
        What is in the registry contradicts the export.
    """
    if not (plan.export.items or plan.labels):
        raise RegistryError("this export holds no calibrations", path=target)
    if plan.differences:
        count = len(plan.differences)
        raise Refused(
            f"refused: {count} differences between this export and what is there"
            if count > 1
            else f"refused: {plan.differences[0]}",
            plan.differences,
            path=target,
            hint="a published label is never edited: publish a new state under a new label",
        )
    return plan
