"""Names that a person typed find the known name that they mean."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.name_lookup import nearest, suggest

NAMES = st.lists(
    st.text(string.ascii_letters + string.digits + "_-. ", min_size=1, max_size=12), min_size=1, max_size=8
)


@pytest.mark.parametrize(
    ("wanted", "known", "found"),
    [
        ("0_3", ["0_00", "0_03", "0_30"], "0_03"),
        ("0-03", ["0_00", "0_03"], "0_03"),
        ("3", ["S03", "S30", "03"], "03"),
        ("s3", ["S00", "S03", "S30"], "S03"),
        ("r22s11", ["R22_S11", "R22_S12"], "R22_S11"),
        ("03", ["0_3", "S03"], "0_3"),
        ("det", ["date", "detector", "filter"], "detector"),
        ("example cam", ["ExampleCam"], "ExampleCam"),
        ("G DECam", ["g DECam SDSS c0001 4720.0 1520.0", "r DECam"], "g DECam SDSS c0001 4720.0 1520.0"),
        ("S02", ["S10", "S00"], "S00"),
        ("linearity", ["linearizer", "defects"], "linearizer"),
        ("nothing", ["defects", "crosstalk"], ""),
        ("", ["defects"], ""),
        ("%", ["-", "_"], ""),
    ],
)
def test_the_name_that_is_meant_is_suggested(wanted: str, known: list[str], found: str) -> None:
    assert nearest(wanted, known, 0.6) == found


def test_a_beginning_that_several_names_share_is_not_enough() -> None:
    assert nearest("trans", ["transmission_optics_of_telescope", "transmission_filter_in_beam"], 0.9) == ""


def test_a_beginning_does_not_end_within_a_number() -> None:
    assert nearest("amp1", ["amp10_of_the_left_side"], 0.9) == ""
    assert nearest("amp1", ["amp1_of_the_left_side"], 0.9) == "amp1_of_the_left_side"


@given(NAMES, st.text(max_size=12))
def test_a_suggestion_is_a_known_name_or_none(known: list[str], wanted: str) -> None:
    assert nearest(wanted, known) in ("", *known)


@given(NAMES, st.data())
def test_a_known_name_is_nearest_to_itself(known: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(known))
    if any(sign.isalnum() for sign in name):
        assert nearest(name, known) == name


@given(st.lists(st.integers(0, 99), min_size=1, max_size=3), st.lists(st.integers(0, 99), max_size=8))
def test_leading_zeros_case_and_separators_do_not_hide_a_name(parts: list[int], others: list[int]) -> None:
    known = ["Raft_" + "_".join(f"{part:03}" for part in parts), *(f"Other_{one:02}" for one in others)]
    for typed in ("raft" + "-".join(map(str, parts)), "RAFT " + ".".join(f"{part:05}" for part in parts)):
        assert nearest(typed, known, 1.0) == known[0]


RAFTS = [f"R{raft:02}_S{slot}{row}" for raft in range(1, 43) for slot in range(3) for row in range(3)]


def test_of_names_that_are_equally_near_none_is_picked() -> None:
    several = "several names end in S11: R01_S11, R02_S11, R03_S11, R04_S11 and 38 more"
    assert suggest("S11", RAFTS) == suggest("S11", RAFTS, limit=8) == several
    assert suggest("R01_S33", RAFTS) == "did you mean one of R01_S00, R01_S01, R01_S02, R01_S10 and 5 more?"
    assert suggest("r22s11", RAFTS) == "did you mean R22_S11?"
    assert suggest("S11", ["R01_S11", "R02_S12"]) == "did you mean R01_S11? known: R01_S11, R02_S12"


def test_of_many_names_the_first_are_listed_and_the_others_counted() -> None:
    assert suggest("nonsense", RAFTS, 3) == "known: R01_S00, R01_S01, R01_S02 and 375 more"


def test_a_suggestion_stands_before_a_short_list() -> None:
    assert suggest("0_3", ["0_03", "0_04"]) == "did you mean 0_03? known: 0_03, 0_04"
