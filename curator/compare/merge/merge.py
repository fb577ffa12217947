"""Merge two versions of a calibration file that grew from a third."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from curator.compare.merge.blocks import block_parts
from curator.compare.merge.conflicted import common_parts, sides_of
from curator.compare.merge.tables import Names, RowUnits, names_of, row_unit
from curator.compare.merge.three_way import Block, Piece, merge_parts, pick
from curator.compare.merge.units import Conflict, Parts, Unit
from curator.errors import FormatError
from curator.formats.files.bounded_io import MAX_BYTES, too_large
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.calibrations.types.types import DatasetType

__all__ = ["Merged", "merge"]

MAX_LINES = 1_000_000
_DELIMITER = re.compile(r"# delimiter: *(['\"]?)([ ,])\1 *$")
_MARKER = re.compile(r"(?:<{7,}|>{7,})(?: |$)", re.M)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged file.

    Parameters
    ----------
    raw : bytes
        With git's markers round every conflict.
    conflicts : tuple of Conflict
        In the order of the file.
    """

    raw: bytes
    conflicts: tuple[Conflict, ...] = ()


def merge(
    path: str,
    base: bytes,
    ours: bytes,
    theirs: bytes,
    dataset_type: DatasetType | None = None,
    *,
    marker_size: int = 7,
    labels: tuple[str, str, str] = ("ours", "base", "theirs"),
    conflict_style: str = "merge",
) -> Merged:
    """Return what both sides made of a file.

    Keywords, columns, rows, cells and elements of arrays are merged each by itself. What only one side
    changed is taken byte for byte. What both changed is a conflict, with two exceptions: the entries of
    ``HISTORY`` and ``DEPRECATED`` are united, and of two times of creation the later one is taken.

    Parameters
    ----------
    path : str
        Its suffix tells the format.
    base : bytes
        Empty where both sides added the file.
    ours, theirs : bytes
    dataset_type : DatasetType, optional
        Says which columns tell rows apart. Without it lines of the data block are merged as git merges lines.
    marker_size : int
    labels : tuple of str
        What stands behind the markers of ours, the base and theirs.
    conflict_style : {"merge", "diff3", "zdiff3"}
        As git's ``merge.conflictStyle``: with or without what the base had. With ``zdiff3``, lines that both
        sides have alike at the ends of a conflict stand outside of it.

    Raises
    ------
    FormatError
        One of them is too large or binary, or a side has conflict markers already.

    Notes
    -----
    A base with conflict markers is one that git made where histories cross; see
    `curator.compare.merge.conflicted`.

    A merged file without conflicts can be read if all three versions could: if not, all lines that differ are
    one conflict.
    """
    if (same := _trivial(base, ours, theirs)) is not None:
        return Merged(same)
    texts = [_text(path, raw) for raw in (base, ours, theirs)]
    if any(map(_MARKER.search, texts[1:])):
        raise _marked_already(path)
    style = _Style(texts, marker_size, labels, conflict_style)
    was, *versions = (style.unified(text) for text in texts)
    bases = sides_of(was) if _MARKER.search(was) else (was,)
    if bases is None:
        raise _marked_already(path)
    merged = style.written(_pieces(path, bases, versions, dataset_type))
    if not merged.conflicts and (problem := _problem(path, merged.raw, dataset_type)):
        inputs = [raw for raw in (base if len(bases) == 1 else b"", ours, theirs) if raw]
        if not any(_problem(path, raw, dataset_type) for raw in inputs):
            return style.written(_whole(was, versions[0], versions[1], problem))
    return merged


def _marked_already(path: str) -> FormatError:
    return FormatError("has conflict markers already", path=path)


def _trivial(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


def _text(path: str, raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise too_large(path, len(raw))
    if b"\0" in raw:
        raise FormatError("a binary file cannot be merged", path=path)
    if raw.count(b"\n") > MAX_LINES:
        raise FormatError(f"more than {MAX_LINES:,} lines cannot be merged", path=path)
    return raw.decode("utf-8", "surrogateescape")


class _Style:
    """How lines end, which is merged by itself, and how conflicts are written."""

    def __init__(
        self, texts: Sequence[str], marker_size: int, labels: tuple[str, str, str], conflict_style: str
    ) -> None:
        ends = [_line_end(text) if text else None for text in texts]
        self._convert = "" not in ends and set(ends) != {"\n"}
        self._end = pick(ends[0], ends[1] or "\n", ends[2] or "\n") or "\n"
        closed = [text.endswith("\n") or not text for text in texts]
        self._is_closed = closed[1] if closed[1] == closed[2] or closed[2] == closed[0] else closed[2]
        self._size, self._labels = marker_size, labels
        self._shows_base, self._trims = conflict_style in ("diff3", "zdiff3"), conflict_style == "zdiff3"

    def unified(self, text: str) -> str:
        """Return the text with newlines alone, and one at its end."""
        if self._convert:
            text = text.replace("\r\n", "\n")
        return text if text.endswith("\n") or not text else text + "\n"

    def written(self, pieces: Sequence[Piece]) -> Merged:
        """Return the file as bytes."""
        found: list[str] = []
        conflicts = []
        line = 1
        for piece in pieces:
            if isinstance(piece, Block):
                one = piece.conflict
                before, piece = self._between(piece)
                found.append(before)
                line += before.count("\n")
                conflicts.append(Conflict(one.what, one.place, one.ours, one.theirs, line))
            found.append(piece)
            line += piece.count("\n")
        text = "".join(found)
        if not self._is_closed and not (pieces and isinstance(pieces[-1], Block)):
            text = text.removesuffix("\n")
        if self._convert:
            text = text.replace("\n", self._end)
        return Merged(text.encode("utf-8", "surrogateescape"), tuple(conflicts))

    def _between(self, block: Block) -> tuple[str, str]:
        """Return what stands before a conflict, and the conflict with its markers and what is behind it."""
        mine, other = block.ours, block.theirs
        before = behind = ""
        if self._trims:
            start, end = _common_ends(*(lines := [_lines(mine), _lines(other)]))
            before, behind = "".join(lines[0][:start]), "".join(lines[0][len(lines[0]) - end :])
            mine, other = ("".join(one[start : len(one) - end]) for one in lines)
        ours, base, theirs = (f" {label}" if label else "" for label in self._labels)
        was = f"{'|' * self._size}{base}\n{block.base}" if self._shows_base else ""
        text = (
            f"{'<' * self._size}{ours}\n{mine}{was}{'=' * self._size}\n"
            f"{other}{'>' * self._size}{theirs}\n{behind}"
        )
        return before, text


def _common_ends(mine: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Return how many lines two texts have alike at the start, and behind these at the end."""
    start, end = 0, 0
    shorter = min(len(mine), len(other))
    while start < shorter and mine[start] == other[start]:
        start += 1
    while end < shorter - start and mine[-1 - end] == other[-1 - end]:
        end += 1
    return start, end


def _line_end(text: str) -> str:
    """Return how all lines of a text end, empty if not all end alike."""
    returns = text.count("\r\n")
    if not returns:
        return "\n"
    return "\r\n" if returns == text.count("\n") else ""


def _pieces(
    path: str, bases: Sequence[str], sides: Sequence[str], dataset_type: DatasetType | None
) -> list[Piece]:
    versions = [*bases, *sides]
    parts = None
    if path.endswith(".ecsv"):
        parts = _tables(versions, dataset_type)
    elif path.endswith((".yaml", ".yml")):
        parts = [block_parts(_lines(text)) if text else None for text in versions]
    if parts and parts[-2] and parts[-1] and (parts[0] or not bases[0]):
        found = merge_parts(_base(parts[:-2]), parts[-2], parts[-1])
        if found is not None:
            return found
    lines = [_by_line(_lines(text)) for text in versions]
    found = merge_parts(_base(lines[:-2]) if any(bases) else None, lines[-2], lines[-1])
    assert found is not None
    return found


def _base(parts: Sequence[Parts | None]) -> Parts | None:
    return parts[0] if len(parts) == 1 else common_parts(parts[0], parts[1])


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")[:-1]]


def _by_line(lines: Sequence[str]) -> Parts:
    return Parts("lines", [Unit(number, line) for number, line in enumerate(lines)], keyed=False)


def _tables(versions: Sequence[str], dataset_type: DatasetType | None) -> list[Parts | None] | None:
    """Return each version as its header, its line of column names and its rows."""
    split = [_split(_lines(text)) if text else None for text in versions]
    there = [one for one in split if one]
    if any(not one[1] for one in there) or len({one[3] for one in there}) > 1:
        return None
    delimiter = there[0][3]
    names = [names_of(one[1], delimiter) for one in there]
    if any(len(set(one)) != len(one) for one in names):
        return None
    wanted = {name.upper() for name in (dataset_type.row_key if dataset_type else ())}
    key = tuple(name for name in names[0] if name.upper() in wanted and all(name in one for one in names))
    known = all(block_parts(one[0], "# ") for one in there)
    rows_of: dict[Names, RowUnits] = {}
    found: list[Parts | None] = []
    for one in split:
        if one is None:
            found.append(None)
            continue
        header, line, rows, _ = one
        own = names_of(line, delimiter)
        head = _container(
            header, (block_parts(header, "# ") if known else None) or _by_line(header), "header"
        )
        if own not in rows_of:
            rows_of[own] = RowUnits(own, key, delimiter)
        body = _container(rows, rows_of[own].parts(rows), "rows")
        found.append(Parts("block", [head, row_unit(line, own, delimiter, "names"), body]))
    return found


def _container(lines: Sequence[str], parts: Parts, key: str) -> Unit:
    return Unit(key, "".join(lines), "", lambda: parts)


def _split(lines: list[str]) -> tuple[list[str], str, list[str], str]:
    end = next((at for at, line in enumerate(lines) if line.strip()[:1] not in ("", "#")), len(lines))
    delimiter = next((found[2] for line in lines[:end] if (found := _DELIMITER.match(line))), " ")
    return lines[:end], "".join(lines[end : end + 1]), lines[end + 1 :], delimiter


def _problem(path: str, raw: bytes, dataset_type: DatasetType | None) -> str:
    """Return why a file cannot be read, empty if it can."""
    from curator.errors import CuratorError
    from curator.formats.read import read_document

    try:
        doc = read_document(path, raw)
        # What is plain needs no numpy to be found right, which takes longer than the merge.
        if dataset_type is not None and not dataset_type.calibration.is_plain(doc):
            dataset_type.calibration.from_document(doc)
    except CuratorError as error:
        return error.message
    return ""


def _whole(base: str, ours: str, theirs: str, problem: str) -> list[Piece]:
    """Return all lines from the first to the last that differ as one conflict."""
    was, mine, other = map(_lines, (base, ours, theirs))
    start, end = _common_ends(mine, other)
    left, right = ("".join(lines[start : len(lines) - end]) for lines in (mine, other))
    # The base may differ where both sides are alike: of it all is shown that is not there, too.
    first, last = (min(pair) for pair in zip((start, end), _common_ends(was, mine), strict=True))
    conflict = Conflict(f"the merged file could not be read ({problem})", "", left, right)
    block = Block(conflict, left, right, "".join(was[first : len(was) - last]))
    return ["".join(mine[:start]), block, "".join(mine[len(mine) - end :])]
