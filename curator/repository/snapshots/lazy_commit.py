"""A commit of which only the directories that are asked for are read: what it costs follows the question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curator.errors import FormatError, RepositoryError
from curator.repository.git.command import printable, to_bytes, to_text
from curator.repository.git.object_reader import Blobs
from curator.repository.git.tree_entry import GITLINK, SYMLINK, TreeEntry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from subprocess import Popen

    from curator.repository.git.command import Git

__all__ = ["CommitTree", "Trees", "find_in"]

_DIRECTORY = 0o040000
# A directory of a million files is 50 MB; what claims more is no directory of calibrations.
_LARGEST = 1 << 28


class Trees:
    """Reads directories from the object store, each once, through one ``git cat-file``."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: Popen[bytes] | None = None
        self._known: dict[str, dict[str, tuple[int, str]]] = {}

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """End the process; the next read starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def list(self, tree: str) -> dict[str, tuple[int, str]]:
        """Return (mode, object id) of every name in a tree."""
        if tree not in self._known:
            raw = self._read(tree)
            self._known[tree] = dict(_entries(raw, len(tree) // 2))
        return self._known[tree]

    def _read(self, tree: str) -> bytes:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch", reads_only=True)
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(tree.encode("ascii") + b"\n")
        stdin.flush()
        facts = stdout.readline().split()
        if len(facts) != 3 or facts[1] != b"tree" or int(facts[2]) > _LARGEST:
            self.close()
            raise self._git.missing(f"directory {tree}")
        raw = stdout.read(int(facts[2]))
        stdout.read(1)
        return raw


def _entries(raw: bytes, size: int) -> Iterator[tuple[str, tuple[int, str]]]:
    at = 0
    while at < len(raw):
        end = raw.index(b"\0", at)
        mode, _, name = raw[at:end].partition(b" ")
        yield to_text(name), (int(mode, 8), raw[end + 1 : end + 1 + size].hex())
        at = end + 1 + size


class CommitTree:
    """A commit as a snapshot like `Commit`, but never listed as a whole unasked.

    Parameters
    ----------
    tree : str
        Id of the commit's tree.
    label : str
        What messages call it.
    readers : (Trees, Blobs), optional
        Those of other commits, whose processes and directories it shares.
    """

    unmerged = ()

    def __init__(
        self, root: str, git: Git, tree: str, label: str, readers: tuple[Trees, Blobs] | None = None
    ) -> None:
        self.root = root
        self.label = label
        self._tree = tree
        self._git = git
        self._shares = readers is not None
        self._trees, self._blobs = readers or (Trees(git), Blobs(git))

    def __reduce__(self) -> tuple[type[CommitTree], tuple[str, Git, str, str]]:
        return CommitTree, (self.root, self._git, self._tree, self.label)

    def entries(self, paths: Sequence[str] | None = None) -> list[TreeEntry]:
        """Return every path, sorted by its bytes; of ``paths`` (files or directories) only, if given."""
        found: dict[str, TreeEntry] = {}
        for path in [""] if paths is None else paths:
            below = list(self._below(path))
            if not below and path:
                raise self._missing("file or directory", path)
            found.update((entry.path, entry) for entry in below)
        return sorted(found.values(), key=lambda entry: to_bytes(entry.path))

    def find(self, path: str) -> TreeEntry | None:
        """Return the entry of one path, `None` where there is none or it is a directory."""
        return find_in(self._trees, self._tree, path)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file as stored."""
        return self._blobs.read(self.blob(path), path)

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        if self._shares:  # a process for each of many commits would take longer than all they read
            return ((path, self.read(path)) for path in paths)
        return self._blobs.read_many((self.blob(path), path) for path in paths)

    def id_of(self, path: str) -> str:
        """Return the object id of a file or directory, empty where there is none."""
        return self._look_up(path)[1]

    def blob(self, path: str) -> str:
        """Return the object id of a file."""
        entry = self.find(path)
        if entry is None or entry.blob is None:
            raise self._missing("file", path)
        if not entry.is_file:
            what = {SYMLINK: "symbolic link", GITLINK: "submodule"}.get(entry.mode, "special file")
            raise FormatError(f"this is a {what}, not a file", code="CUR013", path=printable(path))
        return entry.blob

    def _missing(self, what: str, path: str) -> RepositoryError:
        from curator.repository.snapshots.uncommitted import add_hint

        return RepositoryError(
            f"no such {what} in {self.label}", path=printable(path), hint=add_hint(self, path)
        )

    def listdir(self, directory: str) -> list[str]:
        """Return the names in a directory, sorted; empty where there is no such directory."""
        mode, tree = self._look_up(directory)
        return sorted(self._trees.list(tree)) if mode == _DIRECTORY else []

    def _look_up(self, path: str) -> tuple[int, str]:
        return _look_up(self._trees, self._tree, path)

    def _below(self, path: str) -> Iterator[TreeEntry]:
        mode, found = self._look_up(path)
        if mode != _DIRECTORY:
            if mode:
                yield TreeEntry(path, mode, found)
            return
        pending = [(path, found)]
        while pending:
            folder, tree = pending.pop()
            for name, (mode, found) in self._trees.list(tree).items():
                inside = f"{folder}/{name}" if folder else name
                if mode == _DIRECTORY:
                    pending.append((inside, found))
                else:
                    yield TreeEntry(inside, mode, found)


def find_in(trees: Trees, tree: str, path: str) -> TreeEntry | None:
    """Return the entry of one path below a tree, `None` where there is none or it is a directory."""
    mode, blob = _look_up(trees, tree, path)
    return TreeEntry(path, mode, blob) if mode not in (0, _DIRECTORY) else None


def _look_up(trees: Trees, tree: str, path: str) -> tuple[int, str]:
    mode, found = _DIRECTORY, tree
    for name in path.split("/") if path else ():
        if mode != _DIRECTORY:
            return 0, ""
        mode, found = trees.list(found).get(name, (0, ""))
    return mode, found
