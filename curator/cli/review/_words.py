"""Words of a command line as git reads them: commits first, then files and directories."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.errors import RepositoryError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from curator.repository.repository import Repository

__all__ = ["parted"]


def parted(args: Namespace, repository: Repository) -> tuple[list[str], list[str]]:
    """Return which words name commits, and the others, which name files and directories.

    As git has it: what stands behind ``--`` is a path; in front of it a word is a commit, or else it and all
    that follow are paths.
    """
    words = list(args.words)
    behind = args.behind_dashes
    if behind is not None:
        words = words[: len(words) - len(behind)]
    revisions: list[str] = []
    for number, word in enumerate(words):
        if not _is_commit(repository, word):
            if behind is not None or not os.path.lexists(word):
                _require(repository, word, behind is None)
            return revisions, words[number:]
        # The files of a bare repository are git's own.
        if behind is None and not repository.bare and os.path.lexists(word):
            raise UsageError(
                f"{word} is both a commit and a file", hint="write -- between the commits and the files"
            )
        revisions.append(word)
    return revisions, behind or []


def _require(repository: Repository, word: str, may_be_path: bool) -> None:
    """Raise an error for a word that names no commit, unless it is a path that some commit may have."""
    if may_be_path and ".." not in word and not any(one in word for one in "~^@:"):
        return
    for one in word.split(".."):
        repository.commit(one.strip(".") or "HEAD")


def _is_commit(repository: Repository, word: str) -> bool:
    found = [one.lstrip(".") for one in word.split("..")] if ".." in word else [word]
    if len(found) == 2 and not any(found):
        return False
    try:
        for one in found:
            repository.commit(one or "HEAD")
    except RepositoryError:
        return False
    return True
