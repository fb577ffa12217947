"""How many findings and files, in words: every output counts alike."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.model.report import Report

__all__ = ["WORDS", "beside", "several", "severities"]

# What a finding of each severity is called, the gravest first.
WORDS = {"error": "error", "warning": "warning", "info": "note"}


def several(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 file``, ``2,048 files``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def severities(report: Report) -> Iterator[tuple[str, str]]:
    """Give each severity that was found, with its count in words: ``1 error``."""
    for severity, word in WORDS.items():
        if count := report.count(severity):
            yield severity, several(count, word)


def beside(report: Report) -> list[str]:
    """Return how many findings are suppressed or in the baseline, without those that are zero."""
    counts = ((report.suppressed, "suppressed"), (report.baselined, "in the baseline"))
    return [f"{count:,} {word}" for count, word in counts if count]
