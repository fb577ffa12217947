"""Findings as GitLab's Code Quality reports have them, which it shows in merge requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curator.checks.renderers._fingerprint import fingerprints
from curator.formats.files.terminal_escape import escape

if TYPE_CHECKING:
    from curator.checks.model.report import Report

__all__ = ["render_gitlab"]

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}
_NOTICE = "curator"


def render_gitlab(report: Report, **_: object) -> str:
    """Return a JSON list of findings; notices, which have no place in it, are about ``curator.yaml``."""
    import json

    from curator.checks.model.rule import find_rule
    from curator.repository.layout.config import NAME

    found = [
        _entry(notice, _NOTICE, f"{_NOTICE}-notice-{number}", "critical", NAME, 1)
        for number, notice in enumerate(report.notices)
    ]
    for finding, fingerprint in zip(report.findings, fingerprints(report.findings), strict=True):
        text = f"{finding.code} {find_rule(finding.code).name}: {finding.message}"
        if finding.hint:
            text = f"{text} (hint: {finding.hint})"
        severity = _SEVERITIES[finding.severity]
        found.append(_entry(text, finding.code, fingerprint, severity, finding.path, finding.line or 1))
    return json.dumps(found, indent=1)


def _entry(text: str, name: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": escape(text),
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": escape(path), "lines": {"begin": line}},
    }
