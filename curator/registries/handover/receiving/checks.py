"""What has to be right before anything is written: the files, and what the Butler knows already."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from . import RefusedError, first_line

__all__ = [
    "check_definitions",
    "check_files",
    "check_listed",
    "check_manifest",
    "check_rows",
    "check_transfer",
    "formatters",
    "missing_datasets",
    "missing_ranges",
]

BLOCK = 2880
CARD = 80
_BLOCKS = (
    8,
    2000,
)  # nearly all stamps are in the first few; beyond the second number it is none of curator's
_THREADS = 16
_COMPILED = "__pycache__"
_NAMED = 10
# What Butlers have in the place of a storage class of curator's own that they do not know.
_PLAIN = "StructuredDataDict"
_CURATOR = "curator.registry.formatter.CuratorFormatter"
_STACK = "lsst.obs.base.formatters.fitsGeneric.FitsGenericFormatter"


def check_files(folder: str, digests: Mapping[str, str], about: str) -> None:
    """Compare every file of the hand-over with its digest, and refuse one that has none.

    Parameters
    ----------
    folder : str
    digests : mapping of str to str
        SHA-256 of each file, by its path.
    about : str
        The file that says so, which cannot list itself.
    """
    for path in _paths(folder):
        if path not in digests and path != about:
            raise RefusedError(f"{path} is not on the list of this hand-over, {about}: remove it")
    for path, digest in digests.items():
        try:
            with open(os.path.join(folder, path), "rb", opener=_at_once) as file:
                found = hashlib.sha256(file.read()).hexdigest()
        except OSError as error:
            raise RefusedError(f"{path} of this hand-over cannot be read: {error.strerror}") from error
        if found != digest:
            raise RefusedError(f"{path} of this hand-over has changed: its digest is not the one handed over")


def check_manifest(folder: str, digests: Mapping[str, str]) -> None:
    """Refuse a calibration that the manifest does not list with the digest it has."""
    rows = {(row.get("path"), row.get("sha256")) for row in _rows(folder, digests)}
    for path, digest in digests.items():
        if path.endswith(".fits") and (path, digest) not in rows:
            raise RefusedError(f"{path} of this hand-over is not in its manifest with this digest")


def _rows(folder: str, files: Iterable[str]) -> Iterator[dict[str, str]]:
    """Give what the manifest of a hand-over says of each file."""
    for name in files:
        if name.endswith(".ecsv"):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8", errors="replace", newline="") as file:
                yield from csv.DictReader(line for line in file if not line.startswith("#"))


def _paths(folder: str) -> Iterator[str]:
    """Give what is in a folder, but for what Python keeps of the program itself."""
    for above, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(above, name))]
        folders[:] = [name for name in folders if name != _COMPILED]
        for name in (*names, *links):
            yield os.path.relpath(os.path.join(above, name), folder)


def check_listed(folder: str, files: Mapping[Any, Any], about: Mapping[str, Any]) -> None:
    """Refuse datasets whose files are elsewhere or not on the list, or whose content is not named."""
    listed = {os.path.realpath(os.path.join(folder, path)) for path in about["files"]}
    for id_, uri in files.items():
        if not uri.isLocal or os.path.realpath(uri.ospath) not in listed:
            raise RefusedError(f"{uri} is not on the list of this hand-over")
        if str(id_) not in about["contents"]:
            raise RefusedError(
                f"{os.path.relpath(uri.ospath, folder)}: this hand-over does not list its content"
            )


def check_rows(folder: str, files: Iterable[str], label: str) -> None:
    """Refuse files that have errors, as the manifest of the hand-over says, under a label that is shared."""
    if label.startswith("u/"):
        return
    failing = [row for row in _rows(folder, files) if row.get("check") != "ok"]
    if failing:
        named = [f"{row.get('gitpath')}: {row.get('check')}" for row in failing[:_NAMED]]
        more = [f"and {len(failing) - _NAMED} more"] if failing[_NAMED:] else []
        what = f"label {label!r}: these files have errors, which `curator check` names:"
        raise RefusedError("\n  ".join([what, *named, *more]))


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)  # opening a named pipe must not wait for its writer


def check_transfer(target: Any, folder: str, transfer: str) -> None:
    """Refuse a way of transfer that cannot work with where the Butler keeps its files."""
    for root in filter(None, target.get_datastore_roots().values()):
        if not root.isLocal and transfer != "copy":
            raise RefusedError(
                f"{transfer}: this Butler keeps its files in another place: use --transfer copy"
            )
        if transfer == "hardlink" and os.stat(_nearest(root.ospath)).st_dev != os.stat(folder).st_dev:
            raise RefusedError("hardlink: the Butler is on another file system: use --transfer copy")


def _nearest(path: str) -> str:
    while not os.path.exists(path) and path != os.path.dirname(path):
        path = os.path.dirname(path)
    return path


def formatters(wanted: str, read_by_stack: Container[str]) -> Callable[[Any], str]:
    """Return what says which formatter reads a dataset: curator's own where it is set up, else the stack's.

    Parameters
    ----------
    wanted : {"", "curator", "stack"}
        ``stack`` for the stack's formatter where it reads our files as they are, though curator is set up.
    read_by_stack : container of str
        The storage classes where it does.

    Raises
    ------
    RefusedError
        The one that is wanted cannot be imported here, or none can.
    """
    there = [name for name in (_CURATOR, _STACK) if _is_importable(name)]
    if wanted and (name := _CURATOR if wanted == "curator" else _STACK) not in there:
        raise RefusedError(f"--formatter {wanted}: {name} cannot be imported here")
    if not there:
        raise RefusedError("no formatter can read calibrations: set up lsst.obs.base, or curator")

    def chosen(ref: Any) -> str:
        if wanted == "stack" and ref.datasetType.storageClass_name in read_by_stack:
            return _STACK
        return there[0]

    return chosen


def _is_importable(formatter: str) -> bool:
    from importlib import import_module

    module, _, name = formatter.rpartition(".")
    try:
        return hasattr(import_module(module), name)
    except ImportError:
        return False


def check_definitions(source: Any, target: Any, kinds: Iterable[Any], own: Container[str]) -> None:
    """Refuse a Butler that knows a dimension record or a dataset type otherwise.

    Data IDs are numbers and names: one that means another detector there would be certified for that one.
    What the hand-over leaves open is not compared: the site's own software says more than curator knows.
    """
    found = [*_record_differences(source, target), *_type_differences(target, kinds, own)]
    if found:
        count = f"{len(found)} definitions" if len(found) > 1 else "a definition"
        raise RefusedError("\n  ".join([f"this Butler has {count} that contradict the hand-over:", *found]))


def _record_differences(source: Any, target: Any) -> Iterator[str]:
    instruments = {one["name"]: one for one in _records(target, "instrument")}
    for wanted in _records(source, "instrument"):
        name = wanted["name"]
        if name not in instruments:
            continue
        yield from _field_differences(f"instrument {name}", instruments[name], wanted)
        filters = {one["name"]: one for one in _records(target, "physical_filter", instrument=name)}
        for one in _records(source, "physical_filter", instrument=name):
            if one["band"] == one["name"]:  # what stands where nobody knows the band
                one["band"] = None
            what = f"physical filter {one['name']} of {name}"
            yield from _field_differences(what, filters.get(one["name"], {}), one)
        detectors = _records(target, "detector", instrument=name)
        for one in _records(source, "detector", instrument=name):
            yield from _detector_differences(name, detectors, one)


def _detector_differences(
    instrument: str, there: Sequence[dict[str, Any]], wanted: dict[str, Any]
) -> Iterator[str]:
    for one in there:
        if one["id"] == wanted["id"]:
            yield from _field_differences(f"detector {one['id']} of {instrument}", one, wanted)
        elif _text(one["full_name"]) == _text(wanted["full_name"]):
            what = f"detector {wanted['full_name']} of {instrument}"
            yield f"{what}: id is {one['id']} here, {wanted['id']} in the hand-over"


def _field_differences(what: str, there: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    for field, value in wanted.items():
        here = there.get(field)
        if None not in (here, value) and _text(here) != _text(value):
            yield f"{what}: {field} is {here!r} here, {value!r} in the hand-over"


def _text(value: Any) -> Any:
    """Return what is compared: names of detectors are the same in capitals."""
    return value.casefold() if isinstance(value, str) else value


def _records(butler: Any, element: str, **data_id: Any) -> list[dict[str, Any]]:
    found = butler.query_dimension_records(element, limit=None, explain=False, **data_id)
    return [one.toDict() for one in found]


def _type_differences(target: Any, kinds: Iterable[Any], own: Container[str]) -> Iterator[str]:
    from lsst.daf.butler import MissingDatasetTypeError

    for kind in sorted(kinds, key=lambda one: str(one.name)):
        try:
            there = target.get_dataset_type(kind.name)
        except MissingDatasetTypeError:
            continue
        if there.dimensions.names != kind.dimensions.names:
            here, ours = (", ".join(sorted(one.dimensions.required)) for one in (there, kind))
            yield f"dataset type {kind.name}: dimensions are {here} here, {ours} in the hand-over"
        if there.isCalibration() != kind.isCalibration():
            here, ours = ("a calibration" if one.isCalibration() else "none" for one in (there, kind))
            yield f"dataset type {kind.name}: is {here} here, {ours} in the hand-over"
        if not _same_storage(there, kind, own):
            here, ours = there.storageClass_name, kind.storageClass_name
            yield f"dataset type {kind.name}: storage class is {here} here, {ours} in the hand-over"


def _same_storage(there: Any, kind: Any, own: Container[str]) -> bool:
    """Whether two dataset types store the same: an ``own`` class of curator's is a dictionary elsewhere."""
    names = (there.storageClass_name, kind.storageClass_name)
    if len({_PLAIN if name in own else name for name in names}) == 1:
        return True
    return bool(there.storageClass.can_convert(kind.storageClass))


def missing_datasets(
    target: Any, refs: Mapping[Any, Any], contents: Mapping[str, str]
) -> tuple[list[Any], list[Any]]:
    """Return the datasets that the Butler lacks, and those that it knows and has no file of any more.

    Raises
    ------
    RefusedError
        It has a dataset with other content.
    """
    known = {ref.id: ref for ref in target.get_many_datasets(list(refs))} if refs else {}
    places = target.get_many_uris(known.values(), allow_missing=True) if known else {}
    uris = {ref.id: many.primaryURI for ref, many in places.items() if many.primaryURI is not None}
    with ThreadPoolExecutor(_THREADS) as threads:
        found = dict(zip(uris, threads.map(_content, uris.values()), strict=True))
    for id_, content in found.items():
        if content is not None and content != contents[str(id_)]:
            raise RefusedError(f"{known[id_]} exists with other content, in {uris[id_]}")
    new = [ref for id_, ref in refs.items() if id_ not in known]
    return new, [ref for id_, ref in known.items() if found.get(id_) is None]


def _content(uri: Any) -> str | None:
    """Return the digest that the first header of a file names, empty without one; `None` without a file."""
    for blocks in _BLOCKS:
        try:
            data = uri.read(blocks * BLOCK)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise RefusedError(f"{uri} of this Butler cannot be read: {first_line(error)}") from error
        for at in range(0, len(data), CARD):
            card = data[at : at + CARD]
            if card.startswith(b"CONTENT = '"):
                return str(card[11:].partition(b"'")[0].decode("ascii", "replace")).rstrip()
            if card.startswith(b"END     "):
                return ""
    return ""


def missing_ranges(source: Any, target: Any, label: Any) -> list[tuple[Any, Any]]:
    """Return id and range of what a label lacks; refuse one that holds anything else."""
    from lsst.daf.butler import MissingCollectionError

    wanted = set(_ranges(source, label.name))
    try:
        info = target.collections.get_info(label.name)
    except MissingCollectionError:
        return sorted(wanted, key=str)
    if info.type.name != "CALIBRATION" or info.doc != label.doc:
        here = " ".join((info.doc or info.type.name).split())
        raise RefusedError(
            f"{label.name} already exists, as {here!r}, and not as {label.doc!r}: a label is never edited"
        )
    there = set(_ranges(target, label.name))
    if there - wanted:
        raise RefusedError(f"{label.name} contains validity ranges that are not part of this hand-over")
    return sorted(wanted - there, key=str)


def _ranges(butler: Any, label: str) -> list[tuple[Any, Any]]:
    """Return dataset id and timespan of everything in a label."""
    found = []
    summary = butler.collections.get_info(label, include_summary=True)
    for name in sorted(summary.dataset_types or ()):
        there = butler.registry.queryDatasetAssociations(name, label, flattenChains=False)
        found += [(one.ref.id, one.timespan) for one in there]
    return found
