"""Editors as the tests have them: a real client, and the real server in a process of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import warm
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from curator.cli.main import main

COMMAND = (sys.executable, "-m", "curator", "lsp")
PATIENCE = 30.0


class Editor:
    """A client with one server."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = LanguageClient("tests", "1")
        self.versions: dict[str, int] = {}
        self.since: dict[str, int] = {}
        self.mark = 0
        self.logged: list[str] = []
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[str] = []
        self._came = asyncio.Event()
        feature = self.client.feature

        @feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.append(params)
            self._came.set()

        @feature(types.WINDOW_LOG_MESSAGE)
        def log(params: types.LogMessageParams) -> None:
            self.logged.append(params.message)
            self._came.set()

        @feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered += [one.method for one in params.registrations]
            self._came.set()

    async def start(
        self, folders: list[Path] | None = None, encodings: list[str] | None = None, watch: bool = False
    ) -> types.InitializeResult:
        await self.client.start_io(warm.curator(), "lsp", cwd=self.root.parent)
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=encodings),  # type: ignore[arg-type]
            workspace=types.WorkspaceClientCapabilities(
                did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(watch)
            ),
        )
        result = await self.client.initialize_async(
            types.InitializeParams(
                capabilities=capabilities,
                process_id=os.getpid(),
                workspace_folders=[
                    types.WorkspaceFolder(one.as_uri(), one.name) for one in folders or [self.root]
                ],
            )
        )
        self.client.initialized(types.InitializedParams())
        return result

    async def stop(self) -> int:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()
        assert self.client._server is not None
        # What is left of the pipes would be complained about when it is collected.
        self.client._server._transport.close()  # type: ignore[attr-defined]
        await asyncio.sleep(0)
        code = self.client._server.returncode
        assert code is not None
        return code

    def uri(self, path: str | Path) -> str:
        return (self.root / path).as_uri()

    def open(self, path: str | Path, text: str | None = None) -> None:
        content = (self.root / path).read_text(encoding="utf-8") if text is None else text
        uri = self.uri(path)
        self.now()
        self.versions[uri], self.since[uri] = 1, self.mark
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, Path(path).suffix[1:], 1, content))
        )

    def change(self, path: str | Path, *changes: Any) -> int:
        uri = self.uri(path)
        self.versions[uri] += 1
        self.now()
        self.since[uri] = self.mark
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.versions[uri], uri), list(changes)
            )
        )
        return self.versions[uri]

    def write(self, path: str | Path, text: str) -> int:
        return self.change(path, types.TextDocumentContentChangeWholeDocument(text))

    def now(self) -> None:
        """Let what was published so far be what stood before."""
        self.mark = len(self.published)

    def close(self, path: str | Path) -> None:
        self.now()
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self.uri(path)))
        )

    async def until(self, ready: Callable[[], Any]) -> Any:
        """Wait until ``ready`` returns something."""

        async def wait() -> Any:
            while not (found := ready()):
                self._came.clear()
                await self._came.wait()
            return found

        return await asyncio.wait_for(wait(), PATIENCE)

    async def found(self, path: str | Path) -> list[types.Diagnostic]:
        """Return the diagnostics of the last version of a document."""
        uri = self.uri(path)

        def ready() -> list[list[types.Diagnostic]]:
            new = self.published[self.since[uri] :]
            return [
                list(one.diagnostics) for one in new if (one.uri, one.version) == (uri, self.versions[uri])
            ]

        return (await self.until(ready))[-1]

    async def again(self, path: str | Path) -> list[types.Diagnostic]:
        """Return the diagnostics of a document since anything changed, whatever its version."""
        uri = self.uri(path)

        def ready() -> list[list[types.Diagnostic]]:
            return [list(one.diagnostics) for one in self.published[self.mark :] if one.uri == uri]

        return (await self.until(ready))[-1]

    async def hover(self, path: str | Path, line: int, column: int) -> str:
        found = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(self.uri(path)), types.Position(line, column))
        )
        return found.contents.value if found else ""  # type: ignore[union-attr]

    async def complete(self, path: str | Path, line: int, column: int) -> dict[str, types.CompletionItem]:
        found = await self.client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(self.uri(path)), types.Position(line, column))
        )
        return {one.label: one for one in found.items}  # type: ignore[union-attr]

    async def actions(
        self, path: str | Path, line: int, *only: str, end: int | None = None
    ) -> list[types.CodeAction]:
        span = types.Range(types.Position(line, 0), types.Position(line if end is None else end, 10_000))
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri(path)),
                span,
                types.CodeActionContext([], only=list(only) or None),  # type: ignore[arg-type]
            )
        )
        return list(found or [])  # type: ignore[arg-type]


Body = Callable[[Editor], Awaitable[None]]
Talk = Callable[..., None]


@pytest.fixture
def talk() -> Talk:
    """Return a function that runs a session with a fresh server and sees it end well."""

    def run(root: Path, body: Body, **start: Any) -> None:
        async def session() -> None:
            editor = Editor(root)
            await editor.start(**start)
            await body(editor)
            assert await editor.stop() == 0

        asyncio.run(session())

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A new repository in each profile; not to be changed."""
    folder = tmp_path_factory.mktemp("made")
    for profile in ("dmtn148", "obs_base"):
        assert main(["-C", str(folder), "init", profile, "--camera", "ExampleCam", "--profile", profile]) == 0
    return {profile: folder / profile for profile in ("dmtn148", "obs_base")}


@pytest.fixture(params=["dmtn148", "obs_base"])
def either(request: pytest.FixtureRequest, made: dict[str, Path], tmp_path: Path) -> Path:
    """A repository in one profile and in the other."""
    return _copy(made[request.param], tmp_path)


@pytest.fixture
def repository(made: dict[str, Path], tmp_path: Path) -> Path:
    return _copy(made["dmtn148"], tmp_path)


def _copy(source: Path, target: Path) -> Path:
    root = Path(shutil.copytree(source, target / "repository"))
    for words in (["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
LINEARIZER = "ExampleCam/linearizer/s00/20200101T000000.yaml"
CAMERA = "ExampleCam/camera/20200101T000000.yaml"


def line_of(text: str, part: str) -> int:
    """Return the 0-based line of the first occurrence of ``part``."""
    return text[: text.index(part)].count("\n")


def applied(text: str, edits: list[types.TextEdit]) -> str:
    """Return an ASCII text after a client made edits."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for one in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        begin = starts[one.range.start.line] + one.range.start.character
        end = starts[one.range.end.line] + one.range.end.character
        text = text[:begin] + one.new_text + text[end:]
    return text
