"""What the name of a RUN collection of curator's says."""

from __future__ import annotations

from datetime import datetime

__all__ = ["start_of_run"]


def start_of_run(run: str) -> datetime | None:
    """Return the valid start (UTC) that a run is named after, also one of an older Butler; `None` for others.

    Examples
    --------
    >>> start_of_run("LSSTCam/calib/curated/20250430T120000/2")
    datetime.datetime(2025, 4, 30, 12, 0)
    >>> start_of_run("LSSTCam/calib/curated/0123456789ab/20250430T120000")
    datetime.datetime(2025, 4, 30, 12, 0)
    """
    from curator.calibrations.time.dates import parse_start
    from curator.errors import CalibrationError

    for part in run.split("/")[:-3:-1]:
        try:
            return parse_start(part)
        except CalibrationError:
            continue
    return None
