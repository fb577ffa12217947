"""What images used, looked up in a real Butler, and in the history of git alone."""

from __future__ import annotations

import json
import subprocess
import uuid
from datetime import datetime
from pathlib import Path

import pytest
from conftest import need_module

from curator.calibrations.data_id import DataId
from curator.cli.main import main
from curator.formats.fits.fits import image_hdu0
from curator.registries.model.dataset_ids import dataset_id

from ..conftest import Calib

RAW = {"LSST CALIB RUN CCDEXPOSURE": "TestCam/raw/all", "LSST CALIB UUID CCDEXPOSURE": str(uuid.uuid4())}


def image(path: Path, inputs: dict[str, tuple[str, str]], more: dict[str, str] = RAW) -> Path:
    """Write the header of a processed image that names inputs by id and run."""
    cards = dict(more)
    for name, (id_, run) in inputs.items():
        cards |= {f"LSST CALIB UUID {name}": id_, f"LSST CALIB RUN {name}": run}
        cards[f"LSST CALIB DATE {name}"] = "2025-04-30 12:00:00"
    path.write_bytes(image_hdu0([(*one, "") for one in cards.items()]))
    return path


@pytest.fixture
def run(capsys):
    """Return a function that runs `curator uses` and gives its exit status, output and errors."""

    def go(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["uses", *map(str, words)])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return go


def held(registry, *names: str) -> dict[str, tuple[str, str]]:
    """Return id and run of the first dataset of each type in a Butler."""
    butler = registry.open()
    found = {}
    for name in names:
        (ref, *_) = butler.query_datasets(name, "*", find_first=False, limit=None)
        found[name.upper()] = (str(ref.id), ref.run)
    butler.close()
    return found


def test_a_butler_knows_text_commit_and_label(registry, export, run, tmp_path):
    registry.ingest(export(Calib(sha="1" * 40), Calib(detector="R22_S12", sha="2" * 40)))
    used = {**held(registry, "defects"), "BIAS": (str(uuid.uuid4()), "TestCam/calib/DM-1")}
    name = image(tmp_path / "post.fits", used)
    status, out, _ = run("--headers", name, "--registry", registry.target, "--format", "json")
    assert status == 0
    (found,) = json.loads(out)["images"]
    bias, raw, defects = found["calibrations"]
    assert (bias["status"], raw["status"], defects["status"]) == ("unknown", "image", "found")
    assert defects["path"].startswith("TestCam/defects/r22_s1")
    assert defects["commit"] in ("1" * 40, "2" * 40)
    assert defects["labels"] == ["TestCam/calib/2025.1"]
    assert (defects["dataset_type"], defects["instrument"]) == ("defects", "TestCam")
    status, out, _ = run("--headers", name, "--registry", registry.target)
    assert status == 0
    assert "  BIAS: unknown to this registry\n" in out
    assert f"{defects['path']} at {defects['commit'][:12]}" in " ".join(out.split())


def test_a_dataset_of_others_and_a_lost_file_are_told_apart(registry, export, run, tmp_path):
    registry.ingest(export(Calib()))
    from lsst.daf.butler import DatasetType

    butler = registry.open(writeable=True)
    butler.collections.register("TestCam/calib/DM-1")
    kind = DatasetType(
        "note",
        ("instrument", "detector"),
        "StructuredDataDict",
        universe=butler.dimensions,
        isCalibration=True,
    )
    butler.registry.registerDatasetType(kind)
    ref = butler.put({"a": 1}, "note", instrument="TestCam", detector=94, run="TestCam/calib/DM-1")
    butler.close()
    used = held(registry, "defects")
    for file in (tmp_path / "export").rglob("*.fits"):
        file.unlink()
    name = image(tmp_path / "post.fits", used | {"NOTE": (str(ref.id), ref.run)})
    _, out, _ = run("--headers", name, "--registry", registry.target)
    text = " ".join(out.split())
    assert "NOTE: note TestCam 94" in text
    assert "DEFECTS: defects TestCam 94: its file is lost or cannot be read" in text


def test_an_id_is_what_a_butler_makes_of_the_same_dataset(registry, export):
    from curator.registries.model.collections import version_name

    calibs = (
        Calib(sha="1" * 40),
        Calib(detector="R22_S12", start="2025-04-30T12:00:00", sha="2" * 40),
        Calib(dataset_type="transmission_filter", detector="", filter="g_6", sha="3" * 40),
    )
    registry.ingest(export(*calibs))
    butler = registry.open()
    found = {str(ref.id) for ref in butler.query_all_datasets("*", find_first=False)}
    butler.close()
    from ..conftest import DETECTORS

    wanted = {
        str(
            dataset_id(
                DataId(
                    one.kind.registry_name or one.dataset_type,
                    one.instrument,
                    DETECTORS[one.detector] if one.detector else None,
                    one.filter,
                ),
                version_name(one.instrument, one.sha, datetime.fromisoformat(one.start)),
            )
        )
        for one in calibs
    }
    assert found == wanted


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A repository whose first commit was published to a Butler, and edited afterwards."""
    need_module("lsst.daf.butler")
    folder = tmp_path_factory.mktemp("published")
    root, butler = folder / "repository", folder / "butler"
    assert main(["-C", str(folder), "init", "repository", "--camera", "ExampleCam"]) == 0

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    git("add", "-A")
    git("commit", "-q", "-m", "Begin")
    first = git("rev-parse", "HEAD")
    out = str(folder / "export")
    assert main(["-C", str(root), "export", out]) == 0
    options = ("--label", "u/ada/one", "--create", "--register-instrument")
    assert main(["ingest", out, f"butler:{butler}", *options]) == 0
    (file,) = root.glob("ExampleCam/defects/s00/*.ecsv")
    file.write_text(file.read_text() + "1 1 1 1\n")
    git("commit", "-q", "-a", "-m", "Mask a pixel")
    git("rm", "-q", "-r", "ExampleCam/crosstalk")
    git("commit", "-q", "-m", "Remove the crosstalk")
    return root, butler, first


def test_git_alone_knows_what_was_published(published, run, tmp_path, monkeypatch):
    from lsst.daf.butler import Butler

    root, where, first = published
    butler = Butler.from_config(str(where))
    refs = list(butler.query_all_datasets("*", find_first=False, limit=None))
    butler.close()
    inputs = {
        f"{ref.datasetType.name} {number}".upper(): (str(ref.id), ref.run) for number, ref in enumerate(refs)
    }
    assert len({ref.datasetType.name for ref in refs}) > 8
    name = image(tmp_path / "post.fits", inputs)
    monkeypatch.chdir(root)
    answers = []
    for words in ((), ("--registry", f"butler:{where}")):
        status, out, err = run("--headers", name, *words, "--format", "json")
        assert status == 0, err
        answers.append(json.loads(out)["images"][0]["calibrations"])
        for one in answers[-1]:
            one.pop("labels")
    of_git, of_butler = answers
    assert of_git == of_butler
    known = [one for one in of_git if one["status"] != "image"]
    assert {(one["status"], one["commit"]) for one in known} == {("found", first)}
    assert {one["path"].split("/")[1] for one in known} > {"crosstalk", "defects"}


def test_an_id_of_another_repository_is_unknown_and_status_1(published, run, tmp_path, monkeypatch):
    root, _, _ = published
    monkeypatch.chdir(root)
    other = dataset_id(DataId("defects", "ExampleCam", 0), "ExampleCam/calib/curated/0123456789ab/x")
    inputs = {"DEFECTS": (str(other), "ExampleCam/calib/curated/20200101T000000/1"), "FLAT": ("Unknown", "x")}
    status, out, _ = run("--headers", image(tmp_path / "post.fits", inputs))
    assert status == 1
    assert out.count("unknown to this repository") == 2
    assert run("--headers", image(tmp_path / "none.fits", {}, {}))[:2] == (
        1,
        f"{tmp_path / 'none.fits'}\n  the header names no calibrations\n",
    )


@pytest.fixture
def of_three_commits(tmp_path):
    """A repository that edited one list of defects twice; and the names of its commits."""
    from curator.registries.model.collections import version_name

    root = tmp_path / "repository"
    assert main(["-C", str(tmp_path), "init", "repository", "--camera", "ExampleCam"]) == 0
    (file,) = root.glob("ExampleCam/defects/s00/*.ecsv")
    found = {}
    for number in range(3):
        if number:
            file.write_text(file.read_text() + f"{number} 1 1 1\n")
        for words in (("add", "-A"), ("commit", "-q", "-m", f"edit {number}")):
            subprocess.run(["git", *words], cwd=root, check=True)
        sha = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True
        )
        version = version_name("ExampleCam", sha.stdout.strip(), datetime(2020, 1, 1))
        id_ = str(dataset_id(DataId("defects", "ExampleCam", 0), version))
        found[sha.stdout.strip()] = id_, version
    return root, found


def test_a_shallow_clone_knows_what_it_can_and_says_once_why_not_more(
    of_three_commits, run, tmp_path, monkeypatch
):
    root, found = of_three_commits
    (_, first), (cut, second), (last, third) = found.items()
    names = dict(zip(("A", "B", "C"), (first, second, third), strict=True))
    name = image(tmp_path / "post.fits", names)
    clone = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth=2", f"file://{root}", str(clone)], check=True)
    answers = []
    for _ in ("cold cache", "warm cache"):
        monkeypatch.chdir(clone)
        answers.append(run("--headers", name, "--format", "csv"))
        monkeypatch.chdir(root)
        status, out, err = run("--headers", name, "--format", "csv")
        assert (status, out.count(",found,"), err) == (0, 3, "")
    assert answers[0] == answers[1]
    status, out, err = answers[0]
    assert status == 0
    assert [line.split(",")[5] for line in out.splitlines()[1:4]] == ["unknown", "found", "found"]
    assert f",{cut}\n" in out
    assert f",{last}\n" in out
    assert err.count("the history of this shallow clone is cut off") == 1
    assert "git fetch --unshallow" in err
    monkeypatch.chdir(clone)
    assert run("--headers", image(tmp_path / "new.fits", {"A": third}))[2] == ""


def test_an_id_in_another_spelling_is_found(of_three_commits, run, tmp_path, monkeypatch):
    root, found = of_three_commits
    monkeypatch.chdir(root)
    id_, name = next(iter(found.values()))
    for text in (id_.replace("-", ""), id_.upper(), f"{{{id_}}}"):
        status, out, _ = run("--headers", image(tmp_path / "post.fits", {"DEFECTS": (text, name)}))
        assert status == 0
        assert f"id {id_}" in out


def test_an_image_without_cards_has_a_row_with_empty_fields(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = image(tmp_path / "none.fits", {}, {})
    status, out, _ = run("--headers", name, "--format", "csv")
    assert status == 1
    assert out.splitlines() == ["image,name,uuid,run,date,status,path,commit", f"{name},,,,,,,"]
    assert "the header names no calibrations" in run("--headers", name)[1]


def test_an_exported_file_says_itself_what_it_is(published, run, monkeypatch):
    root, _, first = published
    monkeypatch.chdir(root)
    made = next((root.parent / "export").rglob("defects/**/*.fits"))
    status, out, _ = run("--headers", made)
    assert status == 0
    assert f"from ExampleCam/defects/s00/20200101T000000.ecsv at {first[:12]}" in " ".join(out.split())
    status, out, _ = run("--headers", made, "--format", "csv")
    assert f",found,ExampleCam/defects/s00/20200101T000000.ecsv,{first}\n" in out


def test_without_a_repository_nothing_is_looked_up_and_that_is_said(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = image(tmp_path / "post.fits", {"DEFECTS": (str(uuid.uuid4()), "x")})
    status, out, err = run("--headers", name)
    assert status == 1
    assert "DEFECTS: unknown" in out
    assert "there is no repository here" in err


def test_gen2_has_no_ids(run, tmp_path, export):
    from ..conftest import ingest

    target = f"gen2:{tmp_path / 'gen2'}"
    ingest(export(Calib()), target, "2025.1")
    name = image(tmp_path / "post.fits", {"DEFECTS": (str(uuid.uuid4()), "x")})
    status, _, err = run("--headers", name, "--registry", target)
    assert status in (1, 2)
    assert "datasets of a Gen2 registry have no ids" in err


def test_hostile_headers_steer_no_terminal(published, run, tmp_path, monkeypatch):
    root, _, _ = published
    monkeypatch.chdir(root)
    path = image(tmp_path / "post.fits", {"DEFECTS": ("=1+1 XXXXX", "runXXXXX")})
    path.write_bytes(path.read_bytes().replace(b"XXXXX", b"\x1b[2J\n"))
    for words in ((), ("--format", "csv"), ("--format", "json"), ("--format", "ecsv")):
        status, out, err = run("--headers", path, *words)
        assert status == 1
        assert "\x1b" not in out + err


def test_exposures_of_a_registry(registry, export, run, tmp_path):
    registry.ingest(
        export(Calib(x0=7, end="2025-04-30T12:00:00"), Calib(x0=50, start="2025-04-30T12:00:00")), prefer=True
    )
    night = tmp_path / "night.csv"
    night.write_text("visit,date,detector\n7,2020-05-14,94\n8,2025-07-01,94\n9,2025-07-01,95\n")
    words = ("--exposures", night, "--registry", registry.target, "--format", "csv")
    status, out, _ = run("TestCam/defects/r22_s11/20250430T120000.ecsv", *words)
    assert status == 0
    assert [line[:2] for line in out.splitlines()[1:]] == ["8,"]
    status, out, _ = run("--pixel", "8,3", "--detector", "R22_S11", *words)
    assert [line[:2] for line in out.splitlines()[1:]] == ["7,"]
    assert run("--pixel", "8,1", "--detector", "R22_S11", *words)[0] == 1
