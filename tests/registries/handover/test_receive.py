"""What a site's Butler must be like for a hand-over to go in, and what is said where it is not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from curator.calibrations.fits.stamp_reader import read_stamp
from curator.registries.handover.write import ABOUT, RECEIVE, YAML
from curator.registries.publish.ingest import holdings

from ..conftest import DETECTORS, OTHER_COMMIT, Calib

LATER = "2020-01-01T00:00:00"
TWO = [
    Calib(1, end=LATER),
    Calib(2, start=LATER, sha="2" * 40),
    Calib(4, dataset_type="transmission_filter", filter="g_6"),
]


def prepared(registry, *records, types=()):
    """Put dimension records and dataset types of a site's own into a Butler."""
    from lsst.daf.butler import DatasetType

    butler = registry.open(writeable=True)
    for element, *rows in records:
        butler.registry.insertDimensionData(element, *rows)
    for name, dimensions, storage, is_calibration in types:
        butler.registry.registerDatasetType(
            DatasetType(name, dimensions, storage, universe=butler.dimensions, isCalibration=is_calibration)
        )
    butler.close()


INSTRUMENT = ("instrument", {"name": "TestCam", "class_name": "lsst.obs.test.TestCam", "detector_max": 200})


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (
            [("detector", {"instrument": "TestCam", "id": 94, "full_name": "R22_S12"})],
            "detector 94 of TestCam: full_name is 'R22_S12' here, 'R22_S11' in the hand-over",
        ),
        (
            [("detector", {"instrument": "TestCam", "id": 5, "full_name": "R22_S11"})],
            "detector R22_S11 of TestCam: id is 5 here, 94 in the hand-over",
        ),
        (
            [("physical_filter", {"instrument": "TestCam", "name": "g_6", "band": "r"})],
            "physical filter g_6 of TestCam: band is 'r' here, 'g' in the hand-over",
        ),
    ],
)
def test_a_site_that_knows_a_record_otherwise_is_refused(registry, handed, receive, records, said):
    prepared(registry, INSTRUMENT, *records)
    folder, before = handed(*TWO), (registry.path / "gen3.sqlite3").read_bytes()
    status, err = receive(folder, registry.path)
    assert (status, said in err) == (1, True), err
    assert (registry.path / "gen3.sqlite3").read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            ("defects", ["instrument", "detector", "physical_filter"], "Defects", True),
            "dimensions are detector, instrument, physical_filter here, detector, instrument in the",
        ),
        (
            ("defects", ["instrument", "detector"], "StructuredDataDict", True),
            "dataset type defects: storage class is StructuredDataDict here, Defects in the hand-over",
        ),
        (
            ("defects", ["instrument", "detector"], "Defects", False),
            "dataset type defects: is none here, a calibration in the hand-over",
        ),
    ],
)
def test_a_dataset_type_that_is_another_one_is_refused(registry, handed, receive, kind, said):
    prepared(registry, types=[kind])
    folder, before = handed(*TWO), (registry.path / "gen3.sqlite3").read_bytes()
    status, err = receive(folder, registry.path)
    assert (status, said in err) == (1, True), err
    assert (registry.path / "gen3.sqlite3").read_bytes() == before


def test_all_that_differs_is_said_at_once(registry, handed, receive):
    swapped = [{"instrument": "TestCam", "id": 94, "full_name": "R22_S12"}]
    prepared(
        registry, INSTRUMENT, ("detector", *swapped), types=[("defects", ["instrument"], "Defects", True)]
    )
    status, err = receive(handed(*TWO), registry.path)
    assert (status, len(err.splitlines())) == (1, 3), err
    assert "2 definitions" in err


def test_a_site_that_knows_more_than_the_hand_over_keeps_what_it_knows(registry, handed, receive):
    """The instrument's own software has registered everything, with bands for filters that had none."""
    detectors = [
        {"instrument": "TestCam", "id": id_, "full_name": name.lower(), "raft": "R22", "purpose": "SCIENCE"}
        for name, id_ in DETECTORS.items()
    ]
    filters = [
        {"instrument": "TestCam", "name": "g_6", "band": "g"},
        {"instrument": "TestCam", "name": "open", "band": "white"},
    ]
    types = [
        ("defects", ["instrument", "detector"], "Defects", True),
        ("curated_camera", ["instrument"], "StructuredDataDict", True),
    ]
    records = [INSTRUMENT, ("detector", *detectors), ("physical_filter", *filters)]
    prepared(registry, *records, types=types)
    more = [
        Calib(5, dataset_type="transmission_filter", filter="open"),
        Calib(0, dataset_type="camera", gitpath="TestCam/camera/19700101T000000.yaml"),
    ]
    assert receive(handed(*TWO, *more), registry.path)[0] == 0
    butler = registry.open()
    found = butler.query_dimension_records("detector", instrument="TestCam")
    assert {one.raft for one in found} == {"R22"}
    butler.close()
    assert len(holdings(registry.target)) == 5


@pytest.mark.parametrize("universe", [3, 7])
def test_a_butler_with_dimensions_of_an_older_version_takes_it(nowhere, handed, receive, universe):
    from lsst.daf.butler import Butler

    resource = f"resource://lsst.daf.butler/configs/old_dimensions/daf_butler_universe{universe}.yaml"
    Butler.makeRepo(str(nowhere.path), dimensionConfig=resource)
    folder = handed(*TWO, prefer=True)
    assert receive(folder, nowhere.path)[0] == 0
    assert "nothing to do" in receive(folder, nowhere.path)[1]
    assert len(holdings(nowhere.target)) == 3


def preferred(registry):
    butler = registry.open()
    try:
        return tuple(butler.collections.get_info("TestCam/calib").children)
    finally:
        butler.close()


def test_an_older_hand_over_received_again_leaves_the_preferred_label(registry, handed, receive):
    old = handed(*TWO, name="old", prefer=True)
    new = handed(*TWO, name="new", label="2025.2", prefer=True, commit=OTHER_COMMIT)
    assert "TestCam/calib now prefers TestCam/calib/2025.1" in receive(old, registry.path)[1]
    assert "TestCam/calib now prefers TestCam/calib/2025.2" in receive(new, registry.path)[1]
    status, out = receive(old, registry.path)
    assert (status, preferred(registry)) == (0, ("TestCam/calib/2025.2",))
    assert "nothing to do" in out
    assert "still prefers TestCam/calib/2025.2: with --prefer it becomes TestCam/calib/2025.1" in out
    assert "now prefers TestCam/calib/2025.1" in receive(old, registry.path, "--prefer")[1]
    assert preferred(registry) == ("TestCam/calib/2025.1",)
    assert receive(old, registry.path)[1].count("\n") == 1


def test_a_label_that_nothing_is_preferred_to_becomes_preferred_later(registry, handed, receive):
    """Somebody emptied the chain, or filled it with labels of their own, which stay where they are."""
    from lsst.daf.butler import CollectionType

    folder = handed(*TWO, prefer=True)
    receive(folder, registry.path)
    butler = registry.open(writeable=True)
    butler.collections.register("TestCam/calib/cp_pipe", CollectionType.CALIBRATION)
    butler.collections.redefine_chain("TestCam/calib", ["TestCam/calib/cp_pipe"])
    butler.close()
    assert "now prefers" in receive(folder, registry.path)[1]
    assert preferred(registry) == ("TestCam/calib/2025.1", "TestCam/calib/cp_pipe")


def test_a_hand_over_that_is_not_to_be_preferred_cannot_be(registry, handed, receive):
    before = registry.state()
    status, err = receive(handed(*TWO), registry.path, "--prefer")
    assert (status, err.count("\n")) == (2, 1)
    assert "cannot become the preferred one" in err
    assert registry.state() == before


def test_what_is_no_longer_to_be_used_is_no_longer_found(registry, handed, receive):
    """As with `curator ingest`: an empty label takes the place of the earlier one."""
    both = [*TWO, Calib(7, instrument="OtherCam")]
    receive(handed(*both, name="one", prefer=True), registry.path)
    gone = [*TWO, Calib(7, instrument="OtherCam", status="deprecated")]
    two = handed(*gone, name="two", label="2025.2", prefer=True, commit=OTHER_COMMIT)
    _, out = receive(two, registry.path)
    assert "OtherCam/calib now prefers OtherCam/calib/2025.2" in out
    assert [one.label for one in holdings(registry.target) if one.preferred] == ["TestCam/calib/2025.2"] * 3
    assert receive(two, registry.path)[1].count("\n") == 1
    assert registry.ingest(two, "2025.2", prefer=True).plan.is_empty


def test_a_first_label_of_which_nothing_is_to_be_used_is_not_made(registry, handed, receive):
    calibs = [*TWO, Calib(7, instrument="OtherCam", status="deprecated")]
    assert receive(handed(*calibs, prefer=True), registry.path)[0] == 0
    butler = registry.open()
    assert [one for one in butler.collections.query("OtherCam/calib/*") if "/curated/" not in one] == []
    butler.close()


@pytest.mark.parametrize("lost", ["file", "record", "all"])
def test_a_lost_file_is_put_back(registry, handed, receive, lost):
    folder = handed(*TWO)
    receive(folder, registry.path)
    before = registry.state()
    files = {path: path.read_bytes() for path in registry.path.rglob("*.fits")}
    gone = sorted(files)[: 3 if lost == "all" else 1]
    for path in gone:
        path.unlink()
    if lost == "record":
        connection = sqlite3.connect(registry.path / "gen3.sqlite3")
        connection.execute("DELETE FROM file_datastore_records WHERE path LIKE ?", (f"%{gone[0].name}",))
        connection.execute("DELETE FROM dataset_location")
        connection.commit()
        connection.close()
    status, out = receive(folder, registry.path)
    assert status == 0, out
    assert f"{len(gone)} lost file{'s' if lost == 'all' else ''} restored" in out
    assert {path: path.read_bytes() for path in registry.path.rglob("*.fits")} == files
    assert registry.state() == before
    assert "nothing to do" in receive(folder, registry.path)[1]


def test_what_another_hand_over_referred_to_is_copied_when_that_has_gone(registry, handed, receive):
    """The files are of other bytes, with the same content: another version of curator stamped them."""
    receive(handed(*TWO, name="one"), registry.path, "--transfer", "direct")
    two = handed(
        *(
            Calib(one.x0, start=one.start, end=one.end, sha=one.sha, more={"ORIGIN": "again"})
            for one in TWO[:1]
        ),
        *TWO[1:],
        name="two",
    )
    shutil.rmtree(registry.path.parent / "one")
    status, out = receive(two, registry.path)
    assert (status, "3 lost files restored" in out) == (0, True), out
    butler = registry.open()
    refs = butler.query_all_datasets("*", find_first=False)
    assert all(butler.stored_many(refs).values())
    butler.close()


def test_a_butler_that_curator_filled_gets_nothing_twice(registry, handed, receive):
    """Also where another dataset of the same start has come first, so that RUNs have other numbers."""
    changed = [Calib(9, end=LATER, sha="3" * 40), *TWO[1:]]
    one = handed(*TWO, name="one")
    two = handed(*changed, name="two", label="2025.2", commit=OTHER_COMMIT)
    registry.ingest(two, "2025.2", transfer="copy")
    state = registry.state()
    assert "nothing to do" in receive(two, registry.path)[1]
    assert registry.state() == state
    assert "1 dataset ingested, 3 validity ranges" in receive(one, registry.path)[1]
    assert registry.ingest(one, "2025.1").plan.is_empty
    butler = registry.open()
    runs = set(butler.collections.query("TestCam/calib/curated/*"))
    butler.close()
    assert runs == {
        f"TestCam/calib/curated/{one}"
        for one in ("19700101T000000/1", "19700101T000000/2", "20200101T000000/1")
    }


def test_received_and_ingested_are_the_same_collections(registry, handed, receive, tmp_path):
    from ..conftest import Registry

    folder = handed(*TWO, prefer=True)
    other = Registry(tmp_path / "other")
    other.ingest(folder, prefer=True)
    receive(folder, registry.path)
    assert registry.state()[:2] == other.state()[:2]


def damage(folder, name):
    if name == "fits":
        file = next(folder.rglob("*.fits"))
        data = file.read_bytes()
        file.unlink()  # a hard link of the export's
        file.write_bytes(data[:-1] + b"x")
    elif name == "lost":
        next(folder.rglob("*.fits")).unlink()
    elif name == "pipe":
        file = next(folder.rglob("*.fits"))
        file.unlink()
        os.mkfifo(file)
    elif name == "truncated":
        (folder / ABOUT).write_text((folder / ABOUT).read_text()[:50])
    elif name == "other":
        (folder / ABOUT).write_text("[]")
    elif name == YAML:
        (folder / YAML).write_text((folder / YAML).read_text().replace("R22_S11", "R22_S12"))
    else:
        (folder / name).unlink()


@pytest.mark.parametrize("name", ["fits", "lost", "pipe", "truncated", "other", ABOUT, YAML, "manifest.ecsv"])
def test_a_damaged_folder_is_refused_before_anything_is_written(registry, handed, receive, name):
    folder, before = handed(*TWO), registry.state()
    damage(folder, name)
    status, err = receive(folder, registry.path)
    assert (status, err.count("\n")) == (1, 1), err
    assert "of this hand-over" in err
    assert registry.state() == before


@pytest.mark.parametrize("name", ["for#summit", "for%20summit", "for summit?"])
def test_a_folder_is_read_whatever_it_is_called(registry, handed, receive, name):
    """Only its own files are checked, not those of another hand-over beside it."""
    folder = handed(*TWO)
    shutil.copytree(folder, folder.with_name("for"))
    for file in folder.with_name("for").rglob("*.fits"):
        file.unlink()
        file.write_bytes(b"other")
    folder = folder.rename(folder.with_name(name))
    status, said = receive(folder, registry.path)
    assert status == 0, said
    assert all(read_stamp(one.file) is not None for one in holdings(registry.target))
    assert receive(folder, registry.path)[1].startswith("nothing to do")


def no_butler(path):
    shutil.rmtree(path)
    return "there is no Butler"


def empty_folder(path):
    shutil.rmtree(path)
    path.mkdir()
    return "there is no Butler"


def other_schema(path):
    connection = sqlite3.connect(path / "gen3.sqlite3")
    connection.execute("UPDATE butler_attributes SET value = '99.0.0' WHERE name LIKE 'version:%'")
    connection.commit()
    connection.close()
    return "99.0.0"


def no_yaml(path):
    (path / "butler.yaml").write_text("a: [\n")
    return "cannot be opened as a Butler"


def no_database(path):
    (path / "gen3.sqlite3").unlink()
    return "its database does not exist"


def no_sqlite(path):
    (path / "gen3.sqlite3").write_bytes(b"x" * 4096)
    return "not a database"


def no_server(path):
    text = (path / "butler.yaml").read_text()
    address = next(line for line in text.splitlines() if "sqlite" in line)
    (path / "butler.yaml").write_text(text.replace(address, "  db: postgresql+psycopg://u@127.0.0.1:1/b"))
    return "cannot be reached"


@pytest.mark.parametrize(
    "broken", [no_butler, empty_folder, other_schema, no_yaml, no_database, no_sqlite, no_server]
)
def test_what_is_no_butler_to_be_written_is_one_line(registry, handed, receive, broken):
    folder, said = handed(*TWO), broken(registry.path)
    there = sorted(registry.path.rglob("*")) if registry.path.exists() else None
    status, err = receive(folder, registry.path, "--wait", "1")
    assert (status, err.count("\n"), said in err) == (1, 1, True), err
    if there is not None:
        assert set(registry.path.rglob("*")) - set(there) <= {registry.path / ".curator-ingest"}
    else:
        assert not registry.path.exists()


@pytest.mark.parametrize(
    "words", [["--wait", "nan"], ["--wait", "inf"], ["--wait", "-1"], ["--transfer", "move"]]
)
def test_what_cannot_be_asked_is_refused_with_status_2(registry, handed, receive, words):
    with pytest.raises(SystemExit) as stop:
        receive(handed(*TWO), registry.path, *words)
    assert stop.value.code == 2


def test_a_chain_that_is_none_is_refused_first(registry, handed, receive):
    from lsst.daf.butler import CollectionType

    butler = registry.open(writeable=True)
    butler.collections.register("TestCam/calib", CollectionType.RUN)
    butler.close()
    before = registry.state()
    status, err = receive(handed(*TWO, prefer=True), registry.path)
    assert (status, err.count("\n")) == (1, 1)
    assert "TestCam/calib is a RUN collection here" in err
    assert registry.state() == before


def test_other_content_of_the_same_dataset_is_refused(registry, handed, receive):
    receive(handed(*TWO, name="one"), registry.path)
    before = registry.state()
    other = handed(Calib(8, end=LATER), *TWO[1:], name="two", label="2025.2", commit=OTHER_COMMIT)
    status, err = receive(other, registry.path)
    assert (status, err.count("\n")) == (1, 1)
    assert "other content" in err
    assert registry.state() == before


def test_nothing_but_the_answer_is_printed(registry, handed):
    """In a process of its own, as people run it, without options of Python's; the folder stays as it was."""
    folder = handed(*TWO, prefer=True)
    there = sorted(folder.rglob("*"))
    words = [sys.executable, str(folder / RECEIVE), str(registry.path), "--register-instrument"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd="/")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "registered new instrument: TestCam",
        "registered new detector of TestCam: R22_S11 (94)",
        "registered new filter of TestCam: g_6",
        "registered 2 new dataset types: defects, transmission_filter",
        "3 datasets ingested, 3 validity ranges certified",
        "TestCam/calib now prefers TestCam/calib/2025.1",
    ]
    assert sorted(folder.rglob("*")) == there
    other_schema(registry.path)
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd="/")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
