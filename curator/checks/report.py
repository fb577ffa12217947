"""Findings for people, for programs, and for the pages of a pull request: one renderer each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    from curator.checks.engine import Report
    from curator.checks.finding import Finding

__all__ = ["RENDERERS", "render_github", "render_json", "render_text"]

Paint: TypeAlias = "Callable[..., str]"

WIDTH = 160
FEW = 3
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def _unpainted(text: str, *styles: str) -> str:
    return text


def render_text(report: Report, *, verbose: bool = False, paint: Paint = _unpainted) -> str:
    """Return findings as people read them.

    The same mistake in many files is one entry with a count and the first paths, unless ``verbose``; what is
    only worth a note is counted, unless ``verbose``.
    """
    from curator.checks.rule import find_rule

    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(report.findings):
        if finding.severity == "info" and not verbose:
            continue
        key = (number,) if verbose else (finding.code, finding.severity, finding.topic)
        groups.setdefault(key, []).append(finding)
    blocks = []
    for group in groups.values():
        files = len({one.path for one in group})
        if files < FEW:
            blocks += [_entry(one, find_rule(one.code).name, paint) for one in group]
        else:
            blocks.append(_folded(group, files, find_rule(group[0].code).name, paint))
    blocks.append(_summary(report, verbose, paint))
    return "\n".join(blocks)


def _entry(finding: Finding, name: str, paint: Paint) -> str:
    place = paint(f"{_safe(finding.path)}:{finding.line}:{finding.column}:", "bold")
    lines = [f"{place} {_label(finding, paint)} {name}"]
    shown = _excerpt(finding, paint)
    lines += shown or [f"    {_safe(finding.message)}"]
    if finding.hint:
        lines.append(f"    hint: {_safe(finding.hint)}")
    return "\n".join(lines)


def _label(finding: Finding, paint: Paint) -> str:
    label = paint(finding.code, "bold", _COLOURS[finding.severity])
    return label if finding.severity == "error" else f"{label} ({finding.severity})"


def _excerpt(finding: Finding, paint: Paint) -> list[str]:
    """Return the offending line with a mark below it, and the message beside the mark."""
    if not finding.source.strip():
        return []
    at = min(finding.column - 1, len(finding.source))
    cut = max(0, at - WIDTH // 2) if len(finding.source) > WIDTH else 0
    before, after = finding.source[cut:at], finding.source[at : cut + WIDTH]
    length = max(1, min(finding.end - finding.column, len(after))) if finding.end else 1
    dots = "…" if cut else ""
    number = f"{finding.line:>6} | "
    margin = " " * (len(number) - 2) + "| "
    mark = " " * len(dots + _safe(before)) + paint(
        "^" * len(_safe(after[:length]) or "^"), _COLOURS[finding.severity]
    )
    line = f"{number}{dots}{_safe(before)}{_safe(after)}"
    more = "…" if len(finding.source) > cut + WIDTH else ""
    return [f"{line}{more}", f"{margin}{mark} {_safe(finding.message)}"]


def _folded(group: list[Finding], files: int, name: str, paint: Paint) -> str:
    first = group[0]
    times = f"{len(group)} times in {files} files" if len(group) > files else f"in {files} files"
    lines = [f"{paint(times, 'bold')}: {_label(first, paint)} {name}", f"    {_safe(first.message)}"]
    if first.message != first.topic:
        lines[-1] = f"    first: {_safe(first.message)}"
    if first.hint and all(one.hint == first.hint for one in group):
        lines.append(f"    hint: {_safe(first.hint)}")
    paths = list(dict.fromkeys(f"{_safe(one.path)}:{one.line}" for one in group))
    lines += [f"      {path}" for path in paths[:FEW]]
    if len(paths) > FEW:
        lines.append(f"      … and {len(paths) - FEW} more (--verbose lists them)")
    return "\n".join(lines)


def _summary(report: Report, verbose: bool, paint: Paint) -> str:
    files = f"{report.checked} file{'' if report.checked == 1 else 's'} checked"
    counts = [
        paint(f"{count} {word}{'' if count == 1 else 's'}", _COLOURS[severity])
        for severity, word in (("error", "error"), ("warning", "warning"), ("info", "note"))
        if (count := report.count(severity))
    ]
    if report.suppressed:
        counts.append(f"{report.suppressed} suppressed")
    text = f"{files}: {', '.join(counts) if counts else 'nothing found'}"
    notes = report.count("info")
    return f"{text} (--verbose shows the note{'' if notes == 1 else 's'})" if notes and not verbose else text


def _safe(text: str) -> str:
    """Escape what could steer a terminal, or is no text at all."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(one) for one in text)


def _escaped(one: str) -> str:
    if one.isprintable():
        return one
    if "\udc80" <= one <= "\udcff":  # a byte of a file name that is not UTF-8
        return f"\\x{ord(one) - 0xDC00:02x}"
    return " " if one == "\t" else one.encode("unicode_escape", "backslashreplace").decode("ascii")


def render_json(report: Report, **_: object) -> str:
    """Return one JSON object: every finding, never folded."""
    import json

    keys = ("code", "severity", "path", "line", "column", "message", "hint")
    findings = [{key: getattr(finding, key) for key in keys} for finding in report.findings]
    return json.dumps({"version": 1, "findings": findings, "checked": report.checked}, indent=1)


def render_github(report: Report, **_: object) -> str:
    """Return GitHub's workflow commands, which show each finding beside its line."""
    return "\n".join(_annotations(report))


def _annotations(report: Report) -> Iterator[str]:
    from curator.checks.rule import find_rule

    kinds = {"error": "error", "warning": "warning", "info": "notice"}
    for finding in report.findings:
        facts = {
            "file": finding.path,
            "line": finding.line,
            "col": finding.column,
            "title": f"{finding.code} {find_rule(finding.code).name}",
        }
        properties = ",".join(f"{key}={_property(str(value))}" for key, value in facts.items())
        text = f"{finding.message}\nhint: {finding.hint}" if finding.hint else finding.message
        yield f"::{kinds[finding.severity]} {properties}::{_data(text)}"
    counts = f"{report.count('error')} errors, {report.count('warning')} warnings"
    yield f"{report.checked} files checked: {counts}"


def _data(text: str) -> str:
    text = "".join(one if one == "\n" else _escaped(one) for one in text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


RENDERERS: dict[str, Callable[..., str]] = {"text": render_text, "json": render_json, "github": render_github}
