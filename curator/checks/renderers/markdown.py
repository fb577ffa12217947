"""Findings as the summary of a pull request.

All text of files stands in code spans and fenced blocks: there a forge sees no HTML, link, image or mention.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.checks.renderers._fold import fold
from curator.formats.files.terminal_escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curator.checks.model.finding import Finding
    from curator.checks.model.report import Report

__all__ = ["LIMIT", "render_markdown"]

# What GitHub takes for a comment.
LIMIT = 65_536
_RESERVE = 500
_LONGEST = 300
_EXCERPTS = 10
_NOTICES = 20
_WORDS = {"error": "error", "warning": "warning", "info": "note"}
_ORDER = list(_WORDS)


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
        text += f"\n\n{_several(left, 'finding')} more did not fit: `curator check` lists them all."
    return text


def _lead(report: Report) -> Iterator[str]:
    for notice in report.notices[:_NOTICES]:
        yield from ("> [!WARNING]", f"> {_code(notice)}", "")
    if (more := len(report.notices) - _NOTICES) > 0:
        yield from ("> [!WARNING]", f"> {_several(more, 'notice')} more: `curator check` shows them.", "")
    counts = [_several(count, word) for severity, word in _WORDS.items() if (count := report.count(severity))]
    beside = [
        f"{count} {word}"
        for count, word in ((report.suppressed, "suppressed"), (report.baselined, "in the baseline"))
        if count
    ]
    found = f"**curator found {', '.join(counts)}**" if counts else "**curator found nothing**"
    aside = f" ({', '.join(beside)})" if beside else ""
    yield f"{found} in {_several(report.checked, 'file')}{aside}."
    for one in report.asides[:_NOTICES]:
        yield f"- {_code(one)}"


def _row(group: Sequence[Finding]) -> str:
    from curator.checks.model.rule import find_rule

    first = group[0]
    where = _code(f"{first.path}:{first.line}" if first.line else first.path, in_table=True)
    if len(group) > 1:
        where += f" and {len(group) - 1} more"
    cells = [
        _WORDS[first.severity],
        f"{first.code} {find_rule(first.code).name}",
        where,
        _code(
            first.message if len(group) == 1 or first.topic == first.message else first.topic, in_table=True
        ),
    ]
    return f"| {' | '.join(cells)} |"


def _excerpt(finding: Finding) -> str:
    """Return the offending line in a fence that nothing in it can close."""
    lines = []
    if finding.source.strip():
        lines.append(f"{finding.line:>6} | {_cut(escape(finding.source))}")
    lines.append(f"       | {_cut(escape(finding.message))}")
    if finding.hint:
        lines.append(f"hint: {_cut(escape(finding.hint))}")
    fence = "`" * max(3, _longest_run("\n".join(lines)) + 1)
    return "\n".join([_code(finding.place), "", f"{fence}text", *lines, fence])


def _code(text: str, *, in_table: bool = False) -> str:
    """Return text as a code span; in a table ``¦`` stands for a bar, which would end the cell."""
    plain = _cut(escape(text)).strip() or " "
    if in_table:
        plain = plain.replace("|", "¦")
    marks = "`" * (_longest_run(plain) + 1)
    pad = " " if plain[0] == "`" or plain[-1] == "`" else ""
    return f"{marks}{pad}{plain}{pad}{marks}"


def _longest_run(text: str) -> int:
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
