"""From the text to a Butler: what is deprecated is not found any more, or the one before it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from conftest import need_module

from curator.cli.main import main
from curator.registries.model.tai import to_timespan

need_module("lsst.daf.butler")

FIRST, SECOND = (f"myCam/defects/s00/{year}0101T000000.ecsv" for year in (2020, 2022))


def test_a_look_up_finds_nothing_where_nothing_is_valid_and_the_one_before_with_a_fall_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lsst.daf.butler import Butler

    root, export, target = tmp_path / "obs_mycam_data", tmp_path / "export", tmp_path / "butler"
    run("init", str(root), "--camera", "myCam")
    monkeypatch.chdir(root)
    run("new", "defects", "--detector", "S00", "--start", "2022-01-01")

    def publish(label: str) -> None:
        commit(root, label)
        run("export", str(export))
        run("ingest", "--create", str(export), f"butler:{target}", "--label", label, "--prefer")
        run("fingerprint", "HEAD", str(export), f"butler:{target}")

    def found(year: int, label: str = "") -> str:
        night = to_timespan(datetime(year, 3, 1), datetime(year, 3, 1, 0, 1))
        with Butler.from_config(str(target)) as butler:
            ref = butler.find_dataset(
                "defects",
                instrument="myCam",
                detector=0,
                timespan=night,
                collections=f"myCam/calib/{label}" if label else "myCam/calib",
            )
        return ref.run.split("/")[-2] if ref else ""

    publish("1")
    assert [found(year) for year in (2021, 2022, 2023)] == [stem(FIRST), stem(SECOND), stem(SECOND)]
    interval = ("--from", "2022-02-01", "--to", "2022-06-01")
    run("deprecate", SECOND, "--reason", "a light leak", *interval)
    publish("2")
    assert [found(year) for year in (2021, 2022, 2023)] == [stem(FIRST), "", stem(SECOND)]
    assert found(2022, "1") == stem(SECOND)
    run("deprecate", SECOND, "--reason", "a light leak", *interval, "--fall-back")
    publish("3")
    assert [found(year) for year in (2021, 2022, 2023)] == [stem(FIRST), stem(FIRST), stem(SECOND)]
    run("deprecate", SECOND, "--reason", "the wrong detector")
    publish("4")
    assert [found(year) for year in (2021, 2022, 2023)] == [stem(FIRST), "", ""]


def stem(path: str) -> str:
    return Path(path).stem


def run(*words: str) -> None:
    assert main(words) == 0


def commit(root: Path, subject: str) -> None:
    import subprocess

    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    subprocess.run(["git", "commit", "-q", "-m", subject], cwd=root, check=True)
