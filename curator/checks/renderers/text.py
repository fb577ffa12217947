"""Findings as people read them in a terminal."""

from __future__ import annotations

from curator.checks.renderers._counts import beside, severities
from curator.checks.renderers._fold import FEW, fold, fold_within_files, is_folded_note, line_ranges
from curator.counts import counted
from curator.formats.files.terminal_escape import escape
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from curator.checks.model.finding import Finding
    from curator.checks.model.report import Report
    from curator.checks.renderers._statistics import RuleCount

__all__ = ["render_text"]

Paint: TypeAlias = "Callable[..., str]"
Wrap: TypeAlias = "Callable[..., list[str]]"

WIDTH = 160
# From so many entries on, a table counts them by rule.
MANY = 20
# Marks a finding that has a fix.
_MARK = "[*]"
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def _unpainted(text: str, *styles: str) -> str:
    return text


def _unwrapped(text: str, *, first: str = "", rest: str = "") -> list[str]:
    return [first + text]


def render_text(
    report: Report,
    *,
    verbose: bool = False,
    paint: Paint = _unpainted,
    wrap: Wrap = _unwrapped,
    width: int | None = None,
    statistics: bool = False,
    fix_command: str = "",
    options: bool = True,
) -> str:
    """Return findings as people read them.

    The same mistake in many files is one entry with a count and the first paths, and the same rule on many
    lines of a file one entry with its lines, unless ``verbose``; notes are counted, unless ``verbose``. Where
    there are many entries, a table by rule follows them.

    Parameters
    ----------
    report : Report
    verbose : bool
    paint : callable
        Puts a text into styles; leaves it alone if not given.
    wrap : callable
        Gives the lines of a text that begins with ``first``, and goes on behind ``rest``; one if not given.
    width : int, optional
        Of the terminal, so that no more is shown of an offending line.
    statistics : bool
        Write only the table by rule, notes included, and the summary.
    fix_command : str
        The command that fixes the findings that have a fix; empty if there is none.
    options : bool
        Name the option that shows what is folded.
    """
    from curator.checks.model.rule import find_rule

    page = _Page(paint, wrap, width, bool(fix_command), options)
    groups = (
        [[finding] for finding in report.findings]
        if verbose
        else fold_within_files(fold(report.findings, notes=False))
    )
    blocks = [
        "\n".join(wrap(f"{paint('note:', 'bold', 'yellow')} {escape(notice)}", rest="  "))
        for notice in report.notices
    ]
    for group in () if statistics else groups:
        files = len({each.path for each in group})
        name = find_rule(group[0].code).name
        blocks.append(
            _folded(group, files, name, page) if files >= FEW else _entry(group[0], name, page, group[1:])
        )
    if statistics or (len(groups) >= MANY and not verbose):
        counted = [each for each in report.findings if statistics or not is_folded_note(each)]
        blocks += _table(counted, page)
    blocks.append("\n".join(wrap(_summary(report, page, verbose or statistics), rest="  ")))
    blocks += _fixable(report, verbose or statistics, fix_command, page)
    return "\n".join(blocks)


class _Page(NamedTuple):
    paint: Paint
    wrap: Wrap
    width: int | None
    marked: bool
    options: bool

    @property
    def lists_them(self) -> str:
        """What stands behind a number of what is folded."""
        return " (--verbose lists them)" if self.options else ""

    def told(self, text: str) -> list[str]:
        """Return the lines of a sentence about a finding."""
        return self.wrap(text, first="    ", rest="      ")


def _entry(finding: Finding, name: str, page: _Page, others: Sequence[Finding]) -> str:
    place = page.paint(f"{escape(finding.place)}:", "bold")
    lines = page.wrap(f"{_label(finding, page)} {name}", first=f"{place} ", rest="    ")
    shown = _excerpt(finding, page)
    lines += shown or page.told(escape(finding.message))
    if finding.hint:
        lines += page.told(f"hint: {escape(finding.hint)}")
    if others:
        where = line_ranges(others)
        lines += page.told(f"and {len(others)} more in this file: {where}{page.lists_them}")
    return "\n".join(lines)


def _label(finding: Finding, page: _Page) -> str:
    label = page.paint(finding.code, "bold", _COLOURS[finding.severity])
    label = label if finding.severity == "error" else f"{label} ({finding.severity})"
    return label if finding.fix is None or not page.marked else f"{label} {_MARK}"


def _excerpt(finding: Finding, page: _Page) -> list[str]:
    """Return the offending line with a mark below it, and the message beside the mark or below it."""
    if not finding.source.strip():
        return []
    number = f"{finding.line:>6} | "
    margin = " " * (len(number) - 2) + "| "
    # Less, for the signs that there is more on either side.
    room = min(WIDTH, page.width - len(number) - 6) if page.width else WIDTH
    at = min(finding.column - 1, len(finding.source))
    cut = max(0, at - room // 2) if len(finding.source) > room else 0
    before, after = finding.source[cut:at], finding.source[at : cut + room]
    length = max(1, min(finding.end - finding.column, len(after))) if finding.end else 1
    dots = "..." if cut else ""  # of ASCII, so that the mark stands right in any locale
    blank = " " * len(dots + escape(before))
    mark = page.paint("^" * len(escape(after[:length]) or "^"), _COLOURS[finding.severity])
    more = "…" if len(finding.source) > cut + room else ""
    line = f"{number}{dots}{escape(before)}{escape(after)}{more}"
    said = page.wrap(escape(finding.message), first=f"{margin}{blank}{mark} ", rest="")
    if len(said) > 1:
        said = [f"{margin}{blank}{mark}", *page.told(escape(finding.message))]
    return [line, *said]


def _folded(group: list[Finding], files: int, name: str, page: _Page) -> str:
    first = group[0]
    times = f"{len(group)} times in {files} files" if len(group) > files else f"in {files} files"
    lines = page.wrap(f"{page.paint(times, 'bold')}: {_label(first, page)} {name}", rest="    ")
    lines += page.told(f"{'first: ' if first.message != first.topic else ''}{escape(first.message)}")
    if first.hint and all(finding.hint == first.hint for finding in group):
        lines += page.told(f"hint: {escape(first.hint)}")
    paths = list(dict.fromkeys(f"{escape(finding.path)}:{finding.line}" for finding in group if finding.line))
    paths += dict.fromkeys(escape(finding.path) for finding in group if not finding.line)
    lines += [f"      {path}" for path in paths[:FEW]]
    if len(paths) > FEW:
        lines.append(f"      … and {len(paths) - FEW} more{page.lists_them}")
    return "\n".join(lines)


def _summary(report: Report, page: _Page, verbose: bool) -> str:
    counts = [page.paint(words, _COLOURS[severity]) for severity, words in severities(report)]
    counts += beside(report)
    text = f"{counted(report.checked, 'file')} checked: {', '.join(counts) or 'nothing found'}"
    notes = sum(map(is_folded_note, report.findings))
    if notes and not verbose and page.options:
        rest = notes < report.count("info")
        text += f" (--verbose shows the {'rest' if rest else 'note' if notes == 1 else 'notes'})"
    return "; ".join([text, *map(escape, report.asides)])


def _table(findings: Sequence[Finding], page: _Page) -> Iterator[str]:
    """Give the lines of the table by rule."""
    from curator.checks.renderers._statistics import count_by_rule

    counts = count_by_rule(findings)
    if not counts:
        return
    rows = [("count", "files", "fixable", "rule", "")]
    rows += [
        (
            str(each.count),
            str(each.files),
            str(each.fixable or ""),
            each.code,
            _qualified(each),
        )
        for each in counts
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    for number, row in enumerate(rows):
        cells = [cell.rjust(width) for cell, width in zip(row[:3], widths, strict=False)]
        first = "  ".join([*cells, row[3].ljust(widths[3]), ""])
        if number == 0:
            yield page.paint(first.rstrip(), "bold")
        else:
            yield from page.wrap(row[4], first=first, rest=" " * len(first))


def _qualified(count: RuleCount) -> str:
    return count.title if count.severity == "error" else f"({count.severity}) {count.title}"


def _fixable(report: Report, notes: bool, command: str, page: _Page) -> list[str]:
    """Return the lines that say how to fix the findings that have a fix."""
    count = sum(each.fix is not None and (notes or not is_folded_note(each)) for each in report.findings)
    if not count or not command:
        return []
    findings = f"{counted(count, 'finding')} {'is' if count == 1 else 'are'}"
    return page.wrap(f"{_MARK} {findings} fixable with `{escape(command)}`", rest="  ")
