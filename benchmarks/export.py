"""The whole repository to FITS with provenance, one process; and what the check before it costs.

``CURATOR_BEFORE`` names the program of an earlier version, to be measured beside this one.
"""

from __future__ import annotations

import os
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
        _beside_its_check(work, repository)


def _beside_its_check(work: Path, repository: Path) -> None:
    """Say what an export takes that checks first, beside the parts of it, or beside an earlier version."""
    check, checked, warm = _exported(work, repository, CURATOR)
    cold = check + checked
    before = os.environ.get("CURATOR_BEFORE")
    if before:
        _, old_cold, old_warm = _exported(work, repository, before)
        say(f"export {repository.name} again, before", warm, old_warm, goal=">= 0.91", note="processor time")
        say(f"export {repository.name} + check, before", cold, old_cold + check, note="processor time")
    say(f"export {repository.name} again, all there", warm, checked, note="after a check, nothing there")


def _exported(work: Path, repository: Path, program: str) -> tuple[float, float, float]:
    """Return the processor seconds of a check, of an export after it, and of one with all there."""
    folder = Path(tempfile.mkdtemp(dir=work))
    kept = ("env", f"XDG_CACHE_HOME={folder / 'cache'}", program)
    export = (*kept, "export", str(folder / "out"))
    check = run(*kept, "check", "--jobs", "1", cwd=repository, ok=(0, 1)).cpu
    first = run(*export, cwd=repository).cpu
    again = run(*export, cwd=repository, repeat=3).cpu
    shutil.rmtree(folder)
    return check, first, again
