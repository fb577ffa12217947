"""What people and programs get to read."""

from __future__ import annotations

import json

from curator.checks.model.finding import Edit, Finding, Fix
from curator.checks.model.report import Report
from curator.checks.model.rule import all_rules
from curator.checks.renderers import FORMATS, renderer
from curator.checks.renderers.github import render_github
from curator.checks.renderers.json import render_json
from curator.checks.renderers.text import render_text

all_rules()
LINE = "4090 17 12 3900"


def finding(path: str = "a/b.ecsv", **changes: object) -> Finding:
    facts = {
        "code": "CUR301",
        "severity": "error",
        "path": path,
        "line": 41,
        "column": 9,
        "message": "x0 + width = 4102, but R22_S11 is 4096 pixels wide",
        "hint": "width 6 would end at the edge of the sensor",
        "end": 11,
        "source": LINE,
        "topic": "outside",
    }
    return Finding(**{**facts, **changes})  # type: ignore[arg-type]


def test_a_finding_shows_its_line_and_marks_the_value() -> None:
    assert render_text(Report((finding(),), 1)).splitlines() == [
        "a/b.ecsv:41:9: CUR301 defect extends outside the sensor",
        "    41 | 4090 17 12 3900",
        "       |         ^^ x0 + width = 4102, but R22_S11 is 4096 pixels wide",
        "    hint: width 6 would end at the edge of the sensor",
        "1 file checked: 1 error",
    ]


def test_a_finding_without_a_line_shows_its_message() -> None:
    text = render_text(Report((finding(source="", severity="warning", hint=""),), 2))
    assert text.splitlines() == [
        "a/b.ecsv:41:9: CUR301 (warning) defect extends outside the sensor",
        "    x0 + width = 4102, but R22_S11 is 4096 pixels wide",
        "2 files checked: 1 warning",
    ]


def test_the_same_mistake_in_many_files_is_one_entry_unless_verbose() -> None:
    report = Report(tuple(finding(f"a/{number}.ecsv") for number in range(205)), 205)
    text = render_text(report)
    assert text.count("CUR301") == 1
    assert "in 205 files: CUR301" in text
    assert "a/2.ecsv:41" in text
    assert "a/3.ecsv" not in text
    assert "and 202 more" in text
    assert render_text(report, verbose=True).count("CUR301") == 205
    assert len(json.loads(render_json(report))["findings"]) == 205


def test_hints_that_differ_are_not_folded_into_one() -> None:
    report = Report(tuple(finding(f"a/{number}.ecsv", hint=f"write {number}") for number in range(4)), 4)
    assert "hint" not in render_text(report)


def test_notes_are_counted_and_shown_only_when_asked_for() -> None:
    report = Report((finding(severity="info"),), 1, suppressed=2)
    assert render_text(report) == "1 file checked: 1 note, 2 suppressed (--verbose shows the note)"
    assert render_text(Report((), 3, baselined=5)) == "3 files checked: 5 in the baseline"
    assert "CUR301 (info)" in render_text(report, verbose=True)


def test_notes_on_the_change_itself_are_shown_always() -> None:
    report = Report(
        (finding(severity="info", code="CUR513", message="undated"), finding("a/c.ecsv", severity="info")), 2
    )
    text = render_text(report)
    assert "a/b.ecsv:41:9: CUR513 (info) content changed without a new date or version" in text
    assert "a/c.ecsv" not in text
    assert text.endswith("2 files checked: 2 notes (--verbose shows the rest)")
    assert "CUR513" in renderer("markdown")(report)
    alone = render_text(Report(report.findings[:1], 1))
    assert alone.endswith("1 file checked: 1 note")


def test_folding_never_hides_the_file_with_most_findings() -> None:
    found = [finding(f"a/{number}.ecsv") for number in range(9)]
    found += [finding("a/7.ecsv", line=line) for line in (50, 60)]
    for name in ("text", "markdown"):
        assert "a/7.ecsv:41" in renderer(name)(Report(tuple(found), 9)), name
    shown = [line.strip() for line in render_text(Report(tuple(found), 9)).splitlines() if "ecsv" in line]
    assert shown == ["a/7.ecsv:41", "a/7.ecsv:50", "a/7.ecsv:60"]


def test_one_file_and_one_error_are_singular_in_every_output() -> None:
    one = Report((finding(),), 1)
    assert render_github(one).endswith("1 file checked: 1 error, 0 warnings")
    assert "1 error** in 1 file." in renderer("markdown")(one)
    many = Report((finding(), finding(severity="warning"), finding(severity="warning")), 2, 1, 3)
    assert render_github(many).endswith(
        "2 files checked: 1 error, 2 warnings, 1 suppressed, 3 in the baseline"
    )


def test_nothing_found_says_so() -> None:
    assert render_text(Report((), 3)) == "3 files checked: nothing found"


def test_json_is_one_object_with_exactly_these_keys() -> None:
    assert json.loads(render_json(Report((finding(),), 7, 3, 2, ("look",), ("unjudged",)))) == {
        "version": 1,
        "notices": ["look"],
        "findings": [
            {
                "code": "CUR301",
                "severity": "error",
                "path": "a/b.ecsv",
                "line": 41,
                "column": 9,
                "message": "x0 + width = 4102, but R22_S11 is 4096 pixels wide",
                "hint": "width 6 would end at the edge of the sensor",
                "title": "defect extends outside the sensor",
            }
        ],
        "checked": 7,
        "suppressed": 3,
        "baselined": 2,
        "asides": ["unjudged"],
    }


def test_a_long_line_is_cut_around_the_mark() -> None:
    source = "x" * 500 + "NaN" + "y" * 500
    lines = render_text(Report((finding(source=source, column=501, end=504),), 1)).splitlines()
    assert len(lines[1]) < 200
    assert lines[1][lines[2].index("^") :].startswith("NaN")


def test_marks_stand_below_their_text_after_escaped_characters() -> None:
    lines = render_text(Report((finding(source="\x1b[2J\tab", column=6, end=8),), 1)).splitlines()
    assert lines[1] == "    41 | \\x1b[2J\\tab"
    assert lines[1][lines[2].index("^") :].startswith("ab")


def test_nothing_from_a_file_can_steer_a_terminal() -> None:
    evil = "\x1b]0;gone\x07\udcff\x9b31m\u202e"
    report = Report((finding(evil, message=evil, hint=evil, source=evil, topic=evil),) * 4, 1)
    for name in FORMATS:
        render = renderer(name)
        for verbose in (True, False):
            text = render(report, verbose=verbose)
            assert all(one.isprintable() or one == "\n" for one in text), name
            text.encode()


def test_github_annotations_cannot_be_forged() -> None:
    report = Report((finding("a,b::c.ecsv", message="100%\n::error::x\r", hint=""),), 1)
    first, last = render_github(report).splitlines()
    assert first == (
        "::error file=a%2Cb%3A%3Ac.ecsv,line=41,col=9,title=CUR301 defect extends outside the sensor"
        "::100%25%0A::error::x\\r"
    )
    assert last == "1 file checked: 1 error, 0 warnings"
    assert render_github(Report((finding(severity="info"),), 1)).startswith("::notice ")


def test_one_rule_on_many_lines_of_a_file_is_one_entry_with_its_lines() -> None:
    lines = [*range(41, 61), 70, 72]
    found = [finding(line=line, topic=f"x0 + width = {line}", message=f"wrong {line}") for line in lines]
    text = render_text(Report(tuple(found), 1))
    assert text.count("CUR301") == 1
    assert "and 21 more in this file: lines 42-60, 70, 72 (--verbose lists them)" in text
    assert "wrong 41" in text
    assert render_text(Report(tuple(found), 1), verbose=True).count("CUR301") == 22
    assert len(json.loads(render_json(Report(tuple(found), 1)))["findings"]) == 22


def test_a_few_lines_of_a_file_and_many_findings_on_one_line_do_not_fold() -> None:
    few = tuple(finding(line=line) for line in (1, 2, 3))
    assert render_text(Report(few, 1)).count("CUR301") == 3
    missing = tuple(finding(code="CUR101", line=1, topic=name, message=name) for name in "abcdefgh")
    assert render_text(Report(missing, 1)).count("CUR101") == 8


def test_many_ranges_of_lines_are_cut_short() -> None:
    found = tuple(finding(line=line) for line in range(1, 101, 2))
    assert "lines 3, 5, 7, 9, 11, 13 and more up to 99" in render_text(Report(found, 1))


def test_a_fixable_finding_is_marked_where_a_command_fixes_it() -> None:
    fix = Fix("take the tab out", (Edit("text", value=" ", line=41, start=9, end=10),))
    report = Report((finding(fix=fix), finding("c.ecsv")), 2)
    text = render_text(report, fix_command="curator fix a/b.ecsv")
    assert "a/b.ecsv:41:9: CUR301 [*] " in text
    assert "c.ecsv:41:9: CUR301 defect" in text
    assert text.endswith("2 files checked: 2 errors\n[*] 1 finding is fixable with `curator fix a/b.ecsv`")
    assert "[*]" not in render_text(report)


def test_statistics_count_by_rule_in_place_of_findings() -> None:
    fix = Fix("take the tab out", (Edit("text", value=" ", line=41, start=9, end=10),))
    found = (finding(), finding("c.ecsv"), finding(code="CUR006", severity="warning", fix=fix))
    assert render_text(Report(found, 2), statistics=True).splitlines() == [
        "count  files  fixable  rule",
        "    2      2           CUR301  defect extends outside the sensor",
        "    1      1        1  CUR006  (warning) tab character",
        "2 files checked: 2 errors, 1 warning",
    ]
    assert json.loads(render_json(Report(found, 2), statistics=True))["statistics"] == [
        {
            "code": "CUR301",
            "severity": "error",
            "title": "defect extends outside the sensor",
            "count": 2,
            "files": 2,
            "fixable": 0,
        },
        {
            "code": "CUR006",
            "severity": "warning",
            "title": "tab character",
            "count": 1,
            "files": 1,
            "fixable": 1,
        },
    ]
    assert render_text(Report((), 2), statistics=True) == "2 files checked: nothing found"


def test_many_entries_are_followed_by_their_statistics() -> None:
    codes = [rule.code for rule in all_rules()][:25]
    few, many = (tuple(finding(code=code) for code in codes[:number]) for number in (19, 20))
    assert "count  files" not in render_text(Report(few, 1))
    assert "count  files" in render_text(Report(many, 1))
