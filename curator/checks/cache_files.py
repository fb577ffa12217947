"""What each file's own rules said, kept between runs by path and object id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from curator.checks.cache_form import pack_findings, unpack_findings
from curator.checks.cache_key import config_key, digest, rule_set
from curator.checks.facts import Facts
from curator.errors import CuratorError
from curator.repository.git import to_bytes, to_text
from curator.repository.keeping import load, store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from curator.checks.finding import Finding
    from curator.repository.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshot import Entry, Snapshot

__all__ = ["FileResults"]

_KIND = "files"
_MOST = 32
_NOTHING = b"[]"

Kept: TypeAlias = "tuple[str, bytes, Facts | None]"


class FileResults:
    """Findings about files, before any severity is turned off and anything is suppressed.

    The path is part of the key, as findings depend on it; so are the configuration, the cameras and the
    rules.

    Parameters
    ----------
    repository : Repository
    kind : str
        Kind of snapshot, so that a look at a commit does not replace what is known of the work tree.
    config : Config
    known : mapping of str to str
        Object ids of files of the work tree that need not be read to know them.
    """

    def __init__(self, repository: Repository, kind: str, config: Config, known: Mapping[str, str]) -> None:
        self.object_format = repository.git.object_format()
        self._name = digest(repository.root, kind)
        key = digest(repository.root, self.object_format, config_key(config), rule_set())
        self._label = f"curator-files-3 {key}"
        self._known = known
        # Object id, findings as they are kept (most are never unpacked), and facts.
        self._kept = self._load()
        self._now: dict[str, Kept] = {}
        self._more = False

    def _load(self) -> dict[str, Kept]:
        parts = load(_KIND, self._name, self._label)
        if not parts:
            return {}
        try:
            names, blobs, findings, said = (bytes(part) for part in parts)
            ids = blobs.decode("ascii").split("\n")
            paths = map(to_text, names.split(b"\0"))
            facts = [Facts(*one) if one else None for one in json.loads(said)]
            each = zip(paths, ids, findings.split(b"\n"), facts, strict=True)
            return {path: (blob, line, said) for path, blob, line, said in each}
        except (ValueError, TypeError):
            return {}

    def find(self, entry: Entry, snapshot: Snapshot) -> tuple[list[Finding], Facts | None] | None:
        """Return what is wrong with a file, and its facts; `None` if it is not known of these bytes at this
        path.
        """
        path = entry.path
        kept = self._kept.get(path)
        if kept is None or not entry.is_file:
            return None
        try:
            if kept[0] != (entry.blob or self._known.get(path) or snapshot.blob(path)):
                return None
            found = unpack_findings(kept[1]) if kept[1] != _NOTHING else []
        except (CuratorError, ValueError, TypeError, LookupError):
            return None
        self._now[path] = kept
        return found, kept[2]

    def add(self, path: str, blob: str, findings: list[Finding], facts: Facts | None) -> None:
        """Take note of what is wrong with a file."""
        line = pack_findings(findings) if findings else _NOTHING
        if blob and line is not None:
            self._now[path] = (blob, line, facts)
            self._more = True

    @property
    def blobs(self) -> dict[str, str]:
        """Object ids of all files that were asked about in this run."""
        return {path: blob for path, (blob, _, _) in self._now.items()}

    def keep(self) -> None:
        """Keep what this run asked about, if any of it is new."""
        if self._more:
            lines = self._now.values()
            parts = [
                b"\0".join(map(to_bytes, self._now)),
                "\n".join(blob for blob, _, _ in lines).encode("ascii"),
                b"\n".join(line for _, line, _ in lines),
                json.dumps([facts for _, _, facts in lines]).encode("ascii"),
            ]
            store(_KIND, self._name, self._label, parts, most=_MOST)
