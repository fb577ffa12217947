"""The engine: which files are looked at, which findings count, and that nothing in a file can stop it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recording import RecordingExecutor

from curator.checks.model.report import Report
from curator.checks.run.engine import check
from curator.errors import RepositoryError
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository
from curator.repository.snapshots.worktree import WorkTree

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
SENSOR = "ExampleCam/transmission_sensor/s00/20200101T000000.ecsv"
MATRIX = "ExampleCam/crosstalk/s01/20200101T000000.yaml"


@pytest.fixture
def tree(templates: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(templates["dmtn148"], tmp_path / "tree"))


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def examine(root: Path, *paths: str, **options: object) -> Report:
    snapshot = Repository.find(root).worktree()
    return check(snapshot, load_config(snapshot), paths=list(paths) or None, **options)  # type: ignore[arg-type]


def codes(report: Report) -> list[str]:
    return [one.code for one in report.findings]


def spoil(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_a_directory_means_everything_below_it(tree: Path) -> None:
    assert examine(tree, "ExampleCam/crosstalk").checked == 2
    assert examine(tree, "").checked == 14


def test_files_that_are_no_calibrations_are_left_alone(tree: Path) -> None:
    (tree / "ExampleCam" / "defects" / "README.md").write_text("about\n")
    (tree / "notes.yaml").write_text(": [\n")
    report = examine(
        tree, "notes.yaml", "ExampleCam/defects/README.md", ".github/workflows/check.yaml", DEFECTS
    )
    assert (report.checked, report.findings) == (1, ())


def test_a_severity_from_the_configuration_counts(tree: Path) -> None:
    spoil(tree, DEFECTS, "DETECTOR: 0", "DETECTOR: 1")
    spoil(tree, "curator.yaml", "cameras:", "severities: {CUR203: warning}\ncameras:")
    assert [(one.code, one.severity) for one in examine(tree).findings] == [("CUR203", "warning")]
    spoil(tree, "curator.yaml", "warning", "'off'")
    assert examine(tree).findings == ()


def test_selected_and_ignored_codes_are_beginnings(tree: Path) -> None:
    spoil(tree, DEFECTS, "DETECTOR: 0", "DETECTOR: 1")
    spoil(tree, DEFECTS, "310 1200", "3100 1200")
    assert codes(examine(tree)) == ["CUR203", "CUR301"]
    assert codes(examine(tree, select=["CUR3"])) == ["CUR301"]
    assert codes(examine(tree, ignore=["CUR301"])) == ["CUR203"]


def test_a_suppression_silences_one_rule_in_some_files_until_it_expires(tree: Path) -> None:
    spoil(tree, DEFECTS, "310 1200", "3100 1200")
    config = tree / "curator.yaml"
    plain = config.read_text()
    entry = "suppressions:\n- {rule: CUR301, path: '*/defects/**', reason: known"
    config.write_text(plain + entry + "}\n")
    report = examine(tree)
    assert (codes(report), report.suppressed) == ([], 1)
    config.write_text(plain + entry + ", expires: '2020-01-01'}\n")
    assert codes(examine(tree)) == ["CUR301", "CUR018"]
    config.write_text(plain + entry.replace("/defects/", "/crosstalk/") + "}\n")
    assert codes(examine(tree)) == ["CUR301", "CUR017"]


def test_a_limit_that_does_not_exist_is_named(tree: Path) -> None:
    spoil(tree, "curator.yaml", "cameras:", "limits: {ExampleCam: {curve_hight: 2}}\ncameras:")
    with pytest.raises(RepositoryError, match="curve_hight") as caught:
        examine(tree)
    assert caught.value.hint == "did you mean curve_high?"


def test_several_processes_find_what_one_finds(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curator.checks.run.engine.CHUNK", 2)
    spoil(tree, DEFECTS, "310 1200", "3100 1200")
    spoil(tree, MATRIX, "nAmp: 2", "nAmp: 3")
    assert examine(tree, jobs=3) == examine(tree, jobs=1)
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "Add a night")
    commit = Repository.find(tree).commit()
    config = load_config(commit)
    assert codes(check(commit, config, jobs=2)) == codes(check(commit, config)) == ["CUR320", "CUR301"]


@pytest.mark.parametrize(
    "make",
    [lambda: ThreadPoolExecutor(3), lambda: ProcessPoolExecutor(1, get_context("spawn")), RecordingExecutor],
    ids=["threads", "processes", "recording"],
)
def test_any_executor_finds_what_this_process_finds(
    tree: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[], Executor]
) -> None:
    monkeypatch.setattr("curator.checks.run.engine.CHUNK", 2)
    spoil(tree, DEFECTS, "310 1200", "3100 1200")
    spoil(tree, MATRIX, "nAmp: 2", "nAmp: 3")
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "Add a night")
    for snapshot in (WorkTree(str(tree)), Repository.find(tree).commit()):
        config = load_config(snapshot)
        alone = check(snapshot, config)
        with make() as executor:
            assert check(snapshot, config, executor=executor) == alone
            assert codes(alone) == ["CUR320", "CUR301"]


def test_an_executor_is_given_all_files_and_stays_open(tree: Path) -> None:
    executor = RecordingExecutor()
    worktree = WorkTree(str(tree))
    assert not check(worktree, load_config(worktree), executor=executor).findings
    ((entries,),) = executor.calls
    assert {DEFECTS, SENSOR, MATRIX} <= {entry.path for entry in entries}
    assert not executor.is_shut


def test_workers_see_what_has_changed_since_the_last_check(tree: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        for amplifiers, expected in ((2, []), (3, ["CUR320"])):
            spoil(tree, MATRIX, "nAmp: 2", f"nAmp: {amplifiers}")
            worktree = WorkTree(str(tree))
            assert codes(check(worktree, load_config(worktree), executor=executor)) == expected


def test_an_unmerged_file_is_a_finding_of_the_index(tree: Path) -> None:
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "Add a night")
    for branch, value in (("one", "1"), ("two", "2")):
        git(tree, "checkout", "-q", "-B", branch, "main" if branch == "two" else "HEAD")
        spoil(tree, DEFECTS, "310 1200 1 2896", f"31{value} 1200 1 2896")
        git(tree, "commit", "-qam", branch)
    subprocess.run(["git", "merge", "one"], cwd=tree, check=False, capture_output=True)
    index = Repository.find(tree).index()
    report = check(index, load_config(index))
    assert [(one.code, one.path) for one in report.findings] == [("CUR016", DEFECTS)]
    assert codes(check(index, load_config(index), paths=["ExampleCam/crosstalk"])) == []
    assert codes(examine(tree)) == ["CUR004"]


def test_a_camera_that_cannot_be_used_is_one_finding_for_all_its_files(tree: Path) -> None:
    spoil(tree, "ExampleCam/camera/20200101T000000.yaml", 'name: "S01", id: 1', 'name: "S01", id: 0')
    report = examine(tree)
    assert [(one.code, one.path) for one in report.findings] == [
        ("CUR350", "ExampleCam/camera/20200101T000000.yaml")
    ]
    assert codes(examine(tree, DEFECTS)) == ["CUR350"]
    os.unlink(tree / "ExampleCam/camera/20200101T000000.yaml")
    assert [one.message for one in examine(tree).findings] == ["there is no camera file"]


def test_an_unreadable_file_has_no_other_finding(tree: Path) -> None:
    spoil(tree, DEFECTS, "DETECTOR: 0", "DETECTOR: 1")
    spoil(tree, DEFECTS, "310 1200 1 2896", "310 1200 1")
    [finding] = examine(tree).findings
    assert (finding.code, finding.source) == ("CUR010", "310 1200 1")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_finding(tree: Path) -> None:
    (tree / DEFECTS).chmod(0)
    assert codes(examine(tree)) == ["CUR001"]


def test_a_named_pipe_and_a_link_are_findings(tree: Path) -> None:
    (tree / DEFECTS).unlink()
    os.mkfifo(tree / DEFECTS)
    (tree / "ExampleCam" / "defects" / "s01").symlink_to("/etc")
    (tree / "ExampleCam" / "defects" / "notes.txt").symlink_to("/etc/hostname")
    report = examine(tree, DEFECTS, "ExampleCam/defects")
    assert [(one.code, one.path) for one in report.findings] == [
        ("CUR013", DEFECTS),
        ("CUR013", "ExampleCam/defects/s01"),
    ]


def test_a_million_mistakes_are_not_a_million_findings(tree: Path) -> None:
    with (tree / DEFECTS).open("a") as file:
        file.writelines(f"{number % 1000} 1 -{number + 1} 1\n" for number in range(5000))
    report = examine(tree, DEFECTS)
    assert codes(report) == ["CUR302"] * 1000


def test_a_name_that_is_no_text_does_not_stop_it(tree: Path) -> None:
    folder = os.path.join(os.fsencode(tree), b"ExampleCam", b"defects", b"s\xff00")
    os.mkdir(folder)
    shutil.copy(tree / DEFECTS, os.path.join(folder, b"20200101T000000.ecsv"))
    assert codes(examine(tree)) == ["CUR209"]


@pytest.fixture(scope="module")
def scratch(
    templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, bytes], Report]:
    """Return a function that checks other bytes in place of one file of a new repository."""
    root = Path(shutil.copytree(templates["obs_base"], tmp_path_factory.mktemp("scratch") / "tree"))
    config = load_config(WorkTree(str(root)))

    def run(path: str, raw: bytes) -> Report:
        file = root / path
        kept = file.read_bytes()
        try:
            file.write_bytes(raw)
            return check(WorkTree(str(root)), config, paths=[path])
        finally:
            file.write_bytes(kept)

    return run


PATHS = st.sampled_from(
    [
        *(
            f"ExampleCam/{kind}/s00/20200101T000000.ecsv"
            for kind in ("defects", "crosstalk", "transmission_sensor")
        ),
        *(f"ExampleCam/{kind}/s00/20200101T000000.yaml" for kind in ("linearizer", "bfk")),
        *(
            MATRIX,
            "ExampleCam/camera/20200101T000000.yaml",
            "ExampleCam/transmission_optics/20200101T000000.ecsv",
        ),
    ]
)
INSERTIONS = st.sampled_from(
    [
        *(
            b"",
            b"\0",
            b"\xff",
            b"{",
            b"[",
            b"- ",
            b": ",
            b"nan",
            b".nan",
            b"1e999",
            b"-1",
            b"0130",
            b"on",
            b"null",
        ),
        *(
            b"''",
            b"\n",
            b"!!python/none x",
            b"*a",
            b"&a",
            b"<<: x",
            b"2020-01-01",
            b"99999999999999999999",
            b"\t",
        ),
        *(b"\r", b"#", b"{a: b}"),
    ]
)


@given(path=PATHS, where=st.floats(0, 1), cut=st.integers(0, 12), put=INSERTIONS)
def test_bytes_changed_anywhere_are_findings_or_nothing(
    path: str,
    where: float,
    cut: int,
    put: bytes,
    scratch: Callable[[str, bytes], Report],
    templates: dict[str, Path],
) -> None:
    raw = (templates["obs_base"] / path).read_bytes()
    at = int(where * len(raw))
    report = scratch(path, raw[:at] + put + raw[at + cut :])
    assert report.checked == 1
    assert all(one.line >= 1 and one.column >= 1 and one.message for one in report.findings)


@given(path=PATHS, raw=st.binary(max_size=300))
def test_any_bytes_are_findings_or_nothing(
    path: str, raw: bytes, scratch: Callable[[str, bytes], Report]
) -> None:
    assert scratch(path, raw).findings


SCALARS = (
    *("a", "''", "1", "1.5", "true", ".nan", "null", "2020-01-01", "12:30:45", "'x y'", "1e400", "0x1F"),
    *("[]", "{}"),
)
HEADER_VALUES = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | inner.map(lambda one: f"{{k: {one}}}")
    ),
    max_leaves=4,
)
KEYS = st.sampled_from(
    (
        *(
            "OBSTYPE",
            "INSTRUME",
            "DETECTOR",
            "FILTER",
            "CALIBDATE",
            "CALIB_ID",
            "CALIB_CREATION_DATE",
            "CALIBCLS",
        ),
        *(
            "CALIB_CREATION_TIME",
            "VALIDSTART",
            "VALIDEND",
            "TIMESYS",
            "DET_NAME",
            "DET_SER",
            "HISTORY",
            "MODE",
        ),
        *(
            "DEFECTS_VERSION",
            "DEFECTS_SCHEMA",
            "TYPE",
            "LEVEL",
            "NAMP",
            "CROSSTALK_SHAPE",
            "KERNEL_DX",
            "COMMENT",
        ),
        *("END", "lower", "RAFTNAME", "SLOTNAME"),
    )
)


@given(path=PATHS, entries=st.dictionaries(KEYS, HEADER_VALUES, min_size=1, max_size=4))
def test_any_value_of_any_keyword_is_a_finding_or_nothing(
    path: str, entries: dict[str, str], scratch: Callable[[str, bytes], Report], templates: dict[str, Path]
) -> None:
    text = (templates["obs_base"] / path).read_text()
    lines = text.split("\n")
    for key, value in entries.items():
        prefix = "# - {" if path.endswith("ecsv") else "  "
        lines = [line for line in lines if not line.startswith(f"{prefix}{key}:")]
        at = next(
            number
            for number, line in enumerate(lines)
            if line.lstrip("# ").startswith(("meta:", "metadata:"))
        )
        lines.insert(at + 1, f"{prefix}{key}: {value}" + ("}" if path.endswith("ecsv") else ""))
    scratch(path, "\n".join(lines).encode())


def test_a_thousand_findings_of_one_long_line_do_not_keep_it_a_thousand_times(tree: Path) -> None:
    file = tree / "ExampleCam/linearizer/s00/20200101T000000.yaml"
    file.write_text(f"metadata: {{{','.join(f'k{number}: [1, 2]' for number in range(8000))}}}\n")
    findings = examine(tree, str(file.relative_to(tree))).findings
    assert len(findings) > 1000
    assert sum(len(one.source) for one in findings) < file.stat().st_size


def test_a_map_of_more_entries_than_memory_bears_is_refused_in_every_form(tree: Path) -> None:
    file = tree / "ExampleCam/linearizer/s00/20200101T000000.yaml"
    for begin, entry, end in (("metadata: {", "k{0}: 1,", "}"), ("metadata:\n", "  k{0}: 1\n", "")):
        file.write_text(begin + "".join(entry.format(number) for number in range(100_001)) + end + "\n")
        assert codes(examine(tree, str(file.relative_to(tree)))) == ["CUR014"]
