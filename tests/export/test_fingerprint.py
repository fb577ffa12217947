"""A fingerprint is of what answers when, and not of how it is laid out."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curator.export.fingerprint import Served, fingerprint

DAY = datetime(2020, 1, 1)
DAYS = 12


def served(start: int, end: int | None, content: str = "a", detector: str = "S00") -> Served:
    until = None if end is None else DAY + timedelta(days=end)
    return Served("defects", "TestCam", detector, "", DAY + timedelta(days=start), until, content)


def test_an_end_that_no_registry_can_hold_is_no_end():
    beyond = served(0, None)._replace(end=datetime(2200, 1, 1))
    assert fingerprint([beyond]) == fingerprint([served(0, None)])


def test_each_part_counts():
    one = served(0, 5)
    other = [
        one._replace(**{name: value})
        for name, value in {
            "dataset_type": "bfk",
            "instrument": "Other",
            "detector": "S01",
            "physical_filter": "g",
            "start": DAY + timedelta(days=1),
            "end": None,
            "content": "b",
        }.items()
    ]
    assert len({fingerprint([each]) for each in [one, *other]}) == len(other) + 1


@st.composite
def timelines(draw: st.DrawFn) -> tuple[list[str], list[Served]]:
    """Return what answers on each day, and the same as ranges that are cut at random places."""
    days = draw(st.lists(st.sampled_from(["", "a", "b"]), min_size=DAYS, max_size=DAYS))
    found: list[Served] = []
    for day, content in enumerate(days):
        last = found[-1] if found else None
        joined = (
            last and last.content == content and last.end == DAY + timedelta(days=day) and draw(st.booleans())
        )
        if content and joined and last:
            found[-1] = last._replace(end=DAY + timedelta(days=day + 1))
        elif content:
            found.append(served(day, day + 1, content))
    return days, draw(st.permutations(found))


@given(timelines(), timelines())
def test_it_is_equal_exactly_when_the_same_answers_on_every_day(one, other):
    assert (fingerprint(one[1]) == fingerprint(other[1])) == (one[0] == other[0])


@given(timelines())
def test_the_same_days_give_the_same_however_they_are_cut(one):
    days, ranges = one
    whole = [served(day, day + 1, content) for day, content in enumerate(days) if content]
    assert fingerprint(ranges) == fingerprint(whole)
