from __future__ import annotations

from pathlib import Path

import pytest
import warm
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.types.defects import Defects
from curator.export.show.regions import regions
from curator.formats.regions.regions import read_regions

HEADER = {"OBSTYPE": "defects", "INSTRUME": "cam", "DETECTOR": 1}
BOXES = [(0, 0, 1, 4000), (4070, 3998, 2, 2)]


def made(rows: list[tuple[float, ...]], kind: str = "int32") -> Defects:
    import numpy as np

    names = ("x0", "y0", "width", "height")
    columns = list(zip(*rows, strict=True)) or [()] * 4
    arrays = {name: np.array(column, kind) for name, column in zip(names, columns, strict=True)}
    return Defects.from_arrays(HEADER, arrays)


@pytest.mark.parametrize("kind", ["int32", "int64", "float64"])
@pytest.mark.parametrize("suffix", ["ecsv", "fits"])
def test_text_and_fits_show_the_same_regions(tmp_path: Path, suffix: str, kind: str) -> None:
    target = tmp_path / f"a.{suffix}"
    write = Defects.writeFits if suffix == "fits" else Defects.writeText
    write(made(BOXES, kind), target)
    assert list(regions(target))[1:] == ["image", "box(1,2000.5,1,4000,0)", "box(4071.5,3999.5,2,2,0)"]


@given(st.lists(st.tuples(*[st.integers(0, 5000)] * 2, *[st.integers(1, 5000)] * 2), max_size=5))
def test_a_fits_file_gives_its_boxes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, ...]]
) -> None:
    target = tmp_path_factory.mktemp("fits") / "a.fits"
    made(rows).writeFits(target)  # type: ignore[arg-type]
    text = "\n".join(regions(target))
    assert [tuple(box[:4]) for box in read_regions("a.reg", text.encode()).boxes] == rows


@pytest.mark.parametrize("row", [(0.5, 0, 1, 1), (0, 0, 0, 1), (0, 0, float("nan"), 1)])
def test_a_row_that_is_no_box_of_whole_pixels_is_named(tmp_path: Path, row: tuple[float, ...]) -> None:
    from curator.errors import CalibrationError

    made([(1, 1, 1, 1), row], "float64").writeText(tmp_path / "a.ecsv")
    with pytest.raises(CalibrationError, match=r"row 2 .* is not a box of whole pixels"):
        list(regions(tmp_path / "a.ecsv"))


def test_a_curve_has_no_regions(tmp_path: Path) -> None:
    import subprocess

    subprocess.run(
        [warm.python(), "-m", "curator", "init", str(tmp_path / "new"), "--camera", "cam"], check=True
    )
    (curve,) = (tmp_path / "new/cam/qe_curve").rglob("*.ecsv")
    done = subprocess.run(
        [warm.python(), "-m", "curator", "show", str(curve), "--regions"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "a qe_curve is not a list of boxes" in done.stderr


def test_rows_and_regions_do_not_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    from curator.cli.main import main

    assert main(["show", "a.ecsv", "--regions", "--rows", "3"]) == 2
    assert "--rows cannot be used with --regions" in capsys.readouterr().err
