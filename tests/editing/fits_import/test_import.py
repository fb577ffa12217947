"""FITS calibrations become text, whoever wrote them, and nothing of them is lost."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calibrations.roundtrip import keys, scalars
from conftest import FUZZ
from editing.foreign_files import FOREIGN, curve, defects, foreign_bytes, inputs, provenance, write
from editing.texts import NOW, git
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.types.base import read_fits, read_text
from curator.checks.run.engine import check
from curator.cli.main import main
from curator.editing.fits_import.import_fits import Imported, ImportRefusedError, import_files
from curator.editing.fits_import.pending_import import GivenIdentity, GivenRange, PendingImport
from curator.editing.fits_import.split_header import IDENTIFICATION, take_apart
from curator.errors import CalibrationError, EditingError
from curator.export.export import run_export
from curator.formats.fits.fits import image_hdu0
from curator.formats.yaml.reader import read_yaml
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

Template = Callable[..., Path]
START = datetime(2025, 5, 1)


def take(folder: Path, *files: Path, start: datetime | None = START, **options: Any) -> Imported:
    declared = options.pop("declared", GivenIdentity())
    given = GivenRange(start, options.pop("end", None)) if start else None
    arrivals = [PendingImport(str(file), declared=declared, range=given) for file in files]
    return import_files(Repository.find(folder), arrivals, **{"now": NOW, **options})


def header_of(folder: Path, path: str) -> dict[str, Any]:
    found: dict[str, Any] = read_text(path, (folder / path).read_bytes()).getMetadata()
    return found


def record_of(folder: Path, path: str) -> dict[str, Any]:
    record = path.rpartition(".")[0] + ".inputs.yml"
    found: dict[str, Any] = read_yaml(record, (folder / record).read_bytes()).tree
    return found


def snapshot(folder: Path) -> dict[str, bytes]:
    files = (one for one in folder.rglob("*") if one.is_file() and ".git" not in one.parts)
    return {str(one): one.read_bytes() for one in files}


def emptied(folder: Path) -> Path:
    """Take every calibration but the cameras out of a repository."""
    for one in sorted(folder.rglob("*")):
        if one.suffix in (".ecsv", ".yaml") and "camera" not in one.parts and one.name != "curator.yaml":
            one.unlink()
    config = folder / "curator.yaml"
    config.write_text(config.read_text().replace("repository: obs_", "repository: other_"))
    return folder


@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_an_export_of_every_type_comes_back_with_the_same_content(
    template: Template, tmp_path, profile
) -> None:
    folder = template(profile)
    rows = run_export(Repository.find(folder), tmp_path / "out").manifest.rows
    emptied(folder)
    files = [tmp_path / "out" / row.path for row in rows]
    found = take(folder, *files, start=None)
    assert len(found.written) == len(rows) - 1
    assert len(found.kept) == 1  # the camera, which has stayed
    contents = {row.gitpath.rpartition(".")[0]: row.content for row in rows}
    for path in (*found.written, *found.kept):
        calib = read_text(path, (folder / path).read_bytes())
        assert calib.content_digest() == contents[path.rpartition(".")[0]]
    for path in found.written:
        record = record_of(folder, path)
        assert record["source"]["content"] == contents[path.rpartition(".")[0]]
        assert record["source"]["path"].rpartition("/")[0] == path.rpartition("/")[0]
        assert "header" not in record
    assert take(folder, *files, start=None).written == ()
    tree = Repository.find(folder).worktree()
    assert [one for one in check(tree, load_config(tree)).findings if one.severity == "error"] == []


@pytest.mark.parametrize("name", ["obs_lsst_data", "obs_decam_data"])
def test_real_calibrations_come_back_with_the_same_content(name, adopted_repository, tmp_path) -> None:
    folder = adopted_repository(name)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Adopt")
    rows = run_export(Repository.find(folder), tmp_path / "out").manifest.rows
    emptied(folder)
    found = take(folder, *(tmp_path / "out" / row.path for row in rows), start=None)
    contents = sorted(row.content for row in rows)
    texts = (*found.written, *found.kept)
    assert sorted(read_text(one, (folder / one).read_bytes()).content_digest() for one in texts) == contents


@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_files_of_ip_isr_become_texts_without_an_error(template: Template, tmp_path, profile) -> None:
    folder = template(profile)
    files = [write(tmp_path / f"{name}.fits", make(**inputs())) for name, make in FOREIGN.items()]
    found = take(folder, *files)
    assert {path.split("/")[1] for path in found.written} == set(FOREIGN)
    assert found.uncertified == ()
    for path in found.written:
        file = tmp_path / f"{path.split('/')[1]}.fits"
        mine, theirs = read_text(path, (folder / path).read_bytes()), read_fits(file)
        for table, other in zip(mine.tables(), theirs.tables(), strict=True):
            columns = {column.name: column.array for column in table.columns}
            for column in other.columns:
                assert np.array_equal(
                    columns[column.name], column.array, equal_nan=column.array.dtype.kind == "f"
                )
    again = take(folder, *files)
    assert (again.written, len(again.kept)) == ((), len(files))
    tree = Repository.find(folder).worktree()
    assert [one for one in check(tree, load_config(tree)).findings if one.severity == "error"] == []
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Import")
    assert run_export(Repository.find(folder), tmp_path / "out").written


def test_a_file_that_lacks_nothing_is_as_text_what_it_was(template: Template, tmp_path) -> None:
    (table,) = defects(FILTER="NONE", VALIDSTART="2025-05-01T00:00:00", OBSERVER="Ada")
    for key in ("SCHEMA", "VERSION"):
        table.meta[f"DEFECTS_{key}"] = table.meta.pop(f"defects_{key}")
    file = write(tmp_path / "x.fits", [table], history=("2025-04-30 Ada: found them",))
    folder = template()
    (path,) = take(folder, file, start=None).written
    calib = read_text(path, (folder / path).read_bytes())
    assert calib == read_fits(file)
    assert calib.content_digest() == record_of(folder, path)["source"]["content"]
    assert calib.getMetadata()["HISTORY"] == ["2025-04-30 Ada: found them"]
    assert "header" not in record_of(folder, path)


def test_what_it_was_made_from_goes_into_the_record(template: Template, tmp_path) -> None:
    one, two = "3dfd7ba5-5e35-4565-9d87-4b33880ed06c", "7a99f6e9-4035-3d68-842e-58ecce1dc935"
    cards = {**inputs(), **provenance("ae0fa83d-cc89-41dd-9680-f97ede49f01e", one, two), "TIMESYS": "TAI"}
    file = write(tmp_path / "x.fits", defects(**cards))
    folder = template()
    known = {one: {"dataset_type": "cpFlat", "instrument": "myCam", "exposure": 7, "detector": 0}}
    (path,) = take(folder, file, data_ids=lambda ids: known).written
    record = record_of(folder, path)
    assert record["inputs"][0] == {
        "exposure": 2025043000011,
        "date_tai": "2025-04-30T00:00:00.000",
        "exposure_time": 30.0,
        "scale": 1.5,
    }
    assert record["inputs"][2] == {**known[one], "dataset": one, "run": "u/ada/flats"}
    assert record["inputs"][3] == {"dataset": two, "run": "u/ada/flats", "dataset_type": "cpFlat"}
    assert record["source"]["dataset"] == "ae0fa83d-cc89-41dd-9680-f97ede49f01e"
    assert record["source"]["run"] == "u/ada/defects"
    assert record["validity"] == {"start": "2025-05-01T00:00:00", "end": None}
    assert record["header"]["left_out"] == {"TIMESYS": "TAI"}
    assert record["header"]["changed"] == {"FILTER": ""}
    header = header_of(folder, path)
    assert not any(key.startswith(("CPP_INPUT", "LSST BUTLER", "TIMESYS")) for key in header)
    assert header["CALIBDATE"] == "2025-04-30T12:34:56.789012"


def test_dates_of_a_header_in_tai_are_written_in_utc(template: Template, tmp_path) -> None:
    cards = {"TIMESYS": "TAI", "VALIDSTART": "2025-05-01T00:00:37", "VALIDEND": "2025-06-01T00:00:37.5"}
    folder = template()
    (path,) = take(folder, write(tmp_path / "x.fits", defects(**cards)), start=None).written
    assert path == "myCam/defects/s00/20250501T000000.ecsv"
    header = header_of(folder, path)
    assert header["VALIDSTART"] == "2025-05-01T00:00:00"
    assert header["VALIDEND"] == "2025-06-01T00:00:00.500000"


def test_without_a_start_a_file_is_not_certified_or_where_its_name_certifies_it_refused(
    template: Template, tmp_path
) -> None:
    file = write(tmp_path / "x.fits", defects())
    folder = template("dmtn148")
    found = take(folder, file, start=None)
    assert found.uncertified == found.written == ("myCam/defects/s00/20250430T123456.ecsv",)
    assert "VALIDSTART" not in header_of(folder, found.written[0])
    assert record_of(folder, found.written[0])["validity"] is None
    with pytest.raises(ImportRefusedError, match="VALIDSTART is missing"):
        take(template("obs_base"), file, start=None)


def test_a_start_within_a_second_is_refused_or_rounded_up_on_request(template: Template, tmp_path) -> None:
    file, folder = write(tmp_path / "x.fits", defects()), template()
    start = datetime(2025, 5, 1, 0, 0, 0, 82)
    with pytest.raises(ImportRefusedError, match="whole seconds") as refused:
        take(folder, file, start=start)
    assert "--round" in refused.value.problems[0].hint
    assert take(folder, file, start=start, rounded=True).written == (
        "myCam/defects/s00/20250501T000001.ecsv",
    )


def test_where_nobody_says_when_it_was_made_a_second_import_still_finds_it(
    template: Template, tmp_path
) -> None:
    (table,) = defects()
    for key in ("CALIBDATE", "CALIB_CREATION_DATE", "CALIB_CREATION_TIME", "CALIB_ID"):
        del table.meta[key]
    file, folder = write(tmp_path / "x.fits", [table]), template()
    (path,) = take(folder, file).written
    assert header_of(folder, path)["CALIBDATE"] == "2025-04-30T12:34:56"
    later = take(folder, file, now=datetime(2026, 1, 1))
    assert (later.written, later.kept) == ((), (path,))


def test_all_or_nothing_is_written_and_every_reason_is_given(template: Template, tmp_path) -> None:
    folder = template()
    good = write(tmp_path / "good.fits", FOREIGN["crosstalk"]())
    first = take(folder, write(tmp_path / "first.fits", defects()))
    before = snapshot(folder)
    bad = write(tmp_path / "bad.fits", defects(INSTRUME="otherCam"))
    other = write(tmp_path / "other.fits", defects(x0=99))
    with pytest.raises(ImportRefusedError) as refused:
        take(folder, good, bad, other)
    reasons = [one.message for one in refused.value.problems]
    assert "has no camera 'otherCam'" in reasons[0]
    assert reasons[1].startswith("the file exists with other content")
    assert refused.value.problems[1].path == first.written[0]
    assert snapshot(folder) == before


def test_two_files_for_one_place_must_hold_the_same(template: Template, tmp_path) -> None:
    folder = template()
    one, same, other = (write(tmp_path / f"{x0}.fits", defects(x0=x0)) for x0 in (1, 1, 2))
    assert len(take(folder, one, same, dry_run=True).written) == 1
    with pytest.raises(ImportRefusedError, match="has other content"):
        take(folder, one, other)


def test_a_record_that_says_something_else_is_not_overwritten(template: Template, tmp_path) -> None:
    folder = template()
    record = folder / "myCam/defects/s00/20250501T000000.inputs.yml"
    record.write_text("exposures: [1]\n")
    with pytest.raises(ImportRefusedError, match="the record exists"):
        take(folder, write(tmp_path / "x.fits", defects()))
    assert record.read_text() == "exposures: [1]\n"


def test_an_import_that_was_killed_is_completed_by_the_next(template: Template, tmp_path) -> None:
    folder = template()
    files = [write(tmp_path / f"{name}.fits", FOREIGN[name]()) for name in ("defects", "crosstalk")]
    first = take(folder, *files)
    done = snapshot(folder)
    (folder / first.written[0]).unlink()  # its record was written first
    again = take(folder, *files)
    assert (again.written, again.kept) == (first.written[:1], first.written[1:])
    assert snapshot(folder) == done


def test_an_import_that_cannot_write_takes_back_what_it_wrote(
    template: Template, tmp_path, monkeypatch
) -> None:
    folder = template()
    before, replaced, real = snapshot(folder), [], os.replace

    def failing(old: str, new: str) -> None:
        replaced.append(new)
        if len(replaced) == 4:
            raise OSError(28, "No space left on device")
        real(old, new)

    monkeypatch.setattr(os, "replace", failing)
    files = [write(tmp_path / f"{name}.fits", FOREIGN[name]()) for name in ("defects", "crosstalk")]
    with pytest.raises(EditingError, match="No space"):
        take(folder, *files)
    assert snapshot(folder) == before


def test_a_file_exported_from_here_is_there_already_unless_it_is_said_to_be_of_something_else(
    template: Template, tmp_path
) -> None:
    folder = template()
    rows = run_export(Repository.find(folder), tmp_path / "out").manifest.rows
    row = next(row for row in rows if row.dataset_type == "defects")
    found = take(folder, tmp_path / "out" / row.path, start=datetime(2030, 1, 1))
    assert (found.written, found.kept) == ((), (row.gitpath,))
    with pytest.raises(ImportRefusedError, match="DETECTOR is 0, but --detector says S01"):
        take(folder, tmp_path / "out" / row.path, declared=GivenIdentity(detector="S01"))
    with pytest.raises(ImportRefusedError, match="INSTRUME is 'myCam', not 'otherCam'"):
        take(folder, tmp_path / "out" / row.path, declared=GivenIdentity(camera="otherCam"))


def test_what_options_say_and_the_header_does_not(template: Template, tmp_path) -> None:
    (table,) = defects(INSTRUME="", DETECTOR="", DET_NAME="", OBSTYPE="pixels", CALIBCLS="", CALIB_ID="")
    file, folder = write(tmp_path / "x.fits", [table]), template()
    with pytest.raises(ImportRefusedError, match="not a known dataset type"):
        take(folder, file)
    with pytest.raises(ImportRefusedError, match="DETECTOR is empty or missing"):
        take(folder, file, declared=GivenIdentity("defects"))
    (path,) = take(folder, file, declared=GivenIdentity("defects", "myCam", "S01")).written
    assert path == "myCam/defects/s01/20250501T000000.ecsv"
    header = header_of(folder, path)
    assert (header["OBSTYPE"], header["DETECTOR"], header["INSTRUME"]) == ("defects", 1, "myCam")
    assert "detectorName=S01" in header["CALIB_ID"]


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        (GivenIdentity(detector="S01"), "DETECTOR is 0, but --detector says S01"),
        (GivenIdentity(detector="S9"), "has no detector 'S9'"),
        (GivenIdentity(camera="otherCam"), "INSTRUME is 'myCam', not 'otherCam'"),
        (GivenIdentity("crosstalk"), "OBSTYPE is 'defects', which is a defects, not a crosstalk"),
        (GivenIdentity("bias"), "bias is an image"),
    ],
)
def test_what_options_and_header_say_must_agree(template: Template, tmp_path, declared, message) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        take(template(), write(tmp_path / "x.fits", defects()), declared=declared)
    assert message in refused.value.problems[0].message


def test_a_list_of_pixels_may_be_one_that_people_made(template: Template, tmp_path) -> None:
    folder = template()
    (path,) = take(
        folder, write(tmp_path / "x.fits", defects()), declared=GivenIdentity("manual_defects")
    ).written
    assert path.startswith("myCam/manual_defects/")
    assert record_of(folder, path)["header"]["changed"]["OBSTYPE"] == "defects"


@pytest.mark.parametrize("obstype", ["BIAS", "flat"])
def test_images_stay_fits(template: Template, tmp_path, obstype) -> None:
    file = write(tmp_path / "x.fits", defects(OBSTYPE=obstype))
    with pytest.raises(ImportRefusedError, match="is an image: it stays FITS"):
        take(template(), file)


def test_an_image_beside_the_tables_would_be_lost(template: Template, tmp_path) -> None:
    from astropy.io import fits

    folder, file = template(), write(tmp_path / "x.fits", defects())
    with fits.open(file, mode="append") as hdus:
        hdus.append(fits.ImageHDU(np.zeros((2, 2))))
    with pytest.raises(ImportRefusedError, match="has images beside the tables"):
        take(folder, file)
    plain = tmp_path / "plain.fits"
    fits.PrimaryHDU(np.zeros((2, 2))).writeto(plain)
    with pytest.raises(ImportRefusedError, match="has no table"):
        take(folder, plain)


def test_an_exported_file_that_was_changed_is_not_taken_for_what_was_exported(
    template: Template, tmp_path
) -> None:
    folder = template()
    rows = run_export(Repository.find(folder), tmp_path / "out").manifest.rows
    row = next(row for row in rows if row.dataset_type == "defects")
    data = bytearray((tmp_path / "out" / row.path).read_bytes())
    data[-2880] ^= 1
    (tmp_path / "x.fits").write_bytes(bytes(data))
    with pytest.raises(ImportRefusedError, match="has changed since the export"):
        take(emptied(folder), tmp_path / "x.fits", start=None)


HOSTILE = {
    "no FITS": b"MZ" + bytes(5000),
    "empty": b"",
    "cut off": foreign_bytes(defects())[:4000],
    "instrument as a path": foreign_bytes(defects(INSTRUME="../../etc")),
    "detector as a path": foreign_bytes(defects(DETECTOR="../../../x", DET_NAME="../x")),
    "detector as a truth value": foreign_bytes(defects(DETECTOR=True, DET_NAME="")),
    "detector that is none": foreign_bytes(defects(DETECTOR=1.5, DET_NAME="")),
    "filter as a path": foreign_bytes(FOREIGN["transmission_filter"](FILTER="../../x")),
    "type as a path": foreign_bytes(defects(OBSTYPE="../defects", CALIBCLS="os.system")),
    "two detectors": foreign_bytes(defects(DET_NAME="S01")),
    "a date that is none": foreign_bytes(defects(VALIDSTART="tomorrow")),
    "ends before it starts": foreign_bytes(defects(VALIDSTART="2025-05-01", VALIDEND="2025-04-01")),
    "no such scale": foreign_bytes(defects(TIMESYS="MARS", VALIDSTART="2025-05-01")),
    "contradicts itself": foreign_bytes(defects(DETECTOR_NAME="S00", detector_namx="S1")).replace(
        b"detector_namx", b"detector_name"
    ),
    "columns of another type": foreign_bytes(FOREIGN["linearizer"](OBSTYPE="bfk", CALIBCLS="")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_line(template: Template, tmp_path, capsys, name) -> None:
    folder, file = template(), tmp_path / "hostile.fits"
    before = snapshot(folder)
    file.write_bytes(HOSTILE[name])
    assert main(["-C", str(folder), "import", str(file)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(f"curator: {file}: ")
    assert all(line.startswith("  hint: ") for line in said[1:])
    assert all(line.isprintable() for line in said)
    assert snapshot(folder) == before


def test_links_and_folders_on_the_way_are_not_followed(template: Template, tmp_path, capsys) -> None:
    folder, elsewhere = template(), tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run(["rm", "-r", folder / "myCam/defects/s00"], check=True)
    os.symlink(elsewhere, folder / "myCam/defects/s00")
    file = write(tmp_path / "x.fits", defects())
    assert main(["-C", str(folder), "import", str(file), "--start", "2025-05-01"]) == 2
    assert list(elsewhere.iterdir()) == []
    assert main(["-C", str(folder), "import", str(elsewhere), "--start", "2025-05-01"]) == 2
    assert "is a folder" in capsys.readouterr().err


def test_what_no_header_of_ours_can_hold_is_named_in_the_record(template: Template, tmp_path) -> None:
    file = write(tmp_path / "x.fits", defects(**{"HIERARCH odd$key": 1, "COUNT": complex(1, 2)}))
    folder = template()
    (path,) = take(folder, file).written
    assert record_of(folder, path)["header"]["left_out"] == {"odd$key": 1, "COUNT": "(1+2j)"}


def test_the_door_says_what_it_wrote(template: Template, tmp_path, capsys) -> None:
    folder = template()
    file = write(tmp_path / "x.fits", curve("transmission_sensor", "x.IntermediateSensorTransmissionCurve"))
    command = ["-C", str(folder), "import", str(file)]
    start = ["--start", "2025-05-01T00:00:37", "--scale", "tai"]
    assert main([*command, *start, "--dry-run"]) == 0
    path = "myCam/transmission_sensor/s00/20250501T000000.ecsv"
    assert capsys.readouterr().out == f"{path}\n"
    assert not (folder / path).exists()
    assert main([*command, *start]) == 0
    assert main([*command, *start]) == 0
    printed = capsys.readouterr()
    assert printed.out == f"{path}\n"
    assert printed.err == f"{path}: already in the repository\n"
    assert main(command) == 0
    assert "1 not certified" in capsys.readouterr().err
    assert main([*command, "--end", "2026-01-01"]) == 2


@given(st.dictionaries(keys.map(str.upper), st.one_of(scalars, st.lists(scalars, min_size=2)), max_size=6))
def test_a_header_goes_through_fits_and_text_and_comes_back(header: dict[str, Any]) -> None:
    """Whatever our own FITS writer holds is kept, or its keyword is named."""
    from curator.calibrations.fits.cards import header_cards
    from curator.calibrations.types.defects import Defects

    calib = Defects.blank(header)
    try:
        data = image_hdu0([]) + calib.fits_parts()
    except CalibrationError:
        return  # two spellings of one keyword
    parts = take_apart(read_fits(data, Defects).getMetadata())
    text = Defects(parts.kept, calib.tables()).to_text()
    back = {key.lower(): value for key, value in header_cards(Defects.readText(text, "x.ecsv").getMetadata())}
    for key, value in header_cards(header):
        if key not in IDENTIFICATION and not key.startswith("CPP_INPUT"):
            assert back[key.lower()] == value


def test_whatever_a_file_holds_it_is_taken_or_refused_in_one_line(template: Template, tmp_path) -> None:
    folder, file, rng = template(), tmp_path / "x.fits", random.Random(148)
    seeds = [foreign_bytes(make(**inputs(), **provenance("x", "y"))) for make in FOREIGN.values()]
    values = (b"'../../x'", b"'\\x1b[2J'", b"1E400", b"-5", b"T", b"''", b"9" * 20)
    taken = 0
    said: list[str] = []
    for _ in range(int(200 * FUZZ)):
        data = bytearray(rng.choice(seeds))
        for _ in range(rng.choice((1, 1, 2, 5))):
            at = rng.randrange(len(data))
            card = at // 80 * 80
            if rng.random() < 0.5:
                data[at] = rng.randrange(256)
            elif rng.random() < 0.5:
                other = rng.randrange(len(data)) // 80 * 80
                data[card : card + 80] = data[other : other + 80].ljust(80)
            else:
                data[card + 10 : card + 30] = rng.choice(values).ljust(20)
        file.write_bytes(data)
        try:
            taken += len(take(folder, file, dry_run=True).written)
        except ImportRefusedError as error:
            said += [f"{one.path}: {one.message}" for one in error.problems]
    assert taken
    assert [one for one in said if not one.startswith(f"{file}: ") or not one.isprintable()] == []
