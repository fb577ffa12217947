from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from editing.texts import git
from hypothesis import given
from hypothesis import strategies as st

from curator.cli.main import main
from curator.editing.header.note import note
from curator.errors import CuratorError, EditingError, UsageError
from curator.formats.read import read_document
from curator.repository.repository import Repository

Template = Callable[..., Path]
TODAY = date(2025, 4, 30)
FILES = [
    "myCam/defects/s00/20200101T000000.ecsv",
    "myCam/crosstalk/s00/20200101T000000.ecsv",
    "myCam/crosstalk/s01/20200101T000000.yaml",
    "myCam/linearizer/s00/20200101T000000.yaml",
    "myCam/camera/20200101T000000.yaml",
]


def annotate(folder: Path, *paths: str, text: str = "why", author: str | None = "Ada") -> tuple[str, ...]:
    files = [folder / path for path in paths]
    return note(Repository.find(folder), files, text, author=author, today=TODAY)


@pytest.mark.parametrize("path", FILES)
def test_only_lines_are_added_and_only_to_the_history(template: Template, path: str) -> None:
    folder = template()
    for number in range(3):
        before = (folder / path).read_text().splitlines()
        assert annotate(folder, path, text=f"note {number}") == (path,)
        after = (folder / path).read_text().splitlines()
        changes = [line for line in difflib.ndiff(before, after) if line[0] in "+-?"]
        assert all(line[0] == "+" for line in changes), changes
        assert len(changes) <= 2
    header = read_document(path, (folder / path).read_bytes()).header
    assert header["HISTORY"] == [f"2025-04-30 Ada: note {number}" for number in range(3)]


@given(text=st.text(min_size=1, max_size=60), author=st.text(min_size=1, max_size=20))
def test_what_is_noted_is_read_again(
    text: str, author: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = _kept_repository(tmp_path_factory)
    path = folder / FILES[0]
    original = path.read_bytes()
    usable = all(one.strip() and one.strip().isprintable() for one in (text, author))
    try:
        annotate(folder, FILES[0], text=text, author=author)
        assert usable
        history = read_document(FILES[0], path.read_bytes()).header["HISTORY"]
        assert history == [f"2025-04-30 {author.strip()}: {text.strip()}"]
    except UsageError:
        assert not usable
        assert path.read_bytes() == original
    finally:
        path.write_bytes(original)


_KEPT: list[Path] = []


def _kept_repository(factory: pytest.TempPathFactory) -> Path:
    if not _KEPT:
        from curator.editing.new.init import init

        init(factory.mktemp("kept") / "repo", "myCam")
        _KEPT.append(factory.getbasetemp() / "kept0" / "repo")
    return _KEPT[0]


@pytest.mark.parametrize(
    "text",
    ["", "  ", "two\nlines", "carriage\rreturn", "bell\a", "\x1b[31mred", "\udc80", "x" * 1001, "a\u2028b"],
)
def test_a_text_that_is_not_one_plain_line_is_refused(template: Template, text: str) -> None:
    folder = template()
    before = (folder / FILES[0]).read_bytes()
    with pytest.raises(UsageError):
        annotate(folder, FILES[0], text=text)
    with pytest.raises(UsageError):
        annotate(folder, FILES[0], author=text)
    assert (folder / FILES[0]).read_bytes() == before


def test_all_files_are_edited_or_none(template: Template) -> None:
    folder = template()
    broken = folder / FILES[2]
    broken.write_text("metadata: [")
    before = {path: (folder / path).read_bytes() for path in FILES}
    with pytest.raises(CuratorError):
        annotate(folder, *FILES)
    assert {path: (folder / path).read_bytes() for path in FILES} == before


def test_a_write_that_fails_takes_the_others_back(template: Template) -> None:
    import resource

    folder = template()
    with open(folder / FILES[0], "a") as file:
        file.write("1 2 1 1\n" * 10_000)
    before = {path: (folder / path).read_bytes() for path in FILES}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(CuratorError, match="cannot be written"):
            annotate(folder, FILES[1], FILES[0])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {path: (folder / path).read_bytes() for path in FILES} == before
    assert not list((folder / "myCam").rglob(".*"))


def test_a_file_named_twice_gets_one_note(template: Template) -> None:
    folder = template()
    assert annotate(folder, FILES[0], FILES[0]) == (FILES[0],)
    assert len(read_document(FILES[0], (folder / FILES[0]).read_bytes()).header["HISTORY"]) == 1


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("../outside.ecsv", "is not a file of this repository"),
        ("myCam/defects", "is a folder"),
        ("myCam/defects/s00/20990101T000000.ecsv", "there is no such file"),
        ("README.md", "is not a calibration"),
    ],
)
def test_only_calibrations_of_this_repository_are_edited(template: Template, path: str, message: str) -> None:
    folder = template()
    (folder.parent / "outside.ecsv").write_text((folder / FILES[0]).read_text())
    with pytest.raises(UsageError, match=message):
        annotate(folder, path)


def test_links_are_not_followed(template: Template) -> None:
    folder = template()
    target = folder.parent / "outside.ecsv"
    target.write_text((folder / FILES[0]).read_text())
    before = target.read_text()
    link = folder / "myCam/defects/s00/20210101T000000.ecsv"
    link.symlink_to(target)
    (folder / "myCam/elsewhere").symlink_to(folder.parent)
    for path in (link, folder / "myCam/elsewhere/outside.ecsv"):
        with pytest.raises(CuratorError):
            note(Repository.find(folder), [path], "why", author="Ada", today=TODAY)
    assert target.read_text() == before
    assert link.is_symlink()


def test_the_name_is_the_one_git_would_take(
    template: Template, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    monkeypatch.delenv("GIT_AUTHOR_NAME")
    with pytest.raises(EditingError, match="git does not know your name"):
        annotate(folder, FILES[0], author=None)
    git(folder, "config", "user.name", "Ada Novák")
    annotate(folder, FILES[0], author=None)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ben Okafor")
    monkeypatch.chdir(folder / "myCam/defects")
    assert main(["note", "s00/20200101T000000.ecsv", "-m", "again"]) == 0
    assert main(["note", "s00/20200101T000000.ecsv", "-m", "and again", "--author", "Cleo"]) == 0
    assert capsys.readouterr().out == f"{FILES[0]}\n" * 2
    history = read_document(FILES[0], (folder / FILES[0]).read_bytes()).header["HISTORY"]
    assert [one[11:] for one in history] == ["Ada Novák: why", "Ben Okafor: again", "Cleo: and again"]


@pytest.mark.parametrize("name", ["obs_lsst_data", "obs_decam_data"])
def test_every_form_of_real_header_takes_a_note(real_repository: Callable[[str], Path], name: str) -> None:
    folder = real_repository(name)
    one_per_kind: dict[tuple[str, ...], Path] = {}
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in (".ecsv", ".yaml") and ".git" not in path.parts:
            one_per_kind.setdefault((*path.relative_to(folder).parts[:2], path.suffix), path)
    before = {path: path.read_bytes() for path in one_per_kind.values()}
    note(Repository.find(folder), list(before), "why", author="Ada", today=TODAY)
    for path, raw in before.items():
        old, made = read_document(str(path), raw), read_document(str(path), path.read_bytes())
        assert made.header == {**old.header, "HISTORY": ["2025-04-30 Ada: why"]}
        kept = set(raw.splitlines())
        lost = kept - set(path.read_bytes().splitlines())
        assert len(lost) <= 1, (path, lost)


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_a_dated_note_agrees_with_the_header_and_dates_the_change(
    template: Template, path: str, profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template(profile)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "before", "--allow-empty")
    assert (
        main(["-C", str(folder), "note", str(folder / path), "-m", "why", "--author", "Ada", "--date"]) == 0
    )
    header = read_document(path, (folder / path).read_bytes()).header
    assert header["HISTORY"][-1].endswith(" Ada: why")
    assert len(header["CALIB_CREATION_DATE"]) == 10
    capsys.readouterr()
    assert main(["-C", str(folder), "check", "--strict"]) == 0, capsys.readouterr().out
    diff = git(folder, "diff", "--unified=0")
    assert "CALIB_CREATION_DATE" in diff or "CALIB_CREATION_TIME" in diff


def test_the_hint_about_an_undated_change_works(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "before", "--allow-empty")
    file = folder / FILES[0]
    file.write_text(file.read_text() + "11 100 1 2\n")
    git(folder, "commit", "-qam", "Mask two pixels")
    check = ["-C", str(folder), "check", "HEAD~1.."]
    assert main(check) == 0
    assert "`curator note PATHS -m TEXT --date` sets the creation date" in capsys.readouterr().out
    assert main(["-C", str(folder), "note", str(file), "-m", "why", "--author", "Ada", "--date"]) == 0
    git(folder, "commit", "-qam", "Date it")
    capsys.readouterr()
    assert main(check) == 0
    assert "CUR513" not in capsys.readouterr().out
