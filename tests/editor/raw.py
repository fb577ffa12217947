"""A client without manners: it writes whatever it is told to."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import warm

__all__ = ["Raw"]

PATIENCE = 120.0


class Raw:
    """A server process and its two pipes.

    ``command`` starts it; the default has loaded its modules before, and is no parent of the worker.
    """

    def __init__(self, folder: Path, command: Sequence[str] = ()) -> None:
        self.process = subprocess.Popen(
            command or (warm.curator(), "lsp"),
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.numbers = iter(range(1000, 10_000))
        # A server that says nothing more must not hold up the tests for ever.
        self.watch = threading.Timer(PATIENCE, self.process.kill)
        self.watch.start()

    def __enter__(self) -> Raw:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.watch.cancel()
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: object) -> None:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def notify(self, method: str, params: object) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: object = None) -> dict[str, Any]:
        """Return the answer to a request."""
        number = next(self.numbers)
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return self.answer(number)

    def answer(self, number: int | str | None) -> dict[str, Any]:
        while True:
            message = self.read()
            if "method" not in message and message["id"] == number:
                return message

    def read(self) -> dict[str, Any]:
        """Return the next message; anything else on standard output is an error."""
        stream = self.process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline():
            name, _, value = line.partition(b": ")
            assert name in (b"Content-Length", b"Content-Type", b"\r\n"), line
            if name == b"Content-Length":
                length = int(value)
            if name == b"\r\n":
                found = json.loads(stream.read(length))
                assert found["jsonrpc"] == "2.0"
                return dict(found)
        raise AssertionError(f"the server is gone: {self.process.communicate()[1].decode()}")

    def begin(self, root: Path | None = None) -> dict[str, Any]:
        answer = self.ask(
            "initialize",
            {"processId": None, "rootUri": root.as_uri() if root else None, "capabilities": {}},
        )
        self.notify("initialized", {})
        return answer

    def is_well(self) -> None:
        """Assert that the server still answers."""
        wanted = {"textDocument": {"uri": "file:///nowhere.ecsv"}, "position": {"line": 0, "character": 0}}
        assert "result" in self.ask("textDocument/hover", wanted)

    def end(self) -> int:
        """Take leave as one should, and return the exit status."""
        assert self.ask("shutdown")["result"] is None
        self.notify("exit", None)
        return self.process.wait(20)
