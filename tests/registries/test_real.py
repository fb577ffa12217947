"""Real repositories, from their text to what a Butler gives back."""

from __future__ import annotations

import json
import subprocess
import warnings
from datetime import datetime

import pytest

from curator.cli.main import main
from curator.export.manifest.manifest import read_manifest


@pytest.mark.parametrize("name", ["obs_lsst_data"])
def test_a_butler_gives_back_what_the_text_says(name, real_repository, registry, tmp_path, capsys):
    from curator.calibrations.types.types import find_type
    from curator.registries.model.tai import to_timespan

    repository, out = real_repository(name), tmp_path / "out"
    assert main(["-C", str(repository), "adopt"]) == 0
    for command in (["add", "-A"], ["commit", "-q", "-m", "Adopt curator"]):
        subprocess.run(["git", *command], cwd=repository, check=True)
    assert main(["-C", str(repository), "export", str(out)]) == 0
    ingest = ["ingest", "--create", str(out), registry.target, "--label", "first", "--prefer"]
    assert main(ingest) == 0
    capsys.readouterr()
    assert main(ingest) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert main(["holdings", registry.target, "--format", "json"]) == 0
    held = json.loads(capsys.readouterr().out)["holdings"]
    rows = {row.gitpath: row for row in read_manifest(out).rows if row.status == "certified"}
    assert {one["source"] for one in held} == set(rows)
    butler = registry.open()
    # Each get takes its time: one of every type and instrument.
    for one in {(one["instrument"], one["dataset_type"]): one for one in held}.values():
        row, kind = rows[one["source"]], find_type(rows[one["source"]].dataset_type)
        assert (one["start"], one["end"], one["commit"]) == (row.valid_start, row.valid_end, row.gitsha)
        data_id = {"instrument": one["instrument"]}
        data_id |= {"detector": one["detector_id"]} if kind.has_detector else {}
        data_id |= {"physical_filter": one["physical_filter"]} if kind.has_filter else {}
        start = datetime.fromisoformat(one["start"])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = butler.get(
                one["dataset_type"],
                data_id,
                collections=f"{one['instrument']}/calib",
                timespan=to_timespan(start, start.replace(microsecond=1)),
            )
        assert type(found) is kind.calibration
        assert found == kind.calibration.readText(repository / row.gitpath)
    butler.close()
