"""A file says which text, which commit and whose edits it comes from, in words that survive FITS."""

from __future__ import annotations

import hashlib
import re
import subprocess

import pytest
from export.made import FIRST, OTHER, defects

from curator.export.export import export


def _exported(made, out, source, rev=None):
    manifest = export(made.repo, out, rev)
    return out / next(row.path for row in manifest.rows if row.gitpath == source)


def _stamp(path):
    from curator.formats.fits.fits import read_fits

    return read_fits(path)[0].header


def test_the_stamp_names_text_commit_and_editor(made, tmp_path, open_strictly):
    path = _exported(made, tmp_path / "out", FIRST)
    header = open_strictly(path)[0].header
    assert header["GITREPO"] == "obs_test_data"
    assert header["GITPATH"] == FIRST
    assert header["GITBLOB"] == made.git("rev-parse", f"HEAD:{FIRST}")
    assert header["GITSHA"] == made.git("rev-parse", "HEAD")
    assert header["GITDATE"] == "2021-05-04T04:30:00"
    assert header["GITSUBJ"] == "Mask one more pixel"
    assert header["CURATOR"] == 2
    assert (header["OBSTYPE"], header["INSTRUME"], header["DETECTOR"]) == ("defects", "TestCam", 0)
    assert header["VALIDSTART"] == "2020-01-01T00:00:00"
    assert "VALIDEND" not in header
    assert _stamp(path)["GITAUTH"] == "Cleo Éditrice"


def test_the_content_digest_is_of_the_calibration_alone(made, tmp_path):
    from curator.calibrations.types.base import read_text

    old = _exported(made, tmp_path / "out", FIRST)
    made.write(FIRST, (made.root / FIRST).read_text().replace("# hot column", "# very hot column"))
    made.commit("Say how hot")
    new = _exported(made, tmp_path / "out", FIRST)
    assert old != new
    assert _stamp(old)["CONTENT"] == _stamp(new)["CONTENT"]
    calibration = read_text(FIRST, (made.root / FIRST).read_bytes())
    assert _stamp(new)["CONTENT"] == calibration.content_digest()


def test_notes_are_the_edits_the_history_and_the_comments(made, tmp_path):
    history = "# - HISTORY:\n#   - '2021-05-06 Dora: looked at flats again'\n"
    made.write(FIRST, defects("1 2 3 4", "# by eye", "5 6 7 9", "# the end", more=history))
    last = made.commit("Note a second look", "Dora", "2021-05-06T00:00:00+00:00")
    notes = _stamp(_exported(made, tmp_path / "out", FIRST))["HISTORY"]
    edits = made.git("log", "--reverse", "--format=%h", "--abbrev=12", "--", FIRST).split()
    assert len(edits) == 3
    assert notes[0] == f"2021-05-01 Ada Editor: Begin (git {edits[0]})"
    assert notes[2] == f"2021-05-06 Dora: Note a second look (git {last[:12]})"
    assert notes[3] == "2021-05-06 Dora: looked at flats again"
    assert re.fullmatch(r"line \d+, before row 2: by eye", notes[4])
    assert re.fullmatch(r"line \d+, after the last row: the end", notes[5])
    assert len(notes) == 6


@pytest.mark.parametrize(
    "subject",
    [
        "Masque la colonne éclairée, 天文台, 🔭",
        "x" * 500,
        "y " * 300 + "z",
        "'quoted' \"twice\" / slash & ampersand&",
        "back\\slash \\x41 and a tab\there",
        "ends in a backslash\\",
        "\x1b[31mred\x07",
    ],
)
def test_any_subject_and_author_comes_back_as_written(made, tmp_path, open_strictly, subject):
    made.write(OTHER, defects("1 1 1 1", detector=1))
    made.commit(subject, "Zoë O'Hára 李\x1b[0m")
    path = _exported(made, tmp_path / "out", OTHER)
    open_strictly(path)
    stamp = _stamp(path)
    assert stamp["GITSUBJ"] == made.git("log", "-1", "--format=%s", "--encoding=UTF-8").rstrip("\n")
    assert stamp["GITAUTH"] == "Zoë O'Hára 李\x1b[0m"
    assert any(stamp["GITSUBJ"] in note for note in stamp["HISTORY"])
    assert all(31 < byte < 127 for byte in path.read_bytes()[:2880])


def test_names_that_are_no_utf8_are_stamped_safely(made, tmp_path, open_strictly):
    made.write(OTHER, defects("1 1 1 1", detector=1))
    made.git("add", "-A")
    tree = made.git("write-tree")
    raw = (
        f"tree {tree}\nparent {made.git('rev-parse', 'HEAD')}\n".encode()
        + b"author J\xe9r\xf4me <j@example.org> 1620000000 +0200\n"
        + b"committer J\xe9r\xf4me <j@example.org> 1620000000 +0200\n\nCh\xe2ngement\n"
    )
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"], cwd=made.root, input=raw, capture_output=True
    )
    made.git("reset", "-q", "--hard", done.stdout.decode().strip())
    path = _exported(made, tmp_path / "out", OTHER)
    open_strictly(path)
    assert _stamp(path)["GITAUTH"] == "J\\xe9r\\xf4me"


def test_a_file_keeps_its_bytes_from_commit_to_commit(made, tmp_path):
    before = _exported(made, tmp_path / "out", FIRST)
    made.write(OTHER, defects("1 1 1 1", detector=1))
    made.commit("Edit another file")
    assert _exported(made, tmp_path / "out", FIRST) == before


def test_every_input_of_the_bytes_changes_the_name(made, tmp_path):
    names = {_exported(made, tmp_path / "out", FIRST).name}
    made.write("curator.yaml", (made.root / "curator.yaml").read_text().replace("obs_test", "obs_other"))
    made.commit("Rename the repository")
    names.add(_exported(made, tmp_path / "out", FIRST).name)
    made.write("curator.yaml", (made.root / "curator.yaml").read_text().replace("obs_base", "dmtn148"))
    made.commit("Follow the note")
    names.add(_exported(made, tmp_path / "out", FIRST).name)
    made.write(FIRST, defects("1 2 3 4"))
    made.commit("Edit")
    names.add(_exported(made, tmp_path / "out", FIRST).name)
    assert len(names) == 4
    assert all(re.fullmatch(r"20200101T000000-[0-9a-f]{12}\.fits", name) for name in names)


def test_a_file_that_nobody_certified_is_exported_without_a_start(made, tmp_path):
    made.write("curator.yaml", (made.root / "curator.yaml").read_text().replace("obs_base", "dmtn148"))
    made.commit("Follow the note")
    manifest = export(made.repo, tmp_path / "out")
    first = next(row for row in manifest.rows if row.gitpath == FIRST)
    assert first.status == "uncertified"
    assert "VALIDSTART" not in _stamp(tmp_path / "out" / first.path)


def test_too_many_comments_are_refused_and_not_stamped(made, tmp_path):
    made.write(FIRST, defects("1 2 3 4", *["#"] * 20_001))
    made.commit("Comment on everything")
    with pytest.raises(Exception, match="1 calibration cannot") as caught:
        export(made.repo, tmp_path / "out")
    assert "20001 notes" in str(caught.value)


def test_bytes_change_only_together_with_the_format_version():
    """A name never changes its content, so a version that writes other bytes needs other names."""
    from curator.export.provenance.stamp import FORMAT, Provenance
    from curator.export.write import represent
    from curator.repository.history import CommitInfo
    from curator.repository.layout.paths import CalibPath

    edits = (
        CommitInfo("b" * 40, "Zoë", "z@example.org", "2021-05-02T12:00:00", "Mask a column\\row " * 9),
        CommitInfo("a" * 40, "Ada Editor", "a@example.org", "2021-05-01T12:00:00", "Begin"),
    )
    history = "# - {SOURCE: [flat, dark]}\n# - HISTORY:\n#   - '2021-05-02 Zoë: see the log'\n"
    raw = defects("1 2 3 4", "# hot", "5 6 7 8", more=history).encode()
    made = represent(
        raw, CalibPath.parse(FIRST), Provenance("obs_test_data", "obs_base", FIRST, "c" * 40, edits)
    )
    assert (FORMAT, hashlib.sha256(made.data).hexdigest()) == (
        2,
        "edea43ec94a9e2799b0ba278e09d60ddfe9d3e3a97324904503b52bdbc861ce4",
    ), "other bytes: raise FORMAT in curator/export/provenance/stamp.py, and write the new digest here"


@pytest.mark.parametrize(
    ("comments", "message"),
    [
        (["# x"] * 20_001, "notes and comments are too many for a FITS header; the limit is 20000"),
        (["# " + "x" * 9_000] * 100, "are more than the 800,000"),
    ],
    ids=["many", "long"],
)
def test_more_notes_than_a_header_takes_are_refused(made, tmp_path, comments, message):
    from curator.errors import CuratorError

    made.write(FIRST, defects("1 2 3 4", *comments))
    made.commit("Say too much")
    with pytest.raises(CuratorError, match=message):
        export(made.repo, tmp_path / "out")


def test_notes_as_long_as_a_header_takes_are_read_back(made, tmp_path):
    made.write(FIRST, defects("1 2 3 4", *["# " + "é" * 7_900] * 100))
    made.commit("Say nearly too much")
    notes = _stamp(_exported(made, tmp_path / "out", FIRST))["HISTORY"]
    assert notes[-1].endswith("é" * 7_900)
