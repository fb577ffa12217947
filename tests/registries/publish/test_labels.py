from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import RegistryError, UsageError
from curator.registries.model.collections import (
    check_label,
    commit_of,
    commit_of_run,
    documentation,
    label_name,
    moved,
    run_name,
    runs_of_start,
    version_name,
)
from curator.registries.model.model import ChainState

RELEASED = {"released": ("main",), "complete": True, "prefer": False, "instruments": ("TestCam",)}


def test_collections_are_named_after_instrument_and_start():
    start = datetime(2025, 4, 30, 12)
    assert run_name("LSSTCam", start, 2) == "LSSTCam/calib/curated/20250430T120000/2"
    assert run_name("LSSTCam", start, 1).startswith(runs_of_start("LSSTCam", start))
    assert commit_of_run(run_name("LSSTCam", start, 123456789012)) == ""
    version = version_name("LSSTCam", "0123456789abcdef" + "0" * 24, start)
    assert version == "LSSTCam/calib/curated/0123456789ab/20250430T120000"
    assert commit_of_run(version) == "0123456789ab"
    assert label_name("LSSTCam", "2025.1") == "LSSTCam/calib/2025.1"
    assert label_name("LSSTCam", "u/ada/try-1") == "LSSTCam/calib/u/ada/try-1"


def test_a_run_of_someone_else_names_no_commit():
    assert commit_of_run("u/ada/run1/20250101T000000") == ""


def test_a_name_longer_than_a_butler_keeps_is_refused():
    with pytest.raises(UsageError, match="the limit is 64"):
        label_name("LSSTCam", "x" * 60)
    with pytest.raises(UsageError, match="the limit is 64"):
        check_label("x" * 60, **RELEASED)


@pytest.mark.parametrize("label", ["2025.1", "v1_2+b-3", "DM-123/a", "u/ada/x", "u/ada/x/y"])
def test_a_name_of_letters_digits_and_a_few_signs_is_a_label(label):
    check_label(label, **RELEASED)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "a b",
        "a*",
        "/a",
        "a/",
        "a//b",
        ".a",
        "-a",
        "é",
        "a\n",
        "curated",
        "curated/x",
        "u",
        "u/ada",
        "u//x",
        "?",
    ],
)
def test_other_names_are_no_labels(label):
    with pytest.raises(UsageError):
        check_label(label, **RELEASED)


def test_a_commit_under_review_takes_personal_labels_only():
    with pytest.raises(RegistryError, match="neither on the release branch nor tagged") as caught:
        check_label("2025.1", instruments=(), released=(), complete=True, prefer=False)
    assert caught.value.exit_status == 1
    check_label("u/ada/2025.1", instruments=(), released=(), complete=True, prefer=False)


def test_a_personal_label_is_never_preferred():
    with pytest.raises(UsageError, match="cannot be preferred"):
        check_label("u/ada/x", instruments=(), released=("main",), complete=True, prefer=True)


def test_an_export_of_some_paths_is_never_preferred():
    with pytest.raises(UsageError, match="some paths"):
        check_label("2025.1", instruments=(), released=("main",), complete=False, prefer=True)
    check_label("2025.1", instruments=(), released=("main",), complete=False, prefer=False)


@given(st.text(), st.text("0123456789abcdef", min_size=40, max_size=40))
def test_a_label_says_which_commit_it_is_of_whatever_the_repository_is_called(repository, commit):
    assert commit_of(documentation(repository, commit, "2025-04-30T12:00:00")) == commit


@pytest.mark.parametrize("text", [None, "", "Calibrations of someone else", "commit " + "0" * 40])
def test_what_others_write_about_their_labels_names_no_commit(text):
    assert commit_of(text) == ""


names = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(names, st.sets(st.sampled_from("abcdefgh")), st.sampled_from("abcdefgh"))
def test_a_chain_has_one_curated_label_and_all_of_the_others_in_their_order(members, curated, label):
    chain = ChainState("X/calib", "CHAINED", tuple(members), frozenset(curated))
    move = moved(chain, label)
    after = move.members if move else tuple(members)
    ours = curated | {label}
    assert [one for one in after if one in ours] == [label]
    assert [one for one in after if one not in ours] == [one for one in members if one not in ours]
    places = [number for number, one in enumerate(members) if one in ours]
    assert after.index(label) == (places[0] if places else 0)
    assert moved(ChainState("X/calib", "CHAINED", after, frozenset(curated)), label) is None
