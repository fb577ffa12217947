"""What is known of header keywords, for the rules about them."""

from __future__ import annotations

from curator.calibrations.header.keywords import KEYWORDS, schema_keywords

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.calibrations.types.types import DatasetType

__all__ = ["DASHES", "OTHERS", "TYPES", "UNITS", "types_of"]

_NUMBER = (int, float)
# Keywords besides the table's that writers and readers of these files agree on.
TYPES: dict[str, type | tuple[type, ...]] = {
    **{name: entry.type for name, entry in KEYWORDS.items() if "{" not in name},
    **dict.fromkeys(("CALIBCLS", "DET_NAME", "DETECTOR_NAME", "RAFTNAME", "SLOTNAME", "TIMESYS"), str),
    **dict.fromkeys(("DATE", "MODE", "LEVEL", "CROSSTALK_RATIOS_UNITS"), str),
    **dict.fromkeys(("DET_SER", "DETECTOR_SERIAL"), (str, int)),
    **dict.fromkeys(("NAMP", "KERNEL_DX", "KERNEL_DY"), int),
    **dict.fromkeys(("HAS_CROSSTALK", "HAS_LINEARITY", "HAS_TABLE", "OVERRIDE"), bool),
}
OTHERS = frozenset({"SOURCE", "VERSION", "TYPE", "HISTORY", "DEPRECATED", "CROSSTALK_SHAPE", "DEFECTTYPE"})
# Units that need no astropy to be known.
UNITS = frozenset(
    (
        *("", "%", "percent", "pct", "nm", "Angstrom", "angstrom", "AA", "um", "micron", "mm", "cm", "m"),
        *("pix", "pixel", "adu", "electron", "ct", "count", "ph", "photon", "V"),
        *("electron/adu", "electron / adu"),
        *("s", "h", "d", "K", "deg", "arcsec", "arcmin"),
    )
)
# What people write for no unit, in lower case.
DASHES = frozenset({"-", "--", "none", "null", "n/a", "na", "unitless", "fraction", "dimensionless"})


def types_of(dataset_type: DatasetType) -> dict[str, tuple[type, ...]]:
    """Return the types that the value of each keyword may have."""
    if dataset_type.name not in _types_of:
        types = {
            key: (_NUMBER if one is float else one if isinstance(one, tuple) else (one,))
            for key, one in TYPES.items()
        }
        types.update((version, _NUMBER) for _, version in schema_keywords(dataset_type))
        _types_of[dataset_type.name] = types
    return _types_of[dataset_type.name]


_types_of: dict[str, dict[str, tuple[type, ...]]] = {}
