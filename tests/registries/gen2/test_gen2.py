"""A Gen2 registry: what is published there is what look-ups of the stack find."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest

from curator.calibrations.fits.stamp_reader import read_stamp
from curator.cli.main import main
from curator.errors import CuratorError, RegistryError, UsageError
from curator.export.manifest.manifest import FilterRecord
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings
from curator.registries.publish.saved_plan import apply_plan, plan_back
from curator.registries.registry import open_registry

from ..conftest import OTHER_COMMIT, Calib, dates, ingest, make_export, make_plan
from .made import EDITED, LATER, OTHER, TWO, digest, with_layout
from .stack import ingest_calibs


def test_what_is_preferred_is_what_the_stack_finds(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    assert gen2.found("2019-12-31T23:59:59") == digest(TWO[0])
    assert gen2.found("2020-01-01T00:00:00") == digest(TWO[1])
    assert gen2.found("2037-06-01T00:00:00") == digest(TWO[1])
    assert gen2.found("1969-12-31T23:59:59") == ""
    assert gen2.found(ccd=95) == ""
    assert gen2.sql("SELECT filter, ccd, calibDate, validStart, validEnd FROM defects") == [
        ("NONE", 94, "1970-01-01", "1970-01-01", "2020-01-01"),
        ("NONE", 94, "2020-01-01", "2020-01-01", "2037-12-31"),
    ]
    assert gen2.sql("SELECT count(*) FROM defects_visit") == [(0,)]


def test_without_prefer_a_label_is_published_and_serves_nothing(gen2, export):
    gen2.ingest(export(*TWO))
    assert gen2.found() == ""
    assert [(one.label, one.preferred) for one in holdings(gen2.target)] == [("TestCam/calib/a", False)] * 2
    assert all(Path(one.file).is_file() for one in holdings(gen2.target))
    gen2.ingest(export(*TWO), prefer=True)
    assert gen2.found() == digest(TWO[1])


def test_a_second_ingest_changes_nothing(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    before = gen2.state()
    assert gen2.ingest(export(*TWO), prefer=True).plan.is_empty
    assert gen2.state() == before


def test_a_calibration_that_was_edited_replaces_the_one_it_was(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    gen2.ingest(export(*EDITED, **OTHER), "b", prefer=True)
    assert gen2.found() == digest(EDITED[1])
    assert gen2.found("2019-01-01") == digest(TWO[0])
    labels = {one.label: one.preferred for one in holdings(gen2.target)}
    assert labels == {"TestCam/calib/a": False, "TestCam/calib/b": True}


def test_a_plan_is_applied_and_taken_back(gen2, export):
    first = make_plan(str(export(*TWO)), gen2.target, "a", prefer=True)
    assert not gen2.path.exists()
    assert (first.creates, len(first.ingest), len(first.certify), len(first.moves)) == (True, 2, 2, 1)
    apply_plan(first)
    before = gen2.state()
    assert apply_plan(first).is_empty
    assert gen2.state() == before
    second = make_plan(str(export(*EDITED, **OTHER)), gen2.target, "b", prefer=True)
    assert gen2.state() == before
    apply_plan(second)
    back = plan_back(second)
    apply_plan(back)
    assert gen2.found() == digest(TWO[1])
    assert apply_plan(back).is_empty
    apply_plan(plan_back(first))
    assert gen2.found() == ""
    assert not list((gen2.path / "defects").rglob("*")), "what no row leads to is removed"
    with pytest.raises(Refused):
        apply_plan(plan_back(second))


def test_a_published_label_is_never_edited(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    before = gen2.state()
    with pytest.raises(Refused, match="differences") as caught:
        gen2.ingest(export(*EDITED, **OTHER), "a")
    assert "was published from commit" in " ".join(map(str, caught.value.differences))
    assert gen2.state() == before


def test_personal_labels_are_not_served(gen2, export):
    gen2.ingest(export(*TWO, released=()), "u/ada/try")
    assert gen2.found() == ""
    assert len(holdings(gen2.target, "u/ada/try")) == 2


def test_holdings_say_where_they_are_from(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    last = holdings(gen2.target, "a")[-1]
    assert (*dates(last), last.preferred) == ("2020-01-01T00:00:00", "", True)
    assert (last.source, last.commit, last.repository) == (TWO[1].source, "2" * 40, "obs_test_data")
    assert (last.data_id.detector_name, last.data_id.detector, last.content) == (
        "R22_S11",
        94,
        digest(TWO[1]),
    )
    with pytest.raises(RegistryError, match="no label 'b'"):
        holdings(gen2.target, "b")


def test_find_answers_for_a_date(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    with open_registry(gen2.target, "read") as registry:
        found = registry.find("defects", "TestCam", datetime(2019, 5, 1), detector=94)
        assert found is not None
        assert found.content == digest(TWO[0])
        assert registry.find("defects", "TestCam", datetime(1960, 5, 1), detector=94) is None


def test_where_nothing_is_to_be_used_any_more_nothing_is_served(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    gone = (replace(one, status="deprecated") for one in TWO)
    saved = make_plan(str(export(*gone, **OTHER)), gen2.target, "b", prefer=True)
    apply_plan(saved)
    assert gen2.sql("SELECT * FROM defects") == []
    assert not list((gen2.path / "defects").rglob("*"))
    apply_plan(plan_back(saved))
    assert gen2.found() == digest(TWO[1])


def test_a_deprecated_time_is_a_gap(gen2, export):
    served = "2020-01-01T00:00:00/2020-03-01T00:00:00 2020-04-01T10:00:00/.."
    one = Calib(start=LATER, served=served)
    gen2.ingest(export(one), prefer=True)
    assert gen2.found("2020-02-29T23:59:59") == digest(one)
    assert gen2.found("2020-03-01T00:00:01") == ""
    assert gen2.found("2020-04-01T23:00:00") == "", "a part of this day was deprecated"
    assert gen2.found("2020-04-02T00:00:00") == digest(one)


def test_a_gap_within_a_day_is_not_served_over(gen2, export):
    served = "2020-01-01T00:00:00/2020-03-01T08:00:00 2020-03-01T10:00:00/.."
    gen2.ingest(export(Calib(start=LATER, served=served)), prefer=True)
    assert gen2.found("2020-03-01T09:00:00") == ""
    assert gen2.found("2020-03-02T09:00:00") != ""


HOLDINGS_SCHEMA = Path(__file__).resolve().parents[3] / "schemas/output/holdings.schema.json"
SAME_DAY = (
    Calib(1, start="2020-01-01T08:00:00", end="2020-01-01T20:00:00"),
    Calib(2, start="2020-01-01T20:00:00", sha="2" * 40),
)


def test_two_that_begin_on_one_day_are_refused(gen2, export):
    with pytest.raises(Refused) as caught:
        gen2.ingest(export(*SAME_DAY), prefer=True)
    assert "whole days" in str(caught.value.differences[0])
    assert not gen2.path.exists()


def test_the_last_of_a_day_is_served_where_the_configuration_says_so(gen2, export):
    gen2.ingest(export(*SAME_DAY, **with_layout(same_day="last")), prefer=True)
    assert gen2.found("2020-01-01T12:00:00") == digest(SAME_DAY[1])


def test_a_stack_that_knows_days_only_finds_each_day_once(gen2, export):
    gen2.ingest(export(*TWO, **with_layout(increment_valid_end=False)), prefer=True)
    assert gen2.found("2019-12-31") == digest(TWO[0])
    assert gen2.found("2020-01-01") == digest(TWO[1])
    assert [dates(one)[1] for one in holdings(gen2.target)] == ["2020-01-01T00:00:00", ""]


def test_names_and_paths_are_those_of_the_camera(gen2, export):
    layout = with_layout(
        columns=(("detector", "{detector}"), ("detectorName", "{detector_name}"), ("raft", "R22")),
        tables=(("defects", "defectList"),),
        template="calib/{type}/{detector_name}-{calibDate}-{digest}.fits",
    )
    gen2.ingest(export(*TWO, **layout), prefer=True)
    found = gen2.sql("SELECT detector, detectorName, raft, calibDate FROM defectList")
    assert found == [(94, "R22_S11", "R22", "1970-01-01"), (94, "R22_S11", "R22", "2020-01-01")]
    path = gen2.path / f"calib/defectList/R22_S11-2020-01-01-{digest(TWO[1])[:12]}.fits"
    assert read_stamp(str(path)).content == digest(TWO[1])


def test_a_type_without_a_detector_has_a_table_without_that_column(gen2, export):
    gen2.ingest(export(Calib(dataset_type="transmission_filter", filter="g_6", start=LATER)), prefer=True)
    assert gen2.sql("SELECT * FROM transmission_filter") == [
        (1, "g_6", "2020-01-01", "2020-01-01", "2037-12-31")
    ]


def test_two_calibrations_that_would_have_one_path_are_refused(gen2, export):
    calibs = (Calib(start=LATER), Calib(2, detector="R22_S12", start=LATER))
    with pytest.raises(Refused, match="the same path"):
        gen2.ingest(export(*calibs, **with_layout(template="{type}/{calibDate}.fits")), prefer=True)


def test_a_file_in_the_place_of_another_file_s_folder_is_refused(gen2, export):
    calibs = (Calib(), Calib(dataset_type="transmission_filter", filter="g_6"))
    layout = with_layout(templates=(("defects", "a.fits"), ("transmission_filter", "a.fits/{filter}.fits")))
    with pytest.raises(Refused, match="which is also the path of the file of TestCam/defects"):
        gen2.ingest(export(*calibs, **layout), prefer=True)
    assert not gen2.path.exists()


def test_a_band_that_was_corrected_is_not_served_as_it_was(gen2, export):
    """Where rows do not have it, it does not matter."""
    one = Calib(dataset_type="transmission_filter", filter="g_6")
    with_band = with_layout(columns=(("filter", "{filter}"), ("band", "{band}")))
    for layout in (with_layout(), with_band):
        first, second = (replace(layout["instruments"][0], filters=(FilterRecord("g_6", x),)) for x in "gr")
        gen2.ingest(export(one, instruments=(first,)), "a", prefer=True)
        other = export(one, name="second", commit=OTHER_COMMIT, instruments=(second,))
        if layout is with_band:
            before = gen2.state()
            with pytest.raises(Refused, match="band is g here, r in the export"):
                gen2.ingest(other, "b", prefer=True)
            assert gen2.state() == before
        else:
            gen2.ingest(other, "b", prefer=True)
            shutil.rmtree(gen2.path)


@pytest.mark.parametrize(
    ("kind", "text", "held"),
    [
        ("int", "{detector:03d}", False),
        ("int", "{detector}", True),
        ("numeric", "1e3", False),
        ("float", "{detector}", False),
        ("varchar(8)", "{detector:03d}", True),
    ],
)
def test_a_column_that_would_make_another_value_of_a_text_is_refused(kind, text, held, gen2, export):
    gen2.path.mkdir()
    gen2.sql(
        f"CREATE TABLE defects (id integer primary key autoincrement, filter text, ccd {kind}, "
        "calibDate text, validStart text, validEnd text)"
    )
    made = export(Calib(), **with_layout(columns=(("filter", "{filter}"), ("ccd", text))))
    if held:
        gen2.ingest(made, prefer=True)
        assert [one.content for one in holdings(gen2.target)] == [digest(Calib())]
    else:
        with pytest.raises(Refused, match="cannot store"):
            gen2.ingest(made, prefer=True)


def test_detectors_that_no_column_tells_apart_are_refused(gen2, export):
    calibs = (Calib(start=LATER), Calib(2, detector="R22_S12", start=LATER))
    with pytest.raises(Refused, match="no column"):
        gen2.ingest(export(*calibs, **with_layout(columns=(("filter", "{filter}"),))), prefer=True)


def test_two_types_in_one_table_are_refused(gen2, export):
    calibs = (Calib(start=LATER), Calib(2, detector="R22_S12", start=LATER, dataset_type="manual_defects"))
    with pytest.raises(Refused, match="is that of defects"):
        gen2.ingest(export(*calibs, **with_layout(tables=(("manual_defects", "defects"),))), prefer=True)
    assert not gen2.file.exists()


def test_what_others_put_in_the_way_later_hinders_no_other_label(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    gen2.sql("INSERT INTO defects VALUES (NULL, 'NONE', 94, '2021-01-01', '2021-01-01', '2037-12-31')")
    gen2.sql("UPDATE defects SET validEnd = '2021-01-01' WHERE calibDate = '2020-01-01'")
    told: list[str] = []
    other = Calib(7, start=LATER, end="2021-01-01T00:00:00")
    gen2.ingest(export(other, **OTHER), "b", prefer=True, notify=told.append)
    assert len(told) == 1
    assert "row from another program" in told[0]
    assert gen2.found("2020-06-01") == digest(other)


def test_a_start_after_the_calendar_of_gen2_is_refused(gen2, export):
    for start in ("2037-12-31T00:00:00", "2038-01-01T00:00:00", "9999-12-31T12:00:00"):
        with pytest.raises(Refused, match="2037"):
            gen2.ingest(export(Calib(start=start)), prefer=True)


def test_rows_of_others_stay_as_they_are(gen2, export):
    ingest_calibs(gen2.path, "bias", ("NONE", 94, "2020-01-01"))
    ingest_calibs(gen2.path, "defects", ("NONE", 95, "2020-01-01"), ("NONE", 95, "2020-02-01"))
    before = gen2.sql("SELECT * FROM bias"), gen2.sql("SELECT * FROM defects")
    saved = make_plan(str(export(*TWO)), gen2.target, "a", prefer=True)
    assert not saved.creates
    apply_plan(saved)
    assert gen2.found() == digest(TWO[1])
    apply_plan(plan_back(saved))
    assert (gen2.sql("SELECT * FROM bias"), gen2.sql("SELECT * FROM defects")) == before


def test_rows_of_others_for_the_same_data_id_are_in_the_way(gen2, export):
    ingest_calibs(gen2.path, "defects", ("NONE", 94, "2021-02-01"))
    before = gen2.state()
    with pytest.raises(Refused, match="row from another program") as caught:
        gen2.ingest(export(*TWO), prefer=True)
    assert "2021-02-01" in str(caught.value.differences[0])
    assert gen2.state() == before
    gen2.ingest(export(*TWO))
    assert gen2.sql("SELECT count(*) FROM defects") == [(1,)]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("ccd int, calibDate text, validStart text, validEnd text", "no column 'filter'"),
        (
            "filter text, ccd int, raft text, calibDate text, validStart text, validEnd text",
            "column 'raft'",
        ),
    ],
)
def test_a_table_of_another_layout_is_refused(columns, said, gen2, export):
    gen2.path.mkdir()
    gen2.sql(f"create table defects (id integer primary key autoincrement, {columns})")
    with pytest.raises(Refused, match=said):
        gen2.ingest(export(*TWO), prefer=True)


def test_files_of_others_are_never_overwritten(gen2, export):
    file = gen2.path / "defects/2020-01-01/defects-2020-01-01-094.fits"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"precious")
    with pytest.raises(Refused, match="did not write"):
        gen2.ingest(export(*TWO), prefer=True)
    assert file.read_bytes() == b"precious"
    tree = export(*TWO)
    shutil.copy(next(tree.rglob("20200101T000000*.fits")), file)
    gen2.ingest(tree, prefer=True)
    assert gen2.found() == digest(TWO[1])


def test_no_symbolic_link_leads_files_elsewhere(gen2, export, tmp_path):
    gen2.path.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (gen2.path / "defects").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CuratorError, match="symbolic link"):
        gen2.ingest(export(*TWO), prefer=True)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_files_are_linked_and_lost_ones_laid_again(gen2, export):
    tree = export(*TWO)
    gen2.ingest(tree, prefer=True)
    sources = {one.stat().st_ino for one in tree.rglob("*.fits")}
    assert {one.stat().st_ino for one in gen2.path.rglob("*.fits")} == sources
    for one in gen2.path.rglob("*.fits"):
        one.unlink()
    gen2.ingest(tree, prefer=True)
    assert gen2.found() == digest(TWO[1])


def test_what_the_stack_dates_anew_is_put_back(gen2, export):
    one = Calib(start=LATER, served="2020-01-01T00:00:00/2020-03-01T00:00:00 2020-05-01T00:00:00/..")
    gen2.ingest(export(one), prefer=True)
    ingest_calibs(gen2.path, "defects", ("NONE", 95, "2020-01-01"))
    assert gen2.found("2020-04-01") != "", "the stack knows no gaps"
    told: list[str] = []
    gen2.ingest(export(one), prefer=True, notify=told.append)
    assert len(told) == 1
    assert gen2.found("2020-04-01") == ""
    assert gen2.sql("SELECT validEnd FROM defects WHERE ccd = 95") == [("2037-12-31",)]


def test_an_export_of_some_paths_adds_to_what_is_served(gen2, export, tmp_path):
    gen2.ingest(export(*TWO), prefer=True)
    part = make_export(tmp_path / "part", Calib(5, detector="R22_S12", start=LATER), complete=False)
    gen2.ingest(part)
    assert gen2.found(ccd=95) != ""
    assert gen2.found() == digest(TWO[1])
    assert gen2.ingest(part).plan.is_empty


def test_a_registry_is_of_one_instrument(gen2, export):
    two = (*TWO, Calib(4, instrument="OtherCam"))
    with pytest.raises(UsageError, match="several instruments"):
        gen2.ingest(export(*two), prefer=True)
    ingest(export(*two), f"{gen2.target}#TestCam", "a", prefer=True)
    assert {one.data_id.instrument for one in holdings(gen2.target)} == {"TestCam"}
    assert gen2.ingest(export(*two), prefer=True).plan.is_empty
    with pytest.raises(UsageError, match="not to OtherCam"):
        ingest(export(*two), f"{gen2.target}#OtherCam", "a")


def test_a_database_on_a_server_is_refused(gen2, export):
    with pytest.raises(UsageError, match="--database"):
        gen2.ingest(export(*TWO), database="postgresql://x@y/z")


def test_what_is_no_registry_is_said_in_one_line(gen2, export, tmp_path, capsys):
    tree = export(*TWO)
    assert main(["holdings", gen2.target]) == 2
    gen2.path.mkdir()
    gen2.file.write_bytes(b"no database " * 1000)
    for words in (["holdings", gen2.target], ["ingest", "--create", str(tree), gen2.target, "--label", "a"]):
        capsys.readouterr()
        assert main(words) == 2
        said = capsys.readouterr().err
        assert "not an SQLite database" in said
        assert said.count("\n") == 1
    gen2.file.unlink()
    gen2.sql("create table other (x)")
    assert main(["holdings", gen2.target]) == 2
    assert "not a Gen2 registry" in capsys.readouterr().err


def test_a_damaged_registry_is_said_in_one_line(gen2, export, capsys):
    gen2.ingest(export(*TWO), prefer=True)
    raw = bytearray(gen2.file.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    gen2.file.write_bytes(raw)
    assert main(["holdings", gen2.target]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "damaged" in said


def test_a_registry_that_somebody_writes_to_is_waited_for(gen2, export, capsys):
    tree = export(*TWO)
    gen2.ingest(tree)
    with closing(sqlite3.connect(gen2.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        words = ["ingest", "--create", str(tree), gen2.target, "--label", "a", "--prefer", "--wait", "0.2"]
        assert main(words) == 2
        assert "someone else is writing" in capsys.readouterr().err
        assert len(holdings(gen2.target)) == 2
    assert main(words) == 0


def test_a_registry_of_others_is_read_and_not_written(gen2, capsys):
    ingest_calibs(
        gen2.path,
        "defects",
        ("NONE", 94, "2020-01-01"),
        ("NONE", 94, "2020-03-01"),
        ("NONE", 95, "2020-01-01"),
        ("NONE", None, "2020-01-01"),
    )
    ingest_calibs(gen2.path, "flat", ("g", 94, "2020-01-01"))
    (gen2.path / "_mapper").write_text("lsst.obs.subaru.HscMapper\n")
    before = gen2.file.read_bytes(), sorted(gen2.path.rglob("*"))
    gen2.path.chmod(0o555)
    try:
        assert main(["holdings", gen2.target, "--format", "json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        jsonschema.validate(answer, json.loads(HOLDINGS_SCHEMA.read_text()))
        found = answer["holdings"]
        assert len(found) == 4
        assert {one["instrument"] for one in found} == {"Hsc"}
        for date, start in (("2020-02-29", "20200101"), ("2020-03-01", "20200301")):
            words = ["select", "--registry", gen2.target, "--type", "defects", "--detector", "94"]
            assert main([*words, "--date", f"{date}T12:00:00"]) == 0
            assert start in capsys.readouterr().out
    finally:
        gen2.path.chmod(0o755)
    assert (gen2.file.read_bytes(), sorted(gen2.path.rglob("*"))) == before


def test_reading_makes_no_log_beside_a_registry(gen2):
    ingest_calibs(gen2.path, "defects", ("NONE", 94, "2020-01-01"))
    gen2.sql("PRAGMA journal_mode = WAL")
    assert len(holdings(gen2.target)) == 1
    assert [one.name for one in gen2.path.iterdir()] == ["calibRegistry.sqlite3"]


@pytest.mark.parametrize("increment", [True, False])
def test_an_end_after_the_calendar_of_gen2_is_kept(increment, gen2, export):
    layout = with_layout(increment_valid_end=increment)
    one = Calib(start=LATER, end="2090-01-01T00:00:00")
    gen2.ingest(export(one, **layout), prefer=True)
    assert dates(holdings(gen2.target)[0])[1] == "2090-01-01T00:00:00"
    assert (gen2.found("2089-12-31"), gen2.found("2090-01-02")) == (digest(one), "")


@pytest.mark.parametrize(
    ("increment", "end"), [(True, "2037-12-31T00:00:00"), (False, "2038-01-01T12:00:00")]
)
def test_an_end_that_would_be_written_as_none_is_refused(increment, end, gen2, export):
    calib = Calib(start=LATER, end=end)
    with pytest.raises(Refused, match="this date means no end"):
        gen2.ingest(export(calib, **with_layout(increment_valid_end=increment)), prefer=True)
    gen2.ingest(export(calib, **with_layout(increment_valid_end=not increment)), prefer=True)
    assert dates(holdings(gen2.target)[0])[1][:10] == end[:10]


def test_ends_that_no_calendar_has_are_none(gen2):
    ingest_calibs(gen2.path, "defects", ("NONE", 94, "2020-01-01"), ("NONE", 95, "2020-01-01"))
    gen2.sql("UPDATE defects SET validEnd = '9999-12-31' WHERE ccd = 94")
    gen2.sql("UPDATE defects SET validEnd = 'for ever' WHERE ccd = 95")
    assert [(one.data_id.detector, dates(one)[1]) for one in holdings(gen2.target)] == [(94, "")]


def test_ranges_of_the_older_stack_include_their_last_day(gen2):
    ingest_calibs(gen2.path, "defects", ("NONE", 94, "2020-01-01"), ("NONE", 94, "2020-03-01"))
    gen2.sql("UPDATE defects SET validEnd = '2020-02-29' WHERE calibDate = '2020-01-01'")
    assert [dates(one)[1] for one in holdings(gen2.target)] == ["2020-03-01T00:00:00", ""]
    gen2.sql("UPDATE defects SET validEnd = '2020-03-01' WHERE calibDate = '2020-01-01'")
    assert [dates(one)[1] for one in holdings(gen2.target)] == ["2020-03-01T00:00:00", ""]


def test_detectors_of_others_are_named_by_what_columns_there_are(gen2):
    gen2.path.mkdir()
    dates = "calibDate text, validStart text, validEnd text"
    gen2.sql(
        f"create table a (id integer primary key, raftName text, detectorName text, detector int, {dates})"
    )
    gen2.sql("insert into a values (1, 'R22', 'S11', 94, '2020-01-01', '2020-01-01', '2037-12-31')")
    gen2.sql(f"create table b (id integer primary key, arm text, spectrograph int, {dates})")
    gen2.sql("insert into b values (1, 'b', 1, '2020-01-01', '2020-01-01', '2037-12-31')")
    gen2.sql("insert into b values (2, NULL, 1, '2020-01-01', '2020-01-01', '2037-12-31')")
    gen2.sql("insert into b values (3, 'r', 1, '2020-01-01', NULL, NULL)")
    found = [
        (one.data_id.dataset_type, one.data_id.detector_name, one.data_id.detector)
        for one in holdings(gen2.target)
    ]
    assert found == [("a", "R22_S11", 94), ("b", "b_1", None)]


def test_files_are_linked_or_copied_as_asked(gen2, export, tmp_path):
    made = export(Calib())
    (source,) = made.rglob("*.fits")
    gen2.ingest(made, "a", transfer="copy")
    (kept,) = (gen2.path / "curator").rglob("*.fits")
    assert (kept.read_bytes(), kept.samefile(source)) == (source.read_bytes(), False)
    other = type(gen2)(tmp_path / "other")
    other.ingest(made, "a", transfer="hardlink", prefer=True)
    assert {one.samefile(source) for one in other.path.rglob("*.fits")} == {True}


def test_a_hard_link_that_cannot_be_made_is_an_error_and_leaves_nothing(gen2, export):
    made = export(Calib())
    outside = Path("/dev/shm")
    if not outside.is_dir() or outside.stat().st_dev == made.stat().st_dev:
        pytest.skip("there is no other file system here")
    with tempfile.TemporaryDirectory(dir=outside) as folder:
        other = type(gen2)(Path(folder) / "calib")
        with pytest.raises(CuratorError, match="a hard link to"):
            other.ingest(made, "a", transfer="hardlink", prefer=True)
        assert not list(other.path.rglob("*.fits"))
        assert other.ingest(made, "a", prefer=True).plan.ingest
        assert other.found()


@pytest.mark.parametrize(
    "options", [{"transfer": "direct"}, {"datastore": "s3://b/p"}, {"database": "postgresql://h/d"}]
)
def test_what_only_a_butler_does_is_refused(gen2, export, options):
    with pytest.raises(CuratorError, match=f"--{next(iter(options))}"):
        gen2.ingest(export(Calib()), "a", **options)
    assert not gen2.path.exists()
