"""CUR1xx: is what the keywords hold of the right kind, and what readers take it for?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from curator.calibrations.header.keywords import find_keyword
from curator.checks.context import shown
from curator.checks.expected import is_type
from curator.checks.finding import Edit, Fix
from curator.checks.fixes import is_editable, removal, setting, written_value
from curator.checks.keywords import DASHES, UNITS, types_of
from curator.checks.moments import moment
from curator.checks.rule import rule
from curator.checks.slips import LostValue, lost_values
from curator.name_lookup import did_you_mean, nearest

if TYPE_CHECKING:
    from curator.checks.context import Context
    from curator.checks.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

_WORDS = {str: "quoted text", int: "a whole number", float: "a number", bool: "true or false"}
_DATES = ("CALIBDATE", "VALIDSTART", "VALIDEND", "DATE")
_FORMS = {
    **dict.fromkeys(_DATES, ": 'YYYY-MM-DDTHH:MM:SS'"),
    "CALIB_CREATION_DATE": ": 'YYYY-MM-DD'",
    "CALIB_CREATION_TIME": ": 'HH:MM:SS'",
}
_LONGEST_PROPERTY = 300
_ENDS = frozenset((b"", b" ", b"}", b",", b"\r", b"\n"))
_CURVES = ("transmission_", "qe_curve")
# Beyond it a float does not say which whole number was meant.
_EXACT = 2**53
# Units as people write them, and as readers know them; in lower case, none means another unit.
_UNIT_NAMES = {
    **dict.fromkeys(("pixels", "px", "pixel", "pix"), "pix"),
    **dict.fromkeys(("nanometer", "nanometers", "nanometre", "nanometres", "nms"), "nm"),
    **dict.fromkeys(("angstroms", "angstrom", "ångström", "å", "\N{ANGSTROM SIGN}".lower()), "Angstrom"),
    **dict.fromkeys(("microns", "micrometer", "micrometers", "micrometre", "micrometres"), "um"),
    **dict.fromkeys(("adu", "adus"), "adu"),
    **dict.fromkeys(("electrons", "e-"), "electron"),
    **dict.fromkeys(("per cent", "percents", "percentage"), "%"),
    **dict.fromkeys(("volts", "volt"), "V"),
    **dict.fromkeys(("seconds", "secs"), "s"),
}
_PLURALS = {"electrons": "electron", "adus": "adu"}


@rule("CUR103", "value is of the wrong kind")
def wrong_type(doc: Document, ctx: Context) -> Iterator[Finding]:
    """What stands there without quotes is read as something else: YAML knows dates, `12:30:45` is a
    number, `no` is false.

    `curator fix` mends it where only one thing can be meant.

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
            f"{key} is {_kind(value)} ({written}), not {kinds}",
            hint=_advice(key, value, written, expected),
            topic=f"{key} is {_kind(value)}",
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


def _kind(value: Any) -> str:
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


@rule("CUR107", "illegal unit")
def illegal_unit(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers cannot convert a unit that they do not know, so they take the numbers for something else,
    or fail.

    `curator fix` mends it if it is a known unit in other words.

    Bad::

        # - {name: x0, unit: pixxel, datatype: int32}

    Good::

        # - {name: x0, unit: pixel, datatype: int32}
    """
    for column in doc.columns.values():
        unit = column.unit or ""
        if unit in UNITS or unit.lower() in DASHES or _is_unit(unit):
            continue
        ctx.blame(f"unit of {column.name}", f"scale of {column.name}")
        known = _UNIT_NAMES.get(unit.strip().lower(), "")
        near = known or nearest(unit, [one for one in UNITS if one])
        yield ctx.finding(
            doc.value_at("columns", column.name, "unit"),
            f"unit {shown(unit)} of column {column.name} is not known",
            hint=did_you_mean(near, "units are spelled as astropy knows them, such as nm, pix, adu"),
            fix=Fix(f"write the unit {known}", (Edit("unit", column.name, known),)) if known else None,
        )


def _is_unit(text: str) -> bool:
    import warnings

    from astropy.units import Unit

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Unit(text)
    except (ValueError, TypeError):
        return False
    return True


@rule("CUR108", "unknown word")
def unknown_word(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers compare this keyword with a few fixed words, and do something else, or fail, for any other.

    `curator fix` mends it if only its case is wrong, or it is in the plural.

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
    same = [one for one in words if one.lower() == _PLURALS.get(given, given)]
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
    """A FITS header holds text, numbers, truth values and flat lists of them, below keywords of up to 48
    letters, digits, `-`, `_` or `.`; `curator export` refuses the rest, and keywords that mean something
    of their own in FITS.

    `curator fix` takes out what writers of FITS tables say of the table: `CHECKSUM`, `EXTNAME`, `TTYPE1` and
    the like are left where a table was read from FITS and written as text.

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
            f"{key} was said of a FITS table, not of this file" if left else problem.message,
            hint="remove it; `curator fix` does it" if left else problem.hint,
            keyword=str(key),
            fix=removal(key) if left and is_editable(doc) else None,
        )


@rule("CUR119", "value is read as something else", severity="warning")
def surprise(doc: Document, ctx: Context) -> Iterator[Finding]:
    """YAML reads some words and numbers in its own way: `on` is true, `0130` is 88, `1_04` is 104,
    `12:30:45` is 45045.

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
                topic=f"{key} is read as {_kind(value)}",
            )  # not to blame for its value: what another rule says of that is another mistake


def _instead(key: str, value: Any, written: str, expected: tuple[type, ...] | None) -> str:
    """Return what to write: quotes only where text may stand."""
    if expected is None or str in expected:
        return f"if text is meant, quote it: {key}: '{written or value}'"
    kind = "the truth value" if isinstance(value, bool) else "the number"
    return f"write {key}: {_read_as(value)}, or {kind} that is meant"


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


@rule("CUR132", "value is lost")
def lost(doc: Document, ctx: Context) -> Iterator[Finding]:
    """YAML takes `{SOURCE:'McMath'}` for a keyword of that name without a value, as a blank is missing after
    the colon, and what follows a comma without quotes for another keyword.

    `curator fix` mends it where only the blank is missing.

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
            f"the comma ends the value of {about}"
            if found.after_comma
            else f"a blank is missing after the colon of {about}",
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
    return Fix(f"write a blank after {found.keyword}:", (edit,))


@rule("CUR120", "HISTORY is not a list of lines")
def history(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Notes are flat text, a line each, `YYYY-MM-DD Name: what and why`; nested metadata breaks readers.

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
            f"{key} is {_kind(notes)}, not a list of text",
            hint="`curator note` writes it",
            keyword=key,
        )
        return
    for number, note in enumerate(notes):
        if not isinstance(note, str):
            yield ctx.finding(
                doc.value_at(key, number),
                f"{key} entry {number + 1} is {_kind(note)}, not text",
                hint="quote it: '2025-04-30 Ada Editor: what and why'",
                topic=f"an entry of {key} is not text",
                keyword=key,
            )


@rule("CUR121", "word in place of a unit", severity="warning")
def dash(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A column without a unit has none; a dash or a word there is one more unit that nobody knows.

    `curator fix` mends it.

    Bad (transmission_filter)::

        # - {name: efficiency, unit: '-', datatype: float64}
        wavelength efficiency
        400.0 0.5
        800.0 0.9

    Good (transmission_filter)::

        # - {name: efficiency, datatype: float64}
        wavelength efficiency
        400.0 0.5
        800.0 0.9
    """
    for column in doc.columns.values():
        if (column.unit or "").lower() in DASHES:
            ctx.blame(f"unit of {column.name}")
            yield ctx.finding(
                doc.value_at("columns", column.name, "unit"),
                f"unit {shown(column.unit)} of column {column.name} stands for none",
                hint="leave the unit out",
                fix=Fix(f"leave the unit of {column.name} out", (Edit("unit", column.name),)),
            )


@rule("CUR131", "number of a keyword is read as text")
def number_as_text(doc: Document, ctx: Context) -> Iterator[Finding]:
    """YAML 1.1 takes `1e3` and `1.5e3` for text: a number with an exponent has a point, and a sign behind the
    `e`. FITS files then have text, and readers cannot use it.

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
