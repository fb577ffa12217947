"""Growth of what deprecations of one data ID cost, 2,000 to 20,000 of them, all asked about the same time."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from time import process_time

from curator.calibrations.header.deprecation import Deprecation
from curator.repository.catalogue.deprecation_timeline import NominalRange, serve

__all__ = ["measure"]

EPOCH = datetime(2000, 1, 1)
HOURS = timedelta(hours=1)


def measure(work: Path) -> None:
    cost = {}
    for count in (2000, 20000):
        line = falling(count)
        began = process_time()
        serve(line)
        cost[count] = process_time() - began
        job = f"serve {count} that fall back"
        print(f"{job:<44} {cost[count]:9.2f} s  {1e6 * cost[count] / count:.0f} us each")
    growth = cost[20000] / cost[2000] / 10
    print(f"{'serve: cost each, 20,000 against 2,000':<44} {growth:9.2f} x  (n log n: <= 2)")


def falling(count: int) -> list[NominalRange]:
    """Return calibrations each of which falls back in the first half of its range and after it."""
    line = []
    for number in range(count):
        start = EPOCH + number * HOURS
        end = None if number + 1 == count else start + HOURS
        halves = ((start, start + HOURS / 2), (start + HOURS, None))
        line.append(
            NominalRange(start, end, False, [Deprecation(*half, "bad", fall_back=True) for half in halves])
        )
    return line
