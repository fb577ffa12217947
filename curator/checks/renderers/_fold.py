"""The same mistake in many files, or many times in one file, as one group."""

from __future__ import annotations

from curator.checks.model.rule import is_about_change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curator.checks.model.finding import Finding

__all__ = ["FEW", "fold", "fold_within_files", "is_folded_note", "line_ranges"]

# So many entries of one kind are shown before they fold.
FEW = 3
_RANGES = 6


def is_folded_note(finding: Finding) -> bool:
    """Whether it is a note on a file, which is only counted unless notes are asked for."""
    return finding.severity == "info" and not is_about_change(finding.code)


def fold(findings: Iterable[Finding], *, notes: bool) -> list[list[Finding]]:
    """Return findings of equal rule, severity and topic together, the file with most of them first.

    ``notes`` on files are left out unless wanted; see `is_folded_note`.
    """
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if notes or not is_folded_note(finding):
            groups.setdefault((finding.code, finding.severity, finding.topic), []).append(finding)
    return [_worst_first(group) for group in groups.values()]


def _worst_first(group: list[Finding]) -> list[Finding]:
    """Return the findings of a group, the file with most of them first: folding hides the last files."""
    counts: dict[str, int] = {}
    for finding in group:
        counts[finding.path] = counts.get(finding.path, 0) + 1
    return sorted(group, key=lambda finding: -counts[finding.path])  # else in their order


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
