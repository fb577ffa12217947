"""One path of a snapshot."""

from __future__ import annotations

from curator.values import dataclass

__all__ = ["GITLINK", "SYMLINK", "TreeEntry"]

SYMLINK = 0o120000
GITLINK = 0o160000


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One path of a snapshot.

    Parameters
    ----------
    path : str
        Relative to the root, with ``/``; bytes that are no UTF-8 are surrogates.
    mode : int
        As git has it: ``0o100644``, ``0o100755``, `SYMLINK`, `GITLINK`.
    blob : str or None
        Object id, `None` where it has not been computed (see `Snapshot.blob`).
    """

    path: str
    mode: int
    blob: str | None = None

    @property
    def is_file(self) -> bool:
        """Whether there are bytes to read: neither a symbolic link nor a submodule."""
        return self.mode & 0o170000 == 0o100000
