"""An operator's work on a real repository, the same against every kind of registry."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import warm
from conftest import need_module

from curator.calibrations.types.crosstalk import Crosstalk
from curator.cli.main import main

TABLE = "visit,date,exptime,detector\n" + "".join(
    f"{number},{date},30,{detector}\n"
    for number, (date, detector) in enumerate(
        (f"{year}-{month}", detector)
        for year in (2012, 2013, 2015, 2020)
        for month in ("03-01T03:00:00", "11-20T08:00:00")
        for detector in ("S1", "S9", "N4")
    )
)


@pytest.fixture(params=["sqlite", "postgresql", "gen2"])
def place(request, tmp_path) -> tuple[str, list[str]]:
    """A registry that is not made yet, and the options that make it."""
    if request.param == "gen2":
        return f"gen2:{tmp_path / 'CALIB'}", []
    need_module("lsst.daf.butler")
    if request.param == "sqlite":
        return f"butler:{tmp_path / 'butler'}", []
    return f"butler:{tmp_path / 'butler'}", ["--database", request.getfixturevalue("server").database()]


@pytest.fixture
def run(capsys):
    """Type a command; the exit status is the one expected, and a person never sees a traceback."""

    def type_(*words: object, status: int | None = 0) -> str:
        done = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert status is None or done == status, (words, out, err)
        return out

    return type_


@pytest.fixture(scope="module")
def _adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder for a real repository that is adopted once, and for its export."""
    return tmp_path_factory.mktemp("adopted")


@pytest.fixture
def root(_adopted: Path, real_repository, run, monkeypatch, tmp_path: Path) -> Path:
    """A real repository that stands under git and is adopted, with the shell in it."""
    if not (ready := _adopted / "obs_decam_data").exists():
        folder = real_repository(ready.name)
        monkeypatch.chdir(folder)
        run("adopt")
        commit("Adopt curator")
        run("export", _adopted / "export")
        monkeypatch.chdir(tmp_path)
        shutil.move(folder, ready)
    shutil.copytree(ready, folder := tmp_path / ready.name, symlinks=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def export(_adopted: Path, root: Path, run):
    """Return a function that exports the repository; it goes on from an export of what was adopted."""

    def make(folder: Path) -> Path:
        shutil.copytree(_adopted / "export", folder)
        run("export", folder)
        return folder

    return make


def commit(subject: str) -> None:
    subprocess.run(["git", "add", "-A"], check=True)
    subprocess.run(["git", "commit", "-q", "-m", subject], check=True)


def test_an_operator_publishes_asks_goes_back_and_cleans_up(place, root, run, export, tmp_path):
    target, options = place
    # A Gen2 registry serves whole days, which is not the same.
    sites = 2 if target.startswith("gen2:") else 1
    table = tmp_path / "nights.csv"
    table.write_text(TABLE)

    def publish(label: str) -> Path:
        plan = tmp_path / f"{label}.json"
        run(
            "plan",
            "--create",
            export(tmp_path / f"export-{label}"),
            target,
            "--label",
            label,
            "--prefer",
            "-o",
            plan,
            *(() if label != "one" else options),
        )
        run("apply", plan)
        assert "nothing to do" in run("apply", plan)
        return plan

    def answers(*where: str) -> list[object]:
        words = ("--exposures", table, "--type", "defects", "--type", "crosstalk", "--type", "linearizer")
        found = json.loads(run("select", *words, "--format", "json", *where, status=None))["answers"]
        return [(one["status"], [each["path"] for each in one["calibrations"]]) for one in found]

    def fingerprints() -> set[str]:
        return {line.split()[0] for line in run("fingerprint", "HEAD", target, status=None).splitlines()}

    publish("one")
    first = answers()
    assert {status for status, _ in first} >= {"found"}
    assert answers("--registry", target) == first
    assert len(fingerprints()) == sites

    bad = run("select", "--type", "defects", "--detector", "S1", "--date", "2013-03-01T03:00:00").strip()
    run(
        "deprecate",
        bad,
        "--reason",
        "taken with the shutter open",
        "--from",
        "2013-01-01",
        "--to",
        "2014-01-01",
    )
    commit("Deprecate defects of 2013")
    second = publish("two")
    gone = answers()
    assert ("none", []) in gone
    assert gone != first
    assert answers("--registry", target) == gone
    assert "taken with" in run("why", "--type", "defects", "--detector", "S1", "--date",
                               "2013-03-01T03:00:00", status=1)  # fmt: skip
    assert len(fingerprints()) == sites
    changed = run(
        "impact", "--registry", target, "one..two", "--exposures", table, "--type", "defects", status=1
    )
    assert 1 < len(changed.splitlines()) < 10

    run("rollback", second, "-o", tmp_path / "back.json")
    run("apply", tmp_path / "back.json")
    assert answers("--registry", target) == first
    run("plan", target, "--purge", "two", "-o", tmp_path / "purge.json")
    run("apply", tmp_path / "purge.json")
    assert "no longer exists" in run("apply", tmp_path / "purge.json")
    assert answers("--registry", target) == first
    assert all(
        Path(one["file"]).is_file()
        for one in json.loads(run("holdings", target, "--format", "json"))["holdings"]
    )

    run("coverage", "--registry", target, status=None)
    text = next(root.glob("decam/crosstalk/s1/*"))
    content = text.read_bytes()
    text.unlink()
    run("pull", target, "--collection", "DECam/calib", "--type", "crosstalk")
    (back,) = (one for one in root.glob("decam/crosstalk/s1/*") if not one.name.endswith(".inputs.yml"))
    kind = Crosstalk.readText(content, str(text))
    assert Crosstalk.readText(back).content_digest() == kind.content_digest()
    others = subprocess.run(
        ["git", "status", "--porcelain"], check=True, capture_output=True, text=True
    ).stdout
    assert all("crosstalk/s1/" in line for line in others.splitlines())


def test_an_operator_certifies_overrides_imports_and_hands_over(place, root, run, export, tmp_path):
    target, options = place
    asked = ("--type", "defects", "--detector", "S1", "--date")
    before = run("select", *asked, "2030-03-01T03:00:00").strip()
    words = ("--detector", "S1", "--from", before, "--start", "2029-06-01T00:00:00")
    made = run("new", "defects", *words).split("\n")[0]
    run("certify", made, "--start", "2030-01-01T00:00:00", "--end", "2031-01-01T00:00:00")
    commit("Certify the defects of 2030")
    after = run("select", *asked, "2030-03-01T03:00:00").strip()
    assert after not in (before, made)
    assert run("select", *asked, "2029-03-01T03:00:00").strip() == before
    assert run("select", *asked, "2031-03-01T03:00:00", status=1).strip() == ""

    export(tmp_path / "export")
    run("ingest", "--create", tmp_path / "export", target, "--label", "one", "--prefer", *options)
    assert "nothing to do" in run(
        "ingest", "--create", tmp_path / "export", target, "--label", "one", "--prefer"
    )
    served = ("--registry", target)
    assert run("select", *asked, "2030-03-01T03:00:00", *served).strip() == after
    assert run("select", *asked, "2031-03-01T03:00:00", *served, status=1).strip() == ""

    overrides = tmp_path / "overrides.yaml"
    overrides.write_text(
        "schema_version: 1\noverrides:\n- dataset_type: defects\n  detector: S1\n"
        f"  begin: 2030-02-01\n  end: 2030-04-01\n  calibration: {before}\n  reason: a trial\n"
    )
    for where in ((), served):
        for date, wanted in (("2030-03-01T03:00:00", before), ("2030-05-01T03:00:00", after)):
            assert run("select", *asked, date, "--overrides", overrides, *where).strip() == wanted
        assert "a trial" in run("why", *asked, "2030-03-01T03:00:00", "--overrides", overrides, *where)

    (exported,) = (tmp_path / "export" / Path(after).parent).glob("20300101T000000-*.fits")
    (root / after).unlink()
    assert run("import", exported).split(":")[0].strip() == after
    run("check", "--rev", "HEAD")
    assert run("select", *asked, "2030-03-01T03:00:00").strip() == after

    if target.startswith("butler:"):
        run("handover", tmp_path / "export", tmp_path / "carried", "--label", "one", "--prefer")
        there = f"butler:{tmp_path / 'there'}"
        run("ingest", "--create", tmp_path / "carried", there, "--label", "one", "--prefer")
        received = [warm.python(), "-W", "ignore", tmp_path / "carried" / "receive.py", tmp_path / "there"]
        assert "nothing to do" in subprocess.run(received, check=True, capture_output=True, text=True).stdout
        served_at = run("fingerprint", target, there).splitlines()
        assert len({line.split()[0] for line in served_at}) == 1
