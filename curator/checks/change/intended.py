"""What the commits of a change say is meant: trailers ``Curator-Intended: CUR510 <reason>``.

A trailer lowers the findings of one rule about changes to notes, and every report begins with it. Its text
comes from a pull request: it is cut to a length, and each renderer escapes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from curator.checks.model.context import shown
from curator.counts import counted
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.repository.changes import CommitFacts

__all__ = ["Intended", "if_meant", "read_intended"]

TRAILER = "Curator-Intended"
# Rules that no trailer lowers: a change may not wave through what it does to its own judges.
_NEVER = frozenset({"CUR521"})
_PLACEHOLDER = "<reason>"
FEW = 3
_LONGEST_REASON = 160
_LONGEST_AUTHOR = 40


def if_meant(code: str) -> str:
    """Return what a hint says to somebody who means what a rule complains of."""
    return f"if this is meant, end the commit message with the trailer `{TRAILER}: {code} {_PLACEHOLDER}`"


@dataclass(frozen=True, slots=True)
class _Statement:
    """One trailer that counts."""

    code: str
    reason: str
    commit: str


@dataclass(frozen=True, slots=True)
class Intended:
    """The trailers of a change.

    Parameters
    ----------
    statements : tuple
        Those that count, the latest commit first.
    mistakes : tuple of str
        What is wrong with the others, a sentence each.
    """

    statements: tuple[_Statement, ...]
    mistakes: tuple[str, ...]

    def lower(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings, those of a rule that a trailer names as notes, which ask for no trailer."""
        codes = self._codes
        return [
            replace(
                finding, severity="info", hint=finding.hint.removesuffix(if_meant(finding.code)).rstrip("; ")
            )
            if finding.code in codes
            else finding
            for finding in findings
        ]

    def notices(self, found: Sequence[str], asked: Collection[str]) -> Iterator[str]:
        """Give what every report says first.

        Parameters
        ----------
        found : sequence of str
            The rule of every finding, whatever became of it.
        asked : collection of str
            Rules that were asked about all of the change, so that it is known what they did not find.
        """
        for code in self._codes:
            count = found.count(code)
            if not count and code not in asked:
                continue
            mine = [statement for statement in self.statements if statement.code == code]
            effect = (
                f"{counted(count, 'finding')} lowered to info"
                if count
                else "but nothing of the kind was found"
            )
            for one in mine[:FEW]:
                yield f"{code} is intended ({effect}), says {one.commit}: {one.reason}"
            if len(mine) > FEW:
                yield f"{code} is intended, say {len(mine) - FEW} more trailers of this change"
        yield from self.mistakes[:FEW]
        if len(self.mistakes) > FEW:
            yield f"{len(self.mistakes) - FEW} more trailers {TRAILER} of this change count for nothing"

    @property
    def _codes(self) -> list[str]:
        return sorted({statement.code for statement in self.statements})


def read_intended(commits: Sequence[CommitFacts]) -> Intended:
    """Return what the trailers of commits say."""
    statements: dict[tuple[str, str], _Statement] = {}
    mistakes = []
    for commit in commits:
        name = f"commit {commit.sha[:10]} by {_cut(commit.author, _LONGEST_AUTHOR)}"
        for value in commit.intended:
            code, _, reason = value.strip().partition(" ")
            code, reason = code.removesuffix(":").upper(), " ".join(reason.split())
            if problem := _problem(code, reason):
                mistakes.append(f"{name} has the trailer {TRAILER}, which counts for nothing: {problem}")
            else:
                text = _cut(reason, _LONGEST_REASON)
                statements.setdefault((code, text), _Statement(code, text, name))
    return Intended(tuple(statements.values()), tuple(mistakes))


def _problem(code: str, reason: str) -> str:
    """Return why a trailer counts for nothing, empty where it counts."""
    from curator.checks.model.rule import all_rules

    if not code:
        return f"it is empty; write {TRAILER}: CUR510 {_PLACEHOLDER}"
    found = next((rule for rule in all_rules() if rule.code == code), None)
    if found is None:
        return (
            f"there is no rule {shown(code)}; write {TRAILER}: CUR510 {_PLACEHOLDER}, a trailer for each rule"
        )
    if found.scope != "change" or code in _NEVER:
        return f"{code} cannot be intended, only what rules about changes find (CUR5xx, but not CUR521)"
    if reason == _PLACEHOLDER or not any(map(str.isalnum, reason)):
        return f"it gives no reason; write {TRAILER}: {code} {_PLACEHOLDER}"
    return ""


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
