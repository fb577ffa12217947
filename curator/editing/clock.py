"""What time it is, and since when a new file holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from curator.errors import UsageError

if TYPE_CHECKING:
    from curator.calibrations.header.profiles import Profile

__all__ = ["require_start", "utc_now"]


def utc_now() -> datetime:
    """Return the time (UTC) to the second, without a zone, as headers have it."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)


def require_start(profile: Profile, start: datetime | None) -> None:
    """Raise where a file without a start would be used from now on, though nobody said since when it holds.

    Raises
    ------
    UsageError
        There is no start, and the profile certifies by the file's name.
    """
    if start is None and profile.certified_by == "name":
        raise UsageError(
            f"a start of validity is missing: in profile {profile.name} the name of a file certifies it",
            keyword="start",
            hint="give --start DATE, the start of validity",
        )
