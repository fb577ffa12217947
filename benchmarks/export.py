"""The whole repository to FITS with provenance, one process."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks import baselines
from benchmarks.measure import CURATOR, Cost, run, say, script
from benchmarks.repositories import generated, real

__all__ = ["measure"]


def measure(work: Path) -> None:
    for repository in [*real(work), generated(work, 2000)]:

        def ours_once(repository: Path = repository) -> Cost:
            out = Path(tempfile.mkdtemp(dir=work)) / "out"
            cost = run(CURATOR, "export", str(out), "--jobs", "1", cwd=repository, cache=work / "cache")
            shutil.rmtree(out.parent)
            return cost

        ours = min((ours_once() for _ in range(2)), key=lambda cost: cost.seconds)
        out = Path(tempfile.mkdtemp(dir=work))
        today = script(baselines.EXPORT, str(repository), str(out))
        shutil.rmtree(out)
        say(
            f"export {repository.name}, 1 process",
            ours.seconds,
            today.seconds,
            goal=">= 10",
            note=f"{ours.mebibytes:.0f} MiB",
        )
