"""``curator lsp`` as an editor sees it: a real client and a real server process, over their pipes.

Times run from sending the message to holding the diagnostics. Later ones are without the pause that the
server waits for the next key (`DEBOUNCE`). Beside them stand the same file through ``curator check``, a whole
process, and read by astropy in a process that has it loaded.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import time
from pathlib import Path
from typing import Any

from benchmarks import generate
from benchmarks.measure import CURATOR, ENVIRONMENT, run, say, script
from benchmarks.repositories import generated

__all__ = ["measure"]

READ = """
import sys, time
from astropy.table import Table
Table.read(sys.argv[1], format="ascii.ecsv")
took = []
for _ in range(5):
    began = time.perf_counter()
    Table.read(sys.argv[1], format="ascii.ecsv")
    took.append(time.perf_counter() - began)
print(sorted(took)[2])
"""


def measure(work: Path) -> None:
    repository = generated(work, 2000)
    target = sorted(repository.rglob("defects/*/*.ecsv"))[0]
    before = target.read_text()
    head = (
        "".join(line for line in before.splitlines(keepends=True) if line.startswith("#"))
        + "x0 y0 width height\n"
    )
    try:
        for rows, name in ((1000, "1,000 rows"), (150_000, "2 MB")):
            target.write_text(head + _boxes(rows))
            _compare(repository, target, name, rows)
    finally:
        target.write_text(before)


def _boxes(rows: int) -> str:
    """Return boxes apart from each other."""
    rng = random.Random(1)
    across = generate.WIDTH // 10
    return "".join(
        f"{10 * (row % across) + rng.randrange(4)} {10 * (row // across) + rng.randrange(4)} 5 5\n"
        for row in range(min(rows, across * (generate.HEIGHT // 10)))
    )


def _compare(repository: Path, target: Path, name: str, rows: int) -> None:
    size = target.stat().st_size
    large = size > 1 << 20
    cold = [asyncio.run(_session(repository, target, 0.0, 0)) for _ in range(3)]
    warm = [asyncio.run(_session(repository, target, 1.0, 6)) for _ in range(1 if large else 5)]
    first = statistics.median(one["first"] for one in warm)
    later = statistics.median(took for one in warm for took in one["later"])
    whole = run(CURATOR, "check", str(target), cwd=repository, repeat=5, ok=(0, 1)).seconds
    astropy = float(script(READ, str(target)).output)
    goal = ("", "") if large else ("< 100", "< 30")
    say(
        f"editor, {name}: first diagnostics",
        1e3 * first,
        1e3 * whole,
        unit="ms",
        goal=goal[0],
        note="curator check",
    )
    say(
        f"editor, {name}: later diagnostics",
        1e3 * later,
        1e3 * astropy,
        unit="ms",
        goal=goal[1],
        note="astropy's read",
    )
    started = statistics.median(one["first"] for one in cold)
    print(
        f"{f'editor, {name}: opened as the server starts':<44} {1e3 * started:9.1f} ms  ({size / 1e6:.2f} MB)"
    )
    slowest = max(took for one in warm for took in one["hover"])
    usual = statistics.median(took for one in warm for took in one["hover"])
    print(f"{f'editor, {name}: hover meanwhile':<44} {1e3 * usual:9.1f} ms  slowest {1e3 * slowest:.1f} ms")


async def _session(repository: Path, target: Path, pause: float, changes: int) -> dict[str, Any]:
    from lsprotocol import types
    from pygls.lsp.client import LanguageClient

    from curator.editor.server import DEBOUNCE

    client = LanguageClient("benchmark", "1")
    arrived: asyncio.Queue[float] = asyncio.Queue()

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def diagnostics(params: types.PublishDiagnosticsParams) -> None:
        arrived.put_nowait(time.perf_counter())

    await client.start_io(CURATOR, "lsp", cwd=repository, env=ENVIRONMENT)
    await client.initialize_async(
        types.InitializeParams(
            capabilities=types.ClientCapabilities(), root_uri=repository.as_uri(), process_id=os.getpid()
        )
    )
    client.initialized(types.InitializedParams())
    await asyncio.sleep(pause)
    uri, text = target.as_uri(), target.read_text()
    began = time.perf_counter()
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "ecsv", 1, text))
    )
    enough = asyncio.Event()
    hovers = asyncio.ensure_future(_hover(client, uri, enough))
    found: dict[str, Any] = {"first": await arrived.get() - began, "later": []}
    last = text.count("\n") - 1
    for version in range(2, 2 + changes):
        began = time.perf_counter()
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version, uri),
                [
                    types.TextDocumentContentChangePartial(
                        types.Range(types.Position(last, 0), types.Position(last, 1)), str(version)
                    )
                ],
            )
        )
        found["later"].append(await arrived.get() - began - DEBOUNCE)
    enough.set()
    found["hover"] = await hovers
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return found


async def _hover(client: Any, uri: str, enough: asyncio.Event) -> list[float]:
    """Return how long the server took to explain a keyword, again and again."""
    from lsprotocol import types

    took = []
    place = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(8, 6))
    while not enough.is_set():
        began = time.perf_counter()
        await client.text_document_hover_async(place)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)
    return took
