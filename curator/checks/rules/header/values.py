"""CUR103, CUR108, CUR118 and CUR120: is what the keywords hold of the right kind, and can FITS hold it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from curator.calibrations.header.keywords import find_keyword
from curator.checks.fixing.build_fixes import is_editable, removal, setting, written_value
from curator.checks.model.context import shown
from curator.checks.model.finding import Fix
from curator.checks.model.rule import rule
from curator.checks.rules.shared.header_dates import moment
from curator.checks.rules.shared.keywords import types_of
from curator.checks.rules.shared.path_agreement import is_type
from curator.name_lookup import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__ = ["kind_of"]

_WORDS = {str: "quoted text", int: "a whole number", float: "a number", bool: "true or false"}
_DATES = ("CALIBDATE", "VALIDSTART", "VALIDEND", "DATE")
_FORMS = {
    **dict.fromkeys(_DATES, ": 'YYYY-MM-DDTHH:MM:SS'"),
    "CALIB_CREATION_DATE": ": 'YYYY-MM-DD'",
    "CALIB_CREATION_TIME": ": 'HH:MM:SS'",
}
_CURVES = ("transmission_", "qe_curve")
# Beyond it a float does not say which whole number was meant.
_EXACT = 2**53
_PLURALS = {"electrons": "electron", "adus": "adu"}


@rule("CUR103", "value has the wrong type")
def wrong_type(doc: Document, ctx: Context) -> Iterator[Finding]:
    """YAML reads unquoted values in its own way: it knows dates, reads `12:30:45` as a number, and `no` as
    false. Quote the value if it is text.

    `curator fix` fixes it if only one value is possible.

    Bad::

        # - {VALIDSTART: 2020-01-01T00:00:00}

    Bad::

        # - {DETECTOR: '0'}

    Bad (defects, obs_base)::

        # - {CALIB_CREATION_TIME: 17:43:15}

    Good::

        # - {DETECTOR: 0}
    """
    types = types_of(ctx.type)
    for key, value in doc.header.items():
        expected = types.get(key)
        if expected is None or type(value) in expected or value is None or key in ctx.blamed:
            continue
        place = doc.value_at(key)
        written = ctx.written(place) or shown(value)
        kinds = "a number" if float in expected else " or ".join(_WORDS[kind] for kind in expected)
        yield ctx.finding(
            place,
            f"{key} is {kind_of(value)} ({written}), not {kinds}",
            hint=_advice(key, value, written, expected),
            topic=f"{key} is {kind_of(value)}",
            keyword=key,
            fix=_meant(key, value, ctx.written(place), expected),
        )


def _meant(key: str, value: Any, written: str, expected: tuple[type, ...]) -> Fix | None:
    """Return the fix that lets a value be read as what it was written to be."""
    if isinstance(value, str):
        number = written_value(value, expected)
        return None if number is None else setting(**{key: number})
    if type(value) is float and int in expected and value.is_integer() and abs(value) <= _EXACT:
        return setting(**{key: int(value)})
    if str in expected and written and written[0] not in "'\"!&*" and _is_text(key, value, written):
        return setting(f"quote {key}: '{written}'", **{key: written})
    return None


def kind_of(value: Any) -> str:
    """Return how a message names the kind of a value."""
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, date):
        return "an unquoted date"
    kinds = {str: "text", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    return kinds.get(type(value), f"a {type(value).__name__}")


def _is_text(key: str, value: Any, written: str) -> bool:
    """Whether what was read as something else is right as text."""
    if isinstance(value, list | dict):
        return False
    if key == "CALIB_CREATION_DATE":
        return len(written) == len("YYYY-MM-DD") and moment(written) is not None
    if key == "CALIB_CREATION_TIME":
        return written.count(":") == 2 and moment(f"2000-01-01T{written}") is not None
    return key not in _DATES or moment(written) is not None


def _advice(key: str, value: Any, written: str, expected: tuple[type, ...]) -> str:
    if str in expected:
        if _is_text(key, value, written):
            return f"quote it: {key}: '{written}'"
        return f"write text in quotes{_FORMS.get(key, '')}"
    if isinstance(value, str) and int in expected and value.strip().removeprefix("-").isdecimal():
        return f"without quotes: {key}: {int(value)}"
    return f"write {key}: true, or {key}: false" if bool in expected else ""


@rule("CUR108", "value is not in the list of allowed values")
def unknown_word(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers compare this keyword with a fixed list of words. With any other word they do something else, or
    fail.

    `curator fix` fixes wrong case and plurals.

    Bad (crosstalk)::

        # - {CROSSTALK_RATIOS_UNITS: electrons}

    Good (crosstalk)::

        # - {CROSSTALK_RATIOS_UNITS: electron}
    """
    for key, words in _words(ctx).items() if is_type(ctx, doc.header.get("OBSTYPE")) else ():
        value = doc.header.get(key)
        if isinstance(value, str) and value.strip() and value not in words and key not in ctx.blamed:
            near = nearest(value, words)
            yield ctx.finding(
                doc.value_at(key),
                f"{key} is {shown(value)}, not {' or '.join(words)}",
                hint=f"write {near}" if near else "",
                keyword=key,
                fix=_word(key, value, words),
            )


def _word(key: str, value: str, words: tuple[str, ...]) -> Fix | None:
    """Return the fix for a word in another case, or in the plural."""
    given = value.strip().lower()
    same = [word for word in words if word.lower() == _PLURALS.get(given, given)]
    return setting(**{key: same[0]}) if len(same) == 1 else None


def _words(ctx: Context) -> dict[str, tuple[str, ...]]:
    name = ctx.type.name
    if name == "crosstalk":
        return {"CROSSTALK_RATIOS_UNITS": ("adu", "electron")}
    if name == "bfk":
        return {"LEVEL": ("AMP", "DETECTOR")}
    if name.startswith(_CURVES):
        kinds = (name, "transmission_curve", *(("qe_curve", "QE") if ctx.type.has_detector else ()))
        return {"MODE": ("AMP", "DETECTOR", "CAMERA", "IMAGE"), "TYPE": kinds}
    return {}


@rule("CUR118", "keyword or value cannot be exported")
def unfit(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A FITS header can hold text, numbers, truth values and flat lists of them, with keywords of up to 48
    letters, digits, `-`, `_` or `.`. `curator export` refuses everything else, and keywords that are reserved
    in FITS.

    `curator fix` removes keywords that only describe a FITS table, such as `CHECKSUM`, `EXTNAME` and
    `TTYPE1`. They remain when a FITS table is written as text.

    Bad::

        # - {TEMPERATURE: .nan}

    Bad::

        # - {SITE: {latitude: 30.2}}

    Bad::

        # - {NOTE(1): dome closed}

    Bad::

        # - {DATASUM: '2503531142'}

    Good::

        # - {NOTE1: dome closed}
    """
    from curator.calibrations.fits.exportable import keyword_problem, takes_text
    from curator.formats.fits.cards import is_left_behind

    for key, value in doc.header.items():
        if type(value) is str and takes_text(key):
            continue
        if (problem := keyword_problem(key, value)) is None or (ctx.errors and key in ctx.blamed):
            continue
        left = is_left_behind(key)
        yield ctx.finding(
            doc.value_at(key) if keyword_problem(key, None) is None else doc.at(key),
            f"{key} describes a FITS table, not this file" if left else problem.message,
            hint="remove it; `curator fix` does it" if left else problem.hint,
            keyword=str(key),
            fix=removal(key) if left and is_editable(doc) else None,
        )


@rule("CUR120", "HISTORY is not a list of lines")
def history(doc: Document, ctx: Context) -> Iterator[Finding]:
    """HISTORY is a list of lines of the form `YYYY-MM-DD Name: what and why`. Nested values break readers.

    Bad::

        # - HISTORY: [{date: '2025-04-30', name: Ada}]

    Good::

        # - HISTORY: ['2025-04-30 Ada: masked the hot column']
    """
    key = find_keyword(doc.header, "HISTORY")
    if key is None or key in ctx.blamed or doc.header[key] is None:
        return
    notes = doc.header[key]
    if isinstance(notes, str):
        return
    if not isinstance(notes, list):
        yield ctx.finding(
            doc.value_at(key),
            f"{key} is {kind_of(notes)}, not a list of text",
            hint="write HISTORY as a list of lines; `curator note` adds one",
            keyword=key,
        )
        return
    for number, note in enumerate(notes):
        if not isinstance(note, str):
            yield ctx.finding(
                doc.value_at(key, number),
                f"{key} entry {number + 1} is {kind_of(note)}, not text",
                hint="quote it: '2025-04-30 Ada Editor: what and why'",
                topic=f"an entry of {key} is not text",
                keyword=key,
            )
