"""Values go to other processes, whatever was read of them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import curator
from curator.errors import CuratorError, FormatError, SeveralErrors

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
COPIES = (lambda value: pickle.loads(pickle.dumps(value)), deepcopy)  # noqa: S301  # of our own


@pytest.mark.parametrize("copied", COPIES, ids=("pickle", "deepcopy"))
def test_every_value_is_copied_after_all_of_it_was_read(
    repo: curator.CalibrationRepository, root: Path, copied: Callable[[Any], Any]
) -> None:
    file = root / "ExampleCam" / "defects" / "s01" / "20200101T000000.ecsv"
    file.parent.mkdir()
    file.write_text("<<<<<<< ours\n")
    head = repo.at("HEAD")
    for state in (repo, head, repo.staged):
        found = state.calibrations()
        for one in found:
            assert one.raw
            assert one.header
        values = (
            state,
            found,
            found[0],
            state.select("defects", "2025-05-14", detector="S00"),
            state.why("defects", "2019-05-14", detector="S00"),
            state.coverage(),
            state.check(),
            repo.diff("HEAD"),
            head.history(DEFECTS),
            head.blame(DEFECTS),
        )
        for value in values:
            repr(value)
            assert repr(copied(value)) == repr(value)
        assert copied(found[0]).header == found[0].header


@pytest.mark.parametrize("copied", COPIES, ids=("pickle", "deepcopy"))
def test_errors_are_copied_with_all_that_they_say(copied: Callable[[Any], Any]) -> None:
    one = FormatError("no header", code="CUR002", path="a.ecsv", line=3, keyword="K", value=1, hint="add it")
    several = SeveralErrors([one, CuratorError("second")])
    assert vars(copied(one)) == vars(one)
    assert str(copied(several)) == str(several)
    assert [str(each) for each in copied(several).problems] == [str(one), "second"]
