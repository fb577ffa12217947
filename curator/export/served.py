"""What a commit serves, without writing an export of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curator.export.compose import UnrepresentableError, misplaced
from curator.export.manifest.fingerprint import ServedContent
from curator.export.provenance.stamp import Identity
from curator.export.write import content_of

if TYPE_CHECKING:
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.layout.camera_files import CameraFiles
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

__all__ = ["served_by"]


def served_by(repo: Repository, rev: str | None = None) -> list[ServedContent]:
    """Return what an export of a commit would have a registry serve.

    Parameters
    ----------
    rev : str, optional
        The checked-out commit if not given; what is not committed does not count.

    Raises
    ------
    UnrepresentableError
        Texts that cannot be read or that FITS cannot hold, so that there is no export.
    RepositoryError
        The repository, the commit or its configuration cannot be read.
    """
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.layout.config import load_config

    commit = repo.commit(rev)
    config = load_config(commit)
    catalogue = Catalogue.of(commit, config)
    elsewhere = set(misplaced(catalogue))
    if unreadable := [one for one in catalogue.problems if one not in elsewhere]:
        raise UnrepresentableError(unreadable)
    return list(_served(commit, config.camera_files, [one for one in catalogue.entries if one.ranges]))


def _served(commit: Commit, cameras: CameraFiles, entries: list[Entry]) -> Iterator[ServedContent]:
    texts = commit.read_many(str(one.path) for one in entries)
    for entry, (_, raw) in zip(entries, texts, strict=True):
        content = content_of(raw, entry.path, Identity.at(entry.path, cameras))
        for validity in entry.ranges:
            yield ServedContent(entry.data_id, validity, content)
