"""What is taken, what is united and what is a conflict."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare.merge.texts import text_of

from curator.calibrations.types.types import find_type
from curator.compare.merge.conflicted import sides_of
from curator.compare.merge.merge import MAX_LINES, Merged, merge
from curator.errors import FormatError

BASE = text_of([(1, 1, 1, 1, "hot"), (2, 2, 2, 2, "dead"), (3, 3, 3, 3, "hot")])


def merged(base: bytes, ours: bytes, theirs: bytes, path: str = "defects.ecsv") -> Merged:
    """Return the merge of two sides, in the names of which nothing depends on who is ours."""
    dataset_type = find_type(path.partition(".")[0])
    found, other = (
        merge(path, base, ours, theirs, dataset_type),
        merge(path, base, theirs, ours, dataset_type),
    )
    assert len(found.conflicts) == len(other.conflicts)
    assert found.conflicts or found == other
    return found


def edited(*changes: tuple[str, str], base: bytes = BASE) -> bytes:
    for old, new in changes:
        assert base.count(old.encode()) == 1, old
        base = base.replace(old.encode(), new.encode())
    return base


def test_the_words_of_a_conflict_name_the_thing_and_both_values() -> None:
    found = merged(BASE, edited(("S00", "S01")), edited(("S00", "\x1b[31mS02")))
    [conflict] = found.conflicts
    assert str(conflict) == "both changed meta, DET_NAME: ours S01, theirs \\x1b[31mS02"
    assert found.raw.decode().splitlines()[conflict.line - 1 :][:5] == [
        "<<<<<<< ours",
        "# - {DET_NAME: S01}",
        "=======",
        "# - {DET_NAME: \x1b[31mS02}",
        ">>>>>>> theirs",
    ]


def test_two_sizes_of_one_box_are_a_conflict_and_overlapping_boxes_are_none() -> None:
    found = merged(BASE, edited(("2 2 2 2", "2 2 2 9")), edited(("2 2 2 2", "2 2 8 2")))
    assert [str(one) for one in found.conflicts] == [
        "both changed x0=2 y0=2 width=2 height=2: ours 2 2 2 9 dead, theirs 2 2 8 2 dead"
    ]
    upper = merged(BASE, edited(("2 2 2 2", "1 1 3 3")), edited(("2 2 2 2", "2 2 8 2")))
    assert len(upper.conflicts) == 1
    overlapping = merged(BASE, BASE + b"2 1 5 5 hot\n", BASE + b"1 2 5 5 hot\n")
    assert overlapping == Merged(BASE + b"1 2 5 5 hot\n2 1 5 5 hot\n")


def test_the_size_of_a_box_and_its_reason_are_two_things() -> None:
    ours, theirs = edited(("2 2 2 2", "2 2 2 9")), edited(("2 2 2 2 dead", "2 2 2 2 glow"))
    assert merged(BASE, ours, theirs) == Merged(edited(("2 2 2 2 dead", "2 2 2 9 glow")))


def test_what_one_side_removed_and_the_other_changed_is_a_conflict() -> None:
    found = merged(BASE, edited(("2 2 2 2 dead\n", "")), edited(("2 2 2 2 dead", "2 2 2 2 hot")))
    [conflict] = found.conflicts
    assert str(conflict) == "ours removed x0=2 y0=2 width=2 height=2, theirs changed it to 2 2 2 2 hot"
    assert conflict.sentence("this branch", "main").startswith("this branch removed x0=2 y0=2 ")
    [other] = merged(BASE, edited(("2 2 2 2 dead", "2 2 2 2 hot")), edited(("2 2 2 2 dead\n", ""))).conflicts
    assert str(other) == "theirs removed x0=2 y0=2 width=2 height=2, ours changed it to 2 2 2 2 hot"
    assert b"<<<<<<< ours\n=======\n2 2 2 2 hot\n>>>>>>> theirs\n" in found.raw


def test_a_box_that_one_side_drew_again_over_the_old_one_is_named() -> None:
    found = merged(BASE, edited(("2 2 2 2 dead", "1 1 4 4 dead")), edited(("2 2 2 2", "2 2 3 2")))
    [conflict] = found.conflicts
    assert str(conflict) == (
        "ours replaced x0=2 y0=2 width=2 height=2 by 1 1 4 4 dead, theirs changed it to 2 2 3 2 dead"
    )


def test_notes_of_both_are_kept_also_the_first_ones() -> None:
    first = "# - HISTORY:\n#   - '2026-01-01 Ada: first'\n"
    for base in (BASE, edited((first, ""))):
        sides = []
        for note in ("'2026-03-03 Cyd: later'", "'2026-02-02 Bob: more'"):
            new = f"#   - {note}\n# schema" if base is BASE else f"# - HISTORY:\n#   - {note}\n# schema"
            sides.append(edited(("# schema", new), base=base))
        found = merged(base, *sides)
        assert not found.conflicts
        assert b"#   - '2026-02-02 Bob: more'\n#   - '2026-03-03 Cyd: later'\n# schema" in found.raw
        assert found.raw.count(b"HISTORY") == 1


@pytest.mark.parametrize(
    ("base", "old", "mine", "theirs", "both"),
    [
        (
            "- - HISTORY\n  - String\n  - - a\n    - b\n  - ''\n",
            "- b\n",
            "- b\n    - c\n",
            "- b\n    - d\n",
            "- b\n    - c\n    - d\n",
        ),
        ("- {HISTORY: [a, b]}\n", ", b]", ", b, c]", ", b, d]", ", b, c, d]"),
        ("HISTORY: [a, b]\nx: 1\n", ", b]", ", b, c]", ", b, d]", ", b, c, d]"),
        ("HISTORY:\n- a\nx: 1\n", "- a\n", "- a\n- c\n", "- a\n- d\n", "- a\n- c\n- d\n"),
    ],
    ids=["PropertyList", "omap", "list in a line", "block"],
)
def test_notes_are_united_in_every_form(base: str, old: str, mine: str, theirs: str, both: str) -> None:
    sides = [edited((old, new), base=base.encode()) for new in (mine, theirs)]
    assert merged(base.encode(), *sides, "a.yaml") == Merged(edited((old, both), base=base.encode()))


def test_of_two_times_of_creation_the_later_one_is_taken_whole() -> None:
    date, time = "CALIB_CREATION_DATE: '2026-11-29'", "CALIB_CREATION_TIME: '10:40:15'"
    earlier = edited((date, "CALIB_CREATION_DATE: '2026-12-01'"), (time, "CALIB_CREATION_TIME: '23:00:00'"))
    later = edited((date, "CALIB_CREATION_DATE: '2026-12-02'"), (time, "CALIB_CREATION_TIME: '01:00:00'"))
    assert merged(BASE, earlier, later) == Merged(later)


@pytest.mark.parametrize("style", ["whole", "ours"])
def test_line_ends_are_merged_by_themselves(style: str) -> None:
    ours = edited(("1 1 1 1", "1 1 1 9")).replace(b"\n", b"\r\n")
    base = BASE.replace(b"\n", b"\r\n") if style == "whole" else BASE
    theirs = base.replace(b"3 3 3 3", b"3 3 3 9")
    assert merged(base, ours, theirs) == Merged(ours.replace(b"3 3 3 3", b"3 3 3 9"))


def test_a_missing_newline_at_the_end_joins_no_rows() -> None:
    base = BASE.rstrip(b"\n")
    ours, theirs = base + b"\n7 7 7 7 hot", base + b"\n6 6 6 6 hot"
    assert merged(base, ours, theirs) == Merged(base + b"\n6 6 6 6 hot\n7 7 7 7 hot")
    assert merged(base, base + b"\n", edited(("1 1 1 1", "1 1 1 9"), base=base)).raw.endswith(b"hot\n")


def test_blanks_and_quotes_that_nobody_touched_stay() -> None:
    base = edited(("1 1 1 1 hot", '1  1 1 1   "hot"  '))
    found = merged(base, base + b"4 4 4 4 hot\n", edited(("2 2 2 2", "2 2 2 9"), base=base))
    assert b'\n1  1 1 1   "hot"  \n' in found.raw
    assert not found.conflicts


def test_comments_stand_behind_what_they_stood_behind() -> None:
    ours = edited(("2 2 2 2 dead\n", "# seen by eye\n2 2 2 2 dead\n"))
    theirs = edited(("3 3 3 3 hot\n", "3 3 3 3 hot\n# until here\n"))
    both = edited(
        ("2 2 2 2 dead\n", "# seen by eye\n2 2 2 2 dead\n"), ("3 3 3 3 hot\n", "3 3 3 3 hot\n# until here\n")
    )
    assert merged(BASE, ours, theirs) == Merged(both)


def test_rows_may_be_sorted_by_one_and_changed_by_the_other() -> None:
    ours = text_of([(3, 3, 3, 3, "hot"), (2, 2, 2, 2, "dead"), (1, 1, 1, 1, "hot")])
    theirs = edited(("2 2 2 2 dead", "2 2 2 2 glow"))
    assert merged(BASE, ours, theirs) == Merged(ours.replace(b"dead", b"glow"))


def test_a_column_of_one_side_and_a_cell_of_the_other_go_together() -> None:
    ours = (
        BASE.replace(
            b"# - {name: reason, datatype: string}\n",
            b"# - {name: by, datatype: string}\n# - {name: reason, datatype: string}\n",
        )
        .replace(b"height reason", b"height by reason")
        .replace(b" hot\n", b" Ada hot\n")
        .replace(b" dead\n", b" Bob dead\n")
    )
    assert merged(BASE, ours, edited(("2 2 2 2 dead", "2 2 2 9 dead"))) == Merged(
        ours.replace(b"2 2 2 2", b"2 2 2 9")
    )
    [conflict] = merged(BASE, ours, BASE + b"4 4 4 4 hot\n").conflicts
    assert conflict.place == "x0=4 y0=4 width=4 height=4"


CROSSTALK = b"""\
# %ECSV 1.0
# ---
# datatype:
# - {name: CT_COEFFS, datatype: string, subtype: 'float64[4]'}
# meta: !!omap
# - {OBSTYPE: CROSSTALK}
# schema: astropy-2.0
CT_COEFFS
[0.0,1e-4,2e-4,0.0]
"""


def test_elements_of_one_array_are_merged_each_by_itself() -> None:
    ours, theirs = CROSSTALK.replace(b"1e-4", b"3e-4"), CROSSTALK.replace(b"2e-4", b"5e-4")
    found = merged(CROSSTALK, ours, theirs, "crosstalk.ecsv")
    assert found == Merged(ours.replace(b"2e-4", b"5e-4"))
    [conflict] = merged(CROSSTALK, ours, CROSSTALK.replace(b"1e-4", b"7e-4"), "crosstalk.ecsv").conflicts
    assert str(conflict) == "both changed row, CT_COEFFS, CT_COEFFS[1]: ours 3e-4, theirs 7e-4"
    longer = CROSSTALK.replace(b"[0.0", b"[0.0,9e-4").replace(b"float64[4]", b"float64[null]")
    assert merged(CROSSTALK, longer, theirs, "crosstalk.ecsv") == Merged(longer.replace(b"2e-4", b"5e-4"))


YAML = b"""\
# by hand
metadata:
- - OBSTYPE
  - String
  - LINEARIZER
  - ''
- - DETECTOR
  - Int
  - 35
  - ''
amplifiers:
  A:
    linearityCoeffs:
    - 0.0   # none
    - 1.0
  B:
    linearityCoeffs: [0.0, 1.0]
"""


def test_trees_are_merged_by_key_and_index() -> None:
    ours = edited(("- 35", "- 36"), ("# none", "# nothing"), ("[0.0, 1", "[0.5, 1"), base=YAML)
    theirs = edited(("LINEARIZER", "linearizer"), ("    - 1.0", "    - 2.0"), (", 1.0]", ", 2.0]"), base=YAML)
    found = merge("a.yaml", YAML, ours, theirs)
    assert found == Merged(
        edited(("LINEARIZER", "linearizer"), ("    - 1.0", "    - 2.0"), (", 1.0]", ", 2.0]"), base=ours)
    )
    [conflict] = merge("a.yaml", YAML, ours, edited(("- 35", "- 37"), base=YAML)).conflicts
    assert str(conflict) == "both changed metadata, DETECTOR, DETECTOR[2]: ours 36, theirs 37"


def test_amplifiers_that_either_side_added_are_both_there() -> None:
    ours, theirs = YAML + b"  C:\n    fit: 1\n", YAML + b"  D:\n    fit: 1\n"
    assert merge("a.yaml", YAML, ours, theirs) == merge("a.yaml", YAML, theirs, ours)
    assert merge("a.yaml", YAML, ours, theirs) == Merged(ours + b"  D:\n    fit: 1\n")


def test_a_form_that_is_not_divided_is_merged_by_lines() -> None:
    base = b"a: [1,\n2,\n3]\nb: 1\nc: 2\nd: 3\n"
    found = merge("a.yaml", base, base.replace(b"b: 1", b"b: 5"), base.replace(b"3\n", b"4\n"))
    assert found == Merged(base.replace(b"b: 1", b"b: 5").replace(b"3\n", b"4\n"))
    assert merge("a.yaml", base, base.replace(b"2,", b"5,"), base.replace(b"2,", b"6,")).conflicts


def test_what_cannot_be_read_when_merged_is_one_conflict() -> None:
    base = b"a: 1\nb: &x 2\nc: 3\n".replace(b"&x ", b"")
    ours, theirs = base.replace(b"c: 3\n", b"c: 3\n'd': 1\n"), base.replace(b"c: 3\n", b'c: 3\n"\\x64": 1\n')
    found = merge("a.yaml", base, ours, theirs)
    [conflict] = found.conflicts
    assert conflict.what.startswith("the merged file could not be read (")
    assert found.raw == b"a: 1\nb: 2\nc: 3\n<<<<<<< ours\n'd': 1\n=======\n\"\\x64\": 1\n>>>>>>> theirs\n"


def test_both_added_the_file() -> None:
    assert merged(b"", BASE + b"7 7 7 7 hot\n", BASE) == Merged(BASE + b"7 7 7 7 hot\n")
    [conflict] = merged(b"", edited(("darks", "flats")), edited(("darks", "eyes"))).conflicts
    assert str(conflict).startswith("both added meta, SOURCE")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\0", "binary"),
        (b"<<<<<<< ours\n=======\n>>>>>>> theirs\n", "has conflict markers already"),
        (b"\n" * (MAX_LINES + 1), "more than 1,000,000 lines"),
    ],
)
def test_what_nobody_can_merge_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        merge("a.ecsv", BASE, BASE + b"\n", BASE + raw)


def test_depth_is_bounded() -> None:
    deep = "".join(f"{'  ' * at}k:\n" for at in range(2000)).encode()
    for text in (deep, b"- " * 3000 + b"1\n", b"a: " + b"[" * 5000 + b"]" * 5000 + b"\n"):
        assert merge("a.yaml", text + b"x: 0\n", text + b"x: 1\n", b"y: 1\n" + text + b"x: 0\n") is not None
        assert (
            merge("a.yaml", text, text.replace(b"k", b"l") + b"x: 1\n", b"y: 1\n" + text.replace(b"[", b"[ "))
            is not None
        )


@pytest.mark.parametrize(
    "line",
    [
        "a" + " " * 2_000_000 + "b",
        "a: " + "!" * 2_000_000,
        "a:" * 700_000,
        "- " * 700_000,
        '"' * 1_000_001,
        "{[" * 700_000,
    ],
    ids=lambda line: line[:3],
)
def test_a_line_of_two_megabytes_is_merged_or_left_as_a_conflict(line: str) -> None:
    base = f"x: 1\n{line}\ny: 1\n".encode()
    ours, theirs = base.replace(b"x: 1", b"x: 2"), base.replace(b"y: 1", b"y: 2")
    assert merge("a.yaml", base, ours, theirs) == Merged(ours.replace(b"y: 1", b"y: 2"))
    assert merge("a.yaml", base, ours[:-9] + b"q\n", theirs[:-8] + b"r\n").raw


def test_keywords_may_have_colons_quotes_and_dashes() -> None:
    base = b"a:b: 1\n'c d' : 2\n\"e\": 3\n-f: 4\ng-h: 5\n"
    ours, theirs = base.replace(b"1", b"6").replace(b"3", b"7"), base.replace(b"2", b"8").replace(b"4", b"9")
    assert merge("a.yaml", base, ours, theirs) == Merged(b"a:b: 6\n'c d' : 8\n\"e\": 7\n-f: 9\ng-h: 5\n")


def test_real_masks_of_two_editors(real: Path) -> None:
    for path in real.rglob("defects/**/*.ecsv"):
        base = path.read_bytes()
        if base.count(b"\n") < 60:
            continue
        lines = base.splitlines(keepends=True)
        ours, theirs = [*lines[:-3], *lines[-2:]], [*lines, b"4 4 1 1\n"]
        found = merge(str(path), base, b"".join(ours), b"".join(theirs), find_type("defects"))
        assert found == Merged(b"".join([*ours, b"4 4 1 1\n"]))


def test_the_base_is_shown_in_the_styles_of_git_that_show_it() -> None:
    three = BASE, edited(("darks", "flats")), edited(("darks", "eyes"))
    plain, with_base, trimmed = (
        merge("a.ecsv", *three, labels=("HEAD", "", "a branch"), conflict_style=style).raw.decode()
        for style in ("merge", "diff3", "zdiff3")
    )
    line = "# - {{SOURCE: '{}'}}\n".format
    ours, theirs = f"<<<<<<< HEAD\n{line('flats')}", f"=======\n{line('eyes')}>>>>>>> a branch\n"
    assert ours + theirs in plain
    assert f"{ours}|||||||\n{line('darks')}{theirs}" in with_base
    assert with_base == trimmed


def test_lines_that_both_have_alike_stand_outside_of_a_conflict_in_one_style() -> None:
    base = b"a: |\n  1\n  2\n  3\n  4\n"
    ours, theirs = base.replace(b"2\n", b"two\n"), base.replace(b"2\n", b"zwei\n")
    found = merge("a.yaml", base, ours, theirs, conflict_style="zdiff3")
    marked = "<<<<<<< ours\n  two\n||||||| base\na: |\n  1\n  2\n  3\n  4\n=======\n  zwei\n>>>>>>> theirs\n"
    assert found.raw.decode() == f"a: |\n  1\n{marked}  3\n  4\n"
    assert [one.line for one in found.conflicts] == [3]


def test_a_file_that_could_not_be_read_shows_its_base() -> None:
    base = b"a: 1\nb: 2\nc: 3\n"
    ours, theirs = (base.replace(b"c: 3\n", new + b": 1\n") for new in (b"'d'", b'"\\x64"'))
    found = merge("a.yaml", base, ours, theirs, conflict_style="diff3")
    [conflict] = found.conflicts
    assert conflict.what.startswith("the merged file could not be read (")
    marked = b"<<<<<<< ours\n'd': 1\n||||||| base\nc: 3\n=======\n\"\\x64\": 1\n>>>>>>> theirs\n"
    assert found.raw == b"a: 1\nb: 2\n" + marked


CROSSED = """\
A: 1
<<<<<<<<< Temporary merge branch 1
B: 2
C: {x: 1, y: 1}
||||||||| base
<<<<<<<<<<< older
B: 0
===========
B: 1
>>>>>>>>>>> older
=========
B: 3
C: {x: 1, y: 2}
>>>>>>>>> Temporary merge branch 2
D: 4
"""


@pytest.mark.parametrize(
    ("ours", "theirs", "conflicts"),
    [
        (("2", "1", "4"), ("2", "1", "5"), []),
        (("9", "7", "5"), ("9", "7", "4"), []),
        (("2", "1", "5"), ("3", "1", "4"), ["both changed B: ours 2, theirs 3"]),
        (
            ("2", "1", "5"),
            ("2", "2", "6"),
            ["both changed C, y: ours 1, theirs 2", "both changed D: ours 5, theirs 6"],
        ),
    ],
)
def test_of_a_base_with_conflicts_only_they_are_open(
    ours: tuple[str, ...], theirs: tuple[str, ...], conflicts: list[str]
) -> None:
    text = "A: 1\nB: {}\nC: {{x: 1, y: {}}}\nD: {}\n".format
    found = merge("a.yaml", CROSSED.encode(), text(*ours).encode(), text(*theirs).encode())
    assert list(map(str, found.conflicts)) == conflicts
    if not conflicts:
        assert found.raw.decode() == text(*ours[:2], "5")


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< a\n",
        "=======\n<<<<<<< a\n",
        "<<<<<<< a\n<<<<<<< b\n",
        "<<<<<<< a\n>>>>>>> b\n",
        "<<<<<<< a\n=======\n",
    ],
)
def test_markers_that_do_not_fit_together_are_refused(text: str) -> None:
    assert sides_of(f"x\n{text}y\n") is None
    with pytest.raises(FormatError, match="has conflict markers already"):
        merge("a.ecsv", BASE + text.encode(), BASE, BASE + b"1 1 1 1 hot\n")


def test_a_base_of_lines_is_merged_by_lines() -> None:
    base = b"a\n<<<<<<< 1\nb\n=======\nc\n>>>>>>> 2\nd\n"
    assert merge("a.txt", base, b"a\nx\nd\n", b"a\nx\nd\ne\n").raw == b"a\nx\nd\ne\n"
    assert merge("a.txt", base, b"a\nb\nd\n", b"a\nc\nd\n").raw == (
        b"a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\nd\n"
    )


def test_each_side_removes_one_of_two_boxes_over_a_pixel_that_stays_masked() -> None:
    base = text_of([(10, 10, 4, 1, "hot"), (12, 10, 4, 1, "dead")])
    ours, theirs = text_of([(10, 10, 4, 1, "hot")]), text_of([(12, 10, 4, 1, "dead")])
    found = merged(base, ours, theirs)
    said = "the merge would unmask pixels that both mask, at x0={} y0=10 width=4 height=1: ours {}, theirs {}"
    assert list(map(str, found.conflicts)) == [
        said.format(10, "10 10 4 1 hot", "nothing"),
        said.format(12, "nothing", "12 10 4 1 dead"),
    ]
    # A box that covers what they share keeps it masked.
    wide = [(11, 9, 3, 3, "hot")]
    covered = text_of([(10, 10, 4, 1, "hot"), (12, 10, 4, 1, "dead"), *wide])
    sides = text_of([(10, 10, 4, 1, "hot"), *wide]), text_of([(12, 10, 4, 1, "dead"), *wide])
    assert merged(covered, *sides) == Merged(text_of([*wide]))
