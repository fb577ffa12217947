"""``curator baseline``, as a team that begins with ten years of history uses it."""

from __future__ import annotations

import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from examples import EXAMPLE_FILES

from curator.checks.model.finding import Finding
from curator.checks.policy.baseline import former_key_of
from curator.checks.run.engine import check
from curator.cli.main import main
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
BASELINE = "curator-baseline.txt"


def spoil(root: Path, *rows: str, path: str = DEFECTS) -> None:
    file = root / path
    file.write_text(file.read_text() + "".join(f"{row}\n" for row in rows))


def run(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["-C", str(root), *words])
    said = capsys.readouterr()
    return status, said.out + said.err


@pytest.fixture
def recorded(repository: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A repository with two mistakes that are recorded."""
    spoil(repository, "4090 17 12 3", "4091 30 70 3")
    status, said = run(repository, capsys, "baseline", "write")
    assert (status, said) == (
        0,
        "Recorded 2 findings in curator-baseline.txt.\ncurator.yaml names it now. Commit both.\n",
    )
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    return repository


def test_what_is_recorded_does_not_fail_and_what_is_new_does(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(recorded, capsys, "check") == (0, f"{EXAMPLE_FILES} files checked: 2 in the baseline\n")
    assert run(recorded, capsys, "check", "--staged")[0] == 0
    assert run(recorded, capsys, "check", DEFECTS)[0] == 0
    spoil(recorded, "3 1 1 9999")
    status, said = run(recorded, capsys, "check")
    assert (status, said.count("CUR301")) == (1, 1)
    assert f"{EXAMPLE_FILES} files checked: 1 error, " in said
    assert ", 2 in the baseline" in said


def test_the_file_is_sorted_reads_well_and_names_no_line(recorded: Path) -> None:
    text = (recorded / BASELINE).read_text()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == sorted(lines)
    assert all(line.startswith(f"{DEFECTS} CUR301 ") for line in lines)
    assert "  # x0 + width = 4102, but S00 is 2048 pixels wide\n" in text or "x0 = 4090" in text
    assert (recorded / "curator.yaml").read_text().endswith(f"\nbaseline: {BASELINE}\n")


def test_what_is_gone_is_said_and_dropped(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = recorded / DEFECTS
    file.write_text(file.read_text().replace("4090 17 12 3\n", ""))
    status, said = run(recorded, capsys, "check")
    assert status == 0
    assert f"{BASELINE}:" in said
    assert "CUR019 (warning)" in said
    assert "a recorded finding no longer exists" in said
    assert "curator baseline update" in said
    before = (recorded / BASELINE).read_text().splitlines()
    assert run(recorded, capsys, "baseline", "update") == (
        0,
        "Dropped 1 finding that no longer exists; 1 left.\n",
    )
    after = (recorded / BASELINE).read_text().splitlines()
    assert set(after) < set(before)
    assert len(after) == len(before) - 1
    assert run(recorded, capsys, "check") == (0, f"{EXAMPLE_FILES} files checked: 1 in the baseline\n")
    assert run(recorded, capsys, "baseline", "update")[1] == "All recorded findings still exist: 1 finding.\n"


def test_a_check_of_some_files_says_nothing_of_what_is_gone_elsewhere(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (recorded / DEFECTS).unlink()
    assert "CUR019" not in run(recorded, capsys, "check", "ExampleCam/crosstalk")[1]
    assert "CUR019" not in run(recorded, capsys, "check", "--select", "CUR1")[1]
    assert "CUR019" in run(recorded, capsys, "check")[1]


def test_it_only_grows_if_somebody_says_so(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (recorded / BASELINE).read_text()
    spoil(recorded, "5000 1 1 9")
    status, said = run(recorded, capsys, "baseline", "write")
    assert status == 2
    assert "1 new finding would be added to the 2 recorded ones" in said
    assert "--allow-growth" in said
    assert run(recorded, capsys, "baseline", "update") == (
        0,
        (
            "All recorded findings still exist: 2 findings.\n1 finding is new, and not recorded: "
            "`curator check` lists them.\n"
        ),
    )
    assert (recorded / BASELINE).read_text() == before
    status, said = run(recorded, capsys, "baseline", "update", "--allow-growth")
    assert (status, said) == (0, f"Recorded 1 finding in {BASELINE}.\n")
    assert run(recorded, capsys, "check")[1] == f"{EXAMPLE_FILES} files checked: 3 in the baseline\n"


def test_equal_mistakes_are_counted(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(recorded, "4090 17 12 3")
    assert run(recorded, capsys, "check", "--select", "CUR301")[0] == 1
    assert run(recorded, capsys, "baseline", "write", "--allow-growth")[0] == 0
    assert " x2  #" in (recorded / BASELINE).read_text()
    assert run(recorded, capsys, "check")[0] == 0


def test_some_paths_are_recorded_and_the_others_left(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = "ExampleCam/manual_defects/s00/20200101T000000.ecsv"
    spoil(recorded, "5000 1 1 9")
    spoil(recorded, "4090 17 12 3", path=other)
    assert run(recorded, capsys, "baseline", "update", other, "--allow-growth")[0] == 0
    text = (recorded / BASELINE).read_text()
    assert text.count(other) >= 1
    assert text.count(DEFECTS) == 2


def test_a_renamed_file_takes_its_record_along(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = recorded / DEFECTS
    good = file.read_text().split("4090 17 12 3")[0]
    new = DEFECTS.replace("20200101", "20210101")
    (recorded / new).write_text(file.read_text().replace("2020-01-01", "2021-01-01"))
    file.write_text(good)
    status, said = run(recorded, capsys, "baseline", "update")
    assert "new, and not recorded" in said  # the old file is there still: a copy is no rename
    file.unlink()
    subprocess.run(["git", "checkout", "-q", "--", BASELINE], cwd=recorded, check=True)
    status, said = run(recorded, capsys, "baseline", "update")
    assert status == 0
    assert said.startswith("2 findings followed renamed files.\n")
    text = (recorded / BASELINE).read_text()
    assert (text.count(new), text.count(DEFECTS)) == (2, 0)


def test_what_is_suppressed_a_note_or_of_the_policy_is_not_recorded(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(repository, "4090 17 12 3")
    with (repository / "curator.yaml").open("a") as config:
        config.write(
            "suppressions:\n- {rule: CUR301, path: '**', reason: known}\n"
            "- {rule: CUR302, path: '**', reason: nowhere}\n"
        )
    before = (repository / "curator.yaml").read_text()
    status, said = run(repository, capsys, "baseline", "write")
    assert (status, said) == (0, "There are no findings to record.\n")
    assert not (repository / BASELINE).exists()
    assert (repository / "curator.yaml").read_text() == before


@pytest.mark.parametrize("content", ["precious\n", "# curator baseline 1\n<<<<<<< HEAD\n"])
def test_a_file_that_is_no_baseline_is_not_overwritten(
    content: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(repository, "4090 17 12 3")
    (repository / BASELINE).write_text(content)
    for words in (["write", "--allow-growth"], ["update"]):
        status, said = run(repository, capsys, "baseline", *words)
        assert status == 2
        assert "Traceback" not in said
    assert (repository / BASELINE).read_text() == content


def test_a_link_is_not_written_through(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(repository, "4090 17 12 3")
    (repository / BASELINE).symlink_to(tmp_path / "elsewhere")
    assert run(repository, capsys, "baseline", "write")[0] == 2
    assert not (tmp_path / "elsewhere").exists()


def test_without_a_baseline_there_is_nothing_to_update(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = run(repository, capsys, "baseline", "update")
    assert status == 2
    assert "curator.yaml names no baseline" in said
    assert "curator baseline write" in said


def test_a_configuration_in_one_line_stays_in_one_line(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(repository, "4090 17 12 3")
    config = repository / "curator.yaml"
    line = "{schema_version: 1, repository: x, profile: dmtn148, cameras: [ExampleCam]}\n"
    config.write_text(line)
    assert run(repository, capsys, "baseline", "write")[0] == 0
    assert config.read_text() == line.replace("}", f", baseline: {BASELINE}}}")
    config.write_text(line.replace("{", "{baseline: known.txt, "))
    assert run(repository, capsys, "baseline", "write")[0] == 0
    assert (repository / "known.txt").exists()


def test_a_configuration_that_cannot_be_changed_is_left_alone(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(repository, "4090 17 12 3")
    config = repository / "curator.yaml"
    config.write_text(config.read_text().replace("schema_version: 1", "? schema_version\n: 1"))
    before = config.read_text()
    status, said = run(repository, capsys, "baseline", "write")
    assert status == 2
    assert f"add it by hand: `baseline: {BASELINE}`" in said
    assert config.read_text() == before
    assert not (repository / BASELINE).exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, f"{BASELINE} merge=union\n"),
        ("*.ecsv -text", f"*.ecsv -text\n{BASELINE} merge=union\n"),
        ("*.ecsv -text\r\n", f"*.ecsv -text\r\n{BASELINE} merge=union\r\n"),
        ("*.txt merge=ours\n", "*.txt merge=ours\n"),
    ],
)
def test_write_lets_git_merge_the_baseline_unless_an_attribute_says_how(
    repository: Path, capsys: pytest.CaptureFixture[str], before: str | None, after: str
) -> None:
    attributes = repository / ".gitattributes"
    subprocess.run(["git", "rm", "-q", ".gitattributes"], cwd=repository, check=True)
    if before is not None:
        attributes.write_text(before, newline="")
    spoil(repository, "1 99 1 1", "1 99 1 1")
    status, said = run(repository, capsys, "baseline", "write")
    assert (status, "git merge" in said) == (0, before != after)
    assert attributes.read_bytes() == after.encode()


def test_two_branches_that_mend_different_things_merge(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=recorded, check=True, capture_output=True)

    spoil(recorded, *(f"{number * 3} 99 1 1" for number in range(40)))
    spoil(recorded, *(f"50{number:02} 1 1 9" for number in range(8)))
    assert run(recorded, capsys, "baseline", "write", "--allow-growth")[0] == 0
    with (recorded / ".gitattributes").open("a") as attributes:
        attributes.write(f"\n{BASELINE} merge=union\n")
    git("add", "-A")
    git("commit", "-qm", "Record what there is")
    for branch, row in (("one", "5001 1 1 9\n"), ("other", "5006 1 1 9\n")):
        git("checkout", "-qb", branch, "main")
        (recorded / DEFECTS).write_text((recorded / DEFECTS).read_text().replace(row, ""))
        assert run(recorded, capsys, "baseline", "update")[0] == 0
        git("commit", "-qam", f"Mend {branch}")
    git("merge", "-q", "one")
    run(recorded, capsys, "baseline", "update")
    assert run(recorded, capsys, "check") == (0, f"{EXAMPLE_FILES} files checked: 8 in the baseline\n")


FORMER = """\
# curator baseline 1
# Findings that were here before.
{lines}"""


def of_former_format(root: Path) -> str:
    """Return the baseline as format 1 wrote it, of what is found now."""
    found = Counter(former_key_of(one) for one in findings_now(root))
    lines = [
        f"{key.path} {key.rule} {key.digest}{f' x{count}' if count > 1 else ''}  # said\n"
        for key, count in sorted(found.items())
    ]
    return FORMER.format(lines="".join(lines))


def findings_now(root: Path) -> list[Finding]:
    tree = Repository.find(root).worktree()
    return list(check(tree, replace(load_config(tree), baseline="")).findings)


def test_a_baseline_of_the_former_format_still_works(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (recorded / BASELINE).write_text(of_former_format(recorded))
    assert run(recorded, capsys, "check") == (0, f"{EXAMPLE_FILES} files checked: 2 in the baseline\n")
    spoil(recorded, "3 1 1 9999")
    status, said = run(recorded, capsys, "check")
    assert (status, said.count("CUR301")) == (1, 1)


def test_update_gives_a_baseline_of_the_former_format_keys_of_today(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = (recorded / BASELINE).read_text()
    (recorded / BASELINE).write_text(of_former_format(recorded))
    status, said = run(recorded, capsys, "baseline", "update")
    assert (status, said) == (0, "All recorded findings still exist: 2 findings.\n")
    now = (recorded / BASELINE).read_text()
    assert now.startswith("# curator baseline 2\n")
    assert [line.partition(" #")[0] for line in now.splitlines()] == [
        line.partition(" #")[0] for line in written.splitlines()
    ]
    assert run(recorded, capsys, "check") == (0, f"{EXAMPLE_FILES} files checked: 2 in the baseline\n")


def test_update_of_some_paths_leaves_the_others_in_the_former_format(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = DEFECTS.replace("2020", "2021")
    (recorded / other).write_text((recorded / DEFECTS).read_text())
    (recorded / BASELINE).write_text(of_former_format(recorded))
    assert run(recorded, capsys, "baseline", "update", DEFECTS)[0] == 0
    digests = {
        (line.split()[0], len(line.split()[2]))
        for line in (recorded / BASELINE).read_text().splitlines()
        if not line.startswith("#")
    }
    assert digests == {(DEFECTS, 16), (other, 12)}
    status, said = run(recorded, capsys, "check", "--strict")
    assert (status, "CUR" in said) == (0, False), said


def test_a_renamed_file_takes_along_what_the_former_format_recorded_of_it(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (recorded / BASELINE).write_text(of_former_format(recorded))
    (recorded / DEFECTS).rename(recorded / DEFECTS.replace("20200101T000000", "20200101T000000Z"))
    (recorded / DEFECTS.replace("20200101T000000", "20200101T000000Z")).rename(
        recorded / DEFECTS.replace("20200101T000000", "20200101T0000")
    )
    status, said = run(recorded, capsys, "baseline", "update")
    assert (status, said.startswith("2 findings followed renamed files.\n")) == (0, True), said


def test_new_keys_for_recorded_findings_relax_no_rule(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (recorded / BASELINE).write_text(of_former_format(recorded))
    commit(recorded, "Record what was here before")
    assert run(recorded, capsys, "baseline", "update")[0] == 0
    commit(recorded, "Give the baseline the keys of today")
    assert "CUR521" not in run(recorded, capsys, "check", "--from", "HEAD~1")[1]
    spoil(recorded, "3 1 1 9999")
    assert run(recorded, capsys, "baseline", "update", "--allow-growth")[0] == 0
    commit(recorded, "Record one more")
    assert "records 1 more finding" in run(recorded, capsys, "check", "--from", "HEAD~2")[1]


def commit(root: Path, subject: str) -> None:
    for words in (["add", "-A"], ["commit", "-q", "-m", subject]):
        subprocess.run(["git", *words], cwd=root, check=True)
