"""An output format is one module, found by its place."""

from __future__ import annotations

from pathlib import Path

from curator.checks.renderers import FORMATS

from .copies import Copy

FORMAT = '''"""Codes alone."""


def render_toy(report, **_):
    return " ".join(finding.code for finding in report.findings)
'''


def test_one_module_adds_an_output_format(tmp_path: Path) -> None:
    source = Copy.make(tmp_path / "source")
    (source.root / "curator/checks/renderers/toy.py").write_text(FORMAT)
    source.curator("init", "r", "--camera", "ExampleCam", cwd=tmp_path)
    repository = tmp_path / "r"
    defects = next((repository / "ExampleCam/defects").rglob("*.ecsv"))
    defects.write_text(defects.read_text().replace("310 1200", "3100 1200"))
    words = ("check", "--format", "toy", "--output", "toy=found")
    assert source.curator(*words, cwd=repository, code=1) == "CUR301\n"
    assert (repository / "found").read_text() == "CUR301\n"
    assert "toy" in source.curator("check", "--help", cwd=repository)
    assert "toy" not in FORMATS
