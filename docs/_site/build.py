"""Build the documentation site: ``python docs/_site/build.py OUT``, or ``make site``.

The pages are Markdown whose links work on a forge. They are copied beside each other as Sphinx wants them:
links between files of the repository become links between pages of the site, and the tables of links in each
``index.md`` become its navigation. The changelog is made from ``changes/``, the API pages from the table in
``docs/python.md``, and the pages of notebooks from their cells.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import runpy
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["build", "stage"]

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"(\]\()([^)#\s]+)((?:#[^)\s]*)?\))")
MODULE = re.compile(r"\]\(\.\./(curator/[\w/]+)\.py\)")
SECTION = re.compile(r"^## ", re.MULTILINE)


def _modules(page: str) -> dict[str, str]:
    """Return the documented modules by the path of their source."""
    return {f"{stem}.py": stem.replace("/", ".") for stem in MODULE.findall(page)}


def _sources() -> dict[str, str]:
    """Return where each page of the repository stands in the site."""
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")}
    notebooks = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.ipynb")}
    found = {path: path.removeprefix("docs/").replace(".ipynb", ".md") for path in sorted(pages | notebooks)}
    return {**found, "CONTRIBUTING.md": "contributing.md", "changes/README.md": "changelog.md"}


def _moved(text: str, source: str, places: dict[str, str]) -> str:
    """Return a page whose links to files of the repository lead to their pages in the site."""
    here = posixpath.dirname(places[source])

    def moved(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), link[2]))
        if "://" in link[2] or target not in places:
            return link[0]
        return link[1] + posixpath.relpath(places[target], here or ".") + link[3]

    return LINK.sub(moved, text)


def _cells(notebook: str) -> str:
    """Return the cells of a notebook as Markdown: a reader runs it to see what they show."""
    parts = []
    for cell in json.loads(notebook)["cells"]:
        text = "".join(cell["source"])
        magic, _, rest = text.partition("\n")
        if cell["cell_type"] == "code":
            text = f"```bash\n{rest}\n```" if magic == "%%bash" else f"```python\n{text}\n```"
        parts.append(text)
    return "\n\n".join(parts) + "\n"


def _navigation(page: str, text: str, pages: set[str]) -> Iterator[str]:
    """Yield hidden tables of contents for the links of an index: one for each section of the site's own."""
    seen = {page}
    here = posixpath.dirname(page)
    for section in SECTION.split(text)[1:] if page == "index.md" else [text]:
        targets = [posixpath.normpath(posixpath.join(here, link[1])) for link in LINK.findall(section)]
        entries = [
            target
            for target in dict.fromkeys(targets)
            if target in pages - seen
            and (page != "python.md" or target.startswith(("api/", "notebooks/")))
            and not target.startswith("rules/CUR")
            and _index_of(target, pages) in (page, "index.md")
        ]
        seen.update(entries)
        if entries:
            caption = f":caption: {section.split(chr(10), 1)[0]}\n" if page == "index.md" else ""
            lines = "\n".join(f"/{entry}" for entry in entries)
            yield f"\n```{{toctree}}\n:hidden:\n{caption}\n{lines}\n```\n"


def _index_of(page: str, pages: set[str]) -> str:
    """Return the index whose table of contents has a page: that of its folder, or of the site."""
    index = posixpath.join(posixpath.dirname(page), "index.md")
    return "index.md" if page == index or index not in pages else index


def stage(target: Path) -> None:
    """Write what Sphinx reads into a new folder."""
    places = _sources()
    modules = _modules((ROOT / "docs" / "python.md").read_text(encoding="utf-8"))
    places |= {path: f"api/{name}.md" for path, name in modules.items()}
    pages = set(places.values())
    for source, page in places.items():
        file = target / page
        file.parent.mkdir(parents=True, exist_ok=True)
        if source in modules:
            name = modules[source]
            body = f"# {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```\n"
        elif source == "changes/README.md":
            gathered = runpy.run_path(str(ROOT / "changes" / "gather.py"))["gather"]()
            body = _moved(gathered, source, places)
        else:
            text = (ROOT / source).read_text(encoding="utf-8")
            body = _moved(_cells(text) if source.endswith(".ipynb") else text, source, places)
        if page.startswith("rules/CUR"):
            # Listed in the index of rules, and not in the navigation of every page.
            body = "---\norphan: true\n---\n\n" + body
        elif posixpath.basename(page) in ("index.md", "python.md"):
            body += "".join(_navigation(page, body, pages))
        file.write_text(body, encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "images", target / "images")


def build(out: Path) -> int:
    """Build the site in ``out`` and return Sphinx's exit status; every warning is an error."""
    from sphinx.cmd.build import main

    shutil.rmtree(out, ignore_errors=True)
    source, pages = out / ".source", out / "html"
    stage(source)
    jobs = str(min(4, os.cpu_count() or 1))
    settings = str(Path(__file__).parent)
    return main(
        [
            "-q",
            "-W",
            "--keep-going",
            "-j",
            jobs,
            "-d",
            str(out / ".trees"),
            "-c",
            settings,
            str(source),
            str(pages),
        ]
    )


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1])))
