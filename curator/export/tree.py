"""The export tree: one writer at a time, and a manifest whose rename makes an export stand.

Files are written under names that never change content, so nothing that an earlier
manifest lists is ever touched. Whatever kills an export leaves the old manifest and
all its files; what was written besides is taken up by the next run.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from curator.errors import ExportError, FormatError
from curator.export.manifest.manifest import MANIFEST, MANIFESTS, Manifest, ManifestRow, load_manifest
from curator.formats.files.bounded_io import TEMPORARY, write_atomic

__all__ = ["LOCK", "ExportTree", "cannot_write", "write_shared"]

LOCK = ".curator-export"
_NO_FOLDER = "this is not a folder; symlinks in an export are refused"
_OWN = {LOCK, MANIFEST, MANIFESTS, ".gitignore"}


def cannot_write(error: OSError, path: str) -> ExportError:
    """Return what to tell a person when the system refuses to write ``path``."""
    return ExportError(f"cannot be written: {error.strerror or error}", path=path)


def write_shared(target: str, data: bytes, *, sync: bool = True) -> None:
    """Write a file that other people than its writer read: all of it, or nothing.

    Raises
    ------
    ExportError
        The disk is full or cannot be written.
    """
    try:
        write_atomic(target, data, permissions=0o644, sync=sync)
    except FormatError as error:
        raise ExportError(error.message, path=target) from error


class ExportTree:
    """A folder of exported files, locked by this process.

    Made by `locked` only; everything else works below ``root`` and follows no symlink there.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._known_directories = {""}

    @classmethod
    @contextmanager
    def locked(
        cls, out: str | os.PathLike[str], *, worktree: str = "", gitdir: str = ""
    ) -> Iterator[ExportTree]:
        """Open (and make, if need be) an export tree for writing.

        Parameters
        ----------
        out : path
            Folder to export to; a symlink is followed here, and nowhere below.
        worktree, gitdir : str, optional
            The data repository, which an export must not be mixed up with.

        Raises
        ------
        ExportError
            The folder holds something else, cannot be written, or another export is at work there.
        """
        root = os.path.realpath(out)
        _keep_apart(root, worktree, gitdir)
        try:
            os.makedirs(root, exist_ok=True)
        except OSError as error:
            raise cannot_write(error, root) from error
        _refuse_foreign(root)
        with _lock(os.path.join(root, LOCK)):
            tree = cls(root)
            tree.remove_leftovers()
            if worktree and _is_below(root, worktree) and tree.read(".gitignore", 2) is None:
                tree.write(".gitignore", b"*\n")
            yield tree

    def join(self, path: str) -> str:
        return os.path.join(self.root, *path.split("/"))

    def write(self, path: str, data: bytes) -> None:
        """Write one small file at once: the old one or the new one stands."""
        write_shared(self.join(path), data)

    def make_directory(self, path: str) -> None:
        """Make a folder below the root, and refuse one that is a symlink or a file.

        Modes do not depend on the umask: an export is read by other people than its writer.
        """
        if path in self._known_directories:
            return
        self.make_directory(path.rpartition("/")[0])
        target = self.join(path)
        try:
            try:
                os.mkdir(target)
                os.chmod(target, 0o755)
            except FileExistsError:
                if not stat.S_ISDIR(os.lstat(target).st_mode):
                    raise ExportError(_NO_FOLDER, path=target) from None
        except OSError as error:
            raise cannot_write(error, target) from error
        self._known_directories.add(path)

    def holds(self, row: ManifestRow) -> bool:
        """Whether the file of a row is there, whole and unchanged: its digest is computed."""
        data = self.read(row.path, row.bytes)
        if data is None or len(data) != row.bytes:
            return False
        from hashlib import sha256

        return sha256(data).hexdigest() == row.sha256

    def read(self, path: str, size: int) -> bytes | None:
        """Return a file that should have ``size`` bytes; `None` if it is missing or has another size."""
        try:
            descriptor = os.open(self.join(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError:
            return None
        with open(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size != size:
                return None
            return file.read(size + 1)

    def rows(self, commit: str) -> dict[str, ManifestRow]:
        """Return what earlier manifests list, by path: the one that stands, and those of ``commit``."""
        rows: dict[str, ManifestRow] = {}
        for path in reversed(self.manifests()):
            if path == MANIFEST or path.startswith(f"{MANIFESTS}/{commit}"):
                manifest = load_manifest(self.join(path))
                rows.update((row.path, row) for row in manifest.rows)
                if path == MANIFEST and manifest.commit == commit:
                    break  # all others of this commit say the same
        return rows

    def manifests(self) -> list[str]:
        """Return the paths of all manifests in this tree."""
        folder = self.join(MANIFESTS)
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) and not os.path.islink(folder) else []
        found = [f"{MANIFESTS}/{name}" for name in names if name.endswith(".ecsv")]
        return [*found, *([MANIFEST] if os.path.lexists(self.join(MANIFEST)) else [])]

    def flush(self) -> None:
        """Bring all that was written to disk, so that a manifest never outlives the files it lists.

        One call for the file system: to sync file by file costs as much as making the files.
        """
        import ctypes

        try:
            syncfs = ctypes.CDLL(None, use_errno=True).syncfs
        except AttributeError:  # not on this system
            os.sync()
            return
        descriptor = os.open(self.root, os.O_RDONLY | os.O_CLOEXEC)
        try:
            if syncfs(descriptor):
                number = ctypes.get_errno()
                raise cannot_write(OSError(number, os.strerror(number)), self.root)
        finally:
            os.close(descriptor)

    def publish(self, manifest: Manifest, selection: str = "") -> None:
        """Make a manifest stand; its rename is the moment at which an export is done.

        ``selection`` is the digest of the paths of a partial export, which leaves the
        manifest at the root alone.
        """
        data = manifest.to_bytes()
        self.make_directory(MANIFESTS)
        suffix = f"-{selection}" if selection else ""
        names = [f"{MANIFESTS}/{manifest.commit}{suffix}.ecsv", *([MANIFEST] if manifest.complete else [])]
        for name in names:
            if self.read(name, len(data)) != data:
                self.write(name, data)

    def prune(self) -> int:
        """Remove the exported files that no manifest lists, and return how many there were.

        Raises
        ------
        ExportError
            A manifest cannot be read: nothing is removed then.
        """
        listed = {row.path for path in self.manifests() for row in load_manifest(self.join(path)).rows}
        removed = 0
        for folder, name in self._walk():
            path = f"{folder}/{name}"
            if folder and path.endswith(".fits") and path not in listed:
                os.unlink(self.join(path))
                removed += 1
        return removed

    def remove_leftovers(self) -> None:
        """Remove the temporary files of exports that were killed."""
        for folder, name in self._walk():
            if name.startswith(".") and name.endswith(TEMPORARY):
                try:
                    os.unlink(os.path.join(self.join(folder) if folder else self.root, name))
                except OSError as error:
                    raise cannot_write(error, self.join(f"{folder}/{name}")) from error

    def _walk(self) -> Iterator[tuple[str, str]]:
        """Yield (folder, name) of every regular file in the tree, following no symlink."""
        pending = [""]
        while pending:
            folder = pending.pop()
            with os.scandir(self.join(folder) if folder else self.root) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(f"{folder}/{entry.name}" if folder else entry.name)
                    elif entry.is_file(follow_symlinks=False):
                        yield folder, entry.name


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _keep_apart(root: str, worktree: str, gitdir: str) -> None:
    """Refuse a target that would mix the export with the repository it comes from."""
    worktree, gitdir = (os.path.realpath(one) if one else "" for one in (worktree, gitdir))
    if gitdir and _is_below(root, gitdir):
        raise ExportError("this is inside the repository's own .git folder", path=root)
    if worktree and _is_below(worktree, root):
        raise ExportError(
            "an export cannot be written over the repository it comes from",
            path=root,
            hint="choose a folder outside the repository",
        )


def _refuse_foreign(root: str) -> None:
    try:
        names = set(os.listdir(root))
    except OSError as error:
        raise ExportError(f"cannot be read: {error.strerror}", path=root) from error
    if foreign := sorted(names - _OWN):
        if LOCK not in names and MANIFEST not in names:
            raise ExportError(
                f"this folder is not an export: it contains {foreign[0]!r}",
                path=root,
                hint="choose a new or empty folder, or the folder of an earlier export",
            )
        for name in foreign:
            if os.path.islink(os.path.join(root, name)):
                raise ExportError("symlinks in an export are refused", path=os.path.join(root, name))


@contextmanager
def _lock(path: str) -> Iterator[None]:
    """Hold the one lock of a tree; the system lets go of it when the process dies, however it dies."""
    from curator.formats.files.locks import BusyError, file_lock

    with ExitStack() as stack:
        try:
            stack.enter_context(file_lock(path))
        except BusyError as error:
            raise ExportError(
                "another export is writing here", path=os.path.dirname(path), hint="wait until it finishes"
            ) from error
        except OSError as error:
            raise cannot_write(error, path) from error
        yield
