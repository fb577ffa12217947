"""What git would store of files of the working tree, where attributes or settings let it convert them.

Line ends (``core.autocrlf``, ``text``, ``eol``), ``ident`` and ``working-tree-encoding`` are git's own work.
A ``filter`` is a program, and none is run: of a file with one git's index says whether it has changed.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from curator.repository.git.command import GitError, to_bytes, to_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curator.repository.git.command import Git

__all__ = ["same_for_git", "settings_without_programs"]

_DEBUG = re.compile(
    rb"([^\0]+)\0  ctime: (\d+):(\d+)\n  mtime: (\d+):(\d+)\n  dev: \d+\tino: (\d+)\n"
    rb"  uid: \d+\tgid: \d+\n  size: (\d+)\tflags: \w+\n"
)


def same_for_git(git: Git, blobs: Mapping[str, str]) -> set[str]:
    """Return the files of the working tree that git would store as they are stored already.

    Parameters
    ----------
    blobs : mapping of str to str
        Path to the object id that is stored; each must be a regular file of the working tree.
    """
    # Git reads paths by line here.
    paths = [path for path in blobs if "\n" not in path]
    settings = settings_without_programs(git) if paths else None
    if settings is None:
        return set()
    names = b"".join(to_bytes(path) + b"\n" for path in paths)
    said = git.run(*settings, "hash-object", "--stdin-paths", input=names).decode("ascii").split()
    same = {path for path, found in zip(paths, said, strict=True) if found == blobs[path]}
    left = [path for path in paths if path not in same]
    return same | set(_unchanged_behind_programs(git, settings, left, blobs))


def settings_without_programs(git: Git) -> list[str] | None:
    """Return the settings with which git converts files but runs no filter; `None` if none prevent that."""
    programs = _programs(git)
    if any("=" in name for name in programs):
        return None  # git would take the setting for another one, and run the program
    settings = _attributes_of_user(git)
    for name in programs:
        settings += ["-c", f"{name}={'false' if name.endswith('required') else ''}"]
    return settings


def _unchanged_behind_programs(
    git: Git, settings: Sequence[str], paths: Sequence[str], blobs: Mapping[str, str]
) -> Iterator[str]:
    """Give the files that a program converts and that are as git's index says it wrote them."""
    if not paths:
        return
    names = b"".join(to_bytes(path) + b"\0" for path in paths)
    said = git.run(*settings, "check-attr", "-z", "--stdin", "filter", input=names).split(b"\0")
    filtered = {
        to_text(path)
        for path, value in zip(said[::3], said[2::3], strict=False)
        if value not in (b"unspecified", b"unset")
    }
    if not filtered:
        return
    staged = git.run("ls-files", "-z", "--stage").split(b"\0")
    written = _as_git_wrote(git)
    for record in staged:
        facts, _, name = record.partition(b"\t")
        path = to_text(name)
        if path in filtered and facts.split(b" ")[1].decode("ascii") == blobs[path]:
            found = os.lstat(os.path.join(os.fsencode(git.root), name))
            if written.get(path) == _stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino):
                yield path


def _as_git_wrote(git: Git) -> dict[str, tuple[int, ...]]:
    """Return the stamp that the index has of every file, from when git wrote it or last looked at it.

    `git diff-files` compares whole seconds, and asks the program about what is no older than the index.
    """
    said = git.run("ls-files", "-z", "--debug")
    found = {}
    for name, *numbers in _DEBUG.findall(said):
        changed, changed_ns, modified, modified_ns, inode, size = map(int, numbers)
        second = 1_000_000_000
        found[to_text(name)] = _stamp(
            size, modified * second + modified_ns, changed * second + changed_ns, inode
        )
    return found


def _stamp(size: int, modified: int, changed: int, inode: int) -> tuple[int, ...]:
    return size % 2**32, modified, changed, inode % 2**32  # as many bits as the index has


def _attributes_of_user(git: Git) -> list[str]:
    """Return the setting that names the user's own attributes, which every other git command leaves out."""
    named = [one for one in _values(git, "core.attributesFile") if one != os.devnull]
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    found = os.path.expanduser(named[-1]) if named else os.path.join(home, "git", "attributes")
    return ["-c", f"core.attributesFile={found}"]


def _programs(git: Git) -> list[str]:
    """Return the names of the settings that let a filter's program run."""
    pattern = r"^filter\..*\.(clean|process|required)$"
    try:
        said = git.run("config", "-z", "--name-only", "--get-regexp", pattern)
    except GitError:
        return []  # there is none
    return [to_text(name) for name in dict.fromkeys(said.split(b"\0")) if name]


def _values(git: Git, name: str) -> list[str]:
    try:
        return [to_text(one) for one in git.run("config", "-z", "--get-all", name).split(b"\0") if one]
    except GitError:
        return []  # nobody set it
