"""Findings, fixes and proposals in the words of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curator.checks.fixing.apply_fixes import TextEdit
    from curator.checks.model.finding import Finding
    from curator.editing.assist.completions import Proposal
    from curator.editor.documents import OpenDocument
    from curator.editor.text import Text
    from curator.formats.edit.at_cursor import Spot

__all__ = ["completion", "diagnostics", "range_of", "text_edits", "uri_of"]

# A table of a thousand wrong rows is one mistake; so many marks are enough for an editor.
MOST = 250
SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


def uri_of(path: str) -> str:
    """Return the URI of a file."""
    return "file://" + quote(path.encode("utf-8", "surrogateescape"))


def diagnostics(document: OpenDocument, findings: Sequence[Finding]) -> list[types.Diagnostic]:
    """Return what an editor shows of findings; beyond a number that helps nobody, how many more there are."""
    found = [_diagnostic(document, one) for one in findings[:MOST]]
    if len(findings) > MOST:
        found.append(
            types.Diagnostic(
                range=range_of(document.text, 1, 1, 1),
                message=f"{len(findings) - MOST} more findings: `curator check --verbose` lists them",
                severity=types.DiagnosticSeverity.Information,
                source="curator",
            )
        )
    return found


def _diagnostic(document: OpenDocument, finding: Finding) -> types.Diagnostic:
    text = document.text
    here = document.key is not None and finding.path == document.key[1]
    message = finding.message if here else f"{finding.path}:{finding.line}: {finding.message}"
    line, column, end = (finding.line, finding.column, finding.end) if here else (1, 1, 0)
    return types.Diagnostic(
        range=range_of(text, line, column, end),
        message=message + (f"\nhint: {finding.hint}" if finding.hint else ""),
        severity=SEVERITIES[finding.severity],
        code=finding.code or None,
        source="curator",
        related_information=None if here else _elsewhere(document, finding),
    )


def _elsewhere(document: OpenDocument, finding: Finding) -> list[types.DiagnosticRelatedInformation] | None:
    if document.key is None:
        return None
    place = types.Position(max(0, finding.line - 1), max(0, finding.column - 1))
    location = types.Location(uri_of(f"{document.key[0]}/{finding.path}"), types.Range(place, place))
    return [types.DiagnosticRelatedInformation(location, finding.message)]


def range_of(text: Text, line: int, column: int, end: int) -> types.Range:
    """Return the range of a place; to the end of the line where its own end is not known."""
    start = text.place(line, column)
    written = text.line(line)
    behind = end if end > column else max(column, len(written.rstrip()) + 1)
    return types.Range(
        types.Position(*text.position(start)), types.Position(*text.position(text.place(line, behind)))
    )


def text_edits(text: Text, edits: Sequence[TextEdit]) -> list[types.TextEdit]:
    """Return edits of a file as a client makes them."""
    return [
        types.TextEdit(
            types.Range(
                types.Position(*text.position(text.place(one.line, one.column))),
                types.Position(*text.position(text.place(one.end_line, one.end_column))),
            ),
            one.text,
        )
        for one in edits
    ]


def completion(
    proposals: Sequence[Proposal], document: OpenDocument, line: int, spot: Spot, *, ecsv: bool
) -> list[types.CompletionItem]:
    """Return proposals as a client lists them."""
    text = document.text
    span = types.Range(
        types.Position(*text.position(text.place(line, spot.start + 1))),
        types.Position(*text.position(text.place(line, spot.end + 1))),
    )
    return [
        types.CompletionItem(
            label=one.label or one.text,
            kind=types.CompletionItemKind.Property
            if one.kind == "keyword"
            else types.CompletionItemKind.Value,
            detail=one.detail or None,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, one.about) if one.about else None,
            text_edit=types.TextEdit(span, _written(one, text.line(line), spot, ecsv=ecsv)),
            filter_text=one.text,
            sort_text=f"{0 if one.wanted else 1}{number:05d}",
        )
        for number, one in enumerate(proposals)
    ]


def _written(proposal: Proposal, line: str, spot: Spot, *, ecsv: bool) -> str:
    """Return what a proposal puts into a line: a keyword brings what must stand around it."""
    if proposal.kind != "keyword" or line[spot.end :].lstrip().startswith(":"):
        return proposal.text
    written, before = f"{proposal.text}: ", line[: spot.start]
    if not ecsv or spot.path != ("meta",):
        return written
    mark = before.strip(" #")
    if mark in ("", "-"):
        written = f"{{{written}}}" if mark else f"- {{{written}}}"
    return written if before.endswith((" ", "{")) else f" {written}"
