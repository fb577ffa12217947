"""Takes the header of a FITS file that anyone may have written apart.

What stays is the calibration's own; what it was made from goes to the record beside the text. The cards are
those that Rubin's pipelines write: ``CPP_INPUT_0``, ``CPP_INPUT_DATE_0`` (TAI), ``CPP_INPUT_EXPT_0`` by
cp_pipe's combining tasks; ``LSST BUTLER INPUT 0 ID`` and the like by `lsst.daf.butler.DatasetProvenance`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from curator.calibrations.header.keywords import KEYWORDS
from curator.errors import CalibrationError, FormatError
from curator.values import dataclass, field

__all__ = ["IDENTIFICATION", "HeaderParts", "says_nothing", "take_apart"]

IDENTIFICATION = frozenset(
    (
        *(name for name in KEYWORDS if "{" not in name),
        "CALIBCLS",
        "DET_NAME",
        "DETECTOR_NAME",
        "TIMESYS",
        "DATE",
    )
)
_STAMP = frozenset(
    ("CURATOR", "GITREPO", "GITPATH", "GITBLOB", "GITSHA", "GITDATE", "GITAUTH", "GITSUBJ", "CONTENT")
)
_EXPOSURE = re.compile(r"CPP_INPUT_(?:(DATE|EXPT|SCALE)_)?(\d{1,6})\Z", re.IGNORECASE)
_MEANING = {"DATE": "date_tai", "EXPT": "exposure_time", "SCALE": "scale"}
_BUTLER = re.compile(r"LSST[ .]BUTLER[ .](.+)\Z", re.IGNORECASE)
_INPUT = re.compile(r"INPUT[ .](\d{1,6})[ .]([A-Z_]{1,40})\Z", re.IGNORECASE)
_NAMES = {"id": "dataset", "datasettype": "dataset_type"}


@dataclass(frozen=True, slots=True)
class HeaderParts:
    """A header, taken apart.

    Parameters
    ----------
    kept : dict
        Keywords of the calibration, one spelling each, in their order.
    history : tuple of str
    inputs : tuple of dict
        What it was made from: exposures, or datasets.
    facts : dict
        What a Butler said of the dataset itself: ``dataset``, ``run``, ``dataset_type``, ``quantum``,
        ``n_inputs``.
    left_out : dict
        Keywords that text and FITS headers of ours cannot hold.
    """

    kept: dict[str, Any] = field(default_factory=dict)
    history: tuple[str, ...] = ()
    inputs: tuple[dict[str, Any], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    left_out: dict[str, Any] = field(default_factory=dict)


def take_apart(header: Mapping[str, Any], *, exact: bool = False) -> HeaderParts:
    """Return the parts of a header as `curator.formats.fits.fits.read_fits` gives it.

    Parameters
    ----------
    exact : bool
        Keep all of it but ``HISTORY``: curator wrote it, from a text that had all of this.

    Raises
    ------
    CalibrationError
        A keyword is there twice, with two values.
    """
    exposures: dict[int, dict[str, Any]] = {}
    datasets: dict[int, dict[str, Any]] = {}
    facts: dict[str, Any] = {}
    left_out: dict[str, Any] = {}
    kept: dict[str, Any] = {}
    history = tuple(map(str, header.get("HISTORY") or []))
    if exact:
        return HeaderParts({key: value for key, value in header.items() if key != "HISTORY"}, history)
    stamped = {"GITREPO", "GITSHA", "GITPATH"} <= header.keys()
    for key, value in header.items():
        upper = key.upper()
        if upper == "HISTORY" or (stamped and upper in _STAMP):
            continue
        if _is_input(key, value, exposures, datasets, facts):
            continue
        if _is_held(key, value):
            _keep(key, value, kept)
        else:
            left_out[key] = _shown(value)
    inputs = [exposures[number] for number in sorted(exposures)]
    inputs += [datasets[number] for number in sorted(datasets)]
    return HeaderParts(kept, history, tuple(inputs), facts, left_out)


def says_nothing(value: object) -> bool:
    """Whether a value is undefined, or text without a word."""
    return value is None or (isinstance(value, str) and not value.strip())


def _is_input(
    key: str,
    value: Any,
    exposures: dict[int, dict[str, Any]],
    datasets: dict[int, dict[str, Any]],
    facts: dict[str, Any],
) -> bool:
    """Put what a card says of the calibration's making in its place, if it says such a thing."""
    if isinstance(value, list) or (isinstance(value, float) and value - value != 0):
        return False
    if found := _EXPOSURE.match(key):
        what = found[1]
        exposures.setdefault(int(found[2]), {})[_MEANING[what.upper()] if what else "exposure"] = value
        return True
    butler = _BUTLER.match(key)
    if butler is None:
        return False
    if found := _INPUT.match(butler[1]):
        name = found[2].lower()
        datasets.setdefault(int(found[1]), {})[_NAMES.get(name, name)] = value
    else:
        name = butler[1].lower()
        facts[_NAMES.get(name, name)] = value
    return True


def _is_held(key: str, value: Any) -> bool:
    """Whether a FITS header of ours can hold a keyword as it is."""
    from curator.calibrations.fits.cards import canonical_value
    from curator.formats.fits.cards import card

    try:
        card(key, canonical_value(key, value))
    except (CalibrationError, FormatError):
        return False
    return True


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return [_shown(one) for one in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    return value if isinstance(value, float) and value - value == 0 else str(value)


def _keep(key: str, value: Any, kept: dict[str, Any]) -> None:
    """Keep a keyword in one spelling: in upper case those that are known, and those that are there twice."""
    upper = key.upper()
    if upper in IDENTIFICATION and isinstance(value, list):
        value = _one_of(key, value)
    name = upper if upper in IDENTIFICATION else key
    known = next((one for one in (name, upper) if one in kept), None)
    if known is None and key == upper:
        known = next((one for one in kept if one.upper() == upper), None)
    if known is None or says_nothing(kept[known]):
        kept[known or name] = value
    elif not says_nothing(value) and (type(value), value) != (type(kept[known]), kept[known]):
        raise CalibrationError(
            f"{known} is {kept[known]!r:.60}, but {key} is {value!r:.60}",
            keyword=key,
            value=value,
            hint="FITS ignores case in keywords: the file contradicts itself",
        )


def _one_of(key: str, values: list[Any]) -> Any:
    said = [one for one in values if not says_nothing(one)]
    if any((type(one), one) != (type(said[0]), said[0]) for one in said):
        raise CalibrationError(
            f"{key} is there {len(values)} times, with different values", keyword=key, value=values
        )
    return said[0] if said else None
