"""Growth (of processor time, which does not depend on who else works) and memory, 2,000 to 20,000 files."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.measure import CURATOR, Cost, run
from benchmarks.repositories import generated

__all__ = ["measure"]


def measure(work: Path) -> None:
    cost: dict[tuple[str, int], Cost] = {}
    for count in (2000, 20000):
        repository = generated(work, count)
        cost["check", count] = run(
            CURATOR,
            "check",
            "--jobs",
            "2",
            "--no-cache",
            "--format",
            "json",
            cwd=repository,
            ok=(0, 1),
            cache=work / "cache",
        )
        out = work / f"scale-{count}"
        cost["export", count] = run(
            CURATOR, "export", str(out), "--jobs", "2", cwd=repository, cache=work / "cache"
        )
        shutil.rmtree(out)
        for job in ("check", "export"):
            one = cost[job, count]
            print(
                f"{f'{job} {count} files, 2 processes':<44} {one.seconds:9.2f} s  "
                f"{1e3 * one.cpu / count:.2f} ms a file  largest {one.mebibytes:.0f} MiB (goal < 150)"
            )
    for job in ("check", "export"):
        growth = cost[job, 20000].cpu / 20000 / (cost[job, 2000].cpu / 2000)
        print(f"{f'{job}: cost per file, 20,000 against 2,000':<44} {growth:9.2f} x  (linear: <= 1.2)")
