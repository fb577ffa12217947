"""A plan is saved, read, applied exactly or not at all, and taken back."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
import warm
from conftest import FUZZ

from curator.cli.main import BROKEN_PIPE, main
from curator.errors import CuratorError, RegistryError
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings
from curator.registries.publish.plan_file import load_plan, save_plan, sealed
from curator.registries.publish.purge import apply_purge, plan_purge
from curator.registries.publish.saved_plan import apply_plan, plan_back

from ..conftest import OTHER_COMMIT, Calib, make_plan, named_plan

LATER = "2020-01-01T00:00:00"
TWO = (Calib(1, end=LATER), Calib(2, start=LATER, sha="2" * 40))
THREE = (*TWO[:1], Calib(3, start=LATER, sha="3" * 40))


def test_planning_writes_nothing_and_applying_does_what_was_planned(nowhere, export, tmp_path):
    saved = make_plan(str(export(*TWO)), nowhere.target, "a", prefer=True)
    assert not nowhere.path.exists()
    assert (saved.creates, len(saved.ingest), len(saved.certify), len(saved.moves)) == (True, 2, 2, 1)
    save_plan(saved, str(tmp_path / "plan.json"))
    assert load_plan(str(tmp_path / "plan.json")) == saved
    done = apply_plan(saved)
    assert (done.ingested, done.certified, len(done.moves)) == (2, 2, 1)
    assert len(holdings(nowhere.target)) == 2
    before = nowhere.state()
    assert apply_plan(saved).is_empty
    assert nowhere.state() == before
    assert make_plan(str(export(*TWO)), nowhere.target, "a", prefer=True).is_empty


def refused(registry, saved) -> str:
    before = registry.state()
    with pytest.raises(Refused) as caught:
        apply_plan(saved)
    assert registry.state() == before
    return " ".join([str(caught.value), *map(str, caught.value.differences)])


def test_an_export_that_moved_on_is_refused(registry, export):
    tree = export(*TWO)
    saved = make_plan(str(tree), registry.target, "a")
    export(*THREE)
    assert "another manifest" in refused(registry, saved)
    export(*TWO)
    assert len(apply_plan(saved).saved.ingest) == 2


def test_a_file_that_changed_after_the_plan_is_refused(registry, export):
    tree = export(*TWO)
    saved = make_plan(str(tree), registry.target, "a")
    file = next(tree.rglob("*.fits"))
    file.write_bytes(file.read_bytes()[:-1] + b"\1")
    assert "has changed" in refused(registry, saved)


def test_a_registry_that_moved_on_is_refused(registry, export):
    first, second = export(*TWO), export(*THREE, name="second", commit=OTHER_COMMIT)
    saved = make_plan(str(first), registry.target, "a", prefer=True)
    registry.ingest(second, "b", prefer=True)
    assert "TestCam/calib" in refused(registry, saved)
    saved = make_plan(str(first), registry.target, "c")
    registry.ingest(second, "c")
    with pytest.raises(Refused):
        apply_plan(saved)


def test_what_another_operator_did_of_it_is_not_done_again(registry, export):
    tree = export(*TWO)
    saved = make_plan(str(tree), registry.target, "a", prefer=True)
    registry.ingest(tree, "a")
    done = apply_plan(saved)
    assert (done.ingested, done.certified, len(done.moves)) == (0, 0, 1)


def test_the_way_back_moves_only_the_preferred_label(registry, export):
    registry.ingest(export(*TWO), "a", prefer=True)
    saved = make_plan(
        str(export(*THREE, name="second", commit=OTHER_COMMIT)), registry.target, "b", prefer=True
    )
    before = registry.state()
    apply_plan(saved)
    back = plan_back(saved)
    apply_plan(back)
    assert {one.label: one.preferred for one in holdings(registry.target)} == {
        "TestCam/calib/a": True,
        "TestCam/calib/b": False,
    }
    assert set(before[2]) <= set(registry.state()[2])
    assert apply_plan(back).is_empty
    apply_plan(plan_back(back))
    assert {one.label for one in holdings(registry.target) if one.preferred} == {"TestCam/calib/b"}
    registry.ingest(export(*TWO), "c", prefer=True)
    assert "is TestCam/calib/c now" in refused(registry, back)


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_a_way_back_that_cannot_be_gone_is_not_planned(
    registry, gen2, export, tmp_path, capsys, monkeypatch, kind
):
    monkeypatch.chdir(tmp_path)
    place = registry if kind == "butler" else gen2
    place.ingest(export(*TWO), "a", prefer=True)
    saved = make_plan(str(export(*THREE, name="b", commit=OTHER_COMMIT)), place.target, "b", prefer=True)
    apply_plan(saved)
    back = plan_back(saved)
    save_plan(saved, "plan.json")
    apply_purge(plan_purge(place.target, "a"))
    assert main(["rollback", "plan.json", "-o", "back.json"]) == 1
    out, err = capsys.readouterr()
    assert out == "TestCam/calib: TestCam/calib/a no longer exists\n"
    said = " ".join(err.split())
    assert "export the commit of a and let `curator ingest --prefer` publish it again" in said
    assert not Path("back.json").exists()
    with pytest.raises(Refused, match="a cannot be preferred again") as caught:
        apply_plan(back)
    assert "make the plan again" not in caught.value.hint
    place.ingest(export(*TWO), "a", prefer=True)
    assert plan_back(saved).is_empty  # which prefers it again already
    assert plan_back(saved).moves == ()
    place.ingest(export(Calib(9, sha="9" * 40), name="c", commit="e" * 40), "c", prefer=True)
    assert main(["rollback", "plan.json"]) == 1
    out, err = capsys.readouterr()
    assert out == "TestCam/calib: is TestCam/calib/c now\n"
    said = " ".join(err.split())
    assert "c is preferred now hint: roll back the plan of c first; without that plan, export" in said
    # The way without that plan: the older label, published again, moves the chain and nothing else.
    again = place.ingest(export(*TWO, name="again"), "a", prefer=True).plan
    assert (again.ingest, again.certify, len(again.moves)) == ((), (), 1)
    assert main(["rollback", "plan.json", "-o", "back.json"]) == 0
    assert "nothing to do\nno plan was saved\n" in capsys.readouterr().out
    assert not Path("back.json").exists()


def test_a_plan_is_saved_though_nobody_reads_what_is_printed(registry, export, tmp_path):
    plan = tmp_path / "plan.json"
    command = [warm.python(), "-m", "curator", "plan", str(export(*TWO)), registry.target, "--label", "a"]
    command.append("--create")
    read, write = os.pipe()
    os.close(read)
    assert subprocess.run([*command, "-o", str(plan)], stdout=write).returncode == BROKEN_PIPE
    os.close(write)
    assert len(load_plan(str(plan)).ingest) == 2


def test_a_plan_that_was_changed_by_hand_is_told_from_a_registry_that_moved_on(registry, export, tmp_path):
    path = tmp_path / "plan.json"
    save_plan(make_plan(str(export(*TWO)), registry.target, "a"), str(path))
    path.write_text(path.read_text().replace('"label": "a"', '"label": "b"'))
    with pytest.raises(RegistryError, match="changed by hand"):
        load_plan(str(path))


def test_a_plan_is_written_over_a_plan_and_over_no_other_file(registry, export, tmp_path, capsys):
    tree = export(*TWO)
    saved, path = make_plan(str(tree), registry.target, "a", prefer=True), tmp_path / "plan.json"
    for _ in range(2):
        save_plan(saved, str(path))
    for other in (tree / "manifest.ecsv", tmp_path / "[]"):
        other.touch()
        other.write_bytes(before := other.read_bytes() or b"[]")
        with pytest.raises(RegistryError, match="not a plan"):
            save_plan(saved, str(other))
        assert other.read_bytes() == before
    before = path.read_bytes()
    assert main(["rollback", str(path), "-o", str(path)]) == 2
    assert "this input file would be overwritten" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_plan_says_the_start_and_the_commit_of_what_it_ingests(registry, export):
    saved = make_plan(str(export(*TWO)), registry.target, "a")
    assert [row[:3] for row in saved.ingest] == [
        ("defects TestCam R22_S11", "1970-01-01T00:00:00", "1" * 40),
        ("defects TestCam R22_S11", LATER, "2" * 40),
    ]
    assert saved.certify[1][1:] == ("defects TestCam R22_S11", LATER, LATER, "")


def test_a_plan_made_again_when_it_was_applied_keeps_the_way_back(
    registry, export, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    registry.ingest(export(*TWO), "a", prefer=True)
    second = str(export(*THREE, name="b", commit=OTHER_COMMIT))
    words = ["plan", second, registry.target, "--label", "b", "--prefer"]
    assert main(words) == 0
    path = named_plan(capsys.readouterr().out)
    assert main(["apply", str(path)]) == 0
    before = path.read_bytes()
    capsys.readouterr()
    assert main(words) == 0
    assert f"{path} stays" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.json"))
    assert main(["rollback", str(path), "-o", "back.json"]) == 0
    assert main(["plan", second, registry.target, "--label", "b", "--prefer", "-o", "back.json"]) == 0
    assert load_plan("back.json").is_empty


def test_there_is_no_way_back_where_nothing_moved(registry, export):
    with pytest.raises(RegistryError, match="no way back"):
        plan_back(make_plan(str(export(*TWO)), registry.target, "a"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2}',
        '{"version": 1}',
        "[" * 100_000,
        "\0",
        json.dumps({"version": 1, "kind": "publish", "target": 3}),
    ],
)
def test_what_is_no_plan_is_refused(text, tmp_path):
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(CuratorError, match="plan"):
        load_plan(str(tmp_path / "plan.json"))


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "purge"), ("prefer", "yes"), ("ingest", {}), ("moves", [{"chain": "x"}]), ("label", None)],
)
def test_a_plan_with_a_wrong_value_is_refused(key, value, registry, export, tmp_path):
    path = tmp_path / "plan.json"
    save_plan(make_plan(str(export(*TWO)), registry.target, "a", prefer=True), str(path))
    tree = json.loads(path.read_text())
    path.write_text(json.dumps(sealed({**tree, key: value})))
    with pytest.raises(CuratorError, match="not a plan of curator"):
        load_plan(str(path))


def test_a_forged_plan_cannot_make_anything_else_happen(registry, export, tmp_path):
    saved = make_plan(str(export(*TWO)), registry.target, "a")
    forged = tmp_path / "plan.json"
    save_plan(saved, str(forged))
    tree = json.loads(forged.read_text())
    forged.write_text(json.dumps(sealed({**tree, "ingest": tree["ingest"][:1]})))
    assert "is not what the plan was made from" in refused(registry, load_plan(str(forged)))


def test_the_verbs_say_what_they_do(nowhere, export, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ["plan", "--create", str(export(*TWO)), "butler:butler", "--label", "2025.1", "--prefer"]
    assert main(words) == 0
    said = capsys.readouterr().out
    plan = str(named_plan(said))
    assert "ingest 2 datasets\n    defects TestCam R22_S11 1970-01-01\n" in said
    assert "\n    defects TestCam R22_S11 1970-01-01 to 2020-01-01\n" in said
    assert "\n    defects TestCam R22_S11 2020-01-01\n" in said
    assert "TestCam/calib: nothing -> TestCam/calib/2025.1" in said
    assert main(["apply", plan]) == 0
    assert "2 datasets ingested" in capsys.readouterr().out
    assert main(["apply", plan]) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert main(["rollback", plan, "-o", "back.json"]) == 0
    assert main(["apply", "back.json"]) == 0
    assert "TestCam/calib: now nothing" in capsys.readouterr().out
    assert main(["apply", "none.json"]) == 2


def test_a_killed_apply_leaves_all_or_nothing_and_the_next_completes_it(registry, export, tmp_path):
    saved = make_plan(str(export(*TWO)), registry.target, "a", prefer=True)
    path = tmp_path / "plan.json"
    save_plan(saved, str(path))
    chance = random.Random(7)
    for _ in range(max(1, int(4 * FUZZ))):
        process = subprocess.Popen(
            [warm.python(), "-m", "curator", "apply", str(path)], stdout=subprocess.DEVNULL
        )
        time.sleep(0.1 + 0.9 * chance.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(holdings(registry.target)) in (0, 2)
    apply_plan(saved)
    assert len(holdings(registry.target)) == 2
    assert all(Path(one.file).exists() for one in holdings(registry.target))


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_where_nothing_is_to_be_used_any_more_a_preferred_label_is_empty(registry, gen2, export, kind):
    place = registry if kind == "butler" else gen2
    place.ingest(export(Calib()), "a", prefer=True)
    gone = export(Calib(status="deprecated", sha="2" * 40), name="second", commit=OTHER_COMMIT)
    saved = make_plan(str(gone), place.target, "b", prefer=True)
    assert [one.members for one in saved.moves] == [("TestCam/calib/b",)]
    apply_plan(saved)
    assert not [one for one in holdings(place.target) if one.preferred]
    assert apply_plan(saved).is_empty
    assert place.ingest(gone, "b", prefer=True).plan.is_empty
    apply_plan(plan_back(saved))
    assert [one.label for one in holdings(place.target) if one.preferred] == ["TestCam/calib/a"]


def test_a_plan_for_a_registry_that_is_gone_makes_none(registry, export):
    saved = make_plan(str(export(*TWO)), registry.target, "a", prefer=True)
    back = plan_back(saved)
    registry.path.rename(registry.path.parent / "elsewhere")
    for one in (saved, back):
        with pytest.raises(RegistryError, match="no Butler"):
            apply_plan(one)
        assert not registry.path.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"chain": 5},
        {"chain": "TestCam/defaults"},
        {"members": ["TestCam/calib/u/ada/x"]},
        {"members": ["TestCam/raw/all"]},
    ],
)
def test_a_forged_move_is_no_plan(registry, export, tmp_path, change):
    saved = make_plan(str(export(*TWO)), registry.target, "a", prefer=True)
    apply_plan(saved)
    path = tmp_path / "back.json"
    save_plan(plan_back(saved), str(path))
    tree = json.loads(path.read_text())
    tree["moves"][0].update(change)
    path.write_text(json.dumps(sealed(tree)))
    with pytest.raises(RegistryError, match="not a plan"):
        load_plan(str(path))
