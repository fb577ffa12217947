"""What stands under the cursor, explained in Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curator.calibrations.header.glossary import column_term, entry_term, keyword_term

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Detector, Filter
    from curator.calibrations.header.glossary import Term
    from curator.editing.assist.cursor_context import Surroundings
    from curator.formats.edit.at_cursor import Spot

__all__ = ["explain", "explain_detector", "explain_filter", "explain_rule", "literal"]

_CODE = re.compile(r"CUR[0-9]{3}")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~&])")


def literal(text: str, most: int = 200) -> str:
    """Return text from a file for Markdown that shows it as it is: no link, no image, no HTML."""
    short = text if len(text) <= most else f"{text[: most - 1]}…"
    printed = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in short)
    return _SPECIAL.sub(r"\\\1", printed)


def explain(spot: Spot, here: Surroundings) -> str:
    """Return what stands at ``spot``; empty where there is nothing to say."""
    if spot.part in ("key", "value") and (found := _CODE.fullmatch(spot.text)):
        return explain_rule(found[0])
    if spot.part == "value":
        return _value(spot, here) or _named(spot, here)
    if spot.part in ("key", "cell"):
        return _named(spot, here)
    return ""


def explain_rule(code: str) -> str:
    """Return the text of a rule; empty where there is none of that code."""
    from curator.checks.model.rule import RULES, all_rules
    from curator.checks.model.rule_examples import parse_text

    if code not in RULES:
        all_rules()
    if code not in RULES:
        return ""
    rule = RULES[code]
    text = parse_text(rule.text)
    lines = [f"**{rule.code}** {rule.name} ({rule.severity})", "", text.explanation]
    for example in text.examples:
        about = f" ({example.about})" if example.about else ""
        lines += ["", f"{example.kind}{about}:", "```", *example.lines, "```"]
    return "\n".join(lines)


def explain_detector(detector: Detector) -> str:
    """Return a detector's name, id, size and serial number."""
    facts = [f"**{literal(detector.name)}**, detector {detector.id}"]
    if detector.width and detector.height:
        inferred = " (inferred)" if detector.size_from else ""
        facts.append(f"{detector.width} × {detector.height} pixels{inferred}")
    if detector.serial:
        facts.append(f"serial {literal(detector.serial)}")
    if detector.type:
        facts.append(f"type {literal(detector.type)}")
    if detector.amplifiers:
        shown = ", ".join(map(literal, detector.amplifiers[:16]))
        more = len(detector.amplifiers) - 16
        order = " (order unknown)" if detector.amplifiers_from else ""
        facts.append(f"amplifiers {shown}{f' and {more} more' if more > 0 else ''}{order}")
    return "  \n".join(facts)


def explain_filter(found: Filter) -> str:
    """Return a filter's name, band, other names and directory."""
    facts = [f"**{literal(found.name)}**, physical filter"]
    if found.band:
        facts.append(f"band {literal(found.band)}")
    if found.aliases:
        facts.append(f"also {', '.join(map(literal, found.aliases))}")
    facts.append(f"directory {literal(found.directory)}")
    return "  \n".join(facts)


def _value(spot: Spot, here: Surroundings) -> str:
    key, camera = spot.key.upper(), here.camera
    if camera is None or here.is_config:
        return ""
    if key in ("DETECTOR", "DET_NAME", "DETECTOR_NAME", "DETECTORID", "DETECTORNAME"):
        detector = camera.find_detector(spot.text)
        return explain_detector(detector) if detector else ""
    if key == "FILTER":
        found = camera.find_filter(spot.text)
        return explain_filter(found) if found else ""
    if key == "INSTRUME" and camera.is_instrument(spot.text):
        names = ", ".join(map(literal, camera.aliases))
        many = f"{len(camera.detectors)} detectors, {len(camera.filters)} filters"
        return f"**{literal(camera.instrument)}**: {many}" + (f"  \nalso {names}" if names else "")
    if key == "OBSTYPE" and here.type is not None and here.type.summary:
        return f"**{here.type.name}**: {here.type.summary}"
    return ""


def _named(spot: Spot, here: Surroundings) -> str:
    term = _term(spot, here)
    if term is None:
        return _interchip(spot, here)
    lines = [f"**{literal(term.name)}**: {term.meaning}"]
    unit = spot.sibling("unit") if spot.path == ("datatype",) else ""
    if unit:
        lines.append(f"Unit: {literal(unit)}")
    if term.holds:
        lines.append(f"Holds: {term.holds}")
    if term.values:
        name = "Units that readers accept" if spot.part == "cell" or spot.path == ("datatype",) else "One of"
        lines.append(f"{name}: {', '.join(term.values)}")
    if term.readers:
        lines.append(f"Read by: {term.readers}")
    if term.source:
        lines.append(f"Source: {term.source}")
    return "  \n".join(lines)


def _interchip(spot: Spot, here: Surroundings) -> str:
    if spot.part == "key" and here.camera is not None and spot.path[:1] in (("interChip",), ("detKernels",)):
        detector = here.camera.find_detector(spot.text)
        return explain_detector(detector) if detector else ""
    return ""


def _term(spot: Spot, here: Surroundings) -> Term | None:
    if here.is_config:
        return entry_term((*spot.path, spot.key), "config") if spot.key else None
    if here.type is None:
        return keyword_term(spot.key, None, here.profile)
    if spot.part == "cell":
        return column_term(spot.key, here.type)
    if here.ecsv and spot.path == ("datatype",):
        return column_term(spot.sibling("name"), here.type)
    if here.ecsv or spot.path == ("metadata",):
        return keyword_term(spot.key, here.type, here.profile)
    if here.type.name == "camera" or spot.path or not spot.key.isupper():
        found = entry_term((*spot.path, spot.key), here.type.schema) if spot.key else None
        return (
            found if found is not None and found.meaning else keyword_term(spot.key, here.type, here.profile)
        )
    return keyword_term(spot.key, here.type, here.profile)
