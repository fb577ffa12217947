"""What is kept of every file: the same for a copy under another header, another where any value differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.checks.cross_file.facts import Facts, facts_of
from curator.formats.read import read_document

TABLE = """\
# %ECSV 1.0
# ---
# datatype:
# - {name: x0, unit: pix, datatype: int32}
# - {name: y0, unit: pix, datatype: int32}
# meta: !!omap
# - {DETECTOR: 1}
# - {source: some flats}
# - {VERSION: 1.5}
# - {VALIDEND: '2021-01-01T00:00:00'}
# - {FILTER: null}
# schema: astropy-2.0
x0 y0
1 2
3 4
5 6
"""
KERNEL = """\
detKernels:
  R22_S00:
  - 1.0
  - 2.0
detectorName: R22_S00
metadata:
  DET_NAME: R22_S00
  DETECTOR: 90
shape:
- 2
- 1
"""


def facts(text: str, suffix: str = "ecsv") -> Facts:
    return facts_of(read_document(f"a.{suffix}", text.encode()))


def test_keywords_are_text_whatever_their_case_and_type() -> None:
    found = facts(TABLE)
    assert found[:6] == ("", "1", "", "2021-01-01T00:00:00", "some flats", "1.5")
    header = {"FILTER": None, "VALIDSTART": None, "VALIDEND": "2021-01-01T00:00:00", "DEPRECATED": None}
    assert found.header == header
    listed = facts(TABLE.replace("- {FILTER: null}", "- {deprecated: ['../..: bad', 'x']}"))
    assert listed.header == {**header, "DEPRECATED": ["../..: bad", "x"]}
    assert all(type(one) is str for one in found)


def test_a_copy_for_another_detector_has_the_same_content() -> None:
    copy = TABLE.replace("DETECTOR: 1", "DETECTOR: 2").replace("some flats", "others")
    assert facts(copy).digest == facts(TABLE).digest
    copy = KERNEL.replace("R22_S00", "R22_S01").replace("90", "91")
    assert facts(copy, "yaml").digest == facts(KERNEL, "yaml").digest != ""


@pytest.mark.parametrize(
    ("old", "new"), [("5 6", "5 7"), ("x0", "x1"), ("unit: pix", "unit: mm"), ("5 6\n", "")]
)
def test_a_table_with_other_values_has_another_content(old: str, new: str) -> None:
    assert facts(TABLE.replace(old, new)).digest != facts(TABLE).digest


def test_a_tree_with_other_values_has_another_content() -> None:
    assert facts(KERNEL.replace("2.0", "3.0"), "yaml").digest != facts(KERNEL, "yaml").digest


def test_a_tree_written_on_one_line_has_a_content_that_nobody_compares() -> None:
    assert facts("{detKernels: {A: [1.0]}, metadata: {DETECTOR: 1}}\n", "yaml").digest == ""


@pytest.mark.parametrize(("rows", "telling"), [("", ""), ("1 2\n3 4\n", ""), ("1 2\n3 4\n5 6\n", "1")])
def test_few_boxes_tell_little(rows: str, telling: str) -> None:
    assert facts(TABLE[: TABLE.index("1 2")] + rows).telling == telling


def test_facts_of_real_files_are_those_of_their_copies(real: Path) -> None:
    for path in sorted(real.rglob("*.*")):
        if path.suffix in (".ecsv", ".yaml"):
            raw = path.read_bytes()
            found = facts_of(read_document(path.name, raw))
            assert found.digest, path
            changed = raw.replace(b"DETECTOR: 1", b"DETECTOR: 2")
            assert facts_of(read_document(path.name, changed)).digest == found.digest, path
