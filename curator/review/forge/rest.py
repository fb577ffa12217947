"""Talk to the interface of a forge: one host, bounded time and size, and a token that is never printed."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from email.message import Message
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from curator.errors import ForgeError
from curator.formats.files.terminal_escape import escape
from curator.values import dataclass

__all__ = ["Rest"]

_TRIES = 3
# No forge is waited for longer than this between two tries, whatever it asks for [s].
_LONGEST_WAIT = 120
_MAX_BYTES = 8 * 1024 * 1024
_MAX_PAGES = 50
_SAID = 300
_TOKEN = re.compile(r"[!-~]{1,4096}")
_NEXT = re.compile(r'<([^<>]*)>;[^,<]*\brel="?next\b')
_LOCAL = ("127.0.0.1", "::1", "localhost")
_OVERLOADED = (502, 503, 504)


class _OneOrigin(HTTPRedirectHandler):
    """Follows a redirect only to where the token may go, and only for what changes nothing."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if _origin(newurl) != _origin(req.full_url):
            raise ForgeError(
                f"{_origin(req.full_url)} redirects to another host, {escape(_origin(newurl))[:100]}",
                hint="the token goes to one host only; set the address of the interface to the right one",
            )
        if req.get_method() != "GET":
            raise ForgeError(
                f"{_origin(req.full_url)} has moved what the request would change",
                hint="use the new name of the repository",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Later(Exception):
    """The forge is overloaded, or asks to wait."""

    def __init__(self, error: ForgeError, seconds: float | None) -> None:
        super().__init__(str(error))
        self.error = error
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Rest:
    """Sends requests to one forge.

    Parameters
    ----------
    forge : str
        What messages call it.
    api : str
        Address that all paths begin with.
    header, token : str
        The header that holds the token, and the token with what stands before it.
    hints : mapping
        What to do about an answer, by its status.
    pause : float
        Seconds before the second try where the forge does not say how long to wait; then twice as long.
    timeout : float
        Seconds to wait for a connection and for any part of an answer, and for all of it.

    Raises
    ------
    ForgeError
        The address is not HTTPS, which only this machine itself may do without, or the token is none.
    """

    forge: str
    api: str
    header: str
    token: str
    hints: Mapping[int, str]
    pause: float = 1.0
    timeout: float = 30.0

    def check(self) -> None:
        """Raise an error for an address or a token that cannot be used; the token is not quoted."""
        parts = urlsplit(self.api)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            raise ForgeError(f"the address of {self.forge} is not https://…: {escape(self.api)[:100]}")
        if not _TOKEN.fullmatch(self._secret):
            raise ForgeError(f"the token for {self.forge} is missing, or has characters that no token has")

    @property
    def _secret(self) -> str:
        return self.token.removeprefix("Bearer ")

    def get(self, path: str) -> Any:
        """Return an answer, parsed."""
        return self._ask("GET", f"{self.api}{path}")[0]

    def pages(self, path: str) -> Iterator[Any]:
        """Give the elements of a list that comes in pages."""
        url = f"{self.api}{path}"
        for _ in range(_MAX_PAGES):
            page, headers = self._ask("GET", url)
            if not isinstance(page, list):
                raise self.malformed(path)
            yield from page
            following = _NEXT.search(headers.get("Link") or "")
            if following is None:
                return
            url = following[1]
            if _origin(url) != _origin(self.api):
                raise ForgeError(f"{self.forge} names a next page on another host")
        raise ForgeError(f"{self.forge} has more than {_MAX_PAGES} pages of comments")

    def send(self, method: str, path: str, content: Mapping[str, str] | None = None) -> Any:
        """Change something, and return the answer, `None` where there is no text in it."""
        data = None if content is None else json.dumps(content).encode()
        return self._ask(method, f"{self.api}{path}", data)[0]

    def malformed(self, path: str) -> ForgeError:
        """Return the error for an answer that has another form than the forge documents."""
        return ForgeError(f"{self.forge} answers {path.partition('?')[0]} in another form than it documents")

    def _ask(self, method: str, url: str, data: bytes | None = None) -> tuple[Any, HTTPMessage]:
        for number in range(1, _TRIES + 1):
            try:
                return self._once(method, url, data)
            except _Later as later:
                seconds = self.pause * 2 ** (number - 1) if later.seconds is None else later.seconds
                if number == _TRIES or seconds > _LONGEST_WAIT:
                    raise later.error from None
                time.sleep(max(0.0, seconds))
        raise AssertionError("unreachable")

    def _once(self, method: str, url: str, data: bytes | None) -> tuple[Any, HTTPMessage]:
        self.check()
        request = Request(url, data=data, method=method)
        request.add_header(self.header, self.token)
        request.add_header("Accept", "application/json")
        request.add_header("User-Agent", "curator")
        if data is not None:
            request.add_header("Content-Type", "application/json")
        try:
            with build_opener(_OneOrigin).open(request, timeout=self.timeout) as answer:
                raw = self._read(answer)
                headers = answer.headers
        except HTTPError as error:
            with error:
                raise self._failure(error) from None
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise _Later(
                ForgeError(f"{self.forge} cannot be reached: {self._plain(str(reason))}"), None
            ) from None
        try:
            return (json.loads(raw) if raw.strip() else None), headers
        except (ValueError, RecursionError):
            raise ForgeError(f"{self.forge} does not answer in JSON") from None

    def _read(self, answer: IO[bytes]) -> bytes:
        """Return all of an answer, unless the host only sends a byte now and then."""
        until = time.monotonic() + self.timeout
        parts: list[bytes] = []
        size = 0
        while part := answer.read1(65536):  # type: ignore[attr-defined]  # http.client has it
            parts.append(part)
            size += len(part)
            if size > _MAX_BYTES:
                raise ForgeError(f"{self.forge} answers with more than {_MAX_BYTES:,} bytes")
            if time.monotonic() > until:
                raise TimeoutError(f"the answer took longer than {self.timeout:g} s")
        return b"".join(parts)

    def _failure(self, error: HTTPError) -> Exception:
        """Return the error for an answer that is none, `_Later` where another try may succeed."""
        said = self._message(error)
        found = ForgeError(
            f"{self.forge} answers {error.code}: {said}",
            hint=self.hints.get(error.code, ""),
            status=error.code,
        )
        if error.code in _OVERLOADED:
            return _Later(found, _seconds(error.headers))
        is_limit = (
            error.code == 429
            or "retry-after" in error.headers
            or error.headers.get("x-ratelimit-remaining") == "0"
            or "rate limit" in said.lower()
        )
        if error.code in (403, 429) and is_limit:
            waits = _seconds(error.headers)
            limited = ForgeError(
                f"{self.forge} asks to wait: {said}", hint="run the job again later", status=error.code
            )
            return _Later(limited, 60.0 if waits is None else waits)
        return found

    def _message(self, error: HTTPError) -> str:
        try:
            raw = error.read(65536)
        except (OSError, HTTPException):
            raw = b""
        try:
            said = json.loads(raw)
            said = said.get("message") or said.get("error") if isinstance(said, dict) else None
        except (ValueError, RecursionError):
            said = None
        return self._plain(said if isinstance(said, str) else str(error.reason))

    def _plain(self, text: str) -> str:
        """Return what a forge said on one line, without the token."""
        return escape(" ".join(text.replace(self._secret, "***").split()))[:_SAID]


def _seconds(headers: Message) -> float | None:
    """Return how long a forge asks to wait, `None` where it does not say."""
    said = headers.get("retry-after") or ""
    if re.fullmatch(r"[0-9]{1,9}", said):
        return float(said)
    reset = headers.get("x-ratelimit-reset") or ""
    if headers.get("x-ratelimit-remaining") == "0" and re.fullmatch(r"[0-9]{1,12}", reset):
        return float(reset) - time.time()
    return None


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        return "an address that is none"
    return f"{parts.scheme}://{parts.hostname}:{port}"
