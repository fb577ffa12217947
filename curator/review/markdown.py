"""A change as the comment of a pull request: a short scoreboard, and folds for who wants more.

All text of files stands in code spans and fenced blocks: there a forge sees no HTML, link, image or mention.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from curator.formats.files.markdown_escape import code_span, cut, fence_for
from curator.formats.files.terminal_escape import escape
from curator.review.text import summary
from curator.review.wording import count

if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.checks.model.report import Report
    from curator.review.report import ReviewReport
    from curator.review.wording import Statement

__all__ = ["LIMIT", "LINES", "MARK", "TITLES", "scoreboard", "statements_by_kind"]

# By which a comment is found again, to be replaced.
MARK = "<!-- curator: what this change means -->"
# What GitHub takes for a comment [characters].
LIMIT = 65_536
# Lines that are read before anything is unfolded.
LINES = 30
# What changes results stands in the table; the rest in folds only.
TITLES = {
    "file": "Files",
    "validity": "Validity",
    "names": "Amplifiers, detectors, filters",
    "moved": "Values moved",
    "units": "Units",
    "pixels": "Masked pixels",
    "brightness": "Brightness",
    "curve": "Curves",
    "crosstalk": "Crosstalk",
    "numbers": "Numbers",
    "columns": "Columns",
    "rows": "Rows",
}
_FOLDED = {
    **TITLES,
    "boxes": "Boxes",
    "header": "Header",
    "notes": "Notes",
    "written": "Date and version of texts",
    "order": "Order",
}
_PER_KIND = 3
_FINDINGS = 5
_IN_FOLD = 100
_SEVERITIES = {"error": "error", "warning": "warning", "info": "note"}

# Where something is, and what is said of it.
Said = tuple[str, "Statement"]


def scoreboard(report: ReviewReport, checked: Report | None = None) -> str:
    """Return a change as Markdown: at most `LINES` lines, and folds, within `LIMIT` characters.

    Parameters
    ----------
    checked : Report, optional
        What the rules say of the change. Its notices come first: they say what is meant.
    """
    said = statements_by_kind(report)
    lines = [MARK, *_lead(report, checked)]
    tail = list(_findings(checked)) if checked else []
    rows = list(_table(said, LINES - len(lines) - len(tail) - 3))
    if rows:
        lines += ["", "| | where | what it means |", "|---|---|---|", *rows]
    text = "\n".join([*lines, *tail])
    for kind, found in said.items():
        fold = "\n".join(_fold(_FOLDED.get(kind, kind), found))
        if len(text) + len(fold) > LIMIT - 200:
            return f"{text}\n\nMore did not fit: `curator diff` shows all of it.\n"
        text += f"\n{fold}"
    return f"{text}\n"


def statements_by_kind(report: ReviewReport) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {kind: [] for kind in _FOLDED}
    for one in report.common:
        more = f"{one.paths[0]} and {len(one.paths) - 1} more"
        found.setdefault(one.statement.kind, []).append((more, one.statement))
    for file in report.files:
        for statement in file.statements:
            found.setdefault(statement.kind, []).append((file.file.path, statement))
    return {kind: one for kind, one in found.items() if one}


def _lead(report: ReviewReport, checked: Report | None) -> Iterator[str]:
    for notice in checked.notices[:_PER_KIND] if checked else ():
        yield from ("> [!IMPORTANT]", f"> {code_span(notice)}", "")
    changed = summary(report) if report.files else "no calibration differs"
    yield f"**{changed}** ({code_span(report.before)} to {code_span(report.after)})"


def _table(said: dict[str, list[Said]], room: int) -> Iterator[str]:
    """Give a row for each kind in turn, then more of each, as far as there is room."""
    kinds = [(title, said[kind]) for kind, title in TITLES.items() if kind in said]
    each = max(1, min(_PER_KIND, room // max(1, len(kinds))))
    for title, found in kinds[:room]:
        for number, (where, statement) in enumerate(found[:each]):
            left = len(found) - each
            more = f" and {left} more below" if left > 0 and number == each - 1 else ""
            cells = (
                "" if number else title,
                code_span(where, in_table=True),
                code_span(statement.text, in_table=True) + more,
            )
            yield f"| {' | '.join(cells)} |"


def _findings(checked: Report) -> Iterator[str]:
    counts = [
        count(number, word) for severity, word in _SEVERITIES.items() if (number := checked.count(severity))
    ]
    yield ""
    yield f"**Check: {', '.join(counts) or 'nothing found'}**"
    worst = sorted(checked.findings, key=lambda one: list(_SEVERITIES).index(one.severity))
    shown = [one for one in worst if one.severity != "info"][:_FINDINGS]
    if shown:
        yield ""
    for one in shown:
        yield f"- {_SEVERITIES[one.severity]} {one.code}, {code_span(_place(one))}: {code_span(one.message)}"


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}"


def _fold(title: str, found: Sequence[Said]) -> Iterator[str]:
    lines = []
    for where, statement in found[:_IN_FOLD]:
        lines += [cut(escape(where)), f"  {cut(escape(statement.text))}"]
        lines += [f"    {cut(escape(one))}" for one in statement.details]
    if len(found) > _IN_FOLD:
        lines.append(f"and {len(found) - _IN_FOLD:,} more")
    fence = fence_for("\n".join(lines))
    yield from ("", f"<details><summary>{title}: {len(found):,}</summary>", "", f"{fence}text", *lines, fence)
    yield from ("", "</details>")
