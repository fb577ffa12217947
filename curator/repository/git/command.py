"""The one place that runs git, guarded against what a repository or a configuration can do to an answer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from curator.errors import IncompleteCloneError, LocatedError, RepositoryError
from curator.formats.files.terminal_escape import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from subprocess import Popen
    from typing import IO

__all__ = ["GUARDS", "Git", "GitError", "printable", "to_bytes", "to_text"]

# Each of these would run a program, or change an answer, as a repository or a user's configuration likes.
GUARDS = (
    "--no-pager",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.attributesFile=/dev/null",
    "-c", "core.commentChar=#",
    "-c", "core.commitGraph=false",
    "-c", "core.quotePath=false",
    "-c", "core.sshCommand=false",
    "-c", "core.untrackedCache=false",
    "-c", "diff.orderFile=/dev/null",
    "-c", "protocol.allow=never",
    "-c", "submodule.recurse=false",
    "-c", "trailer.separators=:",
    # git maps all of a repository and keeps 96 MiB of what it unpacked otherwise; this costs no time
    "-c", "core.packedGitLimit=32m",
    "-c", "core.packedGitWindowSize=1m",
    "-c", "core.deltaBaseCacheLimit=16m",
)  # fmt: skip

_SETTINGS = {
    "GIT_ALLOW_PROTOCOL": "none",  # no fetch of missing objects, also by a git that has no GIT_NO_LAZY_FETCH
    "GIT_GRAFT_FILE": "/dev/null",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_TRACE2": "0",
    "GIT_TRACE2_EVENT": "0",
    "GIT_TRACE2_PERF": "0",
    "LANGUAGE": "C",
    "LC_ALL": "C",
    "TZ": "UTC",
}
# So many of the files that git complains of are named.
_FEW_FILES = 10
# How git is installed, and which configuration a user has; all other GIT_ variables are dropped.
_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH")
# A hook is told by these where the half-made commit is: kept where they lie inside this repository.
_OF_A_HOOK = ("GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH")


def to_text(name: bytes) -> str:
    """Decode a file name as git stores it; bytes that are no UTF-8 survive as surrogates."""
    return name.decode("utf-8", "surrogateescape")


def to_bytes(name: str) -> bytes:
    """Undo `to_text`."""
    return name.encode("utf-8", "surrogateescape")


def printable(name: str) -> str:
    """Return a file name so that it can be shown on one line of any terminal."""
    return escape(name)


class GitError(RepositoryError):
    """A git command failed; ``said`` is its first complaint, empty where it made none, about ``files``."""

    def __init__(self, command: str, said: str, files: tuple[str, ...] = ()) -> None:
        more = f" and {len(files) - _FEW_FILES} more" if len(files) > _FEW_FILES else ""
        named = f" {', '.join(files[:_FEW_FILES])}{more}" if files else ""
        super().__init__(f"git {command} failed: {said or 'no reason given'}{named}")
        self.said = said
        self.files = files


class Git:
    """Runs git in one repository.

    Parameters
    ----------
    root : str
        Top of the working tree; the git directory of a bare repository.
    gitdir, commondir : str
        This working tree's git directory, and the one that all working trees share.
    bare : bool
        There is no working tree.
    """

    __slots__ = ("bare", "commondir", "gitdir", "root")

    def __init__(self, root: str, gitdir: str = "", commondir: str = "", *, bare: bool = False) -> None:
        self.root = root
        self.gitdir = gitdir or os.path.join(root, ".git")
        self.commondir = commondir or self.gitdir
        self.bare = bare

    def run(self, *args: str, input: bytes | None = None) -> bytes:
        """Return what ``git *args`` prints.

        Raises
        ------
        RepositoryError
            Git failed; its first complaint is the message.
        """
        with self.start(*args) as process:
            output, complaint = process.communicate(input)
        if process.returncode:
            raise self.failure(args, complaint)
        return output

    def object_format(self) -> str:
        """Return the name of the hash that object ids are: ``sha1`` or ``sha256``."""
        return self.run("rev-parse", "--show-object-format").decode("ascii").strip()

    @contextmanager
    def stream(self, *args: str) -> Iterator[IO[bytes]]:
        """Give what ``git *args`` prints as a file, for output too large to hold; raises as `run` does."""
        from threading import Thread

        complaint: list[bytes] = []
        with self.start(*args) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdin.close()
            reader = Thread(target=_drain, args=(process.stderr, complaint), daemon=True)
            reader.start()
            try:
                yield process.stdout
                process.stdout.close()
                status = process.wait()
            except BaseException:
                process.kill()
                raise
            finally:
                reader.join()
        if status:
            raise self.failure(args, complaint[0])

    def start(self, *args: str, reads_only: bool = False) -> Popen[bytes]:
        """Start ``git *args`` with all guards; every git process of the project starts here.

        One that writes shares the locks that are held. One that ``reads_only`` does not: it may live on after
        the verb that started it.
        """
        from subprocess import PIPE, Popen

        from curator.processes import inherited

        try:
            return Popen(
                ["git", *self._guards(), *(os.fsdecode(to_bytes(arg)) for arg in args)],
                cwd=self.root,
                env=self.environment(),
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                pass_fds=() if reads_only else tuple(inherited),
            )
        except FileNotFoundError as error:
            if not os.path.isdir(self.root):
                raise RepositoryError(f"{printable(self.root)} is not a directory") from error
            raise RepositoryError("git is not installed, or not on the PATH") from error
        except OSError as error:
            raise RepositoryError(f"git cannot be started: {error.strerror}") from error

    def _guards(self) -> tuple[str, ...]:
        # A bare repository is used only where a person pointed at it, never one that lies inside a tree.
        return (*GUARDS, "-c", f"safe.bareRepository={'all' if self.bare else 'explicit'}")

    def environment(self) -> dict[str, str]:
        """Return the variables git sees: none that point it at another repository."""
        mine = {key: value for key, value in os.environ.items() if key[:4] != "GIT_" or key.startswith(_KEPT)}
        for key in _OF_A_HOOK:
            if (value := os.environ.get(key)) and self._is_mine(value):
                mine[key] = os.path.join(self.root, value)
        if "GIT_OBJECT_DIRECTORY" in mine and "GIT_ALTERNATE_OBJECT_DIRECTORIES" in os.environ:
            mine["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = os.environ["GIT_ALTERNATE_OBJECT_DIRECTORIES"]
        mine.update(_SETTINGS)
        # Git looks for the repository itself, so that it checks who owns it, but only where we found it.
        mine["GIT_CEILING_DIRECTORIES"] = os.path.dirname(self.root)
        if not self.bare:
            mine["GIT_WORK_TREE"] = self.root
        return mine

    def _is_mine(self, path: str) -> bool:
        found = os.path.realpath(os.path.join(self.root, path))
        return any(found.startswith(folder + os.sep) for folder in (self.gitdir, self.commondir))

    def missing(self, what: str, path: str = "") -> LocatedError:
        """Return the error that says why ``what``, which git stores, is not here."""
        try:
            self.run("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")
        except RepositoryError:
            return RepositoryError(
                f"{what} is missing from the repository, or damaged",
                path=path,
                hint="git fsck lists the damage",
            )
        return IncompleteCloneError(f"{what} is missing from this partial clone", path=path)

    def failure(self, args: tuple[str, ...], complaint: bytes) -> LocatedError:
        """Return the error that says in one line what git complained of."""
        lines = [line for line in printable_lines(complaint) if not line.startswith(("warning:", "hint:"))]
        told = next(
            (line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else ""
        )
        said = told.removeprefix("fatal: ").removeprefix("error: ").strip()
        text = " ".join(lines)
        if "dubious ownership" in text:
            return RepositoryError(
                f"git does not trust {printable(self.root)}: it belongs to another user",
                hint=f"if you do: git config --global --add safe.directory {printable(self.root)}",
            )
        if "not a git repository" in text:
            return RepositoryError(f"{printable(self.root)} is not a git repository git can read: {said}")
        if "promisor" in text or "transport" in text:
            return IncompleteCloneError(f"objects are missing from this partial clone: {said}")
        return GitError(args[0], said, _files_below(told, complaint) if told.endswith(":") else ())


def printable_lines(complaint: bytes) -> list[str]:
    """Return the lines of what git wrote to stderr, safe to show, none longer than a terminal can bear."""
    return [printable(to_text(line))[:500] for line in complaint.splitlines() if line.strip()]


def _files_below(told: str, complaint: bytes) -> tuple[str, ...]:
    """Return the files that git lists, indented, below a complaint."""
    found: list[str] = []
    is_below = False
    for line in complaint.splitlines():
        if is_below and not line[:1].isspace():
            break
        if is_below:
            found.append(printable(to_text(line.strip()))[:500])
        is_below = is_below or printable(to_text(line))[:500] == told
    return tuple(found)


def _drain(pipe: IO[bytes], kept: list[bytes]) -> None:
    """Keep the beginning of what git complains of, and read on so that it never waits for a reader."""
    kept.append(pipe.read(65536))
    while pipe.read(65536):
        continue
