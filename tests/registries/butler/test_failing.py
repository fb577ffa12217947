"""Files in which a check finds errors, and the labels that they may have."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from curator.cli.main import main
from curator.registries.handover.write import ABOUT, hand_over
from curator.registries.publish.export_reader import Refused

from ..conftest import Calib

FAILING = (Calib(1), Calib(2, detector="R22_S12", check="error CUR301 CUR305"))
SOUND = tuple(replace(one, check="ok") for one in FAILING)


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_a_shared_label_is_refused_for_files_with_errors(kind, export, tmp_path, capsys):
    root, target = export(*FAILING), f"{kind}:{tmp_path / 'there'}"
    commands = [
        ["ingest", str(root), target, "--label", "2025.1"],
        ["ingest", str(root), target, "--label", "2025.1", "--dry-run"],
        ["plan", str(root), target, "--label", "2025.1", "--output", str(tmp_path / "plan.json")],
    ]
    for command in commands:
        assert main(command) == 1, command
        said = "".join(capsys.readouterr())
        assert FAILING[1].source in said
        assert "CUR301, CUR305" in said
        assert "curator check" in said
        assert FAILING[0].source not in said
    assert not (tmp_path / "there").exists()
    assert not (tmp_path / "plan.json").exists()


def test_personal_labels_take_files_with_errors(nowhere, export):
    assert len(nowhere.ingest(export(*FAILING), "u/ada/try").plan.ingest) == 2
    with pytest.raises(Refused):
        nowhere.ingest(export(*FAILING), "2025.1")


def test_a_hand_over_of_files_with_errors_is_neither_made_nor_received(registry, export, tmp_path, receive):
    root = export(*FAILING)
    with pytest.raises(Refused):
        hand_over(str(root), str(tmp_path / "out"), "2025.1")
    assert not (tmp_path / "out").exists()
    folder = tmp_path / "personal"
    hand_over(str(root), str(folder), "u/ada/try")
    about = json.loads((folder / ABOUT).read_text())
    (folder / ABOUT).write_text(json.dumps({**about, "label": "2025.1"}))
    before = registry.state()
    status, said = receive(folder, registry.path)
    assert status == 1
    assert f"{FAILING[1].source}: error CUR301 CUR305" in said
    assert registry.state() == before
    (folder / ABOUT).write_text(json.dumps(about))
    assert receive(folder, registry.path)[0] == 0


def test_what_a_check_says_is_no_part_of_what_a_registry_serves(export):
    from curator.export.manifest.manifest import read_manifest

    failing, sound = (read_manifest(export(*calibs, name=calibs[1].check[:2])) for calibs in (FAILING, SOUND))
    assert failing.fingerprint == sound.fingerprint
    assert [one.sha256 for one in failing.rows] == [one.sha256 for one in sound.rows]
