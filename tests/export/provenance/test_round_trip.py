"""What readers of the Rubin stack do with an export: read a file, compare it with the text, write it as text.

``read_fits``, ``read_ecsv`` and ``write_ecsv`` do what ``IsrCalib.readFits``, ``readText`` and ``writeText``
of lsst.ip.isr do, apart from making objects of what they read.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from astropy.io.fits.card import Undefined
from astropy.table import Table

from curator.cli.main import main
from curator.export.export import export
from curator.formats.fits.cards import is_structural
from curator.formats.read import read_document
from curator.repository.repository import Repository

KEYWORDS = ["CHECKSUM", "DATASUM", "EXTNAME", "TCOMM1", "TCOMM2", "TCOMM3", "TCOMM4"]


def read_fits(path: Path) -> list[Table]:
    tables = [Table.read(path, hdu=1, mask_invalid=False)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for number in range(2, 10):
            try:
                tables.append(Table.read(path, hdu=number, mask_invalid=False))
            except Exception:
                break
    for table in tables:
        for key, value in table.meta.items():
            if isinstance(value, Undefined):
                table.meta[key] = None
    return tables


def read_ecsv(path: Path) -> Table:
    return Table.read(path, format="ascii.ecsv")


def write_ecsv(path: Path, table: Table) -> None:
    table.meta = {key: "" if value is None else value for key, value in table.meta.items()}
    table.write(path, format="ascii.ecsv", overwrite=True)


def said(table: Table) -> dict[str, Any]:
    return {key: value for key, value in table.meta.items() if key != "__serialized_columns__"}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Any]]:
    """A template repository, its export, and the rows of the manifest."""
    import subprocess

    from curator.editing.new.init import init

    folder = tmp_path_factory.mktemp("round-trip")
    root = folder / "obs_data"
    init(root, camera="myCam")
    for file in root.rglob("*.ecsv"):
        file.write_text(file.read_text().replace("# schema", "# - {PLACE: 'C:\\data'}\n# schema"))
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for words in (["add", "-A"], [*who, "commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    manifest = export(Repository.find(str(root)), folder / "out")
    return root, folder / "out", list(manifest.rows)


def test_the_stack_reads_from_fits_what_it_reads_from_the_text(exported: Any) -> None:
    root, out, rows = exported
    tables = [row for row in rows if row.gitpath.endswith(".ecsv")]
    assert len(tables) > 8
    for row in tables:
        text, fits = read_ecsv(root / row.gitpath), read_fits(out / row.path)
        assert said(fits[0]) == said(text)
        assert said(fits[0])["PLACE"] == "C:\\data"
        assert fits[0].colnames == text.colnames
        for name in text.colnames:
            assert fits[0][name].tolist() == text[name].tolist()


def test_no_table_says_anything_of_itself_among_its_metadata(exported: Any) -> None:
    root, out, rows = exported
    for row in rows:
        document = read_document(row.gitpath, (root / row.gitpath).read_bytes())
        found = said(read_fits(out / row.path)[0])
        assert not list(filter(is_structural, found))
        assert {key.upper() for key in document.header if key != "HISTORY"} <= {key.upper() for key in found}


def test_what_the_stack_writes_back_is_the_same_calibration(exported: Any, tmp_path: Path) -> None:
    from curator.calibrations.types.types import find_type

    root, out, rows = exported
    for row in rows:
        if row.gitpath.endswith(".ecsv"):
            kind = find_type(row.dataset_type)
            assert kind is not None
            written = tmp_path / "written.ecsv"
            write_ecsv(written, read_fits(out / row.path)[0])
            ours = kind.calibration.readText(root / row.gitpath)
            assert kind.calibration.readText(written).tables()[0].rows == ours.tables()[0].rows
            assert kind.calibration.readFits(out / row.path) == ours
            assert said(read_ecsv(written)) == said(read_ecsv(root / row.gitpath))


@pytest.mark.parametrize("dataset_type", ["defects", "crosstalk"])
def test_what_the_stack_wrote_back_of_earlier_exports_is_mended(
    exported: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], dataset_type: str
) -> None:
    import shutil

    root = tmp_path / "copy"
    shutil.copytree(exported[0], root)
    tables = [one for one in exported[2] if one.gitpath.endswith(".ecsv")]
    (row,) = [one for one in tables if one.dataset_type == dataset_type]
    target = root / row.gitpath
    table = read_fits(exported[1] / row.path)[0]
    table.meta.update(dict.fromkeys(KEYWORDS, "0"))
    write_ecsv(target, table)
    assert main(["-C", str(root), "check", str(target), "--select", "CUR118", "--verbose"]) == 1
    assert capsys.readouterr().out.count("CUR118 ") == len(KEYWORDS)
    main(["-C", str(root), "fix", str(target)])
    capsys.readouterr()
    assert main(["-C", str(root), "check", str(target)]) == 0, capsys.readouterr().out
    assert not [key for key in KEYWORDS if key in target.read_text()]
