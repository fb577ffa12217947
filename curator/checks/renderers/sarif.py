"""Findings in SARIF 2.1.0, which forges and editors take in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curator.checks.renderers._fingerprint import fingerprints
from curator.formats.files.terminal_escape import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curator.checks.model.finding import Edit, Finding
    from curator.checks.model.report import Report

__all__ = ["render_sarif"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render_sarif(report: Report, **_: object) -> str:
    """Return one run: every finding, with the text of its rule."""
    import json

    from curator import __version__

    codes = {code: number for number, code in enumerate(sorted({each.code for each in report.findings}))}
    run = {
        "tool": {"driver": {"name": "curator", "version": __version__, "rules": list(map(_rule, codes))}},
        "invocations": [
            {
                "executionSuccessful": report.complete,
                "toolExecutionNotifications": [
                    {"level": "warning", "message": _message(notice)} for notice in report.notices
                ],
            }
        ],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, codes, fingerprint)
            for finding, fingerprint in zip(report.findings, fingerprints(report.findings), strict=True)
        ],
        "properties": {
            "checked": report.checked,
            "suppressed": report.suppressed,
            "baselined": report.baselined,
            "asides": list(report.asides),
        },
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _rule(code: str) -> dict[str, Any]:
    from curator.checks.model.rule import find_rule
    from curator.checks.model.rule_examples import parse_text

    found = find_rule(code)
    text = parse_text(found.text)
    examples = [
        "\n".join([f"{example.kind}:", *(f"    {line}" for line in example.lines)])
        for example in text.examples
    ]
    return {
        "id": code,
        "shortDescription": {"text": found.name},
        "fullDescription": {"text": text.explanation},
        "help": {"text": "\n\n".join([text.explanation, *examples])},
        "defaultConfiguration": {"level": _LEVELS[found.severity]},
    }


def _result(finding: Finding, codes: Mapping[str, int], fingerprint: str) -> dict[str, Any]:
    text = f"{finding.message}\nhint: {finding.hint}" if finding.hint else finding.message
    region = {"startLine": finding.line, "startColumn": finding.column}
    if finding.end > finding.column:
        region["endColumn"] = finding.end
    place = _artifact(finding.path)
    where = {"artifactLocation": place, **({"region": region} if finding.line else {})}
    result = {
        "ruleId": finding.code,
        "ruleIndex": codes[finding.code],
        "level": _LEVELS[finding.severity],
        "message": _message(text),
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"curator/v1": fingerprint},
    }
    # Only what is nothing but text: the other fixes need the file.
    if finding.fix is not None and all(edit.kind == "text" and edit.end for edit in finding.fix.edits):
        replacements = [_replacement(edit) for edit in finding.fix.edits]
        change = {"artifactLocation": place, "replacements": replacements}
        result["fixes"] = [{"description": _message(finding.fix.title), "artifactChanges": [change]}]
    return result


def _replacement(edit: Edit) -> dict[str, Any]:
    region = {"startLine": edit.line, "startColumn": edit.start, "endColumn": edit.end}
    return {"deletedRegion": region, "insertedContent": {"text": str(edit.value)}}


def _artifact(path: str) -> dict[str, str]:
    from urllib.parse import quote

    return {"uri": quote(path.encode("utf-8", "surrogateescape"), safe="/~"), "uriBaseId": _ROOT}


def _message(text: str) -> dict[str, str]:
    # "[text](target)" would be a link.
    return {"text": escape(text, keep="\n").replace("](", "] (")}
