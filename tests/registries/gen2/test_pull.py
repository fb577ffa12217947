"""What a Gen2 registry has becomes text again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from curator.calibrations.types.base import read_text
from curator.cli.main import main
from curator.registries.publish.ingest import holdings

from .stack import ingest_calibs

DEFECTS = "myCam/defects/s00/20200101T000000.ecsv"


@pytest.fixture
def published(tmp_path: Path) -> tuple[Path, Path]:
    """A repository, and the folder of a registry that its calibrations were published in."""
    repository, folder = tmp_path / "repository", tmp_path / "calib"
    assert main(["init", str(repository), "--camera", "myCam"]) == 0
    for words in (["add", "-A"], ["commit", "-q", "-m", "Begin"], ["branch", "-M", "main"]):
        subprocess.run(["git", *words], cwd=repository, check=True)
    assert main(["-C", str(repository), "export", str(tmp_path / "export")]) == 0
    assert (
        main(["ingest", "--create", str(tmp_path / "export"), f"gen2:{folder}", "--label", "a", "--prefer"])
        == 0
    )
    return repository, folder


@pytest.mark.parametrize("collection", ["myCam/calib", "myCam/calib/a"])
def test_a_label_comes_back_with_the_same_content(collection, published):
    repository, folder = published
    before = read_text(DEFECTS, (repository / DEFECTS).read_bytes())
    (repository / DEFECTS).unlink()
    words = ["-C", str(repository), "pull", f"gen2:{folder}", "--collection", collection, "--type", "defects"]
    assert main(words) == 0
    after = read_text(DEFECTS, (repository / DEFECTS).read_bytes())
    assert after == before
    assert main([*words, "--detector", "S11"]) == 1


def test_what_the_stack_ingested_comes_back(published, tmp_path, capsys):
    repository, folder = published
    (source,) = [one.file for one in holdings(f"gen2:{folder}") if one.data_id.dataset_type == "defects"]
    theirs = tmp_path / "theirs"
    ingest_calibs(theirs, "defects", ("NONE", 0, "2020-01-01"))
    words = ["-C", str(repository), "pull", f"gen2:{theirs}#myCam", "--collection", "myCam/calib"]
    assert main(words) == 1
    assert "the place of its file" in capsys.readouterr().err
    file = theirs / "defects/2020-01-01/defects-2020-01-01-000.fits"
    file.parent.mkdir(parents=True)
    shutil.copy(source, file)
    assert holdings(f"gen2:{theirs}")[0].content != ""
    assert main([*words[:-1], "myCam/calib/x"]) == 1
    assert "is not a label" in capsys.readouterr().err
    before = (repository / DEFECTS).read_bytes()
    (repository / DEFECTS).unlink()
    assert main(words) == 0
    assert read_text(DEFECTS, (repository / DEFECTS).read_bytes()) == read_text(DEFECTS, before)
