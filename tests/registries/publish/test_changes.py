"""A plan says what differs from the label that look-ups find now."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.cli.main import main
from curator.errors import RegistryError
from curator.registries.model.describe import folded
from curator.registries.publish.plan_file import load_plan, save_plan, sealed
from curator.registries.publish.saved_plan import apply_plan

from ..conftest import DETECTORS, OTHER_COMMIT, Calib, ingest, make_plan

LATER = "2020-01-01T00:00:00"
LAST = "2022-01-01T00:00:00"
FIRST = Calib(1, end=LATER)
SECOND = Calib(2, start=LATER, sha="2" * 40)
NOW = "TestCam/calib/a, which look-ups find now"


@pytest.fixture(params=["butler", "gen2"])
def place(request, registry, gen2):
    return registry if request.param == "butler" else gen2


def changes(place, tree, label="b", **options) -> list[tuple[str, ...]]:
    saved = make_plan(str(tree), place.target, label, **options)
    assert {one.label for one in saved.changes} <= {"TestCam/calib/a"}
    return [one[1:] for one in saved.changes]


def test_nothing_is_compared_before_a_label_is_preferred(place, export):
    first = make_plan(str(export(FIRST)), place.target, "a", prefer=True)
    assert (first.compared, first.changes) == ((), ())
    place.ingest(export(FIRST), "a")
    second = make_plan(str(export(FIRST, SECOND, name="b", commit=OTHER_COMMIT)), place.target, "b")
    assert (second.compared, second.changes) == ((), ())


def test_the_same_calibrations_do_not_differ(place, export):
    place.ingest(export(FIRST, SECOND), "a", prefer=True)
    tree = export(FIRST, SECOND, name="b", commit=OTHER_COMMIT)
    for label, prefer in (("b", True), ("b", False), ("u/ada/try", False)):
        saved = make_plan(str(tree), place.target, label, prefer=prefer)
        assert (saved.compared, saved.changes) == ((("TestCam/calib/a", 2),), ())


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        (
            [FIRST, SECOND, Calib(3, start=LATER, detector="R22_S12")],
            [("added", "defects TestCam R22_S12", LATER, "")],
        ),
        ([FIRST], [("removed", "defects TestCam R22_S11", LATER, "")]),
        (
            [FIRST, replace(SECOND, status="deprecated")],
            [("removed", "defects TestCam R22_S11", LATER, "deprecated")],
        ),
        (
            [FIRST, replace(SECOND, status="uncertified")],
            [("removed", "defects TestCam R22_S11", LATER, "not certified")],
        ),
        (
            [FIRST, replace(SECOND, x0=5, sha="5" * 40)],
            [("changed", "defects TestCam R22_S11", LATER, "")],
        ),
        (
            [FIRST, replace(SECOND, sha="5" * 40)],
            [("recommitted", "defects TestCam R22_S11", LATER, "")],
        ),
        (
            [FIRST, replace(SECOND, end=LAST)],
            [("range", "defects TestCam R22_S11", LATER, "ends 2022-01-01, had no end")],
        ),
        (
            [replace(FIRST, end="2019-01-01T00:00:00"), SECOND],
            [
                (
                    "range",
                    "defects TestCam R22_S11",
                    "1970-01-01T00:00:00",
                    "ends 2019-01-01, ended 2020-01-01",
                )
            ],
        ),
        (
            [FIRST, replace(SECOND, end=LAST, sha="2" * 40), Calib(4, start=LAST, sha="4" * 40)],
            [
                ("added", "defects TestCam R22_S11", LAST, ""),
                ("range", "defects TestCam R22_S11", LATER, "ends 2022-01-01, had no end"),
            ],
        ),
    ],
)
def test_each_kind_of_difference_is_named(place, export, after, wanted):
    place.ingest(export(FIRST, SECOND), "a", prefer=True)
    assert changes(place, export(*after, name="b", commit=OTHER_COMMIT), prefer=True) == wanted


def test_a_range_that_was_cut_in_two_is_one_difference(registry, export):
    registry.ingest(export(FIRST, SECOND), "a", prefer=True)
    cut = replace(SECOND, served=f"{LATER}/2021-01-01T00:00:00 {LAST}/..")
    ((kind, _, _, said),) = changes(registry, export(FIRST, cut, name="b", commit=OTHER_COMMIT))
    assert kind == "range"
    assert said == (
        "certified from 2020-01-01T00:00:00 to 2021-01-01T00:00:00, from 2022-01-01T00:00:00 to no end, "
        "was certified from 2020-01-01T00:00:00 to no end"
    )


def test_an_export_of_some_paths_removes_nothing(registry, export):
    registry.ingest(export(FIRST, SECOND), "a", prefer=True)
    other = Calib(3, detector="R22_S12", sha="3" * 40)
    part = export(other, name="b", commit=OTHER_COMMIT, complete=False)
    assert [kind for kind, *_ in changes(registry, part)] == ["added"]


def test_each_instrument_is_compared_with_its_own_label(registry, export):
    other = Calib(7, instrument="OtherCam", sha="7" * 40)
    registry.ingest(export(FIRST, other), "a", prefer=True)
    tree = export(replace(FIRST, x0=9, sha="9" * 40), other, name="b", commit=OTHER_COMMIT)
    saved = make_plan(str(tree), registry.target, "b", prefer=True)
    assert saved.compared == (("OtherCam/calib/a", 1), ("TestCam/calib/a", 0))
    assert [one[:3] for one in saved.changes] == [("TestCam/calib/a", "changed", "defects TestCam R22_S11")]


def test_a_label_that_is_preferred_is_compared_with_itself(place, export):
    place.ingest(export(FIRST), "a", prefer=True)
    saved = make_plan(str(export(FIRST)), place.target, "a", prefer=True)
    assert saved.is_empty
    assert (saved.compared, saved.changes) == ((("TestCam/calib/a", 1),), ())


def test_a_plan_names_the_differences_before_what_it_writes(registry, export, capsys):
    registry.ingest(export(FIRST, SECOND), "a", prefer=True)
    tree = export(FIRST, replace(SECOND, x0=5, sha="5" * 40), name="b", commit=OTHER_COMMIT)
    wanted = (
        f"  compared with {NOW}: 1 calibration unchanged\n    changed: defects TestCam R22_S11 2020-01-01\n"
    )
    assert main(["plan", str(tree), registry.target, "--label", "b"]) == 0
    said = capsys.readouterr().out
    assert wanted in said
    assert said.index(wanted) < said.index("  ingest 1 dataset") < said.index("  certify 2 ranges")
    certified = "  certify 2 ranges, 1 of them as in a\n    defects TestCam R22_S11 2020-01-01\n"
    assert certified in said
    assert main(["plan", str(tree), registry.target, "--label", "b", "-v"]) == 0
    first = "    defects TestCam R22_S11 1970-01-01 to 2020-01-01\n"
    assert certified.replace("as in a\n", f"as in a\n{first}") in capsys.readouterr().out
    assert main(["ingest", str(tree), registry.target, "--label", "b", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(wanted)
    tree = export(FIRST, SECOND, name="c", commit=OTHER_COMMIT)
    assert main(["ingest", str(tree), registry.target, "--label", "c", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"  nothing differs from {NOW}: 2 calibrations unchanged\n")
    assert main(["plan", str(tree), registry.target, "--label", "c"]) == 0
    said = capsys.readouterr().out
    assert "  certify 2 ranges, all as in a\nsaved; " in said


def many(count: int, **fields) -> list[Calib]:
    return [
        Calib(
            start=f"{1980 + number // 12}-{number % 12 + 1:02}-01T00:00:00",
            end=f"{1980 + (number + 1) // 12}-{(number + 1) % 12 + 1:02}-01T00:00:00",
            detector=detector,
            **fields,
        )
        for number in range(count)
        for detector in DETECTORS
    ]


def test_a_long_list_joins_detectors_and_then_counts(registry, export, capsys):
    registry.ingest(export(FIRST), "a", prefer=True)
    few, lots = (export(*many(count), name=f"of-{count}", commit=OTHER_COMMIT) for count in (8, 30))
    words = [registry.target, "--label", "u/ada/b"]
    assert main(["plan", str(few), *words]) == 0
    said = capsys.readouterr().out
    joined = "defects TestCam 1980-01-01 to 1980-02-01: R22_S11, R22_S12, R22_S20\n"
    assert f"    added: {joined}" in said
    assert f"  certify 24 ranges\n    {joined}" in said
    assert "more lines" not in said
    assert main(["plan", str(lots), *words]) == 0
    said = capsys.readouterr().out
    assert "    defects TestCam: 90 added, 1 removed (3 data IDs)\n    -v lists them all\n" in said
    assert "    … and 10 more lines; -v lists all\n" in said
    assert main(["plan", str(lots), *words, "-v"]) == 0
    said = capsys.readouterr().out
    assert said.count("    added: defects TestCam R22_S1") == 60
    assert said.count("\n    defects TestCam R22_S20 ") == 60  # ingested and certified
    assert "-v lists" not in said
    assert main(["ingest", str(lots), *words, "--dry-run", "-v"]) == 0
    assert capsys.readouterr().out.count("\n  defects TestCam R22_S20 ") == 30


def test_a_plan_of_an_earlier_curator_is_still_applied(registry, export, tmp_path):
    registry.ingest(export(FIRST), "a", prefer=True)
    saved = make_plan(str(export(FIRST, SECOND, name="b", commit=OTHER_COMMIT)), registry.target, "b")
    assert saved.changes
    path = tmp_path / "plan.json"
    save_plan(saved, str(path))
    assert load_plan(str(path)) == saved
    tree = json.loads(path.read_text())
    del tree["compared"], tree["changes"]
    path.write_text(json.dumps(sealed({**tree, "version": 4})))
    earlier = load_plan(str(path))
    assert earlier == replace(saved, compared=(), changes=())
    assert apply_plan(earlier).certified == 2


@pytest.mark.parametrize(
    ("key", "value"),
    [("compared", [["a"]]), ("compared", [["a", "1"]]), ("changes", [["a"]]), ("changes", [[1, 2, 3, 4, 5]])],
)
def test_a_plan_with_forged_differences_is_none(registry, export, tmp_path, key, value):
    path = tmp_path / "plan.json"
    save_plan(make_plan(str(export(FIRST)), registry.target, "a"), str(path))
    tree = json.loads(path.read_text())
    path.write_text(json.dumps(sealed({**tree, key: value})))
    with pytest.raises(RegistryError, match="not a plan of curator"):
        load_plan(str(path))


CALIBS = st.lists(
    st.builds(
        Calib,
        x0=st.integers(1, 3),
        detector=st.sampled_from(sorted(DETECTORS)),
        status=st.sampled_from(["certified", "deprecated"]),
    ),
    unique_by=lambda one: one.detector,
    min_size=1,
)


@given(before=CALIBS, after=CALIBS)
def test_differences_are_those_of_two_tables(tmp_path_factory, before, after):
    from ..conftest import make_export
    from ..gen2.made import Gen2

    folder = tmp_path_factory.mktemp("changes")
    place = Gen2(folder / "calib")
    trees = []
    for name, calibs, commit in (("a", before, "a" * 40), ("b", after, "b" * 40)):
        named = [replace(one, sha=f"{one.x0}" * 40) for one in calibs]
        trees.append(make_export(folder / name, *named, commit=commit))
    ingest(str(trees[0]), place.target, "a", prefer=True)
    was, will = (
        {one.detector: one.x0 for one in calibs if one.status == "certified"} for calibs in (before, after)
    )
    wanted = {
        (kind, detector)
        for detector in was | will
        if was.get(detector) != will.get(detector)
        for kind in ["added" if detector not in was else "removed" if detector not in will else "changed"]
    }
    saved = make_plan(str(trees[1]), place.target, "b", prefer=True)
    if not was:  # an empty label is preferred only where one was before
        assert not saved.changes
        return
    assert {(one.kind, one.name.split()[-1]) for one in saved.changes} == wanted
    assert saved.compared[0].unchanged == len(was.items() & will.items())


NAMES = st.sampled_from(["a cam", "a cam S0", "a cam S1", "a cam S0 r", "b cam S0", "a other S0"])


@given(st.lists(st.tuples(NAMES, st.sampled_from(["2020", "2021 to 2022"])), max_size=8, unique=True))
def test_folding_names_every_row_once(rows):
    lines = folded(rows)
    found = []
    for line in lines:
        title, colon, members = line.partition(": ")
        head, _, rest = title.partition("cam" if " cam" in title else "other")
        word = "cam" if " cam" in title else "other"
        if colon:
            found += [(f"{head}{word} {one}".strip(), rest.strip()) for one in members.split(", ")]
        else:
            found.append(next(row for row in rows if " ".join(row) == line))
    assert sorted(found) == sorted(rows)
