"""The record of what a calibration was made from: ``<valid start>.inputs.yml`` beside its text.

It says the same whenever it is written, so that a second import finds it as it is; who imported it, and when,
is in git.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from curator.editing.fits_import.convert_content import content_digest
from curator.errors import EditingError

if TYPE_CHECKING:
    from curator.editing.fits_import.convert_content import ConvertedText
    from curator.editing.fits_import.convert_header import Header
    from curator.editing.fits_import.fits_reader import Foreign
    from curator.editing.fits_import.infer_validity import InferredRange
    from curator.editing.fits_import.pending_import import Construction, PendingImport, PipelineFile

__all__ = ["OLD_SUFFIX", "SUFFIX", "compose_record", "record_bytes"]

SUFFIX = ".inputs.yml"
OLD_SUFFIX = ".inputs.yaml"
VERSION = 1
_FACTS = ("run", "dataset", "dataset_type", "quantum")
# A person reads it: longer texts are named, by their digest.
MAX_TEXT = 64 * 1024
MAX_TEXTS = 256 * 1024
MAX_SOFTWARE = 1000


def compose_record(
    foreign: Foreign,
    arrival: PendingImport,
    validity: InferredRange,
    header: Header,
    text: ConvertedText,
    data_ids: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Return what the record of one calibration says.

    Parameters
    ----------
    text : ConvertedText
        What stands beside it.
    data_ids : mapping of str to mapping
        What a registry knows of datasets among the inputs, by their ids.
    """
    record: dict[str, Any] = {"schema_version": VERSION, "source": _source(foreign, arrival, text)}
    record["validity"] = None
    if validity.certified:
        end = validity.end.isoformat() if validity.end else None
        record["validity"] = {"start": validity.start.isoformat(), "end": end}
    if inputs := [_input(one, data_ids) for one in foreign.parts.inputs]:
        record["inputs"] = inputs
    count = foreign.parts.facts.get("n_inputs")
    if isinstance(count, int) and not isinstance(count, bool) and count > len(inputs):
        record["n_inputs"] = count
    record.update(_construction(arrival.construction))
    different = {
        "added": list(header.added),
        "changed": {key: _flat(value) for key, value in header.changed.items()},
        "left_out": {key: _flat(value) for key, value in header.left_out.items()},
    }
    if any(different.values()):
        record["header"] = {key: value for key, value in different.items() if value}
    if text.columns:
        record["columns"] = dict(text.columns)
    return record


def _source(foreign: Foreign, arrival: PendingImport, text: ConvertedText) -> dict[str, str]:
    facts = {key: foreign.parts.facts.get(key) for key in _FACTS}
    source = {key: value for key, value in facts.items() if isinstance(value, str) and value}
    if foreign.origin is not None:
        first = foreign.first
        source |= {"repository": first["GITREPO"], "path": first["GITPATH"], "commit": first["GITSHA"]}
    # What a registry says of a dataset is more than what stands in its file.
    return {
        "file": os.path.basename(foreign.name),
        "sha256": foreign.sha256,
        "content": content_digest(foreign, text),
        **source,
        **arrival.source,
    }


def _input(found: Mapping[str, Any], data_ids: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    known = data_ids.get(str(found.get("dataset", "")), {})
    return {key: _flat(value) for key, value in {**known, **found}.items()}


def _construction(found: Construction) -> dict[str, Any]:
    record: dict[str, Any] = {}
    if found.software:
        names = sorted(found.software)[:MAX_SOFTWARE]
        record["software"] = {name: found.software[name] for name in names}
    if found.pipeline:
        record["pipeline"] = list(_documents(found.pipeline))
    return record


def _documents(found: Sequence[PipelineFile]) -> list[dict[str, Any]]:
    from curator.formats.edit.new_file import Literal

    room = MAX_TEXTS
    documents = []
    for one in found:
        facts = ("dataset_type", "dataset", "file", "sha256")
        entry: dict[str, Any] = {name: value for name in facts if (value := getattr(one, name))}
        if 0 < (size := len(one.text)) <= min(MAX_TEXT, room):
            entry["text"] = Literal(one.text)
            room -= size
        documents.append(entry)
    return documents


def _flat(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_flat(one) for one in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    return value if isinstance(value, float) and value - value == 0 else str(value)


def record_bytes(record: Mapping[str, Any], path: str) -> bytes:
    """Return a record as YAML, inputs a line each.

    Raises
    ------
    EditingError
        It is not as ``schemas/inputs.schema.json`` has it.
    """
    from curator.calibrations.schema.schemas import violations
    from curator.formats.edit.new_file import FlowMap, write_yaml

    for wrong in violations("inputs", record):
        keys = ".".join(map(str, wrong.path))
        raise EditingError(f"the record cannot be written: {wrong.message}", path=path, keyword=keys)
    shown = dict(record)
    if "inputs" in shown:
        shown["inputs"] = [FlowMap(one) for one in shown["inputs"]]
    return write_yaml(shown)
