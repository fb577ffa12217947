"""A mistake in an ECSV file is reported where it stands, with what to do about it."""

from __future__ import annotations

import pytest

from curator.errors import FormatError
from curator.formats.ecsv.reader import read_ecsv
from curator.formats.yaml.reader import read_yaml

GOOD = """\
# %ECSV 1.0
# ---
# datatype:
# - {name: x0, datatype: int32, unit: pix}
# - name: y0
#   datatype: int32
#   unit: pix
# - {name: width, datatype: int32}
# meta: !!omap
# - OBSTYPE: defects
# - DETECTOR: 0
# schema: astropy-2.0
x0 y0 width
310 1200 1
1022 0 2
"""
COMMAS = GOOD.replace("# meta", "# delimiter: ','\n# meta").replace(
    "x0 y0 width\n310 1200 1\n1022 0 2\n", "x0,y0,width\n310, 1200,1\n"
)


def refusal(old: str, new: str, text: str = GOOD) -> FormatError:
    read_ecsv("a.ecsv", text.encode())
    assert old in text
    with pytest.raises(FormatError) as caught:
        read_ecsv("a.ecsv", text.replace(old, new, 1).encode())
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "text", "place"),
    [
        ("310 1200 1\n", "310 1200 1.5\n", GOOD, (14, 10, 13)),
        ("310 1200 1\n", "1.5 1200 1\n", GOOD, (14, 1, 4)),
        ("310 1200 1\n", '  310  "12 00"  1\n', GOOD, (14, 8, 15)),
        ("310 1200 1\n", '"310" 12.5 1\n', GOOD, (14, 7, 11)),
        ("310, 1200,1\n", "310, 12.5,1\n", COMMAS, (15, 6, 10)),
        ("310, 1200,1\n", "310,,one\n", COMMAS, (15, 6, 9)),
    ],
)
def test_a_cell_that_does_not_fit_has_its_column(
    old: str, new: str, text: str, place: tuple[int, int, int]
) -> None:
    for crlf in (False, True):
        end = "\r\n" if crlf else "\n"
        error = refusal(old.replace("\n", end), new.replace("\n", end), text.replace("\n", end))
        assert (error.code, (error.line, error.column, error.end)) == ("CUR011", place)


@pytest.mark.parametrize(
    ("old", "new", "line", "hint"),
    [
        ("# - DETECTOR: 0", "#- DETECTOR: 0", 11, "start every line of the header with '# '"),
        ("#   unit: pix", "#\tunit: pix", 7, "start every line of the header with '# '"),
        ("# - DETECTOR: 0", "- DETECTOR: 0", 11, "the '# ' of a header line is missing"),
        ("#   unit: pix", "  unit: pix", 7, "the '# ' of a header line is missing"),
        ("# schema: astropy-2.0", "schema: astropy-2.0", 12, "the '# ' of a header line is missing"),
        ("# meta: !!omap", "meta: !!omap", 9, "the '# ' of a header line is missing"),
    ],
)
def test_a_header_line_that_lost_its_shape_is_named(old: str, new: str, line: int, hint: str) -> None:
    error = refusal(old, new)
    assert (error.line, error.message) == (line, "line does not begin with '# '")
    assert hint in error.hint


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ("DETECTOR:0", "write a space after the colon"),
        ("DETECTOR 0", "write a colon and a space after the keyword"),
    ],
)
def test_a_keyword_without_its_colon_and_blank_is_named(entry: str, hint: str) -> None:
    error = refusal("DETECTOR: 0", entry)
    assert (error.line, error.column, error.end) == (11, 5, 15)
    assert (error.message, error.hint) == (f"{entry!r} is not of the form 'KEY: value'", hint)


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("310,1200,1", "`curator fix` writes spaces"),
        ("310;1200;1", "`curator fix` writes spaces"),
        ("310\t1200\t1", "`curator fix` writes spaces"),
        ("310 1200 1 # hot", "write a comment in a line of its own"),
        ("310 1200", "the columns are: x0 y0 width"),
    ],
)
def test_a_row_of_another_length_has_a_hint(row: str, hint: str) -> None:
    error = refusal("310 1200 1", row)
    assert (error.code, error.line, error.hint) == ("CUR010", 14, hint)


@pytest.mark.parametrize(("more", "said"), [(1, "; 1 more row is like it"), (2, "; 2 more rows are like it")])
@pytest.mark.parametrize("row", ["310,1200,1", "310 1200", "310;1200;1"])
def test_further_rows_of_the_same_kind_are_counted(row: str, more: int, said: str) -> None:
    rows = "\n".join([row, "1 2 3", "# a comment", "", *[row] * more, "4 5 6"])
    error = refusal("310 1200 1", rows)
    assert (error.code, error.line) == ("CUR010", 14)
    assert error.message.endswith(said)


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_sign_behind_a_number_is_named(sign: str) -> None:
    error = refusal("310 1200 1\n", f"310{sign} 1200 1\n")
    hint = f"remove the {sign!r} behind the value: it separates no columns in this file"
    assert (error.code, error.line, error.hint) == ("CUR011", 14, hint)


def test_a_mistake_elsewhere_keeps_its_own_words() -> None:
    assert "column names 'x0 y width'" in refusal("x0 y0 width", "x0 y width").message
    assert "not YAML" in refusal("OBSTYPE: defects", "OBSTYPE: [x").message


def test_a_decimal_comma_has_a_hint() -> None:
    floats = GOOD.replace("width, datatype: int32", "width, datatype: float64")
    error = refusal("310 1200 1\n", "310 1200 1,5\n", floats)
    assert (error.line, error.column, error.hint) == (14, 10, "write a decimal point")
    assert refusal("310 1200 1\n", "310 1200 1,5,7\n", floats).hint == ""


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\nb\nc: 2\n", (2, 1), "could not find expected ':'"),
        ("a: 1\nb: 'x\nc: 2\nd: 3\n", (2, 4), "unexpected end"),
        ('a: 1\nb: "x\nc: 2\n', (2, 4), "unexpected end"),
        ("a: 1\nb: [1,\n  2\nc: 2\n", (4, 2), "the value that starts in line 2 is not closed"),
        ("a: 1\n b: 2\n", (2, 3), "mapping values are not allowed"),
    ],
)
def test_a_mistake_in_yaml_is_named_where_it_is_and_not_where_it_is_noticed(
    text: str, place: tuple[int, int], words: str
) -> None:
    with pytest.raises(FormatError) as caught:
        read_yaml("a.yaml", text.encode())
    assert (caught.value.line, caught.value.column) == place
    assert words in caught.value.message
