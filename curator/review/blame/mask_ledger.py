"""Since when, why and by whom each region of a detector is masked, or was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.types.box_list import BOX_COLUMNS
from curator.compare.boxes import placed_boxes
from curator.compare.rows import BOX
from curator.repository.catalogue.intervals import spells
from curator.review.blame.blame import Blamed, blamed
from curator.review.blame.mask_files import MaskFiles
from curator.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from curator.compare.boxes import Box
    from curator.review.blame.as_of import AsOf
    from curator.review.blame.contents import Content
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
)


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
    """

    dataset_type: str
    box: Box
    status: str
    start: datetime | None
    end: datetime | None
    path: str
    added: NotedEdit
    removed: NotedEdit | None

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
        """Give the rows with the columns of `COLUMNS`."""
        for row in self.rows:
            edits = [
                cell
                for edit in (row.added, row.removed)
                for cell in ((edit.date, edit.editor, edit.commit, edit.note_line) if edit else ("",) * 4)
            ]
            dates = (one.isoformat() if one else "" for one in (row.start, row.end))
            yield [
                self.camera,
                self.detector,
                row.dataset_type,
                *row.box,
                row.pixels,
                row.status,
                *dates,
                row.path,
                *edits,
            ]


class _Boxes(NamedTuple):
    """The boxes of one version with the edits that added them; of former ones also what removed them."""

    blamed: Blamed
    present: Mapping[Box, int]
    former: Mapping[Box, tuple[int, int]]


class _File(NamedTuple):
    """A list of boxes, and the edits that put boxes in and took them out."""

    file: MaskFile
    present: Mapping[Box, NotedEdit]
    former: Mapping[Box, tuple[NotedEdit, NotedEdit]]
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
                {box: (edits[one], edits[other]) for box, (one, other) in told.newest.former.items()},
                edits[-1],
            )
        )
    rows = [row for kind, alike in files.items() for row in _rows(kind, alike)]
    rows.sort(key=lambda row: (row.dataset_type, row.start is not None, row.start, row.box))
    return MaskLedger(masks.camera, names.detector, tuple(rows), tuple(problems), is_cut)


def _boxes(number: int, content: Content, parents: Sequence[_Boxes]) -> _Boxes:
    found = blamed(number, content, [one.blamed for one in parents])
    present: dict[Box, int] = {}
    for name, table in content.tables.items():
        if {*BOX} <= {column.upper() for column in table.names}:
            edits = found.rows[name][:, 0].tolist()
            for row, box in placed_boxes(table):
                present.setdefault(box, edits[row])
    former: dict[Box, tuple[int, int]] = {}
    for one in parents:
        for box, edit in one.present.items():
            if box not in present:
                former.setdefault(box, (edit, number))
    for one in parents:  # a parent that had taken it out knows better
        former.update((box, edits) for box, edits in one.former.items() if box not in present)
    return _Boxes(found, present, former)


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
        found = list(spells(one.file.entry for one in some if one.file.entry))
        if not found:
            yield LedgerRow(kind, box, "unused", None, None, _path(some[0]), _first(box, some), None)
        for (start, end), entries in found:
            within = [by_path[entry.path] for entry in entries]
            after = _valid_at(end, files) if end else None
            removed = None if after is None else after.former[box][1] if box in after.former else after.first
            status = "masked" if end is None else "ended"
            yield LedgerRow(kind, box, status, start, end, _path(within[0]), _first(box, within), removed)
    for box, some in former.items():
        if box not in having:
            some = sorted(some, key=lambda one: one.file.path.start)
            added = min((one.former[box][0] for one in some), key=_age)
            removed = max((one.former[box][1] for one in some), key=_age)
            end = some[-1].file.entry.end if some[-1].file.entry else None
            yield LedgerRow(
                kind, box, "removed", some[0].file.path.start, end, _path(some[0]), added, removed
            )


def _valid_at(date: datetime, files: Sequence[_File]) -> _File | None:
    return next((one for one in files if one.file.entry and one.file.entry.holds_at(date)), None)


def _first(box: Box, files: Iterable[_File]) -> NotedEdit:
    return min((one.present[box] for one in files), key=_age)


def _age(edit: NotedEdit) -> tuple[bool, str]:
    """Return what edits are sorted by: their dates; what is not committed yet comes last."""
    return not edit.commit, edit.date


def _path(file: _File) -> str:
    return str(file.file.path)
