"""What a repository has nothing of any more is not served any longer; what is of others is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curator.cli.main import main
from curator.errors import RegistryError
from curator.registries.publish.ingest import holdings
from curator.registries.publish.saved_plan import apply_plan, plan_back

from ..conftest import OTHER_COMMIT, Calib, make_plan

MINE = Calib(1)
GONE = Calib(2, instrument="GoneCam")
CAMERAS = ("testCam", "goneCam")
LATER = {"name": "second", "commit": OTHER_COMMIT, "cameras": CAMERAS}


def preferred(place) -> set[str]:
    return {one.label for one in holdings(place.target) if one.preferred}


@pytest.fixture
def both(registry, export):
    """A Butler that serves two cameras of one repository."""
    registry.ingest(export(MINE, GONE, cameras=CAMERAS), "a", prefer=True)
    return registry


def test_a_camera_that_is_wholly_gone_is_not_served_any_longer(both, export):
    saved = make_plan(str(export(MINE, **LATER)), both.target, "b", prefer=True)
    assert {one.chain: one.members for one in saved.moves} == {
        "TestCam/calib": ("TestCam/calib/b",),
        "GoneCam/calib": ("GoneCam/calib/b",),
    }
    apply_plan(saved)
    assert preferred(both) == {"TestCam/calib/b"}
    assert apply_plan(saved).is_empty
    assert both.ingest(export(MINE, **LATER), "b", prefer=True).plan.is_empty
    apply_plan(plan_back(saved))
    assert preferred(both) == {"TestCam/calib/a", "GoneCam/calib/a"}


def test_a_camera_that_is_not_configured_any_more_is_left_and_that_is_said(both, export, capsys):
    second = export(MINE, **{**LATER, "cameras": ("testCam",)})
    words = ("ingest", "--create", str(second), both.target, "--label", "b", "--prefer")
    said = (
        "GoneCam/calib still finds GoneCam/calib/a: no camera that curator.yaml still has is known by "
        "this name\n"
    )
    assert main([*words, "--dry-run"]) == 0
    assert f"\n{said}" in capsys.readouterr().out
    assert main(["plan", *words[1:], "-o", "plan.json"]) == 0
    assert said in capsys.readouterr().out
    assert main(["apply", "plan.json"]) == 0
    assert preferred(both) == {"TestCam/calib/b", "GoneCam/calib/a"}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("cameras", [("testCam",), CAMERAS])
def test_cameras_of_other_repositories_are_not_touched(registry, export, cameras):
    theirs = "obs_gone_data"
    root = export(replace(GONE, repository=theirs), repository=theirs, name="theirs")
    registry.ingest(root, "a", prefer=True)
    registry.ingest(export(MINE, cameras=CAMERAS), "b", prefer=True)
    report = registry.ingest(export(MINE, **{**LATER, "cameras": cameras}), "c", prefer=True)
    assert preferred(registry) == {"TestCam/calib/c", "GoneCam/calib/a"}
    assert [one.message.rpartition(" ")[2] for one in report.plan.stays] == ["obs_gone_data"] * (
        cameras == CAMERAS
    )


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_what_nobody_certified_yet_does_not_take_the_place_of_what_another_repository_serves(
    registry, gen2, export, kind
):
    place = registry if kind == "butler" else gen2
    place.ingest(export(MINE), "a", prefer=True)
    started = replace(MINE, x0=7, sha="7" * 40, status="uncertified", repository="obs_new_data")
    new = export(started, **LATER, repository="obs_new_data")
    report = place.ingest(new, "b", prefer=True)
    assert preferred(place) == {"TestCam/calib/a"}
    assert [str(one) for one in report.plan.stays] == [
        "TestCam/calib: still finds TestCam/calib/a: that is of obs_test_data"
    ]


def test_exports_of_some_paths_and_labels_not_preferred_withdraw_nothing(both, export):
    both.ingest(export(MINE, **LATER, complete=False), "b")
    both.ingest(export(MINE, **LATER), "c")
    both.ingest(export(MINE, **LATER, released=()), "u/ada/x")
    assert preferred(both) == {"TestCam/calib/a", "GoneCam/calib/a"}


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_the_only_camera_can_be_withdrawn_too(registry, gen2, export, kind):
    place = registry if kind == "butler" else gen2
    place.ingest(export(MINE, cameras=CAMERAS[:1]), "a", prefer=True)
    nothing = export(**{**LATER, "cameras": CAMERAS[:1]})
    saved = make_plan(str(nothing), place.target, "b", prefer=True)
    apply_plan(saved)
    assert preferred(place) == set()
    assert apply_plan(saved).is_empty
    apply_plan(plan_back(saved))
    assert preferred(place) == {"TestCam/calib/a"}


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_an_export_of_nothing_makes_no_registry(nowhere, gen2, export, kind):
    place = nowhere if kind == "butler" else gen2
    for options in ({}, {"dry_run": True}):
        with pytest.raises(RegistryError):
            place.ingest(export(), "a", prefer=True, **options)
    assert not place.path.exists()
