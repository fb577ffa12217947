"""Brighter-fatter kernels: how charge already collected pushes away what comes after."""

from __future__ import annotations

from collections.abc import Mapping

from curator.calibrations.types.tree import TreeCalibration, numbers, ragged
from curator.calibrations.types.types import DatasetType
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from curator.calibrations.cameras.camera import Detector
    from curator.formats.fits.fits import TableData

__all__ = ["TYPE", "BrighterFatterKernel"]

# Entry of the YAML form, a mapping by amplifier: column of the table.
_COLUMNS = {
    "expIdMask": "EXP_ID_MASK",
    "means": "MEANS",
    "variances": "VARIANCES",
    "rawMeans": "RAW_MEANS",
    "rawVariances": "RAW_VARIANCES",
    "rawXcorrs": "RAW_XCORRS",
    "gain": "GAIN",
    "noise": "NOISE",
    "meanXcorrs": "MEAN_XCORRS",
    "ampKernels": "KERNEL",
    "valid": "VALID",
}
_SCALARS = frozenset({"gain", "noise", "valid"})
_LARGEST_KERNEL = 10_000
_ONLY = {1.0: ("means", "variances"), 1.1: ("expIdMask", "rawMeans", "rawVariances")}
_KEYWORDS = {
    "instrument": "INSTRUME",
    "detectorId": "DETECTOR",
    "detectorName": "DET_NAME",
    "detectorSerial": "DET_SER",
    "level": "LEVEL",
}


class BrighterFatterKernel(TreeCalibration):
    """Kernels per amplifier (``LEVEL`` AMP) or one for the detector (``LEVEL`` DETECTOR).

    HDU1 is a row per amplifier, empty at level DETECTOR, where readers choke on rows; HDU2 a row per
    detector. What a file says of amplifiers at level DETECTOR is kept in HDU3, which no reader looks at.
    """

    _marks = ("detKernels",)
    _keywords = _KEYWORDS
    _known = frozenset(_COLUMNS) | {"detKernels", "badAmps"}

    @classmethod
    def _is_plain_tree(cls, tree: Mapping[str, Any], header: Mapping[str, Any]) -> bool:
        kernels, bad = tree.get("detKernels") or {}, tree.get("badAmps") or []
        return (
            all(_is_plain_entry(key, tree[key]) for key in _COLUMNS if tree.get(key) is not None)
            and _is_plain_entry("detKernels", kernels)
            and type(bad) is list
            and all(type(one) is str for one in bad)
            and (bool(kernels) or not (header.get("KERNEL_DX") or header.get("KERNEL_DY")))
        )

    @classmethod
    def _tables_of(cls, tree: Mapping[str, Any], metadata: dict[str, Any]) -> list[TableData]:
        from curator.formats.fits.fits import TableData

        by_amplifier = {key: _mapping(tree, key) for key in _COLUMNS if tree.get(key) is not None}
        _keep_bad(tree.get("badAmps"), by_amplifier.get("valid", {}), metadata)
        kernels = _mapping(tree, "detKernels") if tree.get("detKernels") else {}
        version = metadata.get("bfk_VERSION", 1.1)
        amplifiers = dict.fromkeys(name for entries in by_amplifier.values() for name in entries)
        if metadata.get("LEVEL", "AMP") != "DETECTOR":
            tables = [TableData("BFK", _amplifier_columns(by_amplifier, list(amplifiers), version))]
            return [*tables, _detectors(kernels, metadata)] if kernels else tables
        tables = [
            TableData("BFK", _amplifier_columns(by_amplifier, [], version)),
            _detectors(kernels, metadata),
        ]
        if amplifiers:
            tables.append(TableData("LEFT", _left_columns(by_amplifier, list(amplifiers))))
        return tables

    def _tree_of(self, tables: list[TableData]) -> dict[str, Any]:
        tree: dict[str, Any] = {key: {} for key in self._entries(tables[0])}
        source = tables[2] if len(tables) > 2 else tables[0]
        arrays = {column.name: column.array for column in source.columns}
        names = [str(name) for name in arrays["AMPLIFIER"].tolist()]
        for key, column in _COLUMNS.items():
            if column in arrays:
                values = [value.tolist() for value in arrays[column]]
                tree[key] = dict(zip(names, map(bool, values) if key == "valid" else values, strict=True))
        bad = [name for name, good in tree.get("valid", {}).items() if not good]
        kept = self._metadata.get("BAD_AMPS", bad)
        tree["badAmps"] = kept if isinstance(kept, list) else [kept]
        tree["detKernels"] = {}
        if len(tables) > 1:
            detectors, kernels = (column.array for column in tables[1].columns)
            tree["detKernels"] = {
                str(name): kernel.tolist() for name, kernel in zip(detectors, kernels, strict=True)
            }
        return tree

    @staticmethod
    def _entries(table: TableData) -> list[str]:
        columns = {column.name for column in table.columns}
        return [key for key, column in _COLUMNS.items() if column in columns]

    @classmethod
    def blank(cls, metadata: dict[str, Any], detector: Detector | None = None) -> Self:
        """Return a kernel of zeros, 17 x 17, for the detector as a whole."""
        size = 17
        return cls.from_tree(
            {
                "metadata": {**metadata, "LEVEL": "DETECTOR", "KERNEL_DX": size, "KERNEL_DY": size},
                **{key: {} for key in _COLUMNS if key not in _ONLY[1.0]},
                "badAmps": [],
                "detKernels": {detector.name if detector else "DETECTOR": [0.0] * size * size},
            }
        )


def _is_plain_entry(key: str, entries: Any) -> bool:
    from curator.calibrations.fits.exportable import are_numbers

    if not isinstance(entries, dict) or not all(type(name) is str for name in entries):
        return False
    if key == "valid":
        return True
    if key in _SCALARS:
        return are_numbers(list(entries.values()))
    kinds = frozenset((float, int, bool))
    return all(are_numbers(one, kinds) for one in entries.values())


def _mapping(tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    if not isinstance(tree[key], Mapping):
        raise CalibrationError(f"{key} must be a mapping", keyword=key, value=tree[key])
    return tree[key]  # type: ignore[no-any-return]


def _keep_bad(bad: Any, valid: Mapping[str, Any], metadata: dict[str, Any]) -> None:
    # Readers derive the list from VALID; it is kept only where it says something else.
    if bad is not None and not isinstance(bad, list | tuple):
        raise CalibrationError("badAmps must be a list", keyword="badAmps", value=bad)
    if bad is not None and list(bad) != [name for name, good in valid.items() if not good]:
        metadata["BAD_AMPS"] = list(bad)


def _amplifier_columns(
    entries: Mapping[str, Mapping[str, Any]], names: list[str], version: object
) -> list[Any]:
    import numpy as np

    from curator.formats.fits.fits import FitsColumn

    # Readers of one version do not know the other's columns, but stumble over a missing one of their own.
    expected = _ONLY[1.0 if version == 1.0 else 1.1]
    columns = [FitsColumn("AMPLIFIER", np.array(names, dtype=np.str_))]
    versioned = {key for only in _ONLY.values() for key in only}
    keys = [key for key in _COLUMNS if key in entries or key in expected or key not in versioned]
    return columns + [_column(key, entries.get(key, {}), names) for key in keys]


def _left_columns(entries: Mapping[str, Mapping[str, Any]], names: list[str]) -> list[Any]:
    import numpy as np

    from curator.formats.fits.fits import FitsColumn

    columns = [FitsColumn("AMPLIFIER", np.array(names, dtype=np.str_))]
    return columns + [_column(key, entries[key], names) for key in _COLUMNS if entries.get(key)]


def _column(key: str, entries: Mapping[str, Any], names: list[str]) -> Any:
    import numpy as np

    from curator.formats.fits.fits import FitsColumn

    if key == "valid":
        values = [bool(entries.get(name, True)) for name in names]
        return FitsColumn("VALID", np.array(values, dtype=np.int64))
    if key in _SCALARS:
        return FitsColumn(_COLUMNS[key], numbers([entries.get(name, np.nan) for name in names], key))
    dtype = "bool" if key == "expIdMask" else "float64"
    return FitsColumn(_COLUMNS[key], ragged([entries.get(name, []) for name in names], key, dtype))


def _detectors(kernels: Mapping[str, Any], metadata: Mapping[str, Any]) -> TableData:
    import numpy as np

    from curator.formats.fits.fits import FitsColumn, TableData

    if kernels:
        values = ragged(list(kernels.values()), "detKernels")
    else:
        size = _pixels(metadata, "KERNEL_DX") * _pixels(metadata, "KERNEL_DY")
        values = np.zeros((0, max(1, size)))
    names = np.array([str(name) for name in kernels], dtype=np.str_)
    return TableData("DETECTORS", [FitsColumn("DETECTOR", names), FitsColumn("KERNEL", values)])


def _pixels(metadata: Mapping[str, Any], key: str) -> int:
    """Return the width or height of a kernel, 0 where it is not given."""
    value = metadata.get(key) or 0
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or not 0 <= value <= _LARGEST_KERNEL:
        raise CalibrationError(
            f"{key} is {value!r:.60}, not a number of pixels up to {_LARGEST_KERNEL:,}",
            keyword=key,
            value=value,
        )
    return value


TYPE = BrighterFatterKernel._type = DatasetType(
    name="bfk",
    obstype="bfk",
    dimensions=("detector",),
    formats=("yaml", "ecsv"),
    storage_class="BrighterFatterKernel",
    calibration=BrighterFatterKernel,
    row_key=("AMPLIFIER", "DETECTOR"),
    calibcls="lsst.ip.isr.brighterFatterKernel.BrighterFatterKernel",
    schema_keys=("bfk_SCHEMA", "bfk_VERSION"),
    schema_values=("Brighter-fatter kernel", 1.1),
    versions=(1.0, 1.1),
    summary="brighter-fatter kernels",
)
