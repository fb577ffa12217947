"""Blobs from the object store, through one persistent ``git cat-file``."""

from __future__ import annotations

import os
from _thread import allocate_lock
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress

from curator.errors import CuratorError, FormatError, RepositoryError
from curator.repository.git.command import Git, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from subprocess import Popen

__all__ = ["Blobs"]

# Blobs that git is asked for before they are needed: it inflates them on another core meanwhile.
_AHEAD = 32


class Blobs:
    """Reads blobs by id; may be shared by threads, and by processes whichever way they were started."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._lock = allocate_lock()
        self._process: Popen[bytes] | None = None
        self._pid = 0

    def __reduce__(self) -> tuple[type[Blobs], tuple[Git]]:
        return Blobs, (self._git,)

    def __del__(self) -> None:
        self.close()

    def read(self, blob: str, path: str) -> bytes:
        """Return the bytes of ``blob``; ``path`` is what a message names.

        Raises
        ------
        RepositoryError
            The object is missing, as in a partial clone, or damaged.
        FormatError
            It is larger than any calibration may be; it has not been read.
        """
        with self._lock:
            try:
                return self._read(self._running(), blob, path)
            except BaseException:
                self.close()  # whatever is still in the pipe belongs to nobody
                raise

    def read_many(self, wanted: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
        """Give (path, bytes) for every (blob, path), in order; the first unreadable one raises as in `read`.

        It has a process of its own, which works ahead and ends with the iteration.
        """
        reader = Blobs(self._git)
        asked: deque[tuple[str, str]] = deque()
        refused: CuratorError | None = None
        coming = iter(wanted)
        try:
            while True:
                try:
                    blob, path = next(coming)
                except StopIteration:
                    break
                except CuratorError as error:
                    refused = error  # what was asked for before it comes first
                    break
                reader._ask(reader._running(), blob)
                asked.append((blob, path))
                if len(asked) > _AHEAD:
                    blob, path = asked.popleft()
                    yield path, reader._answer(reader._running(), blob, path)
            for blob, path in asked:
                yield path, reader._answer(reader._running(), blob, path)
        finally:
            reader.close()
        if refused is not None:
            raise refused

    def close(self) -> None:
        """End the process; the next read starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._pid == os.getpid():
            process.kill()
            process.wait()
        else:
            process.returncode = 0  # it is the parent's, which looks after it
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _running(self) -> Popen[bytes]:
        if self._process is not None and self._pid != os.getpid():
            self.close()
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch", reads_only=True)
            self._pid = os.getpid()
        return self._process

    def _read(self, process: Popen[bytes], blob: str, path: str) -> bytes:
        self._ask(process, blob)
        return self._answer(process, blob, path)

    def _ask(self, process: Popen[bytes], blob: str) -> None:
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended, and says why in the answer
            process.stdin.write(blob.encode("ascii") + b"\n")
            process.stdin.flush()

    def _answer(self, process: Popen[bytes], blob: str, path: str) -> bytes:
        from curator.formats.files.bounded_io import MAX_BYTES

        answers, complaints = process.stdout, process.stderr
        assert answers is not None
        assert complaints is not None
        facts = answers.readline().split()
        if not facts:
            failure = self._git.failure(("cat-file",), complaints.read())
            failure.path = printable(path)
            raise failure
        if len(facts) != 3 or facts[1] != b"blob":
            raise self._git.missing(f"object {blob}", printable(path))
        size = int(facts[2])
        if size > MAX_BYTES:
            raise FormatError(
                f"file has {size:,} bytes, more than {MAX_BYTES:,}", code="CUR002", path=printable(path)
            )
        raw = answers.read(size)
        if len(raw) != size or answers.read(1) != b"\n":
            raise RepositoryError(
                f"object {blob} is damaged", path=printable(path), hint="git fsck lists the damage"
            )
        return raw
