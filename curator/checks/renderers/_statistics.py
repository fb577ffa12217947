"""Findings counted by rule."""

from __future__ import annotations

from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from curator.checks.model.finding import Finding

__all__ = ["RuleCount", "count_by_rule"]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule found something; ``fixable`` of the findings have a fix."""

    code: str
    severity: str
    title: str
    count: int
    files: int
    fixable: int


def count_by_rule(findings: Iterable[Finding]) -> list[RuleCount]:
    """Return a count for each rule and severity, the largest first."""
    from curator.checks.model.rule import find_rule

    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.severity), []).append(finding)
    counts = [
        RuleCount(
            code,
            severity,
            find_rule(code).name,
            len(found),
            len({finding.path for finding in found}),
            sum(finding.fix is not None for finding in found),
        )
        for (code, severity), found in groups.items()
    ]
    return sorted(counts, key=lambda each: (-each.count, each.code, each.severity))
