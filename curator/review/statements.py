"""Says in sentences what differs in one file: what it means first, then how it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curator.compare.kinds import ColumnChange, KeywordChange, OrderChange, RowChange, TableChange, TypeChange
from curator.compare.summaries import CurveChange, MaskChange, MatrixChange, Move, NameChange
from curator.counts import counted
from curator.review.curve_statements import band_statements, curve_statements, span_words
from curator.review.mask_statements import changed_pixels, mask_statements
from curator.review.matrix_statements import matrix_statements
from curator.review.wording import Statement, counted_from_0, listed, quoted, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.compare.difference import Change, Difference
    from curator.review.reviewed import Reviewed, ReviewedInterval

__all__ = ["Statement", "statements"]

# What is listed one by one, before the rest is counted.
FEW = 6
# Keywords of the text itself: when it was written, and by what. Those of its start follow from its name.
_WRITTEN = ("CALIB_CREATION_", "CALIB_ID", "DATE")
_OF_START = ("CALIBDATE", "VALIDSTART")
_OF_END = "VALIDEND"
# Kinds of changes in which a file is compared with itself.
_IN_PLACE = ("edited", "renamed")
# What is not said again of the file that applies in between.
_BESIDE = ("validity", "boxes", "header", "notes", "written", "order")


def statements(file: Reviewed) -> list[Statement]:
    """Return what there is to say of one file, the most important first.

    There is nothing to say where only the writing differs.
    """
    found = [*_of_file(file), *_held(file)]
    if file.difference is not None:
        found += _of_difference(file, file.difference)
    found += _notes(file)
    return found


def is_same_content(difference: Difference) -> bool:
    """Return whether only the order of rows or columns, or a description, differs."""
    return all(map(_is_writing, difference.changes))


def _is_writing(change: Change) -> bool:
    if isinstance(change, MaskChange):
        return not (
            change.added or change.removed or change.resized or change.area_gained or change.area_lost
        )
    if isinstance(change, ColumnChange):
        return change.change == "description"
    return isinstance(change, OrderChange)


def _of_file(file: Reviewed) -> Iterator[Statement]:
    before, after = file.ranges
    if file.problem:
        yield Statement("file", f"cannot be compared: {_located(file)}")
    if file.kind == "type":
        yield Statement("file", "is a link or a submodule now, or was one before")
    if file.kind == "removed" and before:
        yield Statement("validity", f"removed: it applied {before}")
    elif file.kind == "removed":
        instead = file.against.rpartition("/")[2] or "nothing"
        yield Statement("validity", f"removed: from {file.start_before} on, {instead} applies instead")
    if before != after and file.kind == "edited":
        yield Statement("validity", f"applies {after or 'never'}; before, it applied {before or 'never'}")
    if file.kind != "removed" and _starts_elsewhere(file):
        yield Statement("validity", f"starts {file.start_after} instead of {file.start_before}")
    yield from map(_interval, file.intervals)
    if file.kind == "renamed":
        yield Statement("file", f"renamed from {file.old_path}")


def _starts_elsewhere(file: Reviewed) -> bool:
    """Return whether the names of both versions say a start, and not the same one."""
    return bool(file.start_before and file.start_after) and file.start_before != file.start_after


def _interval(one: ReviewedInterval) -> Statement:
    """Say what applies in a time that a file lost or got, and what that changes."""
    interval, change = one
    other, is_lost = interval.other, interval.is_lost
    when = f"from {interval.start} {f'to {interval.end}' if interval.end else 'on'}"
    if other is None or change is None:
        return Statement(
            "validity", f"{when}, {'nothing applies' if is_lost else 'where nothing applied, it applies'}"
        )
    name = other.path.rpartition("/")[2]
    who = f"{name} applies instead" if is_lost else f"it applies instead of {name}"
    masks = list(change.difference.of(MaskChange)) if change.difference else []
    told = [changed_pixels(mask) for mask in masks] or [
        said.text for said in statements(change) if said.kind not in _BESIDE
    ]
    told = [text for text in told if text] or ["no change in content"]
    return Statement("validity", f"{when}, {who}: {told[0]}", tuple(told[1:]))


def _end(change: KeywordChange) -> str:
    before, after = (
        f"at {shown(value)}" if value not in (None, "") else "when the next one starts"
        for value in (change.before, change.after)
    )
    return f"ends {after}; before, it ended {before} ({change.keyword})"


def _located(file: Reviewed) -> str:
    """Return a problem without the path of the file, which is told above it."""
    inside = file.problem.removeprefix(f"{file.path}:")
    if inside == file.problem:
        return inside
    line, _, rest = inside.partition(":")
    return f"line {line}:{rest.lstrip('0123456789:')}" if line.isdigit() else inside.strip()


def _held(file: Reviewed) -> Iterator[Statement]:
    verb = "held" if file.kind == "removed" else "holds"
    for name, rows in file.tables:
        yield Statement("rows", f"{verb} {counted(rows, 'row')}{f' in table {name}' if name else ''}")


def _of_difference(file: Reviewed, difference: Difference) -> Iterator[Statement]:
    for types in difference.of(TypeChange):
        yield Statement("file", f"dataset type {types.after} instead of {types.before}: nothing to compare")
        return
    if file.kind in _IN_PLACE:
        ends = [one for one in difference.of(KeywordChange) if one.keyword.upper() == _OF_END]
        yield from (Statement("validity", _end(one)) for one in ends)
    for name in ("added", "removed"):
        yield from _names(name, [one for one in difference.of(NameChange) if one.change == name])
    together: dict[tuple[str, tuple[tuple[str, str], ...]], Move] = {}
    for move in difference.of(Move):
        key = move.what, move.pairs
        known = together.get(key)
        columns = (*known.columns, *move.columns) if known else move.columns
        together[key] = Move(move.what, move.table, columns, move.pairs)
    yield from (_move(one, file.counted) for one in together.values())
    for column in difference.of(ColumnChange):
        yield from _column(column, difference, file)
    for mask in difference.of(MaskChange):
        yield from mask_statements(mask, list(difference.of(RowChange)), file.size)
    moved = {name for move in difference.of(Move) for pair in move.pairs for name in pair}
    yield from curve_statements([one for one in difference.of(CurveChange) if one.name not in moved])
    yield from band_statements(file.bands, file.unfiltered)
    yield from matrix_statements(
        [one for one in difference.of(MatrixChange) if not moved], is_counted=file.counted
    )
    yield from _tables(difference)
    if not _is_summarised(difference) and not (file.span and file.span.same):
        yield from _rows(list(difference.of(RowChange)))
    starts_elsewhere = file.kind in ("added", "removed") or _starts_elsewhere(file)
    told = (*(_OF_START if starts_elsewhere else ()), *((_OF_END,) if file.kind in _IN_PLACE else ()))
    keywords = [one for one in difference.of(KeywordChange) if one.keyword.upper() not in told]
    yield from _keywords(keywords, file.spelled)
    if file.kind in _IN_PLACE and is_same_content(difference) and any(difference.of(OrderChange)):
        yield Statement("order", "rows or columns in another order: no change in content")


def _is_summarised(difference: Difference) -> bool:
    kinds = (MaskChange, CurveChange, MatrixChange, Move)
    return any(isinstance(one, kinds) for one in difference.changes)


def _names(verb: str, changes: list[NameChange]) -> Iterator[Statement]:
    for what in ("amplifier", "detector", "filter"):
        names = [f"{one.name}{f' of {one.of}' if one.of else ''}" for one in changes if one.what == what]
        if names:
            yield Statement("names", f"{verb}: {counted(len(names), what)} {listed(names, FEW)}")


def _move(move: Move, is_counted: bool) -> Statement:
    columns = listed(list(move.columns), FEW)
    if move.what == "transposed":
        return Statement("moved", f"sources and targets of {columns} changed places")
    if len(move.pairs) == 2 and move.is_permutation:
        one, other = move.pairs[0]
        names = f"{move.what}s {one} and {other}{counted_from_0(is_counted and move.of_crosstalk)}"
        return Statement("moved", f"{columns}: {names} exchanged their values")
    pairs = listed([f"{before} to {after}" for before, after in move.pairs], FEW)
    whose = f"{move.what}s{counted_from_0(is_counted and move.of_crosstalk)}"
    return Statement("moved", f"{columns}: values moved between {whose}, from {pairs}")


def _column(change: ColumnChange, difference: Difference, file: Reviewed) -> Iterator[Statement]:
    where = f"column {change.column}"
    if change.change in ("added", "removed"):
        yield Statement("columns", f"{where} {change.change}")
    elif change.change == "unit":
        text = f"unit of {where}: {change.after or 'none'} instead of {change.before or 'none'}"
        numbers = any(isinstance(one, RowChange) for one in difference.changes)
        text = text if numbers else f"{text}; the numbers are as before"
        yield Statement("units", text + (span_words(file.span) if file.span else ""))
    elif change.change == "type":
        yield Statement("columns", f"type of {where}: {change.after} instead of {change.before}")


def _tables(difference: Difference) -> Iterator[Statement]:
    for table in difference.of(TableChange):
        yield Statement("rows", f"table {table.table} {table.change}: {counted(len(table.rows), 'row')}")


def _rows(changes: list[RowChange]) -> Iterator[Statement]:
    for verb in ("changed", "added", "removed"):
        rows = [one for one in changes if one.change == verb]
        if rows:
            details = tuple(map(_row, rows[:FEW]))
            more = (f"and {len(rows) - FEW} more",) if len(rows) > FEW else ()
            yield Statement("rows", f"{counted(len(rows), 'row')} {verb}", details + more)


def _row(change: RowChange) -> str:
    key = ", ".join(
        f"{one.column} {shown(one.before if one.after is None else one.after)}" for one in change.key
    )
    cells = [
        f"{one.column} {shown(one.before)} -> {shown(one.after)}"
        if change.change == "changed"
        else f"{one.column} {shown(one.after if change.change == 'added' else one.before)}"
        for one in change.cells
    ]
    number = max(change.row_before, change.row_after) + 1
    return f"{key or f'row {number}'}: {listed(cells, FEW)}" if cells else key


def _keywords(
    changes: list[KeywordChange], spelled: tuple[Mapping[str, str], Mapping[str, str]]
) -> Iterator[Statement]:
    own = [one for one in changes if not one.keyword.upper().startswith(_WRITTEN)]
    for one in own[:FEW]:
        yield Statement("header", _keyword(one, spelled))
    if len(own) > FEW:
        names = listed([one.keyword for one in own[FEW:]], FEW)
        yield Statement("header", f"{counted(len(own) - FEW, 'keyword')} more changed: {names}")
    written = [one.keyword for one in changes if one not in own]
    if written:
        yield Statement("written", f"date or version of the text: {', '.join(written)}")


def _keyword(change: KeywordChange, spelled: tuple[Mapping[str, str], Mapping[str, str]]) -> str:
    before, after = (
        written.get(change.keyword.lower()) or quoted(value)
        for written, value in zip(spelled, (change.before, change.after), strict=True)
    )
    if change.change == "added":
        return f"{change.keyword} added: {after}"
    if change.change == "removed":
        return f"{change.keyword} removed: it was {before}"
    return f"{change.keyword}: {after} instead of {before}"


def _notes(file: Reviewed) -> Iterator[Statement]:
    for verb, notes in (("added", file.notes_added), ("removed", file.notes_removed)):
        for note in notes[:FEW]:
            yield Statement("notes", f"note {verb}: {note}")
        if len(notes) > FEW:
            yield Statement("notes", f"{len(notes) - FEW} more notes {verb}")
