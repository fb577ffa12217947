"""CUR0xx: can the file be read at all, and by everybody?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from curator.checks.context import severity_of, shown
from curator.checks.finding import Edit, Fix
from curator.checks.fixes import tidying
from curator.checks.keywords import OTHERS, TYPES
from curator.checks.rule import RULES, rule
from curator.checks.slips import is_slip
from curator.name_lookup import did_you_mean, nearest

if TYPE_CHECKING:
    from curator.checks.context import Context
    from curator.checks.finding import Finding
    from curator.formats.document import Document, Place

__all__: list[str] = []

_ATTRIBUTES = ("name", "datatype", "unit", "description", "format", "subtype")
_UNDECIDED = frozenset({"TODO", "FIXME", "TBD", "XXX", "CHANGEME", "TBC", "???"})


@rule("CUR001", "file cannot be read", scope="read")
def unreadable() -> Iterator[Finding]:
    r"""Nothing else can be said of a file that is neither ECSV nor YAML, so nothing else is.

    Bad::

        # meta: !!omap
        # - {OBSTYPE: defects
        # - {INSTRUME: ExampleCam}
    """
    yield from ()


@rule("CUR002", "file is too large", scope="read")
def too_large() -> Iterator[Finding]:
    r"""Text that people edit is small; what is larger than 64 MiB belongs into an image or an archive.

    Bad::

        size: 67108865
    """
    yield from ()


@rule("CUR003", "file is not UTF-8", scope="read")
def wrong_encoding() -> Iterator[Finding]:
    r"""Readers take text as UTF-8, and refuse or garble anything else, such as Latin-1.

    Bad::

        # - {SOURCE: "mesur\xe9 de nuit"}

    Good::

        # - {SOURCE: "mesuré de nuit"}
    """
    yield from ()


@rule("CUR004", "unfinished merge", scope="read")
def conflict_marker() -> Iterator[Finding]:
    r"""Git leaves both versions between markers; somebody has to choose.

    Bad::

        x0 y0 width height
        <<<<<<< HEAD
        10 20 1 4
        =======
        10 20 1 5
        >>>>>>> night

    Good::

        x0 y0 width height
        10 20 1 5
    """
    yield from ()


@rule("CUR005", "lines end as on Windows", severity="warning")
def carriage_return(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""Every line of the file then differs from its version before, so the history no longer tells who
    changed what.

    `curator fix` mends it.

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
            f"{count} lines end with a carriage return",
            hint="save the file with Unix line ends (LF)",
            topic="lines end with a carriage return",
            fix=tidying("end every line as on Unix", "line ends"),
        )


@rule("CUR006", "tab character", severity="warning")
def tab(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""A tab looks like blanks and is none: columns are separated by single blanks, and YAML refuses tabs
    as indent.

    `curator fix` mends it, but for tabs inside a text.

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
            hint="use blanks",
            topic="tab character",
            fix=tidying("write blanks for tabs", "tabs"),
        )


@rule("CUR007", "byte-order mark", scope="read")
def byte_order_mark() -> Iterator[Finding]:
    r"""Three invisible bytes that some editors put in front; readers then do not find `%ECSV` in the
    first line.

    `curator fix` mends it.

    Bad::

        \xef\xbb\xbf# %ECSV 1.0

    Good::

        # %ECSV 1.0
    """
    yield from ()


@rule("CUR008", "template not filled in")
def unfilled(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""Somebody copied a template and left a placeholder standing.

    Bad::

        # - {SOURCE: "{chip_id}.fits"}

    Bad::

        # - {DETECTOR: {chip_id}}

    Good::

        # - {SOURCE: "S10.fits"}
    """
    for key, value in doc.header.items():
        if (
            type(value) is str
            and "{" not in value
            and "%(" not in value
            and value.strip().upper() not in _UNDECIDED
        ):
            continue
        placeholder = _placeholder(value)
        if placeholder:
            yield ctx.finding(
                doc.value_at(key),
                f"{key} still holds the placeholder {shown(placeholder)}",
                hint="write the value, or remove the keyword if it is optional",
                topic=f"{key} holds a placeholder",
                keyword=key,
            )


def _placeholder(value: Any) -> str:
    """Return the placeholder in a header value: ``{name}``, ``${name}``, ``{{ name }}``, ``%(name)s``,
    ``TODO``.
    """
    if isinstance(value, dict):  # {chip_id} without quotes is a YAML mapping of one key without a value
        names = [key for key, inner in value.items() if inner is None]
        return f"{{{names[0]}}}" if len(value) == len(names) == 1 else ""
    if not isinstance(value, str):
        return ""
    if value.strip().upper() in _UNDECIDED:
        return value.strip()
    for opening, closing in (("{", "}"), ("%(", ")s")):
        start = value.find(opening)
        end = value.find(closing, start + 1)
        inner = value[start + len(opening) : end].strip("{} ")
        if 0 <= start < end and inner.replace("_", "").replace(".", "").isalnum() and not inner.isdigit():
            return value[start : end + len(closing)]
    return ""


@rule("CUR009", "blanks at the end of a line", severity="info")
def trailing(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""Editors take them away without asking, and the next change then seems to touch lines that nobody
    edited; so does a last line without an end.

    `curator fix` mends it.

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
    blanks = tidying("take the blanks at line ends away", "trailing blanks", "last newline")
    if at >= 0:
        line = raw.count(b"\n", 0, at) + 1
        text = ctx.line(line)
        place = (line, len(text.rstrip()) + 1, len(text) + 1)
        yield ctx.finding(
            place, "blanks at the end of a line", hint="`curator fix` takes them away", fix=blanks
        )
    else:
        line = raw.count(b"\n") + 1
        yield ctx.finding(
            (line, len(ctx.line(line)) + 1, 0),
            "the last line has no end",
            hint="`curator fix` adds it",
            fix=tidying("end the last line", "last newline"),
        )


@rule("CUR010", "row of another length than the header", scope="read")
def row_length() -> Iterator[Finding]:
    r"""A value or a blank too few or too many; astropy refuses the whole file.

    `curator fix` mends it where tabs stand for blanks.

    Bad::

        x0 y0 width height
        10 20 1
    Good::

        x0 y0 width height
        10 20 1 4
    """
    yield from ()


@rule("CUR011", "cell does not fit its column", scope="read")
def cell_type() -> Iterator[Finding]:
    r"""The header declares the column's type, and readers refuse what does not fit or read it as
    something else.

    Bad::

        x0 y0 width height
        10 20 1 4.5

    Good::

        x0 y0 width height
        10 20 1 4
    """
    yield from ()


@rule("CUR012", "YAML tag runs code", scope="read")
def unsafe_tag() -> Iterator[Finding]:
    r"""Tags can make a reader call any function; only PropertyList, tuple, Box2I and Point2I are understood.

    Bad (crosstalk.yaml)::

        metadata: !!python/object/new:subprocess.Popen [ls]
    """
    yield from ()


@rule("CUR013", "not a regular file", scope="read")
def not_a_file() -> Iterator[Finding]:
    r"""Symbolic links and submodules lead out of the repository; what is behind them has no history here.

    Bad::

        link: /etc/hostname
    """
    yield from ()


@rule("CUR014", "YAML beyond limits", scope="read")
def beyond_limits() -> Iterator[Finding]:
    r"""Aliases expand without bound, and deep nesting crashes readers; calibrations need neither.

    Bad (crosstalk.yaml)::

        coeffs: &all [0.0, 1.0e-4]
        interChip: {S11: *all}
    """
    yield from ()


@rule("CUR015", "key stands twice", scope="read")
def duplicate_key() -> Iterator[Finding]:
    r"""Readers silently take the last one, people read the first.

    `curator fix` mends it if the two lines are the same.

    Bad::

        # - {DETECTOR: 1}
        # - {DETECTOR: 0}

    Good::

        # - {DETECTOR: 0}
    """
    yield from ()


@rule("CUR021", "curator could not judge this", scope="read")
def unjudged() -> Iterator[Finding]:
    r"""A bug in curator: a rule, or what reads the file, failed on it. All other findings stand, and the exit
    status is 3. Please report it with the log that the message names.

    No severity, suppression, baseline or selection silences it, and no kept result holds it.

    Bad::

        bug: a rule raises TypeError
    """
    yield from ()


@rule("CUR022", "character that only some readers end a line at", scope="read")
def odd_break() -> Iterator[Finding]:
    r"""A line of a table ends with a newline, and nowhere else. Astropy also ends it at a vertical tab, a
    form feed, a separator (U+001C to U+001E), a next line (U+0085), U+2028, U+2029, and a carriage return
    alone: one row for people and other readers is two for astropy.

    Bad::

        x0 y0 width height
        10 20 1 4\x0b11 20 1 4
    """
    yield from ()


@rule("CUR024", "header entry that nobody reads")
def unread(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""A keyword stands below `meta` in ECSV and below `metadata` in YAML. Readers drop a keyword that stands
    beside it without a word, and also what a column declares besides name, datatype, unit, description,
    format, subtype and meta.

    Bad (linearizer)::

        VALIDEND: '2021-01-01T00:00:00'

    Bad::

        # - {name: width, units: pix, datatype: int32}

    Good (linearizer)::

        metadata:
          VALIDEND: '2021-01-01T00:00:00'
    """
    places = doc.unread if doc.format == "ecsv" else _beside_metadata(doc, ctx)
    below = "meta" if doc.format == "ecsv" else "metadata"
    whole = _misnamed(doc) if severity_of(RULES["CUR026"], ctx.config) == "error" else None
    for place in places:
        key = place[-1]
        if place == (whole,):
            continue  # CUR026 knows what was meant
        if len(place) == 1:
            yield ctx.finding(
                _place_beside(doc, key),
                f"{key} stands beside {below}, where nobody reads it",
                hint=f"move it below {below}",
                keyword=key.upper(),
            )
        elif not is_slip(doc, place):  # else CUR132 knows what was meant
            yield ctx.finding(
                doc.at(*place),
                f"column {place[1]} has {shown(key)}, which nobody reads",
                hint=did_you_mean(nearest(key, _ATTRIBUTES), "take it out"),
                topic=f"a column has {shown(key)}",
            )


def _beside_metadata(doc: Document, ctx: Context) -> list[tuple[str, ...]]:
    """Return the top-level keys of a YAML file that are keywords of a header, not entries of its type."""
    tree = doc.tree
    if not isinstance(tree, dict) or "metadata" not in tree:
        return []
    entries = getattr(ctx.type.calibration, "_keywords", ())
    return [
        (key,)
        for key, value in tree.items()
        if type(key) is str
        and key not in entries
        and (key.isupper() or (key.islower() and (key.upper() in TYPES or key.upper() in OTHERS)))
        and not isinstance(value, dict)
    ]


def _place_beside(doc: Document, key: str) -> Place | tuple[int, int, int]:
    """Return where a keyword stands beside the header; it may stand in the header too."""
    mark = f"# {key}:" if doc.format == "ecsv" else f"{key}:"
    at = doc.raw.find(f"\n{mark}".encode("utf-8", "replace"))
    if at < 0:
        return doc.at(key)
    return (doc.raw.count(b"\n", 0, at) + 2, mark.index(key) + 1, len(mark))


@rule("CUR025", "Git LFS pointer", scope="read")
def pointer() -> Iterator[Finding]:
    r"""Git LFS left three lines in the place of the file. Text that people edit belongs into git itself,
    where its changes can be seen.

    Bad::

        text: ExampleCam/defects/s00/20200101T000000.ecsv
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 12345
    """
    yield from ()


@rule("CUR026", "header is a list, or has another name", alone=True)
def listed(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""Without `!!omap`, the lines below `meta` are a list, in which no reader finds a keyword; nor does one
    look below any other name than `meta` in ECSV and `metadata` in YAML.

    `curator fix` mends it.

    Bad (defects, obs_base)::

        # meta:
        # - {OBSTYPE: defects}
        # - {INSTRUME: ExampleCam}
        # - {DETECTOR: 0}
        # - {FILTER: null}
        # - {CALIBDATE: '2020-01-01T00:00:00'}
    """
    value = doc.header.get("meta")
    right = "meta" if doc.format == "ecsv" else "metadata"
    if (name := _misnamed(doc)) is not None:
        yield _renamed(doc, ctx, name, right)
    if len(doc.header) == 1 and isinstance(value, list) and doc.format == "ecsv":
        place = doc.at("meta")
        line = doc.raw.count(b"\n", 0, max(doc.raw.find(b"\n# meta:"), 0)) + 2
        written = ctx.line(line).rstrip() == "# meta:"
        yield ctx.finding(
            (line, 3, 8) if written else place,
            "the keywords below meta are a list, in which nobody finds them",
            hint="write meta: !!omap",
            fix=Fix("write meta: !!omap", (Edit("text", value="meta: !!omap", line=line, start=3, end=8),))
            if written
            else None,
        )


def _misnamed(doc: Document) -> str | None:
    """Return the name that all of the header stands below, where it is not the one that readers know."""
    if doc.format == "ecsv":
        beside = () if doc.header else tuple(place[0] for place in doc.unread if len(place) == 1)
        return next(
            (key for key in beside if key.lower() == "metadata" or nearest(key.lower(), ["meta"])), None
        )
    tree = doc.tree
    if not isinstance(tree, dict) or "metadata" in tree:
        return None
    return next(
        (
            key
            for key, value in tree.items()
            if type(key) is str and isinstance(value, dict) and "OBSTYPE" in value
        ),
        None,
    )


def _renamed(doc: Document, ctx: Context, name: str, right: str) -> Finding:
    mark = f"# {name}:" if doc.format == "ecsv" else f"{name}:"
    at = (b"\n" + doc.raw).find(f"\n{mark}".encode())
    line, start, end = doc.raw.count(b"\n", 0, max(at, 0)) + 1, mark.index(name) + 1, len(mark)
    return ctx.finding(
        (line, start, end) if at >= 0 else doc.at(name),
        f"the keywords stand below {shown(name)}, where nobody finds them",
        hint=f"write {right}",
        fix=Fix(f"write {right}", (Edit("text", value=right, line=line, start=start, end=end),))
        if at >= 0
        else None,
    )


@rule("CUR016", "unmerged in the index", scope="read")
def unmerged() -> Iterator[Finding]:
    r"""A merge left both sides of this file in the index; there is no one version to check or to commit.

    Bad::

        unmerged: yes
    """
    yield from ()
