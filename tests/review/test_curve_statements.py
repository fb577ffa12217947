"""What is said of curves, and of the brightness of sources."""

from __future__ import annotations

import pytest

from curator.compare.summaries import CurveChange, CurveSpan
from curator.compare.throughput import BandChange, UnjudgedBand
from curator.review.curve_statements import band_statements, curve_statements, span_words


def changed(name: str, largest: float, wavelength: float = 350.0, rms: float = 0.03) -> CurveChange:
    return CurveChange(name, largest, wavelength, rms, 320.0, 1100.0, rms, 36)


def brightness(*bands: BandChange | UnjudgedBand, unfiltered: str = "") -> list[str]:
    return [said.text for said in band_statements(bands, unfiltered)]


def test_many_curves_that_changed_by_nearly_as_much_are_one_line() -> None:
    changes = [changed(f"C{number:02}", -0.142 - number * 0.0004) for number in range(16)]
    [said] = curve_statements(changes)
    assert said.text == (
        "curve of C00, C01, C02, C03 and 12 more changed by -14.8 to -14.2 percentage points at most, "
        "at 350 nm, 3 rms (from 320 to 1100 nm, at 36 wavelengths)"
    )


def test_curves_that_changed_otherwise_keep_their_signs() -> None:
    sizes = [0.5, -0.4, 0.3, -0.2, 0.1, -0.05, 0.02]
    *_, last = curve_statements([changed(f"C{at}", size) for at, size in enumerate(sizes)])
    assert last.text == "3 more curves changed, by -5 to +10 percentage points at most"


def test_few_curves_are_told_one_by_one() -> None:
    assert len(list(curve_statements([changed("C0", -0.142), changed("C1", -0.144)]))) == 2


def test_every_filter_is_said_only_where_each_was_judged() -> None:
    g, r = BandChange("g", 0.0, 0.01), BandChange("r", 0.0, 0.0)
    u = UnjudgedBand("u", 0.82, 0.82, 0.82)
    assert brightness(g, r) == ["sources change by less than 0.1 mmag in every filter that has a curve"]
    assert brightness(g, r, u) == [
        "sources change by less than 0.1 mmag in g, r",
        "not judged in u: the curve covers 82 % of it",
    ]
    assert brightness(g) == ["sources change by less than 0.1 mmag in g"]
    assert brightness(g, BandChange("u", 0.0, 0.0, 0.95)) == [
        "sources change by less than 0.1 mmag in every filter that has a curve; u (over 95 % of the filter)"
    ]


def test_a_filter_that_was_judged_in_part_says_over_how_much() -> None:
    assert brightness(BandChange("u", -116.8, -116.8, 0.944), BandChange("g", -1.0, 1.0)) == [
        "sources by filter [mmag, + is brighter]: u -116.8 (over 94 % of the filter), g -1.0 to +1.0"
    ]


@pytest.mark.parametrize(
    ("band", "why"),
    [
        (UnjudgedBand("g", 1.0, 0.0, 0.0), "g: the curve covers nothing of it now, and all of it before"),
        (UnjudgedBand("g", 1.0, 1.0, 0.0), "g: the curves before and after share nothing of it"),
        (UnjudgedBand("g", 0.0, 0.0, 0.0), "g: the curve covers nothing of it"),
        (UnjudgedBand("g", 0.0, 0.0, 0.0, "filter"), "g: the curve of the filter is zero, or cannot be read"),
        (UnjudgedBand("g", 1.0, 1.0, 1.0, "dark"), "g: the curve before or after lets no light through"),
        (UnjudgedBand("g", 0.5, 0.5, 0.5, "", ("A", "B")), "g of A, B: the curve covers 50 % of it"),
    ],
)
def test_why_a_filter_is_not_judged(band: UnjudgedBand, why: str) -> None:
    assert brightness(band) == [f"not judged in {why}"]


def test_no_filters_and_any_filter() -> None:
    assert brightness(BandChange("", 32.1, 32.1)) == [
        "sources change by +32.1 mmag in any filter (+ is brighter)"
    ]
    assert brightness(BandChange("", 0.0, 0.01)) == ["sources change by less than 0.1 mmag in any filter"]
    [said] = band_statements((), "no filter curves of this camera")
    assert (said.text, said.once) == ("no filter curves of this camera: brightness not judged", True)


def test_what_a_unit_means_for_curves() -> None:
    assert span_words(CurveSpan((320, 1100), (320, 1100), True)) == "; same curve in another unit"
    assert span_words(CurveSpan((320, 1100), (320, 1100), False)) == ""
    words = "; the curve covers 32 to 110 nm instead of 320 to 1100 nm"
    assert span_words(CurveSpan((320, 1100), (32, 110), False)) == words
