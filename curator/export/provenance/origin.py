"""Where a text comes from: what git says of a file as it lies there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.errors import RepositoryError
from curator.export.provenance.source import blob_id
from curator.export.provenance.stamp import edit_note

if TYPE_CHECKING:
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

__all__ = ["committed_origin", "text_origin"]


def text_origin(name: str, raw: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    """Return labelled facts about a file's last commit, and a note for each of its edits, oldest first.

    A file that no repository knows has facts that say so, and no notes.
    """
    from curator.repository.repository import Repository

    path = os.path.realpath(name)
    try:
        repo = Repository.find(os.path.dirname(path))
        commit = repo.commit()
        inside = os.path.relpath(path, repo.root).replace(os.sep, "/")
        entry = commit.find(inside)
        if entry is None or entry.blob is None:
            return [("source", inside), ("commit", "not committed yet")], []
        facts, notes = committed_origin(repo, commit, inside)
    except RepositoryError as error:
        return [("commit", f"unknown: {error.message}")], []
    if blob_id(raw, len(entry.blob)) != entry.blob:
        facts.append(("", "changed since then, and not committed"))
    return facts, notes


def committed_origin(
    repository: Repository, commit: Commit, path: str
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the same of a file as a commit has it; ``path`` is relative to the root."""
    from curator.repository.history import History

    edits = History.of(repository.git, commit.sha).edits(path)
    facts = [("source", path)]
    if edits:
        last = edits[0]
        facts += [("commit", last.sha), ("", f"{last.date} {last.author}: {last.subject}")]
    facts.append(("blob", commit.blob(path)))
    return facts, [edit_note(edit) for edit in reversed(edits)]
