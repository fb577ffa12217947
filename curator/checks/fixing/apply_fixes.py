"""What a fix makes of the bytes of a file. Nothing here touches a disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from curator.checks.model.finding import Fix
from curator.errors import FormatError
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.finding import Edit, Finding

__all__ = ["Mended", "TextEdit", "apply_fix", "apply_fixes", "edits_between", "edits_of", "mend"]


class TextEdit(NamedTuple):
    """Characters that are replaced: 1-based lines and columns, the end exclusive.

    A line end belongs to its line, so that ``(5, 1, 6, 1, "")`` takes line 5 out.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Mended(NamedTuple):
    """A file after its fixes.

    Parameters
    ----------
    raw : bytes
    done : tuple of Finding
        Whose fix was carried out.
    refused : tuple of (Finding, str)
        Whose fix would have lost something, and what.
    """

    raw: bytes
    done: tuple[Finding, ...]
    refused: tuple[tuple[Finding, str], ...]


def apply_fix(path: str, raw: bytes, fix: Fix) -> bytes:
    """Return a file with one fix carried out, proven to change nothing else.

    Raises
    ------
    FormatError
        It cannot be done without losing something.
    """
    if texts := [each for each in fix.edits if each.kind == "text"]:
        raw = _replaced(path, raw, texts)
    rest = [each for each in fix.edits if each.kind != "text"]
    if rest and all(one.kind == "set" for one in rest):
        from curator.formats.edit.edit_header import set_header

        return set_header(raw, path, {one.keyword: one.value for one in rest})
    for edit in rest:
        raw = _edited(path, raw, edit)
    return raw


def apply_fixes(path: str, raw: bytes, findings: Iterable[Finding]) -> bytes:
    """Return a file with the fixes of its findings carried out, as far as they do not get into each other's
    way; what was left is found by checking again.
    """
    return mend(path, raw, findings).raw


def mend(path: str, raw: bytes, findings: Iterable[Finding]) -> Mended:
    """Carry out the fixes of findings about one file; see `apply_fixes`.

    Of two that concern one keyword, or the same text, only the first is carried out.
    """
    done: list[Finding] = []
    refused: list[tuple[Finding, str]] = []
    fitting = _apart(findings)
    together: set[int] = set()
    for kind in ("text", "set"):
        same_kind = [one for one in fitting if one.fix and {edit.kind for edit in one.fix.edits} == {kind}]
        if len(same_kind) > 1:
            # All at once: the file is read and proven once, and only if that fails one by one.
            edits = tuple(edit for one in same_kind if one.fix for edit in one.fix.edits)
            with suppress(FormatError):
                raw = apply_fix(path, raw, Fix("", edits))
                together |= set(map(id, same_kind))
                done += same_kind
    for finding in fitting:
        if finding.fix is None or id(finding) in together:
            continue
        try:
            raw = apply_fix(path, raw, finding.fix)
        except FormatError as error:
            refused.append((finding, error.message))
        else:
            done.append(finding)
    return Mended(raw, tuple(done), tuple(refused))


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings whose fixes touch neither one keyword nor one line; of others only the first.

    Lines and columns hold only until something else changes: either they are what is fixed, from the end of
    the file on, or there are none.
    """
    found: list[Finding] = []
    taken: set[str] = set()
    lines: set[int] = set()
    for finding in sorted(findings, key=_order):
        if finding.fix is None or finding.fix.moves_to:
            continue
        touched = {edit.keyword.upper() for edit in finding.fix.edits if edit.keyword}
        touched |= {str(edit.value) for edit in finding.fix.edits if edit.kind == "whole"}
        places = {edit.line for edit in finding.fix.edits if edit.kind == "text"}
        if touched & taken or places & lines or (places and taken) or (touched and lines):
            continue
        taken |= touched
        lines |= places
        found.append(finding)
    return found


def _order(finding: Finding) -> tuple[bool, int, int, str]:
    fix = finding.fix
    positional = fix is not None and any(edit.kind == "text" for edit in fix.edits)
    if positional:
        return (False, -finding.line, -finding.column, finding.code)
    return (True, 0, 0, finding.code)


def _edited(path: str, raw: bytes, edit: Edit) -> bytes:
    from curator.formats.edit import edit_header
    from curator.formats.edit.tidy import tidied

    if edit.kind == "set":
        return edit_header.set_header(raw, path, {edit.keyword: edit.value})
    if edit.kind == "rename":
        return edit_header.rename_header(raw, path, edit.keyword, str(edit.value))
    if edit.kind == "remove":
        return edit_header.remove_header(raw, path, edit.keyword)
    if edit.kind == "unit":
        return edit_header.set_unit(raw, path, edit.keyword, None if edit.value is None else str(edit.value))
    return tidied(path, raw, str(edit.value))


def _replaced(path: str, raw: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a file with some text of its lines replaced, or lines taken out."""
    from curator.formats.read import read_document

    lines = raw.split(b"\n")
    for edit in sorted(edits, key=lambda each: (-each.line, -each.start)):
        if not 0 < edit.line <= len(lines):
            raise FormatError("the file has changed since it was checked", path=path, line=edit.line)
        if edit.end:
            line = lines[edit.line - 1].decode()
            changed = line[: edit.start - 1] + str(edit.value) + line[edit.end - 1 :]
            lines[edit.line - 1] = changed.encode()
        else:
            del lines[edit.line - 1]
    data = b"\n".join(lines)
    try:
        read_document(path, raw)
    except FormatError:
        return data  # it could not be read before either
    read_document(path, data)
    return data


def edits_of(path: str, raw: bytes, fix: Fix) -> list[TextEdit]:
    """Return what a fix changes in a text, as edits that touch no more characters than they must.

    Raises
    ------
    FormatError
        It cannot be done without losing something.
    """
    data = apply_fix(path, raw, fix)
    return edits_between(raw.decode(), data.decode())


def edits_between(old_text: str, new_text: str) -> list[TextEdit]:
    """Return what differs between two texts, as edits that touch no more characters than they must."""
    if old_text == new_text:
        return []
    before, after = old_text.split("\n"), new_text.split("\n")
    most = min(len(before), len(after))
    first = 0
    while first < most and before[first] == after[first]:
        first += 1
    behind = 0
    while behind < most - first and before[-1 - behind] == after[-1 - behind]:
        behind += 1
    old, new = before[first : len(before) - behind], after[first : len(after) - behind]
    return list(_line_edits(old, new, first, before))


# Beyond so many lines each pair of them is not compared with every other.
_MOST_LINES = 2000


def _line_edits(old: list[str], new: list[str], first: int, before: list[str]) -> Iterator[TextEdit]:
    if len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True), first + 1):
            if one != other:
                yield _within(number, one, other)
        return
    if len(old) + len(new) > _MOST_LINES:
        yield _lines_for(first, first + len(old), new, before)
        return
    from difflib import SequenceMatcher

    for tag, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if end - start == to - from_:
            yield from _line_edits(old[start:end], new[from_:to], first + start, before)
        else:
            yield _lines_for(first + start, first + end, new[from_:to], before)


def _within(number: int, old: str, new: str) -> TextEdit:
    """Return the edit between two forms of one line."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    behind = 0
    while behind < min(len(old), len(new)) - start and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    return TextEdit(
        number, start + 1, number, len(old) - behind + 1, new[start : len(new) - behind if behind else None]
    )


def _lines_for(start: int, end: int, new: list[str], before: list[str]) -> TextEdit:
    """Return the edit that puts whole lines in place of lines ``start`` to ``end``, counted from 0."""
    text = "".join(f"{line}\n" for line in new)
    if end < len(before):
        return TextEdit(start + 1, 1, end + 1, 1, text)
    # The last line has no line end: that of the line before it is exchanged.
    if start:
        last = before[start - 1]
        return TextEdit(start, len(last) + 1, end, len(before[-1]) + 1, "".join(f"\n{line}" for line in new))
    return TextEdit(1, 1, end, len(before[-1]) + 1, text.removesuffix("\n"))
