"""Which profile the files of an existing repository fit: those in which `curator check` finds no error."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curator.repository.git.tree_entry import TreeEntry
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Misfit", "ProfileReport", "check_profile"]

_SHOWN = 3


@dataclass(slots=True)
class Misfit:
    """An error that a profile's check finds in some files: how many, and the first of them."""

    reason: str
    files: int = 0
    first: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ProfileReport:
    """What the check of a profile says against the files of a repository."""

    misfitting: int = 0
    by_reason: dict[str, Misfit] = field(default_factory=dict)

    def add(self, path: str, reasons: Collection[str]) -> None:
        """Count a file in which there are errors; without any it fits."""
        self.misfitting += bool(reasons)
        for reason in reasons:
            entry = self.by_reason.setdefault(reason, Misfit(reason))
            entry.files += 1
            if len(entry.first) < _SHOWN:
                entry.first.append(path)

    @property
    def weight(self) -> tuple[int, int]:
        """How much there is to mend: files, then kinds of errors in them."""
        return self.misfitting, sum(one.files for one in self.by_reason.values())

    def ranked(self) -> list[Misfit]:
        """Return the errors, that of most files first."""
        return sorted(self.by_reason.values(), key=lambda one: (-one.files, one.reason))


def check_profile(snapshot: Snapshot, config: Config, entries: Iterable[TreeEntry]) -> ProfileReport:
    """Return how the files of a snapshot fit the profile of ``config``, by the rules about single files."""
    from curator.checks.run.file_checker import FileChecker

    checker = FileChecker(snapshot, config)
    found = ProfileReport()
    for entry in entries:
        errors = [one for one in checker.check(entry) if one.severity == "error"]
        found.add(entry.path, dict.fromkeys(one.topic for one in errors))
    return found
