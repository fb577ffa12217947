"""A calibration for people: what it is and where it came from, in 80 columns, harmless to a terminal."""

from __future__ import annotations

import shutil

import pytest
from export.made import FIRST, OTHER, defects

from curator.cli.main import main
from curator.errors import CuratorError
from curator.export.export import export
from curator.export.show.show import WIDTH, show


def _exported(made, out, source):
    return out / next(row.path for row in export(made.repo, out).rows if row.gitpath == source)


def _fold(lines):
    return " ".join(" ".join(lines).split())


def test_text_and_fits_say_the_same(made, tmp_path):
    text = list(show(made.root / FIRST))
    fits = list(show(_exported(made, tmp_path / "out", FIRST)))
    assert text[0] == "defects, text"
    assert fits[0] == "defects, FITS"
    for said in (
        "instrument TestCam",
        "detector 0",
        "from 2020-01-01T00:00:00 (UTC), no end written",
        made.git("rev-parse", "HEAD"),
        made.git("rev-parse", f"HEAD:{FIRST}"),
        "Cleo Éditrice: Mask one more pixel",
        "2021-05-01 Ada Editor: Begin",
        "before row 2: hot column, seen by eye",
        "2 rows x0 [pix] y0 [pix] width [pix] height [pix] 1 2 3 4 5 6 7 9",
    ):
        assert said in _fold(text), said
        assert said in _fold(fits), said
    assert "repository obs_test_data" in _fold(fits)


def test_only_as_many_rows_as_asked_for_are_shown(made):
    made.write(OTHER, defects(*[f"{number} 1 1 1" for number in range(500)], detector=1))
    lines = list(show(made.root / OTHER, rows=3))
    assert lines[-1].strip() == "… 497 more"
    assert "500 rows" in _fold(lines)
    assert len([line for line in lines if line.endswith("  1             1")]) == 3
    assert list(show(made.root / OTHER, rows=0))[-1].strip() == "… 500 more"


def test_a_text_says_how_it_stands_to_git(made, tmp_path):
    assert "not committed yet" in _fold(
        show(made.write("testCam/defects/r00_s01/20300101T000000.ecsv", defects()))
    )
    made.write(FIRST, defects("1 1 1 1"))
    assert "changed since then, and not committed" in _fold(show(made.root / FIRST))
    alone = shutil.copy(made.root / FIRST, tmp_path / "alone.ecsv")
    assert "is not in a git repository" in _fold(show(alone))


def test_nothing_in_a_file_steers_the_terminal_or_breaks_the_margin(made, tmp_path):
    header = '# - {NOTE: "\\e[31mred\\a \\u202e backwards"}\n' + f"# - HISTORY:\n#   - {'x' * 300}\n"
    made.write(OTHER, defects("1 2 3 4", "# \u202e\u009b", detector=1, more=header))
    made.commit("\x1b]0;owned\x07" + "long " * 60, "Eve\x1b[2J")
    for lines in (show(made.root / OTHER), show(_exported(made, tmp_path / "out", OTHER))):
        said = list(lines)
        assert any("\\x1b[31mred" in line for line in said)
        assert all(line.isprintable() for line in said)
        assert max(map(len, said)) <= WIDTH


def test_real_files_are_shown_in_eighty_columns(real):
    smallest = {}
    for path in sorted(real.rglob("*")):
        if path.suffix in (".ecsv", ".yaml"):
            smallest.setdefault((path.relative_to(real).parts[1:3], path.suffix), []).append(path)
    for paths in smallest.values():
        path = min(paths, key=lambda one: one.stat().st_size)
        if path.stat().st_size > 1_000_000:
            continue
        lines = list(show(path, rows=4))
        assert lines[0].endswith(", text")
        assert max(map(len, lines)) <= WIDTH
    assert len(smallest) > 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.ecsv", b"rubbish"),
        ("x.yaml", b"a: ["),
        ("x.fits", b"SIMPLE"),
        ("x.fits", b"\0" * 2880),
        ("x.txt", b""),
    ],
)
def test_what_cannot_be_shown_is_one_line_of_error(tmp_path, capsys, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CuratorError):
        list(show(tmp_path / name))
    assert main(["show", str(tmp_path / name)]) == 2
    said = capsys.readouterr()
    assert len([line for line in said.err.splitlines() if "hint:" not in line]) == 1


def test_the_verb_prints_it(made, capsys):
    assert main(["show", str(made.root / FIRST), "--rows", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].strip() == "… 1 more"
    assert main(["show", str(made.root / FIRST), "--rows", "-1"]) == 2
