"""Of what a pull request's own run left, only what our renderer can have written is taken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from review.test_markdown import HOSTILE, OURS, made

from curator.checks.model.finding import Finding
from curator.checks.model.report import Report
from curator.errors import ForgeError
from curator.review.forge.received import require_ours
from curator.review.git.merge_forecast import MergeForecast
from curator.review.markdown import MARK, scoreboard
from curator.review.wording import Statement

KINDS = ("validity", "pixels", "curve", "rows", "boxes", "header", "notes")
TEXTS = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            [
                "`",
                "``",
                "```",
                "|",
                "\n",
                "\\",
                "<b>",
                "</details>",
                "@ada",
                "#1",
                "[x](y)",
                "-->",
                "~~~",
                " ",
            ]
        ),
        max_size=8,
    ).map("".join),
    st.just(HOSTILE),
)
LINES = [
    "@everyone",
    "[x](http://e.example)",
    "![i](x)",
    "<img src=x>",
    "<script>alert(1)</script>",
    "http://e.example",
    "www.e.example",
    "see #12",
    "GH-12",
    "a@b.example",
    "# Title",
    "    indented",
    "~~~",
    "```",
    "````",
    "```html",
    "`a",
    "`a | @ada`",
    "| `a | @ada` |",
    "\\`@ada`",
    "<!-- x -->",
    "</details>",
    "<details><summary>Boxes: 1 file</summary>",
    "&commat;ada",
    "/approve",
    "$x$",
    "\u202eabc",
    "a\tb",
    "a\r",
    "\x1b[31m",
    "[x]: http://e.example",
    ":x: ",
    "- a",
    "> `b`",
    "",
]


def harmless(text: str) -> None:
    """Require that a forge shows nothing but words, code, tables, lists and our folds."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    for token in tokens:
        if token.type == "html_block":
            assert OURS.fullmatch(token.content), token.content
        for child in token.children or ():
            assert child.type in (
                *("text", "code_inline", "softbreak", "hardbreak"),
                *("strong_open", "strong_close", "em_open", "em_close"),
            ), child
            if child.type == "text":
                assert not re.search(r"[@#<>/\\&$]|www\.|GH-\d", child.content.replace("[!IMPORTANT]", "")), (
                    child
                )


def refused(text: str) -> str:
    try:
        require_ours(text)
    except ForgeError as error:
        return error.message
    return ""


def judged(path: str, message: str) -> Report:
    finding = Finding("CUR301", "error", path, 3, 1, message, hint=message)
    return Report(findings=(finding,), checked=1, notices=(message,) * 4)


@given(TEXTS, TEXTS, st.integers(0, 4))
def test_what_our_renderer_writes_is_taken_and_harmless(text: str, other: str, files: int) -> None:
    statements = [Statement(kind, text, (other,)) for kind in KINDS]
    forecast = MergeForecast(other, (text,), ((text, other),) * 4)
    report = made(files, *statements, path=f"cam/{other.replace('{', '').replace('}', '')}{{}}.ecsv")
    found = scoreboard(report, judged(other, text), forecast)
    assert refused(found) == ""
    harmless(found)


@given(st.lists(st.sampled_from(LINES), max_size=6), st.integers(0, 40))
def test_what_is_taken_is_harmless_whatever_was_put_in(lines: list[str], place: int) -> None:
    text = scoreboard(made(2, *(Statement(kind, "said", ("more",)) for kind in KINDS)), judged("a/b", "c"))
    was = text.split("\n")
    place = min(1 + place, len(was))
    changed = "\n".join([*was[:place], *lines, *was[place:]])
    if not refused(changed):
        harmless(changed)


@pytest.mark.parametrize(
    "line", [one for one in LINES if one not in ("- a", "> `b`", "", ":x: ", "    indented")]
)
def test_a_foreign_line_is_refused(line: str) -> None:
    text = scoreboard(made(1, Statement("pixels", "said", ("more",)), Statement("boxes", "b", ("c",))))
    assert refused(text) == ""
    assert refused(f"{text}{line}\n")
    assert refused(text.replace(f"{MARK}\n", f"{MARK}\n{line}\n"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "does not start with the mark"),
        (MARK, "does not start with the mark"),
        (f" {MARK}\n", "does not start with the mark"),
        (f"x\n{MARK}\n", "does not start with the mark"),
        (f"{MARK} <img src=x>\n", "does not start with the mark"),
        (f"{MARK}\n```text\n@ada\n", "has a block that is not closed"),
        (f"{MARK}\n```text\n````\n@ada\n```\n", "holds what no scoreboard does"),
        (f"{MARK}\n```text\n   ```  \n@ada\n", "holds what no scoreboard does"),
        (f"{MARK}\n<details><summary>Boxes: 1 file</summary>\n`@ada`\n", "has text beside a fold"),
        (f"{MARK}\n\n</details>\n`@ada`\n", "has text beside a fold"),
    ],
)
def test_a_text_that_is_no_scoreboard_is_refused(text: str, message: str) -> None:
    assert message in refused(text)
