"""In profile obs_base, what check passes is what Rubin's reader takes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from checks.overlay import check_tree

from curator.calibrations.types.types import DatasetType, all_types
from curator.formats.edit.edit_header import set_header
from curator.formats.read import read_document
from curator.repository.layout.paths import CalibPath

START = "20200101T000000"
CAMERA = """\
metadata: {{OBSTYPE: CAMERA, INSTRUME: {instrument}}}
name: comCam
aliases: [{aliases}]
start: "2020-01-01T00:00:00"
detectors:
- {{name: "S00", id: 0, width: 0, height: 0, serial: "", amplifiers: []}}
filters:
- {{name: "g 01", band: g, aliases: [green]}}
"""


def takes(
    path: str, header: Mapping[str, Any], instrument: str, detector: int | None, filter_: str | None
) -> bool:
    """Whether obs_base's ``check_metadata`` accepts a header, written down from what it compares.

    ``instrument`` is the last directory of the camera; ip_isr reads an empty filter as none.
    """
    calib_type = CalibPath.parse(path).dataset_type
    number, said = header.get("DETECTOR"), header.get("FILTER") or None
    try:
        found = (
            header["INSTRUME"].lower(),
            int(number) if detector is not None else number,
            said.lower() if filter_ is not None else said,
            header["OBSTYPE"].lower(),
        )
    except (KeyError, AttributeError, TypeError, ValueError):
        return False
    wanted = (instrument.lower(), detector, filter_.lower() if filter_ is not None else None, calib_type)
    return found == wanted


def declare(root: Path, directory: str, profile: str, instrument: str, aliases: str) -> None:
    (root / "curator.yaml").write_text(
        f"schema_version: 1\nrepository: obs_test\nprofile: {profile}\n"
        f"cameras: [{{name: comCam, directory: {directory}}}]\n"
    )
    place = root / directory / "camera" / f"{START}.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(CAMERA.format(instrument=instrument, aliases=aliases))


def errors(root: Path, path: str) -> list[str]:
    found = check_tree(root).findings
    return [one.code for one in found if one.path == path and one.severity == "error"]


def good_file(kind: DatasetType, profile: str, templates: Mapping[str, Path]) -> tuple[str, bytes]:
    """Return place below the camera and bytes of a file of a type that nothing is wrong with."""
    folder = templates[profile] / "ExampleCam"
    file = next(one for one in sorted((folder / kind.name).rglob("*")) if one.suffix in (".ecsv", ".yaml"))
    place = [kind.name, *(["s00"] if kind.has_detector else []), *(["g_01"] if kind.has_filter else [])]
    header: dict[str, Any] = {"INSTRUME": "comCam", "CALIB_ID": "instrument=comCam"}
    header |= {"DETECTOR": 0, "DET_NAME": "S00"} if kind.has_detector else {}
    header |= {"FILTER": "g 01"} if kind.has_filter else {}
    raw = file.read_bytes()
    known = read_document(file.name, raw).header
    raw = set_header(raw, file.name, {key: one for key, one in header.items() if key in known})
    return "/".join([*place, f"{START}{file.suffix}"]), raw


@pytest.mark.parametrize("directory", ["comCam", "data/lsst/comCam"])
@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_instrume_passes_where_the_readers_of_the_profile_take_it(
    templates: Mapping[str, Path], tmp_path: Path, profile: str, directory: str
) -> None:
    from curator.calibrations.types.defects import TYPE

    inside, good = good_file(TYPE, profile, templates)
    path = f"{directory}/{inside}"
    (tmp_path / path).parent.mkdir(parents=True)
    for declared, aliases in product(("ComCam", "LSSTComCam"), ("", "LSSTComCam", "Main, '3'")):
        declare(tmp_path, directory, profile, declared, aliases)
        for said in ("comCam", "ComCam", "COMCAM", "LSSTComCam", "Main", "comCamera", "com Cam", directory):
            raw = set_header(good, path, {"INSTRUME": said})
            (tmp_path / path).write_bytes(raw)
            known = {"comcam", declared.lower(), *aliases.lower().split(", ")}
            wanted = (
                takes(path, read_document(path, raw).header, "comCam", 0, None)
                if profile == "obs_base"
                else said.lower() in {*known, directory.lower()}
            )
            found = errors(tmp_path, path)
            assert found == ([] if wanted else ["CUR201"]), (said, declared, aliases)


@pytest.mark.parametrize("kind", all_types(), ids=lambda one: one.name)
def test_what_passes_in_profile_obs_base_is_taken_by_its_reader(
    templates: Mapping[str, Path], tmp_path: Path, kind: DatasetType
) -> None:
    if kind.name == "camera":
        pytest.skip("it reads no cameras")
    inside, good = good_file(kind, "obs_base", templates)
    path = f"comCam/{inside}"
    declare(tmp_path, "comCam", "obs_base", "LSSTComCam", "LSSTComCam")
    (tmp_path / path).parent.mkdir(parents=True)
    place = ("comCam", 0 if kind.has_detector else None, "g 01" if kind.has_filter else None)
    verdicts = {}
    for keyword, values in {
        "OBSTYPE": (kind.name, kind.name.upper(), kind.obstype, "bias", None),
        "DETECTOR": (0, 4, -3, "0", "S00", None),
        "FILTER": ("g 01", "G 01", "g_01", "green", "r 01", "NONE", "None", "", None),
    }.items():
        for value in values:
            raw = set_header(good, path, {keyword: value})
            (tmp_path / path).write_bytes(raw)
            found = errors(tmp_path, path)
            verdicts[keyword, value] = not found
            assert takes(path, read_document(path, raw).header, *place) or found, (keyword, value)
    assert verdicts["OBSTYPE", kind.name]
    assert verdicts["DETECTOR", 0 if kind.has_detector else None]
    assert verdicts["FILTER", "G 01" if kind.has_filter else None]


def test_fix_writes_what_rubins_reader_takes(templates: Mapping[str, Path], tmp_path: Path) -> None:
    from curator.calibrations.types.transmission import FilterTransmission
    from curator.checks.fixing.apply_fixes import apply_fixes

    inside, good = good_file(FilterTransmission._type, "obs_base", templates)
    path = f"comCam/{inside}"
    declare(tmp_path, "comCam", "obs_base", "LSSTComCam", "Main")
    (tmp_path / path).parent.mkdir(parents=True)
    for instrument, name in product(("LSSTComCam", "Main"), ("green", "NONE")):
        raw = set_header(good, path, {"INSTRUME": instrument, "FILTER": name})
        (tmp_path / path).write_bytes(raw)
        found = [one for one in check_tree(tmp_path).findings if one.path == path]
        (tmp_path / path).write_bytes(fixed := apply_fixes(path, raw, found))
        assert errors(tmp_path, path) == ([] if name == "green" else ["CUR204"])
        assert read_document(path, fixed).header["INSTRUME"] == "comCam"
        if name == "green":
            assert takes(path, read_document(path, fixed).header, "comCam", None, "g 01")
