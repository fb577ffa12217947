"""Has files checked in another process: each a moment after its last change, the newest first."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from curator.values import dataclass

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from curator.checks.model.finding import Finding

__all__ = ["Checker", "Key"]

# Root of the repository, and path in it.
Key = tuple[str, str]
# A check that nobody waits for may end by itself for so long [s].
PATIENCE = 0.2
# No check takes so long [s].
LONGEST = 60.0


@dataclass(frozen=True, slots=True)
class _Job:
    due: float
    order: int


class Checker:
    """Asks one worker process, one file at a time.

    Parameters
    ----------
    report : callable
        Called with the key, and with the findings or a sentence why there are none.
    """

    def __init__(self, report: Callable[[Key, tuple[Finding, ...] | str], None]) -> None:
        self._report = report
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection[Any, Any] | None = None
        self._texts: dict[Key, bytes] = {}
        self._dirty: set[Key] = set()
        self._roots: set[str] = set()
        self._jobs: dict[Key, _Job] = {}
        self._count = 0
        self._woken = asyncio.Event()
        self._answers: asyncio.Queue[Any] = asyncio.Queue()

    def put(self, key: Key, raw: bytes | None) -> None:
        """Let ``raw`` stand for a file in every check from now on; `None`: the file itself."""
        if raw is None:
            self._texts.pop(key, None)
            self._jobs.pop(key, None)
        else:
            self._texts[key] = raw
        self._dirty.add(key)

    def prepare(self, root: str) -> None:
        """Have a repository's configuration and cameras read before a file of it is asked about."""
        self._roots.add(root)
        if self._connection is not None and self._texts == {} and not self._jobs:
            self._connection.send(("ready", root))

    def ask(self, keys: Iterable[Key], delay: float = 0.0) -> None:
        """Have files checked after ``delay`` seconds, counted anew by every call."""
        due = asyncio.get_running_loop().time() + delay
        for key in keys:
            self._count += 1
            self._jobs[key] = _Job(due, -self._count)
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled."""
        loop = asyncio.get_running_loop()
        try:
            self._start()
            while True:
                self._woken.clear()
                ready = [(job.order, key) for key, job in self._jobs.items() if job.due <= loop.time()]
                if ready:
                    await self._check(min(ready)[1])
                    continue
                wait = min((job.due for job in self._jobs.values()), default=None)
                try:
                    await asyncio.wait_for(
                        self._woken.wait(), None if wait is None else max(0.0, wait - loop.time())
                    )
                except TimeoutError:
                    continue
        finally:
            self._stop()

    async def _check(self, key: Key) -> None:
        loop = asyncio.get_running_loop()
        job = self._jobs.pop(key)
        self._send(key, -job.order)
        began = loop.time()
        while True:
            stale = self._is_stale(key)
            limit = PATIENCE if stale else LONGEST
            self._woken.clear()
            answer, woken = (
                asyncio.ensure_future(self._answers.get()),
                asyncio.ensure_future(self._woken.wait()),
            )
            done, left = await asyncio.wait(
                (answer, woken),
                timeout=max(0.0, began + limit - loop.time()),
                return_when=asyncio.FIRST_COMPLETED,
            )
            for one in left:
                one.cancel()
            if answer in done:
                number, found = answer.result()
                if number is None or number == -job.order:
                    self._answered(key, number is None, found)
                    return
            elif not done:
                self._stop()
                if not stale:
                    self._report(key, f"not checked: it took more than {LONGEST:.0f} seconds")
                return

    def _is_stale(self, key: Key) -> bool:
        """Whether nobody waits for a check that runs: its text changed since, or is gone."""
        return key in self._jobs or key in self._dirty

    def _answered(self, key: Key, died: bool, found: tuple[Finding, ...] | str) -> None:
        stale = self._is_stale(key)
        if died:
            # What could not be sent is not what makes it stale: only another question does.
            stale = key in self._jobs
            self._stop()
        if not stale:
            self._report(key, found)

    def _send(self, key: Key, number: int) -> None:
        connection = self._start()
        try:
            for one in sorted(self._dirty):
                connection.send(("put", *one, self._texts.get(one)))
            self._dirty.clear()
            connection.send(("check", number, *key))
        except OSError:
            self._answers.put_nowait((None, "not checked: the checking process has ended"))

    def _start(self) -> Connection[Any, Any]:
        if self._connection is not None and self._process is not None and self._process.poll() is None:
            return self._connection
        self._stop()  # one that died while nobody asked it anything is replaced without a word
        from multiprocessing.connection import Connection

        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                # -P: the current directory is the repository's, and nothing in it is ever imported.
                [sys.executable, "-P", "-m", "curator.editor.worker", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr.fileno(),
                pass_fds=(theirs.fileno(),),
            )
        self._connection = Connection(ours.detach())
        self._dirty = set(self._texts)
        for root in sorted(self._roots):
            self._connection.send(("ready", root))
        asyncio.get_running_loop().add_reader(self._connection.fileno(), self._receive, self._connection)
        return self._connection

    def _receive(self, connection: Connection[Any, Any]) -> None:
        try:
            self._answers.put_nowait(connection.recv())
        except (EOFError, OSError):
            asyncio.get_running_loop().remove_reader(connection.fileno())
            self._answers.put_nowait((None, "not checked: the checking process has ended"))

    def _stop(self) -> None:
        if self._connection is not None:
            asyncio.get_running_loop().remove_reader(self._connection.fileno())
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self._answers = asyncio.Queue()
