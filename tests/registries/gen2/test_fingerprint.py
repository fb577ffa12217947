"""Fingerprints of Gen2 registries: when they are those of git, and what is said where they cannot be."""

from __future__ import annotations

import pytest

from curator.cli.main import main

from ..conftest import Calib
from .made import LATER, TWO, Gen2


def test_what_begins_and_ends_with_a_day_has_the_fingerprint_of_its_export(gen2, export, capsys):
    tree = export(TWO[0], Calib(2, start=LATER, end="2090-01-01T00:00:00", sha="2" * 40))
    gen2.ingest(tree, prefer=True)
    assert main(["fingerprint", gen2.target, str(tree)]) == 0
    assert not capsys.readouterr().err


@pytest.mark.parametrize(
    "calibs",
    [
        (Calib(start="2020-01-01T08:00:00"),),
        (Calib(start=LATER, end="2021-01-01T08:00:00"),),
        (Calib(start=LATER), Calib(2, instrument="OtherCam")),
    ],
)
def test_another_fingerprint_of_the_same_is_explained(calibs, gen2, export, capsys, tmp_path):
    tree, again = export(*calibs), Gen2(tmp_path / "again")
    for one in (gen2, again):
        words = ["ingest", "--create", str(tree), f"{one.target}#TestCam", "--label", "a", "--prefer"]
        assert main(words) == 0
    capsys.readouterr()
    assert main(["fingerprint", str(tree), gen2.target]) == 1
    assert "whole days" in capsys.readouterr().err
    assert main(["fingerprint", again.target, gen2.target]) == 0
    assert not capsys.readouterr().err


def test_a_served_file_that_others_changed_counts_as_it_is(gen2, export, capsys):
    tree = export(*TWO)
    gen2.ingest(tree, prefer=True)
    served, other = (
        gen2.path / f"defects/{day}/defects-{day}-094.fits" for day in ("2020-01-01", "1970-01-01")
    )
    served.unlink()
    served.write_bytes(other.read_bytes())
    assert main(["fingerprint", str(tree), gen2.target]) == 1
    served.write_bytes(b"theirs")
    assert main(["fingerprint", str(tree), gen2.target]) == 1
    assert f"the content of {served} is unknown" in capsys.readouterr().err
    served.unlink()
    assert main(["fingerprint", gen2.target]) == 1
    gen2.ingest(tree, prefer=True)
    assert main(["fingerprint", str(tree), gen2.target]) == 0


def test_what_is_no_gen2_registry_gets_no_such_hint(export, capsys):
    trees = [str(export(TWO[0], name="one")), str(export(TWO[1], name="two"))]
    assert main(["fingerprint", *trees]) == 1
    assert not capsys.readouterr().err
