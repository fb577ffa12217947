from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.formats.regions.regions import RegionBox, box_text, read_regions, write_regions

WRITTEN_BY_DS9 = """\
# Region file format: DS9 version 4.1
# Filename: a.fits
global color=green dashlist=8 3 width=1 font="helvetica 10 normal roman" select=1 highlite=1
image
box(1,1,1,1,0) # color=red font="helvetica 10 normal"
point(3,2) # point=x 10
"""


def read(text: str) -> list[tuple[int, ...]]:
    return [tuple(box[:4]) for box in read_regions("a.reg", text.encode()).boxes]


@pytest.mark.parametrize(
    ("region", "box"),
    [
        ("box(1,1,1,1,0)", (0, 0, 1, 1)),
        ("point(1,1)", (0, 0, 1, 1)),
        ("point(4072,4000)", (4071, 3999, 1, 1)),
        ("box(1,2000.5,1,4000,0)", (0, 0, 1, 4000)),
        ("box(2036.5,4000,4072,1)", (0, 3999, 4072, 1)),
        ("box(4071.5,1.5,2,2,0)", (4070, 0, 2, 2)),
        ("box(4071.5,3999.5,2,2,0)", (4070, 3998, 2, 2)),
        ("box(1.5,3999.5,2,2,0)", (0, 3998, 2, 2)),
        ("box(10,20.5,1,2,180)", (9, 19, 1, 2)),
        ("box(10,20.5,2,1,90)", (9, 19, 1, 2)),
        ("box(10,20.5,2,1,-270)", (9, 19, 1, 2)),
        ("box(0,0,3,3,0)", (-2, -2, 3, 3)),
        ("box(10.0000004,20,1,1,0)", (9, 19, 1, 1)),
        ("+box( 10i , 20i  1 1 )", (9, 19, 1, 1)),
        ("box 10 20 1 1 0", (9, 19, 1, 1)),
    ],
)
def test_the_pixel_in_the_corner_is_one_in_ds9_and_zero_here(region: str, box: tuple[int, ...]) -> None:
    assert read(f"image\n{region}\n") == [box]


@pytest.mark.parametrize(
    "text",
    [
        "image;box(1,1,1,1,0);point(3,2)",
        WRITTEN_BY_DS9,
        "image; box(1,1,1,1,0) # color=#f00; point(3,2)\r\n",
        "IMAGE\nBOX(1,1,1,1,0)\n\nimage;Point(3,2)\n# text(100,200) text={here}\n# ruler(1,2,3,4)\n",
    ],
)
def test_every_form_of_a_file_is_read(text: str) -> None:
    assert read(text) == [(0, 0, 1, 1), (2, 1, 1, 1)]


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("circle(10,10,3)", "circle regions are not supported", "cover it with boxes"),
        ("polygon(1,1,2,2,3,3)", "polygon regions are not supported", "cover it with boxes"),
        ("ellipse(1,1,2,2,0)", "ellipse regions are not supported", "cover it with boxes"),
        ("-box(1,1,1,1,0)", "an excluded region", "mask only bad pixels"),
        ("box(1,1,1,1,0) || # color=red", "composite regions", "dissolve the composite"),
        ("# composite(1,1,0) || composite=1", "composite regions", "dissolve the composite"),
        ("box(1,1,1,1,45)", "turned by 45 degrees", "multiples of 90"),
        ("box(1,1,2,1,0)", "edges of the box are not edges of pixels", "nearest: box(1.5,1,2,1,0)"),
        ("box(10.2,20.4,3.1,4.2,0)", "not edges of pixels", "nearest: box(10,20.5,3,4,0)"),
        ("box(10.001,20,1,1,0)", "not edges of pixels", "nearest: box(10,20,1,1,0)"),
        ("point(10.3,7)", "not at the centre of a pixel", "nearest: point(10,7)"),
        ("box(1,1,0,1,0)", "has no area", "at least 1"),
        ("box(1,1,-3,1,0)", "has no area", "at least 1"),
        ('box(1,1,3",1,0)', "is in seconds of arc", "image coordinates"),
        ("box(1,1,3',1,0)", "is in minutes of arc", "image coordinates"),
        ("box(1d,1,3,1,0)", "is in degrees", "image coordinates"),
        ("box(12:30:45,1,3,1,0)", "is in another unit", "image coordinates"),
        ("box(nan,1,3,1,0)", "'nan' is not a number", ""),
        ("box(1e9,1,3,1,0)", "is outside any sensor", ""),
        ("box(1,1,2,2,3,3,0)", "a box of 7 numbers", "box(xc,yc,width,height,angle)"),
        ("box(1,1", "no closing bracket", ""),
        ("box(1,1,1,1,0) circle(1,1,1)", "no closing bracket, or has text after it", ""),
        ("fk5", "fk5 coordinates are not supported", "Coordinate System Image"),
        ("wcsa", "wcsa coordinates are not supported", "Coordinate System Image"),
        ("physical", "physical coordinates are not supported", "trimmed or binned"),
        ("icrs;box(1,1,1,1)", "icrs coordinates are not supported", "Coordinate System Image"),
        ("17 4 3 2", "is not a region", "one region per line"),
        ("box(1,1,1,1,0) # text={unfinished", "text= is not closed", "text={why}"),
        ("box(1,1,1,1,0) # text={bell \a}", "control character", "plain text"),
    ],
)
def test_what_is_no_box_of_whole_pixels_is_refused_with_its_line(line: str, message: str, hint: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(f"image\nbox(1,1,1,1,0)\n{line}\n")
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert (caught.value.path, caught.value.line) == ("a.reg", 3)


def test_numbers_without_a_coordinate_system_might_be_physical() -> None:
    with pytest.raises(FormatError, match="the coordinate system is missing") as caught:
        read("box(1,1,1,1,0)\n")
    assert "a line `image`" in caught.value.hint


def test_texts_and_comment_lines_are_notes_of_the_next_box() -> None:
    found = read_regions(
        "a.reg",
        b"image\n# two hot columns\n# since the warm-up\nbox(1,1,1,1,0) # text={seen; twice} color=red\n"
        b'point(2,2) # text="it\'s hot"\npoint(3,3)\n# all of amplifier C\n',
    )
    assert [box.notes for box in found.boxes] == [
        ("two hot columns", "since the warm-up", "seen; twice"),
        ("it's hot",),
        (),
    ]
    assert found.after == ("all of amplifier C",)


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(FormatError, match="UTF-8") as caught:
        read_regions("a.reg", b"image\nbox(1,1,1,1)\n\xff\xfe")
    assert caught.value.line == 3


sizes = st.integers(1, 5000)
notes = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20), max_size=1
)
boxes = st.builds(RegionBox, st.integers(-5, 5000), st.integers(-5, 5000), sizes, sizes, notes.map(tuple))


@given(st.lists(boxes, max_size=5))
def test_boxes_become_regions_and_the_same_boxes_again(given_boxes: list[RegionBox]) -> None:
    text = "\n".join(write_regions(given_boxes))
    found = read_regions("a.reg", text.encode()).boxes
    assert [box[:4] for box in found] == [box[:4] for box in given_boxes]
    braced = [box for box in given_boxes if any(set(note) & set("{}\"'") for note in box.notes)]
    if not braced:
        assert found == tuple(given_boxes)
    assert "\n".join(write_regions(found)) == text or braced


@given(st.integers(2, 6000), st.integers(2, 6000), st.integers(1, 50), st.integers(1, 50))
def test_boxes_in_the_four_corners_of_a_sensor_keep_their_pixels(
    across: int, up: int, width: int, height: int
) -> None:
    width, height = min(width, across), min(height, up)
    for x0 in (0, across - width):
        for y0 in (0, up - height):
            text = box_text(RegionBox(x0, y0, width, height))
            assert read(f"image;{text}") == [(x0, y0, width, height)]
            xc, yc = map(float, text[4:].split(",")[:2])
            # In DS9 the sensor goes from 0.5 to its size and a half.
            assert xc - width / 2 == x0 + 0.5
            assert yc + height / 2 == y0 + height + 0.5


def refused(text: str) -> FormatError | None:
    try:
        read(text)
    except FormatError as error:
        return error
    return None


@given(st.text(max_size=60))
def test_no_text_stops_the_reader(text: str) -> None:
    for start in ("", "image\n", "image;box(1,1,1,1) # "):
        error = refused(start + text)
        assert error is None or error.line or "UTF-8" in error.message


@pytest.mark.parametrize("filler", [" ", "(", "text=", "#", ";", "'", "{", "9", "-"])
def test_a_long_line_of_nothing_is_refused_in_a_few_words(filler: str) -> None:
    error = refused("image\nbox(" + filler * 300_000)
    assert error is not None
    assert len(str(error)) < 300
