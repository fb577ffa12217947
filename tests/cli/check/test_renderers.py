"""What forges get to read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from schemata import problems, store_schema

from curator.checks.model.finding import Edit, Finding, Fix
from curator.checks.model.report import Report
from curator.checks.model.rule import all_rules
from curator.checks.renderers import FORMATS, renderer
from curator.checks.renderers.markdown import LIMIT, render_markdown
from curator.cli.main import main

RULES = [one.code for one in all_rules()]
SARIF = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
NOTICE = "this change edits curator.yaml"
EVIL = [
    "<script>alert(1)</script>",
    "@everyone and @lsst/camera-team",
    "[click](https://example.org)",
    "![x](https://example.org/x.png)",
    "``` \n# out\n<b>",
    "`" * 7 + "<i>",
    "| a | b |\n|---|---|",
    "\\| \\` \\",
    "https://example.org www.example.org a@example.org #1",
    "\x1b[2J\u202e\udcff",
    "<!-- --> </details> <img src=x>",
    "::error::x",
    "{0} %SRCROOT%",
    "",
    " ",
]
TEXTS = st.sampled_from(EVIL) | st.text(max_size=40)


def finding(path: str = "a/b.ecsv", **changes: Any) -> Finding:
    facts: dict[str, Any] = {
        "code": "CUR301",
        "severity": "error",
        "path": path,
        "line": 41,
        "column": 9,
        "message": "x0 + width = 4102, but R22_S11 is 4096 pixels wide",
        "hint": "width 6 would end at the edge of the sensor",
        "end": 11,
        "source": "4090 17 12 3900",
        "topic": "outside",
    }
    return Finding(**{**facts, **changes})


FINDINGS = st.builds(
    finding,
    path=TEXTS.filter(bool),
    code=st.sampled_from(RULES),
    severity=st.sampled_from(["error", "warning", "info"]),
    line=st.integers(1, 10_000),
    column=st.integers(1, 200),
    end=st.integers(0, 200),
    message=TEXTS,
    hint=TEXTS,
    source=TEXTS,
    topic=TEXTS,
    fix=st.none()
    | st.builds(
        Fix,
        TEXTS,
        st.tuples(
            st.builds(Edit, st.just("text"), value=TEXTS, line=st.just(1), start=st.just(1), end=st.just(3))
        ),
    ),
)
REPORTS = st.builds(
    lambda found, notices: Report(tuple(found), len(found), 2, 3, tuple(notices)),
    st.lists(FINDINGS, max_size=8),
    st.lists(TEXTS, max_size=2),
)


def sarif(report: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(renderer("sarif")(report))
    return log


@given(REPORTS)
def test_sarif_is_what_its_schema_says(report: Report) -> None:
    log = sarif(report)
    assert problems(store_schema(SARIF), log) == []
    run = log["runs"][0]
    assert len(run["results"]) == len(report.findings)
    for result, found in zip(run["results"], report.findings, strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == found.code
    prints = [one["partialFingerprints"]["curator/v1"] for one in run["results"]]
    assert len(set(prints)) == len(prints)


def test_the_schema_of_sarif_refuses_what_is_none() -> None:
    log = sarif(Report((finding(),), 1))
    log["runs"][0]["results"][0]["level"] = "grave"
    assert problems(store_schema(SARIF), log)


def test_sarif_says_where_and_what_rule() -> None:
    run = sarif(Report((finding("a dir/ü#%.ecsv"),), 1, 2, 3, (NOTICE,)))["runs"][0]
    [result] = run["results"]
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a%20dir/%C3%BC%23%25.ecsv", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 41, "startColumn": 9, "endColumn": 11},
            }
        }
    ]
    assert result["level"] == "error"
    [rule] = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "defect extends outside the sensor"
    assert "Bad:" in rule["help"]["text"]
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == NOTICE
    assert run["properties"] == {"checked": 1, "suppressed": 2, "baselined": 3, "asides": []}


def test_sarif_carries_a_fix_that_is_nothing_but_text() -> None:
    text = Fix("take the tab out", (Edit("text", value=" ", line=41, start=9, end=10),))
    header = Fix("write INSTRUME", (Edit("rename", "instrume", "INSTRUME"),))
    first, second = sarif(Report((finding(fix=text), finding(fix=header, line=2)), 1))["runs"][0]["results"]
    [change] = first["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 41, "startColumn": 9, "endColumn": 10},
            "insertedContent": {"text": " "},
        }
    ]
    assert "fixes" not in second


@given(REPORTS)
def test_gitlab_gets_a_list_of_entries_with_everything_it_asks_for(report: Report) -> None:
    entries = json.loads(renderer("gitlab")(report))
    assert len(entries) == len(report.findings) + len(report.notices)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert set(entry["location"]) == {"path", "lines"}
        assert entry["location"]["lines"]["begin"] >= 1
    assert len({one["fingerprint"] for one in entries}) == len(entries)


@pytest.mark.parametrize("form", ["gitlab", "sarif"])
def test_a_fingerprint_stays_when_lines_move(form: str) -> None:
    def prints(report: Report) -> list[str]:
        said = json.loads(renderer(form)(report))
        if form == "gitlab":
            return [one["fingerprint"] for one in said]
        return [one["partialFingerprints"]["curator/v1"] for one in said["runs"][0]["results"]]

    before = prints(Report((finding(line=3), finding(line=9)), 1))
    after = prints(Report((finding(line=30), finding(line=90)), 1))
    assert before == after
    assert before[0] != before[1]


def spans(text: str) -> list[Any]:
    """Return every inline and block token as CommonMark with tables has them."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    return [one for token in tokens for one in (token, *(token.children or ()))]


@given(REPORTS)
def test_nothing_in_a_file_becomes_markdown(report: Report) -> None:
    text = render_markdown(report, verbose=True)
    tokens = spans(text)
    kinds = {one.type for one in tokens}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "heading_open", "hr", "em_open"}
    for one in tokens:
        if one.type == "text":
            assert not set(one.content) & set("@<"), one.content
    cells = [sum(one.type == kind for one in tokens) for kind in ("td_open", "tr_open")]
    assert cells[0] == 4 * max(0, cells[1] - 1)
    assert all(one.isprintable() or one == "\n" for one in text)


def test_a_summary_fits_into_a_comment_and_says_what_it_left_out() -> None:
    report = Report(
        tuple(
            finding(f"{'x' * 200}/{number}", topic=str(number), message="y" * 400) for number in range(3600)
        ),
        3600,
        notices=(NOTICE,) * 100,
    )
    text = render_markdown(report)
    assert len(text) <= LIMIT
    assert text.startswith("> [!WARNING]\n> `this change edits curator.yaml`")
    shown = sum(line.startswith("| error |") for line in text.splitlines())
    assert 50 < shown < 3600
    assert text.endswith(
        f"\n\n{3600 - shown:,} findings more are not shown; `curator check` lists all of them."
    )


def test_a_summary_counts_first_and_folds() -> None:
    report = Report(tuple(finding(f"a/{number}.ecsv") for number in range(205)), 300, 2, 7)
    lines = render_markdown(report).splitlines()
    assert lines[0] == "**curator found 205 errors** in 300 files (2 suppressed, 7 in the baseline)."
    assert lines[4].startswith(
        "| error | CUR301 defect extends outside the sensor | `a/0.ecsv:41` and 204 more |"
    )
    assert sum(line.startswith("| error") for line in lines) == 1
    assert "    41 | 4090 17 12 3900" in lines
    assert render_markdown(Report((), 3)) == "**curator found nothing** in 3 files."


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_says_its_notices_before_any_finding(form: str) -> None:
    text = renderer(form)(Report((finding(),), 1, notices=(NOTICE,)))
    assert NOTICE in text
    if form != "sarif":  # there they have a place of their own
        assert text.index(NOTICE) < text.index("x0 + width")


def test_one_check_writes_several_reports(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (repository / DEFECTS).open("a") as file:
        file.write("4090 17 12 3\n")
    outputs = {form: tmp_path / f"report.{form}" for form in FORMATS}
    words = [word for form, path in outputs.items() for word in ("--output", f"{form}={path}")]
    assert main(["-C", str(repository), "check", "--format", "json", *words]) == 1
    printed = capsys.readouterr().out
    assert outputs["json"].read_text() == printed
    assert all("CUR301" in path.read_text() for path in outputs.values())
    assert problems(store_schema(SARIF), json.loads(outputs["sarif"].read_text())) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--output", "sarif"], "write FORMAT=FILE"),
        (["--output", "sarif="], "write FORMAT=FILE"),
        (["--output", "pdf=x"], "formats are text, github"),
        (["--output", "json=x", "--output", "text=x"], "two reports have the file x"),
        (["--output", "json=nowhere/x"], "cannot be written"),
    ],
)
def test_a_report_that_cannot_be_written_is_wrong_usage(
    words: list[str], said: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(repository), "check", *words]) == 2
    assert said in capsys.readouterr().err


def test_reports_on_real_calibrations_hold(
    adopted_repository: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = adopted_repository("obs_decam_data")
    target = tmp_path / "report"
    capsys.readouterr()
    main(["-C", str(root), "check", "--output", f"sarif={target}", "--format", "markdown"])
    assert problems(store_schema(SARIF), json.loads(target.read_text())) == []
    assert len(capsys.readouterr().out) <= LIMIT + 1
