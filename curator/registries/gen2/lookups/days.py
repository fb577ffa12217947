"""Validity ranges to the second as a Gen2 registry can hold them: in whole days.

A day (UTC) is served by what is valid at its end: the calibration that begins on it, as the stack reckons.
What was deprecated for a time, and is valid again from some hour of a day on, is served from the next day on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.registries.gen2.store.items import Kept
from curator.registries.model.model import Reason

__all__ = ["LAST", "Days", "days_of", "end_text", "range_of"]

# What the stack writes for no end: the last day of 32-bit times.
LAST = date(2037, 12, 31)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """A calibration, and the days it is found for: from ``first`` until before ``end``, `None` for no end."""

    item: Kept
    first: date
    end: date | None


def days_of(
    certified: Iterable[tuple[Kept, ValidityRange]], *, same_day: str = "refuse", increment: bool = True
) -> tuple[list[Days], list[Reason]]:
    """Return the days of certified ranges, which do not overlap, and those ranges that no day can say.

    Parameters
    ----------
    certified : iterable of (Kept, ValidityRange)
    same_day : {"refuse", "last"}
        Whether it is a difference that a range begins and ends on one day, or the range is left out.
    increment : bool
        As of `end_text`.
    """
    groups: defaultdict[DataId, list[tuple[Kept, ValidityRange]]] = defaultdict(list)
    for item, one in certified:
        groups[item.data_id].append((item, one))
    days: list[Days] = []
    differences: list[Reason] = []
    for group in groups.values():
        ends = {one.end for _, one in group}
        for item, one in sorted(group, key=lambda pair: pair[1].start):
            if one.start.date() >= LAST or (first := _first(item, one, ends)) >= LAST:
                differences.append(Reason("date", str(item), f"Gen2 registries end with {LAST}"))
                continue
            end = one.end.date() if one.end else None
            if end and end_text(end, increment=increment) == end_text(None, increment=increment):
                differences.append(Reason("date", str(item), _like_no_end(one)))
            if end is None or first < end:
                days.append(Days(item, first, end))
            elif same_day != "last":
                differences.append(Reason("day", str(item), _less_than_a_day(one, item)))
    return days, differences


def _first(item: Kept, one: ValidityRange, ends: set[datetime | None]) -> date:
    takes_over = one.start in ends
    if one.start == item.start or takes_over or one.start.time() == time():
        return one.start.date()
    return one.start.date() + _DAY


def _less_than_a_day(one: ValidityRange, item: Kept) -> str:
    return (
        f"is valid {one}, which includes the end of no day: a Gen2 registry stores whole days "
        f"({item.gitpath}); same_day: last in curator.yaml skips such ranges"
    )


def _like_no_end(one: ValidityRange) -> str:
    return f"is valid {one}: in a Gen2 registry this date means no end; remove the end, or choose another day"


def end_text(end: date | None, *, increment: bool) -> str:
    """Return the last column of a range that holds until before ``end``.

    Look-ups include what it says; ``increment`` is `Gen2Layout.increment_valid_end`.
    """
    if end is None:
        return LAST.isoformat()
    return (end if increment else end - _DAY).isoformat()


def range_of(start: object, end: object, *, increment: bool) -> ValidityRange | None:
    """Return the range (UTC) of a row's last two columns, `None` where no look-up can find it."""
    first, last = _moment(start), _moment(end)
    if first is None or last is None or last < first:
        return None
    if last.date() in (LAST, date.max):
        return ValidityRange(first, None)
    return ValidityRange(first, last if increment or last.time() != time() else last + _DAY)


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).replace(tzinfo=None)
    except ValueError:
        return None
