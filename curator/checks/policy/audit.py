"""Ask the rules about ``curator.yaml`` and the baseline, once a check of everything is over."""

from __future__ import annotations

from curator.calibrations.header.profiles import PROFILES
from curator.checks.model.context import Context
from curator.checks.model.rule import RULES, all_rules, policy_rules
from curator.repository.layout.config import read_config

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.checks.policy.policy import Policy
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Audit", "audit"]


class Audit:
    """A policy that was applied to everything, and what it was applied to."""

    def __init__(self, policy: Policy, snapshot: Snapshot) -> None:
        self.policy = policy
        self.config = policy.config
        self.snapshot = snapshot
        self.document = read_config(policy.config, snapshot)
        self.codes = [rule.code for rule in all_rules()]

    def place(self, *keys: str | int) -> tuple[int, int, int]:
        """Return where ``curator.yaml`` says something."""
        line, column, _ = self.document.at(*keys)
        return line, column, 0

    def is_asked(self, code: str) -> bool:
        """Return whether a check of everything asks a rule; the others can silence nothing here."""
        return code in RULES and RULES[code].scope != "change"


def audit(policy: Policy, snapshot: Snapshot) -> list[Finding]:
    """Return what is wrong with a policy that was applied to a check of everything."""
    if not (policy.config.suppressions or policy.config.severities or policy.gone()):
        return []
    facts = Audit(policy, snapshot)
    ctx = Context(policy.config.path, policy.config, PROFILES[policy.config.profile])
    ctx.raw = facts.document.raw
    found: list[Finding] = []
    for rule in policy_rules():
        ctx.take_up(rule)
        found += rule.function(facts, ctx)
    return [finding for finding in found if policy.counts(finding.code)]
