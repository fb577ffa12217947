"""``REV:PATH``: a file as a commit has it."""

from __future__ import annotations

import os

__all__ = ["split_revision"]


def split_revision(start: str, name: str) -> tuple[str, str]:
    """Return the commit and the path of ``REV:PATH``; of anything else no commit, and ``name``.

    A file that exists is meant before a commit.

    Parameters
    ----------
    start : str
        Where paths with ``./`` start; others start at the top of the repository.
    """
    revision, colon, path = name.partition(":")
    if not colon or not revision or os.path.lexists(name):
        return "", name
    if path.startswith(("./", "../")):
        from curator.repository.repository import Repository

        here = os.path.relpath(os.path.realpath(start), Repository.find(start).root)
        path = os.path.normpath(os.path.join(here, path))
    return revision, path
