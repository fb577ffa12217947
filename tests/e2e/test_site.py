"""The documentation site: it is built without a warning, works offline, and fits a phone."""

from __future__ import annotations

import fcntl
import html
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from conftest import need

ROOT = Path(__file__).resolve().parents[2]
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "embed": "src"}
REMOTE = re.compile(r"(?:https?:)?//")
# Each page is laid out in a frame of a phone's width; those that are wider than the frame are printed.
FRAMES = """\
<!doctype html><body><script>
const pages = PAGES, wide = [];
(async () => {
  for (const page of pages) {
    const frame = document.createElement("iframe");
    frame.width = 390; frame.height = 800; frame.src = page;
    const loaded = new Promise(done => frame.onload = done);
    document.body.append(frame);
    await loaded;
    const root = frame.contentDocument.documentElement;
    if (root.scrollWidth > 390) wide.push(`${page}: ${root.scrollWidth}`);
    frame.remove();
  }
  document.body.innerHTML = "<pre id=answer></pre>";
  document.getElementById("answer").textContent = JSON.stringify(wide);
})();
</script></body>
"""


class _Page(HTMLParser):
    """The anchors and links of a page, and what a browser loads to show it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if identifier := found.get("id"):
            self.anchors.add(identifier)
        if tag == "a" and (link := found.get("href")):
            self.links.append(link)
        loads = tag == "link" and set((found.get("rel") or "").split()) & {
            "stylesheet",
            "icon",
            "preload",
            "preconnect",
        }
        if url := found.get("href" if loads else LOADED.get(tag, "")):
            self.loaded.append(url)


def _chromium(tmp_path: Path, url: str) -> str:
    """Return what a page has become after its scripts ran, with files as its only source."""
    done = subprocess.run(
        [
            *(need("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *(f"--user-data-dir={tmp_path / 'profile'}", "--allow-file-access-from-files"),
            *("--virtual-time-budget=100000", "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", url),
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built by the first worker that asks for it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    out, built = shared / "site", shared / "site-built"
    with (shared / "site-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            build = [sys.executable, ROOT / "docs" / "_site" / "build.py", out]
            done = subprocess.run(build, capture_output=True, text=True, timeout=500)
            assert done.returncode == 0, done.stdout + done.stderr
            assert done.stderr == ""
            built.touch()
    return out / "html"


@pytest.fixture(scope="module")
def pages(site):
    return {path: _Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def test_every_page_is_in_the_search_index(site):
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    written = {
        path.relative_to(ROOT / "docs").with_suffix("").as_posix()
        for suffix in ("md", "ipynb")
        for path in (ROOT / "docs").rglob(f"*.{suffix}")
    }
    assert written | {"changelog", "contributing", "api/curator.checks.run.engine"} <= set(index["docnames"])


def test_no_page_loads_anything_from_the_network(site, pages):
    remote = [
        f"{path.name}: {url}" for path, page in pages.items() for url in page.loaded if REMOTE.match(url)
    ]
    assert remote == []
    styles = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    assert styles
    urls = [url for style in styles for url in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)", style)]
    assert [url for url in urls if REMOTE.match(url)] == []


def test_every_link_inside_the_site_leads_to_a_page_and_a_heading(pages):
    broken = []
    for path, page in pages.items():
        for link in page.links:
            target, anchor = urldefrag(link)
            if ":" in target or REMOTE.match(target):
                continue
            file = (path.parent / unquote(target)).resolve() if target else path
            if not file.exists() or (anchor and file in pages and unquote(anchor) not in pages[file].anchors):
                broken.append(f"{path.name}: {link}")
    assert broken == []


def test_every_link_to_the_repository_became_a_link_to_a_page(pages):
    """A link that Sphinx cannot place stays as it was written, and ends in the suffix of a source."""
    left = [
        f"{path.name}: {link}"
        for path, page in pages.items()
        for link in page.links
        if link.endswith((".md", ".py"))
    ]
    assert [one for one in left if "://" not in one] == []


def test_the_changelog_has_every_fragment(site):
    page = html.unescape(re.sub(r"<[^>]+>", "", (site / "changelog.html").read_text(encoding="utf-8")))
    words = " ".join(re.sub(r"[^A-Za-z ]", " ", page).split())
    missing = []
    for fragment in (ROOT / "changes").glob("*.*.md"):
        plain = re.sub(r"\]\([^)]*\)", "]", fragment.read_text(encoding="utf-8"))
        if " ".join(re.sub(r"[^A-Za-z ]", " ", plain.replace("\n", " ")).split())[:60] not in words:
            missing.append(fragment.name)
    assert missing == []


def test_no_page_is_wider_than_a_phone(site, tmp_path):
    names = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    rules = sorted(name for name in names if name.startswith("rules/CUR"))
    shown = sorted(set(names) - set(rules)) + rules[::12]
    frames = site / "frames.html"
    frames.write_text(FRAMES.replace("PAGES", json.dumps(shown)), encoding="utf-8")
    try:
        answer = re.search(r'<pre id="answer">(.*?)</pre>', _chromium(tmp_path, frames.as_uri()))
    finally:
        frames.unlink()
    assert answer
    assert json.loads(html.unescape(answer[1])) == []


def test_search_finds_a_word_without_a_server(site, tmp_path):
    shown = _chromium(tmp_path, (site / "search.html").as_uri() + "?q=baseline")
    assert "pull-requests.html" in shown
