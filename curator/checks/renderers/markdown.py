"""Findings as the summary of a pull request.

All text of files stands in code spans and fenced blocks: there a forge sees no HTML, link, image or mention.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.checks.renderers._counts import WORDS, beside, severities
from curator.checks.renderers._fold import fold
from curator.counts import counted
from curator.formats.files.markdown_escape import code_span, cut, fence_for
from curator.formats.files.terminal_escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curator.checks.model.finding import Finding
    from curator.checks.model.report import Report

__all__ = ["LIMIT", "render_markdown"]

# What GitHub takes for a comment.
LIMIT = 65_536
_RESERVE = 500
_EXCERPTS = 10
_NOTICES = 20
_ORDER = list(WORDS)


def render_markdown(report: Report, *, verbose: bool = False, **_: object) -> str:
    """Return counts, a table of folded findings and some of their lines, within `LIMIT` characters."""
    groups = fold(report.findings, notes=verbose)
    groups.sort(key=lambda group: _ORDER.index(group[0].severity))
    text = "\n".join(_lead(report))
    rows = ["| | rule | where | what |", "|---|---|---|---|"]
    room = LIMIT - _RESERVE - len(text) - sum(map(len, rows))
    shown = 0
    for group in groups:
        row = _row(group)
        room -= len(row) + 1
        if room < 0:
            break
        rows.append(row)
        shown += 1
    if shown:
        text += "\n\n" + "\n".join(rows)
    for group in groups[: min(shown, _EXCERPTS)]:
        excerpt = _excerpt(group[0])
        room -= len(excerpt) + 2
        if room < 0:
            break
        text += f"\n\n{excerpt}" if excerpt else ""
    if shown < len(groups):
        left = sum(map(len, groups[shown:]))
        text += f"\n\n{counted(left, 'finding')} more are not shown; `curator check` lists all of them."
    return text


def _lead(report: Report) -> Iterator[str]:
    for notice in report.notices[:_NOTICES]:
        yield from ("> [!WARNING]", f"> {code_span(notice)}", "")
    if (more := len(report.notices) - _NOTICES) > 0:
        yield from ("> [!WARNING]", f"> {counted(more, 'notice')} more: `curator check` shows them.", "")
    counts = [words for _, words in severities(report)]
    aside = f" ({', '.join(beside(report))})" if report.suppressed or report.baselined else ""
    found = f"**curator found {', '.join(counts)}**" if counts else "**curator found nothing**"
    yield f"{found} in {counted(report.checked, 'file')}{aside}."
    for one in report.asides[:_NOTICES]:
        yield f"- {code_span(one)}"


def _row(group: Sequence[Finding]) -> str:
    from curator.checks.model.rule import find_rule

    first = group[0]
    where = code_span(f"{first.path}:{first.line}" if first.line else first.path, in_table=True)
    if len(group) > 1:
        where += f" and {len(group) - 1} more"
    cells = [
        WORDS[first.severity],
        f"{first.code} {find_rule(first.code).name}",
        where,
        code_span(
            first.message if len(group) == 1 or first.topic == first.message else first.topic, in_table=True
        ),
    ]
    return f"| {' | '.join(cells)} |"


def _excerpt(finding: Finding) -> str:
    """Return the offending line in a fence that nothing in it can close."""
    lines = []
    if finding.source.strip():
        lines.append(f"{finding.line:>6} | {cut(escape(finding.source))}")
    lines.append(f"       | {cut(escape(finding.message))}")
    if finding.hint:
        lines.append(f"hint: {cut(escape(finding.hint))}")
    fence = fence_for("\n".join(lines))
    return "\n".join([code_span(finding.place), "", f"{fence}text", *lines, fence])
