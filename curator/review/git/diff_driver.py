"""Say for git what differs between two versions of a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from curator.errors import CuratorError
from curator.formats.files.bounded_io import read_bounded
from curator.review.report import report
from curator.review.text import text_lines
from curator.review.versions import Version, VersionPair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.repository.layout.config import Config
    from curator.review.versions import Kind

__all__ = ["diff_lines"]


def diff_lines(
    path: str, before: str, after: str, *, width: int, paint: Callable[..., str], old_path: str = ""
) -> Iterator[str]:
    """Give the lines that ``curator diff`` prints for one file.

    Parameters
    ----------
    path : str
        Where the file is in the repository.
    before, after : str
        Where the two versions lie; ``/dev/null`` for none.
    old_path : str
        Where it was, if git takes it for renamed.

    Raises
    ------
    FormatError
        A version cannot be read from the disk.
    """
    old, new = _version(path, before), _version(path, after)
    kind: Kind = "added" if not old else "removed" if not new else "renamed" if old_path else "edited"
    pair = VersionPair(kind, path, old_path or path, old, new)
    yield from text_lines(report(("before", "after"), [pair], _config()), width=width, paint=paint)


def _version(path: str, name: str) -> Version | None:
    return None if name == os.devnull else Version(path, read_bounded(os.path.realpath(name)))


def _config() -> Config | None:
    """Return the configuration of the repository that git runs in, `None` where it has none."""
    from curator.repository.layout.config import load_config
    from curator.repository.repository import Repository

    try:
        return load_config(Repository.find().worktree())
    except CuratorError:
        return None
