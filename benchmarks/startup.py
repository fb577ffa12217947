"""How long ``curator`` takes to start: one edited file, help, a suggestion, a wrong option, a missing extra.

Each command is run in turn with a bare interpreter, as a whole process.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from benchmarks import baselines
from benchmarks.measure import CURATOR, ENVIRONMENT, PYTHON, say, script
from benchmarks.repositories import generated

__all__ = ["measure"]

BARE = (PYTHON, "-c", "pass")
REPEATS = 41
# A module that is None in sys.modules cannot be imported: the package of an extra that is not installed.
WITHOUT_PYGLS = "import sys; sys.modules['pygls'] = None; from curator.cli.main import command; command()"
ANSWERS = {
    "curator --help": (CURATOR, "--help"),
    "a suggestion: curator chekc": (CURATOR, "chekc"),
    "a wrong option: curator check --strcit": (CURATOR, "check", "--strcit"),
    "a missing extra: curator lsp": (PYTHON, "-c", WITHOUT_PYGLS, "lsp"),
    "the help of a verb: curator check --help": (CURATOR, "check", "--help"),
}


def measure(work: Path) -> None:
    repository = generated(work, 2000)
    path = next(str(path.relative_to(repository)) for path in sorted(repository.rglob("defects/*/*.ecsv")))
    medians = _medians({"bare": BARE, "ours": (CURATOR, "check", path), **ANSWERS}, repository)
    bare = medians["bare"]
    _print("one edited file: curator check FILE", medians["ours"], bare, "goal <= 6, stretch 4")
    for name in ANSWERS:
        _print(name, medians[name], bare, "goal <= 2.5")
    today = script(baselines.HOOK, str(repository), path, repeat=5)
    say("one edited file, against today's hook", 1e3 * medians["ours"], 1e3 * today.seconds, unit="ms")


def _medians(commands: dict[str, tuple[str, ...]], folder: Path) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(REPEATS):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=False, capture_output=True)
            took[name].append(time.perf_counter() - began)
    return {name: sorted(times)[REPEATS // 2] for name, times in took.items()}


def _print(name: str, seconds: float, bare: float, goal: str) -> None:
    print(
        f"{name:<44} {1e3 * seconds:9.1f} ms  "
        f"python -c pass {1e3 * bare:.1f} ms: {seconds / bare:.2f} x ({goal})"
    )
