"""Correct files of many kinds of cameras: nothing, or no more than a remark, is said of their content."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from checks.overlay import check_tree, lay_over

from curator.checks.model.rule_examples import Example

CURVE = "wavelength efficiency"
ANGSTROM = "# - {name: wavelength, unit: Angstrom, datatype: float64}"


def curve(samples: Iterable[tuple[float, float]], *head: str, columns: str = CURVE) -> tuple[str, ...]:
    return (*head, columns, *(f"{wave!r} {value!r}" for wave, value in samples))


def sensor(amplifiers: int, curves: Iterable[Iterable[tuple[float, float]]]) -> tuple[str, ...]:
    names = [f"C{number:02}" for number in range(amplifiers)]
    rows = [f"{name} {w!r} {v!r}" for name, one in zip(names, curves, strict=True) for w, v in one]
    return (f"amplifiers: {', '.join(names)}", "amp_name wavelength efficiency", *rows)


def bell(wave: float, centre: float, width: float, top: float = 90.0) -> float:
    return top * math.exp(-(((wave - centre) / width) ** 4))


def response(wave: float, factor: float = 1.0) -> float:
    return factor * 92.0 / (1 + math.exp((wave - 1000) / 40)) / (1 + math.exp((350 - wave) / 30))


def weaker(amplifier: int, wave: float) -> float:
    return 0.8 if amplifier == 3 and wave < 420 else 1.0


def noisy(samples: Iterable[tuple[float, float]], size: float, seed: int = 1) -> list[tuple[float, float]]:
    rng = random.Random(seed)
    return [(wave, value + rng.gauss(0, size)) for wave, value in samples]


def kernel(size: int, noise: float, **more: str) -> tuple[str, ...]:
    """Return a measured kernel: symmetric by construction, its wings of either sign."""
    rng, half = random.Random(3), size // 2
    corner = {(x, y): rng.gauss(0, noise) for x in range(half + 1) for y in range(half + 1)}
    values = [
        -2.5e-7 * math.exp(-math.hypot(x, y)) + corner[min(abs(x), abs(y)), max(abs(x), abs(y))]
        for y in range(-half, half + 1)
        for x in range(-half, half + 1)
    ]
    head = ("metadata:", f"  KERNEL_DX: {size}", f"  KERNEL_DY: {size}")
    return (*head, *(f"{key}: {value}" for key, value in more.items()), "detKernels:", f"  S00: {values!r}")


LINES = {760.0: 35.0, 687.0: 70.0, 940.0: 45.0}
FINE = [float(wave) for wave in range(380, 580)]
TICK = [300.0 + 20 * step for step in range(41)]
GOOD: dict[str, tuple[str, tuple[str, ...]]] = {
    "an atmosphere with lines of one sample": (
        "transmission_atmosphere",
        curve((wave, LINES.get(wave, 92.0)) for wave in map(float, range(400, 1000))),
    ),
    "a narrow band that is one sample wide": (
        "transmission_filter",
        curve((w, bell(w, 660.0, 6.0)) for w in (600.0 + 10 * at for at in range(13))),
    ),
    "a filter with ripples": (
        "transmission_filter",
        curve((w, bell(w, 480.0, 70.0) * (1 - 0.04 * math.sin(w / 2) ** 2)) for w in FINE),
    ),
    "a filter in Angstrom with a little noise around zero": (
        "transmission_filter",
        curve(noisy(((10 * w, bell(w, 480.0, 70.0)) for w in FINE), 0.02), ANGSTROM),
    ),
    "a filter on a grid as fine as its slopes": (
        "transmission_filter",
        curve((w, bell(w, 480.0, 70.0)) for w in [300.0, 350.0, *(400 + 0.5 * at for at in range(40)),
                                                   *(420.0 + 8 * at for at in range(15)), 560.0, 700.0]),
    ),
    "a noisy curve": (
        "transmission_optics",
        curve(noisy(((w, 60.0) for w in map(float, range(350, 1050, 5))), 4.0)),
    ),
    "mirrors beyond the optical": (
        "transmission_optics",
        curve((w, 95.0 - w / 500) for w in (350.0 + 25 * at for at in range(90))),
    ),
    "a relative system curve above one": (
        "transmission_system",
        curve(
            ((w, max(0.0, bell(w, 8000.0, 800.0, 1.04))) for w in map(float, range(6500, 9500, 20))),
            columns="wavelength throughput",
        ),
    ),
    "a sensor of four amplifiers": (
        "transmission_sensor",
        sensor(4, ([(w, response(w, 1 + 0.01 * at)) for w in TICK] for at in range(4))),
    ),
    "a sensor of sixteen amplifiers that were given one curve": (
        "transmission_sensor",
        sensor(16, ([(w, response(w)) for w in TICK] for _ in range(16))),
    ),
    "a sensor whose amplifiers were measured at wavelengths of their own": (
        "transmission_sensor",
        sensor(8, ([(w + 0.01 * at, response(w, 1 + 0.005 * at)) for w in TICK] for at in range(8))),
    ),
    "a sensor with an amplifier of lower response in the blue": (
        "transmission_sensor",
        sensor(8, ([(w, response(w, weaker(at, w) + 0.001 * at)) for w in TICK] for at in range(8))),
    ),
    "no defects": ("defects", ("x0 y0 width height",)),
    "whole columns, an edge and a block": (
        "defects",
        ("x0 y0 width height", "0 0 2048 10", "1000 0 1 4096", "1500 0 2 2000", "0 4086 2048 10", "7 11 5 1"),
    ),
    "a single pixel near the origin": ("defects", ("x0 y0 width height", "0 0 1 1", "3 2 5 4", "1 9 30 12")),
    "boxes in whole floats": (
        "defects",
        (*(f"# - {{name: {name}, datatype: float64}}" for name in ("x0", "y0", "width", "height")),
         "x0 y0 width height", "10.0 20.0 1.0 4.0", "11.0 30.0 1.0 4.0"),
    ),
    "half of the sensor": ("defects", ("x0 y0 width height", "1024 0 1024 4096")),
    "crosstalk with errors that are not measured on the diagonal": (
        "crosstalk.yaml",
        ("coeffErr: [.nan, 1.0e-6, 1.0e-6, .nan]",),
    ),
    "crosstalk of either sign, one of them zero": ("crosstalk.yaml", ("coeffs: [0.0, -7.1e-4, 0.0, 0.0]",)),
    "crosstalk with one amplifier not valid": (
        "crosstalk.yaml",
        ("coeffs: [0.0, 1.0e-4, 0.0, 0.0]", "coeffValid: [false, true, false, false]"),
    ),
    "coefficients smaller than their errors but for one": (
        "crosstalk.yaml",
        ("coeffs: [0.0, 1.0e-4, 1.0e-7, 0.0]", "coeffErr: [0.0, 1.0e-6, 1.0e-6, 0.0]"),
    ),
    "a measured kernel with noise in its wings": ("bfk", kernel(17, 2e-10)),
    "a kernel in adu": ("bfk", tuple(line.replace("e-07", "e-06") for line in kernel(9, 0.0))),
    "a linearizer that does nothing": (
        "linearizer",
        ("amplifiers:", "  A: {linearityType: Polynomial, linearityCoeffs: [0.0, 0.0]}",
         "  B: {linearityType: Polynomial, linearityCoeffs: [0.0, 0.0]}"),
    ),
    "a linearizer with a table that ends in zeros, and an amplifier without": (
        "linearizer",
        ("hasTable: true", "amplifiers:", "  A: {linearityType: LookupTable, linearityCoeffs: [0, 0]}",
         "  B: {linearityType: LookupTable, linearityCoeffs: [1, 0]}",
         "tableData:", "- [0.0, 0.1, -0.4, -0.8, 0.0]", "- [0.0, 0.0, 0.0, 0.0, 0.0]"),
    ),
    "a camera whose serial numbers are not known": (
        "camera",
        ("detectors:", *(f'- {{name: "S{at:02}", id: {at}, width: 10, height: 12, serial: "unknown"}}'
                         for at in range(6))),
    ),
    "a camera with sensors of two sizes": (
        "camera",
        ("detectors:", *(f'- {{name: "S{at:02}", id: {at}, width: {10 - at % 2}, height: 12, type: "CCD"}}'
                         for at in range(6))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(GOOD))
def test_nothing_is_said_of_a_correct_file(name: str, templates: dict[str, Path], tmp_path: Path) -> None:
    about, lines = GOOD[name]
    tree = lay_over(Example("Good", about, lines), "defects", templates, tmp_path / "tree")
    found = [one for one in check_tree(tree).findings if one.code.startswith("CUR3")]
    assert [one for one in found if one.severity != "info"] == []
    assert {one.code for one in found} <= {"CUR305"}
