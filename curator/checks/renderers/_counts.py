"""How many findings and files, in words: every output counts alike."""

from __future__ import annotations

from curator.counts import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.model.report import Report

__all__ = ["WORDS", "beside", "severities"]

# What a finding of each severity is called, the gravest first.
WORDS = {"error": "error", "warning": "warning", "info": "note"}


def severities(report: Report) -> Iterator[tuple[str, str]]:
    """Give each severity that was found, with its count in words: ``1 error``."""
    for severity, word in WORDS.items():
        if found := report.count(severity):
            yield severity, counted(found, word)


def beside(report: Report) -> list[str]:
    """Return how many findings are suppressed or in the baseline, without those that are zero."""
    counts = ((report.suppressed, "suppressed"), (report.baselined, "in the baseline"))
    return [f"{number:,} {word}" for number, word in counts if number]
