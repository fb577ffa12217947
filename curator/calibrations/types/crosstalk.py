"""Crosstalk between the amplifiers of a detector, and from other detectors."""

from __future__ import annotations

from collections.abc import Mapping

from curator.calibrations.header.keywords import find_keyword
from curator.calibrations.types.tree import TreeCalibration, numbers
from curator.calibrations.types.types import DatasetType
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from curator.calibrations.cameras.camera import Detector
    from curator.formats.fits.fits import TableData

__all__ = ["TYPE", "Crosstalk"]

# Entry of the YAML form: column of the table.
_MATRICES = {
    "coeffs": "CT_COEFFS",
    "coeffErr": "CT_ERRORS",
    "coeffNum": "CT_COUNTS",
    "coeffValid": "CT_VALID",
    "coeffsSqr": "CT_COEFFS_SQR",
    "coeffErrSqr": "CT_ERRORS_SQR",
    "ampGainRatios": "CT_AMP_GAIN_RATIOS",
    "fitGains": "CT_FIT_GAINS",
}
_DTYPES = {"coeffNum": "int64", "coeffValid": "bool"}
_FLOATS = frozenset((float, int))
_KINDS = {"coeffValid": frozenset((bool, int, float))}
_KEYWORDS = {
    "hasCrosstalk": "HAS_CROSSTALK",
    "nAmp": "NAMP",
    "crosstalkShape": "CROSSTALK_SHAPE",
    "crosstalkRatiosUnits": "CROSSTALK_RATIOS_UNITS",
    "detectorName": "DETECTOR_NAME",
    "detectorSerial": "DETECTOR_SERIAL",
    "detectorId": "DETECTOR",
    "instrument": "INSTRUME",
}


class Crosstalk(TreeCalibration):
    """Coefficients ``c[i, j]``: what a pixel of amplifier j adds to the one read at the same time in i.

    HDU1 is one row with every matrix flattened, amplifier by amplifier; HDU2 a row per source detector.
    ``CROSSTALK_RATIOS_UNITS`` says whether the ratios are of ``adu`` or of ``electron``.
    """

    _marks = ("coeffs",)
    _keywords = _KEYWORDS
    _known = frozenset(_MATRICES) | {"interChip"}

    @classmethod
    def _is_plain_tree(cls, tree: Mapping[str, Any], header: Mapping[str, Any]) -> bool:
        from curator.calibrations.fits.exportable import are_numbers

        matrices = [(key, tree[key]) for key in _MATRICES if tree.get(key) is not None]
        between = tree.get("interChip") or {}
        return (
            tree.get("coeffs") is not None
            and all(are_numbers(one, _KINDS.get(key, _FLOATS)) for key, one in matrices)
            and isinstance(between, dict)
            and all(map(are_numbers, between.values()))
            and len({len(one) for one in between.values()}) <= 1
        )

    @classmethod
    def _tables_of(cls, tree: Mapping[str, Any], metadata: dict[str, Any]) -> list[TableData]:
        from curator.formats.fits.fits import FitsColumn, TableData

        if tree.get("coeffs") is None:
            raise CalibrationError("coeffs is missing", keyword="coeffs")
        columns = [
            FitsColumn(column, numbers(tree[key], key, _DTYPES.get(key, "float64")).reshape(1, -1))
            for key, column in _MATRICES.items()
            if tree.get(key) is not None
        ]
        _complete(metadata, tree)
        tables = [TableData("CROSSTALK", columns)]
        if between := tree.get("interChip"):
            if not isinstance(between, Mapping):
                raise CalibrationError(
                    "interChip must map detector names to coefficients", keyword="interChip"
                )
            tables.append(_between_chips(between))
        return tables

    def _tree_of(self, tables: list[TableData]) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        arrays = {column.name: column.array for column in tables[0].columns}
        for key, column in _MATRICES.items():
            if column in arrays:
                tree[key] = arrays[column].ravel().tolist()
        if len(tables) > 1:
            names, coefficients = (column.array for column in tables[1].columns)
            tree["interChip"] = {
                str(name): values.tolist() for name, values in zip(names, coefficients, strict=True)
            }
        return tree

    @classmethod
    def blank(cls, metadata: dict[str, Any], detector: Detector | None = None) -> Self:
        """Return the crosstalk of a detector that has none: every coefficient 0."""
        import numpy as np

        count = max(1, len(detector.amplifiers) if detector else 1)
        zeros = np.zeros((1, count * count))
        return cls.from_arrays(
            {
                **metadata,
                "HAS_CROSSTALK": True,
                "NAMP": count,
                "CROSSTALK_SHAPE": [count, count],
                "CROSSTALK_RATIOS_UNITS": "electron",
            },
            {
                "CT_COEFFS": zeros,
                "CT_ERRORS": zeros,
                "CT_COUNTS": np.zeros((1, count * count), np.int64),
                "CT_VALID": np.ones((1, count * count), bool),
            },
        )


def _complete(metadata: dict[str, Any], tree: Mapping[str, Any]) -> None:
    # Readers of the table ask for both, and know the YAML form without them.
    import math

    if find_keyword(metadata, "HAS_CROSSTALK") is None:
        metadata["HAS_CROSSTALK"] = True
    if find_keyword(metadata, "NAMP") is None:
        metadata["NAMP"] = math.isqrt(numbers(tree["coeffs"], "coeffs").size)


def _between_chips(between: Mapping[str, Any]) -> TableData:
    import numpy as np

    from curator.formats.fits.fits import FitsColumn, TableData

    rows = [numbers(values, f"interChip {name}").ravel() for name, values in between.items()]
    if len({len(row) for row in rows}) > 1:
        raise CalibrationError("interChip matrices differ in size", keyword="interChip")
    names = np.array([str(name) for name in between])
    return TableData(
        "INTERCHIP", [FitsColumn("IC_SOURCE_DET", names), FitsColumn("IC_COEFFS", np.array(rows))]
    )


TYPE = Crosstalk._type = DatasetType(
    name="crosstalk",
    obstype="CROSSTALK",
    dimensions=("detector",),
    formats=("ecsv", "yaml"),
    storage_class="CrosstalkCalib",
    calibration=Crosstalk,
    # of the matrices taken apart, a row for each element
    row_key=("TARGET", "SOURCE", "IC_SOURCE_DET"),
    calibcls="lsst.ip.isr.crosstalk.CrosstalkCalib",
    schema_values=("Gen3 Crosstalk", 1.2),
    versions=(1.0, 1.1, 1.2),
    summary="crosstalk between amplifiers and detectors",
)
