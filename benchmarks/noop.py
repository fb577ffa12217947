"""A check of a repository of 20,000 files of which none changed, against ``git status``."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from benchmarks.measure import CURATOR, ENVIRONMENT
from benchmarks.repositories import generated

__all__ = ["measure"]

FILES = 20_000
TURNS = 21


def measure(work: Path) -> None:
    repository = generated(work, FILES)
    environment = {**ENVIRONMENT, "XDG_CACHE_HOME": str(work / "cache" / f"noop-{time.monotonic_ns()}")}
    commands = {"git status": ("git", "status"), "curator check": (CURATOR, "check")}

    def once(name: str) -> float:
        began = time.perf_counter()
        subprocess.run(commands[name], cwd=repository, env=environment, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - began

    once("git status")  # it brings the index up to date
    first = once("curator check")
    took = {name: sorted(once(name) for _ in range(TURNS)) for name in commands}
    ours, git = (took[name][TURNS // 2] for name in ("curator check", "git status"))
    print(f"{f'check {FILES} files for the first time':<44} {first:9.3f} s")
    print(
        f"{'  again, nothing changed':<44} {ours:9.3f} s  git status {git:9.3f} s  {ours / git:7.2f} x  < 1.5"
    )
