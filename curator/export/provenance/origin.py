"""Where a text comes from: what git says of a file as it lies there."""

from __future__ import annotations

import os

from curator.errors import RepositoryError
from curator.export.provenance.source import blob_id
from curator.export.provenance.stamp import edit_note

__all__ = ["text_origin"]


def text_origin(name: str, raw: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    """Return labelled facts about a file's last commit, and a note for each of its edits, oldest first.

    A file that no repository knows has facts that say so, and no notes.
    """
    from curator.repository.history import History
    from curator.repository.repository import Repository

    path = os.path.realpath(name)
    try:
        repo = Repository.find(os.path.dirname(path))
        commit = repo.commit()
        inside = os.path.relpath(path, repo.root).replace(os.sep, "/")
        entry = commit.find(inside)
        if entry is None or entry.blob is None:
            return [("source", inside), ("commit", "not committed yet")], []
        edits = History.of(repo.git, commit.sha).edits(inside)
    except RepositoryError as error:
        return [("commit", f"unknown: {error.message}")], []
    facts = [("source", inside)]
    if edits:
        last = edits[0]
        facts += [("commit", last.sha), ("", f"{last.date} {last.author}: {last.subject}")]
    facts.append(("blob", entry.blob))
    if blob_id(raw, len(entry.blob)) != entry.blob:
        facts.append(("", "changed since then, and not committed"))
    return facts, [edit_note(edit) for edit in reversed(edits)]
