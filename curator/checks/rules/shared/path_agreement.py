"""What the path of a file says that its header must agree with."""

from __future__ import annotations

from curator.calibrations.cameras.camera import filter_directory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context

__all__ = [
    "is_detector_id",
    "is_detector_name",
    "is_filter",
    "is_instrume",
    "is_instrument",
    "is_raft",
    "is_slot",
    "is_type",
]

NOTHING = ("", "none", "null")


def is_instrume(ctx: Context, text: str) -> bool:
    """Whether ``INSTRUME`` may be ``text``: the camera's directory where a reader compares the two.

    No reader compares that of a camera's own file, which declares what registries call the instrument.
    """
    if ctx.camera is None or ctx.type.name == "camera" or ctx.profile.compared_with == "camera":
        return is_instrument(ctx, text)
    return ctx.profile.is_instrument(text, ctx.camera)


def is_instrument(ctx: Context, text: str) -> bool:
    """Whether ``text`` names the camera of the path; case does not count, aliases do."""
    if ctx.camera is not None and ctx.camera.is_instrument(text):
        return True
    entry = ctx.config.camera(ctx.path.camera)
    return text.lower() in (ctx.path.camera.lower(), entry.name.lower() if entry else "")


def is_type(ctx: Context, obstype: Any) -> bool:
    """Whether ``OBSTYPE`` is the type of the path; case does not count. True where it is no text."""
    return not isinstance(obstype, str) or obstype.lower() in (ctx.type.name, ctx.type.obstype.lower())


def is_detector_id(ctx: Context, value: Any) -> bool:
    """Whether ``value`` is the id of the path's detector; true where that is not known."""
    return ctx.detector is None or value == ctx.detector.id


def is_detector_name(ctx: Context, text: str, directory: str | None = None) -> bool:
    """Whether ``text`` names the path's detector; case does not count.

    True where no detector of the camera has that directory: another rule says so.
    """
    directory = directory or ctx.path.detector
    return directory is None or _is_unknown(ctx) or text.lower() == directory.lower()


def _is_unknown(ctx: Context) -> bool:
    return ctx.detector is None and ctx.camera is not None and bool(ctx.camera.detectors)


def is_raft(ctx: Context, text: str, directory: str | None = None) -> bool:
    """Whether ``text`` is the raft in a detector's name, by default the path's (``R22`` of ``R22_S11``)."""
    raft, between, _ = (directory or ctx.path.detector or "").partition("_")
    return not between or _is_unknown(ctx) or text.lower() == raft.lower()


def is_slot(ctx: Context, text: str, directory: str | None = None) -> bool:
    """Whether ``text`` is the slot in a detector's name, by default the path's (``S11`` of ``R22_S11``)."""
    _, between, slot = (directory or ctx.path.detector or "").partition("_")
    return not between or _is_unknown(ctx) or text.lower() == slot.lower()


def is_filter(ctx: Context, text: str) -> bool:
    """Whether ``text`` names the path's physical filter, or says there is none where the path has none.

    True where no filter of the camera has that directory: another rule says so.
    """
    directory = ctx.path.physical_filter
    if directory is None:
        return text.lower() in NOTHING
    if ctx.camera is not None and ctx.camera.filters:
        return ctx.filter is None or ctx.profile.is_filter(text, ctx.filter, ctx.camera)
    return filter_directory(text) == directory.lower()
