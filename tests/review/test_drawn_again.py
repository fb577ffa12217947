"""Boxes that were drawn again, without a corner of the old one, are one change."""

from __future__ import annotations

import pytest

from curator.cli.main import main

HEADER = """\
# %ECSV 1.0
# ---
# datatype:
# - {name: x0, unit: pix, datatype: int32}
# - {name: y0, unit: pix, datatype: int32}
# - {name: width, unit: pix, datatype: int32}
# - {name: height, unit: pix, datatype: int32}
# meta: !!omap
# - {OBSTYPE: defects}
# schema: astropy-2.0
x0 y0 width height
"""
FAR = ["500 500 1 1"]


@pytest.mark.parametrize(
    ("before", "after", "boxes"),
    [
        # Widened on all sides, and shifted while it was made smaller.
        (["10 10 10 10"], ["9 9 12 12"], "1 resized ~ x0=10 y0=10, 10 x 10 -> x0=9 y0=9, 12 x 12"),
        (["10 10 10 10"], ["11 12 10 9"], "1 resized ~ x0=10 y0=10, 10 x 10 -> x0=11 y0=12, 10 x 9"),
        # Far away, or too little in common.
        (["10 10 10 10"], ["90 90 12 12"], "1 added, 1 removed"),
        (["10 10 10 10"], ["5 15 10 90"], "1 added, 1 removed"),
        # Two may have replaced one, or one two.
        (["10 10 10 10"], ["9 9 6 12", "15 9 6 12"], "2 added, 1 removed"),
        (["10 10 5 10", "15 10 5 10"], ["9 9 12 12"], "1 added, 2 removed"),
        # A corner was kept, or the size.
        (["10 10 10 10"], ["10 10 12 12"], "1 resized ~ x0=10 y0=10, 10 x 10 -> x0=10 y0=10, 12 x 12"),
        (["10 10 10 10"], ["11 11 10 10"], "1 moved ~ x0=10 y0=10, 10 x 10 -> x0=11 y0=11, 10 x 10"),
        # A hot pixel here and another one there have nothing to do with each other; near each other they may.
        (["254 1214 1 1"], ["1600 1600 1 1"], "1 added, 1 removed - x0=254 y0=1214, 1 x 1 + x0=1600"),
        (["10 10 1 1"], ["12 9 1 1"], "1 moved ~ x0=10 y0=10, 1 x 1 -> x0=12 y0=9, 1 x 1"),
        (["10 10 1 1"], ["13 10 1 1"], "1 added, 1 removed"),
        (["-1 0 1 1"], ["1 0 1 1"], "1 moved"),
        (["10 10 2 90"], ["30 10 2 90"], "1 added, 1 removed"),
        # Which of two moved is unknown.
        (["10 10 1 1"], ["11 10 1 1", "9 10 1 1"], "2 added, 1 removed"),
        (["10 10 1 1", "12 10 1 1"], ["11 10 1 1"], "1 added, 2 removed"),
        (["10 10 1 1", "80 80 2 2"], ["11 10 1 1", "90 90 1 1"], "1 added, 1 removed, 1 moved"),
    ],
)
def test_a_box_that_covers_half_of_another_one_replaced_it(tmp_path, capsys, before, after, boxes):
    for name, rows in (("a.ecsv", before), ("b.ecsv", after)):
        (tmp_path / name).write_text(HEADER + "".join(f"{row}\n" for row in [*FAR, *rows]))
    assert main(["diff", str(tmp_path / "a.ecsv"), str(tmp_path / "b.ecsv")]) == 1
    text = " ".join(capsys.readouterr().out.split())
    assert f"boxes: {boxes} " in f"{text} "


@pytest.mark.parametrize(
    ("before", "after", "pixels"),
    [
        (["1 1 1 1"], ["1 1 1 1", "3 3 1 1"], "1 pixel newly masked: 3 masked now, 2 before"),
        (["1 1 1 1"], [], "1 pixel no longer masked: 1 masked now, 2 before"),
        (
            ["1 1 1 1"],
            ["9 9 1 2"],
            "2 pixels newly masked, 1 pixel no longer masked: 3 masked now, 2 before, 1 in both",
        ),
    ],
)
def test_the_pixels_in_both_are_counted_where_some_came_and_some_went(
    tmp_path, capsys, before, after, pixels
):
    for name, rows in (("a.ecsv", before), ("b.ecsv", after)):
        (tmp_path / name).write_text(HEADER + "".join(f"{row}\n" for row in [*FAR, *rows]))
    assert main(["diff", str(tmp_path / "a.ecsv"), str(tmp_path / "b.ecsv")]) == 1
    assert f"{pixels} boxes:" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ((1022, 0, 2, 4096), "+ 2 whole columns, x 1022-1023"),
        ((5, 0, 1, 4096), "+ 1 whole column, x 5"),
        ((0, 7, 2048, 3), "+ 3 whole rows, y 7-9"),
        ((5, 0, 1, 4095), "+ x0=5 y0=0, 1 x 4095"),
        ((0, 0, 2048, 4096), "+ x0=0 y0=0, 2048 x 4096"),
    ],
)
def test_a_box_that_spans_the_sensor_is_whole_columns_or_rows(box, said):
    from curator.compare.kinds import Cell, RowChange
    from curator.compare.summaries import MaskChange
    from curator.review.mask_statements import mask_statements

    area = box[2] * box[3]
    cells = tuple(
        Cell(name, None, value) for name, value in zip(("x0", "y0", "width", "height"), box, strict=True)
    )
    row = RowChange("added", "", -1, 0, cells, ())
    found = list(mask_statements(MaskChange(0, 1, 1, 0, 0, 0, area, area, 0), [row], (2048, 4096)))
    assert found[1].details == (said,)


@pytest.mark.parametrize(
    ("part", "share"),
    [(15, "less than 0.001 %"), (0, "0 %"), (200, "0.0012 %"), (2_000_000, "12 %"), (16_384_000, "100 %")],
)
def test_a_share_is_written_without_exponents(part, share):
    from curator.review.wording import percent

    assert percent(part, 16_384_000) == share
