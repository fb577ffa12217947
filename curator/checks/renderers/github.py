"""Findings as GitHub's workflow commands, which it shows beside their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.checks.renderers._counts import WORDS, beside
from curator.counts import counted
from curator.formats.files.terminal_escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.model.report import Report

__all__ = ["render_github"]


def render_github(report: Report, **_: object) -> str:
    """Return GitHub's workflow commands, which show each finding beside its line."""
    return "\n".join(_annotations(report))


def _annotations(report: Report) -> Iterator[str]:
    from curator.checks.model.rule import find_rule

    kinds = {"error": "error", "warning": "warning", "info": "notice"}
    for notice in report.notices:
        yield f"::warning title=curator::{_data(notice)}"
    for finding in report.findings:
        facts = {
            "file": finding.path,
            **({"line": finding.line, "col": finding.column} if finding.line else {}),
            "title": f"{finding.code} {find_rule(finding.code).name}",
        }
        properties = ",".join(f"{key}={_property(str(value))}" for key, value in facts.items())
        text = f"{finding.message}\nhint: {finding.hint}" if finding.hint else finding.message
        yield f"::{kinds[finding.severity]} {properties}::{_data(text)}"
    counts = [counted(report.count(severity), WORDS[severity]) for severity in ("error", "warning")]
    found = f"{counted(report.checked, 'file')} checked: {', '.join([*counts, *beside(report)])}"
    yield "; ".join([found, *map(_data, report.asides)])


def _data(text: str) -> str:
    text = escape(text, keep="\n")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
