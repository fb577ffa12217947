"""Blame of a file as lines for a terminal: first the edits, then the keywords and rows with their edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.compare.curves import is_curve
from curator.compare.matrices import is_matrix
from curator.compare.rows import BOX
from curator.counts import counted
from curator.formats.files.terminal_escape import escape
from curator.repository.history import SHORT
from curator.review.blame.blame import ROW
from curator.review.text import wrapped
from curator.review.wording import placed, quoted, shortened, shown

if TYPE_CHECKING:
    from curator.compare.tables import Table
    from curator.compare.values import Value
    from curator.review.blame.blame import FileBlame, TableBlame
    from curator.review.blame.replay import NotedEdit, UnreadVersion

__all__ = [
    "CUT",
    "NOT_COMMITTED",
    "BlamedPart",
    "author_words",
    "blame_lines",
    "blamed_parts",
    "edit_words",
    "problem_lines",
]

NOT_COMMITTED = "not committed yet"
CUT = "This shallow clone ends before the first edit: what is from its oldest commit may be older."
_EDITOR = 18
# Longer notes are cut: nobody vouches for them.
_NOTE = 500


class BlamedPart(NamedTuple):
    """Something of a file, and the edit that it is from.

    Parameters
    ----------
    edit : int
        Its number in `FileBlame.edits`.
    text : str
        A keyword with its value, a box, points of a curve.
    what : str
        What it is: ``keyword``, ``box``, ``point``.
    number : int
        How many of them it stands for.
    """

    edit: int
    text: str
    what: str
    number: int = 1


def blame_lines(found: FileBlame, *, width: int = 80) -> Iterator[str]:
    """Give the lines that say from which edit each part of a file is."""
    parts = blamed_parts(found)
    numbers: dict[int, Counter[str]] = {}
    for line in (line for lines in parts.values() for line in lines):
        numbers.setdefault(line.edit, Counter())[line.what] += line.number
    used = sorted(numbers)
    names = {edit: _heading(found.edits[edit]) for edit in used}
    wide = max(map(len, names.values()), default=0)
    order = ", the newest first" if len(used) > 1 else ""
    yield escape(f"{found.path}: {counted(len(used), 'edit')}{order}")
    for edit in used:
        note = shortened(found.edits[edit].note_line, _NOTE)
        yield from wrapped(f"{names[edit]}{f': {note}' if note else ''}", "  ", width)
        yield f"    {', '.join(counted(number, what) for what, number in numbers[edit].items() if number)}"
    for title, lines in parts.items():
        yield escape(title)
        for one in lines:
            yield shortened(f"  {names[one.edit]:<{wide}}  {escape(one.text)}", width)
    yield from problem_lines(found.problems, found.is_cut)


def blamed_parts(found: FileBlame) -> dict[str, list[BlamedPart]]:
    """Return the parts of a file below ``header`` and below the name of each table."""
    parts: dict[str, list[BlamedPart]] = {}
    header = [
        BlamedPart(edit, f"{name} = {quoted(value)}", "keyword")
        for name, (value, edit) in found.keywords.items()
    ]
    header += [BlamedPart(edit, f"HISTORY: {text}", "note") for text, edit in found.history]
    if header:
        parts["header"] = header
    for table in found.tables:
        if not len(table.table.rows) and table.slots == (ROW,) and len(found.tables) > 1:
            continue  # a crosstalk file without values by amplifier
        parts[f"table {table.table.name}"] = [*_columns(table), *_rows(table)]
    return parts


def problem_lines(problems: Sequence[UnreadVersion], is_cut: bool) -> Iterator[str]:
    """Give a line for each version that cannot be read, and say whether a shallow clone ends too early."""
    for one in problems:
        where = f"in commit {one.commit[:SHORT]}" if one.commit else "now"
        yield escape(f"{one.path} cannot be read {where}: {one.problem}")
    if is_cut:
        yield CUT


def edit_words(edit: NotedEdit) -> str:
    """Return date, commit, editor and note of an edit, as one line without control characters."""
    return f"{edit.date[:10]}, {author_words(edit)}" if edit.commit else NOT_COMMITTED


def author_words(edit: NotedEdit) -> str:
    """Return the same without the date."""
    if not edit.commit:
        return NOT_COMMITTED
    return escape(f"{edit.commit[:SHORT]}, {edit.editor}: {shortened(edit.note_line, _NOTE)}")


def _heading(edit: NotedEdit) -> str:
    if not edit.commit:
        return NOT_COMMITTED
    return escape(f"{edit.commit[:SHORT]} {edit.date[:10]} {shortened(edit.editor, _EDITOR)}")


def _columns(found: TableBlame) -> Iterator[BlamedPart]:
    for edit, columns in groupby(zip(found.columns, found.table.columns, strict=True), lambda pair: pair[0]):
        names = [f"{one.name} [{one.unit}]" if one.unit else one.name for _, one in columns]
        yield BlamedPart(
            edit, f"{'column' if len(names) == 1 else 'columns'} {', '.join(names)}", "column", len(names)
        )


def _rows(found: TableBlame) -> Iterator[BlamedPart]:
    """Give a line for each box; of other tables for consecutive rows of one owner with the same edits."""
    table = found.table
    is_boxes = {name.upper() for name in table.key} == {*BOX}
    slots = found.slots if is_boxes else found.slots[1:] or found.slots
    first = len(found.slots) - len(slots)
    what = "box" if is_boxes else "point" if is_curve(table) else "coefficient" if is_matrix(table) else "row"
    owners = _owners(table)
    rows = list(enumerate(found.edits.tolist()))
    order = {owner: at for at, owner in enumerate(dict.fromkeys(owners))}
    rows.sort(key=lambda row: order[owners[row[0]]])
    grouped = groupby(rows, lambda row: (row[0] if is_boxes else owners[row[0]], tuple(row[1][first:])))
    for (_, edits), members in grouped:
        numbers = [row for row, _ in members]
        label = _label(table, numbers[0], numbers[-1], is_boxes=is_boxes)
        by_edit: dict[int, list[str]] = {}
        for name, edit in zip(slots, edits, strict=True):
            by_edit.setdefault(edit, []).append(name)
        for edit, names in by_edit.items():
            columns = "" if len(by_edit) == 1 else ", ".join(name for name in names if name != ROW)
            number = len(numbers) if edit == min(by_edit) else 0
            yield BlamedPart(edit, f"{label}: {columns}" if columns else label, what, number)


def _owners(table: Table) -> Sequence[Any]:
    """Return for each row what it is of, where several rows are of one amplifier."""
    if is_matrix(table):
        return table.column("TARGET")
    if is_curve(table) and "amp_name" in table.names:
        return table.column("amp_name")
    return [None] * len(table.rows)


def _label(table: Table, first: int, last: int, *, is_boxes: bool) -> str:
    """Return what messages call the rows from one to another."""
    cells = [dict(zip(table.names, table.rows[row], strict=True)) for row in (first, last)]
    if is_boxes:
        by_name = {name.upper(): value for name, value in cells[0].items()}
        return placed([by_name[name] for name in BOX])
    if is_matrix(table):
        sources = _span([shown(one["SOURCE"]) for one in cells])
        return f"to {shown(cells[0]['TARGET'])} from {sources}"
    if is_curve(table):
        unit = next((one.unit for one in table.columns if one.name == "wavelength"), "")
        amplifier = f"{shown(cells[0]['amp_name'])} " if "amp_name" in table.names else ""
        return f"{amplifier}{_span([_rounded(one['wavelength']) for one in cells])} {unit}".rstrip()
    if not table.key:
        return f"row {_span([str(first + 1), str(last + 1)])}"
    return _span([" ".join(shown(one[name]) for name in table.key) for one in cells])


def _rounded(value: Value) -> str:
    return f"{value:.6g}" if isinstance(value, float) else shown(value)


def _span(ends: Sequence[str]) -> str:
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
