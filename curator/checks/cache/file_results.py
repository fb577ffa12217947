"""What each file's own rules said, kept between runs by path and object id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from curator.checks.cache.keys import code_set, config_key, digest
from curator.checks.cache.serialize import pack_findings, unpack_findings
from curator.checks.cross_file.facts import Facts
from curator.errors import CuratorError
from curator.repository.git.command import to_bytes, to_text
from curator.repository.git.user_cache import load, store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from curator.checks.model.finding import Finding
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot, TreeEntry

__all__ = ["FileResults"]

_KIND = "files"
_MOST = 32
# Results of other snapshots that are kept beside those of the latest.
_OTHERS = 50_000
_NOTHING = b"[]"

Kept: TypeAlias = "tuple[bytes, Facts | None]"


class FileResults:
    """Findings about files, before any severity is turned off and anything is suppressed.

    They are kept by path and object id, whichever snapshot the file was seen in: a check of a commit, or an
    export of it, believes what a check of the same bytes in the working tree said. The path is part of the
    key,
    as findings depend on it; so are the configuration, the cameras and the rules.

    Parameters
    ----------
    repository : Repository
    config : Config
    known : mapping of str to str, optional
        Object ids of files of the working tree that need not be read to know them.
    """

    def __init__(
        self, repository: Repository, config: Config, known: Mapping[str, str] | None = None
    ) -> None:
        self.object_format = repository.git.object_format()
        key = config_key(config)
        self._name = digest(repository.root, key)
        self._label = f"curator-files-4 {digest(repository.root, self.object_format, key, code_set())}"
        self._known = known or {}
        # By path and object id: findings as they are kept (most are never unpacked), and facts.
        self._kept = self._load()
        self._paths = {path for path, _ in self._kept}
        self._now: dict[tuple[str, str], Kept] = {}
        self._more = False

    def _load(self) -> dict[tuple[str, str], Kept]:
        parts = load(_KIND, self._name, self._label)
        if not parts:
            return {}
        try:
            names, blobs, findings, said = (bytes(part) for part in parts)
            ids = blobs.decode("ascii").split("\n")
            paths = map(to_text, names.split(b"\0"))
            facts = [Facts(*one) if one else None for one in json.loads(said)]
            each = zip(paths, ids, findings.split(b"\n"), facts, strict=True)
            return {(path, blob): (line, said) for path, blob, line, said in each}
        except (ValueError, TypeError):
            return {}

    def find(self, entry: TreeEntry, snapshot: Snapshot) -> tuple[list[Finding], Facts | None] | None:
        """Return what is wrong with a file, and its facts; `None` if it is not known of these bytes at this
        path.
        """
        path = entry.path
        if path not in self._paths or not entry.is_file:
            return None
        try:
            key = path, entry.blob or self._known.get(path) or snapshot.blob(path)
            kept = self._kept.get(key)
            if kept is None:
                return None
            found = unpack_findings(kept[0]) if kept[0] != _NOTHING else []
        except (CuratorError, ValueError, TypeError, LookupError):
            return None
        self._now[key] = kept
        return found, kept[1]

    def add(self, path: str, blob: str, findings: list[Finding], facts: Facts | None) -> None:
        """Take note of what is wrong with a file."""
        line = pack_findings(findings) if findings else _NOTHING
        if blob and line is not None:
            self._now[path, blob] = (line, facts)
            self._more = True

    @property
    def blobs(self) -> dict[str, str]:
        """Object ids of all files that were asked about in this run."""
        return dict(self._now.keys())

    @property
    def facts(self) -> dict[str, Facts]:
        """Facts of the readable files that were asked about in this run."""
        return {path: facts for (path, _), (_, facts) in self._now.items() if facts is not None}

    def keep(self) -> None:
        """Keep what this run asked about, if any of it is new, beside what others did."""
        if self._more:
            others = [key for key in self._kept if key not in self._now][-_OTHERS:]
            kept = {**{key: self._kept[key] for key in others}, **self._now}
            parts = [
                b"\0".join(to_bytes(path) for path, _ in kept),
                "\n".join(blob for _, blob in kept).encode("ascii"),
                b"\n".join(line for line, _ in kept.values()),
                json.dumps([facts for _, facts in kept.values()]).encode("ascii"),
            ]
            store(_KIND, self._name, self._label, parts, most=_MOST)
