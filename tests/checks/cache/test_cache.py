"""Results kept between runs: whatever was done to the files, the answer is that of a check without them."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FUZZ
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.checks.cache import keys
from curator.checks.cache.serialize import pack_findings, pack_report, unpack_findings, unpack_report
from curator.checks.model.finding import Edit, Finding, Fix
from curator.checks.model.report import Report
from curator.checks.run import engine
from curator.checks.run.cached_check import check_cached
from curator.checks.run.engine import check
from curator.cli.main import main
from curator.errors import CuratorError
from curator.repository.git import user_cache as keeping
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository
from curator.repository.snapshots import stat_signatures as stamps

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
SENSOR = "ExampleCam/transmission_sensor/s00/20200101T000000.ecsv"
EXAMPLES = max(1, int(8 * FUZZ))
CLOCK = 0.02
IDLE = "{rule: CUR301, path: 'build/*2021*', reason: none}"


@pytest.fixture(autouse=True)
def _fine_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file systems of the tests have a clock of a few milliseconds."""
    monkeypatch.setattr(stamps, "COARSE", int(CLOCK * 1e9))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that rules were asked about."""
    found: list[str] = []
    examine = engine.FileChecker.check

    def counted(self, entry):
        found.append(entry.path)
        return examine(self, entry)

    monkeypatch.setattr(engine.FileChecker, "check", counted)
    return found


def git(root: Path, *words: str, ok: bool = True) -> None:
    subprocess.run(["git", *words], cwd=root, check=ok, capture_output=True)


def made(templates: dict[str, Path], target: Path) -> Path:
    shutil.copytree(templates["dmtn148"], target)
    if not (target / ".git").exists():
        git(target, "init", "-q", "-b", "main")
    git(target, "add", "-A")
    git(target, "commit", "-q", "--allow-empty", "-m", "Begin")
    return target


@pytest.fixture
def tree(templates: dict[str, Path], tmp_path: Path) -> Path:
    return made(templates, tmp_path / "tree")


def plain(root: Path) -> Report | str:
    snapshot = Repository.find(root).worktree()
    try:
        return check(snapshot, load_config(snapshot))
    except CuratorError as error:
        return str(error)


def cached(root: Path) -> Report | str:
    repository = Repository.find(root)
    snapshot = repository.worktree()
    try:
        return check_cached(repository, snapshot, lambda: load_config(snapshot), lambda: ((), ()), options=[])
    except CuratorError as error:
        return str(error)


def warm(root: Path) -> None:
    """Check until the report stands."""
    time.sleep(2 * CLOCK)
    cached(root)
    cached(root)


def in_place(file: Path, old: bytes, new: bytes) -> None:
    """Change a file and leave its size and the time of its last change as they were."""
    before = file.stat()
    raw = file.read_bytes()
    assert len(old) == len(new)
    assert old in raw
    with open(file, "r+b") as opened:
        opened.write(raw.replace(old, new))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


# What a day's work, and somebody who means ill, do to a repository. Each gets its root and a random source.
STEPS: dict[str, Callable[[Path, random.Random], object]] = {}


def step(function: Callable[[Path, random.Random], object]) -> Callable[[Path, random.Random], object]:
    STEPS[function.__name__] = function
    return function


def any_file(root: Path, rng: random.Random) -> Path:
    files = [one for one in sorted(root.glob("ExampleCam/**/*")) if one.is_file() and not one.is_symlink()]
    return rng.choice(files or [root / "curator.yaml"])


@step
def flip_a_digit_and_hide_it(root: Path, rng: random.Random) -> None:
    file = any_file(root, rng)
    digits = [at for at, byte in enumerate(file.read_bytes()) if 0x30 <= byte <= 0x39]
    if digits:
        raw = bytearray(file.read_bytes())
        raw[rng.choice(digits)] = rng.choice(b"0123456789")
        before = file.stat()
        with open(file, "r+b") as opened:
            opened.write(raw)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@step
def replace_by_rename_and_hide_it(root: Path, rng: random.Random) -> None:
    file = any_file(root, rng)
    before = file.stat()
    other = root / "other"
    other.write_bytes(file.read_bytes()[::-1])
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.rename(file)


@step
def write_through_another_name(root: Path, rng: random.Random) -> None:
    file = any_file(root, rng)
    os.link(file, root.parent / "linked")
    with open(root.parent / "linked", "ab") as opened:
        opened.write(b"1 2 3 4\n")
    os.unlink(root.parent / "linked")


@step
def touch(root: Path, rng: random.Random) -> None:
    os.utime(any_file(root, rng))


@step
def change_mode(root: Path, rng: random.Random) -> None:
    file = any_file(root, rng)
    file.chmod(file.stat().st_mode ^ 0o100)


@step
def swap_two(root: Path, rng: random.Random) -> None:
    one, other = any_file(root, rng), any_file(root, rng)
    if one != other:
        one.rename(root / "between")
        other.rename(one)
        (root / "between").rename(other)


@step
def move_into_a_new_directory(root: Path, rng: random.Random) -> None:
    file = any_file(root, rng)
    target = root / "ExampleCam" / "defects" / f"s0{rng.randrange(4)}" / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    file.rename(target)


@step
def remove(root: Path, rng: random.Random) -> None:
    any_file(root, rng).unlink(missing_ok=True)


@step
def put_a_new_one(root: Path, rng: random.Random) -> None:
    target = root / rng.choice(["ExampleCam/defects/s01", "build", "."]) / "20210203T000000.ecsv"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("no table\n")


@step
def put_a_record(root: Path, rng: random.Random) -> None:
    folder = root / "ExampleCam" / "defects" / f"s0{rng.randrange(2)}"
    if folder.is_dir():
        (folder / f"20{rng.randrange(20, 23)}0101T000000.inputs.yml").write_text("inputs: [a]\n")


@step
def put_a_repository(root: Path, rng: random.Random) -> None:
    target = root / rng.choice(["ExampleCam/defects/s01", "elsewhere"]) / "inner"
    target.mkdir(parents=True, exist_ok=True)
    git(target, "init", "-q")


@step
def take_repositories_away(root: Path, rng: random.Random) -> None:
    for inner in root.glob("**/inner/.git"):
        shutil.rmtree(inner)


@step
def swap_for_a_link(root: Path, rng: random.Random) -> None:
    file = any_file(root, rng)
    if file.name != "curator.yaml":
        file.unlink()
        file.symlink_to(rng.choice(["/dev/zero", "/etc/hostname", "missing", "../../../curator.yaml"]))


@step
def swap_a_directory_for_a_link(root: Path, rng: random.Random) -> None:
    folder = root / "ExampleCam" / "crosstalk"
    if folder.is_dir() and not folder.is_symlink():
        folder.rename(root.parent / f"moved{rng.random()}")
        folder.symlink_to("defects")


@step
def write_carriage_returns(root: Path, rng: random.Random) -> None:
    file = any_file(root, rng)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


@step
def convert_by_attributes(root: Path, rng: random.Random) -> None:
    (root / ".gitattributes").write_text(rng.choice(["* text eol=crlf\n", "* filter=odd\n", ""]))
    git(root, "config", "filter.odd.clean", "sed s/1/2/")
    git(root, "config", "filter.odd.smudge", "sed s/2/1/")


@step
def ignore_something(root: Path, rng: random.Random) -> None:
    place = rng.choice([".gitignore", "ExampleCam/.gitignore", ".git/info/exclude"])
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).write_text(rng.choice(["*.ecsv\n", "*.inputs.yml", "build/\n", "*2021*\n", ""]))


@step
def ignore_something_everywhere(root: Path, rng: random.Random) -> None:
    ignored = Path(os.environ["XDG_CONFIG_HOME"]) / "git" / "ignore"
    ignored.parent.mkdir(exist_ok=True)
    ignored.write_text(rng.choice(["*2021*\n", ""]))


@step
def hide_changes_from_git(root: Path, rng: random.Random) -> None:
    flag = rng.choice(["--assume-unchanged", "--skip-worktree"])
    git(root, "update-index", flag, str(any_file(root, rng).relative_to(root)), ok=False)
    flip_a_digit_and_hide_it(root, rng)


@step
def set_up_git_oddly(root: Path, rng: random.Random) -> None:
    name, value = rng.choice(
        [
            ("core.trustctime", "false"),
            ("core.checkStat", "minimal"),
            ("core.fileMode", "false"),
            ("core.untrackedCache", "true"),
            ("core.splitIndex", "true"),
            ("core.ignoreStat", "true"),
            ("index.version", "4"),
            ("core.autocrlf", "true"),
        ]
    )
    git(root, "config", name, value)
    git(root, "update-index", "--refresh", ok=False)


@step
def change_the_configuration(root: Path, rng: random.Random) -> None:
    config = root / "curator.yaml"
    text = config.read_text().partition("severities:")[0]
    kinds = ["", "{CUR301: warning}", "{CUR103: 'off'}", "1", "{}\nsuppressions: [" + IDLE + "]"]
    kind = rng.choice(kinds)
    config.write_text(text + (f"severities: {kind}\n" if kind else ""))


@step
def change_a_camera(root: Path, rng: random.Random) -> None:
    for file in root.glob("ExampleCam/camera/*.yaml"):
        file.write_text(file.read_text().replace("width", rng.choice(["width", "height", "wide"]), 1))


@step
def add(root: Path, rng: random.Random) -> None:
    git(root, "add", rng.choice(["-A", "-u", "-N"]), ".", ok=False)


@step
def commit(root: Path, rng: random.Random) -> None:
    git(root, "add", "-A", ok=False)
    git(root, "commit", "-q", "-m", "Go on", ok=False)


@step
def untrack(root: Path, rng: random.Random) -> None:
    git(root, "rm", "-q", "--cached", str(any_file(root, rng).relative_to(root)), ok=False)


@step
def go_elsewhere(root: Path, rng: random.Random) -> None:
    ways = [("stash",), ("stash", "pop"), ("reset", "-q", "--hard"), ("checkout", "-q", "HEAD~1")]
    git(root, *rng.choice(ways), ok=False)


@step
def spoil_what_is_kept(root: Path, rng: random.Random) -> None:
    for file in Path(os.environ["XDG_CACHE_HOME"]).glob("curator/*/*"):
        raw = bytearray(file.read_bytes())
        if not raw:
            raw += b"x"
        elif rng.random() < 0.5:
            raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        else:
            del raw[rng.randrange(len(raw)) :]
        file.write_bytes(raw)


@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=4, max_size=10))
def test_whatever_is_done_the_answer_is_that_of_a_check_that_remembers_nothing(
    seed, steps, templates, tmp_path_factory
):
    rng = random.Random(seed)
    root = made(templates, tmp_path_factory.mktemp("work") / "tree")
    for name in steps:
        if rng.random() < 0.8:
            warm(root)
        STEPS[name](root, rng)
        assert cached(root) == plain(root), name
    warm(root)
    assert cached(root) == plain(root)


@pytest.mark.parametrize("name", sorted(STEPS))
def test_each_of_them_is_noticed_when_the_report_stood(name, tree):
    rng = random.Random(name)
    for _ in range(3):
        warm(tree)
        STEPS[name](tree, rng)
        assert cached(tree) == plain(tree)


def test_no_rule_is_asked_where_nothing_changed(tree, asked):
    warm(tree)
    asked.clear()
    cached(tree)
    assert asked == []


def test_only_what_changed_is_asked_about(tree, asked):
    warm(tree)
    asked.clear()
    in_place(tree / DEFECTS, b"310 1200", b"990 1200")
    cached(tree)
    assert asked == [DEFECTS]


def test_what_was_known_of_bytes_is_known_when_they_come_back(tree, asked):
    warm(tree)
    shutil.copytree(tree / "ExampleCam", tree / "copy")
    shutil.rmtree(tree / "ExampleCam")
    (tree / "copy").rename(tree / "ExampleCam")
    asked.clear()
    cached(tree)
    assert asked == []


def test_a_file_that_just_changed_is_not_relied_upon(tree, monkeypatch, asked):
    monkeypatch.setattr(stamps, "COARSE", 10**12)
    cached(tree)
    assert (
        list(Path(keeping.folder("runs")).iterdir()) == [] if Path(keeping.folder("runs")).exists() else True
    )
    assert asked
    asked.clear()
    assert cached(tree) == plain(tree)


def test_other_rules_are_asked_anew(tree, asked, monkeypatch):
    warm(tree)
    asked.clear()
    monkeypatch.setattr("curator.checks.cache.whole_run.rule_set", lambda: "other rules")
    monkeypatch.setattr("curator.checks.cache.file_results.code_set", lambda: "other rules")
    cached(tree)
    assert len(asked) == 14


def test_the_version_of_the_rules_is_that_of_their_files(monkeypatch, tmp_path):
    package = tmp_path / "curator"
    shutil.copytree(Path(keys.__file__).parents[2], package)
    monkeypatch.setattr(keys, "__file__", str(package / "checks" / "cache" / "keys.py"))

    def version() -> str:
        keys.code_set.cache_clear()
        return keys.rule_set()

    try:
        first = version()
        assert version() == first
        in_place(package / "checks" / "rules" / "header" / "dates.py", b"def ", b"dew ")
        second = version()
        assert second != first
        (package / "checks" / "rules" / "more.py").write_text("")
        assert version() not in (first, second)
    finally:
        keys.code_set.cache_clear()


def test_suppressions_do_not_make_files_be_looked_at_again(tree, asked):
    in_place(tree / DEFECTS, b"310 1200", b"990 9200")
    warm(tree)
    with open(tree / "curator.yaml", "a") as config:
        config.write("suppressions:\n- {rule: CUR301, path: '**', reason: known}\n")
    asked.clear()
    report = cached(tree)
    assert asked == []
    assert report == plain(tree)
    assert report.suppressed == 1


def test_what_was_found_is_believed_of_the_same_bytes_in_any_snapshot(tree, asked):
    warm(tree)
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "--allow-empty", "-m", "Add calibrations")
    asked.clear()
    for options in (["--staged"], ["--rev", "HEAD"], []):
        main(["-C", str(tree), "check", *options])
    assert not asked
    defects = sorted((tree / "ExampleCam" / "defects").rglob("*.ecsv"))[0]
    before = defects.read_bytes()
    defects.write_bytes(before + b"9000 9000 1 1\n")
    main(["-C", str(tree), "check"])
    main(["-C", str(tree), "check", "--rev", "HEAD"])
    assert len(asked) == 1
    defects.write_bytes(before)
    main(["-C", str(tree), "check", "--staged"])
    assert len(asked) == 1


def test_on_request_nothing_is_kept_or_believed(tree, asked, monkeypatch, capsys):
    monkeypatch.chdir(tree)
    assert main(["check", "--no-cache"]) == 0
    assert not Path(os.environ["XDG_CACHE_HOME"], "curator").exists()
    warm(tree)
    asked.clear()
    assert main(["check", "--no-cache"]) == 0
    assert len(asked) == 14


def test_named_files_are_looked_at_whatever_is_kept(tree, asked, monkeypatch, capsys):
    monkeypatch.chdir(tree)
    warm(tree)
    asked.clear()
    assert main(["check", DEFECTS]) == 0
    assert asked == [DEFECTS]


@pytest.mark.parametrize(
    "options", [["--staged"], ["--rev", "HEAD"], ["--rev", "HEAD~1"], ["--select", "CUR3"]]
)
def test_every_kind_of_whole_check_says_what_it_says_without_a_cache(options, tree, monkeypatch, capsys):
    monkeypatch.chdir(tree)
    good = (tree / DEFECTS).read_bytes()
    (tree / DEFECTS).write_bytes(good.replace(b"310 1200", b"10990 1200"))
    git(tree, "commit", "-q", "-a", "-m", "Spoil")
    (tree / DEFECTS).write_bytes(good)
    git(tree, "add", "-A")
    said = []
    for more in (["--no-cache"], [], [], ["--ignore", "CUR301"], []):
        main(["check", "--format", "json", *options, *more])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] == said[2] == said[4]
    if "HEAD" in options:
        assert said[3] != said[0]


def test_paths_that_only_a_suppression_names_are_noticed(tree):
    (tree / "curator.yaml").write_text((tree / "curator.yaml").read_text() + f"suppressions: [{IDLE}]\n")
    git(tree, "commit", "-q", "-a", "-m", "Suppress")
    (tree / "build").mkdir()
    (tree / "build" / "2021.txt").write_text("")
    warm(tree)
    before = cached(tree)
    (tree / ".git/info").mkdir(exist_ok=True)
    (tree / ".git/info/exclude").write_text("build/\n")
    assert cached(tree) == plain(tree) != before


def test_a_commit_in_the_making_is_checked_by_its_own_index(tree, monkeypatch):
    warm(tree)
    shutil.copy(tree / ".git/index", tree / ".git/next-index")
    monkeypatch.setenv("GIT_INDEX_FILE", str(tree / ".git/next-index"))
    (tree / ".gitignore").write_text("*.ecsv\n")
    git(tree, "rm", "-q", "--cached", DEFECTS)
    assert cached(tree) == plain(tree)


@pytest.mark.parametrize("place", ["/proc/nowhere", "/dev/null"])
def test_where_nothing_can_be_kept_everything_is_asked(place, tree, asked, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    assert cached(tree) == cached(tree) == plain(tree)
    assert len(asked) == 3 * plain(tree).checked


def test_kept_files_of_others_and_links_are_not_believed(tree, asked):
    warm(tree)
    for kind in ("runs", "files"):
        (file,) = Path(keeping.folder(kind)).iterdir()
        file.rename(tree.parent / kind)
        file.symlink_to(tree.parent / kind)
    asked.clear()
    assert cached(tree) == plain(tree)
    assert len(asked) == 2 * plain(tree).checked


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers())
findings = st.builds(
    Finding,
    code=st.text(),
    severity=st.sampled_from(["error", "warning", "info"]),
    path=st.text(st.characters(exclude_categories=())),
    line=st.integers(),
    column=st.integers(),
    message=st.text(),
    source=st.text(st.characters(exclude_categories=())),
    fix=st.none()
    | st.builds(Fix, st.text(), st.lists(st.builds(Edit, st.just("set"), st.text(), values)).map(tuple)),
)


@given(st.lists(findings))
def test_findings_come_back_as_they_were_or_not_at_all(found):
    packed = pack_findings(found)
    if packed is not None:
        assert b"\n" not in packed
        assert repr(unpack_findings(packed)) == repr(found)


def test_what_json_has_no_form_for_is_not_kept():
    odd = Finding("CUR001", "error", "a", 1, 1, "m", fix=Fix("t", (Edit("set", "k", (1, 2)),)))
    assert pack_findings([odd]) is None
    assert pack_report(Report((odd,), 1)) is None


def test_a_report_comes_back_with_its_counts_and_notices():
    report = Report((Finding("CUR001", "error", "a", 1, 1, "m"),), 3, 2, 1, ("first", "second"))
    packed = pack_report(report)
    assert packed is not None
    assert unpack_report(packed) == report
