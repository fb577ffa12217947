"""What `curator select` answers of a Gen2 registry is what the stack finds there and, by days, git's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import FUZZ
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.calibrations.fits.stamp_reader import read_stamp
from curator.registries.publish.ingest import holdings
from curator.registries.query.as_catalogue import certified
from curator.repository.selection.selection import Request, Selector

from ..conftest import Calib, ingest, make_export
from .made import digest, with_layout
from .stack import NoResults, look_up

EPOCH = datetime(2020, 1, 1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Made:
    """A calibration, and the ranges (hours from the epoch) that it is certified for."""

    start: int
    ranges: tuple[tuple[int, int | None], ...]

    def calib(self, number: int) -> Calib:
        def text(hours: int | None) -> str:
            return ".." if hours is None else (EPOCH + hours * HOUR).isoformat()

        return Calib(
            x0=number,
            start=(EPOCH + self.start * HOUR).isoformat(),
            sha=f"{number:040x}",
            served=" ".join(f"{text(start)}/{text(end)}" for start, end in self.ranges),
        )


@st.composite
def histories(draw: st.DrawFn, unit: int = 1) -> list[Made]:
    """Return calibrations of one detector: pieces of time, each of a new one, of one before, or of none."""
    hours = st.integers(0, 240 // unit).map(lambda one: one * unit)
    edges = sorted(draw(st.sets(hours, min_size=1, max_size=7)))
    pieces: list[tuple[int, int, int | None]] = []
    starts: list[int] = []
    for start, end in zip(edges, [*edges[1:], None], strict=True):
        what = draw(st.sampled_from(["new", "new", "none", "resume"])) if starts else "new"
        if what == "new":
            starts.append(len(pieces))
            pieces.append((len(starts) - 1, start, end))
        elif what == "resume":
            pieces.append((draw(st.integers(0, len(starts) - 1)), start, end))
    grouped: dict[int, list[tuple[int, int | None]]] = {}
    for item, start, end in pieces:
        ranges = grouped.setdefault(item, [])
        if ranges and ranges[-1][1] == start:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return [Made(ranges[0][0], tuple(ranges)) for ranges in grouped.values()]


def published(root: Path, made: list[Made], **layout: object) -> dict[str, str]:
    """Publish a history in ``root``; return the digests by source path."""
    calibs = [one.calib(number) for number, one in enumerate(made, 1)]
    export = make_export(root / "export", *calibs, **with_layout(**layout))
    ingest(export, f"gen2:{root}/calib", "a", prefer=True)
    return {one.source: digest(one) for one in calibs}


def moments() -> Iterator[datetime]:
    for hours in range(-24, 12 * 24, 5):
        yield EPOCH + hours * HOUR + timedelta(minutes=30)


def found(root: Path, observed: str) -> str:
    try:
        file = look_up(root / "calib", "defects", observed, ccd=94, filter="NONE")
    except NoResults:
        return ""
    stamp = read_stamp(str(file))
    assert stamp is not None
    return stamp.content


def selected(selector: Selector, moment: datetime) -> str:
    answer = selector.select(Request("TestCam", "defects", "R22_S11", None, moment, moment))
    return str(answer.entry.path) if answer.entry else ""


def in_git(made: list[Made], moment: datetime) -> int:
    """Return the number of the calibration whose text is valid, 0 for none."""
    for number, one in enumerate(made, 1):
        for start, end in one.ranges:
            if EPOCH + start * HOUR <= moment and (end is None or moment < EPOCH + end * HOUR):
                return number
    return 0


@pytest.mark.parametrize("increment", [True, False])
@settings(max_examples=max(1, int(12 * FUZZ)))
@given(made=histories())
def test_select_and_the_stack_agree_at_every_hour(made, increment):
    with TemporaryDirectory() as folder:
        root = Path(folder)
        sources = published(root, made, same_day="last", increment_valid_end=increment)
        if not holdings(f"gen2:{root}/calib"):
            return  # all of it lies within one day
        catalogue, _ = certified(f"gen2:{root}/calib")
        selector = Selector(catalogue)
        for moment in moments():
            observed = moment.isoformat() if increment else moment.date().isoformat()
            source = selected(selector, moment)
            assert found(root, observed) == (sources[source] if source else ""), moment
            # What is served was valid at the end of the day, and nothing is that was not.
            number = in_git(made, datetime.combine(moment, time.max))
            if source:
                assert sources[source] == digest(made[number - 1].calib(number)), moment


@settings(max_examples=max(1, int(12 * FUZZ)))
@given(made=histories(unit=24))
def test_where_all_begins_with_a_day_gen2_answers_as_git(made):
    with TemporaryDirectory() as folder:
        root = Path(folder)
        sources = published(root, made)
        selector = Selector(certified(f"gen2:{root}/calib")[0])
        for moment in moments():
            number = in_git(made, moment)
            source = selected(selector, moment)
            assert bool(number) == bool(source), moment
            if number:
                assert sources[source] == digest(made[number - 1].calib(number)), moment
