"""CUR119, CUR131 and CUR132: do readers take a value for what it was meant to be?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from curator.checks.model.context import shown
from curator.checks.model.finding import Edit, Fix
from curator.checks.model.rule import rule
from curator.checks.rules.header.values import kind_of
from curator.checks.rules.shared.keywords import types_of
from curator.checks.rules.shared.lost_values import LostValue, lost_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

_LONGEST_PROPERTY = 300
_ENDS = frozenset((b"", b" ", b"}", b",", b"\r", b"\n"))


@rule("CUR119", "value is read as a different type", severity="warning")
def surprise(doc: Document, ctx: Context) -> Iterator[Finding]:
    """YAML reads some words and numbers as other values: `on` is true, `0130` is 88, `1_04` is 104, and
    `12:30:45` is 45045. Quote the value if you mean text.

    Bad::

        # - {SHUTTER: off}

    Bad::

        # - {DETECTOR: 00}

    Good::

        # - {SHUTTER: 'off'}
    """
    head: bytes = b""
    for key, value in doc.header.items():
        if type(value) is str or value is None or isinstance(value, str | list | dict) or key in ctx.blamed:
            continue
        if not head:
            end = doc.raw.find(b"\n# schema:")
            head = doc.raw if end < 0 else doc.raw[:end]
        plain = _plain(value)
        if _stands(f"{key}: {plain}".encode("utf-8", "replace"), head) or _is_property(key, plain, head):
            continue  # places in a large file of YAML take many times what its values take
        place = doc.value_at(key)
        written = ctx.written(place)
        if isinstance(value, date) or _surprising(value, written):
            yield ctx.finding(
                place,
                f"{key} is written {written or shown(value)}, and is read as {_read_as(value)}",
                hint=_instead(key, value, written, types_of(ctx.type).get(key)),
                topic=f"{key} is read as {kind_of(value)}",
                subject=str(key),
            )  # not to blame for its value: what another rule says of that is another mistake


def _instead(key: str, value: Any, written: str, expected: tuple[type, ...] | None) -> str:
    """Return what to write: quotes only where text may stand."""
    if expected is None or str in expected:
        return f"if text is meant, quote it: {key}: '{written or value}'"
    kind = "the truth value" if isinstance(value, bool) else "the number"
    return f"write {key}: {_read_as(value)}, or {kind} if you mean that"


def _plain(value: Any) -> str:
    """Return the usual way to write a value, which surprises nobody."""
    if isinstance(value, date):
        return "\0"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _stands(entry: bytes, head: bytes) -> bool:
    """Whether a keyword and its value stand in a header just so, with nothing before or behind."""
    at = head.find(entry)
    return at > 0 and head[at - 1] in b" {,\n" and head[at + len(entry) : at + len(entry) + 1] in _ENDS


def _is_property(key: str, plain: str, head: bytes) -> bool:
    """Whether a keyword, its type and its value stand just so in a PropertyList of the Rubin stack."""
    at = head.find(f"- - {key}\n".encode("utf-8", "replace"))
    lines = head[at : at + _LONGEST_PROPERTY].split(b"\n", 3) if at >= 0 else []
    return len(lines) == 4 and lines[2].strip() == f"- {plain}".encode("utf-8", "replace")


def _read_as(value: Any) -> str:
    if isinstance(value, date):
        return "a date" if not isinstance(value, datetime) else "a date and time"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _surprising(value: Any, written: str) -> bool:
    text = written.lower().lstrip("+-")
    if isinstance(value, bool):
        return bool(text) and text not in ("true", "false")
    octal = len(text) > 1 and text[0] == "0" and text[1] not in ".e"
    return ":" in text or "_" in text or octal


@rule("CUR132", "value is lost when the file is read")
def lost(doc: Document, ctx: Context) -> Iterator[Finding]:
    """YAML reads `{SOURCE:'McMath'}` as a keyword of that name without a value, because the space after the
    colon is missing. It reads the text after an unquoted comma as another keyword.

    `curator fix` fixes it if only the space is missing.

    Bad::

        # - {SOURCE:'McMath'}

    Bad::

        # - {name: width, unit: pix, datatype: int32, description: extent, in columns}

    Good::

        # - {SOURCE: 'McMath'}
    """
    for path, found in lost_values(doc):
        about = f"{found.keyword} of column {path[1]}" if len(path) > 1 else found.keyword
        yield ctx.finding(
            found.place,
            f"a comma ends the value of {about}"
            if found.after_comma
            else f"a space is missing after the colon of {about}",
            hint=f"quote the text: {found.keyword}: '{found.text}'"
            if found.after_comma
            else f"write {found.keyword}: {found.text.partition(':')[2]}",
            keyword=path[-1],
            fix=_with_blank(found),
        )
        ctx.blame(found.keyword if len(path) == 1 else f"{found.keyword} of {path[1]}")


def _with_blank(found: LostValue) -> Fix | None:
    """Return the fix that writes the blank, where the value can be nothing but a text or a whole number."""
    value = found.text.partition(":")[2]
    quoted = len(value) > 2 and value[0] in "'\"" and value.count(value[0]) == 2 and value[-1] == value[0]
    if found.after_comma or not (quoted or value.isdecimal()) or (value[0] == "0" and value != "0"):
        return None
    at = found.place.column + len(found.keyword)
    edit = Edit("text", value=": ", line=found.place.line, start=at, end=at + 1)
    return Fix(f"write a space after {found.keyword}:", (edit,))


@rule("CUR131", "number in a keyword is read as text")
def number_as_text(doc: Document, ctx: Context) -> Iterator[Finding]:
    """YAML 1.1 reads `1e3` and `1.5e3` as text: a number with an exponent needs a decimal point and a sign
    after the `e`. The FITS file would contain text, which readers cannot use as a number.

    Bad::

        # - {EXPOSURE: 1.5e3}

    Good::

        # - {EXPOSURE: 1.5e+3}

    Good::

        # - {EXPOSURE: '1.5e3'}
    """
    for key, value in doc.header.items():
        if type(value) is not str or "e" not in value.lower() or key in ctx.blamed or not _is_exponent(value):
            continue
        place = doc.value_at(key)
        if ctx.written(place) == value:
            yield ctx.finding(
                place,
                f"{key} is {value}, which is read as text",
                hint=f"write {key}: {_with_point(value)}, or quote it if text is meant",
                topic=f"the number of {key} is read as text",
                keyword=str(key),
            )


def _with_point(text: str) -> str:
    """Return a number with an exponent as YAML 1.1 reads it."""
    mantissa, _, exponent = text.lower().partition("e")
    point = mantissa if "." in mantissa else f"{mantissa}.0"
    return f"{point}e{exponent if exponent[0] in '+-' else f'+{exponent}'}"


def _is_exponent(text: str) -> bool:
    """Return whether a text is a number with an exponent: digits, at most one point, ``e``, digits."""
    mantissa, _, exponent = text.lower().partition("e")
    digits = mantissa.lstrip("+-").replace(".", "", 1)
    return (
        digits.isascii()
        and digits.isdecimal()
        and exponent.lstrip("+-").isdecimal()
        and len(text) < 40
        and len(mantissa) - len(mantissa.lstrip("+-")) < 2
        and len(exponent) - len(exponent.lstrip("+-")) < 2
    )
