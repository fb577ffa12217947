"""Cameras as calibrations."""

from __future__ import annotations

from collections.abc import Mapping

from curator.calibrations.cameras.tables import DETECTOR, FILTER, are_plain, camera_text, entries, table
from curator.calibrations.header.keywords import find_keyword
from curator.calibrations.types.tree import TreeCalibration
from curator.calibrations.types.types import DatasetType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.formats.fits.fits import TableData

__all__ = ["TYPE", "CameraCalibration"]


class CameraCalibration(TreeCalibration):
    """A camera as a calibration: HDU1 its detectors, HDU2 its filters; a list of names is one JSON cell."""

    _marks = ("detectors",)
    _first = "DETECTORS"
    _keywords = {"name": "CAMERA", "aliases": "ALIASES", "start": "OPSTART"}
    _known = frozenset({"detectors", "filters"})

    @classmethod
    def _is_plain_tree(cls, tree: Mapping[str, Any], header: Mapping[str, Any]) -> bool:
        return are_plain(DETECTOR, tree.get("detectors")) and are_plain(FILTER, tree.get("filters"))

    @classmethod
    def _tables_of(cls, tree: Mapping[str, Any], metadata: dict[str, Any]) -> list[TableData]:
        return [table("DETECTORS", DETECTOR, tree), table("FILTERS", FILTER, tree)]

    def _tree_of(self, tables: list[TableData]) -> dict[str, Any]:
        detectors, filters = tables
        return {"detectors": entries(detectors, DETECTOR), "filters": entries(filters, FILTER)}

    def to_tree(self) -> dict[str, Any]:
        """Return what the camera's own file holds."""
        tree = super().to_tree()
        for key, keyword in self._keywords.items():
            if found := find_keyword(tree["metadata"], keyword):
                tree[key] = tree["metadata"].pop(found)
        aliases = tree.get("aliases", [])
        return {
            **tree,
            "aliases": [aliases] if isinstance(aliases, str) else aliases,
            "start": tree.get("start"),
        }

    def _tree_text(self) -> bytes:
        return camera_text(self.to_tree())


TYPE = CameraCalibration._type = DatasetType(
    name="camera",
    obstype="CAMERA",
    dimensions=(),
    formats=("yaml",),
    storage_class="CuratedCamera",
    calibration=CameraCalibration,
    # The class has moved, and Butlers have recorded where it was.
    pytype="curator.calibrations.camera.CameraCalibration",
    row_key=("name",),
    schema_values=("Camera", 1.0),
    versions=(1.0,),
    registry_name="curated_camera",
    summary="detectors, filters and names of an instrument",
)
