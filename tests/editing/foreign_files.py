"""FITS calibrations as other programs write them: by astropy, in the forms of ip_isr and cp_pipe."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from astropy.io import fits
from astropy.table import Table

CONFIG = (
    "import lsst.cp.pipe.defects\nassert type(config) is lsst.cp.pipe.defects.X\n\nconfig.nPixBorder = 10\n"
)


def common(obstype: str, calibcls: str, version: float, **more: Any) -> dict[str, Any]:
    """Return the metadata that ip_isr's base class gives one of S00; what is not known is empty."""
    return {
        "OBSTYPE": obstype,
        f"{obstype}_SCHEMA": f"{obstype} of ip_isr",
        f"{obstype}_VERSION": version,
        "INSTRUME": "myCam",
        "RAFTNAME": "",
        "SLOTNAME": "",
        "DETECTOR": 0,
        "DET_NAME": "S00",
        "DET_SER": "CCD-011",
        "FILTER": "",
        "CALIB_ID": "instrument=myCam detectorName=S00 calibDate=2025-04-30T12:34:56.789012",
        "CALIBCLS": calibcls,
        "CALIBDATE": "2025-04-30T12:34:56.789012",
        "CALIB_CREATION_DATE": "2025-04-30",
        "CALIB_CREATION_TIME": "12:34:56.789012",
        **more,
    }


def inputs(exposures: tuple[int, ...] = (2025043000011, 2025043000012)) -> dict[str, Any]:
    """Return the cards by which cp_pipe says what it combined."""
    found: dict[str, Any] = {}
    for number, exposure in enumerate(exposures):
        found[f"CPP_INPUT_{number}"] = exposure
        found[f"CPP_INPUT_DATE_{number}"] = f"2025-04-30T0{number}:00:00.000"
        found[f"CPP_INPUT_EXPT_{number}"] = 30.0
        found[f"CPP_INPUT_SCALE_{number}"] = 1.5
    return found


def provenance(dataset: str, *made_from: str) -> dict[str, Any]:
    """Return the cards by which a Butler says what a dataset is, and what it was made from."""
    found: dict[str, Any] = {
        "LSST BUTLER ID": dataset,
        "LSST BUTLER RUN": "u/ada/defects",
        "LSST BUTLER DATASETTYPE": "defects",
        "LSST BUTLER DATAID DETECTOR": 0,
        "LSST BUTLER DATAID INSTRUMENT": "myCam",
        "LSST BUTLER QUANTUM": "d93a735b-08f0-477d-bc95-2cc32d6d898b",
        "LSST BUTLER N_INPUTS": len(made_from),
    }
    for number, one in enumerate(made_from):
        found[f"LSST BUTLER INPUT {number} ID"] = one
        found[f"LSST BUTLER INPUT {number} RUN"] = "u/ada/flats"
        found[f"LSST BUTLER INPUT {number} DATASETTYPE"] = "cpFlat"
    return found


def foreign_bytes(
    tables: list[Table], first: Mapping[str, Any] | None = None, history: tuple[str, ...] = ()
) -> bytes:
    """Return a FITS file as ip_isr's ``writeFits`` makes it: an empty HDU0, a table for each HDU behind."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of keywords longer than eight letters
        hdus = [fits.PrimaryHDU(), *(fits.table_to_hdu(table) for table in tables)]
        for key, value in (first or {}).items():
            hdus[0].header[key] = value
        for line in history:
            hdus[1].header["HISTORY"] = line
        stream = io.BytesIO()
        fits.HDUList(hdus).writeto(stream)
    return stream.getvalue()


def defects(x0: int = 10, **meta: Any) -> list[Table]:
    boxes = {"x0": [x0, 1022], "y0": [17, 8], "width": [8, 2], "height": [40, 4088]}
    table = Table({name: np.array(values, np.int64) for name, values in boxes.items()})
    table.meta = common("defects", "lsst.ip.isr.defects.Defects", 2.0, **meta)
    return [table]


def crosstalk(**meta: Any) -> list[Table]:
    matrix = np.array([[0.0, 1e-4, 2e-4, 0.0]])
    table = Table(
        {
            "CT_COEFFS": matrix,
            "CT_ERRORS": matrix / 10,
            "CT_COUNTS": np.array([[0, 5, 5, 0]]),
            "CT_VALID": np.array([[False, True, True, False]]),
        }
    )
    table.meta = common(
        "CROSSTALK",
        "lsst.ip.isr.crosstalk.CrosstalkCalib",
        1.1,
        **{"HAS_CROSSTALK": True, "NAMP": 2, "CROSSTALK_RATIOS_UNITS": "adu", **meta},
    )
    between = Table({"IC_SOURCE_DET": ["S01"], "IC_COEFFS": matrix})
    return [table, between]


def linearizer(**meta: Any) -> list[Table]:
    """Return a linearizer with a look-up table, which is of 32-bit floats."""
    table = Table(
        {
            "AMPLIFIER_NAME": ["A", "B"],
            "TYPE": ["LookupTable", "LookupTable"],
            "COEFFS": np.array([[0.0, 0.0], [1.0, 0.0]]),
            "BBOX_X0": np.array([0, 1024]),
            "BBOX_Y0": np.array([0, 0]),
            "BBOX_DX": np.array([1024, 1024]),
            "BBOX_DY": np.array([4096, 4096]),
            "FIT_PARAMS": np.array([[0.0], [0.0]]),
            "FIT_PARAMS_ERR": np.array([[0.0], [0.0]]),
            "RED_CHI_SQ": np.array([1.25, np.nan]),
        }
    )
    table.meta = common(
        "LINEARIZER",
        "lsst.ip.isr.linearize.Linearizer",
        1.1,
        **{"HAS_LINEARITY": True, "HAS_TABLE": True, **meta},
    )
    lookup = Table({"LOOKUP_VALUES": np.linspace(0, 1, 2 * 16, dtype=np.float32).reshape(2, 16)})
    return [table, lookup]


def kernels(**meta: Any) -> list[Table]:
    size, names = 3, ["A", "B"]
    flat = np.tile(np.array([0, 1, 0, 1, -4, 1, 0, 1, 0]) * 1e-7, (2, 1))
    table = Table(
        {
            "AMPLIFIER": names,
            "EXP_ID_MASK": np.ones((2, 2), bool),
            "RAW_MEANS": np.array([[1.0, 2.0], [1.5, 2.5]]),
            "RAW_VARIANCES": np.array([[1.0, 2.0], [1.5, 2.5]]),
            "RAW_XCORRS": np.zeros((2, 8)),
            "GAIN": np.array([1.1, 1.2]),
            "NOISE": np.array([5.0, 6.0]),
            "MEAN_XCORRS": flat,
            "KERNEL": flat,
            "VALID": np.array([1, 1]),
        }
    )
    table.meta = common(
        "bfk",
        "lsst.ip.isr.brighterFatterKernel.BrighterFatterKernel",
        1.1,
        **{"LEVEL": "AMP", "KERNEL_DX": size, "KERNEL_DY": size, **meta},
    )
    return [table]


def curve(obstype: str, calibcls: str, **meta: Any) -> list[Table]:
    table = Table({"wavelength": np.linspace(400.0, 900.0, 11), "throughput": np.linspace(0.2, 0.9, 11)})
    table["wavelength"].unit = "nm"
    table.meta = common(obstype, calibcls, 1.0, **{"MODE": "DETECTOR", **meta})
    return [table]


def write(path: Path, tables: list[Table], **options: Any) -> Path:
    path.write_bytes(foreign_bytes(tables, **options))
    return path


FOREIGN = {
    "defects": defects,
    "crosstalk": crosstalk,
    "linearizer": linearizer,
    "bfk": kernels,
    "transmission_sensor": lambda **meta: curve(
        "transmission_sensor", "lsst.ip.isr.IntermediateSensorTransmissionCurve", **meta
    ),
    "transmission_filter": lambda **meta: curve(
        "transmission_filter",
        "lsst.ip.isr.IntermediateFilterTransmissionCurve",
        **{"DETECTOR": "", "DET_NAME": "", "DET_SER": "", "CALIB_ID": "", "FILTER": "r_01", **meta},
    ),
    "transmission_atmosphere": lambda **meta: curve(
        "transmission_atmosphere",
        "lsst.ip.isr.IntermediateAtmosphereTransmissionCurve",
        **{"DETECTOR": "", "DET_NAME": "", "DET_SER": "", "CALIB_ID": "", **meta},
    ),
}
