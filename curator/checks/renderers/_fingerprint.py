"""What a forge knows a finding again by, from one run to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from curator.checks.policy.baseline import as_word, key_of

if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.checks.policy.baseline import Key

__all__ = ["fingerprints"]


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """Give one for each finding: the same when lines move, another for each of several equal ones."""
    from _blake2 import blake2b

    seen: dict[Key, int] = {}
    for finding in findings:
        key = key_of(finding)
        seen[key] = number = seen.get(key, 0) + 1
        facts = f"{as_word(key.path)} {key.rule} {key.digest} {number}"
        yield blake2b(facts.encode(), digest_size=16).hexdigest()
