"""Files as other people's repositories have them, written by hand."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

NOW = datetime(2025, 4, 30, 12, 34, 56)


def git(folder: Path, *args: str) -> str:
    return subprocess.run(["git", *args], cwd=folder, check=True, capture_output=True, text=True).stdout


def _ecsv(header: Mapping[str, object], columns: str, rows: str) -> str:
    meta = "".join(f"# - {key}: {value}\n" for key, value in header.items())
    names = " ".join(line.split("name: ")[1].split(",")[0] for line in columns.splitlines())
    top = f"# %ECSV 1.0\n# ---\n# datatype:\n{columns}# meta: !!omap\n{meta}# schema: astropy-2.0\n"
    return f"{top}{names}\n{rows}"


def defects(camera: str = "cam", detector: int = 7, rows: str = "1 2 3 4\n", **extra: object) -> str:
    """Return a defect list as Rubin's reader takes it; DETECTOR stands in line 11."""
    header = {
        "OBSTYPE": "defects",
        "INSTRUME": f'"{camera}"',
        "DETECTOR": detector,
        "CALIBDATE": "'1970-01-01'",
    }
    names = ("x0", "y0", "width", "height")
    columns = "".join(f"# - {{name: {name}, datatype: int32}}\n" for name in names)
    return _ecsv(header | extra, columns, rows)


def curve(obstype: str, amplifiers: str = "", **extra: object) -> str:
    """Return a curve, per amplifier where some are named by one letter each."""
    header = {"OBSTYPE": obstype, "INSTRUME": "cam", "CALIBDATE": "'1970-01-01'"}
    columns = (
        "# - {name: wavelength, unit: nm, datatype: float64}\n# - {name: efficiency, datatype: float64}\n"
    )
    if not amplifiers:
        return _ecsv(header | extra, columns, "300.0 1.0\n400.0 2.0\n")
    columns = "# - {name: amp_name, datatype: string}\n" + columns
    return _ecsv(
        header | extra, columns, "".join(f"{one} {nm}.0 1.0\n" for one in amplifiers for nm in (300, 400))
    )


def linearizer(boxes: Mapping[str, tuple[int, int, int, int]]) -> str:
    """Return a linearizer of detector N1, whose amplifiers have these inclusive corners."""
    point = "!!python/object/apply:lsst.geom.Point2I"
    entries = "".join(
        f"  {name}:\n    linearityType: Squared\n    linearityBBox: !!python/object/apply:lsst.geom.Box2I\n"
        f"    - {point} [{x0}, {y0}]\n    - {point} [{x1}, {y1}]\n"
        for name, (x0, y0, x1, y1) in boxes.items()
    )
    return (
        f"amplifiers:\n{entries}detectorId: 1\ndetectorName: N1\ndetectorSerial: '62'\n"
        "metadata: {OBSTYPE: LINEARIZER, INSTRUME: cam, DETECTOR: 1, CALIBDATE: '1970-01-01'}\n"
    )
