"""Hover, completion and actions."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from .conftest import CAMERA, DEFECTS, LINEARIZER, Editor, Talk, applied, line_of

CURVE = "ExampleCam/qe_curve/s00/20200101T000000.ecsv"


async def hovers(editor: Editor, path: str, text: str, before: str, after: str) -> str:
    """Return what is said at the beginning of ``after`` in the line of ``before + after``."""
    line = line_of(text, before + after)
    return await editor.hover(path, line, text.splitlines()[line].index(before + after) + len(before))


async def completes(editor: Editor, path: str, text: str, marked: str) -> dict[str, types.CompletionItem]:
    """Return what is offered at the bar in the line ``marked``, which is put in place of the one like it."""
    line = line_of(text, marked.partition("|")[0])
    lines = text.split("\n")
    lines[line] = marked.replace("|", "", 1)
    editor.write(path, "\n".join(lines))
    return await editor.complete(path, line, marked.index("|"))


def test_keywords_columns_and_values_are_explained_in_a_table(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / DEFECTS).read_text()
        editor.open(DEFECTS)
        keyword = await hovers(editor, DEFECTS, text, "# - {", "CALIBDATE")
        assert "creation date and time (UTC)" in keyword
        assert "DMTN-148, table 4.2" in keyword
        column = await hovers(editor, DEFECTS, text, "# - {name: ", "width")
        assert "width, in pixels" in column
        assert "Unit: pix" in column
        row = await hovers(editor, DEFECTS, text, "1022 8 ", "2 4088")
        assert "**width**" in row
        detector = await hovers(editor, DEFECTS, text, "DETECTOR: ", "0}")
        assert "**S00**, detector 0" in detector
        assert "2048 × 4096 pixels" in detector
        assert "serial CCD\\-011" in detector
        assert "version of the storage schema" in await hovers(
            editor, DEFECTS, text, "# - {", "DEFECTS_VERSION"
        )
        assert await editor.hover(DEFECTS, 1, 0) == ""
        assert await editor.hover(DEFECTS, 5000, 5000) == ""

    talk(repository, body)


def test_keywords_entries_and_values_are_explained_in_a_tree(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / LINEARIZER).read_text()
        editor.open(LINEARIZER)
        assert "whether to use the correction" in await hovers(
            editor, LINEARIZER, text, "  ", "HAS_LINEARITY"
        )
        entry = await hovers(editor, LINEARIZER, text, "    ", "linearityType")
        assert "LookupTable, Squared" in entry
        assert "**S00**" in await hovers(editor, LINEARIZER, text, "DET_NAME: ", "'S00'")
        camera = (repository / CAMERA).read_text()
        editor.open(CAMERA)
        assert "columns of the trimmed image" in await hovers(editor, CAMERA, camera, "id: 0, ", "width")

    talk(repository, body)


def test_the_configuration_is_explained(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / "curator.yaml").read_text() + "severities:\n  CUR301: info\n"
        editor.open("curator.yaml", text)
        assert "stamped into every exported file" in await hovers(
            editor, "curator.yaml", text, "", "repository:"
        )
        rule = await hovers(editor, "curator.yaml", text, "  ", "CUR301")
        assert rule.startswith("**CUR301** defect extends outside the sensor (error)")
        assert "x0 y0 width height" in rule

    talk(repository, body)


def test_what_a_file_says_is_shown_and_never_rendered(repository: Path, talk: Talk) -> None:
    camera = repository / CAMERA
    nasty = "<img src=x> [a](command:b) `c`"
    camera.write_text(camera.read_text().replace("CCD-011", nasty))

    async def body(editor: Editor) -> None:
        text = (repository / DEFECTS).read_text()
        editor.open(DEFECTS)
        said = await hovers(editor, DEFECTS, text, "DETECTOR: ", "0}")
        assert "\\<img src=x\\> \\[a\\]\\(command:b\\) \\`c\\`" in said

    talk(repository, body)


def test_missing_keywords_come_first_and_bring_their_braces(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        right = (repository / DEFECTS).read_text()
        text = right.replace("# - {CALIBDATE: '", "# - {OLDDATE: '")
        editor.open(DEFECTS, text)
        for marked, written in (
            ("# - {|", "CALIBDATE: "),
            ("# - |", "{CALIBDATE: }"),
            ("# |", "- {CALIBDATE: }"),
        ):
            lines = text.split("\n")
            at = line_of(text, "# schema:")
            lines.insert(at, marked.replace("|", ""))
            editor.write(DEFECTS, "\n".join(lines))
            found = await editor.complete(DEFECTS, at, marked.index("|"))
            first = min(found.values(), key=lambda one: one.sort_text or "")
            assert first.label == "CALIBDATE"
            assert "INSTRUME" not in found
            assert {"VALIDEND", "HISTORY"} <= found.keys()
            assert isinstance(first.text_edit, types.TextEdit)
            assert first.text_edit.new_text == written
        after = applied("\n".join(lines), [first.text_edit])
        assert "\n# - {CALIBDATE: }\n" in after

    talk(repository, body)


def test_values_are_completed_in_a_table(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / DEFECTS).read_text()
        editor.open(DEFECTS)
        expected = {
            "# - {OBSTYPE: |}": {"defects"},
            "# - {INSTRUME: |": {"'ExampleCam'"},
            "# - {DETECTOR: |}": {"0 S00"},
            "# - {DET_NAME: '|'}": {"S00"},
            "# - {FILTER: |}": {"NONE"},
            "# - {CALIBCLS: lsst|": {"lsst.ip.isr.defects.Defects"},
            "# - {DEFECTS_VERSION: |}": {"2.0", "1.0"},
            "# - {VALIDSTART: |}": {"'2020-01-01T00:00:00'"},
        }
        for marked, labels in expected.items():
            assert (await completes(editor, DEFECTS, text, marked)).keys() == labels, marked
        unit = await completes(editor, DEFECTS, text, "# - {name: x0, unit: |, datatype: int32}")
        assert unit.keys() == {"pix", "pixel"}
        curve = (repository / CURVE).read_text()
        editor.open(CURVE)
        assert "nm" in await completes(
            editor, CURVE, curve, "# - {name: wavelength, unit: |, datatype: float64}"
        )
        assert "AMP" in await completes(editor, CURVE, curve, "# - {MODE: |}")

    talk(repository, body)


def test_a_directory_that_names_nothing_offers_all_there_are(repository: Path, talk: Talk) -> None:
    path = "ExampleCam/transmission_filter_detector/new/new/20210101T000000.ecsv"

    async def body(editor: Editor) -> None:
        text = "# %ECSV 1.0\n# ---\n# meta:\n# - {DETECTOR: }\n# - {DET_NAME: }\n# - {FILTER: }\n"
        editor.open(path, text)
        assert (await completes(editor, path, text, "# - {DETECTOR: |}")).keys() == {
            "0 S00",
            "1 S01",
            "2 S10",
            "3 S11",
        }
        filters = await completes(editor, path, text, "# - {FILTER: |}")
        assert filters.keys() == {"'g_01'", "'r_01'", "'i_01'"}

    talk(repository, body)


def test_trees_are_completed(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / LINEARIZER).read_text()
        editor.open(LINEARIZER)
        keys = await completes(editor, LINEARIZER, text, "  HAS_LINEARITY|")
        assert "HAS_TABLE" in keys
        assert "INSTRUME" not in keys
        kinds = await completes(editor, LINEARIZER, text, "    linearityType: |")
        assert {"Spline", "Polynomial"} <= kinds.keys()
        entries = await completes(editor, LINEARIZER, text, "    fitChiSq|")
        assert "fitResiduals" in entries
        assert "fitParams" not in entries
        camera = (repository / CAMERA).read_text()
        editor.open(CAMERA)
        assert "serial" in await completes(editor, CAMERA, camera, '- {name: "S00", |}')

    talk(repository, body)


def test_the_configuration_is_completed(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / "curator.yaml").read_text()
        editor.open("curator.yaml")
        assert (await completes(editor, "curator.yaml", text, "profile: |")).keys() == {"dmtn148", "obs_base"}
        assert "suppressions" in await completes(editor, "curator.yaml", text + "supp\n", "supp|")
        text += "severities:\n  CUR1\nlimits:\n  ExampleCam:\n    curve\nsuppressions:\n- rule: \n  pa\n"
        assert "CUR101" in await completes(editor, "curator.yaml", text, "  CUR1|")
        assert "curve_low" in await completes(editor, "curator.yaml", text, "    curve|")
        rules = await completes(editor, "curator.yaml", text, "- rule: |")
        assert rules["CUR301"].detail == "defect extends outside the sensor"
        fields = await completes(editor, "curator.yaml", text, "  pa|")
        assert {"path", "reason"} <= fields.keys()
        assert "rule" not in fields

    talk(repository, body)


def test_a_quick_fix_mends_its_finding(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        right = (repository / DEFECTS).read_text()
        wrong = right.replace("{INSTRUME:", "{instrume:")
        editor.open(DEFECTS, wrong)
        (finding,) = await editor.found(DEFECTS)
        found = await editor.actions(DEFECTS, finding.range.start.line, "quickfix")
        fix = next(one for one in found if one.is_preferred)
        assert list(fix.diagnostics or ()) == [finding]
        assert fix.edit is not None
        assert fix.edit.changes is not None
        mended = applied(wrong, list(fix.edit.changes[editor.uri(DEFECTS)]))
        assert mended == right
        editor.write(DEFECTS, mended)
        assert await editor.found(DEFECTS) == []
        assert await editor.actions(DEFECTS, finding.range.start.line) == []

    talk(repository, body)


def test_fix_all_mends_what_can_be_mended(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        right = (repository / DEFECTS).read_text()
        wrong = right.replace("{INSTRUME:", "{instrume:").replace("{DETECTOR:", "{Detector:")
        editor.open(DEFECTS, wrong)
        assert len(await editor.found(DEFECTS)) == 2
        (fix,) = await editor.actions(DEFECTS, 0, "source.fixAll")
        assert fix.kind == "source.fixAll.curator"
        assert fix.edit is not None
        assert fix.edit.changes is not None
        assert applied(wrong, list(fix.edit.changes[editor.uri(DEFECTS)])) == right
        assert await editor.actions(DEFECTS, 0, "refactor") == []

    talk(repository, body)


def test_a_finding_can_be_recorded_as_known(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        wrong = (repository / DEFECTS).read_text().replace("1022 8 2 4088", "2040 8 20 4088")
        editor.open(DEFECTS, wrong)
        (finding,) = await editor.found(DEFECTS)
        (action,) = await editor.actions(DEFECTS, finding.range.start.line, "quickfix")
        assert action.edit is not None
        assert action.edit.changes is not None
        config = (repository / "curator.yaml").read_text()
        once = applied(config, list(action.edit.changes[editor.uri("curator.yaml")]))
        assert f'suppressions:\n- rule: CUR301\n  path: "{DEFECTS}"\n' in once
        editor.open("curator.yaml", once)
        assert await editor.again(DEFECTS) == []
        editor.write(DEFECTS, wrong.replace("DETECTOR: 0", "DETECTOR: 3"))
        other = (await editor.found(DEFECTS))[0]
        found = await editor.actions(DEFECTS, other.range.start.line, "quickfix")
        more = next(one for one in found if one.title.startswith("suppress"))
        assert more.edit is not None
        assert more.edit.changes is not None
        twice = applied(once, list(more.edit.changes[editor.uri("curator.yaml")]))
        assert twice.count("- rule:") == 2

    talk(repository, body)


def test_nothing_is_offered_for_another_text_than_was_checked(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        wrong = (repository / DEFECTS).read_text().replace("{INSTRUME:", "{instrume:")
        editor.open(DEFECTS, wrong)
        (finding,) = await editor.found(DEFECTS)
        editor.write(DEFECTS, "\n" + wrong)
        assert await editor.actions(DEFECTS, finding.range.start.line) == []

    talk(repository, body)


def test_the_rule_that_complains_is_explained_where_it_does(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        text = (repository / DEFECTS).read_text().replace("1022 8 2 4088", "2040 8 20 4088")
        editor.open(DEFECTS, text)
        await editor.found(DEFECTS)
        said = await hovers(editor, DEFECTS, text, "2040 8 ", "20 4088")
        assert "**width**" in said
        assert "**CUR301** defect extends outside the sensor (error)" in said
        assert "CUR301" not in await hovers(editor, DEFECTS, text, "", "2040 8 20 4088")

    talk(repository, body)


def test_actions_need_a_finding(repository: Path, talk: Talk) -> None:
    async def body(editor: Editor) -> None:
        editor.open(DEFECTS)
        await editor.found(DEFECTS)
        assert await editor.actions(DEFECTS, 0, end=100) == []
        assert await editor.actions("never/opened.ecsv", 0) == []

    talk(repository, body)
