"""Calibrations as values: which there are, and what one of them says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from astropy import units
from hypothesis import given
from hypothesis import strategies as st

import curator
from curator.calibrations.types.types import all_types
from curator.errors import CuratorError, RepositoryError, UsageError

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


def test_a_calibration_is_found_and_read(repo: curator.CalibrationRepository) -> None:
    (one,) = repo.at("HEAD").calibrations(type="defects", detector="S00")
    assert (one.path, one.camera, one.dataset_type) == (DEFECTS, "ExampleCam", "defects")
    assert (one.detector, one.physical_filter, one.status) == ("S00", None, "certified")
    assert (one.start, one.end) == (datetime(2020, 1, 1), None)
    assert list(one.table["x0"]) == [0, 1022, 310, 1517]
    assert one.table["x0"].unit == units.pix
    assert one.header["OBSTYPE"] == "defects"


def test_a_header_cannot_be_changed(repo: curator.CalibrationRepository) -> None:
    (one,) = repo.calibrations(type="defects")
    with pytest.raises(TypeError):
        one.header["OBSTYPE"] = "bias"  # type: ignore[index]
    one.table["x0"] = 7
    assert list(one.table["x0"]) == [0, 1022, 310, 1517]


def test_quantities_have_the_units_of_the_file(repo: curator.CalibrationRepository) -> None:
    (one,) = repo.calibrations(type="qe_curve")
    assert one.qtable["wavelength"].to(units.um)[0] == one.table["wavelength"][0] / 1000 * units.um
    assert one.table["efficiency"].unit == units.percent


def test_every_dataset_type_has_tables(repo: curator.CalibrationRepository) -> None:
    found = repo.calibrations()
    assert {one.dataset_type for one in found} == {kind.name for kind in all_types()}
    for one in found:
        assert one.tables
        assert len(one.table.colnames) >= 1
        assert "<table>" in one._repr_html_()
        assert str(one).startswith(one.dataset_type)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"type": "defects"}, 1),
        ({"type": []}, 0),
        ({"type": None}, 14),
        ({"type": ("defects", "crosstalk")}, 3),
        ({"detector": "s01"}, 1),
        ({"detector": 1}, 1),
        ({"physical_filter": "g_01"}, 3),
        ({"camera": "examplecam", "type": "bfk"}, 1),
        ({"camera": "ExampleCam", "type": "defects", "detector": "S01"}, 0),
    ],
)
def test_calibrations_are_narrowed_by_what_they_are_for(
    repo: curator.CalibrationRepository, asked: dict[str, object], count: int
) -> None:
    assert len(repo.calibrations(**asked)) == count  # type: ignore[arg-type]


def test_names_that_are_unknown_are_errors_with_a_hint(repo: curator.CalibrationRepository) -> None:
    with pytest.raises(UsageError, match="there is no dataset type 'defect'") as raised:
        repo.calibrations(type="defect")
    assert "defects" in raised.value.hint
    with pytest.raises(CuratorError, match="ExampleCam has no detector 'S99'"):
        repo.calibrations(detector="S99")
    with pytest.raises(RepositoryError, match="nowhere"):
        repo.at("nowhere")
    with pytest.raises(RepositoryError, match="not in a git repository"):
        curator.open("/")


def test_a_commit_stays_and_the_working_tree_is_read_again(
    repo: curator.CalibrationRepository, root: Path, git: Callable[..., None]
) -> None:
    before = repo.at("HEAD")
    (root / DEFECTS).unlink()
    assert len(repo.calibrations(type="defects")) == 0
    assert len(repo.staged.calibrations(type="defects")) == 1
    git("add", "-A")
    assert len(repo.staged.calibrations(type="defects")) == 0
    git("commit", "-m", "Remove")
    assert len(before.calibrations(type="defects")) == 1
    assert len(repo.at("HEAD").calibrations(type="defects")) == 0


def test_a_bare_repository_answers_from_its_head(
    root: Path, tmp_path: Path, git: Callable[..., None]
) -> None:
    git("clone", "-q", "--bare", str(root), str(tmp_path / "bare.git"))
    bare = curator.open(tmp_path / "bare.git")
    assert repr(bare).startswith("<CalibrationRepository bare.git: commit ")
    assert len(bare.calibrations()) == 14
    assert len(bare.check()) == 0
    assert len(bare.diff("HEAD", "HEAD")) == 0
    with pytest.raises(RepositoryError, match="has no working tree"):
        bare.working_tree.calibrations()


def test_labels_are_those_of_messages(repo: curator.CalibrationRepository) -> None:
    for state in (repo, repo.staged, repo.working_tree, repo.at("HEAD")):
        assert state.label == state._snapshot().label


def test_a_list_is_a_sequence_and_a_table(repo: curator.CalibrationRepository) -> None:
    found = repo.calibrations()
    assert found[0] in found
    assert list(found[:2]) == [found[0], found[1]]
    table = found.to_table()
    assert list(table["path"]) == [one.path for one in found]
    assert table["start"][0] == "2020-01-01T00:00:00"
    assert found.to_dicts()[0]["end"] is None
    assert len(repo.calibrations(type="defects", detector="S01").to_table()) == 0


def test_a_list_reads_well_in_a_terminal(repo: curator.CalibrationRepository) -> None:
    lines = repr(repo.calibrations(type="crosstalk")).splitlines()
    assert lines[0] == "2 calibrations"
    assert lines[1].split() == ["type", "detector", "filter", "from", "to", "status", "path"]
    assert lines[2].split()[:3] == ["crosstalk", "S00", "2020-01-01"]
    assert repr(repo.calibrations(type="defects")[0]) == (
        f"<CalibrationFile {DEFECTS} from 2020-01-01 without end>"
    )
    assert repr(repo) == "<CalibrationRepository obs_example_data: working tree>"


def test_a_broken_file_is_an_error_with_its_place_and_no_traceback_in_a_notebook(
    repo: curator.CalibrationRepository, root: Path
) -> None:
    file = root / DEFECTS
    file.write_text(file.read_text().replace("310 1200 1 2896", "310 1200 <b> 2896"))
    (one,) = repo.calibrations(type="defects")
    with pytest.raises(CuratorError) as raised:
        one.table  # noqa: B018
    assert raised.value.path == DEFECTS
    assert raised.value.line
    assert DEFECTS in one._repr_html_()
    assert "<b>" not in one._repr_html_()
    assert DEFECTS in str(one)
    assert "\\n" not in str(one)
    assert len(str(one).splitlines()) > 2
    file.write_bytes(b"\xff\xfe")
    found = repo.calibrations(type="defects")
    assert len(found) == 0
    assert [error.path for error in found.problems] == [DEFECTS]
    assert repr(found) == f"0 calibrations\n1 file cannot be read: {DEFECTS}"


def test_masked_cells_stay_masked(repo: curator.CalibrationRepository, root: Path) -> None:
    file = root / DEFECTS
    file.write_text(file.read_text().replace("310 1200 1 2896", '310 1200 1 ""'))
    (one,) = repo.calibrations(type="defects")
    assert np.ma.is_masked(one.table["height"][2])


@given(data=st.data())
def test_whatever_a_file_says_only_errors_of_curator_are_raised(
    repo: curator.CalibrationRepository, root: Path, data: st.DataObject
) -> None:
    files = sorted(path for path in (root / "ExampleCam").rglob("*.*") if path.is_file())
    file = data.draw(st.sampled_from(files), "file")
    raw = file.read_bytes()
    cut = st.integers(0, len(raw))
    start, end = sorted((data.draw(cut, "start"), data.draw(cut, "end")))
    word = data.draw(
        st.sampled_from([b"", b"nan", b"-", b"[", b"\xff", b"<b>", b"1e999", b"\n", b'"', b"foo: bar"])
    )
    file.write_bytes(raw[:start] + word + raw[min(end, start + 40) :])
    try:
        path = file.relative_to(root).as_posix()
        try:
            found = [one for one in repo.calibrations() if one.path == path]
        except CuratorError:
            return  # the camera itself cannot be read
        for one in found:
            assert "<b>" not in one._repr_html_()
            assert str(one)
            with suppress(CuratorError):
                assert one.header is not None
                assert one.tables
    finally:
        file.write_bytes(raw)


def test_a_camera_that_cannot_be_read_is_a_problem_of_all_its_calibrations(
    repo: curator.CalibrationRepository, root: Path
) -> None:
    (camera,) = (root / "ExampleCam" / "camera").iterdir()
    camera.write_text("<<<<<<< ours\n")
    assert repo.calibrations(type="defects").problems
    assert camera.name in repr(repo.calibrations(type="defects"))
