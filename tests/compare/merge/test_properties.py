"""What holds of every merge: nothing is lost or invented, and either side may be called ours."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from pathlib import Path

from compare.merge.texts import HEADER, Row, pixels, rows_of, text_of, unique_rows
from hypothesis import example, given
from hypothesis import strategies as st

from curator.calibrations.types.defects import TYPE
from curator.calibrations.types.types import DatasetType, find_type
from curator.compare.merge.conflicted import sides_of
from curator.compare.merge.hunks import hunks, matches
from curator.compare.merge.merge import Merged, merge
from curator.errors import FormatError
from curator.formats.read import read_document


def merged(base: bytes, ours: bytes, theirs: bytes) -> Merged:
    return merge("defects.ecsv", base, ours, theirs, TYPE)


def split(found: Merged) -> str:
    """Return the merged text without markers."""
    return re.sub(r"^(<{7} ours|={7}|>{7} theirs)\n", "", found.raw.decode(), flags=re.M)


@given(st.binary(), st.binary(), st.sampled_from(["a.ecsv", "a.yaml"]))
def test_where_one_side_changed_nothing_the_other_is_the_merge(base: bytes, new: bytes, path: str) -> None:
    for three in ((base, base, new), (base, new, base), (base, new, new)):
        assert merge(path, *three, TYPE) == Merged(new)


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[Row], list[Row], list[Row]]:
    base = draw(unique_rows())
    sides = []
    for _ in range(2):
        kept = [row for row in base if draw(st.integers(0, 3))]
        changed = [(*row[:2], draw(st.sampled_from([row[2], 9])), *row[3:]) for row in kept]
        sides.append([*{row[:4]: row for row in (*changed, *draw(unique_rows(4)))}.values()])
    return base, sides[0], sides[1]


@given(versions())
@example(([(1, 1, 1, 1, "hot")], [(1, 1, 2, 1, "hot")], [(1, 1, 2, 1, "hot")]))
@example(([(1, 1, 1, 1, "hot")], [(1, 1, 2, 1, "hot")], [(1, 1, 1, 1, "hot"), (1, 1, 2, 1, "hot")]))
def test_no_row_is_lost_or_invented(three: tuple[list[Row], list[Row], list[Row]]) -> None:
    found = merged(*map(text_of, three))
    was, mine, other = ({row[:4] for row in rows} for rows in three)
    # A box may get its size from one side and its reason from the other: what counts is boxes.
    wanted = (was & mine & other) | (mine - was) | (other - was)
    rows = {row[:4] for row in rows_of(found.raw)}
    assert wanted <= rows <= mine | other
    if not found.conflicts:
        assert rows == wanted
        assert len(rows_of(found.raw)) == len(rows)
        assert pixels(rows) == pixels(wanted)
        read_document("defects.ecsv", found.raw)


@given(versions())
@example(
    (
        [(1, 2, 1, 2, "hot"), (1, 1, 1, 2, "hot"), (1, 2, 2, 1, "hot"), (1, 1, 1, 1, "hot")],
        [(1, 2, 9, 2, "hot"), (1, 2, 9, 1, "hot")],
        [(1, 2, 9, 1, "hot"), (1, 1, 1, 1, "hot"), (1, 2, 1, 2, "hot"), (1, 2, 2, 1, "hot")],
    )
)
def test_merges_commute(three: tuple[list[Row], list[Row], list[Row]]) -> None:
    base, ours, theirs = map(text_of, three)
    one, other = merged(base, ours, theirs), merged(base, theirs, ours)
    assert len(one.conflicts) == len(other.conflicts)
    if not one.conflicts:
        assert one.raw == other.raw


@given(versions(), st.data())
@example(
    (
        [(1, 1, 1, 1, "hot")],
        [(1, 1, 2, 1, "hot"), (2, 2, 1, 1, "hot")],
        [(1, 1, 3, 1, "hot"), (2, 2, 1, 1, "dead")],
    ),
    None,
)
def test_a_base_with_conflicts_loses_nothing_and_settles_nothing(
    three: tuple[list[Row], list[Row], list[Row]], data: st.DataObject | None
) -> None:
    root, left, right = map(text_of, three)
    bases = merge("defects.ecsv", root, left, right, TYPE, marker_size=9)
    sides = (left, right)
    if data is not None:
        known = [*{row[:4]: row for rows in three for row in rows}.values()]
        sides = tuple(
            text_of([one for one in known if data.draw(st.integers(0, 3))] + extra)
            for extra in ([], [(4, 4, 9, 9, "hot")])
        )
    ours, theirs = sides
    found = merged(bases.raw, ours, theirs)
    mine, other, now = ({row[:4] for row in rows_of(raw)} for raw in (ours, theirs, found.raw))
    assert mine & other <= now <= mine | other
    assert mask(ours) & mask(theirs) <= mask(found.raw)
    again = merged(bases.raw, theirs, ours)
    assert bool(again.conflicts) is bool(found.conflicts)
    if found.conflicts:
        return
    assert again == found
    # Whichever side of the base's conflicts is taken for the base, the merge is the same, or a conflict.
    for base in sides_of(bases.raw.decode()) or ():
        alone = merged(base.encode(), ours, theirs)
        assert alone.conflicts or {*rows_of(alone.raw)} == {*rows_of(found.raw)}


KEYWORDS = [
    "INSTRUME: myCam",
    "DETECTOR: 0",
    "DET_NAME: S00",
    "SOURCE: 'darks'",
    "unit: pix, datatype: int32}\n# -",
]


@st.composite
def edits(draw: st.DrawFn) -> tuple[bytes, list[tuple[str, str]]]:
    """Give a file, and edits each of another thing in it."""
    boxes = draw(unique_rows())
    lines: list[Row | str] = []
    for number, row in enumerate(boxes):
        if draw(st.booleans()):
            lines.append(f"# comment {number}")
        lines.append(row)
    text = text_of(lines).decode()
    found = [(old, re.sub(r"\w+$", lambda word: f"9{word[0]}", old)) for old in KEYWORDS[:3]]
    found += [("'darks'", "'flats'"), ("first'\n", "first'\n#   - '2026-02-02 Bob: more'\n")]
    for number, row in enumerate(boxes, 20):
        line = " ".join(map(str, row))
        x0, y0, width, _, reason = row
        news = [f"{x0} {y0} {width} {number} {reason}", f"{line}new", ""]
        new = draw(st.sampled_from(news))
        found.append((f"\n{line}\n", f"\n{new}\n" if new else "\n"))
    for one in lines:
        if isinstance(one, str):
            found.append((f"{one}\n", f"{one} in other words\n"))
    return text.encode(), draw(st.permutations(found))


def applied(raw: bytes, changes: list[tuple[str, str]]) -> bytes:
    text = raw.decode()
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text.encode()


@given(edits(), st.data())
def test_independent_edits_are_both_made_whoever_is_ours(
    made: tuple[bytes, list[tuple[str, str]]], data: st.DataObject
) -> None:
    base, changes = made
    at = data.draw(st.integers(0, len(changes)))
    ours, theirs = applied(base, changes[:at]), applied(base, changes[at:])
    both = Merged(applied(base, changes))
    lost = (mask(ours) & mask(theirs)) - mask(both.raw)
    for found in (merged(base, ours, theirs), merged(base, theirs, ours)):
        if lost:
            assert all("would unmask" in one.what for one in found.conflicts)
            assert lost <= mask(found.raw)
        else:
            assert found == both


def mask(raw: bytes) -> set[tuple[int, int]]:
    """Return the pixels of all boxes in a file, also of those between conflict markers."""
    return pixels(row[:4] for row in rows_of(raw))


@given(versions())
@example(
    (
        [(1, 1, 2, 1, "hot"), (2, 1, 2, 1, "hot")],
        [(1, 1, 2, 1, "hot")],
        [(2, 1, 2, 1, "hot")],
    )
)
@example(
    (
        [(1, 1, 4, 1, "hot"), (2, 1, 2, 3, "hot")],
        [(1, 1, 2, 1, "hot"), (2, 1, 2, 3, "hot")],
        [(1, 1, 4, 1, "hot")],
    )
)
def test_no_masked_pixel_is_lost_or_invented(three: tuple[list[Row], list[Row], list[Row]]) -> None:
    base, ours, theirs = map(text_of, three)
    found = merged(base, ours, theirs)
    was, mine, other, now = map(mask, (base, ours, theirs, found.raw))
    assert (mine & other) | (mine - was) | (other - was) <= now <= mine | other
    if not found.conflicts:
        # What one side unmasked and the other left alone is unmasked.
        rows = [{row[:4] for row in rows} for rows in three]
        assert now == pixels((rows[0] & rows[1] & rows[2]) | (rows[1] - rows[0]) | (rows[2] - rows[0]))


@given(edits(), st.data())
def test_two_changes_of_one_thing_are_one_conflict(
    made: tuple[bytes, list[tuple[str, str]]], data: st.DataObject
) -> None:
    base, changes = made
    old, new = data.draw(st.sampled_from([one for one in changes if "Bob" not in one[1]]))
    other = (
        new.rstrip("\n") + "8" + "\n" * new.endswith("\n")
        if new.strip()
        else old.replace("h", "k").replace("d", "k")
    )
    if new.lstrip("\n")[:1].isdigit() and new.strip() != old.strip() + "new":
        other = "\n" + re.sub(r" \d+ (\w+)\n", r" 8 \1\n", new.lstrip("\n"))
    found = merged(base, applied(base, [(old, new)]), applied(base, [(old, other)]))
    [conflict] = found.conflicts
    lines = found.raw.decode().splitlines()
    assert lines[conflict.line - 1] == "<<<<<<< ours"
    for side in (new, other):
        assert side.strip("\n") in split(found)
    # All else is as it was.
    for line in base.decode().splitlines():
        assert line in lines or old.strip() in line


@given(
    st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd"))
)
def test_hunks_are_the_three_sequences_in_turn(base: list[str], ours: list[str], theirs: list[str]) -> None:
    spans = [*hunks(base, ours, theirs)]
    for number, whole in enumerate((base, ours, theirs)):
        assert [one for span in spans for one in whole[slice(*span[number])]] == whole
    for one, other in matches(base, ours):
        assert base[one] == ours[other]


@given(
    st.text("ab[]{},:'\"#-\n \\", max_size=60),
    st.text("ab[]{},:'\"#-\n ", max_size=60),
    st.text("ab[]{},:- \n", max_size=60),
)
def test_whatever_the_text_is_the_merge_is_one_of_its_lines(base: str, ours: str, theirs: str) -> None:
    for path in ("a.yaml", "a.ecsv"):
        for start in ("", HEADER):
            found = merge(
                path, (start + base).encode(), (start + ours).encode(), (start + theirs).encode(), TYPE
            )
            if not found.conflicts:
                again = merge(
                    path, (start + base).encode(), (start + theirs).encode(), (start + ours).encode(), TYPE
                )
                assert again.conflicts or sorted(again.raw) == sorted(found.raw)


def test_real_files_take_independent_edits(real: Path) -> None:
    random_ = random.Random(7)
    files = sorted(path for path in real.rglob("*") if path.suffix in (".ecsv", ".yaml"))
    tried = 0
    for path in random_.sample(files, 120):
        dataset_type = _type_of(path)
        base = path.read_bytes()
        words = [
            found
            for found in re.finditer(rb"(?<![\w.'\"-])\d+\.\d+(?:e[-+]\d+)?(?![\w.'\"])", base)
            if b"%ECSV" not in base[found.start() - 8 : found.start()]
            and b"VERSION" not in _line(base, found.start())
        ]
        if len(words) < 2:
            continue
        one, other = sorted(random_.sample(words, 2), key=lambda found: found.start())
        if dataset_type.row_key == ("amp_name", "wavelength") and _line(base, one.start()) == _line(
            base, other.start()
        ):
            continue
        if _line(base, one.start()) == _line(base, other.start()) and b"[" not in _line(base, one.start()):
            continue
        ours = _put(base, one, b"7.25")
        theirs = _put(base, other, b"8.5")
        both = _put(_put(base, other, b"8.5"), one, b"7.25")
        for left, right in ((ours, theirs), (theirs, ours)):
            found = merge(str(path), base, left, right, dataset_type)
            if found != Merged(both):
                assert not found.conflicts, (path, found.conflicts)
                assert sorted(found.raw.split(b"\n")) == sorted(both.split(b"\n")), path
        tried += 1
    assert tried > 30


def _type_of(path: Path) -> DatasetType:
    return next(found for part in path.parts[::-1] if (found := find_type(part)))


def _line(raw: bytes, at: int) -> bytes:
    return raw[raw.rfind(b"\n", 0, at) + 1 : raw.find(b"\n", at)]


def _put(raw: bytes, found: re.Match[bytes], new: bytes) -> bytes:
    return raw[: found.start()] + new + raw[found.end() :]


@given(st.binary(max_size=200), st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_are_merged_or_refused_in_a_sentence(base: bytes, ours: bytes, theirs: bytes) -> None:
    for path in ("a.yaml", "a.ecsv"):
        with suppress(FormatError):
            merge(path, base, ours, theirs, TYPE)
