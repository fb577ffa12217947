"""What rules offer to set right, and what belongs into a keyword where that is certain."""

from __future__ import annotations

from curator.checks.model.finding import Edit, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.formats.document import Document

__all__ = [
    "certain",
    "creation",
    "instrument_of",
    "is_editable",
    "reading",
    "removal",
    "renaming",
    "setting",
    "tidying",
    "written_value",
]

# A header of FITS takes few more, and neither infinity nor what is not a number.
_MOST_DIGITS = 60


def setting(title: str = "", /, **values: object) -> Fix:
    """Return the fix that gives keywords their values."""
    return Fix(
        title or f"write {' and '.join(f'{key}: {_shown(one)}' for key, one in values.items())}",
        tuple(Edit("set", key, one) for key, one in values.items()),
    )


def _shown(value: object) -> str:
    return "null" if value is None else str(value)


def renaming(key: str, new: str) -> Fix:
    """Return the fix that spells a keyword another way."""
    return Fix(f"spell {key} as {new}", (Edit("rename", key, new),))


def is_editable(doc: Document) -> bool:
    """Whether the header is one; in a YAML file without ``metadata`` it is part of the content."""
    return doc.format != "yaml" or (isinstance(doc.tree, dict) and "metadata" in doc.tree)


def removal(key: str) -> Fix:
    """Return the fix that takes a keyword out."""
    return Fix(f"remove {key}", (Edit("remove", key),))


def tidying(title: str, *what: str) -> Fix:
    """Return the fix that sets the whole file right in some respects, in that order."""
    return Fix(title, tuple(Edit("whole", value=name) for name in what))


def instrument_of(ctx: Context) -> str | None:
    """Return what belongs into INSTRUME, `None` where the camera is not known."""
    if ctx.camera is None:
        return None
    # A camera's own file declares what registries call the instrument; no reader compares it.
    return ctx.camera.instrument if ctx.type.name == "camera" else ctx.profile.instrument_of(ctx.camera)


def certain(name: str, doc: Document, ctx: Context) -> object | None:
    """Return what belongs into a keyword, as far as path, camera and header leave no doubt; else `None`.

    `None` also stands for a keyword that is best not there.
    """
    if name == "OBSTYPE":
        return ctx.type.obstype
    if name == "INSTRUME":
        return instrument_of(ctx)
    if name == "DETECTOR":
        return ctx.detector.id if ctx.detector else None
    if name == "FILTER":
        if ctx.type.has_filter:
            return ctx.filter.name if ctx.filter else None
        return ctx.profile.no_filter
    if name == "CALIBCLS":
        return ctx.type.calibcls or None
    if name == "DET_NAME":
        return ctx.detector.name if ctx.detector else None
    if name in ctx.type.schema_keys:
        return _schema(name, doc, ctx)
    if name == "CALIB_ID":
        return _calib_id(doc, ctx)
    if name in ("CALIBDATE", "CALIB_CREATION_DATE", "CALIB_CREATION_TIME"):
        return _date(name, doc, ctx)
    return None


def _schema(name: str, doc: Document, ctx: Context) -> object | None:
    """Return the type's schema or version, unless there are several and the header does not say which."""
    from curator.calibrations.header.keywords import find_version

    key = find_version(doc.header, ctx.type)
    version = doc.header.get(key) if key else None
    known = version == ctx.type.schema_values[1] and type(version) in (int, float)
    if not known and (len(ctx.type.versions) > 1 or version is not None):
        return None
    return ctx.type.schema_values[ctx.type.schema_keys.index(name)]


def _date(name: str, doc: Document, ctx: Context) -> str | None:
    from curator.calibrations.time.dates import format_date
    from curator.checks.fixing.parse_loose_dates import iso, read_moment

    if name == "CALIBDATE" and ctx.profile.calibdate == "start":
        return format_date(ctx.start) if ctx.start is not None else None
    made = creation(doc, ctx)
    if made is None:
        return None
    moment = read_moment(made)
    assert moment is not None  # it was put together from one
    text = iso(moment)
    return text if name == "CALIBDATE" else text[:10] if name.endswith("DATE") else text[11:]


def creation(doc: Document, ctx: Context) -> str | None:
    """Return day and time of creation, if the header tells both and nothing in it says otherwise."""
    from curator.checks.fixing.parse_loose_dates import iso, read_moment

    header = doc.header
    day, time = header.get("CALIB_CREATION_DATE"), header.get("CALIB_CREATION_TIME")
    texts = [f"{day}T{time}" if isinstance(day, str) and isinstance(time, str) else day, header.get("DATE")]
    if ctx.profile.calibdate == "creation":
        date = read_moment(header["CALIBDATE"]) if isinstance(header.get("CALIBDATE"), str) else None
        # Where it is the start of validity, the header was never made for this profile.
        if date is not None and (date.utc != ctx.start or day is not None):
            texts.append(header["CALIBDATE"])
    known: list[str] = []
    for text in texts:
        moment = read_moment(text) if isinstance(text, str) else None
        if moment is not None and moment.utc is not None:
            known.append(iso(moment))
    whole = [one for one in known if len(one) > 10]
    agree = len({one[:10] for one in known}) == 1 and len({one[:19] for one in whole}) == 1
    return whole[0] if agree else None


def _calib_id(doc: Document, ctx: Context) -> str | None:
    """Return the identification that the other keywords give; all of them must be there, and right."""
    from curator.calibrations.header.keywords import make_calib_id
    from curator.checks.rules.shared.header_dates import moment
    from curator.checks.rules.shared.path_agreement import is_detector_id, is_filter, is_instrument

    header = doc.header
    instrument, number, date = header.get("INSTRUME"), header.get("DETECTOR"), header.get("CALIBDATE")
    right = (
        isinstance(instrument, str)
        and ctx.camera is not None
        and is_instrument(ctx, instrument)
        and moment(date) is not None
        and not ctx.doubted & {"INSTRUME", "DETECTOR", "FILTER", "CALIBDATE"}
    )
    if ctx.type.has_detector:
        right = right and ctx.detector is not None and type(number) is int and is_detector_id(ctx, number)
    if ctx.type.has_filter:
        right = right and ctx.filter is not None and is_filter(ctx, str(header.get("FILTER")))
    if not right:
        return None
    return make_calib_id(
        instrument=instrument,
        detectorName=ctx.detector.name if ctx.detector else None,
        detector=ctx.detector.id if ctx.detector else None,
        filter=ctx.filter.name if ctx.filter else None,
        calibDate=date,
    )


def written_value(text: str, expected: tuple[type, ...]) -> object | None:
    """Return the number or truth value that stands in quotes, if no other text is its usual form."""
    word = text.strip()
    if bool in expected and word.lower() in ("true", "false"):
        return word.lower() == "true"
    for kind in (int, float):
        if kind in expected:
            try:
                number = kind(word)
            except ValueError:
                continue
            if repr(number) == word:
                return number if len(word) <= _MOST_DIGITS and word not in ("nan", "inf", "-inf") else None
    return None


def reading(path: str, code: str, raw: bytes, line: int) -> Fix | None:
    """Return the fix for what kept a file from being read, `None` if a person has to decide.

    There is one for a byte-order mark, tabs, other separators than those of the file, and a duplicate line.
    """
    if code == "CUR007":
        return tidying("remove the byte-order mark", "byte-order mark")
    there = b"".join(raw.split(b"\n", line)[line - 1 : line]) if line > 0 else b""
    pasted = any(mark in there for mark in (b",", b";", b"|", b"\t", b"\xc2\xa0"))
    if code in ("CUR001", "CUR010", "CUR011") and pasted:
        from curator.formats.ecsv.separators import with_own_separators

        if b"".join(with_own_separators(raw).split(b"\n", line)[line - 1 : line]) != there:
            return tidying("write the separators of this file", "separators")
    if code in ("CUR001", "CUR010") and b"\t" in there and _can_tidy(path, raw, "tabs"):
        return tidying("replace tabs with spaces", "tabs")
    if code == "CUR015" and line > 0 and raw.startswith(b"# "):
        lines = raw.split(b"\n", line)[:line]
        if len(lines) == line and lines[-1].startswith(b"# - ") and lines[-1] in lines[:-1]:
            return Fix("remove the duplicate line", (Edit("text", line=line),))
    return None


def _can_tidy(path: str, raw: bytes, what: str) -> bool:
    """Return whether a file can be set right in one respect, so that no fix is promised that is refused."""
    from curator.errors import FormatError
    from curator.formats.edit.tidy import tidied

    try:
        return tidied(path, raw, what) != raw
    except FormatError:
        return False
