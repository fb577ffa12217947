"""Since when, why and by whom each region of a detector is masked, or was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.types.box_list import BOX_COLUMNS
from curator.compare.boxes import placed_boxes
from curator.compare.rows import BOX
from curator.repository.catalogue.intervals import spells
from curator.review.blame.lives import Lives, lives, spells_of
from curator.review.blame.mask_files import MaskFiles
from curator.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from curator.compare.boxes import Box
    from curator.review.blame.as_of import AsOf
    from curator.review.blame.contents import Content
    from curator.review.blame.lives import Ended, Spell
    from curator.review.blame.mask_files import MaskFile
    from curator.review.blame.replay import NotedEdit, UnreadVersion

__all__ = ["COLUMNS", "LedgerRow", "MaskLedger", "ledger"]

COLUMNS = (
    "camera",
    "detector",
    "dataset_type",
    "x0",
    "y0",
    "width",
    "height",
    "pixels",
    "status",
    "masked_from",
    "masked_to",
    "path",
    *(f"{what}_{name}" for what in ("added", "removed") for name in ("date", "editor", "commit", "note")),
    "next_path",
)
# The status, in CSV, of a time that is over: an edit took the box out, and a later one put it in again.
EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One box, over a time in which it is masked without a break.

    Parameters
    ----------
    dataset_type : str
    box : Box
        x0, y0, width, height.
    status : {"masked", "ended", "removed", "unused"}
        ``masked``: it has no end yet. ``ended``: a later file does not contain it. ``removed``: no file
        contains it any more. ``unused``: only files that are not certified, or deprecated, contain it.
    start, end : datetime or None
        When exposures are masked, UTC; of one that was removed, when they were, as far as that is known.
    path : str
        The file that contains it first.
    added : NotedEdit
        The first edit that put it in.
    removed : NotedEdit or None
        The edit that took it out, or that made a later file without it.
    earlier : tuple of Spell
        The times in which a file had it before, the first one first.
    next_path : str
        The later file, if that never had it.
    """

    dataset_type: str
    box: Box
    status: str
    start: datetime | None
    end: datetime | None
    path: str
    added: NotedEdit
    removed: NotedEdit | None
    earlier: tuple[Spell, ...] = ()
    next_path: str = ""

    @property
    def pixels(self) -> int:
        """The area of the box."""
        return self.box[2] * self.box[3]

    def to_json(self) -> dict[str, Any]:
        """Return the row as ``schemas/output/ledger.schema.json`` describes it."""
        return {
            "dataset_type": self.dataset_type,
            **dict(zip(BOX_COLUMNS, self.box, strict=True)),
            "pixels": self.pixels,
            "status": self.status,
            "masked_from": self.start.isoformat() if self.start else None,
            "masked_to": self.end.isoformat() if self.end else None,
            "path": self.path,
            "added": self.added.to_json(),
            "removed": self.removed.to_json() if self.removed else None,
            "earlier": [one.to_json() for one in self.earlier],
            "next_path": self.next_path or None,
        }


@dataclass(frozen=True, slots=True)
class MaskLedger:
    """The regions of a detector that are or were masked, by dataset type, date and place."""

    camera: str
    detector: str
    rows: tuple[LedgerRow, ...]
    problems: tuple[UnreadVersion, ...]
    is_cut: bool

    def to_json(self) -> dict[str, Any]:
        """Return what ``schemas/output/ledger.schema.json`` describes, without its version."""
        return {
            "camera": self.camera,
            "detector": self.detector,
            "regions": [row.to_json() for row in self.rows],
            "problems": [one.to_json() for one in self.problems],
            "is_cut": self.is_cut,
        }

    def cells(self) -> Iterator[list[object]]:
        """Give the rows with the columns of `COLUMNS`; each earlier time of a box is a row of its own."""
        for row in self.rows:
            dates = tuple(one.isoformat() if one else "" for one in (row.start, row.end))
            spells = [
                *((EARLIER, one.added, one.removed, "") for one in row.earlier),
                (row.status, row.added, row.removed, row.next_path),
            ]
            for status, added, removed, next_path in spells:
                yield [
                    self.camera,
                    self.detector,
                    row.dataset_type,
                    *row.box,
                    row.pixels,
                    status,
                    *dates,
                    row.path,
                    *_edit_cells(added),
                    *_edit_cells(removed),
                    next_path,
                ]


def _edit_cells(edit: NotedEdit | None) -> tuple[str, ...]:
    return (edit.date, edit.editor, edit.commit, edit.note_line) if edit else ("",) * 4


class _Boxes(NamedTuple):
    """The boxes of one version with the edits that added them, and the times that are over of any box."""

    present: Mapping[Box, int]
    ended: Mapping[Box, Ended]

    def of(self, box: Box) -> Lives:
        return Lives(self.present.get(box, -1), self.ended.get(box, {}))


class _File(NamedTuple):
    """A list of boxes, and the edits that put boxes in and took them out."""

    file: MaskFile
    present: Mapping[Box, NotedEdit]
    former: Mapping[Box, tuple[Spell, ...]]
    first: NotedEdit


def ledger(as_of: AsOf, detector: str, *, camera: str = "") -> MaskLedger:
    """Return the ledger of a detector.

    Parameters
    ----------
    as_of : AsOf
    detector : str
        Name or id.
    camera : str
        Needed where several have the detector.

    Raises
    ------
    UsageError
        There is no such camera or detector.
    """
    from curator.repository.selection.resolve_names import Resolver

    names = Resolver(as_of.config).names(camera, detector, "", ())
    masks = MaskFiles(as_of, names.camera, names.detector)
    files: dict[str, list[_File]] = {}
    problems = [*masks.problems]
    is_cut = False
    for file in masks.files:
        told = masks.replay(file, _boxes)
        problems += told.problems
        is_cut |= told.is_cut
        if told.newest is None:
            continue
        edits = told.edits
        files.setdefault(file.path.dataset_type, []).append(
            _File(
                file,
                {box: edits[one] for box, one in told.newest.present.items()},
                {box: spells_of(ended, edits) for box, ended in told.newest.ended.items()},
                edits[-1],
            )
        )
    rows = [row for kind, alike in files.items() for row in _rows(kind, alike)]
    rows.sort(key=lambda row: (row.dataset_type, row.start is not None, row.start, row.box))
    return MaskLedger(masks.camera, names.detector, tuple(rows), tuple(problems), is_cut)


def _boxes(number: int, content: Content, parents: Sequence[_Boxes]) -> _Boxes:
    present: dict[Box, int] = {}
    for table in content.tables.values():
        if {*BOX} <= {column.upper() for column in table.names}:
            present.update((box, number) for _, box in placed_boxes(table))
    ended: dict[Box, Ended] = {}
    for box in {*present, *(box for one in parents for part in one for box in part)}:
        found = lives(number, box in present, [one.of(box) for one in parents])
        if found.since >= 0:
            present[box] = found.since
        if found.ended:
            ended[box] = found.ended
    return _Boxes(present, ended)


def _rows(kind: str, files: Sequence[_File]) -> Iterator[LedgerRow]:
    """Give the rows of one dataset type: of boxes that files contain, then of former ones."""
    having: dict[Box, list[_File]] = {}
    former: dict[Box, list[_File]] = {}
    for file in files:
        for box in file.present:
            having.setdefault(box, []).append(file)
        for box in file.former:
            former.setdefault(box, []).append(file)
    for box, some in having.items():
        by_path = {one.file.path: one for one in some}
        told = set(by_path)
        found = list(spells(one.file.entry for one in some if one.file.entry))
        if not found:
            yield LedgerRow(
                kind, box, "unused", None, None, _path(some[0]), _first(box, some), None, _earlier(box, some)
            )
        for (start, end), entries in found:
            within = [by_path[entry.path] for entry in entries]
            after = _valid_at(end, files) if end else None
            past = after.former.get(box, ()) if after else ()
            removed = past[-1].removed if past else after.first if after else None
            if after:
                told.add(after.file.path)
            yield LedgerRow(
                kind,
                box,
                "masked" if end is None else "ended",
                start,
                end,
                _path(within[0]),
                _first(box, within),
                removed,
                tuple(
                    one
                    for one in _earlier(box, [*within, after] if after else within)
                    if not past or one.removed.commit != past[-1].removed.commit
                ),
                "" if past or after is None else _path(after),
            )
        former[box] = [one for one in former.get(box, ()) if one.file.path not in told]
    for box, some in former.items():
        if some:
            some = sorted(some, key=lambda one: one.file.path.start)
            *earlier, last = sorted(_earlier(box, some), key=lambda one: _age(one.removed))
            end = some[-1].file.entry.end if some[-1].file.entry else None
            start = some[0].file.path.start
            yield LedgerRow(
                kind, box, "removed", start, end, _path(some[0]), last.added, last.removed, tuple(earlier)
            )


def _earlier(box: Box, files: Iterable[_File]) -> tuple[Spell, ...]:
    """Return the times in which the files had a box before, each once though several files have it."""
    found = {
        (one.added.commit, one.removed.commit): one for file in files for one in file.former.get(box, ())
    }
    return tuple(sorted(found.values(), key=lambda one: _age(one.added)))


def _valid_at(date: datetime, files: Sequence[_File]) -> _File | None:
    return next((one for one in files if one.file.entry and one.file.entry.holds_at(date)), None)


def _first(box: Box, files: Iterable[_File]) -> NotedEdit:
    return min((one.present[box] for one in files), key=_age)


def _age(edit: NotedEdit) -> tuple[bool, str]:
    """Return what edits are sorted by: their dates; what is not committed yet comes last."""
    return not edit.commit, edit.date


def _path(file: _File) -> str:
    return str(file.file.path)
