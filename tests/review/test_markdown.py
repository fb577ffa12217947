"""The scoreboard of a pull request: short, whole, and harmless."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from curator.checks.model.finding import Finding
from curator.checks.model.report import Report
from curator.compare.difference import Difference
from curator.compare.kinds import KeywordChange
from curator.compare.summaries import CurveChange, MaskChange
from curator.compare.throughput import BandChange
from curator.review.forge.received import require_ours
from curator.review.git.merge_forecast import MergeForecast
from curator.review.markdown import LIMIT, LINES, MARK, SUMMARY_LIMIT, is_news, scoreboard, step_summary
from curator.review.report import Common, FileReport, ReviewReport
from curator.review.reviewed import Reviewed
from curator.review.wording import Statement

if TYPE_CHECKING:
    from curator.review.versions import Kind

HOSTILE = (
    "</code></summary><script>alert(1)</script>`` @everyone [x](http://e.example) ![i](x) |"
    "\n::set-env::\x1b[31m"
)
OURS = re.compile(r"(<!-- .* -->|<details><summary>[\w, ]+: [\d,]+ files?</summary>|</details>)\s*")


def made(files: int, *statements: Statement, path: str = "cam/defects/{}.ecsv") -> ReviewReport:
    def file(number: int) -> Reviewed:
        name = path.format(number)
        return Reviewed(name, name, "edited", "", "defects", "", "", None)

    reports = tuple(FileReport(file(number), tuple(statements)) for number in range(files))
    return ReviewReport("commit a", "commit b", reports, ())


def visible(text: str) -> list[str]:
    return text.partition("<details>")[0].strip().splitlines()


@pytest.mark.parametrize("files", [0, 1, 3, 400])
def test_no_more_lines_than_one_reads(files: int) -> None:
    kinds = ("validity", "moved", "units", "pixels", "brightness", "curve", "crosstalk", "numbers", "rows")
    text = scoreboard(made(files, *(Statement(kind, f"{kind} changed") for kind in kinds)))
    assert len(visible(text)) <= LINES
    assert text.startswith(MARK)
    for kind in kinds if files else ():
        assert f"`{kind} changed`" in text


def many(letter: str) -> ReviewReport:
    """Return a change whose statements all differ, and have many long details."""
    one = made(300)
    files = (
        FileReport(file.file, (Statement("notes", f"{number}", (letter * 250,) * 20),))
        for number, file in enumerate(one.files)
    )
    return ReviewReport(one.before, one.after, tuple(files), ())


def test_a_fold_has_as_much_as_fits() -> None:
    text = scoreboard(many("`"))
    assert LIMIT * 0.8 < len(text) <= LIMIT
    assert re.search(r"\nand 2\d\d more: curator diff shows them\n`{251}\n\n</details>\n$", text)


def test_a_comment_is_no_longer_than_a_forge_takes() -> None:
    statement = Statement("notes", "n" * 250, ("d" * 250,) * 20)
    text = scoreboard(made(300, statement))
    assert len(text) <= LIMIT
    assert text.rstrip().endswith(("</details>", "`curator diff` shows all of it."))
    assert text.count("<details>") == text.count("</details>")


def test_nothing_of_a_file_becomes_markup() -> None:
    statements = [Statement(kind, HOSTILE, (HOSTILE, "```")) for kind in ("pixels", "notes", "header")]
    text = scoreboard(made(2, *statements, path=f"cam/{HOSTILE}{{}}.ecsv"))
    assert "\x1b" not in text
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    html = [one.content for one in tokens if one.type == "html_block"]
    inline = [child for one in tokens for child in one.children or () if one.type == "inline"]
    assert {child.type for child in inline} <= {
        "text",
        "code_inline",
        "strong_open",
        "strong_close",
        "softbreak",
    }
    assert all(
        re.fullmatch(r"(<!-- .* -->|<details><summary>[\w, ]+: [\d,]+ files?</summary>|</details>)\s*", one)
        for one in html
    )


def test_a_difference_is_no_part_of_a_comment() -> None:
    """Only statements are: a keyword that no statement quotes appears nowhere."""
    file = Reviewed(
        "a", "a", "edited", "", "x", "", "", Difference("x", (KeywordChange("added", "SECRET", None, 1),))
    )
    assert "SECRET" not in scoreboard(ReviewReport("a", "b", (FileReport(file, ()),), ()))


def found(code: str, path: str, message: str, topic: str = "", line: int = 3) -> Finding:
    return Finding(code, "error", path, line, 1, message, topic=topic or message)


def test_the_summary_of_a_step_is_the_comment_without_its_mark_and_has_more_room() -> None:
    report = made(2, Statement("pixels", "said"), Statement("notes", "n", ("d",)))
    assert step_summary(report) == scoreboard(report).removeprefix(f"{MARK}\n")
    long = many("é")
    assert LIMIT < len(step_summary(long).encode()) <= SUMMARY_LIMIT
    assert len(visible(step_summary(long))) < LINES


def test_a_fold_says_more_than_the_table_or_is_left_out() -> None:
    assert "<details>" not in scoreboard(made(1, Statement("pixels", "said")))
    assert "Masked pixels: 1 file<" in scoreboard(made(1, Statement("pixels", "said", ("more",))))
    assert "Masked pixels: 1 file<" in scoreboard(made(1, Statement("pixels", "s" * 400)))
    assert "Masked pixels: 4 files<" in scoreboard(made(4, Statement("pixels", "said")))


def test_a_statement_of_many_files_names_them_in_its_fold() -> None:
    statement = Statement("pixels", "8 pixels newly masked")
    report = ReviewReport("a", "b", (), (Common(statement, tuple(f"cam/{one}.ecsv" for one in range(30))),))
    text = scoreboard(report)
    assert "| Masked pixels | 30 files, such as `cam/0.ecsv` | each: `8 pixels newly masked` |" in text
    assert "\ncam/19.ecsv\nand 10 more, each:\n  8 pixels newly masked\n" in text


def test_what_a_removed_file_held_is_no_row_of_the_table() -> None:
    file = Reviewed("a", "a", "removed", "", "defects", "", "", None)
    said = (Statement("validity", "removed: nothing applies instead"), Statement("rows", "held 3 rows"))
    text = scoreboard(ReviewReport("a", "b", (FileReport(file, said),), ()))
    assert "| Validity | `a` |" in text
    assert "| Rows |" not in text
    assert "<details><summary>Rows: 1 file</summary>" in text


def masked(name: str, pixels: int, kind: Kind = "edited", problem: str = "") -> FileReport:
    change = MaskChange(0, 1, 1, 0, 0, 0, pixels, pixels, 0)
    file = Reviewed(
        name, name, kind, "", "defects", "", "", Difference("defects", (change,)), problem=problem
    )
    return FileReport(file, (Statement("pixels", f"{pixels} pixels"), Statement("validity", f"{name} said")))


def test_errors_removals_and_large_changes_come_first() -> None:
    files = (
        masked("a", 1),
        masked("b", 2),
        masked("c", 900),
        masked("d", 3, "removed"),
        masked("e", 4),
        masked("f", 5, problem="broken"),
    )
    checked = Report((found("CUR301", "b", "outside"),), 6)
    text = scoreboard(ReviewReport("a", "b", files, ()), checked)
    pixels = [line for line in text.splitlines() if line.startswith("|") and "pixels" in line]
    assert pixels == [
        "| Masked pixels (3 of 6, all below) | `f` | `5 pixels` |",
        "|  | `b` | `2 pixels` |",
        "|  | `d` | `3 pixels` |",
    ]
    fold = text.partition("Masked pixels: 6 files")[2].partition("</details>")[0]
    require_ours(text)
    assert re.findall(r"\n  (\d+) pixels", fold) == ["5", "2", "3", "900", "4", "1"]


def test_the_largest_curve_and_source_come_first() -> None:
    def curves(name: str, largest: float) -> FileReport:
        change = CurveChange("C00", largest, 500.0, 0.0, 300.0, 900.0)
        bands = (BandChange("r", -10 * largest, 0.0),)
        difference = Difference("transmission_sensor", (change,))
        file = Reviewed(name, name, "edited", "", "x", "", "", difference, bands=bands)
        return FileReport(
            file, (Statement("curve", f"curve {name}"), Statement("brightness", f"seen {name}"))
        )

    files = tuple(
        curves(name, largest) for name, largest in (("a", 1e-7), ("b", -0.03), ("c", 0.01), ("d", 0))
    )
    text = scoreboard(ReviewReport("a", "b", files, ()))
    for kind in ("curve", "seen"):
        assert re.findall(rf"\| `\w` \| `{kind} (\w)`", text) == ["b", "c", "a"]


def test_the_notes_of_a_check_are_in_a_fold() -> None:
    notes = [
        Finding("CUR512", "info", f"cam/{one}.ecsv", 3, 1, f"edited {one}", topic="edited in place")
        for one in range(4)
    ]
    texts = [f"</details>{one}" for one in range(30)]
    notes += [Finding("CUR305", "info", "a", 0, 0, one, topic=one) for one in texts]
    text = scoreboard(made(1), Report(tuple(notes), 4))
    assert "**Check: 34 notes**" in text
    fold = text.partition("<details><summary>Notes of the check: 5 files</summary>\n\n```text\n")[2]
    assert fold.startswith(
        "cam/0.ecsv:3 and 3 more files\n  CUR512 edited in place\na\n  CUR305 </details>0\n"
    )
    require_ours(text)
    assert "\nand 11 more: curator check --verbose lists them\n```\n\n</details>\n" in fold
    assert len(visible(text)) <= LINES


def test_equal_findings_of_several_files_are_one_line() -> None:
    findings = [found("CUR301", f"cam/{one}.ecsv", f"x is {one}", "outside the sensor") for one in range(8)]
    findings += [found("CUR510", "gone.ecsv", "is removed", line=0)]
    findings += [found("CUR303", "a.ecsv", f"row {one} twice", "duplicate defect", one) for one in (7, 9, 11)]
    findings += [found(f"CUR31{one}", "a.ecsv", "m") for one in range(5)]
    text = scoreboard(made(1), Report(tuple(findings), 9, notices=tuple(f"notice {one}" for one in range(5))))
    assert "**Check: 17 errors**" in text
    assert "- error CUR301, 8 files, such as `cam/0.ecsv:3`: `outside the sensor`" in text
    assert "- error CUR510, `gone.ecsv`: `is removed`" in text
    assert "- error CUR303, `a.ecsv:7`: `duplicate defect` (3 times)" in text
    assert "- error CUR311, `a.ecsv:3`: `m`, and 3 more" in text
    assert "> `notice 2`\n> and 2 more: `curator check` shows them\n" in text
    assert len(visible(text)) <= LINES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (scoreboard(made(0)), False),
        (scoreboard(made(0), Report((), 3)), False),
        (scoreboard(made(0), None, MergeForecast("main", unknown="git is older")), False),
        (scoreboard(made(0), None, MergeForecast("main", ("a",))), True),
        (scoreboard(made(1)), True),
        (scoreboard(made(0), Report((found("CUR001", "a", "b"),), 1)), True),
        (scoreboard(made(0), Report((), 3, notices=("The rules are relaxed",))), True),
    ],
)
def test_news_is_what_somebody_should_read(text: str, expected: bool) -> None:
    assert is_news(text) is expected
