"""What is known of a pixel, as sentences for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from curator.counts import counted
from curator.formats.files.terminal_escape import escape
from curator.review.blame.blame_lines import NOT_COMMITTED, author_words, edit_words, problem_lines
from curator.review.blame.pixel import APPLIED
from curator.review.wording import placed

if TYPE_CHECKING:
    from datetime import datetime

    from curator.calibrations.time.validity_range import ValidityRange
    from curator.review.blame.pixel import PixelBlame, PixelFile

__all__ = ["pixel_lines"]


def pixel_lines(found: PixelBlame) -> Iterator[tuple[str, str]]:
    """Give the indents and sentences that say since when a pixel is masked, and by what."""
    x, y = found.pixel
    yield "", escape(f"pixel {x},{y} of {found.detector} of {found.camera}")
    for kind in sorted(found.masked, key=lambda kind: (kind != APPLIED, kind)):
        ranges = found.masked[kind]
        yield "  ", f"{kind}: {f'masked {_when(ranges)} (validity)' if ranges else 'not masked'}"
    yield "  ", escape(_applied(found))
    lacking = f"the {APPLIED} that apply do not" if found.applied else f"no {APPLIED} apply"
    for file in found.not_merged:
        yield (
            "  ",
            escape(
                f"{file.path} contains it, but {lacking}: exposures are not masked there until a pipeline "
                f"merges {file.dataset_type} into {APPLIED}"
            ),
        )
    for _, alike in groupby(found.files, _facts):
        files = list(alike)
        yield "", escape(files[0].path)
        if len(files) > 1:
            later = counted(len(files) - 1, "later file")
            yield "  ", escape(f"and {later}, up to {files[-1].path.rpartition('/')[2]}, in the same way")
        yield from (("  ", words) for words in _file(files))
    told = [f"{counted(number, 'file')} of {kind}" for kind, number in found.never.items() if number]
    if told:
        yield "", f"never contained it: {', '.join(told)}"
    yield from (("", line) for line in problem_lines(found.problems, found.is_cut))


def _facts(file: PixelFile) -> tuple[object, ...]:
    """Return what is said of a file besides when it is valid; of files that follow each other, once."""
    boxes = tuple(box for _, box in file.boxes)
    edits = (*(edit for one in file.earlier for edit in one), file.since, file.until)
    commits = tuple(edit and edit.commit for edit in edits)
    return file.dataset_type, boxes, bool(file.ranges), file.status, commits


def _when(ranges: Sequence[ValidityRange]) -> str:
    """Return validity ranges, by start, in words: as one where one follows another."""
    words: list[str] = []
    reach: datetime | None = None
    for start, end in ranges:
        if words and start == reach:
            words[-1] = words[-1].partition(" until ")[0]
        else:
            words.append(f"from {start.isoformat()}")
        words[-1] += f" until {end.isoformat()}" if end else " on"
        reach = end
    return ", ".join(words)


def _applied(found: PixelBlame) -> str:
    date = found.date.isoformat()
    if not found.applied:
        return f"no {APPLIED} apply at {date}"
    verb = "contain" if found.is_applied else "do not contain"
    return f"the {APPLIED} that apply at {date} {verb} it: {', '.join(found.applied)}"


def _file(files: Sequence[PixelFile]) -> Iterator[str]:
    """Give what is the same of files that follow each other."""
    file = files[0]
    ranges = [one for each in files for one in each.ranges]
    for rows in zip(*(each.boxes for each in files), strict=True):
        row, box = rows[0]
        where = f"row {row + 1}: " if len({number for number, _ in rows}) == 1 else ""
        yield f"{where}{placed(box)}"
    if file.boxes:
        yield f"valid {_when(ranges)}" if ranges else f"it is {file.status}, and masks nothing"
        yield f"in git since {edit_words(file.since)}" if file.since.commit else NOT_COMMITTED
    else:
        yield "the file is gone" if file.status == "gone" else "does not contain it any more"
        yield f"contained it since {edit_words(file.since)}"
        if file.until:
            yield (
                f"unmasked by {edit_words(file.until)}" if file.until.commit else f"unmasked, {NOT_COMMITTED}"
            )
    for added, removed in file.earlier:
        end = f"to {removed.date[:10]}, removed by" if removed.commit else "until now, removed,"
        yield (f"masked before: from {added.date[:10]} ({author_words(added)}) {end} {author_words(removed)}")
