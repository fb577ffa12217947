"""Any bytes in any file: findings, or an export that is refused in one line; nothing else."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest
from conftest import FUZZ

HOSTILE = {
    "flow nesting": b"[" * 30_000,
    "block nesting": b"- " * 50_000,
    "mapping nesting": b"{a: " * 20_000,
    "aliases": b"a: &a [x, x]\n"
    + b"".join(b"%c: &%c [*%c, *%c]\n" % (i + 1, i + 1, i, i) for i in range(97, 120)),
    "code": b"metadata: !!python/object/apply:os.system ['touch pwned']\n",
    "new object": b"!!python/object/new:subprocess.Popen [[touch, pwned]]\n",
    "NUL": b"\0" * 5000,
    "one long line": b"# %ECSV 1.0\n# ---\n# " + b"x" * 2_000_000,
    "many comments": b"# %ECSV 1.0\n" + b"#\n" * 200_000,
    "long number": b"a: " + b"9" * 100_000 + b"\n",
    "long float": b"a: 1" + b"0" * 5_000 + b".0\n",
    "sexagesimal": b"a: " + b"1:" * 20_000 + b"1\n",
    "quotes": b'a: "' + b"\\u0000" * 10_000 + b'"\n',
    "block scalar": b"a: |\n" + b"  x\n" * 100_000,
    "many keys": b"".join(b"k%d: 1\n" % i for i in range(50_000)),
    "surrogates": b'a: "\\ud800"\n',
    "merge key": b"<<: {a: 1}\nb: 2\n",
    "set": b"!!set {a, b}\n",
    "binary": b"a: !!binary aGVsbG8=\n",
    "timestamps": b"a: 2001-99-99\nb: 2001-12-14t21:59:43.10-05:00\n",
    "empty documents": b"---\n---\n---\n",
    "directive": b"%YAML 9.9\n---\na: 1\n",
    "BOM": b"\xef\xbb\xbf# %ECSV 1.0\n",
    "UTF-16": "# %ECSV 1.0\n".encode("utf-16"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_a_finding_and_never_more(name, curator, repository, defects):
    for target in (defects.with_name("20300101T000000.ecsv"), defects.with_name("20300101T000000.yaml")):
        target.write_bytes(HOSTILE[name])
        began = time.monotonic()
        ran = curator("-C", repository, "check", target)
        assert ran.code == 1, (ran.out, ran.err)
        assert time.monotonic() - began < 30
        assert len(ran.out) < 20_000
        target.unlink()
    header = (
        b"# %ECSV 1.0\n# ---\n"
        + b"".join(b"# " + line + b"\n" for line in HOSTILE[name].split(b"\n")[:3000])
        + b"x0\n"
    )
    target = defects.with_name("20300101T000000.ecsv")
    target.write_bytes(header)
    assert curator("-C", repository, "check", target).code == 1
    assert not (repository / "pwned").exists()


def _mutate(rng: random.Random, data: bytes, others: list[bytes]) -> bytes:
    raw = bytearray(data[:60_000])
    for _ in range(rng.choice((1, 1, 1, 2, 5, 20))):
        at = rng.randrange(len(raw) + 1)
        match rng.randrange(7):
            case 0:
                raw[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del raw[at : at + rng.choice((1, 1, 3, 50, 1000))]
            case 2:
                raw[at:at] = bytes(rng.randrange(256) for _ in range(rng.choice((1, 2, 8))))
            case 3:
                raw[at:at] = rng.choice(
                    (
                        b"\n",
                        b"# ",
                        b"- ",
                        b": ",
                        b"{",
                        b"[",
                        b"'",
                        b'"',
                        b"!!",
                        b"&a ",
                        b"*a",
                        b"\t",
                        b"\r\n",
                        b"nan",
                    )
                )
            case 4:
                lines = bytes(raw).split(b"\n")
                index = rng.randrange(len(lines))
                lines[index:index] = [lines[rng.randrange(len(lines))]]
                raw = bytearray(b"\n".join(lines))
            case 5:
                donor = rng.choice(others)
                cut = rng.randrange(len(donor) + 1)
                raw[at:at] = donor[cut : cut + 200]
            case 6:
                raw[at:] = b""
    return bytes(raw)


def test_mutated_real_files_give_findings_and_exports_or_one_error(real, tmp_path):
    """Check and build the FITS of mutated real files in this process, by the thousand."""
    from curator.calibrations.types.base import fits_parts, read_text
    from curator.checks.run.engine import check
    from curator.errors import CuratorError
    from curator.repository.layout.config import load_config
    from curator.repository.repository import Repository

    rng = random.Random(20_300_101)
    sources = sorted(
        path for path in real.rglob("*/*/*/*") if path.is_file() and path.stat().st_size < 60_000
    )
    by_type: dict[str, list[Path]] = {}
    for path in sources:
        by_type.setdefault(path.relative_to(real).parts[2] + path.suffix, []).append(path)
    samples = [path for paths in by_type.values() for path in rng.sample(paths, min(4, len(paths)))]
    contents = [path.read_bytes() for path in samples]
    for name in ("obs_lsst_data", "obs_decam_data"):
        root = tmp_path / name
        root.mkdir()
        subprocess.run(["cp", "-r", *map(str, (real / name).iterdir()), str(root)], check=True)
        subprocess.run(["chmod", "-R", "u+w", str(root)], check=True)
        subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, check=True)
        from curator.editing.adopt.adopt import adopt

        adopt(Repository.find(str(root)))
        snapshot = Repository.find(str(root)).worktree()
        config = load_config(snapshot)
        mine = [(path, data) for path, data in zip(samples, contents, strict=True) if name in path.parts]
        batch, refused = 40, 0
        for _ in range(max(1, int(12 * FUZZ))):
            chosen = rng.choices(mine, k=batch)
            targets = {}
            for path, data in chosen:
                target = root / path.relative_to(real / name)
                targets[target] = _mutate(rng, data, contents)
                target.write_bytes(targets[target])
            report = check(snapshot, config, paths=[str(t.relative_to(root)) for t in targets])
            assert report.checked == len(targets)
            for target, raw in targets.items():
                try:
                    fits_parts(read_text(str(target.relative_to(root)), raw))
                except CuratorError:
                    refused += 1
            for path, data in chosen:
                (root / path.relative_to(real / name)).write_bytes(data)
        assert refused
