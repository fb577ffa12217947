from __future__ import annotations

from pathlib import Path

import pytest
from editing.texts import curve, defects, git, linearizer
from hypothesis import given
from hypothesis import strategies as st

from curator.editing.adopt.infer_camera import infer_camera
from curator.editing.adopt.survey import survey
from curator.repository.repository import Repository

EPOCH = "19700101T000000"
TEXTS = {
    f"cam/defects/n1/{EPOCH}.ecsv": defects(DET_NAME="N1", CALIB_ID="detectorName=N1 detector=7"),
    f"cam/transmission_sensor/n1/{EPOCH}.ecsv": curve("transmission_sensor", "AB", DETECTOR=1),
    f"cam/linearizer/n1/{EPOCH}.yaml": linearizer({"A": (0, 0, 9, 9)}),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("surveyed")
    git(made, "init", "-q")
    for path in TEXTS:
        (made / path).parent.mkdir(parents=True)
    return made


def surveyed(folder: Path) -> None:
    found = survey(Repository.find(folder).worktree())
    for camera in found.cameras.values():
        infer_camera(camera).camera.to_text({})


@given(path=st.sampled_from(sorted(TEXTS)), raw=st.binary(max_size=300))
def test_no_bytes_stop_a_survey(folder: Path, path: str, raw: bytes) -> None:
    for other, text in TEXTS.items():
        (folder / other).write_text(text)
    (folder / path).write_bytes(raw)
    surveyed(folder)


@given(data=st.data(), path=st.sampled_from(sorted(TEXTS)))
def test_no_damage_to_a_good_file_stops_a_survey(folder: Path, data: st.DataObject, path: str) -> None:
    for other, text in TEXTS.items():
        (folder / other).write_text(text)
    raw = bytearray(TEXTS[path].encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    (folder / path).write_bytes(raw)
    surveyed(folder)


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5
    )
)
def test_no_value_in_a_header_stops_a_survey(folder: Path, value: object) -> None:
    import json

    keys = (
        "INSTRUME",
        "DETECTOR",
        "DET_NAME",
        "DET_SER",
        "RAFTNAME",
        "SLOTNAME",
        "FILTER",
        "CALIB_ID",
        "CALIBDATE",
    )
    metadata = json.dumps(dict.fromkeys(keys, value))
    top = json.dumps({"amplifiers": value, "detectorId": value, "detectorName": value, "interChip": value})
    for path in TEXTS:
        (folder / path).write_text(
            f'{top[:-1]}, "metadata": {metadata}}}\n' if path.endswith("yaml") else TEXTS[path]
        )
    surveyed(folder)
