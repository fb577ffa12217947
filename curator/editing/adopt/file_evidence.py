"""What one file says of its camera, its detector and its filter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.header.keywords import find_keyword, parse_calib_id
from curator.editing.adopt.majority_vote import Witness
from curator.errors import CalibrationError

if TYPE_CHECKING:
    from curator.formats.document import Document

__all__ = ["Amplifiers", "FileEvidence"]

_LARGEST = 1_000_000
_NOTHING = (None, "", "None")


class Amplifiers(NamedTuple):
    """Amplifiers in a file's order, the size their boxes cover (`None` if they do not), and where."""

    names: tuple[str, ...]
    size: tuple[int, int] | None
    witness: Witness


class FileEvidence:
    """Takes out of a file what it says, wherever the types keep it."""

    def __init__(self, path: str, doc: Document) -> None:
        self.path = path
        self.doc = doc
        self.tree: dict[str, Any] = doc.tree if isinstance(doc.tree, dict) else {}
        self.calib_id = self._calib_id()

    def instruments(self) -> list[tuple[str, Witness]]:
        return self._texts("INSTRUME")

    def identified(self, part: str) -> list[tuple[str, Witness]]:
        """Return a part of ``CALIB_ID``."""
        text = self.calib_id.get(part)
        if text is None or text in _NOTHING or not text.isprintable():
            return []
        return [(text, self._witness("CALIB_ID", part))]

    def names(self) -> list[tuple[str, Witness]]:
        """Return what it calls its detector; a slot alone may be among it."""
        return [*self._texts("DET_NAME", "DETECTOR_NAME", "detectorName"), *self.identified("detectorName")]

    def joined_names(self) -> list[tuple[str, Witness]]:
        """Return ``raft_slot`` of every raft and slot that it names."""
        rafts = [*self._texts("RAFTNAME"), *self.identified("raftName")]
        slots = [*self._texts("SLOTNAME"), *self.identified("detectorName")]
        return [(f"{raft}_{slot}", witness) for raft, witness in rafts for slot, _ in slots]

    def ids(self) -> Iterator[tuple[int, Witness]]:
        """Return the detector ids it gives; text counts where it is a whole number."""
        from curator.calibrations.cameras.camera import detector_id

        values = [(value, self._witness(key)) for key, value in self._values("DETECTOR", "detectorId")]
        for value, witness in (*values, *self.identified("detector")):
            number = detector_id(value) if isinstance(value, str) else value
            if isinstance(number, int) and not isinstance(number, bool):
                yield number, witness

    def serials(self) -> list[tuple[str, Witness]]:
        return self._texts("DET_SER", "DETECTOR_SERIAL", "detectorSerial")

    def filters(self) -> list[tuple[str, Witness]]:
        return [*self._texts("FILTER"), *self.identified("filter")]

    def sources(self) -> list[str]:
        """Return the detectors whose crosstalk it corrects."""
        between = self.tree.get("interChip")
        names = map(str, between) if isinstance(between, dict) else ()
        return [name for name in names if name.isprintable()]

    def amplifiers(self) -> Amplifiers | None:
        """Return the amplifiers of a curve, a linearizer or a kernel, `None` where there are none."""
        entries, kernels = self.tree.get("amplifiers"), self.tree.get("ampKernels")
        if "amp_name" in self.doc.columns:
            cells = self.doc.columns["amp_name"].values
            names = tuple(dict.fromkeys(str(name) for name in cells if name is not None))
            found = Amplifiers(names, None, self._witness("amp_name"))
        elif isinstance(entries, dict):
            boxes = [entry.get("linearityBBox") for entry in entries.values() if isinstance(entry, dict)]
            found = Amplifiers(tuple(map(str, entries)), _extent(boxes), self._witness("amplifiers"))
        elif isinstance(kernels, dict):
            found = Amplifiers(tuple(map(str, kernels)), None, self._witness("ampKernels"))
        else:
            return None
        return found if found.names and all(name.isprintable() for name in found.names) else None

    def reach(self) -> tuple[int, int]:
        """Return the first column and row beyond every box of a defect list; (0, 0) where there are none."""
        columns = [self.doc.columns.get(name) for name in ("x0", "y0", "width", "height")]
        x0, y0, width, height = (list(one.values) if one else [] for one in columns)
        return _end(x0, width), _end(y0, height)

    def _values(self, *keywords: str) -> Iterator[tuple[str, object]]:
        for keyword in keywords:
            key = find_keyword(self.doc.header, keyword)
            value = self.doc.header[key] if key is not None else self.tree.get(keyword)
            if not isinstance(value, dict | list) and value not in _NOTHING:
                yield key or keyword, value

    def _texts(self, *keywords: str) -> list[tuple[str, Witness]]:
        return [
            (str(value), self._witness(key))
            for key, value in self._values(*keywords)
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).isprintable()
        ]

    def _witness(self, key: str, part: str = "") -> Witness:
        return Witness(self.path, key, f"{part} in {key}" if part else key)

    def _calib_id(self) -> dict[str, str]:
        key = find_keyword(self.doc.header, "CALIB_ID")
        text = self.doc.header[key] if key else None
        try:
            return parse_calib_id(text) if isinstance(text, str) else {}
        except CalibrationError:
            return {}


def _end(starts: list[Any], sizes: list[Any]) -> int:
    pairs = zip(starts, sizes, strict=False)
    return max((int(start + size) for start, size in pairs if _whole(start) and _whole(size)), default=0)


def _whole(value: Any) -> bool:
    return isinstance(value, int | float) and 0 <= value < _LARGEST and value == int(value)


def _extent(boxes: list[Any]) -> tuple[int, int] | None:
    """Return the size of a detector that boxes cover from its first pixel on, without gap or overlap."""
    from curator.formats.yaml.tags import Box

    known = [box for box in boxes if isinstance(box, Box)]
    if not known or len(known) < len(boxes):
        return None
    width, height = 1 + max(box.x1 for box in known), 1 + max(box.y1 for box in known)
    start = (min(box.x0 for box in known), min(box.y0 for box in known))
    covered = sum(box.width * box.height for box in known)
    return (width, height) if start == (0, 0) and covered == width * height else None
