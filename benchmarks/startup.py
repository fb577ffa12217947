"""One edited file through ``curator check``, whole process, against a bare interpreter."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from benchmarks import baselines
from benchmarks.measure import CURATOR, ENVIRONMENT, PYTHON, say, script
from benchmarks.repositories import generated

__all__ = ["measure"]


def measure(work: Path) -> None:
    repository = generated(work, 2000)
    path = next(str(path.relative_to(repository)) for path in sorted(repository.rglob("defects/*/*.ecsv")))
    commands = {"bare": (PYTHON, "-c", "pass"), "ours": (CURATOR, "check", path)}
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(41):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, cwd=repository, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
            took[name].append(time.perf_counter() - began)
    bare, ours = (sorted(took[name])[20] for name in ("bare", "ours"))
    today = script(baselines.HOOK, str(repository), path, repeat=5)
    print(
        f"{'one edited file: curator check FILE':<44} {1e3 * ours:9.1f} ms  "
        f"python -c pass {1e3 * bare:.1f} ms: {ours / bare:.2f} x (goal <= 6, stretch 4)"
    )
    say("one edited file, against today's hook", 1e3 * ours, 1e3 * today.seconds, unit="ms")
