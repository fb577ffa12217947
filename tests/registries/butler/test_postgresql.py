"""A Butler on PostgreSQL: the same promises, kept by a real server."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import warm

from curator.cli.main import main
from curator.errors import CuratorError
from curator.registries.model.model import Storage
from curator.registries.publish.ingest import holdings
from curator.registries.registry import open_registry

from ..conftest import Calib, dates, ingest
from ..server import Server

LATER = "2020-01-01T00:00:00"
TWO = (Calib(1, end=LATER), Calib(2, start=LATER, sha="2" * 40))


@pytest.fixture
def address(server: Server) -> str:
    return server.database()


def command(export: Path, folder: Path, label: str, address: str, *more: str) -> list[str]:
    words = ["ingest", "--create", str(export), f"butler:{folder}", "--label", label, "--database", address]
    return [warm.python(), "-m", "curator", *words, *more]


def listed(folder: Path) -> list[tuple[str, str, str]]:
    return [(one.source, *dates(one)) for one in holdings(f"butler:{folder}")]


def test_an_export_goes_in_once_and_is_found(address, export, tmp_path, capsys):
    tree, folder = export(*TWO), tmp_path / "butler"
    words = ["ingest", "--create", str(tree), f"butler:{folder}", "--label", "a", "--prefer"]
    assert main([*words, "--database", address]) == 0
    assert address in (folder / "butler.yaml").read_text()
    assert not list(folder.glob("*.sqlite3"))
    capsys.readouterr()
    assert main(words) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert [start for _, start, _ in listed(folder)] == ["1970-01-01T00:00:00", LATER]


def test_an_address_with_a_password_is_refused_and_never_printed(export, tmp_path, capsys):
    words = [
        "ingest",
        "--create",
        str(export(*TWO)),
        f"butler:{tmp_path / 'b'}",
        "--label",
        "a",
        "--database",
    ]
    for address in ("postgresql://u:s3cret@127.0.0.1/b", "postgresql://127.0.0.1/b?password=s3cret"):
        assert main([*words, address]) == 2
        said = capsys.readouterr()
        assert "password" in said.err
        assert "s3cret" not in said.out + said.err
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    "address", ["sqlite:///x.db", "postgresql://127.0.0.1", "mysql://u@h/b", "nonsense", "postgresql:///"]
)
def test_what_is_no_database_of_postgresql_is_refused(address, export, tmp_path, capsys):
    words = [
        "ingest",
        "--create",
        str(export(*TWO)),
        f"butler:{tmp_path / 'b'}",
        "--label",
        "a",
        "--database",
        address,
    ]
    assert main(words) == 2
    assert "--database" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()


def test_a_server_that_is_not_there_is_one_line(export, tmp_path, capsys):
    address = "postgresql://u@127.0.0.1:1/b"
    words = [
        "ingest",
        "--create",
        str(export(*TWO)),
        f"butler:{tmp_path / 'b'}",
        "--label",
        "a",
        "--database",
        address,
    ]
    assert main(words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_database_with_the_tables_of_another_butler_is_refused(address, export, tmp_path):
    tree = export(*TWO)
    ingest(tree, f"butler:{tmp_path / 'one'}", "a", database=address)
    with pytest.raises(CuratorError, match="already has the tables of a Butler"):
        ingest(tree, f"butler:{tmp_path / 'two'}", "a", database=address)
    assert len(listed(tmp_path / "one")) == 2
    with pytest.raises(CuratorError, match="already uses another database"):
        ingest(tree, f"butler:{tmp_path / 'one'}", "a", database=f"{address}2")


def test_operators_in_different_folders_wait_for_each_other(address, export, tmp_path):
    """Each has a copy of butler.yaml, as on different machines: only the database can keep them apart."""
    from curator.registries.butler.databases import database_of

    tree = export(*TWO)
    ingest(tree, f"butler:{tmp_path / 'one'}", "a", database=address)
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "butler.yaml").write_text((tmp_path / "one" / "butler.yaml").read_text())
    told: list[str] = []
    other = database_of(address, str(tmp_path / "one"))
    with (
        other.locked(5, lambda _: None),
        pytest.raises(CuratorError, match=r"did not finish within 0.5 s"),
    ):
        ingest(tree, f"butler:{tmp_path / 'two'}", "u/ada/b", wait=0.5, notify=told.append)
    assert len(told) == 1
    ingest(tree, f"butler:{tmp_path / 'two'}", "u/ada/b")
    assert len(listed(tmp_path / "two")) == 4


def test_four_at_once_put_everything_in_once(address, export, tmp_path):
    tree, folder = export(*TWO), tmp_path / "butler"
    ingest(tree, f"butler:{folder}", "u/ada/begin", database=address)
    labels = ("a", "a", "u/ada/x", "u/ada/y")
    running = [
        subprocess.Popen(
            command(tree, folder, label, address), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for label in labels
    ]
    for process in running:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    assert len(listed(folder)) == 8
    assert all(Path(one.file).exists() for one in holdings(f"butler:{folder}"))


def undo_the_last_step(folder: Path) -> None:
    """Leave a Butler as one killed after its tables were made, and before its configuration moved out."""
    (folder / "curator-creating").mkdir()
    (folder / "butler.yaml").rename(folder / "curator-creating" / "butler.yaml")


def test_an_empty_butler_that_was_not_finished_is_finished(address, export, tmp_path):
    folder = tmp_path / "butler"
    with open_registry(f"butler:{folder}", "write", storage=Storage(address)):
        pass
    undo_the_last_step(folder)
    told: list[str] = []
    ingest(export(*TWO), f"butler:{folder}", "a", database=address, notify=told.append)
    assert "interrupted" in told[0]
    assert len(listed(folder)) == 2
    assert not (folder / "curator-creating").exists()


def test_one_that_somebody_used_meanwhile_is_not_taken(address, export, tmp_path):
    folder = tmp_path / "butler"
    ingest(export(*TWO), f"butler:{folder}", "a", database=address)
    undo_the_last_step(folder)
    with pytest.raises(CuratorError, match="already has the tables of a Butler"):
        ingest(export(*TWO), f"butler:{folder}", "a", database=address)


def test_what_is_certified_on_a_server_comes_back_as_text(address, export, tmp_path, capsys):
    camera = tmp_path / "obs_other_data/testCam/camera"
    camera.mkdir(parents=True)
    (camera / "19700101T000000.yaml").write_text(
        "metadata: {OBSTYPE: CAMERA, INSTRUME: TestCam}\nname: testCam\n"
        "detectors: [{name: R22_S11, id: 94}]\n"
    )
    repository = camera.parents[1]
    (repository / "curator.yaml").write_text(
        "schema_version: 1\nrepository: obs_other_data\nprofile: obs_base\ncameras: [testCam]\n"
    )
    subprocess.run(["git", "init", "-q", repository], check=True)
    folder = f"butler:{tmp_path / 'butler'}"
    assert main(["ingest", "--create", str(export(*TWO)), folder, "--label", "a", "--database", address]) == 0
    capsys.readouterr()
    assert main(["-C", str(repository), "pull", folder, "--collection", "TestCam/calib/a"]) == 0
    starts = ("19700101T000000", "20200101T000000")
    assert capsys.readouterr().out.splitlines() == [f"testCam/defects/r22_s11/{one}.ecsv" for one in starts]
    assert address not in "".join(one.read_text() for one in repository.rglob("*.inputs.yml"))


def test_a_database_of_others_is_refused_and_keeps_its_tables(address, export, tmp_path):
    """Also the second time, when the first might be taken for a run of one's own that was killed."""
    theirs, mine = tmp_path / "theirs", tmp_path / "mine"
    with open_registry(f"butler:{theirs}", "write", storage=Storage(address)):
        pass
    for _ in range(2):
        with pytest.raises(CuratorError, match="already has the tables of a Butler"):
            ingest(export(Calib()), f"butler:{mine}", "a", database=address)
        assert not mine.exists()
    ingest(export(Calib()), f"butler:{theirs}", "a")
