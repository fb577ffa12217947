"""Findings as JSON and back, for what is kept between runs; no code can hide in it."""

from __future__ import annotations

import json
from typing import Any

from curator.checks.model.finding import Edit, Finding, Fix
from curator.checks.model.report import Report

__all__ = ["pack_findings", "pack_report", "unpack_findings", "unpack_report"]

_BESIDE = [name for name in Report.__match_args__ if name != "findings"]
_FIX = Finding.__match_args__.index("fix")


def pack_findings(findings: list[Finding]) -> bytes | None:
    """Return findings as one line; `None` where they would not come back as they are."""
    try:
        text = json.dumps([_taken_apart(finding) for finding in findings], separators=(",", ":"))
        same = _spelled(unpack_findings(text)) == _spelled(findings)
    except (TypeError, ValueError):
        return None
    return text.encode("ascii") if same else None


def _spelled(findings: list[Finding]) -> str:
    return repr(findings)  # 1, 1.0 and True are equal, but not spelled the same


def _taken_apart(one: Finding) -> list[Any]:
    values = _values(one)
    if one.fix is not None:
        values[_FIX] = [one.fix.title, list(map(_values, one.fix.edits))]
    return values


def _values(one: Finding | Edit) -> list[Any]:
    return [getattr(one, name) for name in type(one).__match_args__]


def unpack_findings(line: bytes | str) -> list[Finding]:
    """Undo `pack_findings`; `ValueError` or `TypeError` for anything else."""
    found = []
    for values in json.loads(line):
        if values[_FIX] is not None:
            title, edits = values[_FIX]
            values[_FIX] = Fix(title, tuple(Edit(*edit) for edit in edits))
        found.append(Finding(*values))
    return found


def pack_report(report: Report) -> bytes | None:
    """Return a report as two lines; `None` where it would not come back as it is."""
    findings = pack_findings(list(report.findings))
    try:
        rest = json.dumps([getattr(report, name) for name in _BESIDE])
        if findings is None or repr(_report_of(rest, ())) != repr(_without_findings(report)):
            return None
    except (TypeError, ValueError):
        return None
    return rest.encode("ascii") + b"\n" + findings


def unpack_report(text: bytes) -> Report:
    """Undo `pack_report`; `ValueError` or `TypeError` for anything else."""
    rest, _, findings = text.partition(b"\n")
    return _report_of(rest, tuple(unpack_findings(findings)))


def _without_findings(report: Report) -> Report:
    return Report(findings=(), **{name: getattr(report, name) for name in _BESIDE})


def _report_of(rest: bytes | str, findings: tuple[Finding, ...]) -> Report:
    values = [tuple(item) if isinstance(item, list) else item for item in json.loads(rest)]
    return Report(findings=findings, **dict(zip(_BESIDE, values, strict=True)))
