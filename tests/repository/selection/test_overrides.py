from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository.made import Made, camera

from curator.calibrations.data_id import DataId
from curator.errors import CuratorError
from curator.repository.catalogue.catalogue import Catalogue, Entry
from curator.repository.layout.config import load_config
from curator.repository.layout.paths import CalibPath
from curator.repository.selection.override_files import read_overrides
from curator.repository.selection.overrides import Overridden, Override, OverridingSelector
from curator.repository.selection.resolve_names import Resolver
from curator.repository.selection.selection import Request, Selector

EPOCH = datetime(2020, 1, 1)
DAY = timedelta(days=1)


def entry(start: int, detector: str = "D1", status: str = "certified", end: int | None = None) -> Entry:
    begins = EPOCH + start * DAY
    return Entry(
        CalibPath.parse(f"testCam/defects/{detector.lower()}/{begins:%Y%m%dT%H%M%S}.ecsv"),
        None,
        "testCam",
        DataId("defects", "Testcam", int(detector[1:]) - 1, "", detector),
        begins,
        None if end is None else EPOCH + end * DAY,
        status=status,  # type: ignore[arg-type]
    )


CATALOGUE = Catalogue((entry(0, end=10), entry(10, end=20), entry(30), entry(100, status="uncertified")))


def override(number: int, begin: float | None, end: float | None) -> Override:
    first = datetime.min if begin is None else EPOCH + begin * DAY
    last = datetime.max if end is None else EPOCH + end * DAY
    return Override(CATALOGUE.entries[number], first, last, "why not", "o.yaml", 4)


def request(begin: float, end: float | None = None) -> Request:
    stop = begin if end is None else end
    return Request("testCam", "defects", "D1", None, EPOCH + begin * DAY, EPOCH + stop * DAY)


def paths(found: tuple[Entry, ...]) -> list[int]:
    return sorted(
        next(number for number, one in enumerate(CATALOGUE.entries) if one.path == entry.path)
        for entry in found
    )


@pytest.mark.parametrize(
    ("begin", "end", "asked", "found"),
    [
        (5, 15, request(5), [3]),
        (5, 15, request(4.999), [0]),
        (5, 15, request(15), [1]),
        (5, 15, request(14, 15), [3]),
        (5, 15, request(14, 15.5), [1, 3]),
        (5, 15, request(4, 6), [0, 3]),
        (5, 15, request(4, 16), [0, 1, 3]),
        (5, 6, request(4, 7), [0, 3]),  # the same on both sides is one
        (18, 25, request(24, 26), [3]),  # nothing holds behind it
        (None, None, request(-50), [3]),
        (None, 3, request(2, 4), [0, 3]),
        (22, None, request(1000, 1001), [3]),
    ],
)
def test_an_override_is_chosen_within_its_interval(begin, end, asked, found):
    answer = OverridingSelector(Selector(CATALOGUE), [override(3, begin, end)]).select(asked)
    assert paths(answer.entries) == found
    assert isinstance(answer, Overridden) == (3 in found)
    assert answer.status == ("found" if len(found) == 1 else "ambiguous")


def test_the_border_of_an_override_is_ambiguous_even_where_both_sides_have_the_same_calibration():
    selector = OverridingSelector(Selector(CATALOGUE), [override(2, 25, 40)])
    assert selector.select(request(39, 41)).status == "ambiguous"


def test_what_would_be_found_otherwise_is_said_and_not_explained_away():
    selector = OverridingSelector(Selector(CATALOGUE), [override(3, 5, 15)])
    answer = selector.select(request(7))
    assert isinstance(answer, Overridden)
    assert paths(answer.otherwise.entries) == [0]
    assert paths(tuple(one.entry for one in selector.explain(request(7)))) == [1, 2]


EDGES = st.lists(st.integers(0, 40), min_size=2, max_size=8, unique=True).map(sorted)


@given(edges=EDGES, begin=st.integers(-2, 45), length=st.sampled_from([0, 1, 2, 9]))
def test_an_answer_is_that_of_a_look_at_every_moment(edges, begin, length):
    overrides = [override(3, *edges[at : at + 2]) for at in range(0, len(edges) - 1, 2)]
    plain = Selector(CATALOGUE)
    selector = OverridingSelector(plain, overrides)
    halves = [begin + step / 2 for step in range(max(1, 2 * length))]
    expected: set[object] = set()
    for half in halves:
        when = EPOCH + half * DAY
        held = [one for one in overrides if one.begin <= when < one.end]
        expected |= {one.begin for one in held} or {
            one.path for one in plain.select(request(half, half)).entries
        }
    answer = selector.select(request(begin, begin + length))
    assert len(answer.entries) == len(expected)


@pytest.fixture
def there(made: Made) -> tuple[Catalogue, Resolver]:
    made.write("curator.yaml", "schema_version: 1\nrepository: r\nprofile: obs_base\ncameras: [testCam]\n")
    made.write("testCam/camera/20200101T000000.yaml", camera("testCam", "D1", "D2"))
    config = load_config(made.repo.worktree())
    return Catalogue((*CATALOGUE.entries, entry(0, "D2"))), Resolver(config)


GOOD = "testCam/defects/d1/20200410T000000.ecsv"
LEAST = f"""schema_version: 1
overrides:
- dataset_type: defects
  detector: D1
  calibration: {GOOD}
  reason: " the certified one masks too much "
"""


def test_an_override_may_name_what_nobody_certified(there):
    (found,) = read_overrides("o.yaml", LEAST.encode(), *there)
    assert (str(found.entry.path), found.begin, found.end) == (GOOD, datetime.min, datetime.max)
    assert (found.reason, found.place) == ("the certified one masks too much", "o.yaml:3")


@pytest.mark.parametrize("said", ['"d1"', "0", '"0"', "D1"])
def test_a_detector_is_named_or_numbered(there, said):
    raw = LEAST.replace("detector: D1", f"detector: {said}").encode()
    assert len(read_overrides("o.yaml", raw, *there)) == 1


@pytest.mark.parametrize("when", ["2020-02-01", "'2020-02-01'", "2020-02-01T00:00:00", "2020-02-01 00:00:00"])
def test_dates_may_be_quoted_or_not(there, when):
    (found,) = read_overrides("o.yaml", f"{LEAST}  begin: {when}\n".encode(), *there)
    assert found.begin == datetime(2020, 2, 1)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("schema_version: 1", "schema_version: 2", 1, "schema_version is 2, expected 1"),
        ("overrides:", "override:", 1, "overrides is missing"),
        ("  reason:", "  why:", 6, "unknown key 'why'"),
        ("dataset_type: defects", "dataset_type: defekts", 3, "no dataset type 'defekts'"),
        ("dataset_type: defects", "dataset_type: camera", 4, "camera is not kept per detector"),
        ("dataset_type: defects", "dataset_type: qe_curve", 5, "is of dataset type defects, not qe_curve"),
        ("  detector: D1\n", "", 3, "defects depends on the detector"),
        ("detector: D1", "detector: D9", 4, "testCam has no detector 'D9'"),
        ("detector: D1", "detector: D2", 4, "is for detector D1, not D2"),
        ("detector: D1", "detector: [D1]", 4, r"detector is \['D1'\]"),
        ("detector: D1", "detector: D1\n  filter: g", 5, "defects is not kept per filter"),
        ("detector: D1", "detector: D1\n  camera: other", 5, "no camera 'other'"),
        ("detector: D1", "detector: D1\n  begin: soon", 5, "begin: 'soon' is not a date"),
        ("detector: D1", "detector: D1\n  begin: 7", 5, "begin is 7"),
        ("detector: D1", "detector: D1\n  begin: 2020-01-02T00:00:00Z", 5, "time zone"),
        ("detector: D1", "detector: D1\n  begin: 2020-01-02\n  end: 2020-01-02", 6, "it is empty"),
        ("d1/20200410", "d1/20200411", 5, "not one of the calibrations"),
        ("- dataset", "- nonsense\n- dataset", 3, "expected a mapping"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(there, old, new, line, said):
    assert old in LEAST
    with pytest.raises(CuratorError) as caught:
        read_overrides("o.yaml", LEAST.replace(old, new).encode(), *there)
    problems = caught.value.problems
    assert any(one.line == line and re.search(said, one.message) for one in problems), problems


def test_everything_wrong_is_said_at_once(there):
    entries = LEAST.partition("overrides:\n")[2]
    raw = LEAST + entries.replace("D1", "D8") + entries.replace("reason", "because") + entries
    with pytest.raises(CuratorError) as caught:
        read_overrides("o.yaml", raw.encode(), *there)
    problems = [(one.line, one.message) for one in caught.value.problems]
    assert [line for line, _ in problems] == [8, 11, 14, 15]
    assert problems[-1][1] == "the override of line 3 is for the same type, data ID and time"


def test_two_overrides_may_follow_each_other(there):
    entries = LEAST.partition("overrides:\n")[2]
    raw = f"{LEAST}  end: 2020-02-01\n{entries}  begin: 2020-02-01\n"
    assert len(read_overrides("o.yaml", raw.encode(), *there)) == 2
    with pytest.raises(CuratorError, match="same type, data ID and time"):
        read_overrides("o.yaml", raw.replace("end: 2020-02-01", "end: 2020-02-02").encode(), *there)
