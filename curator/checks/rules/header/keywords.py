"""CUR1xx: are the keywords there, each once, and spelled as readers look for them?"""

from __future__ import annotations

from collections.abc import Iterator

from curator.calibrations.header.keywords import find_keyword, schema_keywords
from curator.calibrations.time.dates import format_date
from curator.checks.fixing.build_fixes import certain, instrument_of, is_editable, removal, renaming, setting
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.shared.keywords import OTHERS, TYPES
from curator.name_lookup import missing_message, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding, Fix
    from curator.formats.document import Document, Place

__all__: list[str] = []

# Spelled so by ip_isr itself.
_MIXED = frozenset({"raftName", "slotName"})
_OPTIONAL = (
    *("CALIB_ID", "CALIB_CREATION_DATE", "CALIB_CREATION_TIME", "CALIBCLS"),
    *("DET_NAME", "DETECTOR_NAME"),
)


def _header_place(doc: Document) -> Place | tuple[int, int, int]:
    """Return where the header begins, for a finding about something that does not exist."""
    if doc.format == "yaml":
        return doc.at("metadata")
    at = doc.raw.find(b"\n# meta:")
    return (doc.raw.count(b"\n", 0, at) + 2, 1, 0) if at >= 0 else (1, 1, 0)


@rule("CUR101", "keyword is missing", after=("CUR132",))
def missing(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers need this keyword, and the profile in `curator.yaml` requires it.

    `curator fix` adds it if path, camera and header define its value.

    Bad::

        # - {INSTRUMEN: ExampleCam}
        # (no INSTRUME)

    Bad (defects, obs_base)::

        # (no CALIBDATE)
    """
    header = doc.header
    for name in _keywords(ctx):
        if name in header or name in ctx.blamed or find_keyword(header, name):
            continue  # it stands where nobody reads it; CUR104 is about its case
        if name in ctx.type.schema_keys and _other_spelling(doc, ctx, name):
            continue  # CUR106 is about its spelling
        near = _misspelled(doc, name)
        example = _example(ctx, name)
        yield ctx.finding(
            doc.at(near) if near else _header_place(doc),
            missing_message(name, near),
            hint=f"write {example}" if example else "",
            topic=f"{name} is missing",
            keyword=name,
            fix=None if near else _filling(name, doc, ctx),
        )
        if near:
            ctx.blame(near)


def _keywords(ctx: Context) -> tuple[str, ...]:
    key = (ctx.profile.name, ctx.type.name)
    if key not in _required:
        _required[key] = ctx.profile.keywords(ctx.type)
    return _required[key]


_required: dict[tuple[str, str], tuple[str, ...]] = {}


def _filling(name: str, doc: Document, ctx: Context) -> Fix | None:
    """Return the fix that writes a keyword's value where that is certain."""
    value = certain(name, doc, ctx) if is_editable(doc) else None
    return None if value is None else setting(**{name: value})


def _is_text(key: object) -> bool:
    """Whether a keyword is text; CUR118 has a word to say of others."""
    return isinstance(key, str)


def _misspelled(doc: Document, name: str) -> str:
    strangers = [key for key in doc.header if key not in TYPES and key not in OTHERS]
    return nearest(name, strangers) if strangers else ""


def _other_spelling(doc: Document, ctx: Context, name: str) -> str:
    which = ctx.type.schema_keys.index(name)
    return next((pair[which] for pair in schema_keywords(ctx.type) if pair[which] in doc.header), "")


def _example(ctx: Context, name: str) -> str:
    """Return the line to write, as far as the path says what belongs there."""
    start = ctx.start if ctx.profile.calibdate == "start" else None
    values: dict[str, Any] = {
        "OBSTYPE": ctx.type.obstype,
        "INSTRUME": instrument_of(ctx),
        "DETECTOR": ctx.detector.id if ctx.detector else None,
        "FILTER": ctx.filter.name if ctx.filter else None if ctx.type.has_filter else ctx.profile.no_filter,
        "CALIBDATE": f"'{format_date(start)}'" if start else None,
        ctx.type.schema_keys[0]: ctx.type.schema_values[0],
        ctx.type.schema_keys[1]: ctx.type.schema_values[1],
    }
    value = values.get(name)
    return f"{name}: {value}" if value is not None else ""


@rule("CUR102", "keyword is empty")
def empty(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The keyword has no value. Write the value.

    `curator fix` adds it if path, camera and header define it.

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
            doc.value_at(name),
            f"{name} is empty",
            hint=f"write {example}" if example else "",
            keyword=name,
            fix=_filling(name, doc, ctx),
        )


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@rule("CUR104", "standard keyword is not in upper case")
def lower_case(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers look for keywords in upper case, as in DMTN-148.

    `curator fix` changes the case.

    Bad::

        # - {instrume: ExampleCam}
        # (no INSTRUME)
    """
    for key in filter(_is_text, doc.header):
        if key.isupper():
            continue
        upper = key.upper()
        if upper in doc.header or key in _MIXED or key in ctx.blamed:
            continue
        if upper in TYPES or upper in OTHERS:
            yield _upper(key, doc, ctx)
            ctx.blame(upper)


def _upper(key: str, doc: Document, ctx: Context) -> Finding:
    upper, value = key.upper(), doc.header[key]
    return ctx.finding(
        doc.at(key),
        f"{key} is not in upper case",
        hint=f"write {upper}",
        keyword=key,
        fix=renaming(key, upper) if is_editable(doc) and (upper != "HISTORY" or _is_notes(value)) else None,
    )


def _is_notes(value: Any) -> bool:
    """Whether an export takes a value as HISTORY."""
    return value is None or all(
        isinstance(one, str) for one in (value if isinstance(value, list) else [value])
    )


@rule("CUR105", "keyword is given in two spellings")
def contradiction(doc: Document, ctx: Context) -> Iterator[Finding]:
    """FITS ignores the case of keywords, so only one of the two values would survive the export. Keep one of
    them, in upper case.

    Bad::

        # - {SOURCE: flats of May}
        # - {Source: flats of June}
    """
    texts = list(filter(_is_text, doc.header))
    if all(map(str.isupper, texts)):
        return
    seen: dict[str, str] = {}
    for key in texts:
        value = doc.header[key]
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


@rule("CUR106", "nonstandard spelling of a schema keyword", severity="warning")
def schema_spelling(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Five spellings of these keywords exist. DMTN-148 defines one, and readers of the other spellings are
    being removed.

    Only profile `dmtn148` requires it.

    `curator fix` renames the keyword.

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
                    doc.at(found),
                    f"{found} is now spelled {name}",
                    hint=f"write {name}; `curator fix` does it",
                    keyword=found,
                    fix=renaming(found, name) if is_editable(doc) else None,
                )


@rule("CUR109", "keyword has a placeholder value", severity="warning")
def blank(doc: Document, ctx: Context) -> Iterator[Finding]:
    """This keyword is optional, but it has a placeholder instead of a value. Write the value, or remove the
    keyword.

    `curator fix` writes the value if it is known, else it removes the keyword.

    Bad (defects, obs_base)::

        # - {CALIB_ID: ''}
    """
    for key in _OPTIONAL:
        if key in doc.header and key not in ctx.blamed and _says_nothing(doc.header[key]):
            yield ctx.finding(
                doc.value_at(key),
                f"{key} is empty",
                hint="fill it in or remove it",
                keyword=key,
                fix=_filling(key, doc, ctx) or (removal(key) if is_editable(doc) else None),
            )


@rule("CUR117", "other keyword is not in upper case", severity="warning")
def any_lower_case(doc: Document, ctx: Context) -> Iterator[Finding]:
    """All keywords of DMTN-148 are in upper case, and FITS converts them to upper case. Only profile
    `dmtn148` requires it.

    `curator fix` changes the case.

    Bad::

        # - {observer: Ada}

    Good::

        # - {OBSERVER: Ada}
    """
    if ctx.profile.name != "dmtn148" or "metadata" not in (doc.tree or {"metadata": 0}):
        return
    spelled = {key for pair in schema_keywords(ctx.type) for key in pair}
    for key in filter(_is_text, doc.header):
        upper = key.upper()
        if key != upper and key not in ctx.blamed and key not in spelled and upper not in doc.header:
            yield _upper(key, doc, ctx)
