"""Changes as people make them, in a real repository, and what is said of each."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from curator.cli.main import main

CURVES = "lsstCam/transmission_sensor"
START = "19700101T000000.ecsv"


@pytest.fixture
def repository(adopted_repository: Callable[[str], Path]) -> Path:
    root = adopted_repository("obs_lsst_data")
    for words in (["add", "-A"], ["commit", "-q", "-m", "Adopt"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


def edit(file: Path, change: Callable[[str], str]) -> None:
    text = file.read_text()
    changed = change(text)
    assert changed != text
    file.write_text(changed)


def said(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what ``curator diff`` prints, its lines joined: where they break says nothing."""
    capsys.readouterr()
    assert main(["-C", str(root), "diff", *words]) == 1
    out = capsys.readouterr().out
    assert all(len(line) <= 80 or " " not in line.strip() for line in out.splitlines())
    return " ".join(out.split())


def test_pixels_come_before_boxes(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [file] = repository.glob("latiss/defects/*/20180101T000000.ecsv")
    edit(file, lambda text: text.replace("3562 0 509 2000", "3562 0 513 2000", 1) + "1022 0 1 4000\n")
    text = said(repository, capsys)
    assert "12,000 pixels newly masked: 1,030,000 masked now (6.3 % of the sensor), 1,018,000 before" in text
    assert "boxes: 1 added, 1 resized + 1 whole column, x 1022 ~ x0=3562 y0=0, 509 x 2000 ->" in text


def test_the_same_pixels_may_be_cut_differently(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [file] = repository.glob("latiss/defects/*/20180101T000000.ecsv")
    edit(file, lambda text: text.replace("3562 0 509 2000", "3562 0 509 500\n3562 500 509 1500", 1))
    assert "the same pixels are masked, cut differently: 2 boxes instead of 1" in said(repository, capsys)


def test_exchanged_amplifiers_are_one_line(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def swap(text: str) -> str:
        return re.sub("C00|C01", lambda found: {"C00": "C01", "C01": "C00"}[found.group()], text)

    edit(repository / CURVES / "r22_s00" / START, swap)
    assert said(repository, capsys) == (
        f"{CURVES}/r22_s00/{START} efficiency: amplifiers C00 and C01 exchanged their values "
        "no filter curves of this camera: brightness not judged"
    )


def test_a_unit_that_changed_without_its_numbers(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(repository / CURVES / "r22_s02" / START, lambda text: text.replace("unit: nm", "unit: Angstrom", 1))
    text = said(repository, capsys)
    assert (
        "unit of column wavelength: Angstrom instead of nm; the numbers are as before; the curve covers "
        "32 to 110 nm instead of 320 to 1100 nm"
    ) in text


def test_a_unit_that_changed_with_its_numbers(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def convert(text: str) -> str:
        text = text.replace("unit: nm", "unit: Angstrom")
        return re.sub(r"(?m)^(C\d\d) (\S+)", lambda found: f"{found[1]} {Decimal(found[2]) * 10}", text)

    edit(repository / CURVES / "r22_s02" / START, convert)
    assert said(repository, capsys) == (
        f"{CURVES}/r22_s02/{START} unit of column wavelength: Angstrom instead of nm; "
        "same curve in another unit"
    )


def test_numbers_of_a_header_are_quoted_as_the_file_has_them(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = repository / CURVES / "r22_s02" / START
    edit(file, lambda text: text.replace("# - {MODE: AMP}\n", "# - {MODE: AMP}\n# - {VERSION: 2.0}\n", 1))
    assert "VERSION added: 2.0" in said(repository, capsys)
    subprocess.run(["git", "commit", "-q", "-a", "-m", "Version"], cwd=repository, check=True)
    edit(file, lambda text: text.replace("VERSION: 2.0", "VERSION: 2.10", 1))
    assert "VERSION: 2.10 instead of 2.0" in said(repository, capsys)


def test_without_filter_curves_a_report_says_so_once(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for detector in ("r22_s01", "r22_s02"):
        file = repository / CURVES / detector / START
        edit(file, lambda text: re.sub(r"(?m)^(C04 \S+) \S+", r"\1 50.0", text))
    text = said(repository, capsys)
    assert text.count("no filter curves of this camera: brightness not judged") == 1


def test_a_start_that_moved(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = repository / CURVES / "r22_s12" / START
    file.rename(file.with_name("19750101T000000.ecsv"))
    assert "starts 1975-01-01T00:00:00 instead of 1970-01-01T00:00:00" in said(repository, capsys)


def test_an_amplifier_that_was_scaled(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def scale(found: re.Match[str]) -> str:
        return f"{found[1]}{float(found[2]) * 1.03:.6f}"

    edit(
        repository / CURVES / "r22_s01" / START,
        lambda text: re.sub(r"(?m)^(C04 \S+ )(\S+)", scale, text),
    )
    assert said(repository, capsys) == (
        f"{CURVES}/r22_s01/{START} curve of C04 x 1.03 "
        "sources change by +32.1 mmag in any filter (+ is brighter)"
    )


def test_one_coefficient_among_thousands_of_characters(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        repository / "lsstCam/crosstalk/r01_s00" / START,
        lambda text: re.sub(r"1\.212533\d+e-05", "3.3e-4", text, count=1),
    )
    assert said(repository, capsys) == (
        f"lsstCam/crosstalk/r01_s00/{START} crosstalk from amplifier 2 to 0 (counted from 0): 0.00033 "
        "instead of 1.21e-05, +31.8 electrons from a source of 100,000, 44 times its error; "
        "1 of 256 coefficients changed"
    )


def test_two_hundred_files_edited_at_once_are_one_statement(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(repository.glob("lsstCam/manual_defects/*/*.ecsv"))
    for file in files:
        edit(file, lambda text: re.sub(r"(?m)^(# meta: *!!omap\n)", r"\1# - {ORIGIN: summit}\n", text))
    assert len(files) > 200
    first = files[0].relative_to(repository)
    assert said(repository, capsys) == (
        f"in {len(files)} files, {first} and others: ORIGIN added: summit {len(files)} files edited"
    )
