"""What is said of one file."""

from __future__ import annotations

import pytest

from curator.compare.difference import Difference
from curator.compare.summaries import MatrixChange, Move
from curator.review.reviewed import Reviewed
from curator.review.statements import statements


def said(*changes: Move | MatrixChange) -> list[str]:
    difference = Difference("crosstalk", changes)
    file = Reviewed("a", "a", "edited", "", "crosstalk", "", "", difference)
    return [one.text for one in statements(file)]


def test_what_moved_together_is_one_statement() -> None:
    swap = (("2", "3"), ("3", "2"))
    moves = (
        Move("amplifier", "GAINS", ("CT_FIT_GAINS",), swap),
        Move("amplifier", "CROSSTALK", ("CT_COEFFS", "CT_ERRORS"), swap),
        Move("amplifier", "OTHER", ("MORE",), (("4", "5"), ("5", "4"))),
    )
    assert said(*moves) == [
        "CT_FIT_GAINS, CT_COEFFS, CT_ERRORS: amplifiers 2 and 3 exchanged their values",
        "MORE: amplifiers 4 and 5 exchanged their values",
    ]


@pytest.mark.parametrize(
    ("largest", "electrons"),
    [(1e-5, "+1 electron"), (-1e-5, "-1 electron"), (2e-5, "+2 electrons"), (1.2e-5, "+1.2 electrons")],
)
def test_one_electron_is_singular(largest: float, electrons: str) -> None:
    [text] = said(MatrixChange("CROSSTALK", "CT_COEFFS", "2", "0", 0.0, largest, 1, 4, 0, 1.0))
    assert f", {electrons} from a source of 100,000; " in text
