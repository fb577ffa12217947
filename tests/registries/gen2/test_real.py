"""Real repositories in a Gen2 registry for each of their cameras: every look-up answers as the text does."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import datetime, time

import pytest

from curator.calibrations.fits.stamp_reader import read_stamp
from curator.cli.main import main
from curator.export.manifest.manifest import read_manifest
from curator.registries.publish.ingest import holdings
from curator.registries.query.as_catalogue import certified
from curator.repository.catalogue.catalogue import Catalogue
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository
from curator.repository.selection.selection import Request, Selector

from .stack import NoResults, look_up


@pytest.mark.parametrize("name", ["obs_lsst_data", "obs_decam_data"])
def test_look_ups_answer_as_the_text_does(name, real_repository, tmp_path, capsys):
    repository, out = real_repository(name), tmp_path / "out"
    assert main(["-C", str(repository), "adopt"]) == 0
    for command in (["add", "-A"], ["commit", "-q", "-m", "Adopt curator"]):
        subprocess.run(["git", *command], cwd=repository, check=True)
    assert main(["-C", str(repository), "export", str(out)]) == 0
    tree = Repository.find(repository).worktree()
    text = Catalogue.of(tree, load_config(tree))
    rows = [row for row in read_manifest(out).rows if row.status == "certified"]
    asked = 0
    for instrument in sorted({row.instrument for row in rows}):
        folder = tmp_path / instrument
        ingest = [
            "ingest",
            "--create",
            str(out),
            f"gen2:{folder}#{instrument}",
            "--label",
            "first",
            "--prefer",
        ]
        assert main(ingest) == 0
        capsys.readouterr()
        assert main(ingest) == 0
        assert "nothing to do" in capsys.readouterr().out
        there, _ = certified(f"gen2:{folder}")
        own = [row for row in rows if row.instrument == instrument]
        assert {one.source for one in holdings(f"gen2:{folder}")} == {row.gitpath for row in own}
        for row in own:
            (entry,) = [one for one in text.entries if str(one.path) == row.gitpath]
            date = datetime.combine(entry.start.date(), time.max)
            data_id = entry.data_id
            request = Request(
                entry.camera,
                row.dataset_type,
                data_id.detector_name or None,
                data_id.physical_filter or None,
                date,
                date,
            )
            git = Selector(text).select(request)
            mine = Selector(there).select(replace(request, camera=instrument))
            assert git.entry is not None
            assert mine.entry is not None
            assert str(mine.entry.path) == str(git.entry.path)
            if row.dataset_type == "defects":
                asked += 1
                stamp = read_stamp(str(look_up(folder, "defects", date.isoformat(), ccd=row.detector_id)))
                assert stamp is not None
                assert stamp.path == str(git.entry.path)
                with pytest.raises(NoResults):
                    look_up(folder, "defects", "1900-01-01", ccd=row.detector_id)
    assert asked > 1
