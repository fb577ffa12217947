"""What header keywords, columns and entries mean: one text for hover, completion and help."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from curator.calibrations.header.keywords import KEYWORDS, schema_keywords
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.calibrations.header.profiles import Profile
    from curator.calibrations.types.types import DatasetType

__all__ = [
    "Term",
    "column_term",
    "columns_of",
    "entries_of",
    "entry_term",
    "keyword_term",
    "known_keywords",
]

_NOTE = "DMTN-148, table 4.2"
_RUBIN = "Rubin's readers (ip_isr, obs_base)"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a file, explained.

    Parameters
    ----------
    name : str
    meaning : str
        A few words.
    holds : str
        What its value is: ``text``, ``a whole number``, … with its unit or form.
    source : str
        Who says so.
    readers : str
        What is done with it.
    values : tuple of str
        Everything it may be, where that is a short list.
    """

    name: str
    meaning: str
    holds: str = ""
    source: str = ""
    readers: str = ""
    values: tuple[str, ...] = ()


_DATE = "a quoted date without a zone, 'YYYY-MM-DDTHH:MM:SS' (UTC)"
_HOLDS = {
    "OBSTYPE": "text",
    "INSTRUME": "text",
    "DETECTOR": "a whole number",
    "FILTER": "quoted text",
    "CALIB_ID": "quoted text of key=value pairs",
    "CALIB_CREATION_DATE": "a quoted day, 'YYYY-MM-DD' (UTC)",
    "CALIB_CREATION_TIME": "a quoted time of day, 'HH:MM:SS' (UTC)",
    "CALIBDATE": _DATE,
    "VALIDSTART": _DATE,
    "VALIDEND": _DATE,
}
_READERS = {
    "OBSTYPE": f"{_RUBIN} choose the type by it; it must be that of the directory",
    "INSTRUME": f"{_RUBIN}; it must be the camera of the directory, case does not count",
    "DETECTOR": f"{_RUBIN}; it must be the id of the directory's detector",
    "FILTER": f"{_RUBIN}; its lower-case form, with _ for spaces, is the directory",
    "CALIB_ID": "people, and the export's stamp; it must agree with the other keywords",
    "CALIB_CREATION_DATE": "people, and the export's stamp",
    "CALIB_CREATION_TIME": "people, and the export's stamp",
    "CALIBDATE": f"{_RUBIN}",
    "VALIDSTART": "registries: with it a file is certified; it equals the file's name",
    "VALIDEND": "registries; without it the next file with the same type and data ID ends this one",
}
_OTHERS = {
    term.name: term
    for term in (
        Term("CALIBCLS", "class that Rubin's readers make of the file", "text, a Python class's full name",
             "ip_isr", "ip_isr's readFits takes the class from it"),
        Term("DET_NAME", "name of the detector", "quoted text", "ip_isr", "it must be the directory's"),
        Term("DETECTOR_NAME", "name of the detector", "quoted text", "obs_*_data", "as DET_NAME"),
        Term("DET_SER", "serial number of the detector", "quoted text", "ip_isr",
             "compared with the camera's own file"),
        Term("DETECTOR_SERIAL", "serial number of the detector", "quoted text", "obs_*_data", "as DET_SER"),
        Term("RAFTNAME", "raft of the detector: R22 of R22_S11", "quoted text", "ip_isr"),
        Term("SLOTNAME", "slot of the detector in its raft: S11 of R22_S11", "quoted text", "ip_isr"),
        Term("TIMESYS", "time scale of the dates in this file", "'UTC', nothing else", "FITS standard",
             values=("UTC",)),
        Term("DATE", "time at which the file was written (UTC)", "a quoted date", "FITS standard"),
        Term("MODE", "what each curve describes", "text", "ip_isr", "ip_isr chooses how to read the table",
             ("AMP", "DETECTOR", "IMAGE", "CAMERA")),
        Term("LEVEL", "what each kernel describes", "text", "ip_isr", values=("AMP", "DETECTOR")),
        Term("NAMP", "number of amplifiers", "a whole number", "ip_isr"),
        Term("KERNEL_DX", "width of the kernel [pixels]", "a whole number", "ip_isr"),
        Term("KERNEL_DY", "height of the kernel [pixels]", "a whole number", "ip_isr"),
        Term("HAS_CROSSTALK", "whether to use the coefficients", "true or false", "ip_isr",
             values=("true", "false")),
        Term("HAS_LINEARITY", "whether to use the correction", "true or false", "ip_isr",
             values=("true", "false")),
        Term("HAS_TABLE", "whether the linearizer has a look-up table", "true or false", "ip_isr",
             values=("true", "false")),
        Term("OVERRIDE", "use the correction even if the header of the image disagrees", "true or false",
             "ip_isr", values=("true", "false")),
        Term("CROSSTALK_SHAPE", "rows and columns of the matrix", "[n, n], n amplifiers", "ip_isr"),
        Term("CROSSTALK_RATIOS_UNITS", "unit of the signal to which the ratios apply", "text", "ip_isr",
             values=("adu", "electron")),
        Term("SOURCE", "origin of the numbers: a measurement, a note, a ticket", "text", "obs_*_data"),
        Term("VERSION", "version of SOURCE", "text or a number", "obs_*_data"),
        Term("TYPE", "dataset type, as written by older programs", "text", "obs_*_data"),
        Term("DEFECTTYPE", "kind of defects in the list", "text", "ip_isr"),
        Term("HISTORY", "notes: what was changed, by whom and why", "a list of quoted texts", "curator",
             "`curator note` adds a line"),
        Term("DEPRECATED", "observations for which it must not be used, and why",
             "a list of quoted texts, '<from>/<to>: <reason>', .. is an open side (UTC)", "curator",
             "registries certify it without them; `curator deprecate` writes it"),
    )
}  # fmt: skip


def keyword_term(name: str, dataset_type: DatasetType | None, profile: Profile | None = None) -> Term | None:
    """Return what a header keyword means, `None` where nothing is known of it.

    Parameters
    ----------
    dataset_type : DatasetType or None
        Of the file; the schema keywords bear its name.
    profile : Profile or None
        What `CALIBDATE` is depends on it.
    """
    if name in KEYWORDS:
        one = KEYWORDS[name]
        meaning = one.meaning
        if name == "CALIBDATE" and profile is not None:
            meaning = {
                "creation": "creation date and time (UTC)",
                "start": "start of validity (UTC), the same as in the file name",
            }[profile.calibdate]
        when = "" if one.when == "creation" else ", at certification"
        return Term(name, meaning, _HOLDS[name], _NOTE + when, _READERS[name])
    if dataset_type is not None:
        for schema, version in schema_keywords(dataset_type):
            if name == schema:
                return Term(name, "name of the storage schema", "text", _NOTE, _RUBIN)
            if name == version:
                known = tuple(str(float(one)) for one in dataset_type.versions)
                return Term(name, "version of the storage schema", "a number", _NOTE, _RUBIN, known)
    found = _OTHERS.get(name)
    if found is None and name != name.upper():
        # In another case, or as older writers spell it, it means the same; a finding says how it is spelled.
        return keyword_term(name.upper(), dataset_type, profile)
    return found


def known_keywords(dataset_type: DatasetType, profile: Profile) -> tuple[str, ...]:
    """Return the keywords a file of a type may have: those it must have first."""
    wanted = profile.keywords(dataset_type)
    own = tuple(_described(dataset_type.schema, "header"))
    certified = ("VALIDSTART", "VALIDEND") if profile.certified_by == "VALIDSTART" else ()
    usual = ["CALIBCLS"] if dataset_type.calibcls else []
    usual += ["DET_NAME", "DET_SER", "RAFTNAME", "SLOTNAME"] if dataset_type.has_detector else []
    created = ("CALIB_ID", "CALIB_CREATION_DATE", "CALIB_CREATION_TIME")
    notes = ("SOURCE", "HISTORY", "DEPRECATED", "TIMESYS")
    more = (*certified, *created, *dataset_type.schema_keys, *usual, *notes)
    return tuple(dict.fromkeys((*wanted, *own, *more)))


def column_term(name: str, dataset_type: DatasetType) -> Term | None:
    """Return what a column of a type's table means; its ``values`` are the units that readers know."""
    found = _described(dataset_type.schema, "columns").get(name)
    if found is None:
        return None
    facts = found.get("properties", {})
    units = tuple(one for one in facts.get("unit", {}).get("enum", ()) if one)
    kinds = ", ".join(facts.get("datatype", {}).get("enum", ()))
    return Term(name, found.get("description", ""), kinds, f"schema of {dataset_type.name}", "", units)


def columns_of(dataset_type: DatasetType) -> tuple[str, ...]:
    """Return the columns that the schema of a type names."""
    return tuple(_described(dataset_type.schema, "columns"))


def entry_term(path: tuple[str, ...], schema: str) -> Term | None:
    """Return what an entry of a YAML file means.

    Parameters
    ----------
    path : tuple of str
        The keys that lead to it.
    schema : str
        Name of the schema: a dataset type's, or ``config``.
    """
    node = _node(path, schema)
    if node is None:
        return None
    values = tuple(_written(one) for one in node.get("enum", ()) if one is not None)
    if node.get("type") == "boolean":
        values = ("true", "false")
    source = "schema of curator.yaml" if schema == "config" else f"schema of {schema}"
    return Term(path[-1], str(node.get("description", "")), "", source, "", values)


def entries_of(path: tuple[str, ...], schema: str) -> tuple[str, ...]:
    """Return the keys that may stand below a path of a YAML file."""
    node = _node(path, schema)
    return tuple((node or {}).get("properties", ()))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # YAML 1.1 reads a bare off as false.
    return "'off'" if value == "off" else str(value)


def _node(path: tuple[str, ...], schema: str) -> dict[str, Any] | None:
    root = _schema(schema)
    node: dict[str, Any] | None = root
    if schema != "config":
        node = _resolved(root.get("properties", {}).get("tree"), root)
    for step in path:
        node = _below(node, step, root)
    return node


def _below(node: dict[str, Any] | None, step: str, root: dict[str, Any]) -> dict[str, Any] | None:
    if node is None:
        return None
    found = node.get("properties", {}).get(step)
    if found is None:
        more = node.get("additionalProperties")
        found = more if isinstance(more, dict) else None
    found = _resolved(found, root)
    items = _resolved(found.get("items"), root) if found else None
    if items is not None and "properties" in items:
        return {**items, "description": found.get("description", "")} if found else items
    return found


def _resolved(node: Any, root: dict[str, Any]) -> dict[str, Any] | None:
    if isinstance(node, dict) and isinstance(target := node.get("$ref"), str):
        found: Any = root
        for step in target.removeprefix("#/").split("/"):
            found = found.get(step, {}) if isinstance(found, dict) else {}
        return found if isinstance(found, dict) else None
    return node if isinstance(node, dict) else None


@cache
def _schema(name: str) -> dict[str, Any]:
    from curator.calibrations.schema.schemas import load_schema

    return load_schema(name)


@cache
def _described(schema: str, part: str) -> dict[str, dict[str, Any]]:
    """Return the properties of a type's own header or of its columns, each with its schema."""
    root = _schema(schema)
    waiting = [root.get("properties", {}).get(part)]
    found: dict[str, dict[str, Any]] = {}
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, dict) and str(node.get("$ref", "")).endswith("/header"):
            continue  # what all headers share is told apart
        node = _resolved(node, root)
        if node is None:
            continue
        found.update((name, _resolved(one, root) or {}) for name, one in node.get("properties", {}).items())
        waiting += node.get("allOf", ())
    return found
