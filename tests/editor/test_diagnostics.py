"""What an editor shows is what the hook would say."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from checks.failing import TARGET, environment
from lsprotocol import types

from curator.checks.run.engine import check
from curator.cli.main import main
from curator.repository.layout.config import load_config
from curator.repository.snapshots.worktree import WorkTree

from .conftest import CAMERA, DEFECTS, LINEARIZER, Editor, Talk, line_of

SEVERITIES = {"error": 1, "warning": 2, "info": 3}
# Things that somebody types: a path, what stood there, what stands there now.
MISTAKES = {
    "keyword missing": (DEFECTS, "- {INSTRUME:", "- {INSTRUMENT:"),
    "other detector": (DEFECTS, "DETECTOR: 0", "DETECTOR: 3"),
    "half a number": (DEFECTS, "1022 8 2 4088", "1022 8 2"),
    "box outside": (DEFECTS, "1022 8 2 4088", "2040 8 20 4088"),
    "no header": (DEFECTS, "# %ECSV 1.0", ""),
    "open quote": (DEFECTS, "'ExampleCam'", "'ExampleCam"),
    "other type": (LINEARIZER, "OBSTYPE: LINEARIZER", "OBSTYPE: BIAS"),
    "no number": (LINEARIZER, "fitChiSq: 1.0", "fitChiSq: one"),
    "bad indent": (LINEARIZER, "  INSTRUME", "   INSTRUME"),
    "python tag": (LINEARIZER, "!!python/object/apply:lsst.geom.Box2I", "!!python/object/apply:os.system"),
}


def said_by_check(root: Path, path: str) -> list[tuple[str, int, int]]:
    snapshot = WorkTree(str(root))
    report = check(snapshot, load_config(snapshot), paths=[path])
    return [(one.code, one.line - 1, SEVERITIES[one.severity]) for one in report.findings]


def said_by_editor(found: list[types.Diagnostic]) -> list[tuple[str, int, int]]:
    return [(str(one.code), one.range.start.line, int(one.severity or 0)) for one in found]


@pytest.mark.bugs
def test_a_rule_that_fails_is_a_diagnostic_beside_the_others(
    repository: Path, talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(tmp_path / "site").items():
        monkeypatch.setenv(name, value)

    async def body(editor: Editor) -> None:
        editor.open(TARGET, (repository / TARGET).read_text().replace("nAmp: 2", "nAmp: 3"))
        found = await editor.found(TARGET)
        assert [one.code for one in found] == ["CUR021", "CUR299", "CUR320"]

    talk(repository, body)


def test_every_mistake_is_found_as_check_finds_it(either: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        for path, was, now in MISTAKES.values():
            right = (either / path).read_text()
            assert was in right
            wrong = right.replace(was, now, 1)
            editor.open(path, wrong)
            found = await editor.found(path)
            (either / path).write_text(wrong)
            assert said_by_editor(found) == said_by_check(either, path) != []
            (either / path).write_text(right)
            editor.close(path)
            assert await editor.again(path) == []

    talk(either, body)


def test_correct_files_have_no_finding(either: Path, talk: Talk) -> None:
    paths = [str(one.relative_to(either)) for one in sorted((either / "ExampleCam").rglob("*.*"))]

    async def body(editor: Editor) -> None:
        for path in [*paths, "curator.yaml"]:
            editor.open(path)
            assert await editor.found(path) == [], path

    talk(either, body)


def test_the_message_has_the_hint_and_the_mark_covers_the_value(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / DEFECTS).read_text().replace("DETECTOR: 0", "DETECTOR: 3")
        editor.open(DEFECTS, text)
        (one,) = [one for one in await editor.found(DEFECTS) if "DETECTOR" in one.message][:1]
        line = line_of(text, "DETECTOR: 3")
        column = text.splitlines()[line].index("3}")
        assert one.range == types.Range(types.Position(line, column), types.Position(line, column + 1))
        assert one.source == "curator"
        assert "\nhint: " in one.message

    talk(repository, body)


def test_changes_of_parts_are_followed(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        editor.open(DEFECTS)
        assert await editor.found(DEFECTS) == []
        text = (repository / DEFECTS).read_text()
        line = line_of(text, "1022 8 2 4088")
        insert = types.Range(types.Position(line, 4), types.Position(line, 4))
        editor.change(DEFECTS, types.TextDocumentContentChangePartial(insert, "9"))
        (one,) = await editor.found(DEFECTS)
        assert one.range.start.line == line
        undo = types.Range(types.Position(line, 4), types.Position(line, 5))
        beyond = types.Range(types.Position(9999, 7), types.Position(10_000, 7))
        editor.change(
            DEFECTS,
            types.TextDocumentContentChangePartial(undo, ""),
            types.TextDocumentContentChangePartial(beyond, "1600 10 1 1\n"),
        )
        assert await editor.found(DEFECTS) == []

    talk(repository, body)


@pytest.mark.parametrize(
    ("encoding", "width"), [(None, 2), ("utf-16", 2), ("utf-8", 4), ("utf-32", 1)], ids=str
)
def test_columns_count_as_was_agreed(repository: Path, talk: Talk, encoding: str | None, width: int) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / DEFECTS).read_text()
        head, _, _ = text.partition("x0 y0")
        head = head.replace("# datatype:\n", "# datatype:\n# - {name: reason, datatype: string}\n")
        before = '"\N{TELESCOPE} or \N{TELESCOPE}" 2040 8 '
        text = f"{head}reason x0 y0 width height\n{before}20 16\n"
        editor.open(DEFECTS, text)
        (one,) = await editor.found(DEFECTS)
        line, start = line_of(text, before), len(before) - 2 + 2 * width
        place = types.Range(types.Position(line, start), types.Position(line, start + 2))
        assert one.range == place
        editor.change(DEFECTS, types.TextDocumentContentChangePartial(place, "2"))
        assert await editor.found(DEFECTS) == []

    talk(repository, body, encodings=[encoding] if encoding else None)


def test_severities_and_suppressions_hold(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        wrong = (repository / DEFECTS).read_text().replace("DETECTOR: 0", "DETECTOR: 3")
        editor.open(DEFECTS, wrong)
        codes = {str(one.code) for one in await editor.found(DEFECTS)}
        config = (repository / "curator.yaml").read_text()
        levels = "".join(f"  {code}: info\n" for code in sorted(codes))
        editor.open("curator.yaml", f"{config}severities:\n{levels}")
        assert {one.severity for one in await editor.again(DEFECTS)} == {types.DiagnosticSeverity.Information}
        known = "".join(f"- rule: {code}\n  path: '**'\n  reason: known\n" for code in sorted(codes))
        editor.write("curator.yaml", f"{config}suppressions:\n{known}")
        assert await editor.again(DEFECTS) == []

    talk(repository, body)


def test_mistakes_in_the_configuration_stand_at_their_line(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        editor.open(DEFECTS)
        assert await editor.found(DEFECTS) == []
        config = (repository / "curator.yaml").read_text()
        editor.open("curator.yaml", config.replace("profile: dmtn148", "profile: dmtn"))
        (one,) = await editor.found("curator.yaml")
        assert one.range.start.line == line_of(config, "profile:")
        (told,) = await editor.again(DEFECTS)
        assert told.severity == types.DiagnosticSeverity.Warning
        assert told.message.startswith("not checked: curator.yaml:4: ")
        editor.write("curator.yaml", config)
        assert await editor.again(DEFECTS) == []

    talk(repository, body)


def test_the_cameras_own_file_counts_as_it_is_being_written(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        editor.open(DEFECTS)
        assert await editor.found(DEFECTS) == []
        camera = (repository / CAMERA).read_text()
        editor.open(
            CAMERA,
            camera.replace(
                'width: 2048, height: 4096, serial: "CCD-011"', 'width: 1000, height: 4096, serial: "CCD-011"'
            ),
        )
        assert {str(one.code) for one in await editor.again(DEFECTS)} == {"CUR301"}
        editor.close(CAMERA)
        assert await editor.again(DEFECTS) == []

    talk(repository, body)


def test_files_that_change_outside_are_seen(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        await editor.until(lambda: editor.registered)
        assert editor.registered == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
        editor.open(DEFECTS)
        assert await editor.found(DEFECTS) == []
        camera = repository / CAMERA
        camera.write_text(camera.read_text().replace("height: 4096", "height: 1000"))
        editor.now()
        editor.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams(
                [types.FileEvent(camera.as_uri(), types.FileChangeType.Changed)]
            )
        )
        assert "CUR301" in {str(one.code) for one in await editor.again(DEFECTS)}

    talk(repository, body, watch=True)


def test_a_new_file_is_checked_before_it_is_saved(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / DEFECTS).read_text()
        for path in (
            "ExampleCam/defects/s01/20210101T000000.ecsv",
            "ExampleCam/defects/nowhere/20210101T000000.ecsv",
        ):
            editor.open(path, text)
            assert await editor.found(path) != []
            assert not (repository / path).exists()
        editor.open("ExampleCam/defects/s00/notes.yaml", "a: 1\n")
        assert [str(one.code) for one in await editor.found("ExampleCam/defects/s00/notes.yaml")]

    talk(repository, body)


def test_a_link_is_not_followed(repository: Path, tmp_path: Path, talk: Talk) -> None:
    outside = tmp_path / "outside.ecsv"
    outside.write_text((repository / DEFECTS).read_text())
    link = repository / "ExampleCam/defects/s00/20210101T000000.ecsv"
    link.symlink_to(outside)

    async def body(editor: Editor) -> None:
        path = str(link.relative_to(repository))
        editor.open(path)
        assert [str(one.code) for one in await editor.found(path)] == ["CUR013"]

    talk(repository, body)


def test_files_of_nobodys_business_stay_without_a_word(repository: Path, tmp_path: Path, talk: Talk) -> None:
    other = Path(shutil.copytree(repository, tmp_path / "other"))
    plain = tmp_path / "plain"
    subprocess.run(["git", "init", "-q", str(plain)], check=True)
    (tmp_path / "alone").mkdir()

    async def body(editor: Editor) -> None:
        wrong = (repository / DEFECTS).read_text().replace("INSTRUME", "INSTR")
        for folder in (other, plain, tmp_path / "alone"):
            editor.open(folder / "ExampleCam/defects/s00/20200101T000000.ecsv", wrong)
        editor.open(repository / "README.md", "INSTRUME")
        editor.open(repository / ".github/workflows/check.yaml", "on: [push]\n")
        assert await editor.found(repository / ".github/workflows/check.yaml") == []
        editor.open(DEFECTS, wrong)
        assert await editor.found(DEFECTS) != []
        assert {one.uri for one in editor.published if one.diagnostics} == {editor.uri(DEFECTS)}

    talk(repository, body, folders=[repository, plain])


def test_several_repositories_are_kept_apart(made: dict[str, Path], tmp_path: Path, talk: Talk) -> None:
    first = Path(shutil.copytree(made["dmtn148"], tmp_path / "first"))
    second = Path(shutil.copytree(made["obs_base"], tmp_path / "second"))

    async def body(editor: Editor) -> None:
        for root in (first, second):
            editor.open(root / DEFECTS)
            assert await editor.found(root / DEFECTS) == []
        text = (first / DEFECTS).read_text()
        editor.write(second / DEFECTS, text)
        assert await editor.found(second / DEFECTS) != []
        added = types.WorkspaceFolder(second.as_uri(), "second")
        gone = types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent([], [added]))
        editor.now()
        editor.client.workspace_did_change_workspace_folders(gone)
        assert await editor.again(second / DEFECTS) == []
        back = types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent([added], []))
        editor.now()
        editor.client.workspace_did_change_workspace_folders(back)
        assert await editor.again(second / DEFECTS) != []

    talk(first, body, folders=[first, second])


def test_only_the_last_of_many_changes_is_answered(repository: Path, talk: Talk) -> None:
    header = "".join(
        line for line in (repository / DEFECTS).read_text().splitlines(keepends=True) if line.startswith("#")
    )
    rows = "".join(f"{4 * (n % 500)} {4 * (n // 500)} 2 2\n" for n in range(170_000))
    text = f"{header}x0 y0 width height\n{rows}"
    assert len(text) > 2_000_000

    async def body(editor: Editor) -> None:
        editor.open(DEFECTS, text)
        await editor.found(DEFECTS)
        before = len(editor.published)
        last = text.count("\n")
        place = types.Range(types.Position(last, 0), types.Position(last, 0))
        for number in range(20):
            version = editor.change(DEFECTS, types.TextDocumentContentChangePartial(place, f"{number} 1\n"))
            hover = await editor.hover(DEFECTS, 3, 11)
            assert "lower-left pixel" in hover
        assert await editor.found(DEFECTS) != []
        assert [one.version for one in editor.published[before:]] == [version]

    talk(repository, body)


def test_a_thousand_mistakes_are_not_a_thousand_marks(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / DEFECTS).read_text()
        editor.open(DEFECTS, text + "5000 1 1 1\n" * 2000)
        found = await editor.found(DEFECTS)
        assert len(found) == 251
        assert "more findings" in found[-1].message

    talk(repository, body)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda raw: b"\xef\xbb\xbf" + raw, "CUR007"),
        (lambda raw: raw.replace(b"acceptance", b"acc\xe9ptance"), "CUR003"),
    ],
    ids=["byte-order mark", "not UTF-8"],
)
def test_what_an_editor_does_not_show_is_found_all_the_same(
    repository: Path, talk: Talk, spoil: Callable[[bytes], bytes], code: str
) -> None:
    file = repository / DEFECTS
    right = file.read_bytes()
    file.write_bytes(spoil(right))

    async def body(editor: Editor) -> None:
        editor.open(DEFECTS, file.read_bytes().decode("utf-8-sig", "replace"))
        assert [one.code for one in await editor.found(DEFECTS)] == [code]
        assert not [one for one in await editor.actions(DEFECTS, 0) if one.is_preferred]
        file.write_bytes(right)
        editor.write(DEFECTS, right.decode())
        editor.now()
        editor.client.text_document_did_save(
            types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri(DEFECTS)))
        )
        assert await editor.again(DEFECTS) == []

    talk(repository, body)


def test_what_the_baseline_knows_is_not_shown(repository: Path, talk: Talk) -> None:
    file = repository / DEFECTS
    file.write_text(file.read_text().replace("1022 8 2 4088", "2040 8 20 4088"))
    assert main(["-C", str(repository), "baseline", "write"]) == 0

    async def body(editor: Editor) -> None:
        editor.open(DEFECTS)
        assert await editor.found(DEFECTS) == []
        editor.write(DEFECTS, file.read_text() + "2040 100 9 9\n")
        found = await editor.found(DEFECTS)
        (one,) = [one for one in found if one.code == "CUR301"]
        assert one.range.start.line == file.read_text().count("\n")

    talk(repository, body)
