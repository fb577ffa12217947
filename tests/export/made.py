"""A small repository of calibrations, made with plain git."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIG = """\
schema_version: 1
repository: obs_test_data
profile: obs_base
cameras:
- testCam
"""
CAMERA = """\
metadata:
  OBSTYPE: CAMERA
  INSTRUME: TestCam
  CALIBDATE: '2020-01-01T00:00:00'
name: testCam
aliases: []
start: "2020-01-01T00:00:00"
detectors:
- {name: "R00_S00", id: 0, width: 100, height: 80, serial: "A", amplifiers: ["C00", "C01"]}
- {name: "R00_S01", id: 1, width: 100, height: 80, serial: "B", amplifiers: ["C00", "C01"]}
filters:
- {name: "g_6", band: "g", aliases: []}
"""
FIRST = "testCam/defects/r00_s00/20200101T000000.ecsv"
SECOND = "testCam/defects/r00_s00/20210101T000000.ecsv"
OTHER = "testCam/defects/r00_s01/20200101T000000.ecsv"


def defects(*rows: str, detector: int = 0, date: str = "2020-01-01T00:00:00", more: str = "") -> str:
    """Return the text of a defect list."""
    return (
        "# %ECSV 1.0\n# ---\n# datatype:\n"
        + "".join(
            f"# - {{name: {name}, unit: pix, datatype: int32}}\n" for name in ("x0", "y0", "width", "height")
        )
        + "# meta: !!omap\n# - {OBSTYPE: defects}\n# - {INSTRUME: TestCam}\n"
        + f"# - {{DETECTOR: {detector}}}\n# - {{CALIBDATE: '{date}'}}\n{more}"
        + "# schema: astropy-2.0\nx0 y0 width height\n"
        + "".join(f"{row}\n" for row in rows)
    )


@dataclass(frozen=True)
class Made:
    """A repository on disk."""

    root: Path

    def git(self, *args: str, **environment: str) -> str:
        done = subprocess.run(
            ["git", *args], cwd=self.root, capture_output=True, check=True, env={**os.environ, **environment}
        )
        return done.stdout.decode("utf-8", "replace").strip()

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def commit(
        self, subject: str, author: str = "Ada Editor", date: str = "2021-05-01T12:00:00+02:00"
    ) -> str:
        self.git("add", "-A")
        self.git(
            "commit", "-q", "--allow-empty", "-m", subject, f"--date={date}", GIT_COMMITTER_DATE=date,
            GIT_AUTHOR_NAME=author,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")

    @property
    def repo(self) -> Any:
        from curator.repository.repository import Repository

        return Repository.find(str(self.root))


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file of an export tree, but for its lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".curator-export"
    }
