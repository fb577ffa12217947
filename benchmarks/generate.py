"""A data repository of any size, with the mix of types, sizes and history that real ones have.

Usable alone: ``python -m benchmarks.generate DIR --files 20000 --commits 140``.
"""

from __future__ import annotations

import argparse
import random
import subprocess
from collections.abc import Iterator
from math import exp
from pathlib import Path

CAMERA = "benchCam"
BANDS = "ugrizy"
WIDTH, HEIGHT = 4096, 4004
AMPLIFIERS = [f"C{row}{column}" for row in (1, 0) for column in range(8)]


def _detector(index: int) -> str:
    return f"R{index // 9:03d}_S{index % 9 // 3}{index % 3}"


def _header(
    obstype: str, detector: int | None, band: str | None, year: int, columns: list[str], extra: list[str]
) -> str:
    start = f"{year:04d}-01-01T00:00:00"
    keys = [f"OBSTYPE: {obstype}", f"INSTRUME: {CAMERA}", f"CALIBDATE: '{start}'"]
    calib_id = f"instrument={CAMERA}"
    if detector is not None:
        keys.append(f"DETECTOR: {detector}")
        calib_id += f" detector={detector}"
    if band is not None:
        keys.append(f"FILTER: {band}")
        calib_id += f" filter={band}"
    keys += [f"CALIB_ID: {calib_id} calibDate={start}", *extra]
    keys += ["CALIB_CREATION_DATE: '2024-01-02'", "CALIB_CREATION_TIME: '03:04:05'"]
    lines = [
        "%ECSV 1.0",
        "---",
        "datatype:",
        *columns,
        "meta: !!omap",
        *(f"- {{{key}}}" for key in keys),
        "schema: astropy-2.0",
    ]
    return "".join(f"# {line}\n" for line in lines)


def defects(rng: random.Random, detector: int, year: int) -> str:
    """Return a list of boxes; its length varies as in real lists, median about 300 rows."""
    columns = [f"- {{name: {name}, unit: pix, datatype: int32}}" for name in ("x0", "y0", "width", "height")]
    extra = ["DEFECTS_SCHEMA: Simple", "DEFECTS_SCHEMA_VERSION: 1", "CALIBCLS: lsst.ip.isr.defects.Defects"]
    places = rng.sample(range(62 * 62), min(3000, int(rng.lognormvariate(5.7, 0.8))))
    rows = {  # apart from each other, as real lists are
        (64 * (place % 62) + rng.randrange(12), 64 * (place // 62) + rng.randrange(12)): (
            rng.randint(1, 50),
            rng.randint(1, 50),
        )
        for place in places
    }
    body = "".join(f"{x} {y} {width} {height}\n" for (x, y), (width, height) in rows.items())
    return _header("defects", detector, None, year, columns, extra) + "x0 y0 width height\n" + body


def crosstalk(rng: random.Random, detector: int, year: int) -> str:
    """Return a 16 x 16 matrix of coefficients with errors and validity."""
    names = [("CT_COEFFS", "float64"), ("CT_ERRORS", "float64"), ("CT_VALID", "bool")]
    columns = [f"- {{name: {name}, datatype: string, subtype: '{kind}[256]'}}" for name, kind in names]
    extra = [
        "CROSSTALK_SCHEMA: Gen3 Crosstalk",
        "CROSSTALK_VERSION: 1.0",
        "CROSSTALK_SHAPE: [16, 16]",
        "HAS_CROSSTALK: true",
        "NAMP: 16",
    ]
    coefficients = [0.0 if i // 16 == i % 16 else rng.gauss(0, 2e-4) for i in range(256)]
    errors = [abs(rng.gauss(0, 1e-6)) for _ in range(256)]
    cells = ["[" + ",".join(map(repr, row)) + "]" for row in (coefficients, errors)]
    cells.append("[" + ",".join(["true"] * 256) + "]")
    heading = " ".join(name for name, _ in names)
    return (
        _header("CROSSTALK", detector, None, year, columns, extra) + heading + "\n" + " ".join(cells) + "\n"
    )


def sensor(rng: random.Random, detector: int, year: int) -> str:
    """Return quantum efficiencies of 16 amplifiers."""
    columns = [
        "- {name: amp_name, datatype: string}",
        "- {name: wavelength, unit: nm, datatype: float64}",
        "- {name: efficiency, unit: '%', datatype: float64}",
    ]
    extra = [
        "MODE: AMP",
        "TYPE: transmission_sensor",
        "CALIBCLS: lsst.ip.isr.IntermediateSensorTransmissionCurve",
    ]
    body = "".join(
        f"{amp} {300.0 + 20 * i} {20 + 70 * (1 - abs(i - 20) / 41) + rng.random()!r}\n"
        for amp in AMPLIFIERS
        for i in range(40)
    )
    heading = "amp_name wavelength efficiency\n"
    return _header("transmission_sensor", detector, None, year, columns, extra) + heading + body


def throughput(rng: random.Random, detector: int, band: str, year: int) -> str:
    """Return one filter's curve behind one detector."""
    columns = [
        "- {name: wavelength, unit: nm, datatype: float64}",
        "- {name: efficiency, unit: '%', datatype: float64}",
    ]
    extra = [
        "MODE: DETECTOR",
        "TYPE: transmission_filter_detector",
        "CALIBCLS: lsst.ip.isr.IntermediateFilterDetectorTransmissionCurve",
    ]
    centre, width = rng.uniform(450, 950), rng.uniform(60, 90)
    body = "".join(
        f"{300.0 + 2 * i} {90 * exp(-(((300 + 2 * i - centre) / width) ** 4)) + 0.1 * rng.random()!r}\n"
        for i in range(400)
    )
    return (
        _header("transmission_filter_detector", detector, band, year, columns, extra)
        + "wavelength efficiency\n"
        + body
    )


def files(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield ``count`` calibrations as (path, text): half defects, the rest curves and matrices."""
    rng = random.Random(seed)
    detectors = max(9, count // 40)
    for number in range(count):
        detector, turn = number % detectors, number // detectors
        year, directory = 1990 + turn, _detector(detector).lower()
        match turn % 8:
            case 1:
                kind, text = "crosstalk", crosstalk(rng, detector, year)
            case 3:
                kind, text = "transmission_sensor", sensor(rng, detector, year)
            case 5 | 7:
                band = BANDS[turn % 6]
                kind, text = "transmission_filter_detector", throughput(rng, detector, band, year)
                directory += f"/{band}"
            case _:
                kind, text = "defects", defects(rng, detector, year)
        yield f"{CAMERA}/{kind}/{directory}/{year:04d}0101T000000.ecsv", text


def camera(detectors: int) -> str:
    """Return the text of the camera file."""
    amplifiers = "[" + ", ".join(f'"{name}"' for name in AMPLIFIERS) + "]"
    lines = [
        "metadata:",
        "  OBSTYPE: CAMERA",
        "  CAMERA_SCHEMA: Camera",
        "  CAMERA_VERSION: 1.0",
        f"  INSTRUME: {CAMERA}",
        f"  CALIB_ID: instrument={CAMERA}",
        "  CALIBDATE: '1980-01-01T00:00:00'",
        "  CALIB_CREATION_DATE: '2024-01-02'",
        "  CALIB_CREATION_TIME: '03:04:05'",
        f"name: {CAMERA}",
        "aliases: []",
        "start: '1980-01-01T00:00:00'",
        "detectors:",
    ]
    size = f"width: {WIDTH}, height: {HEIGHT}"
    lines += [
        f'- {{name: "{_detector(i)}", id: {i}, {size}, serial: "E2V-{i}", amplifiers: {amplifiers}}}'
        for i in range(detectors)
    ]
    lines += ["filters:", *(f'- {{name: "{band}", band: "{band}", aliases: []}}' for band in BANDS)]
    return "\n".join(lines) + "\n"


CONFIG = f"""schema_version: 1
repository: obs_bench_data
profile: obs_base
cameras:
- {CAMERA}
release_branch: main
"""


def make(target: Path, count: int, commits: int = 140, seed: int = 1) -> Path:
    """Write a repository of ``count`` calibrations and ``commits`` further commits that edit defects."""
    contents = {f"{CAMERA}/camera/19800101T000000.yaml": camera(max(9, count // 40)), "curator.yaml": CONFIG}
    contents.update(files(count, seed))
    target.mkdir(parents=True)
    run = lambda *args, **more: subprocess.run(["git", *args], cwd=target, check=True, **more)  # noqa: E731
    run("init", "-q", "-b", "main")
    rng = random.Random(seed)
    defect_lists = [path for path in contents if "/defects/" in path]
    stream: list[bytes] = []

    def commit(number: int, changes: dict[str, str], merge: int = 0) -> None:
        who = rng.choice(("Ada Editor", "Jos\u00e9 Curador", "\u5929\u6587 \u7de8\u8f2f"))
        stamp = f"{who} <{number}@example.org> {1_600_000_000 + 3600 * number} +0100"
        message = f"Mask what the flats of night {number} show".encode()
        stream.append(
            f"commit refs/heads/main\nmark :{number}\nauthor {stamp}\ncommitter {stamp}\n".encode()
            + b"data %d\n" % len(message)
            + message
            + b"\n"
        )
        if number > 1:
            stream.append(f"from :{number - 1}\n".encode())
        if merge:
            stream.append(f"merge :{merge}\n".encode())
        for path, text in changes.items():
            data = text.encode()
            stream.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")

    commit(1, contents)
    for number in range(2, commits + 2):
        changed = {}
        many = 200 if number % 5 == 0 else 12  # a bulk change now and then, as real histories have
        for path in rng.sample(defect_lists, min(len(defect_lists), many)):
            changed[path] = contents[path] = (
                contents[path] + f"{rng.randrange(4000)} {rng.randrange(4000)} 3 3\n"
            )
        commit(number, changed, merge=number - 2 if number % 9 == 0 else 0)
    run("fast-import", "--quiet", input=b"".join(stream))
    run("reset", "-q", "--hard", "main")
    return target


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--commits", type=int, default=140)
    options = parser.parse_args()
    make(options.target, options.files, options.commits)
