"""What the datasets are that an image was processed with: by a registry, or by git alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from curator.calibrations.types.types import all_types
from curator.registries.model.collections import version_name
from curator.registries.model.dataset_ids import dataset_id
from curator.registries.model.model import KnownDataset
from curator.registries.model.run_names import start_of_run
from curator.registries.registry import open_registry

if TYPE_CHECKING:
    from curator.calibrations.fits.used_calibrations import UsedCalibration
    from curator.repository.history import History
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

__all__ = ["Identified", "identify_in_git", "identify_in_registry"]


class Identified(NamedTuple):
    """What is known of some datasets.

    Parameters
    ----------
    datasets : dict of str to KnownDataset
        By id; those that nothing is known of are missing.
    is_cut : bool
        More might be known, were this clone not shallow.
    """

    datasets: dict[str, KnownDataset]
    is_cut: bool = False


def identify_in_registry(target: str, used: Iterable[UsedCalibration]) -> Identified:
    """Return what a registry knows of some datasets.

    Parameters
    ----------
    target : str
        ``butler:PATH``

    Raises
    ------
    RegistryError
        There is no such registry, or it has no ids of datasets.
    """
    with open_registry(target, "read") as registry:
        return Identified(registry.identify(sorted({one.uuid for one in used if one.uuid})))


def identify_in_git(repository: Repository, rev: str | None, used: Iterable[UsedCalibration]) -> Identified:
    """Return which text at which commit each dataset was made from, from the history of a commit.

    The id of a calibration follows from its type, its data ID, its start and the commit that last touched its
    text, so one that is found is known for certain, in a shallow clone too. The cameras are those of ``rev``.

    Raises
    ------
    RepositoryError
        There is no such commit, or a part of its history cannot be read.
    """
    from curator.repository.history import History

    wanted = {one.uuid: one for one in used if _is_named(one.uuid)}
    if not wanted:
        return Identified({})
    found: dict[str, KnownDataset] = {}
    starts = {start_of_run(one.run) for one in wanted.values()}
    commit = repository.commit(rev)
    history = History.of(repository.git, commit.sha, shallow=True)
    for known in _every_dataset(commit, history, None if None in starts else starts):
        if known.id in wanted:
            found[known.id] = known
            if len(found) == len(wanted):
                return Identified(found)
    return Identified(found, history.is_cut)


def _is_named(text: str) -> bool:
    """Whether a text is an id that follows from what the dataset is."""
    try:
        return UUID(text).version == 5
    except ValueError:
        return False


def _every_dataset(
    commit: Commit, history: History, starts: Iterable[object] | None
) -> Iterator[KnownDataset]:
    """Give the dataset that each edit of each calibration made, of some valid starts or of all."""
    from curator.errors import CuratorError
    from curator.repository.catalogue.catalogue import data_id_at
    from curator.repository.layout.config import load_config
    from curator.repository.layout.paths import CalibPath, camera_of, is_candidate

    config = load_config(commit)
    types = {one.name: one.registry_name or one.name for one in all_types()}
    for name in history.every_path():
        if not is_candidate(name, config.directories):
            continue
        try:
            path = CalibPath.parse(name, camera_of(name, config.directories))
            if starts is not None and path.start not in starts:
                continue
            data_id = data_id_at(path, config.camera_files.at(path.camera, path.start), {})
        except CuratorError:
            continue  # no export had it
        data_id = replace(data_id, dataset_type=types.get(data_id.dataset_type, data_id.dataset_type))
        for edit in history.edits(name):
            version = version_name(data_id.instrument, edit.sha, path.start)
            yield KnownDataset(
                id=str(dataset_id(data_id, version)), data_id=data_id, source=name, commit=edit.sha
            )
