"""CUR129 and CUR130: keywords that need not be there, but must be understood if they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from curator.calibrations.header.deprecation import DEPRECATED, entries_of, parse_deprecation
from curator.calibrations.header.keywords import find_keyword, schema_keywords
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.shared.keywords import OTHERS, TYPES
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# Nobody misses them where they are spelled wrongly, and the file means something else without them.
_QUIET = ("VALIDSTART", "VALIDEND", "DEPRECATED", "HISTORY", "TIMESYS")
# Changes of one letter that make another word of it.
_MOST = 2


@rule("CUR129", "deprecation cannot be read")
def deprecation(doc: Document, ctx: Context) -> Iterator[Finding]:
    """DEPRECATED lists the times at which a calibration must not be used, and why. Each entry is text:
    `<from>/<to>: <reason>`, or `<from>/<to> fall-back: <reason>`; `..` is an open side. A file with an
    unreadable entry is neither selected nor exported. Write entries with `curator deprecate`.

    Bad::

        # - {DEPRECATED: ['2025-01-01: a light leak']}

    Bad::

        # - {DEPRECATED: ['2025-02-01T00:00:00/2025-01-01T00:00:00: a light leak']}

    Bad::

        # - {DEPRECATED: true}
    """
    key = find_keyword(doc.header, DEPRECATED)
    if key is None or key in ctx.blamed:
        return
    try:
        entries = entries_of(doc.header[key])
    except CalibrationError as error:
        yield ctx.finding(doc.value_at(key), error.message, hint=error.hint, keyword=key)
        return
    for number, text in enumerate(entries):
        try:
            parse_deprecation(text)
        except CalibrationError as error:
            yield ctx.finding(
                doc.value_at(key, number) if isinstance(doc.header[key], list) else doc.value_at(key),
                f"{key} entry {number + 1} {error.message}",
                hint=error.hint,
                topic=f"an entry of {key} cannot be read",
                keyword=key,
            )


@rule("CUR130", "keyword may be misspelled", severity="warning")
def misspelled(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The spelling of this keyword is close to that of an optional keyword, whose absence no other rule
    reports. For example, a file with a misspelled VALIDSTART is not certified.

    Bad::

        # - {VALDEND: '2021-01-01T00:00:00'}

    Good::

        # - {VALIDEND: '2021-01-01T00:00:00'}
    """
    known: set[str] | None = None
    for key in doc.header:
        meant = _meant(key) if type(key) is str and key not in ctx.blamed else ""
        if not meant:
            continue
        known = known or {keyword.upper() for pair in schema_keywords(ctx.type) for keyword in pair}
        if key.upper() not in known:
            there = ", which is there too" if find_keyword(doc.header, meant) else ""
            yield ctx.finding(
                doc.at(key),
                f"{shown(key)} is not a known keyword: did you mean {meant}{there}?",
                hint=f"write {meant}"
                if not there
                else f"remove {key}, or give it a name that is not similar",
                topic=f"{key} may be meant as {meant}",
                keyword=key,
            )


@lru_cache(1024)
def _meant(key: str) -> str:
    """Return the keyword that an unknown one may be meant as, empty if none."""
    upper = key.upper()
    if upper in TYPES or upper in OTHERS:
        return ""
    return next((keyword for keyword in _QUIET if _are_near(upper, keyword)), "")


def _are_near(one: str, other: str) -> bool:
    """Whether a few letters added, left out or exchanged make one word of the other."""
    if abs(len(one) - len(other)) > _MOST:
        return False
    last = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        row = [number]
        for at, wanted in enumerate(other, 1):
            row.append(min(last[at] + 1, row[-1] + 1, last[at - 1] + (letter != wanted)))
        last = row
    return last[-1] <= _MOST
