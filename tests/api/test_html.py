"""Values in a notebook: nothing that a repository contains becomes markup, and every page reads well."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import need
from hypothesis import given
from hypothesis import strategies as st

import curator
from curator.api.html import Markup, code, fold, listing, note, table, tag, titled
from curator.cli.main import main

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
CROSSTALK = "ExampleCam/crosstalk/s00/20200101T000000.ecsv"
EVIL = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>'\"></table>"
TAGS = {
    *("div", "span", "strong", "table", "thead", "tbody", "tr", "th", "td"),
    *("details", "summary", "ul", "li", "pre", "img"),
}
ATTRIBUTES = {"style", "open", "alt", "src"}


class Checked(HTMLParser):
    """Fails at a tag or an attribute that no value has, and at tags that are not closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.images = 0
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= ATTRIBUTES
        for name, value in attrs:
            if name == "src":
                assert (value or "").startswith("data:image/svg+xml;base64,")
            if name == "style":
                assert not re.search(r"url|expression|color", value or "")
        if tag == "img":
            self.images += 1
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


@given(st.text() | st.text(alphabet="<>&\"'/!- scriptx=\x00\x1b\u202e"))
def test_any_text_stays_text(said: str) -> None:
    for made in (
        tag("div", said),
        code(said),
        note(said),
        fold(said, said),
        listing([said]),
        titled(said, said),
        table([said], [[said], [said]], most=1),
    ):
        text = Checked(made).text
        assert not any(one in text for one in "\x00\x1b\u202e")
        if said.isprintable():
            assert said in text


def test_only_what_was_made_here_is_markup() -> None:
    assert tag("div", Markup("<span>a</span>"), "<b>") == "<div><span>a</span>&lt;b&gt;</div>"


def hostile(root: Path, git: Callable[..., None]) -> None:
    """Put markup wherever text of a repository is shown."""
    file = root / DEFECTS
    lines = file.read_text().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if "SOURCE" in line)
    lines[at] = f"# - {{SOURCE: {json.dumps(EVIL)}}}\n# - {{{json.dumps('K' + EVIL)}: 1}}\n"
    file.write_text("".join(lines))
    assert main(["-C", str(root), "note", str(root / CROSSTALK), "-m", EVIL]) == 0
    git("commit", "-qam", EVIL)
    assert main(["-C", str(root), "note", str(file), "-m", EVIL]) == 0
    text = file.read_text().replace("2896", "20000")
    file.write_text(text)
    camera = root / "ExampleCam" / "camera" / "20200101T000000.yaml"
    camera.write_text(camera.read_text().replace("g_01", f"g_01{html.escape('<')}"))
    broken = root / "ExampleCam" / "defects" / "s01" / "<b>.ecsv"
    broken.parent.mkdir()
    broken.write_text(EVIL)
    (broken.parent / "20200101T000000.ecsv").write_text(EVIL)


def values(repo: curator.CalibrationRepository) -> Iterator[Any]:
    """Give every kind of value that a notebook shows."""
    yield repo.calibrations()
    yield from repo.calibrations()
    yield repo.select("defects", "2025-05-14", detector="S00")
    yield repo.why("defects", "2019-05-14", detector="S00")
    yield repo.check()
    yield repo.diff("HEAD~")
    yield repo.history(DEFECTS)
    yield repo.history()
    yield repo.blame(CROSSTALK)
    yield repo.coverage()


@pytest.fixture
def repo(
    root: Path, git: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> curator.CalibrationRepository:
    hostile(root, git)
    capsys.readouterr()
    return curator.open(root)


def test_nothing_of_a_hostile_repository_becomes_markup(repo: curator.CalibrationRepository) -> None:
    pages = [Checked(one._repr_html_()) for one in values(repo)]
    assert sum(page.text.count("<img src=x") for page in pages) > 5
    assert sum(page.images for page in pages) <= 1


def test_nothing_of_a_hostile_repository_steers_a_terminal(
    repo: curator.CalibrationRepository, root: Path
) -> None:
    file = root / DEFECTS
    file.write_text(file.read_text().replace("onerror", "\\x1b[31monerror\\a"))
    for one in values(repo):
        for said in (repr(one), str(one)):
            assert said.replace("\n", "").isprintable()


def test_a_browser_runs_nothing_and_every_value_fits_the_page(
    repo: curator.CalibrationRepository, tmp_path: Path
) -> None:
    chromium = need("chromium")
    body = "".join(f"<section>{one._repr_html_()}</section>" for one in values(repo))
    page = tmp_path / "page.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title>still</title><body style='width:900px'>{body}<script>"
        "onload = () => setTimeout(() => { const wide = [...document.querySelectorAll('section')]"
        ".filter(one => one.scrollWidth > 900).length;"
        "document.body.innerHTML = `<pre id=answer>${document.title} ${wide}</pre>`; }, 100)</script>"
    )
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
    where = (f"--user-data-dir={tmp_path / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND")
    done = subprocess.run(
        [chromium, *options, *where, "--virtual-time-budget=20000", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert re.findall(r'<pre id="answer">(.*?)</pre>', done.stdout) == ["still 0"]
