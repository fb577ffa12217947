"""A change as lines for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from curator.counts import counted
from curator.formats.files.terminal_escape import escape
from curator.review.wording import Statement, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.review.report import FileReport, ReviewReport

__all__ = ["heading", "text_lines", "wrapped"]

# Files that are named, before the rest is counted.
FEW = 3

Paint = Callable[..., str]


def text_lines(
    report: ReviewReport, *, width: int = 80, paint: Paint = lambda text, *styles: text
) -> Iterator[str]:
    """Give the lines that say what a change means; nothing where no file differs.

    Parameters
    ----------
    paint : function of text and styles
        Colours a line.
    """
    for one in report.common:
        yield from wrapped(f"in {counted(len(one.paths), 'file')}, {one.paths[0]} and others:", "", width)
        yield from _statement(one.statement, width, paint)
    shared = {path for one in report.common for path in one.paths}
    silent = [file.file.path for file in report.files if not file.statements and file.file.path not in shared]
    for file in report.files:
        if not file.statements:
            continue
        yield paint(escape(file.file.path), "bold")
        if said := heading(file):
            yield from wrapped(said, "  ", width)
        for statement in file.statements:
            yield from _statement(statement, width, paint)
    if silent:
        yield from wrapped(f"no change in content: {listed(silent, FEW)}", "", width)
    if len(report.files) > 1:
        yield summary(report)


def summary(report: ReviewReport) -> str:
    """Return how many files were added, removed, edited and renamed."""
    kinds = [file.file.kind for file in report.files]
    parts = [
        f"{kinds.count(kind)} {kind}" for kind in ("added", "removed", "edited", "renamed") if kind in kinds
    ]
    files = counted(len(kinds), "file")
    if len(parts) == 1:
        return f"{files} {parts[0].partition(' ')[2]}"
    return f"{files} differ: {', '.join(parts)}"


def heading(file: FileReport) -> str:
    """Return from when on a new calibration applies, and instead of which; empty for all others."""
    own = file.file
    if own.kind != "added" or not (own.start_after or own.ranges[1]):
        return ""
    if own.ranges[1]:
        return f"new: applies {own.ranges[1]}"
    if own.against:
        return f"new: from {own.start_after} on, instead of {own.against.rpartition('/')[2]}"
    return f"new: from {own.start_after} on, where nothing applied"


def _statement(statement: Statement, width: int, paint: Paint) -> Iterator[str]:
    yield from wrapped(statement.text, "  ", width)
    for line in statement.details:
        style = {"+": ("green",), "-": ("red",)}.get(line[:1], ())
        for one in wrapped(line, "    ", width):
            yield paint(one, *style)


def wrapped(text: str, indent: str, width: int) -> list[str]:
    """Return words in lines of at most ``width``, as `textwrap` has it; none is broken."""
    lines: list[str] = []
    line = gap = ""
    for word in escape(text).split(" "):
        if word:
            if line and len(f"{indent}{line}{gap}{word}") > width:
                lines.append(indent + line)
                if len(lines) == 1:
                    indent += "  "
                line, gap = "", ""
            line += gap + word
            gap = ""
        gap += " "
    return [*lines, indent + line] if line else lines
