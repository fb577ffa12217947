"""Run a command or a baseline script and say what it took."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable
# Users have compiled bytecode.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
CURATOR = str(Path(sys.executable).with_name("curator"))


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Parameters
    ----------
    seconds : float
        Wall clock, the median over the repeats.
    mebibytes : float
        The largest resident set of one process.
    cpu : float
        Seconds of processor time, of it and all it started; the least of the repeats.
    """

    seconds: float
    mebibytes: float
    output: str = ""
    cpu: float = 0.0


def _peak(pid: int, done: threading.Event, peaks: dict[int, int]) -> None:
    """Follow the high-water mark of a process and all below it; each process counts alone."""
    while not done.is_set():
        pending = [pid]
        while pending:
            one = pending.pop()
            try:
                status = Path(f"/proc/{one}/status").read_text()
                pending += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
            except (OSError, ValueError):
                continue
            for line in status.splitlines():
                if line.startswith("VmHWM:"):
                    peaks[one] = max(peaks.get(one, 0), int(line.split()[1]))
        done.wait(0.02)


def run(
    *command: str,
    cwd: Path | None = None,
    repeat: int = 1,
    ok: tuple[int, ...] = (0,),
    cache: Path | None = None,
) -> Cost:
    """Run ``command`` ``repeat`` times with an empty cache folder each time."""
    seconds: list[float] = []
    cpu: list[float] = []
    peaks: dict[int, int] = {}
    output = ""
    for number in range(repeat):
        environment = dict(ENVIRONMENT)
        if cache is not None:
            environment["XDG_CACHE_HOME"] = str(cache / f"{time.monotonic_ns()}-{number}")
        done = threading.Event()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        watcher = threading.Thread(target=_peak, args=(process.pid, done, peaks))
        watcher.start()
        out, err = process.communicate()
        seconds.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        done.set()
        watcher.join()
        if process.returncode not in ok:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{err.decode()[-2000:]}")
        output = out.decode("utf-8", "replace")
    return Cost(statistics.median(seconds), max(peaks.values(), default=0) / 1024, output, min(cpu))


def script(text: str, *args: str, cwd: Path | None = None, repeat: int = 1) -> Cost:
    """Run a Python baseline in a process of its own."""
    return run(PYTHON, "-W", "ignore", "-c", text, *args, cwd=cwd, repeat=repeat)


def say(job: str, ours: float, baseline: float, *, unit: str = "s", goal: str = "", note: str = "") -> None:
    """Print one line: what we took, what the baseline took in the same run, and the ratio."""
    ratio = baseline / ours
    print(
        f"{job:<44} {ours:9.3f} {unit}  baseline {baseline:9.3f} {unit}  {ratio:7.1f} x  {goal:<10} {note}",
        flush=True,
    )
