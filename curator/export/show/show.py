"""A calibration, text or FITS, as lines for people: at most 80 columns, nothing that steers a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, TypeAlias

from curator.calibrations.header.keywords import get_keyword
from curator.calibrations.types.types import find_type
from curator.counts import counted
from curator.export.provenance.origin import committed_origin, text_origin
from curator.export.show.cells import escape, head, plain

if TYPE_CHECKING:
    from curator.formats.fits.fits import TableData
    from curator.repository.layout.paths import CalibPath
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

    At: TypeAlias = tuple[Repository, Commit]

__all__ = ["WIDTH", "Subject", "show", "show_facts", "subject_lines"]

WIDTH = 80
_INDENT = 12
_SHOWN_ELSEWHERE = {
    "OBSTYPE",
    "INSTRUME",
    "DETECTOR",
    "FILTER",
    "VALIDSTART",
    "VALIDEND",
    "HISTORY",
    "DEPRECATED",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be shown of a file, whatever its format."""

    title: str
    header: Mapping[str, Any]
    facts: Sequence[tuple[str, str]]
    notes: Sequence[str]
    tables: Sequence[TableData]


def show(path: str | PathLike[str], rows: int = 10, at: At | None = None) -> Iterator[str]:
    """Return the lines that describe a calibration.

    Parameters
    ----------
    path : path
        An ``.ecsv``, ``.yaml`` or ``.fits`` file.
    rows : int
        How many rows of each table to show.
    at : (Repository, Commit), optional
        Where ``path``, a text, is to be found; it is relative to the root of the repository.

    Raises
    ------
    CuratorError
        The file cannot be read as a calibration.
    """
    return subject_lines(_subject(path, at), rows)


def subject_lines(subject: Subject, rows: int = 10) -> Iterator[str]:
    """Yield the lines that describe a calibration that was read."""
    yield from _wrapped(subject.title, 0)
    yield from _facts(_identity(subject.header) + list(subject.facts))
    if subject.notes:
        yield ""
        yield "notes"
        for note in subject.notes:
            yield from _wrapped(note, 2)
    own = [(str(key), _value(value)) for key, value in subject.header.items() if key not in _SHOWN_ELSEWHERE]
    if own:
        yield ""
        yield "header"
        yield from _facts(own)
    for number, table in enumerate(subject.tables, 1):
        yield ""
        yield from _wrapped(_heading(number, table), 0)
        yield from head(table, rows, WIDTH)


def show_facts(path: str | PathLike[str], rows: int = 10, at: At | None = None) -> dict[str, object]:
    """Return what `show` prints as values for JSON: facts as they are printed, cells as they are.

    Raises
    ------
    CuratorError
        The file cannot be read as a calibration.
    """
    subject = _subject(path, at)
    kind, _, form = subject.title.partition(", ")
    facts: dict[str, list[str]] = {}
    for label, value in _identity(subject.header) + list(subject.facts):
        last = label or next(reversed(facts))  # a fact without a label goes on with the one before
        facts.setdefault(last, []).append(value)
    return {
        "file": fspath(path),
        "dataset_type": kind,
        "form": form.lower(),
        "facts": facts,
        "notes": list(subject.notes),
        "header": {str(key): plain(value) for key, value in subject.header.items()},
        "tables": [
            {
                "name": table.name,
                "rows": table.rows,
                "columns": [
                    {"name": one.name, "unit": one.unit or None, "values": plain(one.array[:rows])}
                    for one in table.columns
                ],
            }
            for table in subject.tables
        ],
    }


def _subject(path: str | PathLike[str], at: At | None) -> Subject:
    name = fspath(path)
    if at is not None:
        repository, commit = at
        return _from_text(name, commit.read(name), committed_origin(repository, commit, name))
    if name.lower().endswith((".fits", ".fit")):
        return _from_fits(name)
    from os.path import realpath

    from curator.formats.files.bounded_io import read_bounded

    raw = read_bounded(realpath(name))
    return _from_text(name, raw, text_origin(name, raw))


def _from_text(name: str, raw: bytes, came_from: tuple[list[tuple[str, str]], list[str]]) -> Subject:
    from curator.calibrations.types.base import read_text
    from curator.export.provenance.stamp import comment_note
    from curator.formats.read import read_document

    document = read_document(name, raw)
    place = _place(name)
    kind = find_type(place.dataset_type) if place else None
    calibration = read_text(name, raw, kind.calibration if kind else None)
    header = dict(document.header)
    origin, notes = came_from
    notes += _listed(header.pop("HISTORY", None))
    notes += [comment_note(comment, len(document.row_lines)) for comment in document.comments]
    facts = [("valid", _validity(header, place.start.isoformat() if place else ""))]
    facts += [*_deprecated(header), *origin]
    return Subject(f"{calibration._type.name}, text", header, facts, notes, calibration.tables())


def _place(name: str) -> CalibPath | None:
    """Return what the path of a text says, wherever its repository is."""
    from os.path import abspath

    from curator.repository.layout.paths import CalibPath

    parts = abspath(name).split("/")
    tails = ("/".join(parts[-size:]) for size in (3, 4, 5))
    return next((parsed for tail in tails if (parsed := CalibPath.try_parse(tail))), None)


def _from_fits(name: str) -> Subject:
    from curator.calibrations.types.base import read_fits
    from curator.export.provenance.source import read_hdus, read_stamped
    from curator.repository.layout.paths import CalibPath

    data = read_stamped(name)
    stamp = read_hdus(data, name)[0].header
    place = CalibPath.try_parse(str(stamp.get("GITPATH", "")))
    kind = find_type(place.dataset_type) if place else None
    calibration = read_fits(data, kind.calibration if kind else None)
    header = dict(calibration.getMetadata())
    facts = [("valid", _validity(stamp, "")), *_deprecated(stamp)]
    facts += _provenance(stamp) if "GITSHA" in stamp else [("source", "no provenance stamp")]
    title = f"{calibration._type.name}, FITS"
    return Subject(title, header, facts, _listed(stamp.get("HISTORY")), calibration.tables())


def _provenance(stamp: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = {
        key: _value(stamp.get(key, "?")) for key in ("GITSHA", "GITAUTH", "GITDATE", "GITSUBJ", "CONTENT")
    }
    return [
        ("repository", _value(stamp.get("GITREPO", "?"))),
        ("source", _value(stamp.get("GITPATH", "?"))),
        ("commit", said["GITSHA"]),
        ("", f"{said['GITDATE']} {said['GITAUTH']}: {said['GITSUBJ']}"),
        ("blob", _value(stamp.get("GITBLOB", "?"))),
        ("content", said["CONTENT"]),
    ]


def _identity(header: Mapping[str, Any]) -> list[tuple[str, str]]:
    named = {"type": "OBSTYPE", "instrument": "INSTRUME", "detector": "DETECTOR", "filter": "FILTER"}
    values = ((label, get_keyword(header, keyword)) for label, keyword in named.items())
    return [(label, _value(value)) for label, value in values if value is not None]


def _validity(header: Mapping[str, Any], start: str) -> str:
    """Return the validity range as far as one file says it; an end may follow from the next file."""
    first, end = get_keyword(header, "VALIDSTART"), get_keyword(header, "VALIDEND")
    since = _value(first) if first not in (None, "") else start
    until = f", until before {_value(end)} (UTC)" if end not in (None, "") else " (UTC), no end written"
    return f"from {since}{until}" if since else "no validity written"


def _deprecated(header: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what it is not to be used for, as it is written."""
    return [("deprecated", one) for one in _listed(get_keyword(header, "DEPRECATED"))]


def _listed(notes: object) -> list[str]:
    if notes is None:
        return []
    return [str(note) for note in notes] if isinstance(notes, list) else [str(notes)]


def _heading(number: int, table: TableData) -> str:
    rows = len(table.columns[0].array) if table.columns else 0
    name = f" {table.name}" if table.name else ""
    return f"table {number}{name}: {counted(rows, 'row')}"


def _facts(facts: Sequence[tuple[str, str]]) -> Iterator[str]:
    widest = max((len(escape(label)) for label, _ in facts), default=0)
    indent = min(max(widest + 4, _INDENT), WIDTH // 2)
    for label, value in facts:
        lines = list(_wrapped(value, indent)) or [""]
        label = f"  {escape(label)}"
        if len(label) < indent:
            lines[0] = label.ljust(indent) + lines[0][indent:]
        else:
            yield from _wrapped(label, 0)
        yield from (line.rstrip() for line in lines)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    from textwrap import wrap

    for number, line in enumerate(wrap(escape(text), WIDTH - indent - 2, drop_whitespace=True)):
        yield " " * (indent if number == 0 else indent + 2) + line


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return "none" if value is None else str(value)
