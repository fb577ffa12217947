"""``curator ingest`` and ``curator holdings`` as people use them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from curator.cli.main import main
from curator.extras import install_command

from .conftest import COMMIT, OTHER_COMMIT, Calib

TWO = (Calib(), Calib(detector="R22_S12", status="uncertified"))


@pytest.fixture
def run(capsys):
    """Return a function that runs a verb and gives its exit status, output and errors."""

    def go(*words: object) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return go


def test_a_dry_run_prints_the_plan(run, nowhere, export):
    status, out, _ = run(
        "ingest", "--create", export(*TWO), nowhere.target, "--label", "a", "--prefer", "--dry-run"
    )
    assert status == 0
    assert not nowhere.path.exists()
    assert out.splitlines() == [
        f"would make a new Butler: {nowhere.target}",
        "would register new instrument: TestCam",
        "would register 3 new detectors of TestCam: R22_S11 (94), R22_S12 (95), R22_S20 (96)",
        "would register 3 new filters of TestCam: g_6, r_57, open",
        "would register new dataset type: defects",
        "  defects TestCam R22_S11 1970-01-01",
        "  defects TestCam R22_S12 1970-01-01 (not certified)",
        "would ingest 2 datasets, 0 already ingested, 1 without a validity range",
        "would certify 1 range in TestCam/calib/a (commit cccccccccccc)",
        "TestCam/calib would prefer TestCam/calib/a",
        f"  2 files stay in {export(*TWO)}: keep that folder, or use --transfer copy",
    ]


def test_an_ingest_says_what_it_did_and_a_second_that_nothing_is_left(run, registry, export):
    command = ("ingest", "--create", export(*TWO), registry.target, "--label", "a", "--prefer")
    status, out, err = run(*command)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "registered new instrument: TestCam",
        "registered 3 new detectors of TestCam: R22_S11 (94), R22_S12 (95), R22_S20 (96)",
        "registered 3 new filters of TestCam: g_6, r_57, open",
        "registered new dataset type: defects",
        "ingested 2 datasets, 0 already ingested, 1 without a validity range",
        "certified 1 range in TestCam/calib/a (commit cccccccccccc)",
        "TestCam/calib now prefers TestCam/calib/a",
        f"2 files stay in {export(*TWO)}: keep that folder",
    ]
    assert run(*command) == (0, f"nothing to do: {registry.target} holds all 2 datasets of this export\n", "")


def test_a_deprecated_one_is_called_so(run, registry, export):
    root = export(*TWO, Calib(3, detector="R22_S20", status="deprecated"))
    words = ("ingest", "--create", root, registry.target, "--label", "a")
    assert "  defects TestCam R22_S20 1970-01-01 (deprecated)\n" in run(*words, "--dry-run")[1]
    said = "ingested 3 datasets, 0 already ingested, 1 without a validity range, 1 deprecated\n"
    assert said in run(*words)[1]


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_what_is_refused_leaves_nothing_in_a_new_place(run, tmp_path, export, kind, monkeypatch):
    monkeypatch.chdir(tmp_path)
    target = f"{kind}:{tmp_path / 'new' / 'place'}"
    late = export(Calib(start="2150-01-01T00:00:00"))
    good = export(Calib(), name="good")
    assert run("ingest", "--create", late, target, "--label", "a")[0] == 1
    if kind == "butler":
        words = ("ingest", "--create", good, target, "--label", "a")
        nowhere = ("--database", "postgresql://nobody@127.0.0.1:1/none", "--wait", "1")
        assert run(*words, *nowhere)[0] == 2
    assert run("plan", "--create", good, target, "--label", "a", "-o", "plan.json")[0] == 0
    next(good.rglob("*.fits")).write_bytes(b"")
    assert run("apply", "plan.json")[0] == 1
    assert not (tmp_path / "new").exists()


def test_moving_the_preference_names_what_it_replaces(run, registry, export):
    run("ingest", "--create", export(*TWO), registry.target, "--label", "a", "--prefer")
    root = export(*TWO, name="b", commit=OTHER_COMMIT)
    _, out, _ = run("ingest", "--create", root, registry.target, "--label", "b", "--prefer")
    assert out.splitlines()[-1] == "TestCam/calib now prefers TestCam/calib/b instead of TestCam/calib/a"


def test_a_refusal_lists_every_difference_and_ends_with_one(run, registry, export):
    run("ingest", "--create", export(*TWO), registry.target, "--label", "a")
    root = export(Calib(5, sha="5" * 40), name="b", commit=OTHER_COMMIT)
    status, out, err = run("ingest", "--create", root, registry.target, "--label", "a")
    assert status == 1
    assert len(out.splitlines()) == 2
    assert "other content" in out
    assert len(err.splitlines()) == 2
    assert "refused: 2 differences between this export and what is there" in err


def test_a_damaged_export_lists_every_file_and_ends_with_one(run, registry, export):
    root = export(*TWO)
    for file in root.rglob("*.fits"):
        file.write_bytes(b"")
    status, out, err = run("ingest", "--create", root, registry.target, "--label", "a")
    assert status == 1
    assert out.count("has changed: 0 bytes") == 2
    assert "2 things in this export cannot be ingested" in err


def test_holdings_are_a_table_for_people(run, registry, export):
    assert run("holdings", registry.target)[1] == (
        f"{registry.target} contains nothing that curator certified\n"
    )
    run("ingest", "--create", export(*TWO), registry.target, "--label", "a", "--prefer")
    status, out, _ = run("holdings", registry.target, "--label", "a")
    assert status == 0
    label, head, what, row = out.splitlines()
    assert label == "TestCam/calib/a (preferred): 1 validity range"
    assert head.split() == ["from", "to", "commit"]
    assert what == "  defects, R22_S11"
    assert row.split() == ["1970-01-01", "-", "1" * 12, TWO[0].source]
    _, head, row = run("holdings", registry.target, "--all")[1].splitlines()
    assert head.split() == ["from", "to", "commit", "source"]
    assert row.split() == ["1970-01-01", "-", "1" * 12, TWO[0].source]


def test_holdings_that_are_certified_alike_are_told_together(run, registry, export):
    alike = [Calib(number, detector=name) for number, name in enumerate(("R22_S11", "R22_S12"), start=1)]
    run("ingest", "--create", export(*alike), registry.target, "--label", "a")
    out = run("holdings", registry.target)[1].splitlines()
    assert out[2] == "  defects, 2 detectors (R22_S11, R22_S12)"
    assert out[3].split() == ["1970-01-01", "-", "1" * 12, "2", "files"]
    assert len(run("holdings", registry.target, "--all")[1].splitlines()) == 4


def test_an_ingest_that_only_moves_a_label_says_no_more_than_that(run, registry, export):
    run("ingest", "--create", root := export(*TWO), registry.target, "--label", "a")
    status, out, _ = run("ingest", root, registry.target, "--label", "a", "--prefer")
    assert (status, out.splitlines()) == (
        0,
        [
            "TestCam/calib now prefers TestCam/calib/a",
            f"nothing else to do: {registry.target} holds all 2 datasets of this export",
        ],
    )


def test_holdings_are_narrowed(run, registry, export):
    alike = [Calib(number, detector=name) for number, name in enumerate(("R22_S11", "R22_S12"), start=1)]
    run("ingest", "--create", export(*alike), registry.target, "--label", "a")
    words = ("--type", "defects", "--camera", "testcam", "--detector", "r22_s12")
    found = json.loads(run("holdings", registry.target, *words, "--format", "json")[1])
    assert [one["detector"] for one in found["holdings"]] == ["R22_S12"]
    number = str(found["holdings"][0]["detector_id"])
    assert "  defects, R22_S12" in run("holdings", registry.target, "--detector", number)[1]
    for words, complaint in (
        (("--type", "crosstalk"), "type 'crosstalk'"),
        (("--detector", "R22_S10"), "detector 'R22_S10'"),
        (("--filter", "r"), "filter 'r'"),
        (("--camera", "Other"), "camera 'Other'"),
    ):
        status, out, err = run("holdings", registry.target, *words)
        assert (status, out) == (2, "")
        assert f"nothing is certified for {complaint}" in err


@pytest.mark.parametrize("words", [("--detector", "r22_s20"), ("--detector", "96"), ("--filter", "g_6")])
def test_a_known_detector_or_filter_without_calibrations_has_none(run, registry, export, words):
    run("ingest", "--create", export(*TWO), registry.target, "--label", "a")
    kind = words[0].removeprefix("--")
    status, out, err = run("holdings", registry.target, "--type", "defects", *words)
    assert (status, err) == (1, "")
    assert out == f"none: {registry.target} holds nothing certified for defects, {kind} {words[1]}\n"
    status, out, _ = run("holdings", registry.target, *words, "--format", "json")
    assert (status, json.loads(out)["holdings"]) == (1, [])


def test_why_names_the_label_and_the_commit_that_a_calibration_comes_from(run, registry, export):
    said = {"GITDATE": "2025-06-14T10:00:00", "GITAUTH": "R. Lopez", "GITSUBJ": "Calibrations until today"}
    old = Calib(more={"GITSUBJ": "not the stamp"})
    registry.ingest(export(old), "a", prefer=True)
    registry.ingest(export(replace(old, x0=7, sha="2" * 40, stamped=said), name="two"), "b", prefer=True)
    words = ("--type", "defects", "--detector", "R22_S11", "--date", "2025-06-14", "--registry")
    published = f"(published from {COMMIT[:12]}); the file was last changed in"
    out = " ".join(run("why", *words, registry.target, "--label", "a")[1].split())
    assert f"from label TestCam/calib/a {published} {'1' * 12} the only certified" in out
    out = " ".join(run("why", *words, registry.target)[1].split())
    by = "2025-06-14, R. Lopez: Calibrations until today"
    assert f"from label TestCam/calib/b {published} {'2' * 12}, {by}" in out
    known = []
    for verb, key in (("why", None), ("select", "answers")):
        found = json.loads(run(verb, *words, registry.target, "--format", "json")[1])
        (one,) = (found[key][0] if key else found)["calibrations"]
        assert (one["label"], one["commit"]) == ("TestCam/calib/b", "2" * 40)
        known.append(one["content"])
    assert len(set(known)) == 1
    assert len(known[0]) == 64


def test_why_says_that_a_registry_has_nothing_of_a_type(run, registry, export):
    registry.ingest(export(*TWO), "a", prefer=True)
    words = ("--type", "crosstalk", "--detector", "R22_S11", "--date", "2025-06-14")
    status, out, err = run("why", *words, "--registry", registry.target)
    assert (status, out, err) == (1, "TestCam has no crosstalk; it has defects\n", "")
    status, out, err = run("select", *words, "--registry", registry.target)
    assert (status, out, err) == (1, "", "curator: TestCam has no crosstalk; it has defects\n")


def test_select_says_which_filter_a_registry_has_nothing_of(run, registry, export):
    registry.ingest(export(Calib(dataset_type="transmission_filter", filter="g_6")), "a", prefer=True)
    words = ("--type", "transmission_filter", "--date", "2025-06-14", "--registry", registry.target)
    status, out, err = run("select", *words, "--filter", "r_57")
    said = "curator: filter r_57 has no transmission_filter; 1 other filter has it\n"
    assert (status, out, err) == (1, "", said)


def test_a_mistyped_label_or_kind_is_wrong_usage(run, registry, gen2, export):
    words = ("--type", "defects", "--detector", "R22_S11", "--date", "2025-06-14", "--registry")
    for place in (registry, gen2):
        place.ingest(export(*TWO), "a", prefer=True)
        for verb in ("select", "why"):
            status, out, err = run(verb, *words, place.target, "--label", "WRONG")
            assert (status, out) == (2, "")
            assert err.startswith("curator: there is no label 'WRONG' of curator in this ")
        assert run("plan", place.target, "--purge", "WRONG")[0] == 2
    status, _, err = run("holdings", registry.target.replace("butler:", "butlr:"))
    assert status == 2
    assert err.endswith("hint: did you mean butler:PATH? known: butler:PATH, gen2:PATH\n")


def test_files_that_stay_in_the_export_are_named(run, registry, gen2, export, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tree = export(*TWO)
    folder, plan = tree.relative_to(tmp_path), str(tmp_path / "plan.json")
    said = f"  2 files stay in {folder}: keep that folder, or use --transfer copy\n"
    words = (tree, registry.target, "--label", "a", "--create")
    assert said in run("ingest", *words, "--dry-run")[1]
    out = run("plan", *words, "-o", plan)[1]
    assert said in out
    assert out.splitlines()[-1].startswith("saved; to carry it out: ")
    for more in (("--transfer", "copy"), ("--transfer", "hardlink")):
        assert " stay in " not in run("ingest", *words, "--dry-run", *more)[1]
    assert " stay in " not in run("ingest", tree, gen2.target, "--label", "a", "--dry-run")[1]
    assert run("apply", plan)[1].endswith(f"2 files stay in {folder}: keep that folder\n")
    assert " stay in " not in run("apply", plan)[1]
    more = export(*TWO, Calib(5, detector="R22_S20", sha="5" * 40), name="two", commit=OTHER_COMMIT)
    out = run("ingest", more, registry.target, "--label", "b")[1]
    assert f"\n1 file stays in {more.relative_to(tmp_path)}: keep that folder\n" in out
    assert " in " + str(folder) not in run("ingest", tree, registry.target, "--label", "a")[1]


def test_holdings_are_json_for_programs(run, registry, export):
    run("ingest", "--create", export(*TWO), registry.target, "--label", "a")
    found = json.loads(run("holdings", registry.target, "--format", "json")[1])
    assert found["version"] == 1
    (one,) = found["holdings"]
    assert (one["source"], one["commit"], one["preferred"]) == (TWO[0].source, "1" * 40, False)
    assert (one["detector"], one["detector_id"], one["end"]) == ("R22_S11", 94, "")


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["holdings", "butler:none"], 2, "there is no Butler here"),
        (["holdings", "gen3:none"], 2, "'gen3:none' names no registry"),
        (["ingest", "--create", "none", "butler:b", "--label", "a"], 2, "there is no such export"),
        (["ingest", "--create", ".", "gen3:none", "--label", "a"], 2, "'gen3:none' names no registry"),
        (["ingest", "--create", ".", "butler:s3://b", "--label", "a"], 2, "there is no manifest"),
    ],
)
def test_what_cannot_be_is_one_line(run, tmp_path, words, status, message):
    code, out, err = run("-C", tmp_path, *words)
    assert (code, out) == (status, "") or code == 1
    assert message in err.splitlines()[0]
    assert list(tmp_path.iterdir()) == []


def test_without_the_butler_one_line_says_what_to_install(export, tmp_path):
    program = (
        "import sys; sys.modules['lsst.daf.butler'] = None; "
        "from curator.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    for words in (
        ["ingest", "--create", export(Calib()), f"butler:{tmp_path / 'b'}", "--label", "a"],
        ["holdings", f"butler:{tmp_path / 'b'}"],
    ):
        done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True)
        assert done.returncode == 2
        assert done.stderr == (
            "curator: a Butler needs lsst-daf-butler, which is not installed\n"
            f"  hint: install it with: {install_command('butler')}\n"
        )
        assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("kind", ["butler:", "gen2:", ""])
def test_a_password_in_a_target_is_never_said_back(run, kind):
    status, out, err = run("holdings", f"{kind}postgresql://u:secret@h/x")
    assert status == 2
    assert "postgresql://…" in err
    assert "secret" not in out + err


@pytest.mark.parametrize(
    "words",
    [
        ("select", "--type", "defects", "--detector", "1", "--date", "2020-01-01", "--registry", "{}"),
        ("plan", "{}", "--purge", "a"),
    ],
)
def test_a_database_that_is_down_is_said_once(run, tmp_path, caplog, words):
    (tmp_path / "butler.yaml").write_text(
        "datastore:\n  cls: lsst.daf.butler.datastores.fileDatastore.FileDatastore\n  root: <butlerRoot>\n"
        "registry:\n  db: postgresql://nobody@127.0.0.1:1/none\n"
    )
    status, out, err = run(*(word.format(f"butler:{tmp_path}") for word in words))
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "the Butler's database says: " in err
    assert caplog.records == []  # the Butler's own, which would be printed too
