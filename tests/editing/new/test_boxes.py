from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from curator.cli.main import main

Template = Callable[..., Path]
REGIONS = """\
# Region file format: DS9 version 4.1
global color=green font="helvetica 10 normal roman" select=1
image
# two hot columns
box(1023.5,2048.5,2,4096,0) # color=red text={since the warm-up}
point(1,1) # point=x
# nothing on amplifier B
"""
NEW = "myCam/defects/s01/20250430T120000.ecsv"
ROWS = """\
x0 y0 width height
# two hot columns
# since the warm-up
1022 0 2 4096
0 0 1 1
# nothing on amplifier B
"""


def begin(folder: Path, *words: str) -> int:
    return main(["-C", str(folder), "new", *words, "--start", "2025-04-30T12:00:00"])


def test_regions_become_rows_and_their_texts_comments(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    (folder / "bad.reg").write_text(REGIONS)
    assert begin(folder, "defects", "--detector", "S01", "--from-regions", "bad.reg") == 0
    assert capsys.readouterr().out == f"{NEW}\n"
    assert (folder / NEW).read_text().endswith(ROWS)
    assert main(["-C", str(folder), "check", NEW]) == 0


def test_what_is_shown_as_regions_is_read_back_as_the_same_rows(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    (folder / "bad.reg").write_text(REGIONS)
    begin(folder, "defects", "--detector", "S01", "--from-regions", "bad.reg")
    capsys.readouterr()
    assert main(["-C", str(folder), "show", NEW, "--regions"]) == 0
    shown = capsys.readouterr().out
    assert (
        "box(1023.5,2048.5,2,4096,0) # text={two hot columns / since the warm-up}\nbox(1,1,1,1,0)\n" in shown
    )
    (folder / "again.reg").write_text(shown)
    assert begin(folder, "manual_defects", "--detector", "S01", "--from-regions", "again.reg") == 0
    rows = (folder / NEW.replace("defects", "manual_defects")).read_text()
    assert rows.endswith(ROWS.replace("columns\n# since", "columns / since"))


def test_only_lists_of_boxes_are_made_from_regions(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    (folder / "bad.reg").write_text(REGIONS)
    assert begin(folder, "crosstalk", "--detector", "S01", "--from-regions", "bad.reg") == 2
    said = capsys.readouterr().err
    assert "a crosstalk does not contain boxes" in said
    assert "defects and manual_defects are lists of boxes" in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fk5\ncircle(1,2,3)\n", "bad.reg:1: fk5 coordinates are not supported"),
        ("image\ncircle(1,2,3)\n", "bad.reg:2: circle regions are not supported"),
        (None, "bad.reg: cannot be read: No such file"),
    ],
)
def test_a_region_that_is_no_box_makes_no_file(
    template: Template, text: str | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    if text is not None:
        (folder / "bad.reg").write_text(text)
    assert begin(folder, "defects", "--detector", "S01", "--from-regions", "bad.reg") == 2
    assert message in capsys.readouterr().err
    assert not (folder / NEW).exists()


def test_a_box_outside_the_sensor_is_for_the_check_to_find(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    (folder / "bad.reg").write_text("image;box(2048.5,1,2,1,0)\n")
    assert begin(folder, "defects", "--detector", "S01", "--from-regions", "bad.reg") == 0
    assert main(["-C", str(folder), "check", NEW]) == 1
    assert "CUR301" in capsys.readouterr().out


def test_an_empty_region_file_makes_an_empty_list(template: Template) -> None:
    folder = template()
    (folder / "bad.reg").write_text("image\n")
    assert begin(folder, "defects", "--detector", "S01", "--from-regions", "bad.reg") == 0
    assert (folder / NEW).read_text().endswith("\nx0 y0 width height\n")


def test_a_box_is_added_to_a_new_list_and_to_the_next_version_of_one(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    boxes = ("--box", "1022,0,1,4096", "--box", " 3, 4,5,6")
    assert begin(folder, "defects", "--detector", "S01", *boxes) == 0
    assert (folder / NEW).read_text().endswith("x0 y0 width height\n1022 0 1 4096\n3 4 5 6\n")
    old = folder / "myCam/manual_defects/s00/20200101T000000.ecsv"
    text = old.read_text().replace("x0 y0 width height", "width y0 x0 height")
    for name in ("x0", "width"):
        text = text.replace(f"{{name: {name},", f"{{name: _{name},")
    text = text.replace("{name: _x0,", "{name: width,").replace("{name: _width,", "{name: x0,")
    rows = text.rstrip("\n").replace("120 88 3 410", "3 88 120 410")
    old.write_bytes(rows.replace("\n", "\r\n").encode() + b"\r\n")
    assert begin(folder, "--supersede", str(old), *boxes) == 0
    made = (folder / "myCam/manual_defects/s00/20250430T120000.ecsv").read_bytes()
    assert made.endswith(b"\r\n3 88 120 410\r\n1 0 1022 4096\r\n5 4 3 6\r\n")
    capsys.readouterr()
    assert main(["-C", str(folder), "check", "--ignore", "CUR006"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    "box", ["1,2,3", "1,2,3,4,5", "1;2;3;4", "1,2,3,-4", "1,2,3,4.5", "a,b,c,d", "", "²,1,1,1"]
)
def test_what_is_no_box_is_refused(template: Template, capsys: pytest.CaptureFixture[str], box: str) -> None:
    folder = template()
    assert begin(folder, "defects", "--detector", "S01", "--box", box) == 2
    assert "is not four whole numbers" in capsys.readouterr().err
    assert not (folder / NEW).exists()


def test_a_box_is_added_to_lists_of_boxes_only(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    matrix = next(folder.glob("myCam/crosstalk/s00/*"))
    for words in (["crosstalk", "--detector", "S01"], ["--supersede", str(matrix)]):
        assert begin(folder, *words, "--box", "1,2,3,4") == 2
        assert "a crosstalk does not contain boxes" in capsys.readouterr().err
