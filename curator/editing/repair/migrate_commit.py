"""Commits a move to another profile: all of it or nothing, also where the process is killed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.editing.migration_journal import journal_of, recover
from curator.editing.repair.fix import FileFix
from curator.editing.tree_writer import require_unchanged
from curator.errors import EditingError

if TYPE_CHECKING:
    from curator.editing.repair.migrate import Migration
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["IGNORED", "commit_migration", "require_clean"]

IGNORED = ".git-blame-ignore-revs"
_UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")


def commit_migration(repository: Repository, migration: Migration) -> tuple[str, str]:
    """Write and commit a migration, and list its commit in ``.git-blame-ignore-revs`` with a second one.

    All or nothing: where something goes wrong, every file has its old bytes again. Should the process be
    killed, the next migration begins by taking back what it left (`recover`).

    Returns
    -------
    tuple of str
        The two commits.

    Raises
    ------
    CuratorError
        The tree is not as the last commit left it, git is in the middle of something, or a file cannot be
        written.
    """
    from curator.repository.commits import advance, build_commit

    require_clean(repository)
    head, tree = repository.commit(), repository.worktree()
    if head.sha != migration.head:
        raise EditingError("the branch has moved since the command started", hint="run the command again")
    files = {one.path: (_mode(head, one.path), one.after) for one in migration.files}
    summary = f"Move headers from profile {migration.old} to {migration.new}"
    count = len(files) - 1
    body = (
        f"`curator fix --migrate {migration.new}` rewrote the headers of {count} files and changed "
        "nothing else."
    )
    first = build_commit(repository, head.sha, files, f"{summary}\n\n{body}\n")
    listed = tree.read(IGNORED) if tree.find(IGNORED) else b""
    gap = b"" if not listed or listed.endswith(b"\n") else b"\n"
    listing = FileFix(
        IGNORED, listed, b"%b%b# %b\n%b\n" % (listed, gap, summary.encode(), first.encode()), ()
    )
    second = build_commit(
        repository,
        first,
        {IGNORED: (_mode(head, IGNORED), listing.after)},
        f"Make git blame skip the move to profile {migration.new}\n",
    )
    _write_all(repository, (*migration.files, listing), head.sha, second)
    try:
        advance(repository, head.sha, second, f"curator fix --migrate {migration.new}")
    except BaseException:
        recover(repository)
        raise
    os.unlink(journal_of(repository))
    return first, second


def _mode(head: Commit, path: str) -> int:
    entry = head.find(path)
    return entry.mode if entry is not None else 0o100644


def _write_all(repository: Repository, files: tuple[FileFix, ...], head: str, target: str) -> None:
    from curator.formats.files.bounded_io import write_atomic

    tree = repository.worktree()
    write_atomic(journal_of(repository), f"{head} {target}\n".encode())
    try:
        for file in files:
            replace(tree, file.path, file.before, file.after)
    except BaseException:
        recover(repository)
        raise


def replace(tree: WorkTree, path: str, before: bytes, after: bytes) -> None:
    """Replace a file that still holds ``before``; a missing file holds nothing.

    Raises
    ------
    CuratorError
        It holds something else by now, is not a regular file of the tree, or the disk refuses.
    """
    from curator.formats.files.bounded_io import write_atomic

    if before or tree.find(path) is not None:
        require_unchanged(tree, path, before)
    write_atomic(os.path.join(tree.root, path), after)


def require_clean(repository: Repository) -> None:
    """Raise unless calibrations and index are as the last commit left them.

    Raises
    ------
    EditingError
        Something is changed, staged or unfinished.
    """
    from curator.repository.git.command import printable, to_text

    for name in _UNFINISHED:
        if os.path.lexists(os.path.join(repository.gitdir, name)):
            raise EditingError("git is in the middle of a merge or rebase", hint="finish or abort it first")
    from curator.repository.layout.config import load_config
    from curator.repository.layout.paths import is_candidate

    config = load_config(repository.worktree())
    away = [path for path in repository.worktree().not_checked_out if is_candidate(path, config.directories)]
    if away:
        raise EditingError(
            f"{printable(away[0])} is not checked out"
            + (f", and {len(away) - 1} more" if len(away) > 1 else "")
            + ": a migration rewrites every calibration",
            hint="`git sparse-checkout disable` checks out all of them",
        )
    changed = repository.uncommitted(config.directories)
    staged = repository.git.run("diff-index", "--cached", "--name-only", "-z", "--no-ext-diff", "HEAD", "--")
    changed += [to_text(name) for name in staged.split(b"\0") if name]
    tree, head = repository.worktree(), repository.commit()
    if (there := tree.find(IGNORED)) or head.find(IGNORED):
        if there is not None and not there.is_file:
            raise EditingError("is not a regular file", path=IGNORED)
        if there is None or head.find(IGNORED) is None or tree.blob(IGNORED) != head.blob(IGNORED):
            changed.append(IGNORED)
    if changed:
        raise EditingError(
            f"{printable(changed[0])} has changes that are not committed"
            + (f", and {len(changed) - 1} more" if len(changed) > 1 else ""),
            hint="commit or `git stash` them, and run the command again",
        )
    stored = {one.path: one.blob for one in head.entries() if is_candidate(one.path, config.directories)}
    for path, blob in stored.items():
        if blob is not None and tree.blob(path) != blob:
            raise EditingError(
                f"{printable(path)} differs from the committed file: git converts it at checkout",
                hint="a migration needs a clone without conversions: git clone -c core.autocrlf=false",
            )
