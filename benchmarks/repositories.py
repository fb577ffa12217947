"""The repositories that are measured: generated ones and, where they lie beside the checkout, real ones."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks.generate import make
from benchmarks.measure import CURATOR, run

__all__ = ["generated", "real"]

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"


def real(work: Path) -> list[Path]:
    """Put the real samples under git and adopt them."""
    made = []
    for source in sorted(REAL.glob("obs_*_data")) if REAL.is_dir() else ():
        target = work / source.name
        if not target.exists():
            shutil.copytree(source, target)
            subprocess.run(["chmod", "-R", "u+w", str(target)], check=True)
            git = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org"]
            subprocess.run([*git, "init", "-q", "-b", "main"], cwd=target, check=True)
            run(CURATOR, "-C", str(target), "adopt")
            subprocess.run([*git, "add", "-A"], cwd=target, check=True)
            subprocess.run([*git, "commit", "-q", "-m", "Adopt"], cwd=target, check=True)
        made.append(target)
    return made


def generated(work: Path, count: int) -> Path:
    """Return a generated repository of ``count`` files, made once."""
    target = work / f"generated-{count}"
    return target if target.exists() else make(target, count)
