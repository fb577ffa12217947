"""CUR35x: cameras."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curator.checks.rule import rule
from curator.errors import CalibrationError

if TYPE_CHECKING:
    from curator.checks.context import Context
    from curator.checks.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

HINT = "until it is mended, nothing can be looked up in it, and only what needs no camera is checked"


@rule("CUR350", "camera cannot be used", types=("camera",))
def camera(doc: Document, ctx: Context) -> Iterator[Finding]:
    """All files of a camera are checked against this one; names and ids in it must be quoted, complete
    and distinct.

    Bad (camera)::

        detectors:
        - {name: "S00", id: 0}
        - {name: "S01", id: 0}
    """
    from curator.calibrations.cameras.camera import camera_from_document

    try:
        camera_from_document(doc)
    except CalibrationError as error:
        ctx.blame("(tree)")
        yield ctx.finding((error.line or 1, error.column or 1, 0), error.message, hint=error.hint or HINT)
