"""Commits that a program makes: in a repository of its own, or in a user's with the user's name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from curator.errors import RepositoryError
from curator.repository.git.command import GUARDS, to_bytes

if TYPE_CHECKING:
    from git import Repo

    from curator.repository.git.command import Git
    from curator.repository.repository import Repository

__all__ = ["advance", "build_commit", "commit_all", "remove_unfinished", "stage"]

_BUILDING = "refs/curator/building-"


def commit_all(repository: Repository, message: str, name: str, email: str) -> str:
    """Commit every file of the working tree and return the commit's id.

    GitPython writes the objects itself. So no hook, filter, signature or identity of the machine has a
    part in it, as they would in ``git commit``.

    Parameters
    ----------
    repository : Repository
        One with a working tree and SHA-1 ids, which are all that GitPython writes.
    message, name, email : str
        What the commit says, and of whom.

    Raises
    ------
    RepositoryError
        The repository is none that GitPython can write to.
    """
    from git import Actor
    from git.exc import GitError

    paths = [entry.path for entry in repository.worktree().entries()]
    editor = Actor(name, email)
    try:
        with _opened(repository) as opened:
            gone = {str(path) for path, _ in opened.index.entries} - set(paths)
            if gone:
                opened.index.remove(sorted(gone))
            opened.index.add(paths)
            made = opened.index.commit(message, author=editor, committer=editor, skip_hooks=True)
            return str(made.hexsha)
    except (GitError, OSError, ValueError) as error:
        raise RepositoryError(f"cannot commit: {error}", path=repository.root) from error


@contextmanager
def _opened(repository: Repository) -> Iterator[Repo]:
    """Open a repository with GitPython, which believes variables that name another one, behind our guards."""
    from git import Repo

    before = dict(os.environ)
    guarded = repository.git.environment()
    try:
        os.environ.clear()
        os.environ.update(guarded)
        with Repo(repository.root) as opened:
            opened.git.set_persistent_git_options(c=[one for one in GUARDS if "=" in one])
            yield opened
    finally:
        os.environ.clear()
        os.environ.update(before)


def build_commit(
    repository: Repository, parent: str, files: Mapping[str, tuple[int, bytes]], message: str
) -> str:
    """Write a commit that no branch holds yet, and return its id.

    The bytes of files go into it as they are, and neither the index nor the working tree is looked at. No
    hook,
    filter or signing program runs: what is committed is what was proven before.

    Parameters
    ----------
    parent : str
        Id of the commit it stands on.
    files : mapping of str to (int, bytes)
        Path to mode and content of what is new or differs in it.

    Raises
    ------
    RepositoryError
        Git does not know who the user is, or cannot write.
    """
    name = f"{_BUILDING}{os.urandom(8).hex()}"
    parts = [f"commit {name}\n".encode()]
    parts += [f"{role} {_identity(repository, role)}\n".encode() for role in ("author", "committer")]
    parts += [_data(message.encode()), f"from {parent}\n".encode()]
    for path, (mode, raw) in sorted(files.items()):
        parts += [f"M {mode:o} inline ".encode(), _quoted(path), b"\n", _data(raw)]
    parts.append(b"done\n")
    try:
        repository.git.run("fast-import", "--quiet", "--done", input=b"".join(parts))
        return repository.git.run("rev-parse", "--verify", name).decode().strip()
    finally:
        repository.git.run("update-ref", "-d", name)


def remove_unfinished(git: Git) -> None:
    """Remove the names of commits that a killed process was building; nobody may be building one now."""
    for line in git.run("for-each-ref", "--format=%(refname)", "refs/curator/").decode().split():
        number = line.removeprefix(_BUILDING)
        if len(number) == 16 and set(number) <= set("0123456789abcdef"):
            git.run("update-ref", "-d", line)


def advance(repository: Repository, old: str, new: str, reason: str) -> None:
    """Move the checked-out branch and the index from one commit to another; leave the working tree unchanged.

    Parameters
    ----------
    old, new : str
        Ids of commits; the branch must be at the first. What the index holds of paths that are the same in
        both stays.
    reason : str
        For the reflog.

    Raises
    ------
    RepositoryError
        The index is locked, or the branch is elsewhere by now: then nothing has changed.
    """
    git = repository.git
    stage(repository, old, new)
    try:
        git.run("update-ref", "-m", reason, "HEAD", new, old)
    except RepositoryError:
        stage(repository, new, old)
        raise


def stage(repository: Repository, old: str, new: str) -> None:
    """Put into the index what differs between two commits, as the second has it."""
    was, now = (
        {one.path: one for one in repository.commit(rev).entries() if one.blob is not None}
        for rev in (old, new)
    )
    lines = [
        b"%o %s\t%s\0" % (one.mode, (one.blob or "").encode(), to_bytes(path))
        for path, one in now.items()
        if was.get(path) != one
    ]
    width = len(new)
    lines += [b"0 %s\t%s\0" % (b"0" * width, to_bytes(path)) for path in was.keys() - now.keys()]
    repository.git.run("update-index", "-z", "--index-info", input=b"".join(lines))


def _identity(repository: Repository, role: str) -> str:
    """Return name, address and time as git would put them on a commit made here."""
    import time

    found = {}
    for what in ("name", "email"):
        value = os.environ.get(f"GIT_{role.upper()}_{what.upper()}", "")
        if not value:
            try:
                value = repository.git.run("config", "--get", f"user.{what}").decode("utf-8", "replace")
            except RepositoryError:
                value = ""
        found[what] = "".join(one for one in value.strip() if one.isprintable() and one not in "<>")
        if not found[what]:
            raise RepositoryError(
                f"git does not know your {'name' if what == 'name' else 'address'}",
                hint=f'once: git config --global user.{what} "…"',
            )
    zone = time.strftime("%z") or "+0000"
    return f"{found['name']} <{found['email']}> {int(time.time())} {zone}"


def _data(raw: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(raw), raw)


def _quoted(path: str) -> bytes:
    """Return a path as fast-import reads it, whatever is in it."""
    return b'"%b"' % b"".join(
        bytes([one]) if 32 <= one < 127 and one not in b'"\\' else b"\\%03o" % one for one in to_bytes(path)
    )
