"""The language server: documents in, diagnostics, texts and edits out."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from curator import __version__
from curator.checks.model.finding import Finding
from curator.editor.checker import Checker, Key
from curator.editor.convert import diagnostics
from curator.editor.documents import Documents, OpenDocument
from curator.editor.protocol import Protocol
from curator.errors import CuratorError
from curator.repository.layout.config import NAME

if TYPE_CHECKING:
    from curator.editing.assist.cursor_context import Surroundings
    from curator.formats.edit.at_cursor import Spot

__all__ = ["Server"]

# After the last change, so long is waited for the next one [s].
DEBOUNCE = 0.2
logger = logging.getLogger(__name__)


class Server(LanguageServer):
    """One client's server."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            "curator", __version__, types.TextDocumentSyncKind.Incremental, protocol_cls=Protocol
        )
        self.documents = Documents()
        self.checker = Checker(self._found)
        self._told: set[str] = set()

    def report_server_error(self, error: Exception, source: Any) -> None:
        logger.error("%s: %s", getattr(source, "__name__", source), error)

    def begin(self, params: types.InitializeParams) -> None:
        """Learn which folders the workspace has, and what columns count."""
        encoding = self.workspace.position_encoding
        self.documents.encoding = str(getattr(encoding, "value", encoding))
        folders = [one.uri for one in params.workspace_folders or ()]
        for uri in folders or filter(None, [params.root_uri]):
            self.documents.add_folder(uri)
        for root in self.documents.roots():
            self.checker.prepare(root)

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        document = self.documents.open(item.uri, item.text, item.version)
        self._take_up(document)
        if document.key is not None:
            self._recheck(document.key, 0.0)

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        document = self.documents.get(params.text_document.uri)
        if document is None:
            logger.warning("a change of a document that is not open: %.200s", params.text_document.uri)
            return
        late = params.text_document.version <= document.version
        if late and not all(
            hasattr(one, "text") and not hasattr(one, "range") for one in params.content_changes
        ):
            logger.warning("a change that comes too late is ignored: %.200s", params.text_document.uri)
            return
        for change in params.content_changes:
            _apply(document, change)
        document.version = max(document.version, params.text_document.version)
        document.changed()
        if document.key is not None:
            self._put(document)
            self._recheck(document.key, DEBOUNCE)

    def did_save(self, params: types.DidSaveTextDocumentParams) -> None:
        document = self.documents.get(params.text_document.uri)
        if document is not None and document.key is not None:
            self.documents.load(document)
            self._put(document)
            keys = {one.key for one in self.documents.of([document.key[0]]) if one.key is not None}
            self.checker.ask(keys - {document.key})
            self.checker.ask([document.key])

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        document = self.documents.close(params.text_document.uri)
        if document is not None and document.key is not None:
            self.checker.put(document.key, None)
            self._publish(document, ())
            self._recheck(document.key, 0.0, itself=False)

    def did_change_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.removed:
            self.documents.remove_folder(folder.uri)
        for folder in params.event.added:
            self.documents.add_folder(folder.uri)
        for document in self.documents:
            before = document.key
            self.documents.locate(document)
            if document.key != before:
                if before is not None:
                    self.checker.put(before, None)
                    self.documents.project(before).put(before[1], None)
                    self._publish(document, ())
                self._take_up(document)
                if document.key is not None:
                    self.checker.ask([document.key])

    def did_change_files(self, params: types.DidChangeWatchedFilesParams) -> None:
        """Check open files again when something that they are judged by changed outside the editor."""
        from curator.editor.documents import path_of

        paths = [path for one in params.changes[:1000] if (path := path_of(one.uri))]
        for document in list(self.documents):
            if document.key is None:
                self.documents.locate(document)
                self._take_up(document)
        roots = {root for path in paths if (root := self.documents.root_of(os.path.dirname(path)))}
        self.checker.ask([one.key for one in self.documents.of(roots) if one.key is not None], DEBOUNCE)

    def look(self, uri: str, position: types.Position) -> tuple[OpenDocument, Surroundings, int, Spot] | None:
        """Return what stands at a position of an open document of a repository that `curator` knows."""
        from curator.editing.assist.cursor_context import surroundings_of
        from curator.formats.edit.at_cursor import spot_at

        document = self.documents.get(uri)
        if document is None or document.key is None:
            return None
        project = self.documents.project(document.key)
        if not project.has_config:
            return None
        try:
            config = project.config()
        except CuratorError:  # a diagnostic says so; what needs no configuration still works
            config = None
        text = document.text
        line, column = text.where(text.offset(position.line, position.character))
        here = surroundings_of(document.key[1], config)
        return document, here, line, spot_at(text.line, len(text), line, column - 1, ecsv=here.ecsv)

    def _take_up(self, document: OpenDocument) -> None:
        """Put a text in place of its file, unless its repository is none of `curator`'s."""
        if document.key is None:
            return
        self._put(document)
        if not self.documents.project(document.key).has_config and document.key[0] not in self._told:
            self._told.add(document.key[0])
            self.window_log_message(
                types.LogMessageParams(
                    types.MessageType.Info, f"{document.key[0]} has no {NAME}: its files are not checked"
                )
            )

    def _put(self, document: OpenDocument) -> None:
        assert document.key is not None
        raw = document.raw
        self.documents.project(document.key).put(document.key[1], raw)
        self.checker.put(document.key, raw)

    def _recheck(self, key: Key, delay: float, *, itself: bool = True) -> None:
        """Have a file checked, and with it those that are judged by it."""
        keys = [key] if itself else []
        if key[1] == NAME or "/camera/" in key[1]:
            keys = [one.key for one in self.documents.of([key[0]]) if one.key and one.key != key] + keys
        self.checker.ask([one for one in keys if self.documents.project(one).has_config], delay)

    def _found(self, key: Key, found: tuple[Finding, ...] | str) -> None:
        document = self.documents.at(key)
        if document is None:
            return
        if isinstance(found, str):
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, f"{key[1]}: {found}"))
            found = (Finding("", "warning", key[1], 1, 1, found),)
        self._publish(document, found)

    def _publish(self, document: OpenDocument, found: tuple[Finding, ...]) -> None:
        document.findings, document.checked = found, document.version
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(document.uri, diagnostics(document, found), document.version)
        )


def _apply(document: OpenDocument, change: types.TextDocumentContentChangeEvent) -> None:
    text = document.text
    if isinstance(change, types.TextDocumentContentChangePartial):
        start = text.offset(change.range.start.line, change.range.start.character)
        end = text.offset(change.range.end.line, change.range.end.character)
        text.replace(min(start, end), max(start, end), change.text)
    else:
        text.replace(0, len(text.content), change.text)
