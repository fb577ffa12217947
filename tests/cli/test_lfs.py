"""Calibrations in Git LFS: no verb takes a pointer for a calibration, and none starts git-lfs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import need
from repository.made import Made

from curator.cli.main import main

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


def test_a_pointer_is_one_finding_wherever_it_stands_and_is_never_exported(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    need("git-lfs")
    shutil.copytree(template, tmp_path / "full", ignore=shutil.ignore_patterns(".git"))
    made = Made.at(tmp_path / "full")
    made.git("lfs", "install", "--local")
    (made.root / ".gitattributes").write_text("ExampleCam/defects/** filter=lfs diff=lfs merge=lfs -text\n")
    made.commit("Keep defects in Git LFS")
    made.git("clone", "-q", "-c", "filter.lfs.smudge=git-lfs smudge --skip -- %f", ".", "../bare")
    bare = tmp_path / "bare"
    assert (bare / DEFECTS).read_text().startswith("version https://git-lfs")

    for root, words in ((bare, ["check"]), (bare, ["check", DEFECTS]), (made.root, ["check", "--staged"])):
        capsys.readouterr()
        assert main(["-C", str(root), *words]) == 1
        said = capsys.readouterr().out
        assert said.count("CUR025") == 1
        assert "1 error" in said
    for root in (made.root, bare):
        capsys.readouterr()
        assert main(["-C", str(root), "export", str(tmp_path / f"out-{root.name}")]) == 1
        assert f"{DEFECTS}:1:1: the file is a Git LFS pointer" in capsys.readouterr().err
        assert not list(tmp_path.glob("out-*/manifest.ecsv"))
