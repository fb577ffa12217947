"""Which calibrations of 12 dataset types 10,000 exposures get, beside a search from the start for each."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.generate import BANDS
from benchmarks.measure import CURATOR, run, say, script
from benchmarks.repositories import generated

__all__ = ["measure"]

FILES = 2000
EXPOSURES = 10_000
TYPES = 12
# As many as the search from the start is measured with: it grows with them alone.
SEARCHED = 500
GOAL = 3.0

# What a pipeline without a registry does: read every header once, look through all of them for each exposure.
NAIVE = """
import csv, sys, pathlib, time
from datetime import datetime, timedelta
from astropy.table import Table
root, table, count = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
found = []
for path in sorted(root.rglob("*/*/*.ecsv")):
    meta = Table.read(path, format="ascii.ecsv").meta
    start = datetime.strptime(path.stem, "%Y%m%dT%H%M%S")
    parts = path.relative_to(root).parts
    found.append((parts[1], parts[2], parts[3] if len(parts) == 5 else "", start, meta.get("VALIDEND"), path))
kinds = sorted({one[0] for one in found})
began = time.perf_counter()
with open(table, newline="") as file:
    for row in list(csv.DictReader(file))[:count]:
        when = datetime.fromisoformat(row["date"])
        for kind in kinds:
            valid = [one for one in found if one[0] == kind and one[1] == row["detector"].lower()
                     and one[2] in ("", row["filter"]) and one[3] <= when]
            best = max(valid, key=lambda one: one[3], default=None)
            sys.stdout.write(f"{row['exposure']},{kind},{best and best[5]}\\n")
print(time.perf_counter() - began)
"""


def measure(work: Path) -> None:
    repository = generated(work, FILES)
    tables = {count: exposures(work / f"exposures-{count}.csv", count) for count in (1, EXPOSURES)}
    words = [word for kind in kinds() for word in ("--type", kind)]
    took = {}
    for count, table in tables.items():
        command = (CURATOR, "select", "--exposures", str(table), *words)
        took[count] = run(*command, cwd=repository, ok=(0, 1), repeat=3)
    naive = script(NAIVE, str(repository), str(tables[EXPOSURES]), str(SEARCHED))
    ours = took[EXPOSURES].seconds - took[1].seconds
    expected = float(naive.output.splitlines()[-1]) * EXPOSURES / SEARCHED
    job = f"select {EXPOSURES} exposures x {len(kinds())} types"
    note = f"{took[EXPOSURES].mebibytes:.0f} MiB; reading the catalogue {took[1].seconds:.2f} s besides"
    say(job, ours, expected, goal=f"< {GOAL:g} s", note=note)


def kinds() -> list[str]:
    """Return the dataset types that are asked for: the first `TYPES` that there are."""
    from curator.calibrations.types.types import all_types

    return [one.name for one in all_types()][:TYPES]


def exposures(path: Path, count: int) -> Path:
    """Write a table of exposures at random times, behind random detectors and filters."""
    from benchmarks.generate import _detector

    rng = random.Random(2)
    lines = ["exposure,date,exptime,detector,filter"]
    for number in range(count):
        when = datetime(1991, 1, 1) + timedelta(seconds=rng.randrange(25 * 365 * 86400))
        detector = _detector(rng.randrange(50))
        lines.append(f"{number},{when.isoformat()},30,{detector},{rng.choice(BANDS)}")
    path.write_text("\n".join(lines) + "\n")
    return path
