"""Since when a pixel is masked, by which files and edits, and whether the defects that apply contain it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.types.box_list import BOX_COLUMNS, BoxList, box_lists
from curator.repository.catalogue.intervals import spells
from curator.review.blame.lives import NEVER, Lives, lives, spells_of
from curator.review.blame.mask_files import MaskFiles
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.calibrations.time.validity_range import ValidityRange
    from curator.compare.boxes import Box
    from curator.repository.catalogue.catalogue import Entry
    from curator.review.blame.as_of import AsOf
    from curator.review.blame.contents import Content
    from curator.review.blame.lives import Spell
    from curator.review.blame.mask_files import MaskFile
    from curator.review.blame.replay import NotedEdit, UnreadVersion

__all__ = ["APPLIED", "PixelBlame", "PixelFile", "blame_pixel"]

# The dataset type that pipelines mask pixels with; people's own lists are merged into it.
APPLIED = "defects"


@dataclass(frozen=True, slots=True)
class PixelFile:
    """A file that contains a pixel, or contained it.

    Parameters
    ----------
    path : str
        Where it is, or was last.
    dataset_type : str
    status : {"certified", "uncertified", "deprecated", "gone"}
    ranges : tuple of ValidityRange
        When it is to be used.
    boxes : tuple of (int, Box)
        The rows that contain the pixel, counted from 0; none where it contains the pixel no longer.
    since : NotedEdit
        The edit since which it contained the pixel without a break.
    until : NotedEdit or None
        The edit that took the pixel out.
    earlier : tuple of Spell
        The times in which it contained the pixel before, the first one first.
    """

    path: str
    dataset_type: str
    status: str
    ranges: tuple[ValidityRange, ...]
    boxes: tuple[tuple[int, Box], ...]
    since: NotedEdit
    until: NotedEdit | None
    earlier: tuple[Spell, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the file as ``schemas/output/blame.schema.json`` describes it."""
        return {
            "path": self.path,
            "dataset_type": self.dataset_type,
            "status": self.status,
            "ranges": ranges_json(self.ranges),
            "boxes": [{"row": row, **dict(zip(BOX_COLUMNS, box, strict=True))} for row, box in self.boxes],
            "since": self.since.to_json(),
            "until": self.until.to_json() if self.until else None,
            "earlier": [one.to_json() for one in self.earlier],
        }


@dataclass(frozen=True, slots=True)
class PixelBlame:
    """What is known of a pixel.

    Parameters
    ----------
    camera, detector : str
    pixel : (int, int)
    date : datetime
        The moment that ``applied`` is about, UTC.
    files : tuple of PixelFile
        Those that contain it now, by dataset type and start, then those that contained it once.
    never : mapping of str to int
        How many files of each dataset type never contained it.
    masked : mapping of str to tuple of ValidityRange
        When the files of each dataset type mask it, as one range where one file follows another.
    applied : tuple of str
        The defects that apply at the date.
    problems : tuple of UnreadVersion
    is_cut : bool
        A shallow clone does not have the whole history.
    """

    camera: str
    detector: str
    pixel: tuple[int, int]
    date: datetime
    files: tuple[PixelFile, ...]
    never: Mapping[str, int]
    masked: Mapping[str, tuple[ValidityRange, ...]]
    applied: tuple[str, ...]
    problems: tuple[UnreadVersion, ...]
    is_cut: bool

    @property
    def is_applied(self) -> bool:
        """Whether defects that apply at the date contain it."""
        return any(file.boxes and file.path in self.applied for file in self.files)

    @property
    def not_merged(self) -> list[PixelFile]:
        """The other files that are valid at the date and contain it, while the defects that apply do not."""
        if self.is_applied:
            return []
        return [
            file
            for file in self.files
            if file.boxes
            and file.dataset_type != APPLIED
            and any(one.holds_at(self.date) for one in file.ranges)
        ]

    def to_json(self) -> dict[str, Any]:
        """Return what ``schemas/output/blame.schema.json`` describes of a pixel, without its version."""
        x, y = self.pixel
        return {
            "pixel": {"camera": self.camera, "detector": self.detector, "x": x, "y": y},
            "date": self.date.isoformat(),
            "is_applied": self.is_applied,
            "applied": list(self.applied),
            "not_merged": [file.path for file in self.not_merged],
            "masked": {kind: ranges_json(ranges) for kind, ranges in self.masked.items()},
            "files": [file.to_json() for file in self.files],
            "problems": [one.to_json() for one in self.problems],
            "is_cut": self.is_cut,
        }


class _Seen(NamedTuple):
    """What one version says of a pixel: the boxes that contain it, and the edits that put it in and out."""

    boxes: tuple[tuple[int, Box], ...]
    lives: Lives


def blame_pixel(
    as_of: AsOf, detector: str, pixel: tuple[int, int], *, camera: str = "", date: datetime
) -> PixelBlame:
    """Return since when a pixel is masked, and by what.

    Parameters
    ----------
    as_of : AsOf
    detector : str
        Name or id.
    pixel : (int, int)
        Column and row in the trimmed, assembled detector, counted from 0, as `BoxList` counts them.
    camera : str
        Needed where several have the detector.
    date : datetime
        Which defects apply then, UTC.

    Raises
    ------
    UsageError
        There is no such camera or detector, or no such pixel on it.
    """
    from curator.repository.selection.asked_pixel import require_pixel
    from curator.repository.selection.resolve_names import Resolver

    names = Resolver(as_of.config).names(camera, detector, "", ())
    require_pixel(as_of.config, names.camera, names.detector, pixel)
    masks = MaskFiles(as_of, names.camera, names.detector)
    found: list[PixelFile] = []
    never: dict[str, int] = {}
    masking: dict[str, list[Entry]] = {name: [] for name in box_lists()}
    problems = [*masks.problems]
    is_cut = False
    for file in masks.files:
        told = masks.replay(file, lambda *version: _seen(pixel, *version))
        problems += told.problems
        is_cut |= told.is_cut
        if told.newest is None or told.newest.lives == NEVER:
            never[file.path.dataset_type] = never.get(file.path.dataset_type, 0) + (file.entry is not None)
            continue
        found.append(_file(file, told.newest, told.edits))
        if file.entry and told.newest.boxes:
            masking[file.path.dataset_type].append(file.entry)
    found.sort(key=lambda file: not file.boxes)
    applied = masks.catalogue.find(dataset_type=APPLIED, at=date)
    return PixelBlame(
        masks.camera,
        names.detector,
        pixel,
        date,
        tuple(found),
        never,
        {kind: tuple(one for one, _ in spells(entries)) for kind, entries in masking.items()},
        tuple(str(entry.path) for entry in applied),
        tuple(problems),
        is_cut,
    )


def _seen(pixel: tuple[int, int], number: int, content: Content, parents: Sequence[_Seen]) -> _Seen:
    boxes = tuple(_containing(content, *pixel))
    return _Seen(boxes, lives(number, bool(boxes), [one.lives for one in parents]))


def _containing(content: Content, x: int, y: int) -> Iterator[tuple[int, Box]]:
    """Give the boxes that contain a pixel, with their rows."""
    calibration = content.calibration
    if isinstance(calibration, BoxList):
        columns = {one.name.lower(): one.array for one in calibration.tables()[0].columns}
        for row in calibration.rows_masking(x, y):
            x0, y0, width, height = (int(columns[name][row]) for name in BOX_COLUMNS)
            yield row, (x0, y0, width, height)


def _file(file: MaskFile, seen: _Seen, edits: Sequence[NotedEdit]) -> PixelFile:
    earlier = spells_of(seen.lives.ended, edits)
    since, until = (edits[seen.lives.since], None) if seen.boxes else earlier[-1]
    return PixelFile(
        str(file.path),
        file.path.dataset_type,
        file.entry.status if file.entry else "gone",
        file.entry.ranges if file.entry else (),
        seen.boxes,
        since,
        until,
        earlier if seen.boxes else earlier[:-1],
    )


def ranges_json(ranges: Sequence[ValidityRange]) -> list[dict[str, str | None]]:
    """Return validity ranges as the schemas of outputs describe them."""
    return [
        {"start": one.start.isoformat(), "end": one.end.isoformat() if one.end else None} for one in ranges
    ]
