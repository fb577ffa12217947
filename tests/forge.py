"""A forge on this machine: it keeps comments as GitHub and GitLab do, and records what it is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

HEAD = "a" * 40
TOKEN = "ghs_s3cr3tOfTheForge"
BOT = "github-actions[bot]"


@dataclass
class Answer:
    """What the forge answers instead of what it would."""

    status: int = 200
    content: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass
class Asked:
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    content: Any


class Forge:
    """The state of a forge with one pull request, number 12.

    Attributes
    ----------
    override : callable, optional
        Takes a request and the handler; returns an `Answer`, or `None` for the usual one.
    """

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.asked: list[Asked] = []
        self.login = BOT
        self.page = 100
        self.pull: dict[str, Any] = {
            "state": "open",
            "head": {"sha": HEAD, "repo": {"full_name": "fork/obs_x_data"}},
        }
        self.override: Callable[[Asked, BaseHTTPRequestHandler], Answer | None] = lambda asked, handler: None
        self.url = ""
        self._next = 100
        self._lock = Lock()

    def add(self, author: str, body: str) -> int:
        """Add a comment and return its id."""
        with self._lock:
            self._next += 1
            user = {"login": author, "username": author}
            self.comments.append({"id": self._next, "user": user, "author": user, "body": body})
            return self._next

    @property
    def bodies(self) -> list[tuple[str, str]]:
        return [(one["user"]["login"], one["body"]) for one in self.comments]

    @property
    def changes(self) -> list[str]:
        """The methods of all requests that ask for a change."""
        return [one.method for one in self.asked if one.method != "GET"]

    def answer(self, asked: Asked) -> Answer:
        path, _, query = asked.path.partition("?")
        if path == "/user":
            return Answer(content={"username": self.login})
        if path == "/projects/7/merge_requests/12":
            return Answer(content={"state": "opened", "sha": HEAD})
        if path == "/repos/obs/obs_x_data/pulls/12":
            return Answer(content=self.pull)
        if path in ("/repos/obs/obs_x_data/issues/12/comments", "/projects/7/merge_requests/12/notes"):
            if asked.method == "POST":
                self.add(self.login, asked.content["body"])
                return Answer(201, self.comments[-1])
            number = int((re.search(r"[?&]page=(\d+)", asked.path) or ["", "1"])[1])
            shown = self.comments[(number - 1) * self.page : number * self.page]
            more = number * self.page < len(self.comments)
            query = re.sub(r"&page=\d+", "", query)
            following = f'<{self.url}{path}?{query}&page={number + 1}>; rel="next", <{self.url}>; rel="last"'
            return Answer(content=shown, headers={"Link": following} if more else {})
        if found := re.fullmatch(r".*/(?:issues/comments|notes)/(\d+)", path):
            return self._one(asked, int(found[1]))
        return Answer(404, {"message": "Not Found"})

    def _one(self, asked: Asked, number: int) -> Answer:
        with self._lock:
            comment = next((one for one in self.comments if one["id"] == number), None)
            if comment is None:
                return Answer(404, {"message": "Not Found"})
            if asked.method == "DELETE":
                self.comments.remove(comment)
                return Answer(204)
            comment["body"] = asked.content["body"]
            return Answer(content=comment)


@contextmanager
def serve(forge: Forge) -> Iterator[Forge]:
    """Let a forge answer on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(
                self.command, self.path, dict(self.headers.items()), json.loads(raw) if raw else None
            )
            forge.asked.append(asked)
            answer = forge.override(asked, self) or forge.answer(asked)
            said = b"" if answer.content is None else json.dumps(answer.content).encode()
            said = said if answer.raw is None else answer.raw
            self.close_connection = True
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(said)))
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                self.wfile.write(said)
            except OSError:  # who asked has left
                return

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _any

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            return  # who asked has left

    with Server(("127.0.0.1", 0), Handler) as server:
        forge.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield forge
        finally:
            server.shutdown()
            thread.join()
