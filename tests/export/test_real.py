"""Real calibrations: every one is exported, opens without a warning, and holds what its source holds."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from curator.export.export import run_export
from curator.export.verify import Verifier
from curator.formats.fits.fits import unescape

REPOSITORIES = ("obs_lsst_data", "obs_decam_data")


@pytest.fixture(params=REPOSITORIES)
def adopted(request, adopted_repository: Callable[[str], Path]):
    """Return a real repository, adopted and committed."""
    import subprocess

    from curator.repository.repository import Repository

    root = adopted_repository(request.param)
    for command in (["add", "-A"], ["commit", "-q", "-m", "Adopt"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return Repository.find(str(root))


def test_real_repositories_export_verify_and_hold_what_their_sources_hold(adopted, tmp_path, open_strictly):
    report = run_export(adopted, tmp_path / "out")
    rows = report.manifest.rows
    assert report.written == len(rows) >= 60
    verifier = Verifier(adopted)
    for number, row in enumerate(rows):
        path = tmp_path / "out" / row.path
        if number % 5 == 0:  # every file is verified where whole repositories go through all verbs
            assert verifier.verify(path).same, row.path
        hdus = open_strictly(path)
        assert hdus[0].header["CONTENT"] == row.content
        source = Path(adopted.root) / row.gitpath
        if source.suffix == ".ecsv":
            _same_as_astropy(source, hdus[1], {"INSTRUME": row.instrument, "FILTER": row.filter})
    again = run_export(adopted, tmp_path / "out")
    assert (again.written, again.kept) == (0, len(rows))
    if adopted.root.endswith("decam_data"):
        assert run_export(adopted, tmp_path / "two", jobs=2).manifest == report.manifest


def _same_as_astropy(source: Path, hdu, names: dict[str, str]) -> None:
    """Hold a table to what astropy reads, but for the names that the manifest gives it."""
    from astropy.table import Table

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = Table.read(source, format="ascii.ecsv")
    assert [column.name for column in hdu.columns] == table.colnames
    for name in table.colnames:
        found = np.asarray(hdu.data[name])
        wanted = table[name]
        if wanted.dtype.kind in "US":
            assert [str(one) for one in found] == [str(one) for one in wanted], (source, name)
            continue
        if wanted.dtype.kind == "O":
            wanted = np.array([np.asarray(one) for one in wanted])
        assert found.dtype.newbyteorder("=") == wanted.dtype, (source, name)
        assert np.array_equal(
            found.reshape(wanted.shape), np.asarray(wanted), equal_nan=wanted.dtype.kind == "f"
        )
    header = {key.upper(): value for key, value in hdu.header.items()}
    for key, value in table.meta.items():
        if key.upper() in ("HISTORY", "COMMENTS") or value is None or isinstance(value, list | dict):
            continue
        written = header[key.upper()]
        if names.get(key.upper()):
            assert written == names[key.upper()], (source, key)
            continue
        assert (unescape(written) if isinstance(written, str) else written) == value, (source, key)
