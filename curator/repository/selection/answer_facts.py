"""What is known of an answer, as values for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.repository.selection.explanation import rejection_reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.selection.overrides import Override
    from curator.repository.selection.selection import Answer, Rejection, Request

__all__ = [
    "answer_facts",
    "calibration_facts",
    "override_facts",
    "overrides_of",
    "rejection_facts",
    "request_facts",
]


def answer_facts(answer: Answer) -> dict[str, object]:
    """Return the calibrations of an answer, the overrides that chose them, and what would hold otherwise."""
    return {"calibrations": calibration_facts(answer), **override_facts(answer)}


def request_facts(request: Request) -> dict[str, object]:
    """Return what was asked."""
    return {
        "camera": request.camera,
        "dataset_type": request.dataset_type,
        "detector": request.detector,
        "physical_filter": request.physical_filter,
        "begin": request.begin.isoformat(),
        "end": request.end.isoformat(),
    }


def rejection_facts(others: Iterable[Rejection]) -> list[dict[str, object]]:
    """Return each calibration that does not apply, with the reason."""
    return [
        {
            "path": str(one.entry.path),
            "clause": one.clause,
            "date": one.date.isoformat() if one.date else None,
            "distance": one.distance.total_seconds(),
            "reason": rejection_reason(one),
        }
        for one in others
    ]


def calibration_facts(answer: Answer) -> list[dict[str, str | None]]:
    """Return the calibrations of an answer, each with the range that has a moment of the exposure."""
    return [
        {
            "path": str(entry.path),
            "start": validity.start.isoformat(),
            "end": validity.end.isoformat() if validity.end else None,
            "blob": entry.blob,
            **_origin(entry),
        }
        for validity, entry in answer.spans
    ]


def _origin(entry: Entry) -> dict[str, str | None]:
    """Return what a registry knows of where a calibration comes from; null of one in git."""
    known = entry.origin
    return {
        "label": (known and known.label) or None,
        "commit": (known and known.commit) or None,
        "content": (known and known.content) or None,
    }


def override_facts(answer: Answer) -> dict[str, object]:
    """Return the overrides that chose, and what would have been chosen otherwise."""
    from curator.repository.selection.overrides import Overridden

    if not isinstance(answer, Overridden):
        return {"overrides": [], "otherwise": None}
    said = [
        {"file": one.path, "line": one.line, "path": str(one.entry.path), "reason": one.reason}
        for one in answer.overrides
    ]
    return {"overrides": said, "otherwise": calibration_facts(answer.otherwise)}


def overrides_of(answer: Answer) -> tuple[Override, ...]:
    """Return the overrides that chose; none where nothing is overridden."""
    from curator.repository.selection.overrides import Overridden

    return answer.overrides if isinstance(answer, Overridden) else ()
