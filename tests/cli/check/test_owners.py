"""``curator owners``: the forge asks the people that ``curator.yaml`` names."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.cli.main import main
from curator.editing.repair.owners import BEGIN, END

EDITORS = """\
cameras:
- name: ExampleCam
  editors:
    "*": ["@lsst/camera-team", "ada@example.org"]
    defects: ["@grace"]
- {name: other cam, directory: "other [cam]", editors: ["@grace", "@grace"]}
"""
LINES = [
    "/ExampleCam/ @lsst/camera-team ada@example.org",
    "/ExampleCam/defects/ @grace",
    "/other\\ \\[cam\\]/ @grace",
    "# Editors of all dataset types may also edit curator.yaml.",
    "/curator.yaml @lsst/camera-team ada@example.org @grace",
    "/.github/ @lsst/camera-team ada@example.org @grace",
]


def configure(root: Path, text: str = EDITORS) -> None:
    config = root / "curator.yaml"
    config.write_text(config.read_text().split("cameras:")[0] + text)


def run(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["-C", str(root), "owners", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


@pytest.fixture
def root(repository: Path) -> Path:
    configure(repository)
    return repository


def test_the_last_line_that_fits_is_the_most_special(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, capsys) == (0, "\n".join(LINES) + "\n")
    assert not (root / ".github/CODEOWNERS").exists()


def test_the_file_is_written_once_and_checked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(root, capsys, "--check")
    assert status == 1
    assert "curator owners --write" in said
    assert run(root, capsys, "--write")[0] == 0
    assert (root / ".github/CODEOWNERS").read_text().splitlines() == [BEGIN, *LINES, END]
    assert run(root, capsys, "--check")[0] == 0
    assert run(root, capsys, "--write") == (0, ".github/CODEOWNERS is up to date.\n")
    configure(root, EDITORS.replace("@grace", "@hopper"))
    assert run(root, capsys, "--check")[0] == 1


def test_what_people_wrote_stays_and_has_the_last_word(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root / ".github/CODEOWNERS"
    file.write_bytes(b"# by hand\r\n/docs/ @writer\r\n")
    assert run(root, capsys, "--write")[0] == 0
    first = file.read_bytes()
    assert first.endswith(END.encode() + b"\r\n\r\n# by hand\r\n/docs/ @writer\r\n")
    configure(root, EDITORS.replace("@grace", "@hopper"))
    assert run(root, capsys, "--write")[0] == 0
    assert file.read_bytes() == first.replace(b"@grace", b"@hopper")


@pytest.mark.parametrize("place", ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"])
def test_a_file_that_is_there_is_the_one(place: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).write_text("")
    configure(root, EDITORS.replace("@grace", "@@maintainers"))
    assert run(root, capsys, "--write")[0] == 0
    text = (root / place).read_text()
    assert "/other\\ \\[cam\\]/ @@maintainers\n" in text
    assert "\n/.gitlab-ci.yml " in text
    assert not (root / ".github/CODEOWNERS").exists()


def test_the_baseline_is_owned_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (root / "curator.yaml").open("a") as config:
        config.write("baseline: known findings.txt\n")
    assert "/known\\ findings.txt @lsst/camera-team" in run(root, capsys)[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("@grace", "grace", "expected a handle that begins with @"),
        ("@grace", "@gra ce", "expected a handle"),
        ("@grace", "@a\\n* @evil", "expected a handle"),
        ("@grace", "#x", "expected a handle"),
        ("@grace", "@a.b", "not a GitHub name"),
        ("@grace", "@@owner", "only GitLab has roles"),
        ("@grace", "@a/b/c", "a team is @organisation/team"),
        ("defects:", "defetcs:", "did you mean defects?"),
    ],
)
def test_who_cannot_be_asked_is_refused_with_the_line(
    old: str, new: str, said: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(root, EDITORS.replace(old, new))
    status, text = run(root, capsys, "--write")
    assert status == 2
    assert said in text
    assert "curator.yaml:" in text
    assert not (root / ".github/CODEOWNERS").exists()


def test_without_editors_it_says_what_to_write(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = run(repository, capsys)
    assert status == 2
    assert "no camera has editors" in text
    assert "editors: [" in text


@pytest.mark.parametrize("text", [f"{BEGIN}\n", f"{END}\n{BEGIN}\n", f"{BEGIN}\n{BEGIN}\n{END}\n", "\xff"])
def test_a_broken_file_is_left_alone(text: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = root / ".github/CODEOWNERS"
    file.write_bytes(text.encode("latin-1"))
    assert run(root, capsys, "--write")[0] == 2
    assert file.read_bytes() == text.encode("latin-1")


def test_a_link_is_not_written_through(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "elsewhere").write_text("precious")
    (root / ".github/CODEOWNERS").symlink_to(tmp_path / "elsewhere")
    assert run(root, capsys, "--write")[0] == 2
    assert (tmp_path / "elsewhere").read_text() == "precious"
