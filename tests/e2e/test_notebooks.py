"""Each notebook of the documentation runs as a reader runs it, and is kept without its outputs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import warm
from conftest import need_module

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
# What a page of each must show: cell by cell, a part of its HTML or text.
SHOWN = {
    "review": [
        "calibrations",
        "DEFECTS (4 rows)",
        "<th>x0</th>",
        "pix2",
        "acceptance tests",
        "the only certified defects of detector S00",
        "232 days later",
        "no gaps, no overlaps",
        "1 error",
        "nothing found",
        "Masked pixels",
        "2,436 pixels newly masked",
        "Masked a trap in column 40",
    ]
}


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs_and_names_no_machine(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    notebook = json.loads(raw)
    assert raw == json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    for cell in notebook["cells"]:
        assert cell["metadata"] == {}
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert not [word for word in ("/home", "/tmp", "/root", "/Users", str(ROOT)) if word in raw]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # These ask for the folders that Jupyter will use, and tell its debugger that no module is frozen.
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PATH", os.pathsep.join([warm.search_path(), os.environ["PATH"]]))
    nbclient, nbformat = need_module("nbclient"), need_module("nbformat")
    need_module("ipykernel")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    work = tmp_path / "work"
    work.mkdir()
    client = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(work)}})
    client.execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [
        output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"
    ] == []
    pages = [
        "".join(output.data.get("text/html") or output.data.get("text/plain") or "")
        for output in outputs
        if output.output_type == "execute_result"
    ]
    assert len(pages) == len(SHOWN[path.stem])
    for page, shown in zip(pages, SHOWN[path.stem], strict=True):
        assert shown in page, f"{shown!r} is not in\n{page}"
