"""The Language Server Protocol as pygls speaks it, held to its order of things.

pygls answers a well-behaved client. Here stands what is asked of a server by any other: errors that name
what is wrong for messages that are none, come too early or too late, or hold the wrong types.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method

from curator.editor.messages import INVALID_REQUEST, Faulty, next_message

if TYPE_CHECKING:
    import asyncio

    from curator.editor.server import Server

__all__ = ["Protocol"]

METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
NOT_INITIALIZED = -32002
logger = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """Takes messages one by one, and keeps the documents itself: every place counts in them."""

    _server: Server
    _begun = False

    async def serve(self, reader: asyncio.StreamReader) -> int:
        """Answer until the client leaves; return 0 if it took its leave, else 1."""
        while True:
            try:
                message = await next_message(reader)
            except Faulty as faulty:
                self._refuse(None, faulty.code, str(faulty))
                continue
            if message is None or message.get("method") == types.EXIT:
                return 0 if self._shutdown else 1
            self.take(message)

    def take(self, message: dict[str, Any]) -> None:
        """Handle one message; whatever is in it, the server goes on."""
        number, method = message.get("id"), message.get("method")
        asks = method is not None and "id" in message
        if "id" in message and (isinstance(number, bool) or not isinstance(number, int | str)):
            self._refuse(None, INVALID_REQUEST, "the id is neither a number nor text")
        elif method is not None and not isinstance(method, str):
            self._refuse(number, INVALID_REQUEST, "the method is not text")
        elif complaint := self._untimely(method):
            if asks:
                self._refuse(number, *complaint)
        elif method is not None and not self._knows(method):
            if asks:
                self._refuse(number, METHOD_NOT_FOUND, f"there is no method {method!r:.80}")
        else:
            self._handle(message, number if asks else None)

    def _untimely(self, method: str | None) -> tuple[int, str] | None:
        if method is None:
            return None
        if self._shutdown:
            return INVALID_REQUEST, "the server was told to shut down"
        if method == types.INITIALIZE:
            return (INVALID_REQUEST, "the server is initialized already") if self._begun else None
        return None if self._begun else (NOT_INITIALIZED, "initialize comes first")

    def _knows(self, method: str) -> bool:
        known = (types.CANCEL_REQUEST, *self.fm.builtin_features, *self.fm.features)
        return method in known

    def _handle(self, message: dict[str, Any], number: int | str | None) -> None:
        method = message.get("method")
        try:
            structured = self.structure_message({"params": None, **message} if method else message)
        except Exception as error:  # cattrs raises whatever the wrong types lead to
            logger.debug("cannot be understood: %r", error)
            if number is not None:
                self._refuse(number, INVALID_PARAMS, f"the parameters are not those of {method}")
            return
        self._begun = self._begun or method == types.INITIALIZE
        self.handle_message(structured)

    def _refuse(self, number: object, code: int, message: str) -> None:
        self._send_data({"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}})

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._server.did_open(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._server.did_change(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.did_close(params)

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(
        self, params: types.DidChangeWorkspaceFoldersParams
    ) -> None:
        self._server.did_change_folders(params)
