"""Which findings count: severities, selections and suppressions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curator.checks.finding import Finding
    from curator.repository.config import Config, Suppression

__all__ = ["Policy"]


class Policy:
    """Drops what nobody wants to hear.

    Parameters
    ----------
    config : Config
        Its ``severities`` turn rules off, its ``suppressions`` silence them for some paths.
    select, ignore : sequence of str
        Beginnings of codes.
    """

    def __init__(self, config: Config, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> None:
        self._select = tuple(select)
        self._ignore = (*ignore, *(code for code, severity in config.severities.items() if severity == "off"))
        self._suppressions = [one for one in config.suppressions if _holds(one)]

    def apply(self, findings: Iterable[Finding]) -> tuple[list[Finding], int]:
        """Return the findings that count, and how many were suppressed."""
        kept, suppressed = [], 0
        for finding in findings:
            if (self._select and not finding.code.startswith(self._select)) or (
                self._ignore and finding.code.startswith(self._ignore)
            ):
                continue
            if self._suppressed(finding):
                suppressed += 1
            else:
                kept.append(finding)
        return kept, suppressed

    def _suppressed(self, finding: Finding) -> bool:
        if not self._suppressions:
            return False
        from fnmatch import fnmatchcase

        return any(
            finding.code == one.rule and fnmatchcase(finding.path, one.path) for one in self._suppressions
        )


def _holds(suppression: Suppression) -> bool:
    if suppression.expires is None:
        return True
    from datetime import datetime

    return datetime.now(UTC).date() <= suppression.expires
