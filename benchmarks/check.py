"""The whole repository checked, one process, nothing remembered."""

from __future__ import annotations

from pathlib import Path

from benchmarks import baselines
from benchmarks.measure import CURATOR, run, say, script
from benchmarks.repositories import generated, real

__all__ = ["measure"]


def measure(work: Path) -> None:
    for repository in [*real(work), generated(work, 2000)]:
        ours = run(
            CURATOR,
            "check",
            "--jobs",
            "1",
            "--no-cache",
            "--format",
            "json",
            cwd=repository,
            repeat=3,
            ok=(0, 1),
            cache=work / "cache",
        )
        today = script(baselines.CHECK, str(repository))
        say(
            f"check {repository.name}, 1 process",
            ours.seconds,
            today.seconds,
            goal=">= 7",
            note=f"{ours.mebibytes:.0f} MiB",
        )
