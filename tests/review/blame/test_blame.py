"""Which edit each part of a file is from, on real histories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from weakref import WeakSet

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository.made import Made
from review.history.boxes import PATH, Box, boxes_text, write_history

from curator.cli.main import main
from curator.errors import CuratorError
from curator.review.blame.as_of import AsOf
from curator.review.blame.blame import ROW, FileBlame, blame_path
from curator.review.blame.blame_lines import blame_lines
from curator.review.blame.contents import Content
from curator.review.blame.replay import replay
from curator.review.history.versions import file_history

A, B, C, D = (0, 0, 1, 9), (5, 0, 1, 9), (7, 7, 2, 2), (20, 30, 4, 4)
WIDER = (5, 0, 3, 9)
CURVE = "cam/qe_curve/s00/20200101T000000.ecsv"
_numbers = count()


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made.at(tmp_path / "repo")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """One repository for all histories of the property tests: each has a branch of its own."""
    return Made.at(tmp_path_factory.mktemp("many") / "repo")


def commit(made: Made, text: str, subject: str = "Edit", path: str = PATH) -> str:
    made.write(path, text)
    return made.commit(subject)


def blame(made: Made, path: str = PATH, rev: str | None = None) -> FileBlame:
    return blame_path(AsOf(made.repo, rev), path)


def rows_of(found: FileBlame, slot: str = ROW) -> dict[tuple[object, ...], str]:
    """Return the commit of each row, empty where it is not committed."""
    [table] = found.tables
    at = table.slots.index(slot)
    return {
        tuple(row): found.edits[edits[at]].commit
        for row, edits in zip(table.table.rows, table.edits.tolist(), strict=True)
    }


def test_a_row_is_from_the_commit_that_gave_it_its_values(made: Made) -> None:
    first = commit(made, boxes_text([A, B]))
    second = commit(made, boxes_text([A, B, C]))
    third = commit(made, boxes_text([A, WIDER, C]))
    assert rows_of(blame(made)) == {A: first, WIDER: third, C: second}
    assert rows_of(blame(made, rev=second)) == {A: first, B: first, C: second}


def test_order_spelling_and_a_new_start_move_no_blame(made: Made) -> None:
    first = commit(made, boxes_text([A, B, C]))
    commit(made, boxes_text([C, A, B]), "Reorder")
    commit(
        made, boxes_text([C, A, B]).replace("0 0 1 9", "00  0 1   9").replace("int32", "int64"), "Reformat"
    )
    moved = PATH.replace("2020", "2021")
    made.git("mv", PATH, moved)
    made.commit("Start later")
    assert rows_of(blame(made, moved)) == {C: first, A: first, B: first}


def test_what_is_not_committed_says_so(made: Made) -> None:
    first = commit(made, boxes_text([A, B]))
    made.write(PATH, boxes_text([B, C, A], instrument="Cem"))
    found = blame(made)
    assert rows_of(found) == {A: first, B: first, C: ""}
    assert [found.edits[found.keywords[name][1]].commit for name in ("OBSTYPE", "INSTRUME")] == [first, ""]
    assert found.to_json()["keywords"][1] == {"keyword": "INSTRUME", "value": "Cem", "commit": None}
    assert rows_of(blame(made, rev="HEAD")) == {A: first, B: first}
    new = PATH.replace("s00", "s01")
    made.write(new, boxes_text([A]))
    assert rows_of(blame(made, new)) == {A: ""}


def test_a_line_of_history_is_from_the_commit_that_added_it(made: Made) -> None:
    texts = [
        boxes_text([A], note="one"),
        boxes_text([A], note="one").replace("# schema", "#   - two\n#   - one\n# schema"),
    ]
    first, second = (commit(made, text) for text in texts)
    commit(made, texts[1].replace("#   - two\n", "").replace("#   - 'one'", "#   - two\n#   - one"))
    found = blame(made)
    told = [(text, found.edits[edit].commit) for text, edit in found.history]
    assert told == [("two", second), ("one", first), ("one", second)]
    assert [one["commit"] for one in found.to_json()["history"]] == [second, first, second]
    assert any(line.endswith("HISTORY: two") for line in blame_lines(found))


def test_edits_of_branches_are_told_newest_first(made: Made) -> None:
    texts = [boxes_text(rows) for rows in ([A], [A, B], [A, C], [A, B, D], [A, B, C, D])]
    base, side, main_, later, _ = write_history(
        made, list(zip([[], [0], [0], [1], [2, 3]], texts, strict=True)), "main"
    )
    used = [one["commit"] for one in blame(made, rev="main").to_json()["edits"]]
    assert used == [later, main_, side, base]


def test_a_merge_passes_rows_to_the_parent_that_has_them(made: Made) -> None:
    texts = [boxes_text(rows) for rows in ([A], [A, B], [A, C], [A, B, C, D])]
    base, side, main_, merge = write_history(
        made, list(zip([[], [0], [0], [2, 1]], texts, strict=True)), "main"
    )
    assert rows_of(blame(made, rev="main")) == {A: base, B: side, C: main_, D: merge}


def test_a_version_that_cannot_be_read_hides_no_other(made: Made) -> None:
    first = commit(made, boxes_text([A, B]))
    broken = commit(made, "<<<<<<< ours\n")
    again = commit(made, "# %ECSV 1.0\n\x00")
    last = commit(made, boxes_text([A, B, C]))
    found = blame(made)
    assert rows_of(found) == {A: first, B: first, C: last}
    assert [one.commit for one in found.problems] == [again, broken]
    assert f"cannot be read in commit {broken[:12]}" in "\n".join(blame_lines(found))
    made.write(PATH, "broken")
    with pytest.raises(CuratorError, match="ECSV"):
        blame(made)
    with pytest.raises(CuratorError):
        blame(made, rev=broken)


def test_many_versions_that_cannot_be_read_are_passed_over(made: Made) -> None:
    texts = [boxes_text([A]), *(f"broken {number}\n" for number in range(1500)), boxes_text([A, B])]
    commits = write_history(
        made, [([number - 1] if number else [], text) for number, text in enumerate(texts)], "main"
    )
    found = blame(made, rev="main")
    assert rows_of(found) == {A: commits[0], B: commits[-1]}
    assert len(found.problems) == 1500


def test_a_removed_file_that_came_back_is_new(made: Made) -> None:
    commit(made, boxes_text([A]))
    made.git("rm", "-q", PATH)
    made.commit("Remove")
    with pytest.raises(CuratorError, match="no such file"):
        blame(made)
    back = commit(made, boxes_text([A]))
    assert rows_of(blame(made)) == {A: back}


def test_a_file_that_only_an_edit_without_commit_removed_is_not_there(made: Made) -> None:
    commit(made, boxes_text([A]))
    (made.root / PATH).unlink()
    with pytest.raises(CuratorError, match="no such file"):
        blame(made)
    assert rows_of(blame(made, rev="HEAD"))


def curve_text(points: Sequence[tuple[str, float, float]], unit: str = "nm") -> str:
    lines = ["# %ECSV 1.0", "# ---", "# datatype:", "# - {name: amp_name, datatype: string}"]
    lines += [f"# - {{name: wavelength, unit: {unit}, datatype: float64}}"]
    lines += ["# - {name: efficiency, unit: '%', datatype: float64}"]
    lines += ["# meta: !!omap", "# - {OBSTYPE: qe_curve}", "# schema: astropy-2.0"]
    lines += ["amp_name wavelength efficiency", *(" ".join(map(str, point)) for point in points)]
    return "\n".join(lines) + "\n"


def test_points_of_a_curve_are_told_in_runs(made: Made) -> None:
    points = [(amp, 400.0 + 100 * at, 50.0) for amp in ("C00", "C01") for at in range(5)]
    first = commit(made, curve_text(points), path=CURVE)
    points[1:3] = [(amp, wavelength, 51.0) for amp, wavelength, _ in points[1:3]]
    second = commit(made, curve_text(points), path=CURVE)
    found = blame(made, CURVE)
    assert rows_of(found, "efficiency")["C00", 500.0, 51.0] == second
    lines = [" ".join(line.split()) for line in blame_lines(replace(found, keywords={}))]
    told = [line for line in lines if " nm" in line and "column" not in line]
    assert [(line[:12], line.partition("Editor ")[2]) for line in told] == [
        (first[:12], "C00 400 nm"),
        (second[:12], "C00 500–600 nm"),
        (first[:12], "C00 700–800 nm"),
        (first[:12], "C01 400–800 nm"),
    ]
    third = commit(made, curve_text(points, "Angstrom"), path=CURVE)
    found = blame(made, CURVE)
    assert [found.edits[edit].commit for edit in found.tables[0].columns] == [first, third, first]
    assert rows_of(found, "efficiency")["C00", 500.0, 51.0] == second


def test_the_note_of_an_edit_is_what_it_added_to_the_history_of_the_file(made: Made) -> None:
    commit(made, boxes_text([A]), "First")
    commit(made, boxes_text([A, B], note="Hot column"), "Second")
    assert [one.note for one in blame(made).edits] == ["Hot column", "First"]


rows = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 2), st.integers(1, 2)),
    unique=True,
    max_size=8,
)


@given(versions=st.lists(rows, min_size=1, max_size=7))
def test_each_box_is_from_the_commit_in_which_it_last_appeared(many: Made, versions: list[list[Box]]) -> None:
    commits = linear(many, [boxes_text(one) for one in versions])
    since: dict[tuple[object, ...], str] = {}
    for commit_, now in zip(commits, versions, strict=True):
        since = {row: since.get(row, commit_) for row in now}
    assert rows_of(blame(many, rev=commits[-1])) == since


points = st.dictionaries(
    st.tuples(st.sampled_from(["C00", "C01"]), st.integers(400, 404).map(float)),
    st.integers(1, 3).map(float),
    max_size=8,
)


@given(
    versions=st.lists(points.flatmap(lambda one: st.permutations(list(one.items()))), min_size=1, max_size=7)
)
def test_each_point_is_from_the_commit_that_last_gave_it_a_value(
    many: Made, versions: list[list[tuple[tuple[str, float], float]]]
) -> None:
    texts = [curve_text([(*key, value) for key, value in one]) for one in versions]
    commits = linear(many, texts, CURVE)
    since: dict[tuple[object, ...], str] = {}
    for commit_, now in zip(commits, versions, strict=True):
        since = {(*key, value): since.get((*key, value), commit_) for key, value in now}
    assert rows_of(blame(many, CURVE, rev=commits[-1]), "efficiency") == since


@given(
    appended=st.lists(st.integers(0, 4), min_size=1, max_size=8),
    start=st.integers(0, 100),
    spread=st.integers(1, 9),
)
def test_where_lines_are_only_appended_blame_is_that_of_git(
    many: Made, appended: list[int], start: int, spread: int
) -> None:
    boxes: list[Box] = [(start + spread * at, at % 7, 1 + at % 3, 2) for at in range(sum(appended) + 1)]
    ends = [1 + sum(appended[: at + 1]) for at in range(len(appended))]
    commits = linear(many, [boxes_text(boxes[:end]) for end in ends])
    said = many.git("blame", "--porcelain", commits[-1], "--", PATH).split("\n")
    shas = [said[at - 1 - _back(said, at)][:40] for at, line in enumerate(said) if line.startswith("\t")]
    lines = [line[1:] for line in said if line.startswith("\t")]
    by_line = dict(zip(lines, shas, strict=True))
    found = rows_of(blame(many, rev=commits[-1]))
    assert found == {box: by_line[" ".join(map(str, box))] for box in boxes[: ends[-1]]}


def _back(said: list[str], at: int) -> int:
    """Return how far above a line the one with its commit is."""
    return next(back for back in count() if len(said[at - 1 - back].split(" ")[0]) == 40)


@given(data=st.data())
def test_where_histories_meet_a_box_is_from_a_commit_whose_parents_lack_it(
    many: Made, data: st.DataObject
) -> None:
    versions: list[tuple[list[int], list[Box]]] = []
    for number in range(data.draw(st.integers(1, 9))):
        earlier = st.lists(st.integers(0, number - 1), unique=True, min_size=1, max_size=3)
        versions.append((data.draw(earlier) if number else [], data.draw(rows)))
    branch = f"b{next(_numbers)}"
    commits = write_history(many, [(parents, boxes_text(one)) for parents, one in versions], branch)
    number_of = {sha: number for number, sha in enumerate(commits)}
    for row, sha in rows_of(blame(many, rev=commits[-1])).items():
        parents, present = versions[number_of[sha]]
        assert row in present
        assert not any(row in versions[parent][1] for parent in parents)


def linear(made: Made, texts: Sequence[str], path: str = PATH) -> list[str]:
    """Commit one version after another on a new branch."""
    versions = [([number - 1] if number else [], text) for number, text in enumerate(texts)]
    return write_history(made, versions, f"b{next(_numbers)}", path)


def test_hostile_text_steers_no_terminal(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    commit(made, boxes_text([A], instrument='"\\e]0;x\\a"', note="=cmd"))
    made.git("commit", "-q", "--amend", "--author", "E\x1b[2Jve <eve@example.org>", "-m", "\x1b[31mred")
    assert main(["-C", str(made.root), "blame", PATH]) == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "E\\x1b[2Jve" in said


def test_a_coefficient_of_crosstalk_has_its_own_edit(made: Made) -> None:
    path = "cam/crosstalk/s00/20200101T000000.ecsv"

    def text(coefficients: str) -> str:
        names = ("CT_COEFFS", "CT_ERRORS")
        lines = ["# %ECSV 1.0", "# ---", "# datatype:"]
        lines += [f"# - {{name: {name}, datatype: string, subtype: 'float64[4]'}}" for name in names]
        lines += ["# meta: !!omap", "# - {OBSTYPE: CROSSTALK}", "# schema: astropy-2.0", " ".join(names)]
        return "\n".join([*lines, f"[{coefficients}] [0.0,1.0e-6,1.0e-6,0.0]", ""])

    first = commit(made, text("0.0,1.0e-4,2.0e-4,0.0"), path=path)
    second = commit(made, text("0.0,1.0e-4,3.0e-4,0.0"), path=path)
    found = blame(made, path)
    table = found.tables[0]
    told = {
        tuple(row[:2]): [found.edits[edit].commit for edit in edits[1:]]
        for row, edits in zip(table.table.rows, table.edits.tolist(), strict=True)
    }
    assert told == {(0, 0): [first] * 2, (0, 1): [first] * 2, (1, 0): [second, first], (1, 1): [first] * 2}
    lines = "\n".join(" ".join(line.split()) for line in blame_lines(found))
    assert f"{second[:12]} {found.edits[0].date[:10]} Ada Editor to 1 from 0: CT_COEFFS\n" in lines


def test_a_shallow_clone_says_what_it_does_not_know(made: Made, tmp_path: Path) -> None:
    commit(made, boxes_text([A]))
    last = commit(made, boxes_text([A, B]))
    made.git("clone", "-q", "--depth", "1", f"file://{made.root}", str(tmp_path / "clone"))
    found = blame(Made(tmp_path / "clone"))
    assert found.is_cut
    assert set(rows_of(found).values()) == {last}
    assert "shallow clone" in "\n".join(blame_lines(found))
    assert not blame(made).is_cut


class State:
    """What a version is given, where only its lifetime matters."""


def test_no_more_states_are_kept_than_are_needed(made: Made) -> None:
    texts = ["broken\n" if number % 3 == 1 else boxes_text([A] * number) for number in range(30)]
    write_history(made, [([number - 1] if number else [], text) for number, text in enumerate(texts)], "main")
    alive: WeakSet[State] = WeakSet()
    most = 0

    def state_of(number: int, content: Content, parents: Sequence[State]) -> State:
        nonlocal most
        assert len(parents) == (number < 29)
        state = State()
        alive.add(state)
        most = max(most, len(alive))
        return state

    found = replay(file_history(made.repo, "main", PATH), PATH, state_of)
    assert (found.newest is not None, len(found.problems)) == (True, 10)
    assert most == 2
