"""Which findings count: severities, selections, suppressions and the baseline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC

from curator.checks.model.failed_rule import UNJUDGED
from curator.checks.policy.baseline import Baseline, former_key_of, is_former, key_of, recordable
from curator.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from curator.checks.model.finding import Finding
    from curator.checks.policy.baseline import Key, Recorded
    from curator.checks.policy.gitignore_globs import Glob
    from curator.repository.layout.config import Config, Suppression

__all__ = ["Policy", "rule_codes"]


class Policy:
    """Drops what nobody wants to hear.

    Parameters
    ----------
    config : Config
        Its ``severities`` turn rules off, its ``suppressions`` silence them for some paths.
    select, ignore : sequence of str
        Beginnings of codes.
    baseline : Baseline, optional
        Findings that were there before.
    day : datetime.date, optional
        The day (UTC) by which suppressions have expired or not; today if not given.

    Attributes
    ----------
    config : Config
    baseline : Baseline
    baselined : int
        Findings that the baseline knew, after `apply`.
    """

    def __init__(
        self,
        config: Config,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        baseline: Baseline | None = None,
        day: date | None = None,
    ) -> None:
        self.config = config
        self.baseline = baseline if baseline is not None else Baseline()
        self.baselined = 0
        self._select = tuple(select)
        self._ignore = tuple(ignore)
        self._off = tuple(code for code, severity in config.severities.items() if severity == "off")
        self._expired = [expired(suppression, day) for suppression in config.suppressions]
        self._used: set[int] = set()
        self._globs: dict[str, list[tuple[int, Glob]]] = {}
        self._left = {key: entry.times for key, entry in self.baseline.entries.items()}

    def apply(self, findings: Iterable[Finding]) -> tuple[list[Finding], int]:
        """Return the findings that count, and how many were suppressed; to be called once.

        What a bug of curator left unjudged always counts.
        """
        kept: list[Finding] = []
        suppressed = 0
        for finding in findings:
            if finding.code == UNJUDGED:
                kept.append(finding)
                continue
            if not self.counts(finding.code):
                continue
            if self._suppressed(finding):
                suppressed += 1
            else:
                kept.append(finding)
        if self._left:
            kept = self._new(kept)
        return kept, suppressed

    def asks(self, code: str) -> bool:
        """Return whether somebody wants to hear of a rule."""
        return not (self._select and not code.startswith(self._select)) and not (
            self._ignore and code.startswith(self._ignore)
        )

    def counts(self, code: str) -> bool:
        """Return whether somebody wants to hear of a rule, and it is not turned off."""
        return self.asks(code) and code not in self._off

    def unused(self) -> Iterator[int]:
        """Give the numbers of suppressions that hold, and silenced nothing."""
        return (
            number
            for number, past in enumerate(self._expired)
            if not past and number not in self._used and self.asks(self.config.suppressions[number].rule)
        )

    def expired(self) -> Iterator[int]:
        """Give the numbers of suppressions whose last day is over."""
        return (
            number
            for number, past in enumerate(self._expired)
            if past and self.asks(self.config.suppressions[number].rule)
        )

    def gone(self) -> dict[Key, Recorded]:
        """Return what is recorded and was not found, with the count of what is missing."""
        return {
            key: self.baseline.entries[key]._replace(times=left)
            for key, left in self._left.items()
            if left and self.asks(key.rule)
        }

    def _new(self, findings: list[Finding]) -> list[Finding]:
        kept = []
        key_functions = [key_of, former_key_of] if any(map(is_former, self._left)) else [key_of]
        for finding in sorted(findings, key=lambda each: (each.path, each.line, each.column)):
            keys = (key_function(finding) for key_function in key_functions)
            key = next(filter(self._left.get, keys), None) if recordable(finding) else None
            if key is not None:
                self._left[key] -= 1
                self.baselined += 1
            else:
                kept.append(finding)
        return kept

    def _suppressed(self, finding: Finding) -> bool:
        if not self._expired:
            return False
        matching = [number for number, glob in self._of(finding.code) if glob.matches(finding.path)]
        self._used.update(matching)
        return bool(matching)

    def _of(self, code: str) -> list[tuple[int, Glob]]:
        if code not in self._globs:
            from curator.checks.policy.gitignore_globs import Glob

            self._globs[code] = [
                (number, Glob(one.path))
                for number, one in enumerate(self.config.suppressions)
                if one.rule == code and not self._expired[number]
            ]
        return self._globs[code]


def expired(suppression: Suppression, day: date | None = None) -> bool:
    """Return whether a suppression's last day is over, on a ``day`` (UTC) or today."""
    if suppression.expires is None:
        return False
    from datetime import datetime

    return (day or datetime.now(UTC).date()) > suppression.expires


def rule_codes(given: Sequence[str], option: str) -> tuple[str, ...]:
    """Return the beginnings of codes that an option was given, separated by commas or one by one.

    Raises
    ------
    UsageError
        No rule has a code that starts with one of them.
    """
    codes = tuple(code.strip().upper() for text in given for code in text.split(",") if code.strip())
    if codes:
        from curator.checks.model.rule import all_rules

        known = [each.code for each in all_rules()]
        for code in codes:
            if not any(each.startswith(code) for each in known):
                raise _unknown_code(code, known, option)
    return codes


def _unknown_code(code: str, known: Sequence[str], option: str) -> UsageError:
    from curator.name_lookup import did_you_mean, nearest

    families = sorted({each[:4] for each in known})  # what the codes of one hundred share: CUR3
    return UsageError(
        f"{option} {code}: no rule has a code that starts with it",
        hint=did_you_mean(nearest(code, [*known, *families]), "`curator rule` lists the rules"),
    )
