"""Messages of the protocol out of a stream that may hold anything."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from typing import Any

__all__ = ["INVALID_REQUEST", "PARSE_ERROR", "Faulty", "next_message", "standard_input"]

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
# Calibrations of more than 64 MiB are read by nobody; JSON escapes may make them twice as long.
MAX_MESSAGE = 144 << 20
MAX_LINE = 16 << 10


class Faulty(Exception):
    """A message that is none; ``code`` and the text are what the client is told, the stream goes on."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def standard_input(descriptor: int) -> asyncio.StreamReader:
    """Return a stream of what arrives on a file descriptor, whatever kind of file it is."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=MAX_LINE)

    def pump() -> None:
        while True:
            try:
                data = os.read(descriptor, 1 << 18)
            except OSError:
                data = b""
            try:
                loop.call_soon_threadsafe(
                    reader.feed_data if data else _end, *((data,) if data else (reader,))
                )
            except RuntimeError:  # the loop is closed: the server has ended
                return
            if not data:
                return

    threading.Thread(target=pump, daemon=True).start()
    return reader


def _end(reader: asyncio.StreamReader) -> None:
    reader.feed_eof()


async def next_message(reader: asyncio.StreamReader) -> Any:
    """Return the next message as parsed, `None` at the end of the stream.

    Raises
    ------
    Faulty
        What came is no message; reading may go on behind it.
    """
    length = await _length(reader)
    if length is None:
        return None
    if length > MAX_MESSAGE:
        await _skip(reader, length)
        raise Faulty(INVALID_REQUEST, f"a message of {length:,} bytes is too long")
    try:
        body = await reader.readexactly(length)
    except asyncio.IncompleteReadError:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Faulty(PARSE_ERROR, f"not JSON: {error}") from None
    if not isinstance(found, dict) or found.get("jsonrpc") != "2.0":
        raise Faulty(INVALID_REQUEST, "not a message of JSON-RPC 2.0")
    return found


async def _length(reader: asyncio.StreamReader) -> int | None:
    """Return the length that the next header declares; lines that are no header are passed over."""
    length: int | None = None
    while True:
        try:
            line = await reader.readline()
        except ValueError:  # a line without end; what was read of it is gone
            continue
        if not line.endswith(b"\n"):
            return None
        name, colon, value = line.strip().partition(b":")
        if not line.strip():
            if length is not None:
                return length
        elif colon and name.strip().lower() == b"content-length":
            digits = value.strip()
            length = int(digits) if digits.isdigit() and len(digits) < 16 else None


async def _skip(reader: asyncio.StreamReader, length: int) -> None:
    while length > 0 and (data := await reader.read(min(length, 1 << 20))):
        length -= len(data)
