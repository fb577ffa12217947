"""A registry in one JSON file, which refers to the files of exports."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import astuple
from datetime import datetime
from pathlib import Path

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.registries.errors import UnusableRegistryError
from curator.registries.model.collections import is_label
from curator.registries.model.model import Certified, Holding, LabelState, RegisteredDataset, State
from curator.registries.publish.make_plan import compare

TITLE = "toy"
CAVEAT = None
TRANSFER = "direct"


@contextmanager
def open_at(place, mode, wait, notify, storage):
    if mode == "read":
        require(place)
    yield ToyRegistry(Path(place))


def require(place):
    if not Path(place).is_file():
        raise UnusableRegistryError("there is no toy here", path=place)


class ToyRegistry:
    def __init__(self, file: Path) -> None:
        self._file = file
        # Datasets as [data ID, version, content, file]; by label its commit and ranges.
        self._content = {"datasets": [], "labels": {}}
        if file.is_file():
            self._content = json.loads(file.read_text())

    def plan(self, export, label, *, prefer=False):
        held = {
            (DataId(*key), version): RegisteredDataset(content, file)
            for key, version, content, file in self._content["datasets"]
        }
        labels = {
            one["instrument"]: LabelState(
                name,
                "CALIBRATION",
                one["commit"],
                tuple(
                    Certified(DataId(*row["data_id"]), _range(row["range"]), row["version"])
                    for row in one["ranges"]
                ),
            )
            for name, one in self._content["labels"].items()
        }
        return compare(export, label, State(held, labels, exists=self._file.is_file()), prefer=prefer)

    def apply(self, plan):
        for item in plan.ingest:
            self._content["datasets"].append([astuple(item.data_id), item.version, item.content, item.file])
        for item, valid in plan.certify:
            name, instrument = plan.labels[item.data_id.instrument], item.data_id.instrument
            new = {"commit": plan.export.commit, "instrument": instrument, "ranges": []}
            row = {
                "data_id": astuple(item.data_id),
                "version": item.version,
                "range": [date and date.isoformat() for date in valid],
                "repository": plan.export.repository,
                "source": item.gitpath,
                "commit": item.gitsha,
                "file": item.file,
                "content": item.content,
            }
            self._content["labels"].setdefault(name, new)["ranges"].append(row)
        self._file.write_text(json.dumps(self._content))

    def holdings(self, label=""):
        return [
            _holding(name, row)
            for name, one in self._content["labels"].items()
            if not label or is_label(name, label)
            for row in one["ranges"]
        ]


def _holding(label, row):
    return Holding(
        data_id=DataId(*row["data_id"]),
        range=_range(row["range"]),
        run="",
        label=label,
        preferred=False,
        **{name: row[name] for name in ("repository", "source", "commit", "file", "content")},
    )


def _range(dates):
    return ValidityRange(*(date and datetime.fromisoformat(date) for date in dates))
