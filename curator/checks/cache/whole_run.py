"""A whole check kept between runs: where nothing changed since, its report stands.

What is kept are the stamps of everything the report came from: every directory (so no name came or went),
every file that a rule looks at, `curator.yaml` and whatever else was read, and git's index (so no other
path became tracked). It is kept only where every calibration that lies there is tracked, so that no rule
about what git ignores has a say.
"""

from __future__ import annotations

import os
from time import time_ns
from typing import TYPE_CHECKING

from curator.checks.cache.keys import digest, rule_set
from curator.checks.cache.serialize import pack_report, unpack_report
from curator.checks.model.relevant_paths import is_relevant
from curator.repository.git.command import to_bytes, to_text
from curator.repository.git.user_cache import load, store
from curator.repository.layout.paths import ALL_RECORDS
from curator.repository.snapshots.stat_signatures import Stamps, walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curator.checks.model.report import Report
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["Run"]

_KIND = "runs"
_MOST = 64
# Directories besides those of calibrations; to look at more takes longer than to ask git.
_OTHER_DIRECTORIES = 10_000


class Run:
    """One way to check the whole working tree of a repository.

    Parameters
    ----------
    repository : Repository
    options : sequence
        Whatever else the report depends on.
    """

    def __init__(self, repository: Repository, options: Sequence[object] = ()) -> None:
        self._repository = repository
        self._name = digest(repository.root, options)
        self._label = f"curator-run-1 {digest(repository.root, repository.gitdir, options, rule_set())}"
        self._stamps: Stamps | None = None
        self._blobs: bytes | memoryview = b""
        self._began = time_ns()

    def recall(self) -> Report | None:
        """Return the report of an earlier run if it would be the same now."""
        if "GIT_INDEX_FILE" in os.environ:  # a commit in the making: the index is elsewhere
            return None
        parts = load(_KIND, self._name, self._label)
        if parts is None:
            return None
        try:
            report = unpack_report(bytes(parts[0]))
            self._stamps = Stamps.unpack(self._repository.root, parts[2:])
            self._blobs = parts[1]
            return report if self._stamps.hold() else None
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def unchanged(self) -> dict[str, str]:
        """Return the object ids of the files that are as they were in the run that did not stand any more."""
        if self._stamps is None:
            return {}
        blobs = bytes(self._blobs).decode("ascii", "replace").split("\n")
        files = self._stamps.names[len(self._stamps.names) - len(blobs) :]
        kept = self._stamps.kept()
        return {to_text(name): blob for name, blob in zip(files, blobs, strict=True) if blob and name in kept}

    def keep(self, report: Report, snapshot: WorkTree, config: Config, blobs: Mapping[str, str]) -> None:
        """Keep the report of a run that began after this was made.

        Parameters
        ----------
        blobs : mapping of str to str
            Object ids of the bytes that the rules saw, by path.
        """
        if "GIT_INDEX_FILE" in os.environ or snapshot.asked_git:
            return
        try:
            found = self._found(snapshot, config)
            if found is None or len(found[1]) != report.checked:
                return
            folders, files = found
            git = [
                os.fsencode(os.path.join(self._repository.gitdir, "index")),
                os.fsencode(os.path.join(self._repository.commondir, "config")),
            ]
            if any(map(os.path.islink, git)):
                return  # what is behind a link changes without it
            beside = sorted(snapshot.seen.difference(files))
            inside = [*folders, *map(to_bytes, beside), *map(to_bytes, files)]
            stamps = Stamps.take(self._repository.root, [*git, *inside])
            if not stamps.settled(self._began) or not stamps.one_device(inside):
                return
        except OSError:
            return
        kept = pack_report(report)
        if kept is not None:
            ids = "\n".join(blobs.get(path, "") for path in files).encode("ascii")
            store(_KIND, self._name, self._label, [kept, ids, *stamps.pack()], most=_MOST)

    def _found(self, snapshot: WorkTree, config: Config) -> tuple[list[bytes], list[str]] | None:
        """Return the directories there are and what rules look at; `None` where git does not track it all."""
        found = walk(self._repository.root, _OTHER_DIRECTORIES + 2 * len(snapshot.seen))
        if found is None:
            return None
        folders, others = found
        kinds = {to_text(name): is_file for name, is_file in others.items()}
        files = {path for path, is_file in kinds.items() if is_relevant(path, is_file, config)}
        # A rule about suppressions asks which paths there are at all.
        listed = set(kinds) if snapshot.listings > 1 else {*files, *filter(_is_record, kinds)}
        said = self._repository.git.run("ls-files", "-z", "--cached")
        tracked = set(map(to_text, said.split(b"\0")))
        return (folders, sorted(files)) if tracked.issuperset(listed) else None


def _is_record(path: str) -> bool:
    return path.endswith(ALL_RECORDS)
