"""Measure what docs/benchmarks.md claims: ``python -m benchmarks [JOB ...]``.

Every line gives what `curator` took beside its baseline in the same run, on a generated
repository and, where they lie beside the checkout, on real ones. A job is a module with a
function ``measure(work)``.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.generate import CAMERA

# In the order in which they run.
JOBS = {
    name: f"benchmarks.{name}"
    for name in (
        "startup",
        "check",
        "noop",
        "change",
        "review",
        "editor",
        "export",
        "history",
        "select",
        "serving",
        "registry",
        "scale",
        "memory",
        "dependencies",
    )
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
            import_module(JOBS[name]).measure(work)
    finally:
        if options.work is None:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
