"""Any exported file can be traced back to its text, and no other file passes for one."""

from __future__ import annotations

import subprocess
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
import warm
from conftest import FUZZ
from export.made import FIRST, OTHER, SECOND, defects
from recording import RecordingExecutor

from curator.cli.main import main
from curator.errors import CuratorError, ExportError
from curator.export.export import export
from curator.export.provenance.restore import restore
from curator.export.provenance.source import ForeignError
from curator.export.verify import Verifier, verify


@pytest.fixture
def exported(made, tmp_path):
    manifest = export(made.repo, tmp_path / "out")
    return {row.gitpath: tmp_path / "out" / row.path for row in manifest.rows}


def _differences(made, path):
    return "\n".join(Verifier(made.repo).verify(path).differences)


def _passes(verifier, path):
    try:
        return verifier.verify(path).same
    except CuratorError as error:
        return "\n" in error.message


def _altered(path, old, new):
    """Change bytes of a file, and fix its checksums, as someone would who means it."""
    from astropy.io import fits

    data = path.read_bytes()
    assert data.count(old) >= 1
    assert len(old) == len(new)
    path.write_bytes(data.replace(old, new))
    with fits.open(path, mode="update") as hdus:
        for hdu in hdus:
            hdu.add_checksum(when="")
    return path


def test_every_exported_file_is_the_same_when_derived_again(made, exported):
    verifier = Verifier(made.repo)
    assert all(verifier.verify(path).same for path in exported.values())


@pytest.mark.parametrize(
    "make",
    [lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(1, get_context("spawn")), RecordingExecutor],
    ids=["threads", "processes", "recording"],
)
def test_any_executor_comes_to_the_same_verdicts_in_the_order_of_the_files(
    made, exported, tmp_path, monkeypatch, make
):
    monkeypatch.setattr("curator.export.verify._BATCH", 1)
    files = [*exported.values(), tmp_path / "none.fits"]

    def said(found):
        return [(name, str(one) if isinstance(one, CuratorError) else one.same) for name, one in found]

    alone = said(verify(made.repo, files))
    assert [name for name, _ in alone] == list(map(str, files))
    assert [one for _, one in alone[:-1]] == [True] * len(exported)
    with make() as executor:
        assert said(verify(made.repo, files, executor=executor)) == alone


def test_files_of_older_exports_and_under_any_name_are_the_same(made, exported, tmp_path):
    made.write(FIRST, defects("9 9 9 9"))
    made.write("curator.yaml", (made.root / "curator.yaml").read_text().replace("obs_test", "obs_renamed"))
    made.commit("Start over under another name")
    made.git("rm", "-q", "-r", "testCam/defects")
    made.commit("Remove everything")
    copy = tmp_path / "copied.fits"
    copy.write_bytes(exported[FIRST].read_bytes())
    (tmp_path / "link.fits").symlink_to(copy)
    assert Verifier(made.repo).verify(copy).same
    assert Verifier(made.repo).verify(tmp_path / "link.fits").same


def test_files_from_a_merged_history_are_the_same(made, tmp_path):
    made.git("checkout", "-q", "-b", "side")
    made.write(FIRST, defects("7 7 1 1"))
    made.commit("Edit aside")
    made.git("checkout", "-q", "main")
    made.write(SECOND, defects("8 8 1 1"))
    made.commit("Edit on main")
    made.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    made.write(OTHER, defects("1 1 1 1", detector=1))
    made.commit("Go on")
    manifest = export(made.repo, tmp_path / "out")
    for row in manifest.rows:
        assert row.gitsha == made.git("log", "-1", "--format=%H", "--", row.gitpath)
        assert Verifier(made.repo).verify(tmp_path / "out" / row.path).same
    made.git("checkout", "-q", "--detach", manifest.rows[1].gitsha)
    assert all(Verifier(made.repo).verify(tmp_path / "out" / row.path).same for row in manifest.rows)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"Mask one more pixel", b"Mask one less pixel", "stamp GITSUBJ"),
        (b"'obs_test_data'", b"'obs_fake_data'", "stamp GITREPO"),
        (b"2021-05-04T04:30:00", b"2021-05-04T04:30:01", "stamp GITDATE"),
        (b"HISTORY 2021-05-01", b"HISTORY 2021-04-01", "stamp HISTORY 1"),
        (b"INSTRUME= 'TestCam", b"INSTRUME= 'BestCam", "INSTRUME"),
        (b"\0\0\0\5\0\0\0\6\0\0\0\7\0\0\0\x09", b"\0\0\0\5\0\0\0\6\0\0\0\7\0\0\0\x0a", "height, row 2"),
        (b"'hot column", b"'hot colomn", "HISTORY"),
    ],
)
def test_what_was_altered_is_said(made, exported, old, new, said):
    if old == b"'hot column":
        old, new = b"hot column", b"hot colomn"
    path = _altered(exported[FIRST], old, new)
    assert said in _differences(made, path)


def test_bytes_without_a_meaning_count_too(made, exported):
    path = exported[FIRST]
    path.write_bytes(path.read_bytes() + b"\0" * 2880)
    verdict = Verifier(made.repo).verify(path)
    assert not verdict.same
    assert verdict.differences


def test_a_stamp_that_names_another_commit_is_found_out(made, exported):
    path, sha = exported[SECOND], made.git("log", "-1", "--format=%H", "--", SECOND)
    _altered(path, sha.encode(), made.git("rev-parse", "HEAD").encode())
    assert "stamp GITSHA" in _differences(made, path)


def test_a_stamp_that_names_another_blob_is_found_out(made, exported):
    path, blob = exported[SECOND], made.git("rev-parse", f"HEAD:{SECOND}")
    _altered(path, blob.encode(), made.git("rev-parse", f"HEAD:{OTHER}").encode())
    with pytest.raises(ExportError, match="another blob"):
        Verifier(made.repo).verify(path)
    with pytest.raises(ExportError, match="another blob"):
        restore(made.repo, path)


def test_a_file_of_another_repository_is_not_found(made, exported, tmp_path):
    other = type(made)(tmp_path / "other")
    other.root.mkdir()
    other.git("init", "-q")
    other.commit("Empty")
    with pytest.raises(ExportError, match="not in this repository") as caught:
        Verifier(other.repo).verify(exported[FIRST])
    assert "obs_test_data" in caught.value.hint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIRST.encode(), b"../../../../../../../../../../etc/passwd".ljust(len(FIRST), b"x")[: len(FIRST)]),
        (FIRST.encode(), b".git/defects/r00_s00x/20200101T000000.ecsv"[: len(FIRST)].ljust(len(FIRST))),
        (b"CURATOR =                    2", b"CURATOR =                    3"),
        (b"GITSHA  =", b"GITSHB  ="),
    ],
)
def test_a_hostile_stamp_is_one_line_of_error(made, exported, capsys, old, new):
    path = _altered(exported[FIRST], old, new)
    for verb in ("verify", "restore"):
        assert main(["-C", str(made.root), verb, str(path)]) == 2
        assert len([line for line in capsys.readouterr().err.splitlines() if "hint:" not in line]) == 1


@pytest.mark.parametrize("name", ["GITSHA", "GITBLOB"])
def test_an_id_that_looks_like_an_option_runs_nothing(made, exported, tmp_path, name):
    path = exported[FIRST]
    data = path.read_bytes()
    at = data.index(f"{name:8}= '".encode()) + 11
    evil = b"--upload-pack=touch /tmp/pwned;--outputs"
    path.write_bytes(data[:at] + evil + data[at + len(evil) :])
    with pytest.raises(ForeignError, match="not an object id"):
        Verifier(made.repo).verify(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"SIMPLE",
        b"SIMPLE  =                    T" + b" " * 2850,
        b"SIMPLE  =                    T".ljust(80) + b"END".ljust(2800),
        b"\x89PNG",
        bytes(range(256)) * 40,
    ],
)
def test_a_file_that_is_no_fits_of_ours_is_one_line_of_error(made, tmp_path, capsys, content):
    path = tmp_path / "foreign.fits"
    path.write_bytes(content)
    for verb in ("verify", "restore"):
        assert main(["-C", str(made.root), verb, str(path)]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["-C", str(made.root), "verify", str(tmp_path / "nowhere.fits")]) == 2


def test_truncated_and_mutated_files_never_end_in_a_traceback(made, exported):
    import random

    verifier, rng = Verifier(made.repo), random.Random(5)
    good = exported[FIRST].read_bytes()
    for _ in range(int(60 * FUZZ)):
        data = bytearray(good[: rng.choice([len(good), rng.randrange(len(good))])])
        for _ in range(rng.randrange(1, 9)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        exported[FIRST].write_bytes(data)
        if bytes(data) == good:
            continue
        assert not _passes(verifier, exported[FIRST])


def test_restore_gives_the_source_byte_for_byte(made, exported):
    for source, path in exported.items():
        assert restore(made.repo, path) == (made.root / source).read_bytes()
    done = subprocess.run(
        [warm.python(), "-m", "curator", "-C", str(made.root), "restore", str(exported[FIRST])],
        capture_output=True,
        check=True,
    )
    assert done.stdout == (made.root / FIRST).read_bytes()


def test_verify_of_a_folder_says_how_to_name_its_files(made, exported, tmp_path, capsys):
    assert main(["-C", str(made.root), "verify", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert said.endswith(f"not a regular file\n  hint: name the FITS files: {tmp_path}/out/**/*.fits\n")


def test_verify_says_same_or_what_differs_and_its_status_tells(made, exported, capsys):
    files = [str(path) for path in exported.values()]
    assert main(["-C", str(made.root), "verify", *files]) == 0
    assert capsys.readouterr().out.count(": same as ") == 4
    _altered(exported[FIRST], b"Mask one more pixel", b"Mask one less pixel")
    assert main(["-C", str(made.root), "verify", *files]) == 1
    said = capsys.readouterr().out
    assert said.count(": same as ") == 3
    assert "GITSUBJ: the file has 'Mask one less pixel', git gives 'Mask one more pixel'" in said


def test_a_configuration_elsewhere_serves_both_ways(made, tmp_path):
    config = tmp_path / "elsewhere" / "curator.yaml"
    config.parent.mkdir()
    config.write_text((made.root / "curator.yaml").read_text())
    made.git("rm", "-q", "curator.yaml")
    commit = made.commit("Do without a configuration")
    made.git("checkout", "-q", "--orphan", "fresh", commit)
    made.commit("Forget the past")
    with pytest.raises(CuratorError, match=r"curator\.yaml"):
        export(made.repo, tmp_path / "out")
    manifest = export(made.repo, tmp_path / "out", config=str(config))
    path = tmp_path / "out" / manifest.rows[0].path
    assert Verifier(made.repo, str(config)).verify(path).same
    with pytest.raises(CuratorError, match=r"curator\.yaml"):
        Verifier(made.repo).verify(path)
