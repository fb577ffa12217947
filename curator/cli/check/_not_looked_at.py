"""Say which edits a check of commits does not see, and how to check them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import remark
from curator.errors import CuratorError
from curator.repository.layout.config import load_config
from curator.repository.not_committed import not_committed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from curator.repository.repository import Repository

__all__ = ["say_what_was_not_looked_at"]


def say_what_was_not_looked_at(
    repository: Repository, head: str, paths: Sequence[str] | None, *, staged: bool
) -> None:
    """Say on standard error how many files are edited and belong to no commit that was checked.

    Parameters
    ----------
    head : str
        The commit that was checked; if it is not the checked-out one, the work tree has no part in it.
    paths : sequence of str, optional
        Only files in these count.
    staged : bool
        Staged edits were checked, too.
    """
    try:
        if repository.bare or repository.commit(head).sha != repository.commit().sha:
            return
        found = not_committed(repository, load_config(repository.worktree()).directories)
    except CuratorError:
        return  # the check itself says what is wrong
    edited, new = _among(found.edited, paths), _among(found.new, paths)
    ready = set() if staged else _among(found.staged, paths)
    count = len(edited) + len(new) + len(ready)
    if not count:
        return
    kinds = " or ".join(word for word, some in (("new", new), ("edited", edited or ready)) if some)
    files = f"{count} {kinds} file{' is' if count == 1 else 's are'}"
    was, them = ("was", "it") if count == 1 else ("were", "them")
    if staged:
        remark(f"{files} not staged and {was} not looked at; `git add` {them}, or run `curator check`")
        return
    add = f"`git add` {them} and add --staged" if edited or new else "add --staged"
    remark(f"{files} not committed and {was} not looked at; {add}, or run `curator check`")


def _among(found: Collection[str], paths: Sequence[str] | None) -> set[str]:
    if paths is None:
        return set(found)
    return {
        one for one in found if any(not path or one == path or one.startswith(f"{path}/") for path in paths)
    }
