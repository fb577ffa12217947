"""CUR1xx: is the header complete, of the right kind, and does it agree with itself?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from curator.calibrations.dates import format_date
from curator.calibrations.header import KEYWORDS, find_keyword, schema_keywords
from curator.checks.context import nearest, shown
from curator.checks.rule import rule

if TYPE_CHECKING:
    from curator.calibrations.types import DatasetType
    from curator.checks.context import Context
    from curator.checks.finding import Finding
    from curator.formats.document import Document, Place

__all__: list[str] = []

_NUMBER = (int, float)
# Keywords besides the table's that writers and readers of these files agree on.
_TYPES: dict[str, type | tuple[type, ...]] = {
    **{name: entry.type for name, entry in KEYWORDS.items() if "{" not in name},
    **dict.fromkeys(("CALIBCLS", "DET_NAME", "DETECTOR_NAME", "RAFTNAME", "SLOTNAME", "TIMESYS"), str),
    **dict.fromkeys(("DATE", "MODE", "LEVEL", "CROSSTALK_RATIOS_UNITS"), str),
    **dict.fromkeys(("DET_SER", "DETECTOR_SERIAL"), (str, int)),
    **dict.fromkeys(("NAMP", "KERNEL_DX", "KERNEL_DY"), int),
    **dict.fromkeys(("HAS_CROSSTALK", "HAS_LINEARITY", "HAS_TABLE", "OVERRIDE"), bool),
}
_WORDS = {str: "quoted text", int: "a whole number", float: "a number", bool: "true or false"}
_OTHERS = frozenset({"SOURCE", "VERSION", "TYPE", "HISTORY", "CROSSTALK_SHAPE", "DEFECTTYPE"})
# Spelled so by ip_isr itself.
_MIXED = frozenset({"raftName", "slotName"})
_OPTIONAL = (
    "CALIB_ID",
    "CALIB_CREATION_DATE",
    "CALIB_CREATION_TIME",
    "CALIBCLS",
    "DET_NAME",
    "DETECTOR_NAME",
)
# Units that need no astropy to be known.
UNITS = frozenset(
    (
        *("", "%", "percent", "pct", "nm", "Angstrom", "angstrom", "AA", "um", "micron", "mm", "cm", "m"),
        *("pix", "pixel", "adu", "electron", "ct", "count", "ph", "photon", "V"),
        *("s", "h", "d", "K", "deg", "arcsec", "arcmin"),
    )
)
_DASHES = frozenset({"-", "--", "none", "null", "n/a", "na", "unitless", "fraction", "dimensionless"})
_CURVES = ("transmission_", "qe_curve")


def header_place(doc: Document) -> Place | tuple[int, int, int]:
    """Return where the header begins, for a finding about something that is not there."""
    if doc.format == "yaml":
        return doc.at("metadata")
    at = doc.raw.find(b"\n# meta:")
    return (doc.raw.count(b"\n", 0, at) + 2, 1, 0) if at >= 0 else (1, 1, 0)


@rule("CUR101", "keyword is missing")
def missing(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers look for this keyword, and the profile chosen in `curator.yaml` asks for it.

    Bad::

        # - {INSTRUMEN: ExampleCam}
        # (no INSTRUME)

    Bad (defects, obs_base)::

        # (no CALIBDATE)
    """
    header = doc.header
    for name in _keywords(ctx):
        if name in header or find_keyword(header, name):
            continue  # CUR104 is about its case
        if name in ctx.type.schema_keys and _other_spelling(doc, ctx, name):
            continue  # CUR106 is about its spelling
        near = _misspelled(doc, name)
        example = _example(ctx, name)
        yield ctx.finding(
            doc.at(near) if near else header_place(doc),
            f"{name} is missing" + (f": is {near} meant to be it?" if near else ""),
            hint=f"write {example}" if example else "",
            topic=f"{name} is missing",
            keyword=name,
        )
        if near:
            ctx.blamed.add(near)


def _keywords(ctx: Context) -> tuple[str, ...]:
    key = (ctx.profile.name, ctx.type.name)
    if key not in _required:
        _required[key] = ctx.profile.keywords(ctx.type)
    return _required[key]


_required: dict[tuple[str, str], tuple[str, ...]] = {}


def _misspelled(doc: Document, name: str) -> str:
    strangers = [key for key in doc.header if key not in _TYPES and key not in _OTHERS]
    return nearest(name, strangers) if strangers else ""


def _other_spelling(doc: Document, ctx: Context, name: str) -> str:
    which = ctx.type.schema_keys.index(name)
    return next((pair[which] for pair in schema_keywords(ctx.type) if pair[which] in doc.header), "")


def _example(ctx: Context, name: str) -> str:
    """Return the line to write, as far as the path says what belongs there."""
    values: dict[str, Any] = {
        "OBSTYPE": ctx.type.obstype,
        "INSTRUME": ctx.camera.instrument if ctx.camera else ctx.path.camera,
        "DETECTOR": ctx.detector.id if ctx.detector else None,
        "FILTER": ctx.filter.name if ctx.filter else None if ctx.type.has_filter else ctx.profile.no_filter,
        "CALIBDATE": f"'{format_date(ctx.path.start)}'" if ctx.profile.calibdate == "start" else None,
        ctx.type.schema_keys[0]: ctx.type.schema_values[0],
        ctx.type.schema_keys[1]: ctx.type.schema_values[1],
    }
    value = values.get(name)
    return f"{name}: {value}" if value is not None else ""


@rule("CUR102", "keyword is empty")
def empty(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The keyword is there, but says nothing.

    Bad::

        # - {INSTRUME: ''}
    """
    for name in _keywords(ctx):
        if name not in doc.header or name in ctx.blamed or not _says_nothing(doc.header[name]):
            continue
        if name == "FILTER" and not ctx.type.has_filter:
            continue  # CUR204 knows how to say that there is none
        example = _example(ctx, name)
        yield ctx.finding(
            doc.value_at(name), f"{name} is empty", hint=f"write {example}" if example else "", keyword=name
        )


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@rule("CUR103", "value is of the wrong kind")
def wrong_type(doc: Document, ctx: Context) -> Iterator[Finding]:
    """What stands there without quotes is read as something else: YAML knows dates, `12:30:45` is a
    number, `no` is false.

    Bad::

        # - {CALIBDATE: 2020-01-01T00:00:00}

    Bad::

        # - {DETECTOR: '0'}

    Bad (defects, obs_base)::

        # - {CALIB_CREATION_TIME: 17:43:15}

    Good::

        # - {DETECTOR: 0}
    """
    types = _types(ctx.type)
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
        )


def _types(dataset_type: DatasetType) -> dict[str, tuple[type, ...]]:
    """Return the types that the value of each keyword may have."""
    if dataset_type.name not in _types_of:
        types = {
            key: (_NUMBER if one is float else one if isinstance(one, tuple) else (one,))
            for key, one in _TYPES.items()
        }
        types.update((version, _NUMBER) for _, version in schema_keywords(dataset_type))
        _types_of[dataset_type.name] = types
    return _types_of[dataset_type.name]


_types_of: dict[str, dict[str, tuple[type, ...]]] = {}


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, date):
        return "an unquoted date"
    kinds = {str: "text", int: "a number", float: "a number", list: "a list", dict: "a mapping"}
    return kinds.get(type(value), f"a {type(value).__name__}")


def _advice(key: str, value: Any, written: str, expected: Any) -> str:
    if str in expected and not isinstance(value, list | dict):
        return f"quote it: {key}: '{written}'"
    if isinstance(value, str) and value.strip().lstrip("-").isdigit():
        return f"without quotes: {key}: {value.strip()}"
    return ""


@rule("CUR104", "keyword is not in upper case")
def lower_case(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers look keywords up as DMTN-148 spells them, in upper case.

    Bad::

        # - {instrume: ExampleCam}
        # (no INSTRUME)
    """
    for key in doc.header:
        if key.isupper():
            continue
        upper = key.upper()
        if upper in doc.header or key in _MIXED or key in ctx.blamed:
            continue
        if upper in _TYPES or upper in _OTHERS:
            yield ctx.finding(doc.at(key), f"{key} is not in upper case", hint=f"write {upper}", keyword=key)
            ctx.blamed.add(upper)


@rule("CUR105", "two spellings of one keyword")
def contradiction(doc: Document, ctx: Context) -> Iterator[Finding]:
    """FITS does not tell upper from lower case: only one of the two values would survive the export.

    Bad::

        # - {SOURCE: flats of May}
        # - {Source: flats of June}
    """
    if all(map(str.isupper, doc.header)):
        return
    seen: dict[str, str] = {}
    for key, value in doc.header.items():
        first = seen.setdefault(key.upper(), key)
        if first == key or _says_nothing(value):
            continue
        if _says_nothing(doc.header[first]):
            seen[key.upper()] = key
        elif doc.header[first] != value:
            yield ctx.finding(
                doc.at(key),
                f"{key} is {shown(value)}, but {first} is {shown(doc.header[first])}",
                hint="keep one of them, in upper case",
                topic=f"{key} contradicts {first}",
                keyword=key,
            )


@rule("CUR106", "schema keyword in another spelling", severity="warning")
def schema_spelling(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Five spellings of these keywords are in use; DMTN-148 has one, and readers of the others are going
    away.

    Only profile `dmtn148` asks for it.

    Bad::

        # - {defects_SCHEMA: Defects}
        # (no DEFECTS_SCHEMA)

    Good::

        # - {DEFECTS_SCHEMA: Defects}
    """
    for name in _keywords(ctx):
        if name in ctx.type.schema_keys and name not in doc.header and name not in ctx.blamed:
            found = _other_spelling(doc, ctx, name) or find_keyword(doc.header, name)
            if found:
                yield ctx.finding(
                    doc.at(found), f"{found} is spelled {name} today", hint=f"write {name}", keyword=found
                )


@rule("CUR107", "illegal unit")
def illegal_unit(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers cannot convert a unit that they do not know, so they take the numbers for something else,
    or fail.

    Bad::

        # - {name: x0, unit: pixxel, datatype: int32}

    Good::

        # - {name: x0, unit: pixel, datatype: int32}
    """
    for column in doc.columns.values():
        unit = column.unit or ""
        if unit in UNITS or unit.lower() in _DASHES or _is_unit(unit):
            continue
        ctx.blamed.update((f"unit of {column.name}", f"scale of {column.name}"))
        near = nearest(unit, [one for one in UNITS if one])
        yield ctx.finding(
            doc.value_at("columns", column.name, "unit"),
            f"unit {shown(unit)} of column {column.name} is not known",
            hint=f"did you mean {near}?"
            if near
            else "units are spelled as astropy knows them, such as nm, pix, adu",
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

    Bad (crosstalk)::

        # - {CROSSTALK_RATIOS_UNITS: electrons}

    Good (crosstalk)::

        # - {CROSSTALK_RATIOS_UNITS: electron}
    """
    for key, words in _words(ctx).items():
        value = doc.header.get(key)
        if isinstance(value, str) and value.strip() and value not in words and key not in ctx.blamed:
            near = nearest(value, words)
            yield ctx.finding(
                doc.value_at(key),
                f"{key} is {shown(value)}, not {' or '.join(words)}",
                hint=f"write {near}" if near else "",
                keyword=key,
            )


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


@rule("CUR109", "keyword says nothing", severity="warning")
def blank(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Nobody has to write this keyword, but if it is there, it should say something.

    Bad (defects, obs_base)::

        # - {CALIB_ID: ''}
    """
    for key in _OPTIONAL:
        if key in doc.header and key not in ctx.blamed and _says_nothing(doc.header[key]):
            yield ctx.finding(
                doc.value_at(key), f"{key} is empty", hint="fill it in or remove it", keyword=key
            )


@rule("CUR121", "word in place of a unit", severity="warning")
def dash(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A column without a unit has none; a dash or a word there is one more unit that nobody knows.

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
        if (column.unit or "").lower() in _DASHES:
            ctx.blamed.add(f"unit of {column.name}")
            yield ctx.finding(
                doc.value_at("columns", column.name, "unit"),
                f"unit {shown(column.unit)} of column {column.name} stands for none",
                hint="leave the unit out",
            )


@rule("CUR117", "keyword in lower case", severity="warning")
def any_lower_case(doc: Document, ctx: Context) -> Iterator[Finding]:
    """DMTN-148 has all keywords in upper case, and FITS makes them so; only profile `dmtn148` asks for it.

    Bad::

        # - {observer: Ada}

    Good::

        # - {OBSERVER: Ada}
    """
    if ctx.profile.name != "dmtn148" or "metadata" not in (doc.tree or {"metadata": 0}):
        return
    spelled = {key for pair in schema_keywords(ctx.type) for key in pair}
    for key in doc.header:
        upper = key.upper()
        if key != upper and key not in ctx.blamed and key not in spelled and upper not in doc.header:
            yield ctx.finding(doc.at(key), f"{key} is not in upper case", hint=f"write {upper}", keyword=key)


@rule("CUR118", "header value cannot be exported")
def unfit(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A FITS header holds text, numbers, truth values and flat lists of them; `curator export` refuses
    the rest.

    Bad::

        # - {TEMPERATURE: .nan}

    Bad::

        # - {SITE: {latitude: 30.2}}
    """
    from curator.calibrations._cards import header_cards
    from curator.errors import CalibrationError

    for key, value in doc.header.items():
        if key in ctx.blamed or key == "HISTORY" or (type(value) is str and _is_keyword(key)):
            continue
        try:
            header_cards({key: value})
        except CalibrationError as error:
            yield ctx.finding(doc.value_at(key), error.message, hint=error.hint, keyword=key)


@lru_cache(1024)
def _is_keyword(key: object) -> bool:
    """Whether FITS has this keyword; then it can hold every text."""
    from curator.calibrations._cards import header_cards
    from curator.errors import CalibrationError

    try:
        header_cards({key: ""})
    except CalibrationError:
        return False
    return True


@rule("CUR119", "value is read as something else", severity="warning")
def surprise(doc: Document, ctx: Context) -> Iterator[Finding]:
    """YAML reads some words and numbers in its own way: `on` is true, `0130` is 88, `1_04` is 104,
    `12:30:45` is 45045.

    Bad::

        # - {SHUTTER: off}

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
        if b" " + _plain(value) in head:
            continue
        place = doc.value_at(key)
        written = ctx.written(place)
        if isinstance(value, date) or _surprising(value, written):
            yield ctx.finding(
                place,
                f"{key} is written {written or shown(value)}, and is read as {_read_as(value)}",
                hint=f"if text is meant, quote it: {key}: '{written or value}'",
                topic=f"{key} is read as {_kind(value)}",
                keyword=key,
            )


def _plain(value: Any) -> bytes:
    """Return the usual way to write a value, which surprises nobody."""
    if isinstance(value, date):
        return b"\0"
    return (str(value).lower() if isinstance(value, bool) else repr(value)).encode("utf-8", "replace")


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
