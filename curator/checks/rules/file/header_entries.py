"""CUR008, CUR024 and CUR026: does the header stand where readers look for it, and is it filled in?"""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.context import severity_of, shown
from curator.checks.model.finding import Edit, Fix
from curator.checks.model.rule import RULES, rule
from curator.checks.rules.shared.keywords import OTHERS, TYPES
from curator.checks.rules.shared.lost_values import is_slip
from curator.name_lookup import did_you_mean, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document, Place

__all__: list[str] = []

_ATTRIBUTES = ("name", "datatype", "unit", "description", "format", "subtype")
_UNDECIDED = frozenset({"TODO", "FIXME", "TBD", "XXX", "CHANGEME", "TBC", "???"})


@rule("CUR008", "template not filled in")
def unfilled(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""The file was copied from a template, and still contains a placeholder. Write the value.

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
                f"{key} still has the placeholder {shown(placeholder)}",
                hint="write the value, or remove the keyword if it is optional",
                topic=f"{key} has a placeholder",
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


@rule("CUR024", "header entry that no reader uses")
def unread(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""Keywords belong under `meta` in ECSV and under `metadata` in YAML. Readers silently drop a keyword in
    another place. They also drop entries of a column other than name, datatype, unit, description, format,
    subtype and meta.

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
                f"{key} is next to {below}, where no reader reads it",
                hint=f"move it under {below}",
                keyword=key.upper(),
            )
        elif not is_slip(doc, place):  # else CUR132 knows what was meant
            yield ctx.finding(
                doc.at(*place),
                f"column {place[1]} has {shown(key)}, which no reader reads",
                hint=did_you_mean(nearest(key, _ATTRIBUTES), "remove it"),
                topic=f"a column has {shown(key)}",
                subject=key,
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


@rule("CUR026", "header is a list, or is not called meta", alone=True)
def listed(doc: Document, ctx: Context) -> Iterator[Finding]:
    r"""Without `!!omap`, the lines below `meta` are a list, and readers find no keyword in it. Readers also
    look for keywords only under the names `meta` in ECSV and `metadata` in YAML.

    `curator fix` fixes it.

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
            "the keywords under meta are a list, in which no reader finds them",
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
        f"the keywords are under {shown(name)}, where no reader finds them",
        hint=f"write {right}",
        fix=Fix(f"write {right}", (Edit("text", value=right, line=line, start=start, end=end),))
        if at >= 0
        else None,
        subject=name,
    )
