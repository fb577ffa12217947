"""Pictures of coverage: what is folded, where time begins, and that the bytes do not change."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import pytest

from curator.calibrations.data_id import DataId
from curator.errors import UsageError
from curator.extras import install_command
from curator.repository.catalogue.catalogue import Catalogue, Entry
from curator.repository.catalogue.coverage import Coverage, coverage
from curator.repository.catalogue.coverage_picture import MOST_ROWS, picture
from curator.repository.catalogue.coverage_rows import Axis, bands, rows
from curator.repository.layout.paths import CalibPath

EPOCH = datetime(2020, 1, 1)
DAY = timedelta(days=1)


def covered(*spans: tuple[str, int, int | None]) -> list[Coverage]:
    """Return the coverage of detectors, each with days since 2020 on which a range begins and ends."""
    entries = []
    for detector, start, end in spans:
        begins = EPOCH + start * DAY
        path = CalibPath.parse(f"testCam/defects/{detector.lower()}/{begins:%Y%m%dT%H%M%S}.ecsv")
        data_id = DataId("defects", "TestCam", 1, "", detector)
        entries.append(
            Entry(path, None, "testCam", data_id, begins, None if end is None else EPOCH + end * DAY)
        )
    return coverage(Catalogue(tuple(entries)))


def test_detectors_that_are_covered_alike_are_one_row():
    found = covered(("D1", 0, None), ("D2", 0, None), ("D3", 0, 10), ("D4", 0, None))
    assert [one.detectors for one in rows(found)] == [("D1", "D2", "D4"), ("D3",)]
    assert [one.label for one in rows(found)] == ["defects, 3 detectors (D1, D2, D4)", "defects, D3"]


def test_filters_that_are_covered_alike_are_one_row_too():
    kind, entries = "transmission_filter_detector", []
    for detector, name in [("D1", one) for one in "ugriz"] + [("D2", one) for one in "ugri"]:
        path = CalibPath.parse(f"testCam/{kind}/{detector}/{name}/20200101T000000.ecsv")
        data_id = DataId(kind, "TestCam", 1, name, detector)
        entries.append(Entry(path, None, "testCam", data_id, EPOCH, None))
    found = rows(coverage(Catalogue(tuple(entries))))
    assert [(one.detectors, one.filters) for one in found] == [
        (("D1", "D2"), ("g", "i", "r", "u")),
        (("D1",), ("z",)),
    ]
    assert found[0].label == "transmission_filter_detector, 2 detectors (D1, D2), 4 filters (g … u)"


def test_many_rows_share_labels_and_the_picture_stays_on_a_page():
    some = rows(covered(*((f"D{number:03}", number, None) for number in range(50))))
    assert [one.label for one in bands(some)][:2] == ["testCam defects, D000", "testCam defects, D001"]
    found = covered(*((f"D{number:03}", number, None) for number in range(400)))
    (band,) = bands(rows(found))
    assert (band.label, len(band.rows)) == ("testCam defects, 400 detectors", 400)
    assert 0 < int.from_bytes(picture(found, "t", "png")[20:24], "big") < 2000  # pixels


def test_a_start_long_ago_does_not_squeeze_the_rest():
    axis = Axis.of(covered(("D1", -18262, 0), ("D1", 0, 30), ("D1", 30, None)))
    assert axis.is_cut
    assert EPOCH - 10 * DAY < axis.begin < EPOCH
    assert EPOCH + 30 * DAY < axis.end < EPOCH + 40 * DAY
    assert not Axis.of(covered(("D1", 0, 30), ("D1", 30, 60))).is_cut
    assert Axis.of(covered(("D1", 0, None))).end > EPOCH + 20 * DAY


def test_a_start_long_before_the_only_other_date_is_cut_off():
    axis = Axis.of(covered(("D1", -18262, 0), ("D1", 0, None), ("D2", -18262, None)))
    assert axis.is_cut
    assert EPOCH - 366 * DAY < axis.begin < EPOCH < axis.end < EPOCH + 366 * DAY
    assert not Axis.of(covered(("D1", -60, 0), ("D1", 0, None))).is_cut


def test_several_first_starts_long_ago_are_cut_off_but_no_gap_is():
    rest = (("D3", 0, 30), ("D3", 30, None))
    axis = Axis.of(covered(("D1", -18262, None), ("D2", -18000, None), *rest))
    assert EPOCH - 10 * DAY < axis.begin < EPOCH
    gap = Axis.of(covered(("D1", -18262, -18200), ("D1", -18190, None), *rest))
    assert gap.begin < EPOCH - 18262 * DAY
    assert not gap.is_cut


def test_the_last_days_of_the_calendar_can_be_drawn():
    late = (datetime(9999, 12, 1) - EPOCH).days
    assert picture(covered(("D1", 0, late)), "t", "svg")


def test_the_same_coverage_is_the_same_picture():
    found = covered(("D1", 0, 10), ("D1", 12, 20), ("D1", 15, None), ("D2", 0, None))
    first = picture(found, "test $x$ \x1b[31m", "svg")
    assert first == picture(found, "test $x$ \x1b[31m", "svg")
    assert b"<dc:date>" not in first
    assert b"\x1b" not in first
    png = picture(found, "t", "png")
    assert png.startswith(b"\x89PNG")
    assert png == picture(found, "t", "png")


def test_gaps_and_overlaps_have_letters_and_patterns():
    good = picture(covered(("D1", 0, 10), ("D1", 10, None)), "t", "svg")
    gap = picture(covered(("D1", 0, 10), ("D1", 12, None)), "t", "svg")
    overlap = picture(covered(("D1", 0, 12), ("D1", 10, None)), "t", "svg")
    # The legend has one of each pattern; what is drawn adds another use of it.
    uses = [one.count(b"url(#h") for one in (good, gap, overlap)]
    assert uses == [2, 3, 3]


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(UsageError, match="nothing to draw"):
        picture([], "t", "png")
    many = covered(*((f"D{number}", number, None) for number in range(MOST_ROWS + 1)))
    with pytest.raises(UsageError, match="rows differ"):
        picture(many, "t", "png")


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError) as caught:
        picture(covered(("D1", 0, None)), "t", "png")
    assert caught.value.hint == f"install it with: {install_command('plot')}"
