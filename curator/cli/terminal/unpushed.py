"""Say of a commit that is published that nobody else can find it yet."""

from __future__ import annotations

from contextlib import suppress

from curator.cli.terminal.console import remark
from curator.errors import LocatedError

__all__ = ["remark_unpushed"]


def remark_unpushed(start: str, commit: str, label: str) -> None:
    """Say on standard error that no remote branch has a commit, where the repository around has remotes.

    Parameters
    ----------
    start : str
        A folder; where it is in no repository, or in one without the commit, nothing is said.
    commit : str
        Its full id.
    label : str
        What it is published under; of a personal label nothing is said.
    """
    from curator.registries.model.collections import is_personal
    from curator.repository.remote_branches import is_on_no_remote
    from curator.repository.repository import Repository

    if is_personal(label):
        return
    with suppress(LocatedError):
        if is_on_no_remote(Repository.find(start).git, commit):
            remark(f"commit {commit[:12]} is on no remote branch: push it so that others find it")
