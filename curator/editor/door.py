"""Serve findings, texts and fixes to an editor, over the Language Server Protocol."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from curator.errors import UsageError

if TYPE_CHECKING:
    from typing import BinaryIO

    from curator.editor.server import Server

__all__ = ["serve"]


def serve(*, log: bool) -> int:
    """Serve the editor at standard input and output until it goes; ``log`` has every message written down.

    Raises
    ------
    UsageError
        pygls is not installed.
    """
    try:
        import pygls  # noqa: F401
    except ImportError:
        from curator.extras import missing

        message, hint = missing("the language server", "pygls", "lsp")
        raise UsageError(message, hint=hint) from None
    import asyncio
    import logging

    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO if log else logging.ERROR, format="%(name)s: %(message)s"
    )
    if os.isatty(0):
        sys.stderr.write(
            "curator: waiting for an editor on standard input; see docs/editors. Press Ctrl-D to end.\n"
        )
    # Standard output belongs to the protocol: whatever else is printed goes where logs go.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    status = asyncio.run(_serve(os.dup(0), output))
    # The thread that waits for standard input may wait for ever.
    sys.stderr.flush()
    os._exit(status)


async def _serve(source: int, output: BinaryIO) -> int:
    import asyncio

    from pygls.io_ import StdoutWriter

    from curator.editor.features import make_server
    from curator.editor.messages import standard_input

    server = make_server()
    server.protocol.set_writer(StdoutWriter(output))
    tasks = [
        asyncio.ensure_future(one)
        for one in (
            server.protocol.serve(standard_input(source)),
            _orphaned(server),
            server.checker.run(),
        )
    ]
    done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for one in left:
        one.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    try:
        return int(done.pop().result() or 0)
    except BrokenPipeError:
        return 1


async def _orphaned(server: Server) -> int:
    """Return when whoever started this, or said at the beginning to be the editor, is gone."""
    import asyncio

    parent, editor = os.getppid(), None
    while True:
        await asyncio.sleep(1)
        if editor is None:
            number = server.process_id
            editor = number if number is not None and number > 0 else None
        if os.getppid() != parent or (editor is not None and not _lives(editor)):
            return 1


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True
