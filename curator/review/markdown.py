"""A change as a scoreboard, of a pull request or of a run of its check: short, and folds for who wants more.

All text of files stands in code spans and fenced blocks: there a forge sees no HTML, link, image or mention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from curator.counts import counted
from curator.formats.files.markdown_escape import code_span, cut, fence_for
from curator.formats.files.terminal_escape import escape
from curator.review.text import summary
from curator.review.weights import weight
from curator.values import NamedTuple

if TYPE_CHECKING:
    from curator.checks.model.report import Report
    from curator.review.git.merge_forecast import MergeForecast
    from curator.review.report import ReviewReport
    from curator.review.wording import Statement

__all__ = [
    "LIMIT",
    "LINES",
    "MARK",
    "NOTHING",
    "SUMMARY_LIMIT",
    "TITLES",
    "is_news",
    "scoreboard",
    "statements_by_kind",
    "step_summary",
]

# By which a comment is found again, to be replaced.
MARK = "<!-- curator: what this change means -->"
# What GitHub takes for a comment [characters].
LIMIT = 65_536
# What GitHub takes for the summaries of a step [bytes]; the step may write others beside this one.
SUMMARY_LIMIT = 768 * 1024
NOTHING = "No calibration differs"
_FOUND_NOTHING = "**Check: nothing found**"
_UNKNOWN = "Whether it merges into "
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
# Characters round a fold: most are fences, which are longer than any run of ` in a line.
_AROUND = 1_000
_PATHS = 20
_SEVERITIES = {"error": "error", "warning": "warning", "info": "note"}


class Said(NamedTuple):
    """A statement, and the files that it is about.

    Parameters
    ----------
    paths : tuple of str
    statement : Statement
    is_gone : bool
        The file is removed: what it held changes nothing more.
    """

    paths: tuple[str, ...]
    statement: Statement
    is_gone: bool = False

    @property
    def has_more(self) -> bool:
        """Whether a fold says more of it than a row of the table."""
        text = self.statement.text
        return len(self.paths) > 1 or bool(self.statement.details) or text != cut(text)


def scoreboard(
    report: ReviewReport, checked: Report | None = None, forecast: MergeForecast | None = None
) -> str:
    """Return a change as a comment: at most `LINES` lines, and folds, within `LIMIT` characters.

    Parameters
    ----------
    checked : Report, optional
        What the rules say of the change. Its notices come first: they say what is meant.
    forecast : MergeForecast, optional
        What `curator merge` would make of it.
    """
    return f"{MARK}\n{_written(report, checked, forecast, LIMIT - len(MARK) - 1, len)}"


def step_summary(
    report: ReviewReport, checked: Report | None = None, forecast: MergeForecast | None = None
) -> str:
    """Return the same for ``$GITHUB_STEP_SUMMARY``, which takes more."""
    return _written(report, checked, forecast, SUMMARY_LIMIT, lambda text: len(text.encode()))


def is_news(text: str) -> bool:
    """Return whether a scoreboard says more than that nothing changed and nothing was found."""
    silent = (MARK, _FOUND_NOTHING, f"**{NOTHING}", _UNKNOWN)
    return any(line and not line.startswith(silent) for line in text.splitlines())


def _written(
    report: ReviewReport,
    checked: Report | None,
    forecast: MergeForecast | None,
    limit: int,
    size: Callable[[str], int],
) -> str:
    said = statements_by_kind(report, checked)
    lines = [*_lead(report, checked), *(_merge(forecast) if forecast else ())]
    tail = list(_findings(checked)) if checked else []
    shown: dict[str, int] = {}
    rows = list(_table(said, LINES - 1 - len(lines) - len(tail) - 3, shown))
    if rows:
        lines += ["", "| | where | what it means |", "|---|---|---|", *rows]
    text = "\n".join([*lines, *tail])
    if checked and (notes := _notes(checked)):
        text += f"\n{notes}"
    # What stands round a fold, and the sentence behind the last one, fit into the rest.
    room = limit - size(text) - _AROUND
    for kind, found in said.items():
        if shown.get(kind) == len(found) and not any(one.has_more for one in found):
            continue
        entries = list(_that_fit(found, room - _AROUND, size))
        if not entries:
            return f"{text}\n\nMore did not fit: `curator diff` shows all of it.\n"
        fold = "\n".join(_fold(_FOLDED.get(kind, kind), found, entries))
        room -= size(fold) + 1
        text += f"\n{fold}"
    return f"{text}\n"


def statements_by_kind(report: ReviewReport, checked: Report | None = None) -> dict[str, list[Said]]:
    """Return the statements of a change by kind, one that several files share with all of their paths.

    Of each kind, those that many files share come first, then those about files with errors, about removed
    files, and about the largest changes.
    """
    errors = {one.path for one in checked.findings if one.severity == "error"} if checked else set()
    found: dict[str, list[Said]] = {kind: [] for kind in _FOLDED}
    for one in report.common:
        found.setdefault(one.statement.kind, []).append(Said(one.paths, one.statement))
    weighed = [
        (weight(statement.kind, file.file, errors), file.file, statement)
        for file in report.files
        for statement in file.statements
    ]
    for _, file, statement in sorted(weighed, key=itemgetter(0), reverse=True):
        one_file = Said((file.path,), statement, file.kind == "removed")
        found.setdefault(statement.kind, []).append(one_file)
    return {kind: one for kind, one in found.items() if one}


def _lead(report: ReviewReport, checked: Report | None) -> Iterator[str]:
    notices = checked.notices if checked else ()
    for number, notice in enumerate(notices[:_PER_KIND], 1):
        yield from ("> [!IMPORTANT]", f"> {_code(notice)}")
        if number == _PER_KIND and len(notices) > number:
            yield f"> and {len(notices) - number} more: `curator check` shows them"
        yield ""
    changed = summary(report) if report.files else NOTHING
    before, after = (_code(one) for one in (report.before, report.after))
    yield f"**{changed}** ({before} to {after})"


def _merge(forecast: MergeForecast) -> Iterator[str]:
    """Say what git calls a conflict, and what of it a person has to decide."""
    target = _code(forecast.target)
    if forecast.unknown:
        yield from ("", f"{_UNKNOWN}{target} is unknown: {_code(forecast.unknown)}")
        return
    merged, left = len(forecast.merged), len(forecast.left)
    if not merged + left:
        return
    if not left:
        result = f"merges {'it' if merged == 1 else 'them'}"
    elif merged:
        result = f"merges {merged} of them; a person decides"
    else:
        result = f"does not merge {'it' if left == 1 else 'them'}; a person decides"
    command = _code(f"curator merge {forecast.target}")
    files = counted(merged + left, "file")
    yield from ("", f"**git reports a conflict with {target} in {files}**: {command} {result}")
    for number, (path, why) in enumerate(forecast.left[:_PER_KIND], 1):
        more = f" and {left - number} more" if number == _PER_KIND and left > number else ""
        yield f"- {_code(path)}: {_code(why)}{more}"


def _table(said: dict[str, list[Said]], room: int, shown: dict[str, int]) -> Iterator[str]:
    """Give a row for each kind in turn, then more of each, as far as there is room.

    ``shown`` gets the number of statements of each kind that have a row.
    """
    kinds = [
        (kind, told)
        for kind in TITLES
        if (told := [one for one in said.get(kind, ()) if not (kind == "rows" and one.is_gone)])
    ]
    each = max(1, min(_PER_KIND, room // max(1, len(kinds))))
    for kind, found in kinds[: max(0, room)]:
        shown[kind] = min(each, len(found))
        some = f" ({each} of {len(found):,}, all below)" if len(found) > each else ""
        for number, one in enumerate(found[:each]):
            cells = (
                "" if number else f"{TITLES[kind]}{some}",
                _where(one.paths[0], len(one.paths)),
                f"{'each: ' if len(one.paths) > 1 else ''}{_code(one.statement.text)}",
            )
            yield f"| {' | '.join(cells)} |"


def _where(path: str, files: int) -> str:
    return f"{f'{files:,} files, such as ' if files > 1 else ''}{_code(path)}"


def _code(text: str) -> str:
    """Return a code span without a bar, whether it stands in a table or where a forge takes it for one."""
    return code_span(text, in_table=True)


def _findings(checked: Report) -> Iterator[str]:
    counts = [
        counted(number, word) for severity, word in _SEVERITIES.items() if (number := checked.count(severity))
    ]
    yield from ("", f"**Check: {', '.join(counts)}**" if counts else _FOUND_NOTHING)
    from curator.checks.renderers._fold import fold

    order = list(_SEVERITIES)
    groups = fold((one for one in checked.findings if one.severity != "info"), notes=False)
    groups.sort(key=lambda group: order.index(group[0].severity))
    if groups:
        yield ""
    for number, group in enumerate(groups[:_FINDINGS], 1):
        first, files = group[0], len({one.path for one in group})
        place = _where(f"{first.path}:{first.line}" if first.line else first.path, files)
        what = first.message if len(group) == 1 else first.topic
        times = f" ({len(group)} times)" if len(group) > files else ""
        more = f", and {len(groups) - number} more" if number == _FINDINGS < len(groups) else ""
        yield f"- {_SEVERITIES[first.severity]} {first.code}, {place}: {_code(what)}{times}{more}"


def _notes(checked: Report) -> str:
    """Return a fold with the notes of the check, which are counted only above it; empty if there are none."""
    from curator.checks.renderers._fold import fold

    groups = fold((one for one in checked.findings if one.severity == "info"), notes=True)
    if not groups:
        return ""
    lines = []
    for group in groups[:_PATHS]:
        first, others = group[0], len({one.path for one in group}) - 1
        place = f"{first.path}:{first.line}" if first.line else first.path
        more = f" and {counted(others, 'more file')}" if others else ""
        what = first.message if len(group) == 1 else first.topic
        lines += [cut(escape(f"{place}{more}")), f"  {first.code} {cut(escape(what))}"]
    if len(groups) > _PATHS:
        lines.append(f"and {len(groups) - _PATHS} more: curator check --verbose lists them")
    fence = fence_for("\n".join(lines))
    files = len({one.path for group in groups for one in group})
    title = f"<details><summary>Notes of the check: {counted(files, 'file')}</summary>"
    return "\n".join(("", title, "", f"{fence}text", *lines, fence, "", "</details>"))


def _that_fit(found: Sequence[Said], room: int, size: Callable[[str], int]) -> Iterator[str]:
    """Give the lines about each statement, as far as there is room."""
    for one in found[:_IN_FOLD]:
        entry = "\n".join(_entry(one))
        room -= size(entry) + 1
        if room < 0:
            return
        yield entry


def _entry(one: Said) -> Iterator[str]:
    yield from (cut(escape(path)) for path in one.paths[:_PATHS])
    if len(one.paths) > 1:
        more = len(one.paths) - _PATHS
        yield f"and {more:,} more, each:" if more > 0 else "each:"
    yield f"  {cut(escape(one.statement.text))}"
    yield from (f"    {cut(escape(detail))}" for detail in one.statement.details)


def _fold(title: str, found: Sequence[Said], entries: Sequence[str]) -> Iterator[str]:
    more = len(found) - len(entries)
    lines = [*entries, *([f"and {more:,} more: curator diff shows them"] if more else [])]
    fence = fence_for("\n".join(lines))
    files = counted(len({path for one in found for path in one.paths}), "file")
    yield from ("", f"<details><summary>{title}: {files}</summary>", "", f"{fence}text", *lines, fence)
    yield from ("", "</details>")
