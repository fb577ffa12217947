"""A folder for a site whose Butler nobody here can reach: files, and a program that takes them in there.

The files and the manifest are those of an export, so `curator ingest` takes the folder too. What the Butler
has to know is a YAML file that a Butler wrote, by another name than the one that ``butler import`` looks for:
that command, run twice, deletes the files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

from curator.errors import FormatError, UsageError
from curator.registries.errors import UnusableRegistryError
from curator.registries.model.plan import Plan
from curator.registries.publish.preflight import checked, planned

if TYPE_CHECKING:
    from uuid import UUID

    from curator.registries.model.model import Item

__all__ = ["ABOUT", "FORMATTER", "PROGRAM", "RECEIVE", "YAML", "hand_over"]

RECEIVE = "receive.py"
PROGRAM = "receiving"
YAML = "handover.yaml"
ABOUT = "handover.json"
# Of daf_butler, so that every site can load the YAML file, and one that takes no FITS file: receive.py puts
# what reads them in its place, and ``butler import`` by hand, the trap, is refused.
FORMATTER = "lsst.daf.butler.formatters.typeless.TypelessFormatter"
_START = f'''"""Takes this hand-over of calibrations into a Butler: ``python {RECEIVE} REPO``."""

import os
import sys

sys.dont_write_bytecode = True  # this folder stays what was handed over
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from {PROGRAM}.program import main  # noqa: E402

sys.exit(main())
'''


def hand_over(export_dir: str, folder: str, label: str, *, prefer: bool = False) -> Plan:
    """Write a folder to be handed over, whole or not at all.

    Parameters
    ----------
    export_dir : str
        An export tree, or one of the manifests below its ``manifests/``.
    folder : str
        To be made; files are hard links where they can be.
    label : str
        What this state is published as there, by the rules of `curator.registries.publish.ingest.ingest`.
    prefer : bool
        Whether look-ups there find this label from then on.

    Raises
    ------
    Refused
        The export has changed, or holds what no Butler takes.
    UsageError
        There is such a folder already.
    """
    from curator.registries.butler.location import locate, require_butler
    from curator.registries.butler.registry import ButlerRegistry

    folder = os.path.abspath(folder)
    if os.path.lexists(folder):
        raise UsageError("this already exists", path=folder, hint="name a new folder")
    require_butler()
    export = checked(export_dir, label, prefer=prefer)
    with TemporaryDirectory(prefix="curator-handover-") as scratch:
        place = locate(os.path.join(scratch, "butler"))
        plan = planned(ButlerRegistry(None, place).plan(export, label, prefer=prefer), folder)
        yaml, items = _registered(plan, label, place.folder)
        with _destination(folder):
            os.makedirs(os.path.dirname(folder), exist_ok=True)
            private = mkdtemp(prefix=f".{os.path.basename(folder)}.", dir=os.path.dirname(folder))
            workshop = os.path.join(private, "handover")
            try:
                _fill(workshop, export_dir, plan, yaml)
                _write_about(workshop, plan, label, items, prefer=prefer)
                os.rename(workshop, folder)
            finally:
                shutil.rmtree(private, ignore_errors=True)
    return plan


@contextmanager
def _destination(folder: str) -> Iterator[None]:
    """Name the folder in what goes wrong while it is written: the files that were copied are as they were."""
    try:
        yield
    except (OSError, FormatError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.message.rpartition(": ")[2]
        raise UnusableRegistryError(f"cannot be written: {reason}", path=folder) from error


def _fill(workshop: str, export_dir: str, plan: Plan, yaml: bytes) -> None:
    from curator.export.manifest.manifest import MANIFEST
    from curator.formats.files.bounded_io import write_atomic

    real = os.path.realpath(export_dir)
    manifest = os.path.join(real, MANIFEST) if os.path.isdir(real) else real
    files = {os.path.join(workshop, os.path.relpath(manifest, plan.export.root)): _bytes(manifest)}
    for item in plan.export.items:
        _link(item.file, os.path.join(workshop, os.path.relpath(item.file, plan.export.root)))
    for module in sorted(Path(__file__).with_name(PROGRAM).glob("*.py")):
        files[os.path.join(workshop, PROGRAM, module.name)] = module.read_bytes()
    files[os.path.join(workshop, YAML)] = yaml
    files[os.path.join(workshop, RECEIVE)] = _START.encode()
    for path, data in files.items():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_atomic(path, data)


def _link(file: str, target: str) -> None:
    from curator.formats.files.bounded_io import write_atomic

    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        os.link(file, target)
    except OSError:  # another file system, or one without hard links
        write_atomic(target, _bytes(file))


def _bytes(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise UnusableRegistryError(f"cannot be read: {error.strerror}", path=file) from error


def _registered(plan: Plan, label: str, place: str) -> tuple[bytes, dict[UUID, Item]]:
    """Put the export into a Butler that is thrown away, and return what that writes, and its datasets."""
    from dataclasses import replace

    from lsst.daf.butler import Butler, CollectionType, FileDataset
    from lsst.resources import ResourcePath

    from curator.registries.butler.datasets import certify, placed, registered
    from curator.registries.butler.dimension_records import Records
    from curator.registries.errors import butler_errors

    def relative(dataset: FileDataset) -> FileDataset:
        (ref,) = dataset.refs
        return replace(dataset, path=os.path.relpath(items[ref.id].file, plan.export.root))

    path = f"{place}.yaml"
    with butler_errors(place):
        Butler.makeRepo(place)
        with Butler.from_config(place, writeable=True) as butler:
            Records(butler).register(plan.export)
            types = registered(butler, {item.data_id.dataset_type for item in plan.export.items})
            refs = placed(butler, types, plan.export.items)
            items = {ref.id: item for item, ref in refs.items()}
            for run in sorted({ref.run for ref in refs.values()}):
                butler.collections.register(run)
            labels = _labels(plan, label)
            for name in labels:
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
                for name in labels:
                    out.saveCollection(name)
        return Path(path).read_bytes(), items


def _labels(plan: Plan, label: str) -> list[str]:
    """Return the labels of all instruments, also of those of which nothing is to be used any more."""
    from curator.registries.model.collections import label_name

    there = {item.data_id.instrument for item in plan.export.items} if plan.export.complete else plan.labels
    return sorted(label_name(instrument, label) for instrument in there)


def _write_about(workshop: str, plan: Plan, label: str, items: Mapping[UUID, Item], *, prefer: bool) -> None:
    import json
    from hashlib import sha256

    from curator.formats.files.bounded_io import write_atomic
    from curator.registries.butler.formatters import read_by_stack
    from curator.registries.butler.location import own_storage_classes

    certified = set(plan.labels.values())
    files = sorted(path for path in Path(workshop).rglob("*") if path.is_file())
    about = {
        "label": label,
        "labels": [name for name in _labels(plan, label) if name in certified],
        # What look-ups find of these is to end, where the label is preferred.
        "empty": [name for name in _labels(plan, label) if name not in certified],
        "prefer": prefer,
        "commit": plan.export.commit,
        "own_storage_classes": sorted(own_storage_classes()),
        "read_by_stack": sorted(read_by_stack()),
        "contents": {str(id_): item.content for id_, item in items.items()},
        "files": {str(path.relative_to(workshop)): sha256(path.read_bytes()).hexdigest() for path in files},
    }
    write_atomic(os.path.join(workshop, ABOUT), (json.dumps(about, indent=1) + "\n").encode())
