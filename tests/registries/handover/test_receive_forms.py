"""A hand-over that is not as it was made is refused in a sentence, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import FUZZ, need_module
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.registries.handover.receiving import RefusedError
from curator.registries.handover.receiving.checks import check_files, check_manifest
from curator.registries.handover.write import ABOUT, YAML

from ..conftest import Calib

ONE = [Calib(1)]
Change = Callable[[dict[str, Any]], object]
NOBODY = "/nowhere/at/all"


def listed(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / ABOUT).read_text())
    return found


def fits(about: dict[str, Any]) -> str:
    (path,) = (path for path in about["files"] if path.endswith(".fits"))
    return str(path)


@pytest.mark.parametrize(
    "change",
    [
        *(
            lambda about, name=name: about.pop(name)
            for name in (
                "label",
                "labels",
                "empty",
                "prefer",
                "own_storage_classes",
                "read_by_stack",
                "files",
            )
        ),
        lambda about: about.update(label=["2025.1"]),
        lambda about: about.update(labels="2025.1"),
        lambda about: about.update(labels=[1]),
        lambda about: about.update(prefer="no"),
        lambda about: about.update(contents=[]),
        lambda about: about.update(files={"receive.py": 5}),
        lambda about: about["files"].pop(YAML),
        lambda about: about["files"].update({"../x.fits": "0" * 64}),
        lambda about: about["files"].update({"/etc/hostname": "0" * 64}),
        lambda about: about["files"].update({"a\0b": "0" * 64}),
    ],
)
def test_a_list_of_another_form_is_refused(handed, receive, change: Change) -> None:
    folder = handed(*ONE)
    about = listed(folder)
    change(about)
    (folder / ABOUT).write_text(json.dumps(about))
    assert receive(folder, NOBODY) == (
        1,
        f"receive.py: {ABOUT} of this hand-over has changed: it cannot be understood\n",
    )


@settings(max_examples=max(5, int(15 * FUZZ)))
@given(data=st.data())
def test_a_list_that_is_cut_or_garbled_is_refused(handed_once: Path, data: st.DataObject) -> None:
    from curator.registries.handover.receiving import program

    raw = (handed_once / ABOUT).read_bytes()
    at = data.draw(st.integers(0, len(raw) - 3))
    new = raw[:at] + data.draw(st.sampled_from([b"", b"\xff\xfe", b"[" * 100_000, b"\0"]))
    place = handed_once.parent / "garbled"
    place.mkdir(exist_ok=True)
    (place / ABOUT).write_bytes(new)
    was, program.FOLDER = program.FOLDER, str(place)
    try:
        with pytest.raises(RefusedError, match="cannot be understood"):
            program._about()
    finally:
        program.FOLDER = was


@pytest.fixture(scope="module")
def handed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_module("lsst.daf.butler")
    from curator.registries.handover.write import hand_over

    from ..conftest import make_export

    folder = tmp_path_factory.mktemp("handed")
    hand_over(str(make_export(folder / "export", *ONE)), str(folder / "out"), "2025.1")
    return folder / "out"


@pytest.mark.parametrize("name", ["extra.fits", "deep/er/notes.txt", "receiving/more.py", "link"])
def test_what_is_not_on_the_list_is_refused(handed, receive, name: str) -> None:
    folder = handed(*ONE)
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to("receiving") if name == "link" else place.write_text("mine")
    status, err = receive(folder, NOBODY)
    assert (status, err.count("\n")) == (1, 1), err
    assert f"{name} is not on the list of this hand-over" in err


def test_what_python_keeps_of_the_program_is_no_part_of_it(handed_once: Path) -> None:
    about = listed(handed_once)
    (handed_once / "receiving/__pycache__").mkdir()
    (handed_once / "receiving/__pycache__/x.pyc").write_bytes(b"")
    check_files(str(handed_once), about["files"], ABOUT)
    check_manifest(str(handed_once), about["files"])


def test_a_file_and_its_digest_that_were_changed_together_contradict_the_manifest(handed, receive) -> None:
    folder = handed(*ONE)
    about = listed(folder)
    path = fits(about)
    (folder / path).write_bytes((folder / path).read_bytes() + b" " * 2880)
    about["files"][path] = sha256((folder / path).read_bytes()).hexdigest()
    (folder / ABOUT).write_text(json.dumps(about))
    status, err = receive(folder, NOBODY)
    assert (status, err) == (
        1,
        f"receive.py: {path} of this hand-over is not in its manifest with this digest\n",
    )


def relisted(folder: Path, change: Change) -> None:
    """Change what a hand-over says of itself, so that only its parts contradict each other."""
    about = listed(folder)
    change(about)
    about["files"][YAML] = sha256((folder / YAML).read_bytes()).hexdigest()
    (folder / ABOUT).write_text(json.dumps(about))


def test_parts_that_contradict_each_other_are_refused(registry, handed, receive) -> None:
    before = (registry.path / "gen3.sqlite3").read_bytes()
    yaml = (handed(*ONE) / YAML).read_bytes()
    path = fits(listed(handed(*ONE, name="0")))
    cases: list[tuple[bytes, Change, str]] = [
        (yaml, lambda about: about["contents"].clear(), "does not list its content"),
        (yaml, lambda about: about.update(labels=["other/label"]), f"{YAML} has no label other/label"),
        (yaml[: len(yaml) // 2], lambda about: None, f"{YAML} of this hand-over cannot be understood"),
        (b"\xff\xfe\x00", lambda about: None, f"{YAML} of this hand-over cannot be understood"),
        (b"a: [", lambda about: None, f"{YAML} of this hand-over cannot be understood"),
        (
            yaml.replace(path.encode(), b"../elsewhere.fits"),
            lambda about: None,
            "elsewhere.fits",
        ),
    ]
    (registry.path.parent / "elsewhere.fits").write_bytes(b"")
    for number, (raw, change, said) in enumerate(cases, 1):
        folder = handed(*ONE, name=str(number))
        (folder.parent / "elsewhere.fits").write_bytes(b"")
        (folder / YAML).write_bytes(raw)
        relisted(folder, change)
        status, err = receive(folder, registry.path)
        assert (status, err.count("\n")) == (1, 1), err
        assert said in err
        assert (registry.path / "gen3.sqlite3").read_bytes() == before
