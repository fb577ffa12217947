"""What `curator select` answers is what a Butler answers that the same ranges were certified in."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise

from curator.registry.labels import label_name
from curator.registry.times import to_timespan
from curator.repository.catalogue import Catalogue, DataId, Entry
from curator.repository.paths import CalibPath
from curator.repository.selection import Request, Selector

from .conftest import Calib

EPOCH = datetime(2020, 1, 1)
HOUR = timedelta(hours=1)


def ranges(seed: int) -> list[tuple[str, datetime, datetime | None]]:
    """Return ranges that do not overlap, some with gaps between them."""
    chance = random.Random(seed)
    found: list[tuple[str, datetime, datetime | None]] = []
    for detector in ("R22_S11", "R22_S12"):
        edges = sorted(chance.sample(range(200), 8))
        for start, end in pairwise(edges):
            if chance.random() < 0.8:
                found.append((detector, EPOCH + start * HOUR, EPOCH + end * HOUR))
        if chance.random() < 0.5:
            found.append((detector, EPOCH + edges[-1] * HOUR, None))
    return found


def test_a_butler_and_the_text_agree_at_every_edge(registry, export):
    from lsst.daf.butler import CalibrationLookupError

    made = ranges(3)
    calibs = [
        Calib(x0=number, detector=detector, start=start.isoformat(), end=end.isoformat() if end else "")
        for number, (detector, start, end) in enumerate(made)
    ]
    registry.ingest(export(*calibs), "u/ada/test")
    catalogue = Catalogue(
        tuple(
            Entry(
                CalibPath.parse(f"testCam/defects/{detector.lower()}/{start:%Y%m%dT%H%M%S}.ecsv"),
                None,
                DataId("testCam", "TestCam", "defects", detector, {"R22_S11": 94, "R22_S12": 95}[detector]),
                start,
                end,
            )
            for detector, start, end in made
        )
    )
    selector = Selector(catalogue)
    moments = sorted({edge for _, start, end in made for edge in (start, end) if edge})
    asked = 0
    with registry.open() as butler:
        for detector, number in (("R22_S11", 94), ("R22_S12", 95)):
            for moment in moments:
                for begin, length in ((-1, 1), (0, 1), (-1, 2), (-5000, 10000)):
                    start = moment + begin * timedelta(seconds=1)
                    end = start + length * timedelta(seconds=1)
                    answer = selector.select(Request("testCam", "defects", detector, None, start, end))
                    try:
                        found = butler.find_dataset(
                            "defects",
                            instrument="TestCam",
                            detector=number,
                            timespan=to_timespan(start, end),
                            collections=label_name("TestCam", "u/ada/test"),
                        )
                    except CalibrationLookupError:
                        status = "ambiguous"
                    else:
                        status = "found" if found else "none"
                    asked += 1
                    assert answer.status == status, (detector, start, end)
                    if answer.entry is not None:
                        assert found is not None
                        assert found.run.endswith(f"{answer.entry.start:%Y%m%dT%H%M%S}")
    assert asked > 100
