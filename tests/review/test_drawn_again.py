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
        (["10 10 10 10"], ["11 11 10 10"], "1 moved"),
    ],
)
def test_a_box_that_covers_half_of_another_one_replaced_it(tmp_path, capsys, before, after, boxes):
    for name, rows in (("a.ecsv", before), ("b.ecsv", after)):
        (tmp_path / name).write_text(HEADER + "".join(f"{row}\n" for row in [*FAR, *rows]))
    assert main(["diff", str(tmp_path / "a.ecsv"), str(tmp_path / "b.ecsv")]) == 1
    text = " ".join(capsys.readouterr().out.split())
    assert f"boxes: {boxes} " in f"{text} "
