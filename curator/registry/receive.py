"""Takes a hand-over of calibrations into a Butler: ``python receive.py REPO``.

Needs ``lsst-daf-butler``, and what reads the files later: the Rubin stack's ``lsst.obs.base``, or curator. Do
not use ``butler import`` instead: done twice, it deletes the files. This looks first at what is there, adds
what is missing as one transaction, and has nothing to do the second time. Where curator is installed,
``curator ingest`` takes this folder too.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import re
import sys
import tempfile
from collections import defaultdict
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
CURATED = re.compile(r"Curated calibrations of .*, commit [0-9a-f]+ \(.*\)")
HEADER = 100 * 2880
FORMATTERS = (
    ("curator.registry.formatter", "CuratorFormatter"),
    ("lsst.obs.base.formatters.fitsGeneric", "FitsGenericFormatter"),
)


class RefusedError(Exception):
    """Nothing was written, because of this."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("repo", metavar="REPO", help="the Butler")
    parser.add_argument(
        "--transfer",
        choices=("copy", "hardlink", "direct"),
        default="copy",
        help="copy the files into the Butler (default), or refer to them here",
    )
    args = parser.parse_args()
    try:
        with open(os.path.join(HERE, "handover.json"), encoding="utf-8") as file:
            about = json.load(file)
        check_files(about)
        with open(lock_of(args.repo), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            print(receive(args.repo, about, args.transfer))
    except (RefusedError, OSError) as error:
        print(f"receive.py: {error}", file=sys.stderr)
        return 1
    except Exception as error:  # whatever a Butler or its database makes it raise
        print(f"receive.py: {(str(error).strip() or type(error).__name__).splitlines()[0]}", file=sys.stderr)
        return 2
    return 0


def lock_of(repo: str) -> str:
    """Return the lock of a Butler in a folder, which curator holds too; else one of this folder."""
    folder = os.path.dirname(repo) if repo.endswith((".yaml", ".yml")) else repo
    return os.path.join(folder if os.path.isdir(folder) else HERE, ".curator-ingest")


def check_files(about: dict[str, Any]) -> None:
    """Compare every file with its digest before anything else."""
    for path, digest in about["files"].items():
        with open(os.path.join(HERE, path), "rb") as file:
            if hashlib.sha256(file.read()).hexdigest() != digest:
                raise RefusedError(f"{path} is not what was handed over")


def receive(repo: str, about: dict[str, Any], transfer: str) -> str:
    """Add what is missing, and return what that was."""
    from lsst.daf.butler import Butler, CollectionType

    with tempfile.TemporaryDirectory(prefix="handover-") as folder:
        # The one place where a YAML file may be imported: a Butler that has nothing.
        place = os.path.join(folder, "source")
        Butler.makeRepo(place)
        with Butler.from_config(place, writeable=True) as source:
            source.import_(directory=HERE, filename=os.path.join(HERE, "handover.yaml"), transfer="direct")
            with Butler.from_config(repo, writeable=True) as target:
                labels = [source.collections.get_info(name) for name in about["labels"]]
                refs = {str(ref.id): ref for ref in source.query_all_datasets("*", find_first=False)}
                missing = missing_datasets(target, refs, about["contents"])
                ranges = {one.name: missing_ranges(source, target, one) for one in labels}
                register(source, target, refs.values())
                with target.transaction():
                    ingest(source, target, missing, transfer)
                    for one in labels:
                        target.collections.register(one.name, CollectionType.CALIBRATION, doc=one.doc)
                        certify(target, one.name, ranges[one.name])
                moved = [chain for name in about["prefer"] if (chain := prefer(target, name))]
    if not (missing or moved or any(ranges.values())):
        return f"nothing to do: {repo} has all of {', '.join(about['labels'])}"
    count = sum(map(len, ranges.values()))
    return f"{len(missing)} datasets ingested, {count} validity ranges certified" + "".join(
        f"\n{chain} now prefers {about['label']}" for chain in moved
    )


def missing_datasets(target: Any, refs: dict[str, Any], contents: dict[str, str]) -> list[Any]:
    """Return the datasets that the Butler lacks; refuse those that it has with other content."""
    there = target.get_many_datasets(refs)
    uris = target.get_many_uris(there, allow_missing=True) if there else {}
    held = set()
    for ref, uri in uris.items():
        if uri.primaryURI is None:
            continue
        found = re.search(rb"CONTENT = '([0-9a-f]+)", uri.primaryURI.read(HEADER))
        if found is None or found[1].decode() != contents[str(ref.id)]:
            raise RefusedError(f"{ref} is there with other content")
        held.add(str(ref.id))
    return [ref for id_, ref in refs.items() if id_ not in held]


def missing_ranges(source: Any, target: Any, label: Any) -> list[tuple[Any, Any]]:
    """Return id and range of what a label lacks; refuse one that holds anything else."""
    from lsst.daf.butler import MissingCollectionError

    wanted = set(ranges_of(source, label.name))
    try:
        info = target.collections.get_info(label.name)
    except MissingCollectionError:
        return sorted(wanted, key=str)
    if info.type.name != "CALIBRATION" or info.doc != label.doc:
        raise RefusedError(f"{label.name} is there already, and is not this one: a label is never edited")
    there = set(ranges_of(target, label.name))
    if there - wanted:
        raise RefusedError(f"{label.name} holds validity ranges that were not handed over")
    return sorted(wanted - there, key=str)


def ranges_of(butler: Any, label: str) -> list[tuple[Any, Any]]:
    """Return dataset id and timespan of everything in a label."""
    found = []
    summary = butler.collections.get_info(label, include_summary=True)
    for name in sorted(summary.dataset_types or ()):
        there = butler.registry.queryDatasetAssociations(name, label, flattenChains=False)
        found += [(one.ref.id, one.timespan) for one in there]
    return found


def register(source: Any, target: Any, refs: Any) -> None:
    """Register dimension records and dataset types that are not there."""
    known = {one.name for one in target.registry.queryDatasetTypes()}
    for kind in {ref.datasetType for ref in refs}:
        if kind.name not in known:
            target.registry.registerDatasetType(kind)
    target.transfer_dimension_records_from(source, list(refs))


def ingest(source: Any, target: Any, refs: list[Any], transfer: str) -> None:
    """Ingest files; a dataset whose record alone was lost keeps its run."""
    from lsst.daf.butler import DatasetRef, FileDataset

    reader = formatter() if refs else ""
    kept = {ref.id: ref.run for ref in target.get_many_datasets([ref.id for ref in refs])} if refs else {}
    uris = source.get_many_uris(refs) if refs else {}
    files = []
    for ref in refs:
        run = kept.get(ref.id, ref.run)
        target.collections.register(run)
        kind = target.get_dataset_type(ref.datasetType.name)
        new = DatasetRef(kind, ref.dataId, run, id=ref.id)
        files.append(FileDataset(uris[ref].primaryURI, [new], formatter=reader))
    target.ingest(*files, transfer=transfer)


def formatter() -> str:
    """Return what reads the files: curator's own where it is set up."""
    from importlib import import_module

    for module, name in FORMATTERS:
        try:
            import_module(module)
        except ImportError:
            continue
        return f"{module}.{name}"
    raise RefusedError("nothing here reads calibrations: set up lsst.obs.base, or curator")


def certify(target: Any, label: str, ranges: list[tuple[Any, Any]]) -> None:
    """Certify datasets by their ranges."""
    refs = {ref.id: ref for ref in target.get_many_datasets([id_ for id_, _ in ranges])} if ranges else {}
    groups = defaultdict(list)
    for id_, timespan in ranges:
        groups[timespan].append(refs[id_])
    for timespan, members in groups.items():
        target.registry.certify(label, members, timespan)


def prefer(target: Any, label: str) -> str:
    """Let the instrument's chain have this label in the place of older ones; return its name if it moved."""
    from lsst.daf.butler import CollectionType

    name = label.partition("/calib/")[0] + "/calib"
    target.collections.register(name, CollectionType.CHAINED)
    before = list(target.collections.get_info(name).children)
    ours = [
        one for one in before if one == label or CURATED.fullmatch(target.collections.get_info(one).doc or "")
    ]
    at = before.index(ours[0]) if ours else 0
    after = [one for one in before if one not in ours]
    after.insert(at, label)
    if after == before:
        return ""
    target.collections.redefine_chain(name, after)
    return name


if __name__ == "__main__":
    sys.exit(main())
