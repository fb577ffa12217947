"""What a check found."""

from __future__ import annotations

from curator.checks.model.failed_rule import any_unjudged
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.finding import Finding

__all__ = ["Report"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    Parameters
    ----------
    findings : tuple of Finding
        By path and place.
    checked : int
        Files looked at.
    suppressed : int
        Findings that ``curator.yaml`` says are known.
    baselined : int
        Findings that the baseline says were there before.
    notices : tuple of str
        What every output says first: that the change under test edits the rules it is judged by.
    asides : tuple of str
        What the summary says at its end: which rules could not judge what, and what was not checked out.
    """

    findings: tuple[Finding, ...]
    checked: int
    suppressed: int = 0
    baselined: int = 0
    notices: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every rule could judge every file: no bug of curator kept one from it."""
        return not any_unjudged(self.findings)

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)
