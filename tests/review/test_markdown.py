"""The scoreboard of a pull request: short, whole, and harmless."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from curator.compare.difference import Difference
from curator.compare.kinds import KeywordChange
from curator.review.markdown import LIMIT, LINES, MARK, scoreboard
from curator.review.report import FileReport, ReviewReport
from curator.review.reviewed import Reviewed
from curator.review.wording import Statement

HOSTILE = (
    "</code></summary><script>alert(1)</script>`` @everyone [x](http://e.example) ![i](x) |"
    "\n::set-env::\x1b[31m"
)
OURS = re.compile(r"(<!-- .* -->|<details><summary>[\w, ]+: \d+</summary>|</details>)\s*")


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
        re.fullmatch(r"(<!-- .* -->|<details><summary>[\w, ]+: \d+</summary>|</details>)\s*", one)
        for one in html
    )


def test_a_difference_is_no_part_of_a_comment() -> None:
    """Only statements are: a keyword that no statement quotes appears nowhere."""
    file = Reviewed(
        "a", "a", "edited", "", "x", "", "", Difference("x", (KeywordChange("added", "SECRET", None, 1),))
    )
    assert "SECRET" not in scoreboard(ReviewReport("a", "b", (FileReport(file, ()),), ()))
