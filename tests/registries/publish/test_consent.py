"""Nothing comes into a registry under a new name unless somebody agreed to that name."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

import pytest
import warm
from conftest import need_module

from curator.cli.main import main
from curator.registries.model.model import Addition
from curator.registries.publish import ingest as publishing
from curator.registries.publish import saved_plan as saved
from curator.registries.publish.consent import Consent, grouped
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.plan_file import save_plan
from curator.registries.publish.saved_plan import apply_plan

from ..conftest import DETECTORS, FILTERS, OTHER_COMMIT, Calib, Registry

RIGHT = Calib(instrument="TestCam")
WRONG = Calib(instrument="testcam", gitpath="testcam/defects/r22_s11/19700101T000000.ecsv")
CREATE, REGISTER = Consent(create=True), Consent(register_instrument=True)
NAMES = [*(f"{name} ({id_})" for name, id_ in DETECTORS.items()), *FILTERS, "defects"]


@pytest.fixture(params=["butler", "gen2"])
def target(request, tmp_path) -> str:
    """Where there is no registry of a kind yet."""
    if request.param == "butler":
        need_module("lsst.daf.butler")
    return f"{request.param}:{tmp_path / 'there'}"


def instruments(registry: Registry) -> set[str]:
    butler = registry.open()
    found = {one.name for one in butler.query_dimension_records("instrument", limit=None, explain=False)}
    butler.close()
    return found


def refusal(*words, **options) -> str:
    with pytest.raises(Refused) as caught:
        publishing.ingest(*words, **options)
    return " ".join([str(caught.value), *map(str, caught.value.differences)])


def test_a_new_registry_needs_create_and_is_not_made_without(target, export, tmp_path):
    tree = export(RIGHT)
    for consent in (Consent(), REGISTER):
        said = refusal(tree, target, "a", consent=consent)
        assert "there is no registry here" in said
        assert "add --create" in said
        with pytest.raises(Refused, match="add --create"):
            saved.make_plan(str(tree), target, "a", consent=consent)
        assert not (tmp_path / "there").exists()
    assert publishing.ingest(tree, target, "a", consent=CREATE).plan.creates
    assert publishing.ingest(tree, target, "a").plan.is_empty


def test_a_new_instrument_needs_its_option_and_the_near_one_is_named(registry, export):
    registry.ingest(export(RIGHT, Calib(instrument="Other")))
    tree, before = export(WRONG, name="wrong", commit=OTHER_COMMIT), registry.state()
    for consent in (Consent(), CREATE):
        said = refusal(tree, registry.target, "b", consent=consent)
        assert "does not know the instrument testcam" in said
        assert "testcam (beside TestCam, Other)" in said
        assert "add --register-instrument" in said
        assert registry.state() == before
    publishing.ingest(tree, registry.target, "b", consent=REGISTER)
    assert instruments(registry) == {"TestCam", "Other", "testcam"}


def test_a_registry_without_any_instrument_takes_either_option(registry, export):
    """An ingest that was killed after it made the registry is run again with the same options."""
    tree = export(RIGHT)
    assert "add --register-instrument" in refusal(tree, registry.target, "a")
    assert len(publishing.ingest(tree, registry.target, "a", consent=CREATE).plan.ingest) == 1


def test_what_comes_to_a_known_instrument_is_named_and_needs_nothing(registry, export):
    registry.ingest(export(RIGHT))
    new = Calib(dataset_type="manual_defects")
    report = publishing.ingest(export(RIGHT, new, name="b", commit=OTHER_COMMIT), registry.target, "b")
    assert [(one.kind, one.name) for one in report.plan.adds] == [("dataset type", "manual_defects")]


def test_a_saved_plan_says_what_it_makes_and_apply_asks_nobody(target, export, tmp_path):
    tree = export(RIGHT)
    plan = saved.make_plan(str(tree), target, "a", consent=CREATE)
    assert ("instrument", "TestCam", "", "") in plan.adds
    assert apply_plan(plan).ingested == 1


def test_a_plan_is_refused_where_another_instrument_has_come_since(nowhere, export):
    plan = saved.make_plan(str(export(WRONG)), nowhere.target, "a", consent=CREATE)
    nowhere.ingest(export(RIGHT, name="right"))
    with pytest.raises(Refused) as caught:
        apply_plan(plan)
    assert any("testcam" in one.about for one in caught.value.differences)
    assert instruments(nowhere) == {"TestCam"}


def test_a_plan_that_forges_consent_is_no_plan(nowhere, export, tmp_path):
    path = tmp_path / "plan.json"
    save_plan(saved.make_plan(str(export(RIGHT)), nowhere.target, "a", consent=CREATE), str(path))
    path.write_text(path.read_text().replace('"TestCam",\n   "",\n   ""', '"testcam",\n   "",\n   ""'))
    assert main(["apply", str(path)]) == 1
    assert not nowhere.path.exists()


def test_each_new_name_is_said_by_plan_dry_run_and_ingest(nowhere, export, capsys, tmp_path):
    plan, ingest = ([verb, str(export(RIGHT)), nowhere.target, "--label", "a"] for verb in ("plan", "ingest"))
    told = {}
    for words, status in (
        ((*plan, "-o", str(tmp_path / "p.json")), 1),
        ((*plan, "-o", str(tmp_path / "p.json"), "--create"), 0),
        ((*ingest, "--dry-run"), 0),
        ((*ingest, "--create"), 0),
    ):
        assert main(list(words)) == status
        told[words] = capsys.readouterr().out
    assert [name for name in ("TestCam", *NAMES) for said in told.values() if name not in said] == []
    assert ["needs --create, or a yes" in said for said in told.values()] == [False, False, True, False]


def at_terminal(words: Sequence[object], answer: bytes, stderr: bool = True) -> tuple[int, str]:
    """Run curator with a terminal as its standard input and error; return its status and what it asked."""
    leader, follower = pty.openpty()
    os.write(leader, answer)
    done = subprocess.Popen(
        [warm.python(), "-m", "curator", *map(str, words)],
        stdin=follower,
        stdout=subprocess.DEVNULL,
        stderr=follower if stderr else subprocess.DEVNULL,
    )
    os.close(follower)
    said = b""
    with suppress(OSError):  # the other end is closed when the program ends
        while part := os.read(leader, 1000):
            said += part
    os.close(leader)
    return done.wait(), " ".join(said.decode().split())


@pytest.mark.parametrize(
    ("answer", "stderr", "status"),
    [(b"yes\n", True, 0), (b"\n", True, 1), (b"\x04", True, 1), (b"y\n", False, 1)],
)
def test_a_yes_at_a_terminal_is_as_good_as_the_option(gen2, export, answer, stderr, status):
    done, said = at_terminal(("ingest", export(RIGHT), gen2.target, "--label", "a"), answer, stderr)
    assert done == status, said
    assert gen2.path.exists() is (status == 0)
    assert not stderr or f"There is no registry at {gen2.target}. Make one, with TestCam? [y/N]" in said
    assert ("the answer was not yes" in said) is (stderr and status == 1)


def test_who_says_no_is_not_told_again_what_is_new(gen2, export):
    with pytest.raises(Refused, match="the answer was not yes") as refused:
        publishing.ingest(export(RIGHT), gen2.target, "a", ask=lambda *_: False)
    assert refused.value.differences == ()
    with pytest.raises(Refused, match="there is no registry here") as refused:
        publishing.ingest(export(RIGHT), gen2.target, "a")
    assert refused.value.differences


def test_what_is_new_and_what_differs_fits_a_terminal(registry, export, capsys, monkeypatch):
    columns = 60
    monkeypatch.setenv("COLUMNS", str(columns))
    words = [registry.target, "--label", "a"]
    assert main(["ingest", str(export(*map(Calib, (1, 2), DETECTORS))), *words, "--create"]) == 0
    registered = [
        line for line in capsys.readouterr().out.splitlines() if line.startswith(("registered", "    "))
    ]
    told = " ".join(" ".join(registered).split())
    assert [name for name in NAMES if name in told] == NAMES
    assert max(map(len, registered)) <= columns
    changed = export(*map(Calib, (3, 4), DETECTORS), name="two", commit=OTHER_COMMIT)
    assert main(["ingest", str(changed), *words]) == 1
    differences = capsys.readouterr().out.splitlines()
    assert differences
    # A path is never broken.
    assert all(len(line) <= columns or " " not in line.strip() for line in differences)


def test_the_terminal_is_asked_for_a_new_instrument_too(gen2, export):
    gen2.path.mkdir()
    gen2.sql("create table defects (id integer primary key, calibDate text, validStart text, validEnd text)")
    (gen2.path / "_mapper").write_text("lsst.obs.subaru.HscMapper")
    done, said = at_terminal(("ingest", export(RIGHT), gen2.target, "--label", "a"), b"n\n")
    assert done == 1
    assert f"{gen2.target} does not know an instrument. Register TestCam beside Hsc? [y/N]" in said


def test_an_answer_is_for_the_names_that_were_asked_about(registry, export):
    """Whatever comes into the registry while somebody thinks is asked about again."""
    registry.ingest(export(RIGHT))
    asked = []

    def ask(plan, option, target):
        asked.append([one.name for one in plan.adds if one.kind == "instrument"])
        return True

    tree = export(WRONG, Calib(instrument="Third"), name="two", commit=OTHER_COMMIT)
    publishing.ingest(tree, registry.target, "b", ask=ask)
    assert asked == [["Third", "testcam"]]
    assert instruments(registry) == {"TestCam", "Third", "testcam"}


def test_a_site_agrees_to_a_new_instrument_of_a_hand_over(registry, handed, receive, export, monkeypatch):
    registry.ingest(export(RIGHT))
    folder = handed(WRONG, label="b", commit=OTHER_COMMIT)
    status, said = receive(folder, registry.path, agreed=())
    assert status == 1
    assert "does not know the instrument testcam (beside TestCam)" in said
    assert "add --register-instrument" in said
    for line in ("new instrument: testcam", "new detector of testcam: R22_S11 (94)"):
        assert line in said
    assert instruments(registry) == {"TestCam"}
    leader, follower = pty.openpty()
    os.write(leader, b"y\n")
    with open(follower) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        status, said = receive(folder, registry.path, agreed=())
    os.close(leader)
    assert (status, instruments(registry)) == (0, {"TestCam", "testcam"})
    assert "registered new instrument: testcam" in said


def test_a_gen2_registry_of_the_stack_is_of_what_its_mapper_says(gen2, export):
    gen2.ingest(export(RIGHT))
    gen2.file.unlink()
    gen2.sql("create table defects (id integer primary key, calibDate text, validStart text, validEnd text)")
    (gen2.path / "_mapper").write_text("lsst.obs.subaru.HscMapper")
    said = refusal(export(RIGHT), gen2.target, "a")
    assert "TestCam (beside Hsc)" in said
    (gen2.path / "_mapper").write_text("lsst.obs.test.TestcamMapper")
    assert not publishing.ingest(export(RIGHT), gen2.target, "a").plan.is_empty


def test_a_killed_registration_leaves_all_instruments_or_none(registry, export, tmp_path):
    """The same command finishes it: instruments go in with one call, so none is beside another."""
    tree = export(RIGHT, Calib(instrument="Other"))
    program = (
        "import os, sys\n"
        "from lsst.daf.butler.registry.sql_registry import SqlRegistry as R\n"
        "real = R.insertDimensionData\n"
        "def kill(self, *words, **options):\n"
        "    real(self, *words, **options)\n"
        "    os._exit(9)\n"
        "R.insertDimensionData = kill\n"
        "from curator.cli.main import main\n"
        "main(sys.argv[1:])\n"
    )
    words = ["ingest", str(tree), registry.target, "--label", "a", "--create"]
    assert subprocess.run([warm.python(), "-c", program, *words]).returncode == 9
    assert instruments(registry) == {"TestCam", "Other"}
    assert main(words) == 0


def test_of_many_new_detectors_the_first_are_named_and_the_others_counted():
    many = [Addition("detector", f"S{number:03} ({number})", "Cam") for number in range(205)]
    kinds = [Addition("dataset type", f"type{number}") for number in range(20)]
    first = ", ".join(one.name for one in many[:8])
    all_kinds = ("20 new dataset types", ", ".join(one.name for one in kinds))
    assert grouped([*many, *kinds]) == [("205 new detectors of Cam", f"{first} and 197 more"), all_kinds]
    assert grouped(many, verbose=True) == [
        ("205 new detectors of Cam", ", ".join(one.name for one in many)),
    ]
    nine = many[:9]  # a line that says "and 1 more" may name it
    assert grouped(nine) == grouped(nine, verbose=True)
