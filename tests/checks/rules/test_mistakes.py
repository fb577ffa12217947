"""Every mechanical mistake in every kind of file is noticed, or is known not to be, with the reason."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from checks.mistakes import MISTAKES, applicable

from curator.checks.run.engine import check
from curator.repository.layout.config import load_config
from curator.repository.snapshots.worktree import WorkTree

# What no rule about a single file can notice, or not in every file, and why.
MISSED = {
    "a_row_lost": "one box fewer is a list like any other; `curator check --from` says what went",
    "two_cells_of_a_row_exchanged": "the box stays on the sensor",
    "x_and_y_exchanged": "on a square sensor the boxes stay on it",
    "width_and_height_exchanged": "where all boxes are small they stay on the sensor",
    "counted_from_one": "only boxes at the far edge leave the sensor",
    "a_sample_lost": "the curve is read as before, unless other amplifiers have the sample",
    "a_block_lost": "where the grid is uneven a wide step is usual",
    "values_moved_by_a_row": "a smooth curve stays smooth",
    "two_amplifiers_exchanged": "both curves are possible; `curator check --from` sees them move",
    "a_point_slipped_in_a_value": "in curves of the atmosphere and the whole system real lines look like it",
    "all_coefficients_zero": "where other detectors have coefficients the matrix is not empty",
    "matrix_transposed": "no law says which matrix is right; `curator check --from` sees it",
    "signs_of_coefficients_flipped": "either sign is measured; `curator check --from` sees it",
    "boxes_exchanged": "which amplifier reads which half differs between detectors",
}
# What is said of it is no more than a remark.
REMARKED = {"all_values_one", "a_coefficient_copied", "width_and_height_exchanged", "a_block_lost"}
REAL = {
    "obs_lsst_data": (
        "lsstCam/manual_defects/r22_s11",
        "lsstCam/manual_defects/r02_s00",
        "latiss/defects",
        "lsstCam/crosstalk/r22_s11",
        "latiss/crosstalk",
        "comCam/transmission_sensor/r22_s11",
        "lsstCam/transmission_sensor/r22_s11",
        "latiss/transmission_sensor",
        "ts8/transmission_sensor/rtm-020_s00",
        "comCam/transmission_filter/g_01",
        "latiss/transmission_filter/sdssg_65mm~empty",
        "lsstCam/transmission_filter_detector/r22_s11/i_39",
        "latiss/transmission_optics",
        "imsim/bfk/r22_s00",
    ),
    "obs_decam_data": (
        "decam/defects/n31",
        "decam/crosstalk/n31",
        "decam/linearizer/n31",
        "decam/transmission_system/n31/z_decam_sdss_c0004_9260.0_1520.0",
    ),
}


def kind_of(path: str) -> str:
    kinds = {
        "defects": "boxes", "crosstalk": "matrix", "linearizer": "linearizer", "bfk": "kernel"
    }  # fmt: skip
    return next((kind for name, kind in kinds.items() if name in path.split("/")[1]), "curve")


def unnoticed(root: Path, path: str) -> tuple[set[str], list[str]]:
    """Make every mistake in one file; return those noticed, and what nobody is told of as promised."""
    config = load_config(WorkTree(str(root)))
    file = root / path
    good = file.read_text()

    def found() -> dict[tuple[str, str], str]:
        findings = check(WorkTree(str(root)), config, paths=[path]).findings
        return {(one.code, one.message): one.severity for one in findings}

    before = found()
    noticed: set[str] = set()
    failures = []
    for name, wrong in applicable(kind_of(path), good):
        file.write_text(wrong)
        new = {one: severity for one, severity in found().items() if one not in before}
        heard = {severity for severity in new.values() if name in REMARKED or severity != "info"}
        if heard:
            noticed.add(name)
        elif name not in MISSED:
            failures.append(f"{name} in {path} is missed")
        # A header's mistake may contradict path and dates at once; of the content, one thing is said.
        loud = Counter(code for code, _ in new if new[code, _] != "info" and code.startswith("CUR3"))
        if loud.total() > 3 or max(loud.values(), default=0) > 2:
            failures.append(f"{name} in {path} is said {loud}")
    file.write_text(good)
    return noticed, failures


@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_mistakes_in_files_of_a_new_repository_are_noticed(
    profile: str, templates: dict[str, Path], tmp_path: Path
) -> None:
    root = tmp_path / "made"
    shutil.copytree(templates[profile], root)
    files = [
        str(one.relative_to(root))
        for one in sorted((root / "ExampleCam").rglob("*.*"))
        if one.is_file() and one.parent.name != "camera"
    ]
    results = [unnoticed(root, path) for path in files]
    noticed = {name for names, _ in results for name in names}
    assert noticed >= {"x_and_y_exchanged", "width_and_height_exchanged", "counted_from_one"}
    assert noticed >= {"a_point_slipped_in_a_value", "all_coefficients_zero"}
    assert [failure for _, failures in results for failure in failures] == []


@pytest.mark.parametrize("name", sorted(REAL))
def test_mistakes_in_real_files_are_noticed(name: str, adopted_repository: Callable[[str], Path]) -> None:
    root = adopted_repository(name)
    files = [max(one for one in (root / folder).rglob("*") if one.is_file()) for folder in REAL[name]]
    results = [unnoticed(root, str(file.relative_to(root))) for file in files]
    assert all(noticed for noticed, _ in results)
    assert [failure for _, failures in results for failure in failures] == []


def test_every_mistake_is_known_by_its_name() -> None:
    names = {function.__name__ for functions in MISTAKES.values() for function in functions}
    assert names >= set(MISSED) | REMARKED
