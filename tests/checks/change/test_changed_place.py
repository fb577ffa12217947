"""A finding about a change points to what changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.overlay import change_as
from hypothesis import given
from hypothesis import strategies as st

from curator.checks.change.changed_place import content_place, keyword_place
from curator.checks.model.finding import Finding
from curator.checks.model.rule_examples import Example
from curator.checks.renderers.text import render_text
from curator.checks.run.check_change import check_change
from curator.formats.document import Document, Place
from curator.formats.read import read_document
from curator.repository.repository import Repository

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
CURVE = "ExampleCam/qe_curve/s00/20200101T000000.ecsv"
LATER_CURVE = "ExampleCam/qe_curve/s00/20200301T000000.ecsv"
CROSSTALK = "ExampleCam/crosstalk/s01/20200101T000000.yaml"
HEAD = "# %ECSV 1.0\n# ---\n# datatype:\n"
TAIL = "# meta: !!omap\n# - {VERSION: '1'}\n# schema: astropy-2.0\n"
COLUMNS = "".join(f"# - {{name: {name}, datatype: int64}}\n" for name in ("x0", "y0"))


def found(code: str, lines: str, templates: dict[str, Path], tmp_path: Path) -> tuple[Finding, str]:
    """Return what a rule finds in a change, and the text that it marks."""
    example = Example("Bad", "", tuple(lines.strip().split("\n")))
    root = change_as(example, templates, tmp_path / "tree")
    report = check_change(Repository.find(root), "HEAD~1")
    finding = next(one for one in report.findings if one.code == code)
    return finding, finding.source[finding.column - 1 : finding.end - 1] if finding.end else finding.source


@pytest.mark.parametrize(
    ("code", "lines", "source", "marked"),
    [
        pytest.param(
            "CUR501",
            f"before: {CURVE}\namp_name wavelength efficiency\nA 400.0 80.0\nA 500.0 90.0\nB 400.0 70.0\n"
            f"B 500.0 60.0\nafter: {CURVE}\namp_name wavelength efficiency\nA 400.0 70.0\nA 500.0 60.0\n"
            "B 400.0 80.0\nB 500.0 90.0",
            "B 400.0 80.0",
            "80.0",
            id="the first row of the amplifier that got other values",
        ),
        pytest.param(
            "CUR502",
            f"before: {CURVE}\namp_name wavelength efficiency\nA 400.0 80.0\nA 500.0 90.0\nB 400.0 70.0\n"
            f"B 500.0 60.0\nafter: {CURVE}\namp_name wavelength efficiency\nA 400.0 80.0\nA 500.0 90.0",
            "A 500.0 90.0",
            "A",
            id="the row beside those that were removed",
        ),
        pytest.param(
            "CUR503",
            f"after: {DEFECTS}\nx0 y0 width height\n0 0 2048 1000\n1022 8 2 4088\n310 1200 1 2896\n"
            "1517 3301 8 6",
            "0 0 2048 1000",
            "1000",
            id="the cell of a box that grew",
        ),
        pytest.param(
            "CUR504",
            f"before: {CURVE}\namp_name wavelength efficiency\nA 400.0 80.0\nA 500.0 90.0\nA 600.0 80.0\n"
            f"after: {CURVE}\namp_name wavelength efficiency\nA 400.0 79.0\nA 500.0 90.0\nA 600.0 40.0",
            "A 600.0 40.0",
            "40.0",
            id="the sample that changed most, not the first that did",
        ),
        pytest.param(
            "CUR505",
            f"after: {CROSSTALK}\ncoeffs: [0.0, 0.005, 0.000118, 0.0]",
            "coeffs: [0.0, 0.005, 0.000118, 0.0]",
            "0.005",
            id="the coefficient",
        ),
        pytest.param(
            "CUR511",
            f"rename: {CURVE} -> {LATER_CURVE}\nafter: {LATER_CURVE}\n"
            "# - {VALIDSTART: '2020-03-01T00:00:00'}",
            "# - {VALIDSTART: '2020-03-01T00:00:00'}",
            "'2020-03-01T00:00:00'",
            id="the keyword that says when it begins",
        ),
        pytest.param(
            "CUR512",
            f"tag: v1\nafter: {DEFECTS}\n# - {{CALIB_CREATION_TIME: '11:22:33'}}",
            "# - {CALIB_CREATION_TIME: '11:22:33'}",
            "'11:22:33'",
            id="a keyword where the table stayed",
        ),
        pytest.param(
            "CUR513",
            f"after: {DEFECTS}\nx0 y0 width height\n0 0 2048 8\n1022 8 2 4088\n310 1200 2 2896\n"
            "1517 3301 8 6",
            "310 1200 2 2896",
            "2",
            id="the cell",
        ),
    ],
)
def test_a_finding_points_to_what_changed(
    code: str, lines: str, source: str, marked: str, templates: dict[str, Path], tmp_path: Path
) -> None:
    finding, text = found(code, lines, templates, tmp_path)
    assert (finding.source, text) == (source, marked)
    assert finding.line > 1


def test_a_removed_file_has_a_path_and_no_line(templates: dict[str, Path], tmp_path: Path) -> None:
    root = change_as(Example("Bad", "", (f"remove: {DEFECTS}",)), templates, tmp_path / "tree")
    report = check_change(Repository.find(root), "HEAD~1")
    finding = next(one for one in report.findings if one.code == "CUR510")
    assert (finding.line, finding.place) == (0, DEFECTS)
    assert f"{DEFECTS}: CUR510" in render_text(report)


def table(rows: list[tuple[int, int]], columns: str = COLUMNS) -> Document:
    body = "x0 y0\n" + "".join(f"{one} {other}\n" for one, other in rows)
    return read_document("a.ecsv", f"{HEAD}{columns}{TAIL}{body}".encode())


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6),
)
def test_the_place_is_in_a_row_that_is_new_or_beside_one_that_is_gone(
    was: list[tuple[int, int]], now: list[tuple[int, int]]
) -> None:
    after = table(now)
    place = content_place(table(was), after)
    if was == now:
        assert place == Place(1)
        return
    if not now:
        assert place == after.at("datatype")
        return
    row = list(after.row_lines).index(place.line)
    new = [number for number, one in enumerate(now) if now[: number + 1].count(one) > was.count(one)]
    if new:
        assert row == new[0]
    else:
        same = next((at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), None)
        assert row == (same if same is not None else len(now) - 1)


def test_a_declaration_that_changed_is_the_place() -> None:
    rows = [(1, 2)]
    with_unit = table(rows, COLUMNS.replace("int64}\n# - {name: y0", "int64, unit: pix}\n# - {name: y0"))
    place = content_place(table(rows), with_unit)
    assert with_unit.line(place.line)[place.column - 1 : place.end - 1] == "pix"


def test_a_keyword_that_was_removed_is_at_the_header() -> None:
    before, after = table([(1, 2)]), table([(1, 2)])
    without = read_document("a.ecsv", before.raw.replace(b"# - {VERSION: '1'}", b"# - {OTHER: '1'}"))
    assert keyword_place(before, after) == Place(1)
    assert keyword_place(before, without, "VERSION") == without.at("meta")
    assert keyword_place(without, before, "VERSION") == before.value_at("VERSION")


def test_in_a_tree_the_first_leaf_that_changed_is_the_place_and_the_header_is_not() -> None:
    before = read_document("a.yaml", b"metadata:\n  A: 1\nx:\n  B: [1, 2]\n  C: 3\n")
    after = read_document("a.yaml", b"metadata:\n  A: 2\nx:\n  B: [1, 5]\n")
    assert content_place(before, after).line == 4
    assert content_place(after, before, names=["C"]).line == 5
    gone = read_document("a.yaml", b"metadata:\n  A: 2\nx:\n  B: [1, 2]\n")
    assert content_place(before, gone).line == 3
