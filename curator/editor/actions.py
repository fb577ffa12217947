"""What an editor offers to do about a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from curator.editor.convert import diagnostics, text_edits, uri_of
from curator.errors import CuratorError
from curator.repository.layout.config import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.model.finding import Finding
    from curator.editor.documents import Documents, OpenDocument

__all__ = ["FIX_ALL", "offered"]

FIX_ALL = "source.fixAll.curator"
# Each is made and proven when it is offered.
MOST = 20


def offered(
    document: OpenDocument, documents: Documents, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """Return the actions for a range: mend each finding there, all of the file's, or record it as known."""
    if document.checked != document.version:
        return []  # the findings are of another text: their places may be wrong by now
    only = params.context.only
    found: list[types.CodeAction] = []
    if _wanted(types.CodeActionKind.QuickFix, only):
        touched = [one for one in _pairs(document) if _touches(one[1].range, params.range)][:MOST]
        for finding, diagnostic in touched:
            found += _fix(document, finding, diagnostic)
        for finding, diagnostic in touched:
            found += _suppress(document, documents, finding, diagnostic)
    if _wanted(FIX_ALL, only):
        found += _fix_all(document)
    return found


def _wanted(kind: str, only: object) -> bool:
    """Whether a client asks for a kind of action: for all, for this one, or for one that it belongs to."""
    if not isinstance(only, list | tuple):
        return True
    return any(kind == str(one) or kind.startswith(f"{one}.") or one == "" for one in map(_text, only))


def _text(kind: object) -> str:
    return str(getattr(kind, "value", kind))


def _pairs(document: OpenDocument) -> Iterator[tuple[Finding, types.Diagnostic]]:
    return zip(document.findings, diagnostics(document, document.findings), strict=False)


def _touches(one: types.Range, other: types.Range) -> bool:
    first = (one.start.line, one.start.character) <= (other.end.line, other.end.character)
    return first and (other.start.line, other.start.character) <= (one.end.line, one.end.character)


def _fix(
    document: OpenDocument, finding: Finding, diagnostic: types.Diagnostic
) -> Iterator[types.CodeAction]:
    from curator.checks.fixing.apply_fixes import edits_of

    if finding.fix is None or finding.fix.moves_to or document.key is None or finding.path != document.key[1]:
        return
    if document.raw != document.written:
        return  # what was checked is not what the editor shows
    raw = document.written
    try:
        edits = edits_of(finding.path, raw, finding.fix)
    except CuratorError:  # it cannot be made without losing something: then it is not offered
        return
    if edits:
        yield types.CodeAction(
            finding.fix.title,
            types.CodeActionKind.QuickFix,
            [diagnostic],
            is_preferred=True,
            edit=_edit(document, text_edits(document.text, edits)),
        )


def _fix_all(document: OpenDocument) -> Iterator[types.CodeAction]:
    from curator.checks.fixing.apply_fixes import apply_fixes

    if document.key is None or document.raw != document.written:
        return
    if not any(one.fix for one in document.findings):
        return
    path, text = document.key[1], document.text
    raw = text.content.encode("utf-8", "surrogatepass")
    try:
        mended = apply_fixes(path, raw, [one for one in document.findings if one.path == path])
    except CuratorError:
        return
    if mended != raw:
        yield types.CodeAction(
            "fix everything that curator can fix in this file",
            FIX_ALL,
            edit=_edit(document, [_difference(document, mended.decode("utf-8", "surrogatepass"))]),
        )


def _difference(document: OpenDocument, new: str) -> types.TextEdit:
    """Return one edit of the lines from the first that differs to the last."""
    text = document.text
    old_lines, new_lines = text.content.split("\n"), new.split("\n")
    most = min(len(old_lines), len(new_lines))
    head = next((at for at in range(most) if old_lines[at] != new_lines[at]), most)
    tail = next((at for at in range(most - head) if old_lines[-1 - at] != new_lines[-1 - at]), most - head)
    start = sum(len(line) + 1 for line in old_lines[:head])
    kept = sum(len(line) + 1 for line in old_lines[len(old_lines) - tail :])
    written = new[start : max(start, len(new) - kept)]
    span = (text.position(start), text.position(max(start, len(text.content) - kept)))
    return types.TextEdit(types.Range(types.Position(*span[0]), types.Position(*span[1])), written)


def _suppress(
    document: OpenDocument, documents: Documents, finding: Finding, diagnostic: types.Diagnostic
) -> Iterator[types.CodeAction]:
    from curator.checks.fixing.apply_fixes import edits_between
    from curator.editing.repair.suppress import suppressed

    if document.key is None or not finding.code:
        return
    root = document.key[0]
    opened = documents.at((root, NAME))
    project = documents.project(document.key)
    try:
        raw = project.snapshot().read(NAME)
        after = suppressed(raw, finding.code, finding.path)
    except CuratorError:  # what stands there cannot be added to by rote
        return
    if after == raw:
        return
    from curator.editor.text import Text

    text = opened.text if opened else Text(raw.decode("utf-8", "replace"), documents.encoding)
    uri = opened.uri if opened else uri_of(f"{root}/{NAME}")
    yield types.CodeAction(
        f"suppress {finding.code} in {finding.path}: adds an entry to {NAME}, which needs a reason",
        types.CodeActionKind.QuickFix,
        [diagnostic],
        edit=types.WorkspaceEdit(
            changes={uri: text_edits(text, edits_between(raw.decode(), after.decode()))}
        ),
    )


def _edit(document: OpenDocument, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={document.uri: edits})
