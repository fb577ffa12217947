"""The documents that a client has open, and which file of which repository each of them is."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from curator.editor.project import Project
from curator.editor.text import Text
from curator.errors import CuratorError

if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.editor.checker import Key

__all__ = ["Documents", "OpenDocument", "path_of"]

SUFFIXES = (".ecsv", ".yaml", ".yml")


class OpenDocument:
    """A text that is open in an editor.

    Attributes
    ----------
    key : Key or None
        Repository and path, `None` where it is none of a repository's calibrations.
    findings : tuple of Finding
        What was found in ``checked``, the version they are of.
    """

    def __init__(self, uri: str, text: Text, version: int) -> None:
        self.uri = uri
        self.text = text
        self.version = version
        self.key: Key | None = None
        self.findings: tuple[Finding, ...] = ()
        self.checked: int | None = None
        self._mark = b""
        self._file: bytes | None = None

    @property
    def written(self) -> bytes:
        """The text as bytes."""
        return self.text.content.encode("utf-8", "surrogatepass")

    @property
    def raw(self) -> bytes:
        """What the file holds, or will when it is saved.

        An editor does not show everything: it takes off a byte-order mark, replaces what is no UTF-8, and may
        make line ends alike. Until the text is changed the file's own bytes count, as they do for the hook.
        """
        return self._mark + self.written if self._file is None else self._file

    def loaded(self, raw: bytes) -> None:
        """Take note of what the file holds of which this is the text."""
        shown = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        self._mark = (
            BOM_UTF8 if raw.startswith(BOM_UTF8) and not self.text.content.startswith("\ufeff") else b""
        )
        same = shown == self.text.content.replace("\r\n", "\n") and raw != self.written
        self._file = raw if same else None

    def changed(self) -> None:
        """Take note that this is no longer the text of the file."""
        self._file = None


class Documents:
    """Every open document, and the repositories they are of."""

    def __init__(self) -> None:
        self.encoding = "utf-16"
        self._open: dict[str, OpenDocument] = {}
        self._projects: dict[str, Project] = {}
        self._folders: dict[str, str] = {}

    def add_folder(self, uri: str) -> None:
        """Let the workspace have a folder more."""
        if path := path_of(uri):
            self._folders[uri] = os.path.realpath(path)

    def remove_folder(self, uri: str) -> None:
        self._folders.pop(uri, None)

    def roots(self) -> set[str]:
        """Return the repositories that the workspace's folders are in."""
        found = (self.root_of(folder) for folder in self._folders.values())
        return {root for root in found if root is not None and Project(root).has_config}

    def open(self, uri: str, content: str, version: int) -> OpenDocument:
        document = OpenDocument(uri, Text(content, self.encoding), version)
        self._open[uri] = document
        self.locate(document)
        return document

    def close(self, uri: str) -> OpenDocument | None:
        document = self._open.pop(uri, None)
        if document is not None and document.key is not None:
            self.project(document.key).put(document.key[1], None)
        return document

    def get(self, uri: str) -> OpenDocument | None:
        return self._open.get(uri)

    def __iter__(self) -> Iterator[OpenDocument]:
        return iter(self._open.values())

    def at(self, key: Key) -> OpenDocument | None:
        """Return the open document of a file."""
        return next((one for one in self._open.values() if one.key == key), None)

    def of(self, roots: Iterable[str]) -> list[OpenDocument]:
        """Return the open documents of repositories."""
        wanted = set(roots)
        return [one for one in self._open.values() if one.key is not None and one.key[0] in wanted]

    def project(self, key: Key) -> Project:
        if key[0] not in self._projects:
            self._projects[key[0]] = Project(key[0])
        return self._projects[key[0]]

    def locate(self, document: OpenDocument) -> None:
        """Find out which file of which repository a document is."""
        path = path_of(document.uri)
        document.key = self._key(path) if path else None
        self.load(document)

    def load(self, document: OpenDocument) -> None:
        """Look at the file that a document was just read from or saved to."""
        if document.key is None:
            return
        from curator.repository.snapshots.worktree import WorkTree

        try:
            document.loaded(WorkTree(document.key[0]).read(document.key[1]))
        except CuratorError:  # it does not exist yet, or nothing to be read: then the text alone counts
            document.changed()

    def _key(self, path: str) -> Key | None:
        from curator.repository.git.command import to_text

        if not path.endswith(SUFFIXES):
            return None
        folder, name = os.path.split(os.path.normpath(path))
        root = self.root_of(folder)
        if root is None:
            return None
        # Links above the file are followed, as `curator check` does; a file that is a link is a finding.
        whole = os.path.join(os.path.realpath(folder), name)
        if not whole.startswith(root + os.sep):
            return None
        relative = to_text(os.fsencode(whole[len(root) + 1 :]))
        return root, relative

    def root_of(self, folder: str) -> str | None:
        """Return the repository that a folder is in, if it is one of the workspace's."""
        from curator.repository.repository import Repository

        while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
            folder = os.path.dirname(folder)
        try:
            root = Repository.find(folder).root
        except CuratorError:  # in none, or in a broken one: then there is nothing to check by
            return None
        return (
            root if not self._folders or any(_related(root, one) for one in self._folders.values()) else None
        )


def _related(root: str, folder: str) -> bool:
    """Whether a repository is in a folder, or around it."""
    first, second = sorted((root.rstrip(os.sep) + os.sep, folder.rstrip(os.sep) + os.sep), key=len)
    return second.startswith(first)


def path_of(uri: str) -> str | None:
    """Return the file that a URI names; `None` if it names none here."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = unquote(parts.path, errors="surrogateescape")
    return path if path.startswith("/") and "\0" not in path else None
