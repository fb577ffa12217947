"""Measure what the README claims: ``python -m benchmarks [startup check export history scale]``.

Every line gives what `curator` took beside its baseline in the same run, on a generated
repository and, where they lie beside the checkout, on real ones.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import baselines
from benchmarks.generate import CAMERA, make
from benchmarks.measure import CURATOR, PYTHON, Cost, run, script

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"


def _say(job: str, ours: float, baseline: float, *, unit: str = "s", goal: str = "", note: str = "") -> None:
    ratio = baseline / ours
    print(
        f"{job:<44} {ours:9.3f} {unit}  baseline {baseline:9.3f} {unit}  {ratio:7.1f} x  {goal:<10} {note}",
        flush=True,
    )


def _real(work: Path) -> list[Path]:
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


def _generated(work: Path, count: int) -> Path:
    target = work / f"generated-{count}"
    return target if target.exists() else make(target, count)


def startup(work: Path) -> None:
    """One edited file through `curator check`, whole process, against a bare interpreter."""
    repository = _generated(work, 2000)
    path = next(str(path.relative_to(repository)) for path in sorted(repository.rglob("defects/*/*.ecsv")))
    commands = {"bare": (PYTHON, "-c", "pass"), "ours": (CURATOR, "check", path)}
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(41):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, cwd=repository, check=True, stdout=subprocess.DEVNULL)
            took[name].append(time.perf_counter() - began)
    bare, ours = (sorted(took[name])[20] for name in ("bare", "ours"))
    today = script(baselines.HOOK, str(repository), path, repeat=5)
    print(
        f"{'one edited file: curator check FILE':<44} {1e3 * ours:9.1f} ms  "
        f"python -c pass {1e3 * bare:.1f} ms: {ours / bare:.2f} x (goal <= 6, stretch 4)"
    )
    _say("one edited file, against today's hook", 1e3 * ours, 1e3 * today.seconds, unit="ms")


def check(work: Path) -> None:
    """The whole repository, one process."""
    for repository in [*_real(work), _generated(work, 2000)]:
        ours = run(
            CURATOR,
            "check",
            "--jobs",
            "1",
            "--format",
            "json",
            cwd=repository,
            repeat=3,
            ok=(0, 1),
            cache=work / "cache",
        )
        today = script(baselines.CHECK, str(repository))
        _say(
            f"check {repository.name}, 1 process",
            ours.seconds,
            today.seconds,
            goal=">= 7",
            note=f"{ours.mebibytes:.0f} MiB",
        )


def export(work: Path) -> None:
    """The whole repository to FITS with provenance, one process."""
    for repository in [*_real(work), _generated(work, 2000)]:

        def ours_once(repository: Path = repository) -> Cost:
            out = Path(tempfile.mkdtemp(dir=work)) / "out"
            cost = run(CURATOR, "export", str(out), "--jobs", "1", cwd=repository, cache=work / "cache")
            shutil.rmtree(out.parent)
            return cost

        ours = min((ours_once() for _ in range(2)), key=lambda cost: cost.seconds)
        out = Path(tempfile.mkdtemp(dir=work))
        today = script(baselines.EXPORT, str(repository), str(out))
        shutil.rmtree(out)
        _say(
            f"export {repository.name}, 1 process",
            ours.seconds,
            today.seconds,
            goal=">= 10",
            note=f"{ours.mebibytes:.0f} MiB",
        )


HISTORY = """
import os, subprocess, sys, tempfile, time
from curator.repository.git import Git
from curator.repository.history import History
git = Git(sys.argv[1])
sha = git.run("rev-parse", "HEAD").decode().strip()
paths = [path for path in git.run("ls-files", "-z").decode().split("\\0") if path]
raw = ["git", "log", "-m", "--raw", "--no-renames", "--no-abbrev", "--format=%H", sha]
ours, theirs = [], []
for _ in range(9):
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp()
    began = time.perf_counter()
    history = History.of(git, sha)
    assert all(history.last(path) for path in paths)
    ours.append(time.perf_counter() - began)
    began = time.perf_counter()
    subprocess.run(raw, cwd=sys.argv[1], stdout=subprocess.PIPE, check=True)
    theirs.append(time.perf_counter() - began)
print(sorted(ours)[4], sorted(theirs)[4])
"""


def history(work: Path) -> None:
    """Last commit of every path, with an empty cache, against git asked once a file and asked once."""
    repository = _generated(work, 2000)
    ours, raw = map(float, script(HISTORY, str(repository)).output.split())
    today = script(baselines.LAST, str(repository))
    _say("last commit of all paths", ours, today.seconds, goal=">= 100")
    against = "  against one raw git log -m --raw"
    print(f"{against:<44} {ours:9.3f} s  baseline {raw:9.3f} s  {ours / raw:7.2f} x  <= 1.4")


def scale(work: Path) -> None:
    """Growth and memory from 2,000 to 20,000 files."""
    cost: dict[tuple[str, int], Cost] = {}
    for count in (2000, 20000):
        repository = _generated(work, count)
        cost["check", count] = run(
            CURATOR,
            "check",
            "--jobs",
            "2",
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
                f"{1e3 * one.seconds / count:.2f} ms a file  largest {one.mebibytes:.0f} MiB (goal < 150)"
            )
    for job in ("check", "export"):
        growth = cost[job, 20000].seconds / 20000 / (cost[job, 2000].seconds / 2000)
        print(f"{f'{job}: cost per file, 20,000 against 2,000':<44} {growth:9.2f} x  (linear: <= 1.2)")


JOBS: dict[str, Callable[[Path], None]] = {
    "startup": startup,
    "check": check,
    "export": export,
    "history": history,
    "scale": scale,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("jobs", nargs="*", help=f"which to run, of {', '.join(JOBS)} (default: all)")
    parser.add_argument("--work", type=Path, help="keep the generated repositories here")
    options = parser.parse_args()
    if unknown := set(options.jobs) - set(JOBS):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    work = options.work or Path(tempfile.mkdtemp(prefix="curator-bench-"))
    work.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, camera {CAMERA}")
    try:
        for name in options.jobs or JOBS:
            JOBS[name](work)
    finally:
        if options.work is None:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
