"""A registry in one JSON file, which refers to the files of exports."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from curator.registry.errors import UnusableRegistryError
from curator.registry.model.collections import is_label
from curator.registry.model.model import Certified, DataKey, Held, Holding, LabelState, State
from curator.registry.publish.make_plan import compare

TITLE = "toy"
CAVEAT = None


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
        self._content = {"datasets": [], "labels": {}, "ranges": []}
        if file.is_file():
            self._content = json.loads(file.read_text())

    def plan(self, export, label, *, prefer=False):
        held = {
            (DataKey(*key), version): Held(content, file)
            for key, version, content, file in self._content["datasets"]
        }
        labels = {key[1]: self._label(one) for one, (key, *_) in self._by_label().items()}
        state = State(held=held, labels=labels, exists=self._file.is_file())
        return compare(export, label, state, prefer=prefer)

    def _by_label(self):
        return {one["holding"]["label"]: (one["key"], one) for one in self._content["ranges"]}

    def _label(self, name):
        certified = tuple(
            Certified(DataKey(*one["key"]), _date(one["start"]), _date(one["end"]), one["version"])
            for one in self._content["ranges"]
            if one["holding"]["label"] == name
        )
        return LabelState(name, "CALIBRATION", self._content["labels"][name], certified)

    def apply(self, plan):
        for item in plan.ingest:
            self._content["datasets"].append([item.key, item.version, item.content, item.file])
        for item, valid in plan.certify:
            label = plan.labels[item.key.instrument]
            self._content["labels"][label] = plan.export.commit
            start, end = valid.start.isoformat(), valid.end.isoformat() if valid.end else ""
            holding = Holding(
                dataset_type=item.key.dataset_type,
                instrument=item.key.instrument,
                detector=item.detector_name,
                detector_id=item.key.detector,
                physical_filter=item.key.physical_filter,
                start=start,
                end=end,
                run="",
                label=label,
                preferred=False,
                repository=plan.export.repository,
                source=item.gitpath,
                commit=item.gitsha,
                file=item.file,
                content=item.content,
            )
            row = {"key": item.key, "version": item.version, "start": start, "end": end}
            self._content["ranges"].append({**row, "holding": asdict(holding)})
        self._file.write_text(json.dumps(self._content))

    def holdings(self, label=""):
        found = (Holding(**one["holding"]) for one in self._content["ranges"])
        return [one for one in found if not label or is_label(one.label, label)]


def _date(text):
    return datetime.fromisoformat(text) if text else None
