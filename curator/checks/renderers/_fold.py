"""The same mistake in many files, as one group."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from curator.checks.model.finding import Finding

__all__ = ["fold"]


def fold(findings: Iterable[Finding], *, notes: bool) -> list[list[Finding]]:
    """Return findings of equal rule, severity and topic together; ``notes`` are left out unless wanted."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity != "info" or notes:
            groups.setdefault((finding.code, finding.severity, finding.topic), []).append(finding)
    return list(groups.values())
