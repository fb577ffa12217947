"""What every plan has to pass before anything is written, whether it is applied at once or saved."""

from __future__ import annotations

import os

from curator.errors import RegistryError
from curator.registries.model.collections import check_label, is_personal
from curator.registries.model.model import Export
from curator.registries.model.plan import Plan
from curator.registries.publish.export_reader import Refused, load_export

__all__ = ["checked", "planned"]

# Differences from a label that is published.
_OF_LABELS = {"label", "missing", "added", "changed", "range", "overlap"}


def checked(export_dir: str, label: str, *, prefer: bool) -> Export:
    """Return an export whose files are all there and unchanged, and that may have this label.

    Raises
    ------
    Refused
        Files are missing or changed, or texts have errors and the label is not a personal one.
    RegistryError
        The label is not for this commit.
    """
    export = load_export(export_dir)
    if export.failing and not is_personal(label):
        count = len(export.failing)
        files = f"{count} files of this export have" if count > 1 else "a file of this export has"
        raise Refused(
            f"label {label!r}: {files} errors",
            export.failing,
            path=export_dir,
            hint="`curator check` lists them; fix them and export again, or use a personal label, u/…",
        )
    check_label(
        label,
        instruments={item.data_id.instrument for item in export.items},
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
    if lost := [one.about for one in plan.differences if one.kind == "lost"]:
        raise _without_files(plan, target, lost)
    if plan.differences:
        count = len(plan.differences)
        raise Refused(
            f"refused: {count} differences between this export and what is there"
            if count > 1
            else f"refused: {plan.differences[0]}",
            plan.differences,
            path=target,
            hint="a published label is never edited: publish a new state under a new label"
            if any(one.kind in _OF_LABELS for one in plan.differences)
            else "",
        )
    return plan


def _without_files(plan: Plan, target: str, lost: list[str]) -> Refused:
    """Return the refusal of a registry that has lost files, and cannot get them back by itself."""
    tree = _tree(plan.export, lost[0])
    where = tree or _common(lost)
    count = f"{len(lost)} files" if len(lost) > 1 else "1 file"
    commit = plan.export.commit[:12]
    return Refused(
        f"refused: {count} below {where} {'are' if len(lost) > 1 else 'is'} lost",
        plan.differences,
        path=target,
        hint=f"export commit {commit} there again, or give the registry its own with --transfer copy"
        if tree
        else "--transfer copy puts them back",
    )


def _common(files: list[str]) -> str:
    """Return the folder, or the address, that some files are below."""
    first, last = min(files).split("/")[:-1], max(files).split("/")[:-1]
    same = (number for number, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return "/".join(first[: next(same, min(len(first), len(last)))])


def _tree(export: Export, file: str) -> str:
    """Return the export tree that a file was in, empty if it has no name that this export gives."""
    names = {os.path.relpath(item.file, export.root) for item in export.items}
    parts = file.split("/")
    found = (at for at in range(1, len(parts)) if "/".join(parts[at:]) in names)
    return "/".join(parts[: next(found, 0)])
