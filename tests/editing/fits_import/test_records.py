"""Records beside calibrations have names that the readers of other software leave alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from editing.foreign_files import FOREIGN, write
from editing.texts import git

from curator.checks.run.engine import check
from curator.cli.main import main
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

Template = Callable[..., Path]
OLD = "myCam/defects/s00/20200101T000000.inputs.yaml"
NEW = "myCam/defects/s00/20200101T000000.inputs.yml"
TEXT = "exposures: [1, 2]\n"


def read_by_obs_base(folder: Path) -> Iterator[str]:
    """Give the stem of every file that obs_base's reader takes for a calibration below a directory of a type.

    ``lsst.obs.base._read_curated_calibs.read_all`` walks it, and asks these three suffixes.
    """
    for above, _, names in os.walk(folder):
        for name in names:
            stem, suffix = os.path.splitext(name)
            if suffix in (".ecsv", ".yaml", ".json"):
                yield stem
                assert Path(above, name).is_file()


def found_in(root: Path) -> list[tuple[str, str, str]]:
    tree = Repository.find(root).worktree()
    report = check(tree, load_config(tree))
    return [(one.code, one.severity, one.path) for one in report.findings if one.code.startswith("CUR41")]


def test_a_reader_of_obs_base_takes_nothing_for_a_calibration_that_is_none(
    template: Template, tmp_path: Path, monkeypatch
) -> None:
    root = template("obs_base")
    monkeypatch.chdir(root)
    files = [str(write(tmp_path / f"{kind}.fits", FOREIGN[kind]())) for kind in ("defects", "crosstalk")]
    assert main(["import", *files, "--start", "2025-05-01T00:00:00"]) == 0
    assert main(["baseline", "write"]) == 0
    assert main(["note", "myCam/defects/s00/20250501T000000.ecsv", "-m", "why"]) == 0
    types = [folder for folder in (root / "myCam").iterdir() if folder.is_dir()]
    stems = [stem for folder in types for stem in read_by_obs_base(folder)]
    assert len(stems) > len(types) > 5
    for stem in stems:
        datetime.fromisoformat(stem)
    assert len(list(root.rglob("*.inputs.yml"))) == 2


@pytest.mark.parametrize(("profile", "severity"), [("obs_base", "error"), ("dmtn148", "warning")])
def test_a_record_of_the_old_suffix_is_read_found_and_renamed(
    template: Template, monkeypatch, capsys, profile: str, severity: str
) -> None:
    root = template(profile)
    monkeypatch.chdir(root)
    (root / OLD).write_text(TEXT)
    (root / OLD).chmod(0o600)
    git(root, "add", "-A")
    assert found_in(root) == [("CUR419", severity, OLD)]
    assert main(["fix", "--diff"]) == 1
    patch = capsys.readouterr().out
    subprocess.run(["git", "apply", "--check"], cwd=root, input=patch, text=True, check=True)
    assert (root / OLD).exists()
    assert main(["fix"]) == 0
    assert "CUR419" in capsys.readouterr().out
    assert not (root / OLD).exists()
    assert (root / NEW).read_text() == TEXT
    assert (root / NEW).stat().st_mode & 0o777 == 0o600
    assert found_in(root) == []
    assert main(["fix"]) == 0


def test_a_record_under_both_names_is_left_to_people(template: Template, monkeypatch) -> None:
    root = template("obs_base")
    monkeypatch.chdir(root)
    (root / OLD).write_text(TEXT)
    (root / NEW).write_text("exposures: [3]\n")
    assert main(["fix"]) == 0
    assert [code for code, _, _ in found_in(root)] == ["CUR419"]
    assert (root / OLD).read_text() == TEXT
    assert (root / NEW).read_text() == "exposures: [3]\n"


def test_an_import_does_not_write_a_second_record(
    template: Template, tmp_path: Path, monkeypatch, capsys
) -> None:
    root = template("obs_base")
    monkeypatch.chdir(root)
    old = root / "myCam/defects/s00/20250501T000000.inputs.yaml"
    old.write_text(TEXT)
    file = write(tmp_path / "defects.fits", FOREIGN["defects"]())
    words = ["import", str(file), "--start", "2025-05-01T00:00:00"]
    assert main(words) == 2
    assert "`curator fix` renames it" in capsys.readouterr().err
    assert not old.with_suffix(".yml").exists()
