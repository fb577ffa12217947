"""Findings for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curator.checks.report import Report

__all__ = ["render_json"]


def render_json(report: Report, **_: object) -> str:
    """Return one JSON object: every finding, never folded."""
    import json

    keys = ("code", "severity", "path", "line", "column", "message", "hint")
    findings = [{key: getattr(finding, key) for key in keys} for finding in report.findings]
    return json.dumps({"version": 1, "findings": findings, "checked": report.checked}, indent=1)
