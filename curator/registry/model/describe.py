"""How lists name datasets: type, camera, detector, filter and start, in few columns."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curator.calibrations.data_id import DataId

__all__ = ["described", "moment"]


def described(data_id: DataId, start: datetime | None) -> str:
    """Return what a dataset is called in a list: ``defects LSSTCam R22_S11 2025-04-30``.

    Parameters
    ----------
    data_id : DataId
    start : datetime or None
        Valid start (UTC), if known.
    """
    return f"{data_id} {moment(start)}" if start else str(data_id)


def moment(date: datetime) -> str:
    """Return a date (UTC) as ISO 8601, without a time where it is midnight.

    Examples
    --------
    >>> moment(datetime(2025, 4, 30)), moment(datetime(2025, 4, 30, 12))
    ('2025-04-30', '2025-04-30T12:00:00')
    """
    return date.isoformat().removesuffix("T00:00:00")
