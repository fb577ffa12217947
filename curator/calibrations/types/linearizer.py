"""Correction of a detector's response so that it is linear in the light."""

from __future__ import annotations

from collections.abc import Mapping

from curator.calibrations.header.keywords import find_keyword
from curator.calibrations.types.tree import TreeCalibration, numbers, ragged
from curator.calibrations.types.types import DatasetType
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from curator.calibrations.cameras.camera import Detector
    from curator.formats.fits.fits import TableData

__all__ = ["TYPE", "Linearizer"]

# Entry of an amplifier: column of the table. Entries not named here keep their name.
_COLUMNS = {
    "linearityType": "TYPE",
    "linearityCoeffs": "COEFFS",
    "fitParams": "FIT_PARAMS",
    "fitParamsErr": "FIT_PARAMS_ERR",
    "fitChiSq": "RED_CHI_SQ",
    "fitResiduals": "FIT_RES",
    "linearFit": "LIN_FIT",
}
_BOX = ("BBOX_X0", "BBOX_Y0", "BBOX_DX", "BBOX_DY")
_PLAIN = frozenset((*_COLUMNS, "linearityBBox"))
_LARGEST = 1 << 20
_KEYWORDS = {
    "detectorId": "DETECTOR",
    "detectorName": "DET_NAME",
    "detectorSerial": "DET_SER",
    "instrument": "INSTRUME",
    "hasLinearity": "HAS_LINEARITY",
    "hasTable": "HAS_TABLE",
    "override": "OVERRIDE",
}


class Linearizer(TreeCalibration):
    """Per amplifier a type of correction, its coefficients, and the box it holds in; perhaps a look-up table.

    HDU1 is a row per amplifier, HDU2 a row per line of the look-up table, whose entries are added to the raw
    value [adu].
    """

    _marks = ("amplifiers",)
    _keywords = _KEYWORDS
    _known = frozenset({"amplifiers", "tableData"})

    @classmethod
    def _is_plain_tree(cls, tree: Mapping[str, Any], header: Mapping[str, Any]) -> bool:
        amplifiers = tree.get("amplifiers")
        if not isinstance(amplifiers, dict) or not all(isinstance(one, dict) for one in amplifiers.values()):
            return False
        keys = {key for entry in amplifiers.values() for key in entry}
        return (
            _PLAIN.issuperset(keys)
            and all(type(name) is str for name in amplifiers)
            and all(_is_plain_column(key, [entry.get(key) for entry in amplifiers.values()]) for key in keys)
            and _is_plain_table(tree.get("tableData"))
        )

    @classmethod
    def _tables_of(cls, tree: Mapping[str, Any], metadata: dict[str, Any]) -> list[TableData]:
        from curator.formats.fits.fits import FitsColumn, TableData

        amplifiers = tree.get("amplifiers")
        if not isinstance(amplifiers, Mapping):
            raise CalibrationError("amplifiers must be a mapping", keyword="amplifiers", value=amplifiers)
        if find_keyword(metadata, "HAS_LINEARITY") is None:
            metadata["HAS_LINEARITY"] = True
        tables = [TableData("LINEARIZER", _amplifier_columns(amplifiers))]
        if table := tree.get("tableData"):
            values = numbers(table, "tableData")
            if values.ndim != 2:
                raise CalibrationError("tableData must be a list of lists of one length", keyword="tableData")
            tables.append(TableData("LOOKUP", [FitsColumn("LOOKUP_VALUES", values)]))
        return tables

    def _tree_of(self, tables: list[TableData]) -> dict[str, Any]:
        tree: dict[str, Any] = {"amplifiers": _amplifier_entries(tables[0])}
        if len(tables) > 1:
            tree["tableData"] = tables[1].columns[0].array.tolist()
        return tree

    @classmethod
    def blank(cls, metadata: dict[str, Any], detector: Detector | None = None) -> Self:
        """Return the linearizer of a detector that is linear: a polynomial without terms for each amplifier.

        The boxes divide the detector into vertical stripes, one for each amplifier.
        """
        from curator.formats.yaml.reader import Box

        names = detector.amplifiers if detector and detector.amplifiers else ("C00",)
        width = detector.width if detector and detector.width else len(names)
        height = detector.height if detector and detector.height else 1
        edges = [width * index // len(names) for index in range(len(names) + 1)]
        amplifiers = {
            name: {
                "linearityType": "Polynomial",
                "linearityCoeffs": [0.0],
                "linearityBBox": Box(edges[index], 0, edges[index + 1] - 1, height - 1),
                "fitParams": [0.0],
                "fitParamsErr": [0.0],
                "fitChiSq": 0.0,
            }
            for index, name in enumerate(names)
        }
        return cls.from_tree({"metadata": {**metadata, "HAS_LINEARITY": True}, "amplifiers": amplifiers})


def _is_plain_column(key: str, values: list[Any]) -> bool:
    from curator.calibrations.fits.exportable import are_numbers
    from curator.formats.yaml.reader import Box

    if key == "linearityBBox":
        boxes = (one for one in values if one is not None)
        return all(
            isinstance(one, Box) and max(map(abs, (one.x0, one.y0, one.x1, one.y1))) < _LARGEST
            for one in boxes
        )
    if type(values[0]) is str:
        return all(type(one) is str for one in values)
    return all(map(are_numbers, values)) or (key != "linearityCoeffs" and are_numbers(values))


def _is_plain_table(table: Any) -> bool:
    from curator.calibrations.fits.exportable import are_numbers

    if not table:
        return True
    return type(table) is list and all(map(are_numbers, table)) and len(set(map(len, table))) == 1


def _amplifier_columns(amplifiers: Mapping[str, Any]) -> list[Any]:
    import numpy as np

    from curator.formats.fits.fits import FitsColumn

    entries = list(amplifiers.values())
    if not all(isinstance(entry, Mapping) for entry in entries):
        raise CalibrationError("each amplifier must be a mapping", keyword="amplifiers")
    columns = [FitsColumn("AMPLIFIER_NAME", np.array([str(name) for name in amplifiers], dtype=np.str_))]
    keys = dict.fromkeys([*_COLUMNS, *(key for entry in entries for key in entry)])
    for key in keys:
        if key == "linearityBBox":
            continue
        if any(entry.get(key) is not None for entry in entries) or key in (
            "linearityType",
            "linearityCoeffs",
        ):
            columns.append(_amplifier_column(key, [entry.get(key) for entry in entries]))
    boxes = [_corners(name, entry.get("linearityBBox")) for name, entry in amplifiers.items()]
    corners = np.array(boxes, np.int32).reshape(-1, 4)
    # Readers take columns by name; the box stands where they write it.
    place = 1 + [column.name for column in columns].index("COEFFS")
    columns[place:place] = [FitsColumn(name, corners[:, index]) for index, name in enumerate(_BOX)]
    return columns


def _amplifier_column(key: str, values: list[Any]) -> Any:
    import numpy as np

    from curator.formats.fits.fits import FitsColumn

    name = _COLUMNS.get(key, key)
    present = [value for value in values if value is not None]
    if present and all(isinstance(value, str) for value in present):
        return FitsColumn(name, np.array([value or "" for value in values], dtype=np.str_))
    if any(isinstance(value, list | tuple) for value in present) or key == "linearityCoeffs":
        return FitsColumn(name, ragged([[] if value is None else value for value in values], key))
    return FitsColumn(name, numbers([np.nan if value is None else value for value in values], key))


def _corners(name: str, box: Any) -> tuple[int, int, int, int]:
    from curator.formats.yaml.reader import Box

    if box is None:
        return (0, 0, 0, 0)
    if not isinstance(box, Box):
        raise CalibrationError(
            f"linearityBBox of amplifier {name} is not a Box2I", keyword="linearityBBox", value=box
        )
    corners = (box.x0, box.y0, box.width, box.height)
    if not all(-(2**31) <= one < 2**31 for one in corners):
        raise CalibrationError(
            f"linearityBBox of amplifier {name} is larger than any detector",
            keyword="linearityBBox",
            value=box,
        )
    return corners


def _amplifier_entries(table: TableData) -> dict[str, Any]:
    from curator.formats.yaml.reader import Box

    arrays = {column.name: column.array for column in table.columns}
    keys = {column: key for key, column in _COLUMNS.items()}
    entries: dict[str, Any] = {}
    for index, name in enumerate(arrays.pop("AMPLIFIER_NAME").tolist()):
        entry: dict[str, Any] = {}
        x0, y0, dx, dy = (int(arrays[column][index]) for column in _BOX)
        for column, array in arrays.items():
            if column not in _BOX:
                entry[keys.get(column, column)] = array[index].tolist()
        if dx or dy:
            entry["linearityBBox"] = Box(x0, y0, x0 + dx - 1, y0 + dy - 1)
        entries[name] = entry
    return entries


TYPE = Linearizer._type = DatasetType(
    name="linearizer",
    obstype="LINEARIZER",
    dimensions=("detector",),
    formats=("yaml", "ecsv"),
    storage_class="Linearizer",
    calibration=Linearizer,
    row_key=("AMPLIFIER_NAME",),
    calibcls="lsst.ip.isr.linearize.Linearizer",
    schema_values=("Gen3 Linearizer", 1.1),
    versions=(1.0, 1.1, 1.2, 1.3, 1.4, 1.5),
    summary="correction of non-linear response",
)
