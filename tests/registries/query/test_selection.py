"""What `curator select` answers is what a Butler answers that the same ranges were certified in."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from curator.calibrations.data_id import DataId
from curator.calibrations.header.deprecation import Deprecation
from curator.cli.main import main
from curator.errors import UsageError
from curator.export.manifest.manifest import (
    DetectorRecord,
    FilterRecord,
    InstrumentRecord,
    format_range,
)
from curator.registries.model.collections import label_name, unknown_label
from curator.registries.model.tai import to_timespan
from curator.registries.query.as_catalogue import RegistryNames, certified
from curator.repository.catalogue.catalogue import Catalogue, Entry, _arrange
from curator.repository.catalogue.coverage import coverage
from curator.repository.layout.paths import CalibPath
from curator.repository.selection.selection import Request, Selector

from ..conftest import Calib, ingest


@pytest.fixture
def run(capsys):
    """Return a function that runs a verb and gives its exit status, output and errors."""

    def go(*words: object) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return go


EPOCH = datetime(2020, 1, 1)
HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
# From just before an edge to it, from it on, and across it.
STEPS = ((-1, 1), (0, 1), (-1, 2))


def ranges(seed: int) -> list[tuple[str, datetime, datetime | None]]:
    """Return ranges that do not overlap, some with gaps between them."""
    chance = random.Random(seed)
    found: list[tuple[str, datetime, datetime | None]] = []
    for detector in ("R22_S11", "R22_S12"):
        edges = sorted(chance.sample(range(200), 8))
        for start, end in pairwise(edges):
            if chance.random() < 0.8:
                found.append((detector, EPOCH + start * HOUR, EPOCH + end * HOUR))
        if chance.random() < 0.5:
            found.append((detector, EPOCH + edges[-1] * HOUR, None))
    return found


def spans_of(catalogue: Catalogue) -> list[tuple[str, list[tuple[datetime, datetime | None]]]]:
    """Return what a coverage of some calibrations shows."""
    return [
        (one.data_id.detector_name, [(span.start, span.end) for span in one.ranges])
        for one in coverage(catalogue)
    ]


def entries(seed: int) -> list[Entry]:
    return [
        Entry(
            CalibPath.parse(f"testCam/defects/{detector.lower()}/{start:%Y%m%dT%H%M%S}.ecsv"),
            None,
            "testCam",
            DataId("defects", "TestCam", {"R22_S11": 94, "R22_S12": 95}[detector], "", detector),
            start,
            end,
            "written" if end else "none",
        )
        for detector, start, end in ranges(seed)
    ]


def deprecated(seed: int) -> list[Entry]:
    """Return calibrations of which some are deprecated for some time, with or without a fall-back."""
    chance = random.Random(seed)

    def interval() -> Deprecation:
        start, end = sorted(chance.sample(range(200), 2))
        open_start, open_end = (chance.random() < 0.3 for _ in range(2))
        return Deprecation(
            None if open_start else EPOCH + start * HOUR,
            None if open_end else EPOCH + end * HOUR,
            "bad",
            chance.random() < 0.6,
        )

    said = [
        replace(
            one,
            end=one.end if chance.random() < 0.3 else None,
            end_source="written",
            deprecations=tuple(interval() for _ in range(chance.choice([0, 1, 2]))),
        )
        for one in entries(seed)
    ]
    return _arrange([one if one.end else replace(one, end_source="none") for one in said])[0]


@pytest.mark.parametrize("made", [entries(3), deprecated(1), deprecated(5)], ids=["plain", "1", "5"])
def test_a_butler_and_the_text_agree_at_every_edge(registry, export, made):
    from lsst.daf.butler import CalibrationLookupError

    calibs = [
        Calib(
            x0=number,
            detector=one.data_id.detector_name,
            start=one.start.isoformat(),
            # A derived end is none of its own: what falls back to it makes it hold longer.
            end=one.end.isoformat() if one.end and one.end_source == "written" else "",
            status=one.status,
            served=" ".join(format_range(*span) for span in one.ranges),
            gitpath=str(one.path),
        )
        for number, one in enumerate(made)
    ]
    registry.ingest(export(*calibs), "u/ada/test")
    selector = Selector(Catalogue(tuple(made)))
    there = certified(registry.target, "u/ada/test")[0]
    assert spans_of(there) == spans_of(Catalogue(tuple(made)))
    same = Selector(there)
    moments = sorted({edge for one in made for span in one.ranges for edge in span if edge})
    asked = 0
    with registry.open() as butler:
        for detector, number in (("R22_S11", 94), ("R22_S12", 95)):
            for moment in moments:
                for begin, length in (*STEPS, (-5_000_000_000, 10_000_000_000)):
                    start = moment + begin * MICROSECOND
                    end = start + length * MICROSECOND
                    answer = selector.select(Request("testCam", "defects", detector, None, start, end))
                    again = same.select(Request("TestCam", "defects", detector, None, start, end))
                    assert [one.path for one in again.entries] == [one.path for one in answer.entries]
                    try:
                        found = butler.find_dataset(
                            "defects",
                            instrument="TestCam",
                            detector=number,
                            timespan=to_timespan(start, end),
                            collections=label_name("TestCam", "u/ada/test"),
                        )
                    except CalibrationLookupError:
                        status = "ambiguous"
                    else:
                        status = "found" if found else "none"
                    asked += 1
                    assert answer.status == status, (detector, start, end)
                    if answer.entry is not None:
                        assert found is not None
                        assert found.run.split("/")[-2] == f"{answer.entry.start:%Y%m%dT%H%M%S}"
    assert asked > 50


def test_two_labels_are_compared_by_what_their_calibrations_hold(run, registry, export, tmp_path):
    table = tmp_path / "night.csv"
    table.write_text(
        "visit,date,detector\n1,2020-01-05,R22_S11\n2,2020-02-05,R22_S11\n3,2020-02-05,R22_S12\n"
    )
    first = [
        Calib(x0=1, start="2020-01-01T00:00:00", end="2020-02-01T00:00:00"),
        Calib(x0=2, start="2020-02-01T00:00:00"),
    ]
    # The same content from another commit, other content in the same place, and something new.
    second = [
        Calib(x0=1, start="2020-01-01T00:00:00", end="2020-02-01T00:00:00", sha="2" * 40),
        Calib(x0=7, start="2020-02-01T00:00:00", sha="2" * 40),
        Calib(x0=3, start="2020-01-01T00:00:00", detector="R22_S12"),
    ]
    registry.ingest(export(*first), "a")
    registry.ingest(export(*second), "b", prefer=True)
    words = ("--registry", registry.target, "--exposures", str(table), "--type", "defects")
    status, out, _ = run("impact", "a..b", *words)
    rows = [row.split(",") for row in out.splitlines()[1:]]
    assert status == 1
    assert [row[0] for row in rows] == ["2", "3"]
    (before, after), (none, new) = (row[5:] for row in rows)
    assert before.partition("@")[0] == after.partition("@")[0] == first[1].source
    assert before != after
    assert (none, new.partition("@")[0]) == ("none", second[2].source)
    assert run("impact", "a..", *words) == (1, out, "")
    found = json.loads(run("impact", "b..a", *words, "--format", "json")[1])["exposures"]
    assert [one["after"] for one in found][1] == []
    assert len(found[0]["before"][0]["content"]) > 12
    assert run("impact", "a..a", *words)[0] == 2
    assert "no label 'zz'" in run("impact", "a..zz", *words)[2]


def test_an_override_of_a_registry_names_what_is_certified_there(run, registry, export, tmp_path):
    calibs = [
        Calib(x0=1, start="2020-01-01T00:00:00", end="2020-02-01T00:00:00"),
        Calib(x0=2, start="2020-02-01T00:00:00"),
    ]
    registry.ingest(export(*calibs), "a", prefer=True)
    file = tmp_path / "o.yaml"
    text = (
        "schema_version: 1\noverrides:\n- {dataset_type: defects, detector: R22_S11, camera: TestCam, "
        f"reason: r, begin: 2020-03-01, calibration: {calibs[0].source}}}\n"
    )
    file.write_text(text)
    words = ("--type", "defects", "--detector", "94", "--registry", registry.target, "--overrides", str(file))
    assert run("select", *words, "--date", "2020-03-01")[:2] == (0, f"{calibs[0].source}\n")
    assert run("select", *words, "--date", "2020-02-29")[:2] == (0, f"{calibs[1].source}\n")
    assert run("select", *words, "--date", "2020-02-29T23:59:59", "--exptime", "2")[0] == 1
    assert "otherwise:" in run("why", *words, "--date", "2020-03-01")[1]
    file.write_text(text.replace("20200101", "20190101"))
    status, _, err = run("select", *words, "--date", "2020-03-01")
    assert (status, "not one of the calibrations" in err) == (2, True)


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_labels_are_known_by_their_whole_names_too(run, registry, export, tmp_path, kind):
    target = registry.target if kind == "butler" else f"gen2:{tmp_path / 'gen2'}"
    for label in ("a", "b"):
        ingest(export(Calib(x0=len(label), start="2020-01-01T00:00:00")), target, f"u/ada/{label}")
    (tmp_path / "night.csv").write_text("visit,date,detector\n1,2020-01-05,R22_S11\n")
    whole = "TestCam/calib/u/ada/a"
    ask = ("select", "--type", "defects", "--detector", "94", "--date", "2020-02-01", "--registry", target)
    assert run(*ask, "--label", whole) == run(*ask, "--label", "u/ada/a")
    assert run(*ask, "--label", whole)[0] == 0
    words = ("--registry", target, "--exposures", tmp_path / "night.csv", "--type", "defects")
    assert run("impact", f"{whole}..u/ada/b", *words)[0] == 0
    assert run("fingerprint", target, "--label", whole)[0] == 0
    plan = run("plan", target, "--purge", whole, "--output", tmp_path / "purge.json")
    assert plan[0] == 0
    assert "remove 1 label\n    TestCam/calib/u/ada/a\n" in plan[1]
    for verb in (
        (*ask, "--label", "zz"),
        ("plan", target, "--purge", "zz"),
        ("impact", "zz..u/ada/a", *words),
        (*ask, "--label", "Other/calib/u/ada/a"),
    ):
        status, _, err = run(*verb)
        assert (status, "hint: there are: u/ada/a, u/ada/b\n" in err) == (2, True), err
    assert "hint: --label names one: u/ada/a, u/ada/b" in run(*ask)[2]
    assert run("apply", tmp_path / "purge.json")[0] == 0
    assert "hint: there are: u/ada/b\n" in run(*ask, "--label", whole)[2]


def test_a_new_label_is_not_named_by_its_whole_name(registry, export):
    with pytest.raises(UsageError, match="adds the part before the label") as caught:
        registry.ingest(export(Calib()), "TestCam/calib/2025.1")
    assert caught.value.hint == "--label 2025.1"


def test_of_many_labels_ten_are_listed():
    error = unknown_label("zz", [f"C/calib/{number:02}" for number in range(13)], "there")
    assert error.hint == "there are: 00, 01, 02, 03, 04, 05, 06, 07, 08, 09 and 3 more"


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_files_that_are_lost_are_said_and_their_commits_left_unknown(run, registry, export, tmp_path, kind):
    target = registry.target if kind == "butler" else f"gen2:{tmp_path / 'gen2'}"
    tree = export(Calib(start="2020-01-01T00:00:00"), Calib(detector="R22_S12", start="2020-01-01T00:00:00"))
    ingest(tree, target, "a", prefer=True)
    table = tmp_path / "night.csv"
    table.write_text("visit,date\n1,2020-01-05\n")
    ask = ("select", "--type", "defects", "--registry", target, "--exposures", table, "--detector", "94")
    verbs = (
        ask,
        ("coverage", "--registry", target),
        ("impact", "--registry", target, "a..", "--exposures", table, "--type", "defects"),
        ("holdings", target),
    )
    for verb in verbs:
        assert "lost" not in "".join(run(*verb)[1:])
    served = [*(tmp_path / "gen2").rglob("*094*.fits")]
    assert len(served) == (kind == "gen2")
    for file in (*tree.rglob("*11/*.fits"), *(tmp_path / "gen2").rglob("*11/*.fits"), *served):
        file.unlink()
    for verb in verbs:
        status, out, err = run(*verb)
        assert status == 0
        assert err.count("1 file of the registry cannot be read, or is lost: ") == 1
        if kind == "butler":
            assert ("unknown" in out) == (verb[0] == "holdings")


def test_an_end_at_which_another_begins_is_said_to_be_that(run, registry, export):
    calibs = [
        Calib(x0=1, start="2020-01-01T00:00:00", end="2020-02-01T00:00:00"),
        Calib(x0=2, start="2020-02-01T00:00:00", end="2020-03-01T00:00:00"),
    ]
    registry.ingest(export(*calibs), "a", prefer=True)
    words = ("why", "--type", "defects", "--detector", "94", "--registry", registry.target, "--date")
    said = " ".join(run(*words, "2020-01-05")[1].split())
    assert "until 2020-02-01T00:00:00, when the next one begins" in said
    assert "until 2020-03-01T00:00:00, as VALIDEND says" in run(*words, "2020-02-05")[1]


def test_an_unknown_name_is_refused_with_what_the_registry_knows(run, registry, export):
    registry.ingest(export(Calib()), "a", prefer=True)
    words = ("why", "--date", "2020-01-05", "--registry", registry.target)
    status, _, err = run(*words, "--type", "defects", "--detector", "zz")
    assert (status, err.splitlines()) == (
        2,
        [
            "curator: TestCam has no detector 'zz' in this registry",
            "  hint: known: R22_S11, R22_S12, R22_S20",
        ],
    )
    assert "no filter 'zz'" in run(*words, "--type", "transmission_filter", "--filter", "zz")[2]


def test_of_several_instruments_the_only_one_with_the_detector_or_filter_is_taken() -> None:
    date = datetime(2020, 1, 1)
    path = CalibPath.parse("One/defects/d1/20200101T000000.ecsv")
    held = [Entry(path, None, one, DataId("defects", one, 0, "", "D1"), date, None) for one in ("One", "Two")]
    names = RegistryNames(
        held,
        [
            InstrumentRecord(
                "One", (DetectorRecord(0, "D1"), DetectorRecord(1, "R01_S11")), (FilterRecord("r"),)
            ),
            InstrumentRecord("Two", (DetectorRecord(0, "D1"), DetectorRecord(7, "E7"))),
        ],
    )
    assert names.names("", "r01_s11", "", ()).camera == "One"
    assert names.names("", "7", "", ()).detector == "E7"
    assert names.names("", "D1", "r", ()).camera == "One"
    for words, message, hint in (
        (("D1", ""), "this registry has several instruments with a detector 'D1'", "--camera One or Two"),
        (("E8", ""), "no instrument of this registry has a detector 'E8'", "did you mean E7?"),
    ):
        with pytest.raises(UsageError) as caught:
            names.names("", *words, ())
        assert (caught.value.message, caught.value.hint) == (message, hint)
