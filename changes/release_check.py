"""Build the sdist and the wheel of this checkout, and try the wheel in a new environment.

``make release-check`` runs this. ``python changes/release_check.py OUT`` leaves both files in OUT, and the
environment in OUT/environment. With ``--offline`` the environment borrows the packages of the Python that
runs this, and nothing is downloaded.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["build", "install", "try_out"]

ROOT = Path(__file__).resolve().parents[1]
COMPILED = "curator/calibrations/schema/compiled"
CAMERA = "ExampleCam"
WRONG = "ExampleCam/defects/s00/20200101T000000.ecsv"


def _run(*words: str | Path, cwd: Path, status: int = 0) -> str:
    """Return what a command prints; one that ends otherwise than expected ends the check."""
    done = subprocess.run(list(map(str, words)), cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != status:
        said = (done.stderr or done.stdout).strip()
        raise SystemExit(f"{' '.join(map(str, words))}: exit status {done.returncode}, not {status}\n{said}")
    return done.stdout


def build(out: Path) -> tuple[Path, Path]:
    """Build the sdist of this checkout, and the wheel of the sdist as a packager does, who compiles again."""
    with TemporaryDirectory() as above:
        folder = Path(above)
        _hatch(ROOT, "sdist", folder / "sdist")
        [sdist] = (folder / "sdist").iterdir()
        with tarfile.open(sdist) as archive:
            archive.extractall(folder / "sources", filter="data")
        [source] = (folder / "sources").iterdir()
        for compiled in (source / COMPILED).glob("[a-z]*.py"):
            compiled.unlink()
        _hatch(source, "wheel", folder / "wheel")
        [wheel] = (folder / "wheel").iterdir()
        out.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(sdist, out)), Path(shutil.copy(wheel, out))


def _hatch(source: Path, target: str, folder: Path) -> None:
    _run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=source)


def install(wheel: Path, environment: Path, *, offline: bool = False) -> Path:
    """Install a wheel in a new environment, and return the folder of its packages."""
    above = environment.parent
    _run(sys.executable, "-m", "venv", "--clear", "--without-pip", environment, cwd=above)
    how = ("--no-index", "--no-deps") if offline else ("--constraint", ROOT / "constraints.txt")
    python = environment / "bin" / "python"
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *how, wheel, cwd=above)
    paths = {"base": str(environment), "platbase": str(environment)}
    site = Path(sysconfig.get_path("purelib", vars=paths))
    if offline:
        # A line of a .pth file adds the folder alone, and not the checkout that its own .pth files name.
        (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return site


def try_out(environment: Path, version: str, site: Path) -> None:
    """Run the installed ``curator``: its version, a new repository, a mistake in it."""
    curator, python = environment / "bin" / "curator", environment / "bin" / "python"
    with TemporaryDirectory() as above:
        folder = Path(above)
        where = _run(python, "-c", "import curator; print(curator.__file__)", cwd=folder).strip()
        _require(where, str(site / "curator" / "__init__.py"))
        _require(_run(curator, "--version", cwd=folder).strip(), f"curator {version}")
        _run(curator, "init", "new", "--camera", CAMERA, cwd=folder)  # needs the template
        _run(curator, "check", "--strict", cwd=folder / "new")  # needs the schemas
        file = folder / "new" / WRONG
        file.write_text(file.read_text().replace("OBSTYPE: defects", "OBSTYPE: flats"))
        _run(curator, "check", WRONG, cwd=folder / "new", status=1)


def _require(found: str, wanted: str) -> None:
    if found != wanted:
        raise SystemExit(f"found {found}, not {wanted}")


def main(words: Sequence[str] | None = None) -> None:
    """Run the check, and print what was made."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("--offline", action="store_true", help="borrow the packages of this environment")
    args = parser.parse_args(words)
    out = args.out.resolve()
    sdist, wheel = build(out)
    version = wheel.name.split("-")[1]
    _require(sdist.name, f"obs_curator-{version}.tar.gz")
    site = install(wheel, out / "environment", offline=args.offline)
    try_out(out / "environment", version, site)
    print(f"curator {version} works in a new environment\n{sdist}\n{wheel}")


if __name__ == "__main__":
    main()
