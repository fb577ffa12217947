"""What the server offers, each feature answered in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from curator.editor import actions
from curator.editor.convert import completion, range_of
from curator.editor.server import Server

if TYPE_CHECKING:
    from curator.editor.documents import OpenDocument

__all__ = ["make_server"]


def make_server() -> Server:
    """Return a server with every feature registered."""
    server = Server()
    feature = server.feature

    @feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)

    @feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        _watch(server)
        _get_ready()

    @feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.did_save(params)

    @feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.did_change_files(params)

    @feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        return _hover(server, params)

    @feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=["{", ":", " ", "'", '"', "-"]),
    )
    def complete(params: types.CompletionParams) -> types.CompletionList:
        return _complete(server, params)

    kinds = [types.CodeActionKind.QuickFix, actions.FIX_ALL]

    @feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    def act(params: types.CodeActionParams) -> list[types.CodeAction]:
        document = server.documents.get(params.text_document.uri)
        if document is None or document.key is None:
            return []
        return actions.offered(document, server.documents, params)

    return server


def _watch(server: Server) -> None:
    capabilities = server.client_capabilities.workspace
    watched = capabilities.did_change_watched_files if capabilities else None
    if watched is not None and watched.dynamic_registration:
        watchers = [types.FileSystemWatcher("**/*.{ecsv,yaml}")]
        server.client_register_capability(
            types.RegistrationParams(
                [
                    types.Registration(
                        "curator-files",
                        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                        types.DidChangeWatchedFilesRegistrationOptions(watchers),
                    )
                ]
            )
        )


def _get_ready() -> None:
    """Import what the first question needs before anybody waits for its answer."""
    from curator.calibrations.types.types import all_types
    from curator.editing.assist import completions, cursor_context, explain  # noqa: F401
    from curator.formats import read  # noqa: F401
    from curator.formats.edit import at_cursor  # noqa: F401
    from curator.formats.yaml import reader  # noqa: F401

    all_types()


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    from curator.editing.assist.explain import explain, explain_rule

    found = server.look(params.text_document.uri, params.position)
    if found is None:
        return None
    document, here, line, spot = found
    texts = [explain(spot, here), *(explain_rule(code) for code in _codes_at(document, params.position))]
    text = "\n\n---\n\n".join(filter(None, texts))
    if not text:
        return None
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, text),
        range_of(document.text, line, spot.start + 1, spot.end + 1) if texts[0] else None,
    )


def _codes_at(document: OpenDocument, position: types.Position) -> list[str]:
    """Return the rules that complain about what stands at a position, as long as it is what they saw."""
    if document.checked != document.version or document.key is None:
        return []
    line, _ = document.text.where(document.text.offset(position.line, position.character))
    marked = (
        (one.code, range_of(document.text, one.line, one.column, one.end))
        for one in document.findings
        if one.code and one.line == line and one.path == document.key[1]
    )
    place = (position.line, position.character)
    return list(
        dict.fromkeys(
            code
            for code, span in marked
            if (span.start.line, span.start.character) <= place <= (span.end.line, span.end.character)
        )
    )


def _complete(server: Server, params: types.CompletionParams) -> types.CompletionList:
    from curator.editing.assist.completions import propose
    from curator.formats.edit.at_cursor import keys_beside

    found = server.look(params.text_document.uri, params.position)
    if found is None:
        return types.CompletionList(False, [])
    document, here, line, spot = found
    text = document.text
    present = keys_beside(text.line, len(text), line, spot, ecsv=here.ecsv)
    proposals = propose(spot, here, present)
    return types.CompletionList(False, completion(proposals, document, line, spot, ecsv=here.ecsv))
