"""The same mistake in many files, or many times in one file, as one group."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curator.checks.model.finding import Finding

__all__ = ["FEW", "fold", "fold_within_files", "line_ranges"]

# So many entries of one kind are shown before they fold.
FEW = 3
_RANGES = 6


def fold(findings: Iterable[Finding], *, notes: bool) -> list[list[Finding]]:
    """Return findings of equal rule, severity and topic together; ``notes`` are left out unless wanted."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity != "info" or notes:
            groups.setdefault((finding.code, finding.severity, finding.topic), []).append(finding)
    return list(groups.values())


def fold_within_files(groups: Iterable[list[Finding]]) -> list[list[Finding]]:
    """Return the groups of `fold`, those of one rule on more than a few lines of one file joined.

    A group that is in a few files or more stays: it folds by its files.
    """
    joined: dict[tuple[str, ...], list[Finding]] = {}
    for number, group in enumerate(groups):
        if len({finding.path for finding in group}) >= FEW:
            joined[str(number),] = group
            continue
        for finding in group:
            joined.setdefault((finding.path, finding.code, finding.severity), []).append(finding)
    folded = []
    for group in joined.values():
        if len({finding.path for finding in group}) >= FEW or len({each.line for each in group}) > FEW:
            folded.append(group)
        else:
            folded += [[finding] for finding in group]
    return folded


def line_ranges(findings: Sequence[Finding]) -> str:
    """Return the lines of findings as ranges: ``lines 3-17, 20``."""
    lines = sorted({finding.line for finding in findings})
    ranges: list[list[int]] = []
    for line in lines:
        if ranges and line == ranges[-1][1] + 1:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges[:_RANGES])
    more = f" and more up to {lines[-1]}" if len(ranges) > _RANGES else ""
    return f"line{'' if len(lines) == 1 else 's'} {shown}{more}"
