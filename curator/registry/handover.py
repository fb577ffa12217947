"""A folder for a site whose Butler nobody here can reach: files, and a program that takes them in there.

The files and the manifest are those of an export, so `curator ingest` takes the folder too. What the Butler
has to know is a YAML file that a Butler wrote, by another name than the one that ``butler import`` looks for:
that command, run twice, deletes the files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

from curator.errors import UsageError
from curator.registry.planning import checked, planned
from curator.registry.plans import Plan

if TYPE_CHECKING:
    from uuid import UUID

    from curator.registry.values import Item

__all__ = ["RECEIVE", "hand_over"]

RECEIVE = "receive.py"
YAML = "handover.yaml"
ABOUT = "handover.json"
# Of daf_butler, so that every site can load the YAML file, and one that takes no FITS file: receive.py puts
# what reads them in its place, and ``butler import`` by hand, the trap, is refused.
FORMATTER = "lsst.daf.butler.formatters.typeless.TypelessFormatter"


def hand_over(export_dir: str, folder: str, label: str, *, prefer: bool = False) -> Plan:
    """Write a folder to be handed over, whole or not at all.

    Parameters
    ----------
    export_dir : str
        An export tree, or one of the manifests below its ``manifests/``.
    folder : str
        To be made; files are hard links where they can be.
    label : str
        What this state is published as there; the rules are those of `curator.registry.ingest.ingest`.
    prefer : bool
        Whether look-ups there find this label from then on.

    Raises
    ------
    Refused
        The export has changed, or holds what no Butler takes.
    UsageError
        There is such a folder already.
    """
    from curator.registry.butler import ButlerRegistry
    from curator.registry.butler_place import locate, require_butler
    from curator.registry.errors import butler_errors

    folder = os.path.abspath(folder)
    if os.path.lexists(folder):
        raise UsageError("this is there already", path=folder, hint="name a new folder")
    require_butler()
    export = checked(export_dir, label, prefer=prefer)
    with TemporaryDirectory(prefix="curator-handover-") as scratch:
        place = locate(os.path.join(scratch, "butler"))
        plan = planned(ButlerRegistry(None, place).plan(export, label, prefer=prefer), folder)
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        private = mkdtemp(prefix=f".{os.path.basename(folder)}.", dir=os.path.dirname(folder))
        workshop = os.path.join(private, "handover")
        try:
            _copy_tree(export_dir, plan, workshop)
            with butler_errors(folder):
                items = _write_yaml(plan, place.folder, os.path.join(workshop, YAML))
            _write_about(plan, label, items, workshop, prefer=prefer)
            os.rename(workshop, folder)
        finally:
            shutil.rmtree(private, ignore_errors=True)
    return plan


def _copy_tree(export_dir: str, plan: Plan, workshop: str) -> None:
    from curator.export.manifest import MANIFEST

    real = os.path.realpath(export_dir)
    manifest = os.path.join(real, MANIFEST) if os.path.isdir(real) else real
    for file in (manifest, *(item.file for item in plan.export.items)):
        target = os.path.join(workshop, os.path.relpath(file, plan.export.root))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        try:
            os.link(file, target)
        except OSError:  # another file system, or one without hard links
            shutil.copyfile(file, target)
    shutil.copyfile(Path(__file__).with_name(RECEIVE), os.path.join(workshop, RECEIVE))


def _write_yaml(plan: Plan, place: str, path: str) -> dict[UUID, Item]:
    """Put the export into a Butler that is thrown away, and have that write what it holds."""
    from dataclasses import replace

    from lsst.daf.butler import Butler, CollectionType, FileDataset
    from lsst.resources import ResourcePath

    from curator.registry.butler_records import Records
    from curator.registry.butler_runs import certify, registered, versioned

    def relative(dataset: FileDataset) -> FileDataset:
        (ref,) = dataset.refs
        return replace(dataset, path=os.path.relpath(items[ref.id].file, plan.export.root))

    Butler.makeRepo(place)
    with Butler.from_config(place, writeable=True) as butler:
        Records(butler).register(plan.export)
        types = registered(butler, {item.key.dataset_type for item in plan.export.items})
        # In RUNs that follow from the export alone: nobody knows here which are free there.
        refs = {item: versioned(types[item.key.dataset_type], item) for item in plan.export.items}
        items = {ref.id: item for item, ref in refs.items()}
        for run in sorted({ref.run for ref in refs.values()}):
            butler.collections.register(run)
        for name in sorted(set(plan.labels.values())):
            butler.collections.register(name, CollectionType.CALIBRATION, doc=plan.documentation)
        files = (
            FileDataset(ResourcePath(Path(item.file).as_uri()), [ref], formatter=FORMATTER)
            for item, ref in refs.items()
        )
        butler.ingest(*files, transfer="direct")
        certify(butler, plan, refs)
        with butler.export(filename=path) as out:
            out.saveDatasets(
                [ref.expanded(butler.registry.expandDataId(ref.dataId)) for ref in refs.values()],
                rewrite=relative,
            )
            for name in sorted(set(plan.labels.values())):
                out.saveCollection(name)
    return items


def _write_about(plan: Plan, label: str, items: Mapping[UUID, Item], workshop: str, *, prefer: bool) -> None:
    import json
    from hashlib import sha256

    root = plan.export.root
    labels = sorted(set(plan.labels.values()))
    files = {os.path.relpath(item.file, root): item.file for item in plan.export.items}
    about = {
        "label": label,
        "labels": labels,
        "prefer": labels if prefer else [],
        "commit": plan.export.commit,
        "contents": {str(id_): item.content for id_, item in items.items()},
        "files": {path: sha256(Path(file).read_bytes()).hexdigest() for path, file in sorted(files.items())},
    }
    Path(workshop, ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
