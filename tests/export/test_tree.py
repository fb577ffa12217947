"""Whatever stands in the way of an export, what stood before still stands."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import warm
from export.made import FIRST, defects, files_of

from curator.errors import CuratorError, ExportError
from curator.export.export import export, run_export
from curator.export.manifest.manifest import load_manifest, read_manifest
from curator.export.tree import ExportTree


def _whole(out):
    """Assert that every manifest in a tree can be read and that all it lists is whole."""
    tree = ExportTree(str(out))
    for path in tree.manifests():
        assert all(tree.holds(row) for row in load_manifest(tree.join(path)).rows)


def test_one_export_at_a_time(made, tmp_path):
    out = tmp_path / "out"
    with ExportTree.locked(out), pytest.raises(ExportError, match="another export"):
        export(made.repo, out)
    assert export(made.repo, out).rows


def test_a_damaged_file_is_written_again(made, tmp_path):
    out = tmp_path / "out"
    manifest = export(made.repo, out)
    good = files_of(out)
    first, second, third, *_ = [out / row.path for row in manifest.rows]
    first.write_bytes(first.read_bytes()[:-1])
    second.write_bytes(second.read_bytes()[:-1] + b"!")
    third.unlink()
    assert run_export(made.repo, out).written == 3
    assert files_of(out) == good


def test_files_without_a_manifest_are_taken_up(made, tmp_path):
    out = tmp_path / "out"
    manifest = export(made.repo, out)
    good = files_of(out)
    for path in ["manifest.ecsv", *[f"manifests/{name}" for name in os.listdir(out / "manifests")]]:
        (out / path).unlink()
    times = {row.path: (out / row.path).stat().st_mtime_ns for row in manifest.rows}
    export(made.repo, out)
    assert files_of(out) == good
    assert {row.path: (out / row.path).stat().st_mtime_ns for row in manifest.rows} == times


def test_leftovers_of_a_killed_export_are_removed(made, tmp_path):
    out = tmp_path / "out"
    export(made.repo, out)
    good = files_of(out)
    (out / "testCam" / "defects" / ".x.fits.123.tmp").write_bytes(b"half")
    (out / ".manifest.ecsv.123.tmp").write_bytes(b"half")
    export(made.repo, out)
    assert files_of(out) == good


# Dies of SIGKILL before its n-th change to the tree; says how many there were if it lives.
KILLED = """
import os, sys
from curator.cli.main import main
root, out, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
count = 0
def watch(event, args):
    global count
    writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
    if (writes or event in ("os.rename", "os.mkdir", "os.remove")) and str(args[0]).startswith(out):
        count += 1
        if count == left:
            os.kill(os.getpid(), 9)
sys.addaudithook(watch)
status = main(["-C", root, "export", out])
print(count)
sys.exit(status)
"""


def _killed(made, out, left):
    command = [warm.python(), "-c", KILLED, str(made.root), str(out), str(left)]
    return subprocess.run(command, capture_output=True, text=True)


def test_killed_at_any_moment_the_old_or_the_new_manifest_stands(made, tmp_path):
    out, reference = tmp_path / "out", tmp_path / "reference"
    old = export(made.repo, out)
    shutil.copytree(out, tmp_path / "old")
    for number in range(30):
        path = f"testCam/defects/r00_s01/202201{number + 1:02}T000000.ecsv"
        made.write(path, defects("1 2 3 4", detector=1))
    made.commit("Add a great many")
    new = export(made.repo, reference)
    shutil.copytree(out, tmp_path / "counted")
    changes = int(_killed(made, tmp_path / "counted", 0).stdout.splitlines()[-1])
    assert changes > 60
    assert read_manifest(tmp_path / "counted") == new
    for left in [1, 3, changes // 3, 2 * changes // 3, *range(changes - 4, changes + 1)]:
        shutil.rmtree(out)
        shutil.copytree(tmp_path / "old", out)
        assert _killed(made, out, left).returncode == -signal.SIGKILL
        assert read_manifest(out) == old  # the very last change is the rename that makes the new one stand
        _whole(out)
        assert export(made.repo, out) == new
        assert not list(out.rglob("*.tmp"))
        assert files_of(reference).items() <= files_of(out).items()


def _below(pid):
    """Return the processes that a process has started, and theirs; none where the system does not tell."""
    try:
        children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return children + [one for child in children for one in _below(child)]


def _is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_killed_by_the_clock_again_and_again_it_gets_there(made, tmp_path):
    out = tmp_path / "out"
    for attempt in range(4):
        process = subprocess.Popen(
            [warm.python(), "-m", "curator", "-C", str(made.root), "export", str(out), "--jobs", "2"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.4 + 0.3 * attempt)
        workers = _below(process.pid)
        process.kill()
        process.wait()
        _whole(out)
        for _ in range(100):
            if not any(map(_is_alive, workers)):
                break
            time.sleep(0.1)
        assert not any(map(_is_alive, workers))
    assert len(export(made.repo, out).rows) == 4
    _whole(out)


def test_a_full_disk_is_one_line_and_loses_nothing(made, tmp_path):
    out = tmp_path / "out"
    old = export(made.repo, out)
    rows = [f"{number} {number} 1 1" for number in range(2000)]
    made.write(FIRST, defects(*rows))
    made.commit("Mask a diagonal")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-m", "curator", "-C", str(made.root), "export", str(out)],
        capture_output=True,
        text=True,
        preexec_fn=limit,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be written" in done.stderr
    assert read_manifest(out) == old
    _whole(out)
    assert not list(out.rglob("*.tmp"))
    export(made.repo, out)
    _whole(out)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_small_disk_that_fills_up_loses_nothing(made, tmp_path):
    out = tmp_path / "disk"
    out.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "none", str(out)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        old = export(made.repo, out / "export")
        for number in range(20):
            made.write(f"testCam/defects/r00_s01/202201{number + 1:02}T000000.ecsv",
                       defects(*["1 2 3 4"] * 500, detector=1))  # fmt: skip
        made.commit("Add too much")
        with pytest.raises(CuratorError, match="No space left"):
            export(made.repo, out / "export")
        assert read_manifest(out / "export") == old
        _whole(out / "export")
        assert not list(out.rglob("*.tmp"))
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        with pytest.raises(CuratorError, match="Read-only"):
            export(made.repo, out / "export")
    finally:
        subprocess.run(["umount", str(out)], check=True)


def test_a_target_that_is_no_export_is_left_alone(made, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("years of work")
    with pytest.raises(ExportError, match=r"thesis\.tex"):
        export(made.repo, tmp_path / "mine")
    assert os.listdir(tmp_path / "mine") == ["thesis.tex"]


@pytest.mark.parametrize("inside", [".", "..", ".git", ".git/export", "testCam/defects/r00_s00"])
def test_an_export_is_kept_apart_from_its_repository(made, inside):
    with pytest.raises(ExportError):
        export(made.repo, made.root / inside)
    assert made.git("status", "--porcelain", "--ignored") == ""


def test_an_export_below_the_work_tree_is_not_offered_to_git(made):
    export(made.repo, made.root / "export")
    assert made.git("status", "--porcelain") == ""
    assert run_export(made.repo, made.root / "export").written == 0


def test_symlinks_below_an_export_are_refused(made, tmp_path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    export(made.repo, out)
    elsewhere.mkdir()
    os.rename(out / "testCam" / "defects", elsewhere / "defects")
    os.symlink(elsewhere / "defects", out / "testCam" / "defects")
    with pytest.raises(ExportError, match="symlink"):
        export(made.repo, out)
    made.write(FIRST, defects("1 1 1 1"))
    made.commit("Edit")
    with pytest.raises(ExportError, match="symlink"):
        export(made.repo, out)
    assert len(list(elsewhere.rglob("*.fits"))) == 3


def test_a_target_that_is_itself_a_symlink_is_followed_once(made, tmp_path):
    (tmp_path / "real").mkdir()
    os.symlink(tmp_path / "real", tmp_path / "link")
    export(made.repo, tmp_path / "link")
    assert (tmp_path / "real" / "manifest.ecsv").exists()


def test_a_damaged_manifest_stops_an_export_and_prunes_nothing(made, tmp_path):
    out = tmp_path / "out"
    export(made.repo, out)
    (out / "manifests" / ("0" * 40 + ".ecsv")).write_text("rubbish")
    before = files_of(out)
    with pytest.raises(ExportError, match="manifest"):
        run_export(made.repo, out, prune=True)
    assert files_of(out) == before
