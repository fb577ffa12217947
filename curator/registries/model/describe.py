"""How lists name datasets: type, camera, detector, filter and start, in few columns."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curator.calibrations.data_id import DataId
    from curator.registries.model.model import Holding

__all__ = ["described", "folded", "holding_facts", "moment"]

_SHOWN = 8


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


def folded(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return one line for all detectors and filters of a dataset type of which the same is said.

    Parameters
    ----------
    rows : iterable of (str, str)
        A data ID, and what is said of it.

    Examples
    --------
    >>> folded([("bfk myCam S00", "2020-01-01"), ("bfk myCam S01", "2020-01-01"), ("camera myCam", "2020")])
    ['bfk myCam 2020-01-01: S00, S01', 'camera myCam 2020']
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for name, said in rows:
        dataset_type, _, rest = name.partition(" ")
        instrument, _, member = rest.partition(" ")
        groups.setdefault((f"{dataset_type} {instrument}", said), []).append(member)
    return [
        f"{title} {said}: {_members(members)}"
        if len(members) > 1
        else f"{title} {members[0]}".strip() + f" {said}"
        for (title, said), members in groups.items()
    ]


def _members(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"


def holding_facts(one: Holding) -> dict[str, object]:
    """Return a holding as values for JSON, its range as two dates that are empty where it is unbounded."""
    data_id = one.data_id
    found: dict[str, object] = {
        "dataset_type": data_id.dataset_type,
        "instrument": data_id.instrument,
        "detector": data_id.detector_name,
        "detector_id": data_id.detector,
        "physical_filter": data_id.physical_filter,
    }
    for name in (field.name for field in fields(one) if field.name != "data_id"):
        if name == "range":
            dates = {"start": one.range.bounded_start, "end": one.range.end}
            found |= {key: date.isoformat() if date else "" for key, date in dates.items()}
        else:
            found[name] = getattr(one, name)
    return found
