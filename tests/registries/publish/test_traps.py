"""Ways in which Butlers lose or spoil calibrations, each of which an ingest must stay clear of."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from datetime import datetime
from itertools import pairwise

import pytest
import warm

from curator.errors import CuratorError, RegistryError, UsageError
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings

from ..conftest import OTHER_COMMIT, Calib, Registry, dates

MANY = [
    Calib(number, detector, start=f"20{number:02d}-01-01T00:00:00", end=f"20{number + 1:02d}-01-01T00:00:00")
    for number in range(10, 16)
    for detector in ("R22_S11", "R22_S12", "R22_S20")
]


def start(*words: object, **options) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [warm.python(), "-m", "curator", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def finish(*processes: subprocess.Popen[str]) -> list[tuple[int, str, str]]:
    done = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        done.append((process.returncode, out, err))
    return done


def files_of(root):
    return {path: path.read_bytes() for path in root.rglob("*.fits")}


def test_racing_ingests_of_one_export_end_as_one(nowhere, export):
    root = export(*MANY)
    before = files_of(root)
    words = ("ingest", "--create", root, nowhere.target, "--label", "a", "--prefer")
    done = finish(start(*words), start(*words))
    assert [code for code, _, _ in done] == [0, 0], done
    assert sum("nothing to do" in out for _, out, _ in done) == 1
    assert files_of(root) == before
    assert len(holdings(nowhere.target)) == len(MANY)
    assert all(os.path.exists(one.file) for one in holdings(nowhere.target))


def test_racing_ingests_of_different_commits_under_one_label_leave_the_first_alone(registry, export):
    roots = [export(*MANY, name="a"), export(*MANY[:9], name="b", commit=OTHER_COMMIT)]
    done = finish(*(start("ingest", "--create", root, registry.target, "--label", "a") for root in roots))
    assert sorted(code for code, _, _ in done) == [0, 1], done
    winner = [code for code, _, _ in done].index(0)
    assert len(holdings(registry.target)) == (len(MANY), 9)[winner]


def test_repeated_and_refused_ingests_keep_every_file(registry, export):
    root = export(*MANY)
    before = files_of(root)
    for _ in range(3):
        registry.ingest(root)
    with pytest.raises(Refused):
        registry.ingest(export(Calib(99), name="b", commit=OTHER_COMMIT))
    assert files_of(root) == before


def test_an_ingest_that_fails_inside_the_butler_keeps_files_and_rows(registry, export, monkeypatch):
    """The transaction takes back the ingest with the certification, and never the files."""
    from curator.registries.butler.registry import ButlerRegistry

    registry.ingest(export(Calib()), "before")
    state, root = registry.state(), export(*MANY, name="b")
    before = files_of(root)

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ButlerRegistry, "_certify", fail)
        with pytest.raises(RegistryError, match="No space left on device"):
            registry.ingest(root, "a")
    assert registry.state() == state
    assert files_of(root) == before
    registry.ingest(root, "a")
    assert len(holdings(registry.target, "a")) == len(MANY)


def test_two_datasets_of_one_data_id_are_refused_before_anything_is_made(nowhere, export):
    with pytest.raises(Refused, match="cannot be ingested"):
        nowhere.ingest(
            export(
                Calib(1), Calib(2, sha="2" * 40, gitpath="TestCam/defects/r22_s11/1970-01-01T00:00:00.ecsv")
            )
        )
    assert not nowhere.path.exists()


@pytest.mark.parametrize("end", ["2020-01-01T00:00:00", "2019-01-01T00:00:00"])
def test_empty_and_reversed_ranges_are_refused_before_anything_is_made(nowhere, export, end):
    with pytest.raises(Refused) as caught:
        nowhere.ingest(export(Calib(start="2020-01-01T00:00:00", end=end)))
    assert "validity range is" in str(caught.value.differences[0])
    assert not nowhere.path.exists()


def test_ranges_of_one_data_id_that_straddle_are_refused_before_anything_is_made(nowhere, export):
    with pytest.raises(Refused):
        nowhere.ingest(export(Calib(end="2021-01-01T00:00:00"), Calib(2, start="2020-01-01T00:00:00")))
    assert not nowhere.path.exists()


def test_every_date_finds_one_dataset_and_no_date_finds_none(registry, export):
    """A look-up without a timespan returns None: `find` therefore has no way to leave the date out."""
    from lsst.daf.butler import Timespan

    from curator.registries.model.tai import to_time

    registry.ingest(export(*MANY), "a", prefer=True)
    butler = registry.open()
    where = {"instrument": "TestCam", "detector": 94, "collections": "TestCam/calib"}
    assert butler.find_dataset("defects", **where) is None
    for date in (datetime(2010, 1, 1), datetime(2013, 6, 1), datetime(2015, 12, 31, 23, 59, 59)):
        assert (
            butler.find_dataset("defects", **where, timespan=Timespan.fromInstant(to_time(date))) is not None
        )
    long = Timespan(to_time(datetime(2011, 6, 1)), to_time(datetime(2012, 6, 1)))
    with pytest.raises(LookupError):
        butler.find_dataset("defects", **where, timespan=long)
    butler.close()


@pytest.mark.parametrize("name", ["repo.v1", ".repo", "repo.", "Bücher im Regal"])
def test_a_folder_may_have_a_dot_in_its_name(nowhere, export, name):
    path = nowhere.path.with_name(name)
    registry = Registry(path)
    root = export(Calib())
    registry.ingest(root)
    assert registry.ingest(root).plan.is_empty
    assert len(holdings(f"butler:{path}/butler.yaml")) == 1
    assert sorted(one.name for one in path.iterdir()) == [".curator-ingest", "butler.yaml", "gen3.sqlite3"]


@pytest.mark.parametrize("name", ["50%", "what?", "a#b", "a\nb", "a\\b"])
def test_a_name_that_means_something_in_a_url_is_refused_before_anything_is_made(nowhere, export, name):
    path = nowhere.path.with_name(name)
    with pytest.raises(UsageError, match="prevents a Butler from finding its files"):
        Registry(path).ingest(export(Calib()))
    assert not path.exists()


def test_an_export_may_lie_in_a_folder_of_any_name(registry, export):
    root = export(Calib(), name="50% of #1?")
    registry.ingest(root)
    (one,) = holdings(registry.target)
    assert one.source == Calib().source
    assert os.path.dirname(one.file).startswith(str(root))


def test_dates_from_2030_on_are_certified_without_a_warning(registry, export, recwarn):
    registry.ingest(export(Calib(end="2035-01-01T00:00:00"), Calib(2, start="2035-01-01T00:00:00")))
    assert [dates(one)[1] for one in holdings(registry.target)] == ["2035-01-01T00:00:00", ""]
    assert not [one for one in recwarn.list if "Erfa" in str(one.category)]


def test_a_range_to_the_end_of_days_is_unbounded_in_a_butler(registry, export):
    root = export(Calib(end="9999-12-31T00:00:00"))
    registry.ingest(root)
    (one,) = holdings(registry.target)
    assert dates(one) == ("1970-01-01T00:00:00", "")
    assert registry.ingest(root).plan.is_empty


@pytest.mark.parametrize("date", ["1969-12-31T00:00:00", "2100-01-01T00:00:00"])
def test_a_start_that_butlers_have_no_date_for_is_refused(registry, export, date):
    for dry_run in (True, False):
        with pytest.raises(Refused) as caught:
            registry.ingest(export(Calib(start=date)), dry_run=dry_run)
        assert "a Butler can store only dates from 1970 to 2099" in str(caught.value.differences[0])


LEAVE_JOURNAL = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 1")
database.execute("BEGIN")
database.execute("CREATE TABLE half (text)")
database.executemany("INSERT INTO half VALUES (?)", [("x" * 1000,)] * 2000)
os._exit(9)
"""


def test_a_butler_whose_writer_was_killed_can_be_read(registry, export):
    """SQLite leaves a journal that a Butler, opened to read, fails at."""
    registry.ingest(export(Calib()))
    before = registry.state()
    subprocess.run([warm.python(), "-c", LEAVE_JOURNAL, str(registry.path / "gen3.sqlite3")], check=False)
    assert (registry.path / "gen3.sqlite3-journal").exists()
    with pytest.raises(Exception, match="readonly"):
        registry.open()
    assert len(holdings(registry.target)) == 1
    assert registry.state() == before


def test_an_ingest_after_one_that_was_killed_says_so(registry, export):
    told: list[str] = []
    root = export(Calib())
    registry.ingest(root, notify=told.append)
    assert told == []
    subprocess.run([warm.python(), "-c", LEAVE_JOURNAL, str(registry.path / "gen3.sqlite3")], check=False)
    assert registry.ingest(root, notify=told.append).plan.is_empty
    assert len(told) == 1
    assert "was interrupted" in told[0]


@pytest.mark.parametrize("moved", [False, True])
def test_a_butler_whose_making_was_killed_is_made_again(nowhere, export, moved):
    (nowhere.path / "curator-creating").mkdir(parents=True)
    (nowhere.path / "curator-creating" / "butler.yaml").write_text("half")
    if moved:
        (nowhere.path / "gen3.sqlite3").write_text("")
    told: list[str] = []
    nowhere.ingest(export(Calib()), notify=told.append)
    assert len(told) == 1
    assert len(holdings(nowhere.target)) == 1
    assert not (nowhere.path / "curator-creating").exists()


def test_a_label_left_incomplete_is_completed_and_that_is_said(registry, export, capsys):
    from lsst.daf.butler import CollectionType

    from curator.cli.main import main
    from curator.registries.model.collections import documentation

    root = export(*MANY)
    registry.ingest(root, "other")
    butler = registry.open(writeable=True)
    doc = documentation("obs_test_data", "c" * 40, "2025-04-30T12:00:00")
    butler.collections.register("TestCam/calib/a", CollectionType.CALIBRATION, doc=doc)
    butler.close()
    assert main(["ingest", "--create", str(root), registry.target, "--label", "a"]) == 0
    assert "completed TestCam/calib/a: an earlier run left ranges out" in capsys.readouterr().out
    assert len(holdings(registry.target, "a")) == len(MANY)


def test_a_registration_whose_file_record_was_lost_is_ingested_again(registry, export):
    root = export(Calib())
    registry.ingest(root)
    butler = registry.open(writeable=True)
    refs = butler.query_datasets("defects", "TestCam/calib/curated/*", find_first=False)
    butler.pruneDatasets(refs, disassociate=False, unstore=True, purge=False)
    butler.close()
    assert len(files_of(root)) == 1
    assert len(registry.ingest(root).plan.ingest) == 1
    (one,) = holdings(registry.target)
    assert os.path.exists(one.file)


def test_a_butler_that_someone_else_is_writing_is_one_line(registry, export):
    registry.ingest(export(Calib()))
    other = sqlite3.connect(registry.path / "gen3.sqlite3", isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RegistryError, match="someone else is writing to this Butler") as caught:
            registry.ingest(export(Calib(2, sha="2" * 40), commit=OTHER_COMMIT), "b", wait=0.3)
    finally:
        other.close()
    assert caught.value.exit_status == 2
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("butler.yaml", b""),
        ("butler.yaml", b"\0\xff"),
        ("butler.yaml", b"a: [\n"),
        ("butler.yaml", b"datastore:\n  cls: no.such.Class\n"),
        ("gen3.sqlite3", b"not a database" * 100),
        ("gen3.sqlite3", b""),
    ],
)
def test_a_damaged_butler_is_one_line(registry, export, name, content):
    root = export(Calib())
    registry.ingest(root)
    (registry.path / name).write_bytes(content)
    for action in (lambda: registry.ingest(root, "b"), lambda: holdings(registry.target)):
        with pytest.raises(CuratorError) as caught:
            action()
        assert "\n" not in caught.value.message
        assert str(registry.path) in str(caught.value)


def test_a_folder_of_someone_elses_files_is_not_made_a_butler(nowhere, export):
    nowhere.path.mkdir()
    (nowhere.path / "thesis.tex").write_text("")
    for dry_run in (True, False):
        with pytest.raises(RegistryError, match=r"holds 'thesis.tex', and no Butler"):
            nowhere.ingest(export(Calib()), dry_run=dry_run)
    assert [one.name for one in nowhere.path.iterdir()] == ["thesis.tex"]


def test_a_disk_that_fills_up_leaves_what_was_there(registry, export):
    root = export(Calib())
    registry.ingest(root)
    before = registry.state()
    size = (registry.path / "gen3.sqlite3").stat().st_size
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); "
        "from curator.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    years = [f"{1970 + number}-01-01T00:00:00" for number in range(40)]
    many = [Calib(start=start, end=end) for start, end in pairwise(years)]
    more = export(*many, name="b", commit=OTHER_COMMIT)
    command = [warm.python(), "-c", program, "ingest", more, registry.target, "--label", "b"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert "the Butler's database says: " in done.stderr
    assert "Traceback" not in done.stderr
    assert registry.state() == before


def test_a_place_where_nothing_can_be_made_is_one_line(export, tmp_path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "butler"):
        with pytest.raises(RegistryError) as caught:
            Registry(place).ingest(export(Calib()))
        assert caught.value.exit_status == 2


def test_there_is_nothing_to_list_where_no_butler_is(nowhere, tmp_path):
    for place in (nowhere.path, tmp_path / "none.yaml"):
        with pytest.raises(RegistryError, match="no"):
            holdings(f"butler:{place}")
        assert not place.exists()
