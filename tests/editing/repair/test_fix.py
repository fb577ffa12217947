"""Fixes change what they must and not a byte more, and nothing is half written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import warm
from editing.texts import git
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.checks.fixing.apply_fixes import apply_fix, edits_of, mend
from curator.checks.model.finding import Edit, Finding, Fix
from curator.editing.repair.fix import FileFix, Fixes, apply_fixes, diff_lines, fix, plan_fixes, write_fixes
from curator.errors import FormatError, RepositoryError
from curator.formats.edit.tidy import TIDY, tidied
from curator.formats.read import read_document
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

DEFECTS = "myCam/defects/s00/20200101T000000.ecsv"
MATRIX = "myCam/crosstalk/s01/20200101T000000.yaml"
FILTER = "myCam/transmission_filter/g_01/20200101T000000.ecsv"
SENSOR = "myCam/transmission_sensor/s00/20200101T000000.ecsv"
Template = Callable[..., Path]


def spoil(root: Path, path: str, *pairs: tuple[str, str]) -> bytes:
    """Write mistakes into a file and return what it held before."""
    file = root / path
    before = file.read_bytes()
    text = before.decode()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_bytes(text.encode())
    return before


def plan(root: Path, *paths: str, **options: object) -> Fixes:
    tree = Repository.find(root).worktree()
    return plan_fixes(tree, load_config(tree), paths=list(paths) or None, **options)  # type: ignore[arg-type]


def write(root: Path, *paths: str, **options: object) -> Fixes:
    tree = Repository.find(root).worktree()
    return fix(tree, load_config(tree), paths=list(paths) or None, **options)  # type: ignore[arg-type]


START = "CALIBDATE: '2020-01-01T00:00:00'"
# Profile, file, what stands there, the mistake, rule, what the fix writes if not what stood there.
MENDED = [
    ("dmtn148", DEFECTS, "- {INSTRUME:", "- {instrume:", "CUR104", ""),
    ("dmtn148", DEFECTS, "- {SOURCE:", "- {source:", "CUR104", ""),
    ("dmtn148", DEFECTS, "{DEFECTS_SCHEMA:", "{defects_SCHEMA:", "CUR106", ""),
    ("dmtn148", MATRIX, "CROSSTALK_VERSION:", "crosstalk_version:", "CUR106", ""),
    ("dmtn148", DEFECTS, "{DETECTOR: 0}", "{DETECTOR: '0'}", "CUR103", ""),
    ("dmtn148", MATRIX, "DETECTOR: 1", "DETECTOR: 1.0", "CUR103", ""),
    ("dmtn148", DEFECTS, "{FILTER: NONE}", "{FILTER: null}", "CUR204", ""),
    ("dmtn148", DEFECTS, "{FILTER: NONE}", "{FILTER: ''}", "CUR204", "{FILTER: 'NONE'}"),
    ("dmtn148", DEFECTS, "detector=0 ", "detector=1 ", "CUR110", ""),
    ("dmtn148", DEFECTS, "detectorName=S00", "detectorName=S01", "CUR110", ""),
    ("dmtn148", DEFECTS, "unit: pix", "unit: Pixels", "CUR107", ""),
    ("dmtn148", FILTER, "unit: nm", "unit: nanometers", "CUR107", ""),
    ("obs_base", DEFECTS, "{FILTER: null}", "{FILTER: NONE}", "CUR204", ""),
    ("obs_base", DEFECTS, START, "CALIBDATE: 2020-01-01T00:00:00", "CUR103", ""),
    ("obs_base", DEFECTS, f"{{{START}", "{CALIBDATE: '2020/1/1 00:00'", "CUR112", ""),
    ("obs_base", DEFECTS, START, "CALIBDATE: '2020-01-01T02:00:00+02:00'", "CUR113", ""),
    ("obs_base", DEFECTS, START, "CALIBDATE: '2020-01-01T00:00:00Z'", "CUR113", ""),
    ("obs_base", SENSOR, "lsst.ip.isr.Int", "LSST.ip.isr.int", "CUR206", ""),
]


@pytest.mark.parametrize(
    ("profile", "path", "right", "wrong", "code", "written"),
    MENDED,
    ids=lambda one: str(one)[:30],
)
def test_a_mistake_is_mended_and_nothing_else_changes(
    template: Template, profile: str, path: str, right: str, wrong: str, code: str, written: str
) -> None:
    root = template(profile)
    before = spoil(root, path, (right, wrong))
    fixes = write(root)
    assert list(fixes.by_rule()) == [code]
    assert (fixes.left, fixes.refused) == ((), ())
    assert (root / path).read_bytes() == before.replace(right.encode(), (written or right).encode(), 1)
    assert write(root).files == ()


@pytest.mark.parametrize("key", ["DETECTOR", "INSTRUME", "OBSTYPE", "FILTER", "CALIB_ID", "CALIBDATE"])
@pytest.mark.parametrize("path", [DEFECTS, MATRIX, FILTER])
def test_a_keyword_that_follows_from_the_path_is_written(template: Template, path: str, key: str) -> None:
    root = template("dmtn148")
    raw = (root / path).read_bytes()
    header = read_document(path, raw).header
    if key not in header:
        return
    line = next(one for one in raw.split(b"\n") if f"{key}:".encode() in one)
    (root / path).write_bytes(raw.replace(line + b"\n", b""))
    fixes = write(root)
    assert list(fixes.by_rule()) == ["CUR101"]
    assert read_document(path, (root / path).read_bytes()).header == header
    assert not plan(root).left


def test_the_calibdate_of_obs_base_follows_from_the_name(template: Template) -> None:
    root = template("obs_base")
    raw = spoil(root, DEFECTS, ("# - {CALIBDATE: '2020-01-01T00:00:00'}\n", ""))
    write(root)
    assert (
        read_document("a.ecsv", (root / DEFECTS).read_bytes()).header == read_document("a.ecsv", raw).header
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DETECTOR: 0", "DETECTOR: 1"),
        ("DETECTOR: 0", "DETECTOR: '007'"),
        ("FILTER: NONE", "FILTER: g_01"),
        ("unit: pix", "unit: elephants"),
        ("INSTRUME: 'myCam'", "INSTRUME: yourCam"),
        ("310 1200 1 2896", "310 1200 1 9999"),
        ("VALIDSTART: '2020-01-01", "VALIDSTART: '2021-01-01"),
        ("VALIDSTART: '2020-01-01T00:00:00'", "VALIDSTART: '01/02/2020'"),
        ("VALIDSTART: '2020-01-01T00:00:00'", "VALIDSTART: '2020-01-01T00:00:00 EST'"),
        ("VALIDSTART: '2020-01-01T00:00:00'", "VALIDSTART: '2020-01-01T00:00:00 TAI'"),
    ],
)
def test_what_needs_judgement_is_left_to_people(template: Template, old: str, new: str) -> None:
    root = template("dmtn148")
    spoil(root, DEFECTS, (old, new))
    raw = (root / DEFECTS).read_bytes()
    fixes = write(root)
    assert fixes.files == ()
    assert fixes.left
    assert (root / DEFECTS).read_bytes() == raw


def test_a_creation_date_is_not_made_up(template: Template) -> None:
    root = template("obs_base")
    spoil(root, "curator.yaml", ("profile: obs_base", "profile: dmtn148"))
    raw = (root / DEFECTS).read_text()
    kept = [one for one in raw.split("\n") if "CALIB_CREATION" not in one]
    (root / DEFECTS).write_text("\n".join(kept))
    fixes = write(root, DEFECTS)
    assert {one.message.split()[0] for one in fixes.left} == {"CALIB_CREATION_DATE", "CALIB_CREATION_TIME"}


def test_windows_line_ends_stay_unless_they_are_what_is_fixed(template: Template) -> None:
    root = template("dmtn148")
    clean = (root / DEFECTS).read_bytes()
    windows = clean.replace(b"\n", b"\r\n")
    (root / DEFECTS).write_bytes(windows.replace(b"{INSTRUME:", b"{instrume:"))
    write(root, select=["CUR104"])
    assert (root / DEFECTS).read_bytes() == windows
    write(root)
    assert (root / DEFECTS).read_bytes() == clean


def test_a_whole_file_is_tidied(template: Template) -> None:
    root = template("dmtn148")
    clean = (root / DEFECTS).read_bytes()
    head, _, body = clean.partition(b"x0 y0 width height\n")
    body = body.replace(b" ", b"\t", 2).replace(b"\n", b" \n", 1).removesuffix(b"\n")
    (root / DEFECTS).write_bytes(
        b"\xef\xbb\xbf" + (head + b"x0 y0 width height\n" + body).replace(b"\n", b"\r\n")
    )
    fixes = write(root)
    assert list(fixes.by_rule()) == ["CUR005", "CUR007", "CUR009", "CUR010"]
    assert (root / DEFECTS).read_bytes() == clean


def test_tabs_and_blanks_that_are_text_stay(template: Template) -> None:
    root = template("dmtn148")
    spoil(root, DEFECTS, ("SOURCE: '", "SOURCE: 'a\tb "))
    raw = (root / DEFECTS).read_bytes()
    fixes = write(root)
    assert (root / DEFECTS).read_bytes() == raw
    assert [one.code for one, _ in fixes.refused] == ["CUR006"]
    with pytest.raises(FormatError, match="are inside a text"):
        tidied("a.yaml", b"metadata: {}\nnote: |\n  one  \n  two\n", "trailing spaces")


def test_a_line_written_twice_is_taken_out_and_one_that_differs_is_not(template: Template) -> None:
    root = template("dmtn148")
    before = spoil(root, DEFECTS, ("# - {DETECTOR: 0}\n", "# - {DETECTOR: 0}\n# - {DETECTOR: 0}\n"))
    assert list(write(root).by_rule()) == ["CUR015"]
    assert (root / DEFECTS).read_bytes() == before
    spoil(root, DEFECTS, ("# - {DETECTOR: 0}\n", "# - {DETECTOR: 0}\n# - {DETECTOR: 1}\n"))
    assert write(root).files == ()


def test_only_what_is_asked_for_is_fixed(template: Template) -> None:
    root = template("dmtn148")
    for path in (DEFECTS, SENSOR):
        spoil(root, path, ("{INSTRUME:", "{instrume:"), ("{DETECTOR: 0}", "{DETECTOR: '0'}"))
    assert plan(root, select=["CUR103"]).by_rule() == {"CUR103": 2}
    assert plan(root, ignore=["CUR103"]).by_rule() == {"CUR104": 2}
    assert [one.path for one in write(root, "myCam/defects").files] == [DEFECTS]
    assert b"instrume" in (root / SENSOR).read_bytes()


def test_suppressed_findings_are_not_touched(template: Template) -> None:
    root = template("dmtn148")
    spoil(root, DEFECTS, ("{INSTRUME:", "{instrume:"))
    with (root / "curator.yaml").open("a") as config:
        config.write("suppressions:\n- {rule: CUR104, path: '**', reason: known}\n")
    assert write(root).files == ()


def test_what_the_baseline_records_is_fixed_if_selected_and_what_is_left_of_it_is_not_counted(
    template: Template,
) -> None:
    from curator.cli.main import main

    root = template("dmtn148")
    spoil(root, DEFECTS, ("{INSTRUME:", "{instrume:"), ("310 1200 1 2896", "310 1200 1 9999"))
    assert main(["-C", str(root), "baseline", "write"]) == 0
    assert main(["-C", str(root), "check"]) == 0
    kept = write(root)
    assert (kept.by_rule(), kept.left, kept.baselined) == ({}, (), 1)
    fixes = write(root, select=["CUR1"])
    assert fixes.by_rule() == {"CUR104": 1}
    assert fixes.left == ()


def test_permissions_stay(template: Template) -> None:
    root = template("dmtn148")
    spoil(root, DEFECTS, ("{INSTRUME:", "{instrume:"))
    (root / DEFECTS).chmod(0o755)
    write(root)
    assert (root / DEFECTS).stat().st_mode & 0o777 == 0o755
    assert not [one for one in (root / DEFECTS).parent.iterdir() if one.suffix == ".tmp"]


def test_a_file_that_changed_in_the_meantime_is_left_alone(template: Template) -> None:
    root = template("dmtn148")
    for path in (DEFECTS, SENSOR):
        spoil(root, path, ("{INSTRUME:", "{instrume:"))
    planned = plan(root)
    spoil(root, DEFECTS, ("310 1200", "311 1200"))
    raw = (root / DEFECTS).read_bytes()
    written = write_fixes(Repository.find(root).worktree(), planned)
    assert [one.path for one in written.files] == [SENSOR]
    assert written.failed == ((DEFECTS, "it has changed since the command started"),)
    assert (root / DEFECTS).read_bytes() == raw


def test_links_pipes_and_what_is_gone_are_refused_one_by_one(template: Template, tmp_path: Path) -> None:
    root = template("dmtn148")
    paths = (DEFECTS, SENSOR, MATRIX, FILTER)
    for path in paths:
        spoil(root, path, ("INSTRUME:", "instrume:"))
    planned = plan(root)
    outside = tmp_path / "outside.ecsv"
    (root / DEFECTS).rename(outside)
    (root / DEFECTS).symlink_to(outside)
    raw = outside.read_bytes()
    (root / SENSOR).unlink()
    os.mkfifo(root / SENSOR)
    (root / MATRIX).unlink()
    written = write_fixes(Repository.find(root).worktree(), planned)
    assert [one.path for one in written.files] == [FILTER]
    assert {path for path, _ in written.failed} == {DEFECTS, SENSOR, MATRIX}
    assert outside.read_bytes() == raw
    codes = {one.code for one in plan(root).left}
    assert "CUR013" in codes


def test_a_directory_of_links_is_not_followed(template: Template, tmp_path: Path) -> None:
    root = template("dmtn148")
    spoil(root, DEFECTS, ("{INSTRUME:", "{instrume:"))
    folder = (root / DEFECTS).parent
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RepositoryError, match="symbolic link"):
        write(root)
    assert b"instrume" in (tmp_path / "elsewhere" / "20200101T000000.ecsv").read_bytes()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_said(template: Template) -> None:
    root = template("dmtn148")
    spoil(root, DEFECTS, ("{INSTRUME:", "{instrume:"))
    (root / DEFECTS).parent.chmod(0o555)
    [(path, why)] = write(root).failed
    assert (path, "cannot be written" in why) == (DEFECTS, True)
    (root / DEFECTS).parent.chmod(0o755)


def test_a_full_disk_leaves_the_old_file(template: Template) -> None:
    root = template("dmtn148")
    spoil(root, DEFECTS, ("{INSTRUME:", "{instrume:"))
    raw = (root / DEFECTS).read_bytes()
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 0; exec {sys.executable} -m curator fix 2>/dev/null | cat"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{DEFECTS} is not fixed: cannot be written" in done.stdout
    assert (root / DEFECTS).read_bytes() == raw
    assert sorted(one.name for one in (root / DEFECTS).parent.iterdir()) == ["20200101T000000.ecsv"]


def test_two_at_once_do_not_get_into_each_others_way(template: Template) -> None:
    root = template("dmtn148")
    clean = {
        path: spoil(root, path, ("INSTRUME:", "instrume:")) for path in (DEFECTS, SENSOR, MATRIX, FILTER)
    }
    both = [
        subprocess.Popen([warm.python(), "-m", "curator", "fix"], cwd=root, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for one in both:
        one.communicate()
    assert {path: (root / path).read_bytes() for path in clean} == clean


def test_a_diff_is_one_that_git_applies(template: Template) -> None:
    root = template("dmtn148")
    clean = {path: spoil(root, path, ("INSTRUME:", "instrume:")) for path in (DEFECTS, MATRIX)}
    with (root / DEFECTS).open("ab") as file:
        file.seek(-1, os.SEEK_END)
        file.truncate()
    text = "\n".join(diff_lines(plan(root).files)) + "\n"
    subprocess.run(["git", "apply", "-"], cwd=root, input=text.encode(), check=True)
    assert {path: (root / path).read_bytes() for path in clean} == clean
    assert git(root, "status", "--porcelain") == ""


SPOILERS = {
    "case": ("INSTRUME:", "instrume:"),
    "spelling": ("DEFECTS_SCHEMA:", "defects_SCHEMA:"),
    "quotes": ("{DETECTOR: 0}", "{DETECTOR: '0'}"),
    "filter": ("{FILTER: NONE}", "{FILTER: null}  # none at all"),
    "id": ("detector=0 ", "detector=1 "),
    "unit": ("unit: pix", "unit: Pixels"),
    "zone": ("VALIDSTART: '2020-01-01T00:00:00'", "VALIDSTART: '2019-12-31T14:00:00HST'"),
    "form": ("VALIDSTART: '2020-01-01T00:00:00'", "VALIDSTART: '20200101T0000'"),
    "day": ("# schema:", "# # by hand\n# schema:"),
    "gone": ("# - {OBSTYPE: defects}\n", ""),
    "note": ("x0 y0 width height\n", "x0 y0 width height\n# found by Zoë\n"),
    "number": ("310 1200 1 2896", "0310 1200 1 2896"),
    "blank": ("310 1200 1 2896", "310 1200 1 2896  "),
    "tab": ("310 1200 1 2896", "310 1200 1 2896\t"),
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    from curator.editing.new.init import init

    root = tmp_path_factory.mktemp("bench") / "obs_mycam_data"
    init(root, "myCam")
    return root, (root / DEFECTS).read_bytes()


@settings(max_examples=40)
@given(st.sets(st.sampled_from(sorted(SPOILERS)), min_size=1), st.booleans(), st.booleans())
def test_any_mixture_of_mistakes_is_fixed_and_all_else_kept(
    bench: tuple[Path, bytes], mistakes: set[str], windows: bool, open_end: bool
) -> None:
    root, clean = bench
    text = clean.decode()
    for name in sorted(mistakes):
        text = text.replace(*SPOILERS[name], 1)
    raw = (text[:-1] if open_end else text).replace("\n", "\r\n" if windows else "\n").encode()
    (root / DEFECTS).write_bytes(raw)
    tree = Repository.find(root).worktree()
    config = load_config(tree)
    planned = plan_fixes(tree, config, paths=[DEFECTS])
    for file in planned.files:
        (root / DEFECTS).write_bytes(file.after)
        before, after = read_document(DEFECTS, file.before), read_document(DEFECTS, file.after)
        touched = {"INSTRUME", "DEFECTS_SCHEMA", "DETECTOR", "FILTER", "CALIB_ID", "VALIDSTART", "OBSTYPE"}
        kept = {key: value for key, value in before.header.items() if key.upper() not in touched}
        assert kept == {
            key: value for key, value in after.header.items() if key not in touched and key in kept
        }
        assert [one.values for one in before.columns.values()] == [
            one.values for one in after.columns.values()
        ]
        assert [one.text for one in before.comments] == [one.text for one in after.comments]
        assert b"0310" in file.after or "number" not in mistakes
        assert "# # by hand" in file.after.decode() or "day" not in mistakes
        assert b"# none at all" in file.after or "filter" not in mistakes
    again = plan_fixes(tree, config, paths=[DEFECTS])
    assert again.files == ()
    assert not [one for one in again.left if one.fix is not None]
    header = read_document(DEFECTS, clean).header
    assert read_document(DEFECTS, (root / DEFECTS).read_bytes()).header == header


@given(st.sampled_from(sorted(TIDY)), st.text("ab \t\r\n'\"|:-#", max_size=40))
def test_tidying_says_the_same_or_is_refused(what: str, text: str) -> None:
    raw = f"metadata: {{A: 1}}\nx: {text}\n".encode()
    try:
        before = read_document("a.yaml", raw)
    except FormatError:
        return
    try:
        data = tidied("a.yaml", raw, what)
    except FormatError:
        return
    assert repr(read_document("a.yaml", data).tree) == repr(before.tree)
    if what != "tabs" or b"\t" not in data:
        assert tidied("a.yaml", data, what) == data


def test_long_runs_of_blanks_take_no_longer_than_other_text() -> None:
    raw = b"metadata: {A: 1}\nx: a" + b" " * 1_000_000 + b"b   \n"
    assert tidied("a.yaml", raw, "trailing spaces") == raw.replace(b"b   \n", b"b\n")


@given(st.lists(st.text("abc", max_size=2), max_size=6), st.lists(st.text("abc", max_size=2), max_size=6))
def test_edits_for_an_editor_give_what_the_fix_gives(old: list[str], new: list[str]) -> None:
    from checks.fixing.test_fixes import laid

    from curator.checks.fixing import apply_fixes as mend

    before, after = "\n".join(old), "\n".join(new)
    edits = mend.edits_between(before, after)
    assert laid(before, edits) == after
    assert bool(edits) == (before != after)


def test_fixes_that_clash_wait_for_the_next_round(template: Template) -> None:
    root = template("dmtn148")
    spoil(root, DEFECTS, ("{INSTRUME:", "{instrume:"))
    [file] = plan(root).files
    (first,) = file.done
    second = replace(first, code="CUR999", fix=Fix("other", (Edit("set", "INSTRUME", "x"),)))
    assert apply_fixes(DEFECTS, file.before, [first, second]) == file.after
    assert apply_fixes(DEFECTS, file.before, []) == file.before


def test_a_fix_that_no_longer_fits_is_an_error_that_says_so() -> None:
    raw = b"metadata: {A: 1}\n"
    for edit in (
        Edit("text", value="x", line=9, start=1, end=2),
        Edit("rename", "B", "C"),
        Edit("remove", "B"),
    ):
        with pytest.raises(FormatError):
            apply_fix("a.yaml", raw, Fix("", (edit,)))
    with pytest.raises(FormatError):
        apply_fix("a.yaml", raw, Fix("", (Edit("text", value="{", line=1, start=1, end=2),)))
    assert edits_of("a.yaml", raw, Fix("", (Edit("set", "A", 1),))) == []
    assert FileFix("a", b"", b"", ()).before == b""


def _numbered(*lines: int) -> list[Finding]:
    """Return findings that put ``new`` in the place of what stands in some lines of a YAML list."""
    return [
        Finding("CUR301", "error", "a.yaml", n, 3, "m", fix=Fix("", (Edit("text", "", "new", n, 3, 6),)))
        for n in lines
    ]


def test_many_fixes_of_one_text_are_proven_at_once(monkeypatch) -> None:
    import curator.formats.read as module

    reads, read = [], module.read_document
    monkeypatch.setattr(module, "read_document", lambda *words: reads.append(1) or read(*words))
    found = mend("a.yaml", b"- old\n" * 500, _numbered(*range(1, 501)))
    assert found.raw == b"- new\n" * 500
    assert len(found.done) == 500
    assert len(reads) == 2


def test_one_that_breaks_the_text_is_refused_and_the_others_are_carried_out() -> None:
    bad = Finding("CUR301", "error", "a.yaml", 2, 3, "m", fix=Fix("", (Edit("text", "", "{", 2, 3, 6),)))
    found = mend("a.yaml", b"- old\n" * 3, [*_numbered(1, 3), bad])
    assert found.raw == b"- new\n- old\n- new\n"
    assert [one for one, _ in found.refused] == [bad]
