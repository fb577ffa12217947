"""Rules about many calibrations: they agree with whoever looks at every moment, and cost what is checked."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from checks.overlay import addressed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curator.checks.cross_file.facts import facts_of
from curator.checks.model.finding import Finding
from curator.checks.model.report import Report
from curator.checks.run.engine import check
from curator.cli.main import main
from curator.formats.read import read_document
from curator.repository.catalogue.catalogue import Catalogue
from curator.repository.catalogue.deprecation_effects import effects, lines
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository
from curator.repository.snapshots.protocol import Snapshot
from curator.repository.snapshots.worktree import WorkTree

EPOCH = datetime(2020, 1, 1)
CAMERA = "ExampleCam/camera/20200101T000000.yaml"
DETECTORS = ("s00", "s01", "s10", "s11")


class Repo:
    """A repository with a camera and nothing else, in the profile of Rubin's reader."""

    def __init__(self, root: Path, templates: dict[str, Path], profile: str = "obs_base") -> None:
        self.root = root
        self.source = templates[profile]
        for path in ("curator.yaml", CAMERA):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.source / path, root / path)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.root, check=True, capture_output=True)

    def add(self, path: str, *keywords: str, rows: str = "") -> str:
        text = addressed(path, self.source)
        lines = "".join(f"# - {{{one}}}\n" for one in keywords)
        text = text.replace("# schema:", f"{lines}# schema:")
        if rows:
            text = text[: text.index("\nx0 ")] + f"\nx0 y0 width height\n{rows}\n"
        return self.write(path, text)

    def write(self, path: str, text: str) -> str:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)
        return path

    def check(self, *paths: str, snapshot: Snapshot | None = None, **options: int) -> Report:
        snapshot = snapshot or Repository.find(self.root).worktree()
        return check(snapshot, load_config(snapshot), paths=list(paths) or None, **options)

    def findings(self, *paths: str) -> list[Finding]:
        return [one for one in self.check(*paths).findings if one.code.startswith("CUR4")]

    def codes(self, *paths: str) -> list[tuple[str, str]]:
        return [(one.code, one.path) for one in self.findings(*paths)]


@pytest.fixture
def repo(templates: dict[str, Path], tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo", templates)


def name(start: datetime, detector: str = "s00") -> str:
    return f"ExampleCam/defects/{detector}/{start:%Y%m%dT%H%M%S}.ecsv"


def day(number: int) -> datetime:
    return EPOCH + timedelta(days=number)


RANGES = st.dictionaries(st.integers(0, 12), st.one_of(st.none(), st.integers(1, 9)), min_size=1, max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ranges=RANGES)
def test_overlaps_and_gaps_are_those_that_a_look_at_every_day_finds(
    ranges: dict[int, int | None], templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    repo = Repo(tmp_path_factory.mktemp("sets") / "repo", templates)
    for start, length in ranges.items():
        repo.add(name(day(start)), *([f"VALIDEND: '{day(start + length).isoformat()}'"] if length else []))
    starts = sorted(ranges)
    ends = {
        start: start + length if (length := ranges[start]) else next((n for n in starts if n > start), 99)
        for start in starts
    }
    found = repo.findings()
    wrong = {one.path for one in found if one.code == "CUR401"}
    overlapping = {name(day(one)) for one in starts if any(one < other < ends[one] for other in starts)}
    assert wrong <= overlapping
    assert bool(wrong) == bool(overlapping)
    bare = [n for n in range(starts[0], starts[-1]) if not any(one <= n < ends[one] for one in starts)]
    gaps = [n for n in bare if n - 1 not in bare]
    assert len([one for one in found if one.code == "CUR403"]) == len(gaps)
    for one in found:
        if one.code == "CUR403":
            begin = datetime.fromisoformat(one.message.split()[2].rstrip(","))
            assert (begin - EPOCH).days in gaps


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ranges=RANGES, picked=st.integers(0, 5))
def test_what_is_said_of_one_named_file_is_said_when_all_is_checked(
    ranges: dict[int, int | None],
    picked: int,
    templates: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    repo = Repo(tmp_path_factory.mktemp("sets") / "repo", templates)
    paths = [
        repo.add(name(day(start)), *([f"VALIDEND: '{day(start + length).isoformat()}'"] if length else []))
        for start, length in ranges.items()
    ]
    everything = set(repo.findings())
    one = paths[picked % len(paths)]
    said = set(repo.findings(one))
    assert said <= everything
    assert {finding for finding in everything if finding.path == one and finding.code < "CUR404"} <= said


SIDE = st.one_of(st.none(), st.integers(0, 14))
SAID = (
    st.tuples(SIDE, SIDE, st.sampled_from(["", " fall-back"]))
    .filter(lambda one: one[0] is None or one[1] is None or one[0] < one[1])
    .map(lambda one: f"{said_side(one[0])}/{said_side(one[1])}{one[2]}: why")
)


def said_side(number: int | None) -> str:
    return ".." if number is None else day(number).isoformat()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    line=st.dictionaries(st.integers(0, 13), st.one_of(st.none(), SAID), min_size=1, max_size=9),
    picked=st.integers(0, 8),
)
def test_gaps_that_deprecations_leave_are_said_of_one_named_file_as_of_all(
    line: dict[int, str | None],
    picked: int,
    templates: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    repo = Repo(tmp_path_factory.mktemp("sets") / "repo", templates)
    paths = [
        repo.add(name(day(start)), *([f"DEPRECATED: ['{said}']"] if said else []))
        for start, said in line.items()
    ]
    everything = {one for one in repo.findings() if one.code in ("CUR416", "CUR417", "CUR418")}
    snapshot = Repository.find(repo.root).worktree()
    found = [
        effect
        for alike in lines(Catalogue.of(snapshot, load_config(snapshot)).entries)
        for effect in effects(alike)
    ]
    assert len(everything) == sum(len(one.gaps) + len(one.idle) for one in found)
    one = paths[picked % len(paths)]
    assert {each for each in repo.findings(one) if each.code > "CUR415"} <= everything


def test_a_closed_end_is_told_what_to_write(repo: Repo) -> None:
    repo.add(name(day(0)), "VALIDEND: '2020-01-02T23:59:59'")
    repo.add(name(day(2)), rows="1 2 3 4")
    (found,) = repo.findings()
    assert (found.code, found.hint) == ("CUR403", "write 2020-01-03T00:00:00")
    assert found.source == "# - {VALIDEND: '2020-01-02T23:59:59'}"
    assert found.source[found.column - 1 :].startswith("'2020-01-02T23:59:59'")


def test_a_file_that_is_not_certified_overlaps_nothing(templates: dict[str, Path], tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo", templates, "dmtn148")
    repo.add(name(day(0)), "VALIDEND: '2020-03-01T00:00:00'")
    second = repo.add(name(day(9)), rows="1 2 3 4")
    assert repo.codes() == [("CUR401", name(day(0)))]
    text = (repo.root / second).read_text()
    repo.write(second, text.replace("# - {VALIDSTART: '2020-01-10T00:00:00'}\n", ""))
    assert repo.codes() == []


def batch(repo: Repo, detectors: tuple[str, ...], start: datetime = EPOCH) -> list[str]:
    rows = "{0} 1 2 3\n{0} 9 2 3\n{0} 99 2 3"
    return [
        repo.add(name(start, one), rows=rows.format(5 * number + start.day))
        for number, one in enumerate(detectors)
    ]


def test_a_file_that_cannot_be_read_or_has_no_place_is_not_said_to_be_missing(repo: Repo) -> None:
    batch(repo, DETECTORS[:3])
    assert [one.code for one in repo.findings()] == ["CUR405"]
    repo.write(name(EPOCH, "s11"), "# %ECSV 1.0\n# ---\nnonsense")
    assert repo.codes() == []
    (repo.root / name(EPOCH, "s11")).unlink()
    repo.write("ExampleCam/defects/s11/20201301T000000.ecsv", "nonsense")
    assert repo.codes() == []


def test_no_gap_is_seen_where_a_file_cannot_be_read(repo: Repo) -> None:
    repo.add(name(day(0)), "VALIDEND: '2020-01-03T00:00:00'")
    repo.add(name(day(5)), rows="1 2 3 4")
    assert repo.codes() == [("CUR403", name(day(0)))]
    unreadable = repo.write(name(day(2)), "# %ECSV 1.0\n# ---\nnonsense")
    assert repo.codes() == []
    repo.add(unreadable, "VALIDEND: 'some day'", rows="1 2 3 4")
    assert repo.codes() == []


def test_a_detector_is_said_to_be_missing_once_and_left_behind_only_if_it_still_is(repo: Repo) -> None:
    for number in range(3):
        batch(repo, DETECTORS[:3], day(40 * number))
    assert repo.codes() == [("CUR405", name(EPOCH))]
    repo.add(name(EPOCH, "s11"), rows="7 7 7 7")
    assert repo.codes() == [("CUR406", name(day(80)))]
    repo.add(name(day(99), "s11"), rows="7 7 7 9")
    assert repo.codes() == []


def test_a_type_that_only_a_few_detectors_have_is_no_set(repo: Repo) -> None:
    batch(repo, DETECTORS[:2])
    assert repo.codes() == []


def test_detectors_of_another_kind_need_not_have_what_the_others_have(repo: Repo) -> None:
    batch(repo, DETECTORS[:3])
    text = (repo.root / CAMERA).read_text()
    odd = text.replace('"S11", id: 3, width: 2048', '"S11", id: 3, width: 1024')
    more = "".join(f'- {{name: "S2{n}", id: {n + 9}, width: 2048, height: 4096}}\n' for n in range(2))
    repo.write(CAMERA, odd.replace("filters:\n", f"{more}filters:\n"))
    assert repo.codes() == []


def test_content_that_most_detectors_share_is_meant_to_be_shared(repo: Repo) -> None:
    for one in DETECTORS:
        repo.add(name(EPOCH, one))
    assert repo.codes() == []
    for number, one in enumerate(DETECTORS[2:]):
        repo.add(name(EPOCH, one), rows=f"{number} 1 2 3\n5 5 5 5\n90 9 9 9")
    assert repo.codes() == [("CUR408", name(EPOCH, "s01"))]


def test_the_later_one_is_the_copy(repo: Repo) -> None:
    rows = "1 1 1 1\n5 5 5 5\n90 9 9 9"
    repo.add(name(day(9)), rows=rows)
    repo.add(name(EPOCH, "s01"), rows=rows)
    assert repo.codes() == [("CUR408", name(day(9)))]


def test_a_copy_whose_header_is_that_of_the_other_is_said_once(repo: Repo) -> None:
    first = repo.add(name(EPOCH))
    repo.write(name(EPOCH, "s01"), (repo.root / first).read_text())
    assert "CUR203" in {one.code for one in repo.check().findings}
    assert repo.codes() == []


def test_a_file_is_not_blamed_for_what_others_lack(repo: Repo) -> None:
    batch(repo, DETECTORS[:3])
    named = batch(repo, DETECTORS, day(9))
    assert repo.codes(*named) == []
    assert repo.codes() == [("CUR405", name(EPOCH))]


@pytest.mark.parametrize("rows", ["0 0 2048 8", "0 0 2048 8\n0 4088 2048 8"])
def test_few_boxes_may_be_those_of_another_sensor(repo: Repo, rows: str) -> None:
    for one in DETECTORS[:2]:
        repo.add(name(EPOCH, one), rows=rows)
    assert repo.codes() == []


@pytest.mark.parametrize(("efficiency", "codes"), [(lambda n: 100.0, []), (lambda n: 50.0 + n, ["CUR408"])])
def test_a_curve_that_is_one_number_may_be_that_of_another_sensor(
    repo: Repo, efficiency: Callable[[int], float], codes: list[str]
) -> None:
    for number, one in enumerate(DETECTORS[:3]):
        path = f"ExampleCam/transmission_sensor/{one}/20200101T000000.ecsv"
        lines = addressed(path, repo.source).split("\n")
        end = next(at for at, line in enumerate(lines) if not line.startswith("#"))
        amplifiers = ["A", "B"] if "amp_name" in lines[end] else [""]
        rows = [
            f"{amplifier} {300 + 10 * n} {efficiency(n) - max(0, number - 1)}".strip()
            for amplifier in amplifiers
            for n in range(12)
        ]
        repo.write(path, "\n".join([*lines[: end + 1], *rows]) + "\n")
    found = repo.codes()
    assert [code for code, _ in found if code != "CUR405"] == codes


def a_bit_of_everything(repo: Repo) -> None:
    batch(repo, DETECTORS[:3])
    batch(repo, DETECTORS[:2], day(40))
    repo.add(name(day(60), "s10"), "VALIDEND: '2021-01-01T00:00:00'", rows="5 5 5 5")
    repo.add(name(day(90), "s10"), rows="5 5 5 6")
    shutil.copy(repo.root / name(EPOCH), repo.root / name(day(1)))
    repo.write("ExampleCam/defects/s00/20200101T000000.inputs.yml", "exposures: [1]\n")
    repo.write("ExampleCam/defects/s00/20190101T000000.inputs.yml", "exposures: [1]\n")
    repo.write("ExampleCam/defects/s01/20200101T000000.validation.yml", "- a\n")
    camera = (repo.root / CAMERA).read_text().replace("id: 3", "id: 9").replace('"S10"', '"S20"')
    repo.write("ExampleCam/camera/20200601T000000.yaml", camera)


@pytest.mark.parametrize("named", [False, True])
def test_a_list_that_was_emptied_is_said_of_the_first_empty_one_alone(repo: Repo, named: bool) -> None:
    empty = [repo.add(name(day(number)), rows="") for number in (30, 60)]
    for path in empty:
        text = (repo.root / path).read_text()
        repo.write(path, text[: text.index("\nx0 ")] + "\nx0 y0 width height\n")
    for number in (0, 90):
        repo.add(name(day(number)), rows="5 5 5 5")
    tree = Repository.find(repo.root).worktree()
    paths = [empty[0]] if named else None
    found = check(tree, load_config(tree), paths=paths).findings
    assert [one.path for one in found if one.code == "CUR420"] == empty[:1]
    only = check(tree, load_config(tree), paths=[empty[1], name(day(90))]).findings
    assert "CUR420" not in {one.code for one in only}


def test_a_file_that_a_merge_left_in_conflict_is_not_said_to_be_missing(repo: Repo) -> None:
    batch(repo, DETECTORS[:3])
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "Three")
    for branch, rows in (("one", "7 7 7 7"), ("two", "8 8 8 8")):
        repo.git("switch", "-q", "-c", branch, "main")
        repo.add(name(EPOCH, "s11"), rows=rows)
        repo.git("add", "-A")
        repo.git("commit", "-q", "-m", branch)
    subprocess.run(["git", "merge", "one"], cwd=repo.root, capture_output=True, check=False)
    found = repo.check(snapshot=Repository.find(repo.root).index()).findings
    assert [one.code for one in found] == ["CUR016"]


LATER = "ExampleCam/camera/20210101T000000.yaml"


def later_camera(repo: Repo, old: str, new: str) -> str:
    text = (repo.root / CAMERA).read_text()
    assert old in text
    return repo.write(LATER, text.replace("2020-01-01T00:00:00", "2021-01-01T00:00:00").replace(old, new))


@pytest.mark.parametrize("named", [(), (LATER,)])
def test_what_a_camera_file_drops_is_said_while_calibrations_hold_on(
    repo: Repo, named: tuple[str, ...]
) -> None:
    repo.add("ExampleCam/transmission_filter/g_01/20200101T000000.ecsv")
    later_camera(repo, '"g_01"', '"g_02"')
    (found,) = repo.findings(*named)
    assert (found.code, found.path) == ("CUR414", LATER)
    assert found.message.startswith("filter g_01 (transmission_filter)")
    later_camera(
        repo, '- {name: "g_01", band: "g", aliases: []}', '- {name: "g_02", band: "g", aliases: ["g_01"]}'
    )
    assert repo.codes(*named) == []


def test_a_detector_may_go_when_its_last_calibration_ends(repo: Repo) -> None:
    repo.add(name(EPOCH, "s11"))
    later_camera(repo, '"S11"', '"S12"')
    assert repo.codes() == [("CUR414", LATER)]
    repo.add(name(EPOCH, "s11"), "VALIDEND: '2021-01-01T00:00:00'")
    assert repo.codes() == []


def test_an_amplifier_may_go_where_no_calibration_names_amplifiers(repo: Repo) -> None:
    repo.add(name(EPOCH))
    later_camera(repo, '"CCD-011", amplifiers: ["A", "B"]', '"CCD-011", amplifiers: ["A", "C"]')
    assert repo.codes() == []
    repo.add("ExampleCam/crosstalk/s00/20200101T000000.ecsv")
    (found,) = repo.findings()
    assert found.message.startswith("amplifier B of S00 (crosstalk)")


def test_a_link_is_not_said_to_be_a_missing_file(repo: Repo) -> None:
    batch(repo, DETECTORS[:3])
    link = repo.root / name(EPOCH, "s11")
    link.parent.mkdir()
    link.symlink_to(repo.root / name(EPOCH))
    assert repo.codes() == []


def test_all_states_of_a_repository_and_all_numbers_of_processes_say_the_same(repo: Repo) -> None:
    a_bit_of_everything(repo)
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "All")
    place = Repository.find(repo.root)
    found = repo.check().findings
    assert {one.code for one in found} >= {"CUR401", "CUR405", "CUR410", "CUR411", "CUR413", "CUR414"}
    for snapshot in (place.index(), place.commit("HEAD")):
        assert repo.check(snapshot=snapshot).findings == found
    assert repo.check(jobs=2).findings == found


def test_directories_named_one_by_one_are_as_good_as_the_whole(repo: Repo) -> None:
    a_bit_of_everything(repo)
    assert repo.findings("ExampleCam") == repo.findings()


def test_a_record_is_checked_when_it_is_named(repo: Repo) -> None:
    a_bit_of_everything(repo)
    record = "ExampleCam/defects/s00/20190101T000000.inputs.yml"
    assert repo.codes(record) == [("CUR410", record)]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    plain = WorkTree.read

    def counted(self: WorkTree, path: str) -> bytes:
        found.append(path)
        return plain(self, path)

    monkeypatch.setattr(WorkTree, "read", counted)
    return found


def grown(repo: Repo, years: range) -> None:
    for number in years:
        start = EPOCH + timedelta(days=366 * number)
        for place, one in enumerate(DETECTORS):
            end = "VALIDEND: '" + (start + timedelta(days=366)).isoformat() + "'"
            rows = f"{place} 1 2 3\n{number} 9 2 3\n{place} 99 2 3"
            repo.add(name(start, one), end, rows=rows)


def test_a_whole_check_reads_no_calibration_twice(repo: Repo, reads: list[str]) -> None:
    grown(repo, range(5))
    assert repo.codes() == []
    calibrations = [path for path in reads if "/defects/" in path]
    assert len(calibrations) == len(set(calibrations)) == 20


def test_a_named_file_is_read_with_its_neighbours_however_many_there_are(
    repo: Repo, reads: list[str]
) -> None:
    grown(repo, range(6))
    counts = []
    for years in (range(6, 12), range(12, 40)):
        grown(repo, years)
        reads.clear()
        assert repo.codes(name(EPOCH + timedelta(days=366 * 5))) == []
        counts.append(len(reads))
    assert counts[0] == counts[1] < 25


def test_of_a_type_that_is_named_as_a_whole_only_neighbours_are_read(repo: Repo, reads: list[str]) -> None:
    counts = []
    for years in (range(12), range(12, 30)):
        grown(repo, years)
        named = [name(EPOCH + timedelta(days=366 * 6), one) for one in DETECTORS]
        reads.clear()
        assert repo.codes(*named) == []
        counts.append(len(reads))
    assert counts[0] == counts[1] < 12 * len(DETECTORS)


def steps(work: Callable[[], object]) -> int:
    """Return how many functions are called in the rules about sets."""
    count = 0

    def see(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_the_work_grows_as_the_number_of_files(repo: Repo) -> None:
    from curator.checks.cross_file.calibration_sets import set_findings

    snapshot = WorkTree(str(repo.root))
    config = load_config(snapshot)

    def work() -> int:
        entries = Repository.find(repo.root).worktree().entries()
        facts = {
            one.path: facts_of(read_document(one.path, snapshot.read(one.path)))
            for one in entries
            if "/defects/" in one.path
        }
        return steps(lambda: list(set_findings(snapshot, config, entries, facts, whole=True)))

    grown(repo, range(10))
    small = work()
    grown(repo, range(10, 40))
    assert work() < 4.2 * small


def test_the_rules_about_sets_are_quiet_on_real_repositories(
    adopted_repository: Callable[[str], Path],
) -> None:
    for one in ("obs_lsst_data", "obs_decam_data"):
        root = adopted_repository(one)
        snapshot = Repository.find(root).worktree()
        report = check(snapshot, load_config(snapshot), select=["CUR4"])
        assert report.findings == ()


def test_mistakes_in_real_repositories_are_seen(adopted_repository: Callable[[str], Path]) -> None:
    root = adopted_repository("obs_lsst_data")
    (root / "lsstCam/manual_defects/r22_s11/19700101T000000.ecsv").unlink()
    text = (root / "lsstCam/crosstalk/r43_s22/19700101T000000.ecsv").read_text()
    (root / "lsstCam/crosstalk/r22_s11/19700101T000000.ecsv").write_text(
        text.replace("DETECTOR: 188", "DETECTOR: 94")
    )
    snapshot = Repository.find(root).worktree()
    report = check(snapshot, load_config(snapshot), select=["CUR4"])
    assert [(one.code, one.path.split("/")[1]) for one in report.findings] == [
        ("CUR408", "crosstalk"),
        ("CUR405", "manual_defects"),
    ]


def test_one_file_among_others_is_checked_without_heavy_imports(repo: Repo) -> None:
    grown(repo, range(3))
    code = (
        "import sys\n"
        "processes = ('subprocess.Popen', 'os.posix_spawn')\n"
        "sys.addaudithook(lambda event, args: sys.exit(9) if event in processes else None)\n"
        "from curator.cli.main import main\n"
        f"status = main(['check', {name(day(366))!r}])\n"
        "print(*sorted(sys.modules))\n"
        "sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=repo.root, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    loaded = set(done.stdout.split())
    assert "curator.checks.cross_file.timelines" in loaded  # their ends were compared
    assert not loaded & {"numpy", "astropy", "yaml", "dataclasses", "inspect", "argparse"}


@pytest.mark.parametrize("kind", ["inputs", "validation"])
def test_a_record_that_is_spoilt_after_a_check_is_seen_by_the_next(
    repo: Repo, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    repo.add(name(EPOCH))
    record = repo.write(f"ExampleCam/defects/s00/20200101T000000.{kind}.yml", "exposures: [1]\n")
    repo.git("add", "-A")
    for _ in range(2):
        assert main(["-C", str(repo.root), "check"]) == 0
    repo.write(record, "exposures: [1\n")
    capsys.readouterr()
    assert main(["-C", str(repo.root), "check"]) == 1
    assert f"{record}:" in capsys.readouterr().out
