"""Findings as people read them in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.checks.renderers.fold import fold
from curator.formats.escape import escape

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from curator.checks.finding import Finding
    from curator.checks.report import Report

__all__ = ["render_text"]

Paint: TypeAlias = "Callable[..., str]"

WIDTH = 160
FEW = 3
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def _unpainted(text: str, *styles: str) -> str:
    return text


def render_text(report: Report, *, verbose: bool = False, paint: Paint = _unpainted) -> str:
    """Return findings as people read them.

    The same mistake in many files is one entry with a count and the first paths, unless ``verbose``; what is
    only worth a note is counted, unless ``verbose``.
    """
    from curator.checks.rule import find_rule

    groups = [[one] for one in report.findings] if verbose else fold(report.findings, notes=False)
    blocks = [f"{paint('note:', 'bold', 'yellow')} {escape(notice)}" for notice in report.notices]
    for group in groups:
        files = len({one.path for one in group})
        if files < FEW:
            blocks += [_entry(one, find_rule(one.code).name, paint) for one in group]
        else:
            blocks.append(_folded(group, files, find_rule(group[0].code).name, paint))
    blocks.append(_summary(report, verbose, paint))
    return "\n".join(blocks)


def _entry(finding: Finding, name: str, paint: Paint) -> str:
    place = paint(f"{escape(finding.path)}:{finding.line}:{finding.column}:", "bold")
    lines = [f"{place} {_label(finding, paint)} {name}"]
    shown = _excerpt(finding, paint)
    lines += shown or [f"    {escape(finding.message)}"]
    if finding.hint:
        lines.append(f"    hint: {escape(finding.hint)}")
    return "\n".join(lines)


def _label(finding: Finding, paint: Paint) -> str:
    label = paint(finding.code, "bold", _COLOURS[finding.severity])
    return label if finding.severity == "error" else f"{label} ({finding.severity})"


def _excerpt(finding: Finding, paint: Paint) -> list[str]:
    """Return the offending line with a mark below it, and the message beside the mark."""
    if not finding.source.strip():
        return []
    at = min(finding.column - 1, len(finding.source))
    cut = max(0, at - WIDTH // 2) if len(finding.source) > WIDTH else 0
    before, after = finding.source[cut:at], finding.source[at : cut + WIDTH]
    length = max(1, min(finding.end - finding.column, len(after))) if finding.end else 1
    dots = "…" if cut else ""
    number = f"{finding.line:>6} | "
    margin = " " * (len(number) - 2) + "| "
    mark = " " * len(dots + escape(before)) + paint(
        "^" * len(escape(after[:length]) or "^"), _COLOURS[finding.severity]
    )
    line = f"{number}{dots}{escape(before)}{escape(after)}"
    more = "…" if len(finding.source) > cut + WIDTH else ""
    return [f"{line}{more}", f"{margin}{mark} {escape(finding.message)}"]


def _folded(group: list[Finding], files: int, name: str, paint: Paint) -> str:
    first = group[0]
    times = f"{len(group)} times in {files} files" if len(group) > files else f"in {files} files"
    lines = [f"{paint(times, 'bold')}: {_label(first, paint)} {name}", f"    {escape(first.message)}"]
    if first.message != first.topic:
        lines[-1] = f"    first: {escape(first.message)}"
    if first.hint and all(one.hint == first.hint for one in group):
        lines.append(f"    hint: {escape(first.hint)}")
    paths = list(dict.fromkeys(f"{escape(one.path)}:{one.line}" for one in group))
    lines += [f"      {path}" for path in paths[:FEW]]
    if len(paths) > FEW:
        lines.append(f"      … and {len(paths) - FEW} more (--verbose lists them)")
    return "\n".join(lines)


def _summary(report: Report, verbose: bool, paint: Paint) -> str:
    files = f"{report.checked} file{'' if report.checked == 1 else 's'} checked"
    counts = [
        paint(f"{count} {word}{'' if count == 1 else 's'}", _COLOURS[severity])
        for severity, word in (("error", "error"), ("warning", "warning"), ("info", "note"))
        if (count := report.count(severity))
    ]
    if report.suppressed:
        counts.append(f"{report.suppressed} suppressed")
    if report.baselined:
        counts.append(f"{report.baselined} in the baseline")
    text = f"{files}: {', '.join(counts) if counts else 'nothing found'}"
    notes = report.count("info")
    return f"{text} (--verbose shows the note{'' if notes == 1 else 's'})" if notes and not verbose else text
