"""Findings for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curator.checks.model.finding import Finding, Fix
    from curator.checks.model.report import Report

__all__ = ["render_json"]

_KEYS = ("code", "severity", "path", "line", "column", "message", "hint")


def render_json(report: Report, *, statistics: bool = False, **_: object) -> str:
    """Return one JSON object: every finding, never folded, or with ``statistics`` their counts by rule."""
    import json

    if statistics:
        from dataclasses import asdict

        from curator.checks.renderers._statistics import count_by_rule

        what = {"statistics": [asdict(each) for each in count_by_rule(report.findings)]}
    else:
        what = {"findings": [_finding(finding) for finding in report.findings]}
    facts = {
        "version": 1,
        "notices": list(report.notices),
        **what,
        "checked": report.checked,
        "suppressed": report.suppressed,
        "baselined": report.baselined,
        "asides": list(report.asides),
    }
    return json.dumps(facts, indent=1)


def _finding(finding: Finding) -> dict[str, Any]:
    facts = {key: getattr(finding, key) for key in _KEYS}
    if not finding.line:  # the file is removed
        facts["line"] = facts["column"] = 1
    if finding.fix is not None:
        facts["fix"] = _fix(finding.fix)
    return {**facts, "title": _title(finding.code)}


def _title(code: str) -> str:
    from curator.checks.model.rule import find_rule

    try:
        return find_rule(code).name
    except KeyError:
        return ""


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [
        {name: value for name in type(edit).__match_args__ if (value := getattr(edit, name)) not in ("", 0)}
        for edit in fix.edits
    ]
    return {"title": fix.title, "edits": edits}
