"""CUR005, CUR006 and CUR009: line ends, tabs and blanks."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.fixing.build_fixes import tidying
from curator.checks.model.rule import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []


@rule("CUR005", "Windows line endings", severity="warning")
def carriage_return(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""Windows line endings change every line of the file, so the history no longer shows who changed what.
    Save the file with Unix line endings.

    `curator fix` fixes it.

    Bad::

        x0 y0 width height\r
        10 20 1 4\r
    """
    count = doc.raw.count(b"\r\n")
    if count:
        line = doc.raw.count(b"\n", 0, doc.raw.index(b"\r\n")) + 1
        column = len(ctx.line(line)) + 1
        yield ctx.finding(
            (line, column, 0),
            f"{count} lines have Windows line endings",
            hint="save the file with Unix line endings (LF)",
            topic="lines have Windows line endings",
            fix=tidying("use Unix line endings", "line ends"),
        )


@rule("CUR006", "tab character", severity="warning")
def tab(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""A tab looks like spaces, but columns are separated by single spaces, and YAML does not allow tabs as
    indentation.

    `curator fix` replaces tabs, except inside a text.

    Bad::

        x0 y0 width height
        10 20 1 4\t

    Good::

        x0 y0 width height
        10 20 1 4
    """
    if doc.delimiter == "\t":
        return
    at = doc.raw.find(b"\t")
    if at >= 0:
        start = doc.raw.rfind(b"\n", 0, at) + 1
        column = len(doc.raw[start:at].decode("utf-8", "replace")) + 1
        line = doc.raw.count(b"\n", 0, at) + 1
        count = doc.raw.count(b"\t")
        yield ctx.finding(
            (line, column, column + 1),
            "tab character" if count == 1 else f"tab character, the first of {count}",
            hint="write spaces instead",
            topic="tab character",
            fix=tidying("replace tabs with spaces", "tabs"),
        )


@rule("CUR009", "trailing whitespace", severity="info")
def trailing(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""Many editors remove trailing whitespace when they save a file. The next change then appears to edit
    lines that nobody edited. The same happens if the last line has no newline.

    `curator fix` fixes it.

    Bad::

        x0 y0 width height
        10 20 1 4\x20

    Good::

        x0 y0 width height
        10 20 1 4
    """
    raw = doc.raw
    at = raw.find(b" \n")
    at = at if at >= 0 else raw.find(b" \r\n")
    missing = not raw.endswith(b"\n")
    if at < 0 and missing and raw.endswith(b" "):
        at = len(raw) - 1
    if at < 0 and not missing:
        return
    blanks = tidying("remove spaces at the ends of lines", "trailing spaces", "last newline")
    if at >= 0:
        line = raw.count(b"\n", 0, at) + 1
        text = ctx.line(line)
        place = (line, len(text.rstrip()) + 1, len(text) + 1)
        yield ctx.finding(place, "trailing whitespace", hint="remove it; `curator fix` does it", fix=blanks)
    else:
        line = raw.count(b"\n") + 1
        yield ctx.finding(
            (line, len(ctx.line(line)) + 1, 0),
            "the last line does not end with a newline",
            hint="add it; `curator fix` does it",
            fix=tidying("end the last line", "last newline"),
        )
