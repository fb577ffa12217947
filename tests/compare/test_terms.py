"""Differences in the field's terms: curves, matrices, moved values, names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.types.base import Calibration
from curator.calibrations.types.bfk import BrighterFatterKernel
from curator.calibrations.types.camera import CameraCalibration
from curator.calibrations.types.crosstalk import Crosstalk
from curator.calibrations.types.linearizer import Linearizer
from curator.calibrations.types.transmission import SensorTransmission
from curator.compare.compare import compare
from curator.compare.curves import _heights, _sum, curve_span
from curator.compare.kinds import ColumnChange, OrderChange, RowChange
from curator.compare.summaries import CurveChange, MatrixChange, Move, NameChange
from curator.compare.tables import tables_of
from curator.formats.yaml.reader import Box


def curve(values: dict[str, list[float]], wavelengths: list[float], unit: str = "nm") -> Calibration:
    arrays = {
        "amp_name": np.repeat(list(values), len(wavelengths)),
        "wavelength": np.tile(np.array(wavelengths, np.float64), len(values)),
        "efficiency": np.concatenate(list(values.values())),
    }
    return SensorTransmission.from_arrays({}, arrays, {"wavelength": unit, "efficiency": "%"})


def crosstalk(coefficients: Any) -> Crosstalk:
    return Crosstalk.from_tree({"coeffs": np.asarray(coefficients, float).tolist()})


points = st.dictionaries(st.floats(300, 400), st.floats(-1e3, 1e3), min_size=2, max_size=300)


@given(points, st.integers(0, 40))
def test_curves_are_added_and_drawn_as_numpy_does(found: dict[float, float], between: int) -> None:
    places = sorted(found)
    values = [found[one] for one in places]
    grid = sorted({*np.linspace(places[0], places[-1], between).tolist(), *places})
    assert _heights((places, values), grid) == np.interp(grid, places, values).tolist()
    assert _sum(values) == float(np.sum(np.array(values)))


def test_a_curve_changed_most_somewhere_and_on_the_average() -> None:
    before = curve({"A": [50.0, 50.0, 50.0]}, [300.0, 400.0, 500.0])
    after = curve({"A": [50.0, 40.0, 50.0, 50.0]}, [300.0, 400.0, 500.0, 600.0])
    [found] = compare(before, after).of(CurveChange)
    assert (found.name, found.wavelength, found.low, found.high) == ("A", 400.0, 300.0, 500.0)
    assert (found.largest, found.mean) == (pytest.approx(-0.1), pytest.approx(0.05))


def test_a_curve_in_another_unit_is_the_same_curve_in_other_rows() -> None:
    before = curve({"A": [50.0, 40.0]}, [300.0, 400.0])
    after = curve({"A": [50.0, 40.0]}, [3000.0, 4000.0], "Angstrom")
    difference = compare(before, after)
    assert list(difference.of(CurveChange)) == []
    assert [(one.column, one.before, one.after) for one in difference.of(ColumnChange)] == [
        ("wavelength", "nm", "Angstrom")
    ]


@given(
    st.lists(st.integers(300_000, 1_100_000), min_size=3, max_size=40, unique=True),
    st.sampled_from([np.float32, np.float64]),
)
def test_a_curve_that_was_rounded_in_another_unit_is_the_same_curve(places: list[int], kind: Any) -> None:
    """Thousandths of a nanometre, as they are read from nm and from Angstrom."""
    values = [float(one % 90) for one in range(len(places))]
    sides = []
    for unit, scale in (("nm", 1000), ("Angstrom", 100)):
        arrays = {
            "wavelength": np.array([one / scale for one in sorted(places)], kind),
            "efficiency": np.array(values),
        }
        sides.append(SensorTransmission.from_arrays({}, arrays, {"wavelength": unit, "efficiency": "%"}))
    difference = compare(*sides)
    assert list(difference.of(CurveChange)) == []
    assert difference.mirrored() == compare(*reversed(sides))
    span = curve_span(*(tables_of(side)[0] for side in sides))
    assert span is not None
    assert span.same


def test_a_change_beside_a_change_of_unit_is_told_at_the_wavelengths_that_both_have() -> None:
    before = curve({"A": [50.0, 40.0, 30.0]}, [319.994, 332.375, 349.982])
    after = curve({"A": [50.0, 44.0, 30.0]}, [3199.94, 3323.75, 3499.82], "Angstrom")
    [found] = compare(before, after).of(CurveChange)
    assert (found.points, found.wavelength, found.largest) == (3, 332.375, pytest.approx(0.04))
    assert compare(after, before).mirrored() == compare(before, after)


def test_wavelengths_that_differ_by_more_than_their_last_digit_differ() -> None:
    before = curve({"A": [50.0, 40.0, 30.0]}, [319.994, 332.375, 349.982])
    after = curve({"A": [50.0, 40.0, 30.0]}, [3199.99, 3323.80, 3499.87], "Angstrom")
    [found] = compare(before, after).of(CurveChange)
    assert found.shift == pytest.approx(0.005)


def test_numbers_in_the_same_unit_are_compared_exactly() -> None:
    before = curve({"A": [50.0, 40.0]}, [319.99, 332.37])
    after = curve({"A": [50.0, 40.0]}, [319.99, 332.371])
    assert len(list(compare(before, after).of(CurveChange))) == 1


def test_exchanged_curves_are_recognised() -> None:
    one, two, three = [50.0, 40.0], [51.0, 41.0], [52.0, 42.0]
    before = curve({"A": one, "B": two, "C": three}, [300.0, 400.0])
    after = curve({"A": two, "B": three, "C": one}, [300.0, 400.0])
    [move] = compare(before, after).of(Move)
    assert move == Move(
        "amplifier", "TRANSMISSION_SENSOR", ("efficiency",), (("A", "C"), ("B", "A"), ("C", "B"))
    )
    assert move.is_permutation


def test_values_that_anybody_may_have_do_not_move() -> None:
    before = curve({"A": [0.0, 0.0], "B": [1.0, 1.0]}, [300.0, 400.0])
    after = curve({"A": [1.0, 1.0], "B": [0.0, 0.0]}, [300.0, 400.0])
    assert list(compare(before, after).of(Move)) == []


def test_a_copy_is_no_permutation() -> None:
    before = curve({"A": [50.0, 40.0], "B": [51.0, 41.0]}, [300.0, 400.0])
    after = curve({"A": [77.0, 66.0], "B": [50.0, 40.0]}, [300.0, 400.0])
    [move] = compare(before, after).of(Move)
    assert (move.pairs, move.is_permutation) == ((("A", "B"),), False)


MATRIX = np.array([[0, 1, 2], [3, 0, 4], [5, 6, 0]]) * 1e-5


@pytest.mark.parametrize(
    ("after", "what", "pairs"),
    [
        (MATRIX[[1, 0, 2]], "target", (("A", "B"), ("B", "A"))),
        (MATRIX[:, [1, 0, 2]], "source", (("A", "B"), ("B", "A"))),
        (MATRIX[[1, 0, 2]][:, [1, 0, 2]], "amplifier", (("A", "B"), ("B", "A"))),
        (MATRIX.T, "transposed", ()),
    ],
)
def test_a_matrix_whose_amplifiers_are_mixed_up_is_recognised(after: Any, what: str, pairs: Any) -> None:
    difference = compare(crosstalk(MATRIX), crosstalk(after), ("A", "B", "C"))
    [move] = difference.of(Move)
    assert (move.what, move.pairs) == (what, pairs)
    assert difference.mirrored() == compare(crosstalk(after), crosstalk(MATRIX), ("A", "B", "C"))


def test_the_largest_change_of_a_matrix_names_its_amplifiers() -> None:
    after = MATRIX.copy()
    after[2, 1] = -6e-5
    [found] = compare(crosstalk(MATRIX), crosstalk(after), ("A", "B", "C")).of(MatrixChange)
    assert (found.row, found.element, found.changed, found.elements, found.flipped) == ("C", "B", 1, 9, 1)
    assert found.largest == pytest.approx(-1.2e-4)


def test_unnamed_amplifiers_are_numbered_and_one_less_is_said() -> None:
    difference = compare(crosstalk(MATRIX), crosstalk(MATRIX[:2, :2]))
    assert [(one.change, one.name) for one in difference.of(NameChange)] == [("removed", "2")]
    assert [one.change for one in difference.of(RowChange)] == ["removed"] * 5


def linearizer(**coefficients: float) -> Linearizer:
    amplifiers = {
        name: {
            "linearityType": "Polynomial",
            "linearityCoeffs": [value],
            "linearityBBox": Box(8 * place, 0, 8 * place + 7, 7),
        }
        for place, (name, value) in enumerate(coefficients.items())
    }
    return Linearizer.from_tree({"amplifiers": amplifiers})


def test_coefficients_move_though_the_boxes_of_amplifiers_stay() -> None:
    [move] = compare(linearizer(A=1.5e-7, B=2.5e-7), linearizer(A=2.5e-7, B=1.5e-7)).of(Move)
    assert (move.columns, move.pairs) == (("COEFFS",), (("A", "B"), ("B", "A")))


def test_amplifiers_in_another_order_are_the_same_amplifiers() -> None:
    before, after = linearizer(A=1.5e-7, B=2.5e-7), linearizer(B=2.5e-7, A=1.5e-7)
    difference = compare(before, after)
    assert [one.order for one in difference.of(OrderChange)] == [(1, 0)]
    assert list(difference.of(Move)) == list(difference.of(NameChange)) == []


def kernel(values: dict[str, list[float]]) -> BrighterFatterKernel:
    return BrighterFatterKernel.from_tree(
        {
            "metadata": {"LEVEL": "AMP", "KERNEL_DX": 2, "KERNEL_DY": 1},
            "gain": dict.fromkeys(values, 1.5),
            "valid": dict.fromkeys(values, True),
            "ampKernels": values,
            "badAmps": [],
        }
    )


def test_a_kernel_changed_most_in_one_element_of_one_amplifier() -> None:
    found = compare(kernel({"A": [1e-7, 2e-7]}), kernel({"A": [1e-7, 5e-7]})).of(MatrixChange)
    assert [(one.column, one.row, one.element, one.changed) for one in found] == [("KERNEL", "A", "1", 1)]


def camera(filters: list[str], **detectors: list[str]) -> CameraCalibration:
    return CameraCalibration.from_tree(
        {
            "name": "x",
            "detectors": [
                {"name": name, "id": place, "amplifiers": amplifiers}
                for place, (name, amplifiers) in enumerate(detectors.items())
            ],
            "filters": [{"name": name, "band": name} for name in filters],
        }
    )


def test_detectors_filters_and_amplifiers_of_a_camera_come_and_go() -> None:
    before = camera(["g", "r"], S00=["A", "B"], S01=["A"])
    after = camera(["g", "i"], S00=["A", "C"], S02=["A"])
    found = [(one.change, one.what, one.name, one.of) for one in compare(before, after).of(NameChange)]
    assert sorted(found) == [
        ("added", "amplifier", "C", "S00"),
        ("added", "detector", "S02", ""),
        ("added", "filter", "i", ""),
        ("removed", "amplifier", "B", "S00"),
        ("removed", "detector", "S01", ""),
        ("removed", "filter", "r", ""),
    ]
