"""The methods of every calibration (DMTN-148, section 4.1), and what makes two of them equal."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calibrations.roundtrip import DETECTOR, assert_nothing_is_lost, fits_bytes, new_header
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.types.base import Calibration, fits_parts, read_fits, read_text
from curator.calibrations.types.bfk import BrighterFatterKernel
from curator.calibrations.types.camera import CameraCalibration
from curator.calibrations.types.crosstalk import Crosstalk
from curator.calibrations.types.defects import TYPE, Defects
from curator.calibrations.types.linearizer import Linearizer
from curator.calibrations.types.manual_defects import ManualDefects
from curator.calibrations.types.transmission import SensorTransmission
from curator.calibrations.types.types import all_types
from curator.errors import CalibrationError, CuratorError, FormatError
from curator.formats.fits.fits import image_hdu0
from curator.formats.fits.fits import read_fits as read_hdus
from curator.formats.read import read_document

BOX = {name: np.array([1, 2], np.int32) for name in ("x0", "y0", "width", "height")}
ECSV = b"""# %ECSV 0.9
# ---
# datatype:
# - {name: x0, unit: pix, datatype: int32, description: column}
# - {name: y0, unit: pix, datatype: int32}
# - {name: width, unit: pix, datatype: int32}
# - {name: height, unit: pix, datatype: int32}
# meta: !!omap
# - OBSTYPE: defects
# - FILTER: null
# - raftName: R22
# - RAFTNAME: R22
# - SHAPE: [2, 3]
# - {HISTORY: ['2025-05-01 Ada Editor: two more']}
# schema: astropy-2.0
x0 y0 width height
1 2 3 4
5 6 7 8
"""


HEADER = {"OBSTYPE": "defects", "DETECTOR": 94}


def made(**keywords: Any) -> Defects:
    return Defects.from_arrays({"OBSTYPE": "defects", **keywords}, BOX)


def test_files_are_written_and_read_by_the_names_of_the_note(tmp_path: Path) -> None:
    calib = made(DETECTOR=94)
    text = calib.writeText(tmp_path / "x.ecsv")
    image = calib.writeFits(tmp_path / "x.fits")
    assert (text, image) == (str(tmp_path / "x.ecsv"), str(tmp_path / "x.fits"))
    assert Defects.readText(text) == calib
    assert Defects.readFits(image) == calib
    assert Calibration.readText(Path(text)) == calib
    assert isinstance(Calibration.readFits(Path(image)), Defects)


def test_metadata_is_updated_in_place() -> None:
    calib = made()
    calib.setMetadata({"SOURCE": "flats"}, DETECTOR=94)
    calib.getMetadata()["EXTRA"] = True
    assert calib.getMetadata() == {"OBSTYPE": "defects", "SOURCE": "flats", "DETECTOR": 94, "EXTRA": True}
    calib.setMetadata()
    assert len(calib.getMetadata()) == 4


def test_a_suffix_that_the_type_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match=r"defects is written as \.ecsv"):
        made().writeText(tmp_path / "x.yaml")
    assert not list(tmp_path.iterdir())


def test_notes_are_no_content() -> None:
    one, other = made(HISTORY=["2025-05-01 Ada: a"]), made()
    assert one == other
    assert one.content_digest() == other.content_digest()
    assert "HISTORY" not in read_hdus(fits_bytes(one))[1].header
    assert Defects.readText(one.to_text(), "x.ecsv").getMetadata()["HISTORY"] == ["2025-05-01 Ada: a"]


@pytest.mark.parametrize(
    "other",
    [
        made(DETECTOR=1),
        made(DETECTOR=94.0),
        made(DETECTOR=True),
        Defects.from_arrays(
            {"OBSTYPE": "defects", "DETECTOR": 94}, {**BOX, "x0": np.array([1, 3], np.int32)}
        ),
        Defects.from_arrays(
            {"OBSTYPE": "defects", "DETECTOR": 94}, {**BOX, "x0": np.array([1, 2], np.int64)}
        ),
        Defects.from_arrays({"OBSTYPE": "defects", "DETECTOR": 94}, BOX, {"x0": "pix"}),
        Defects.from_arrays({"OBSTYPE": "defects", "DETECTOR": 94}, {k: v[:1] for k, v in BOX.items()}),
        Defects.from_arrays({"OBSTYPE": "defects", "DETECTOR": 94}, {"x0": BOX["x0"]}),
        ManualDefects.from_arrays({"OBSTYPE": "defects", "DETECTOR": 94}, BOX),
        "text",
    ],
)
def test_another_value_kind_unit_size_or_type_is_another_content(other: object) -> None:
    assert made(DETECTOR=94) != other


def test_order_of_keywords_and_spelling_of_nothing_make_no_difference() -> None:
    one = Defects.from_arrays({"A": 1, "raftName": "R22"}, BOX)
    other = Defects.from_arrays({"RAFTNAME": "R22", "A": 1}, BOX, {"x0": ""})
    assert one == other


def test_nan_equals_nan_whatever_its_bits() -> None:
    odd = np.array([0x7FF8000000000001, 0], np.uint64).view(np.float64)
    one = SensorTransmission.from_arrays({}, {"wavelength": np.array([np.nan, 0.0])})
    other = SensorTransmission.from_arrays({}, {"wavelength": odd})
    assert one == other
    assert one.content_digest() == other.content_digest()


def test_a_whole_ecsv_file_comes_through() -> None:
    calib = read_text("x.ecsv", ECSV)
    assert_nothing_is_lost(calib)
    header = read_hdus(fits_bytes(calib))[1].header
    assert header == {"OBSTYPE": "defects", "FILTER": None, "RAFTNAME": "R22", "SHAPE": [2, 3]}
    (table,) = calib.tables()
    assert [column.unit for column in table.columns] == ["pix"] * 4
    assert table.columns[0].description == "column"
    assert table.columns[0].array.dtype == np.int32


def test_empty_cells_become_what_fits_has_for_them() -> None:
    raw = ECSV.replace(b"int32}\n# meta", b"float64}\n# meta").replace(b"1 2 3 4", b'1 "" 3 ""')
    calib = read_text("x.ecsv", raw)
    columns = {column.name: column.array for column in calib.tables()[0].columns}
    assert np.ma.getmaskarray(columns["y0"]).tolist() == [True, False]
    assert np.isnan(columns["height"][0])
    assert_nothing_is_lost(calib)


@pytest.mark.parametrize(
    "datatype", ["float16", "int8", "uint8", "uint16", "uint32", "uint64", "complex64", "bool"]
)
@pytest.mark.parametrize("masked", [False, True])
def test_every_kind_of_number_survives(datatype: str, masked: bool) -> None:
    cell = b'""' if masked else b"True" if datatype == "bool" else b"1"
    declared = b"# - {name: more, datatype: " + datatype.encode() + b"}\n# meta"
    raw = ECSV.replace(b"# meta", declared).replace(b"width height\n", b"width height more\n")
    raw = raw.replace(b"1 2 3 4", b"1 2 3 4 " + cell)
    raw = raw.replace(b"5 6 7 8", b"5 6 7 8 " + (b"False" if datatype == "bool" else b"2"))
    calib = read_text("x.ecsv", raw)
    if masked and datatype in ("bool", "uint64"):
        with pytest.raises(CuratorError, match=r"more|uint64"):
            calib.fits_parts()
        return
    assert_nothing_is_lost(calib)


def test_numbers_beyond_fits_are_refused_by_column() -> None:
    raw = ECSV.replace(b"# meta", b"# - {name: more, datatype: float128}\n# meta")
    raw = raw.replace(b"width height\n", b"width height more\n").replace(b"1 2 3 4", b"1 2 3 4 1e4000")
    with pytest.raises(CalibrationError, match="column more holds numbers"):
        read_text("x.ecsv", raw.replace(b"5 6 7 8", b"5 6 7 8 1"))


def test_a_unit_unknown_to_fits_is_refused_by_column() -> None:
    with pytest.raises(CalibrationError, match="column x0: 'furlong' is not a FITS unit"):
        Defects.from_arrays({}, BOX, {"x0": "furlong"}).fits_parts()


def test_an_error_names_file_and_line() -> None:
    raw = b"metadata:\n  OBSTYPE: CROSSTALK\ncoeffs:\n- a\n"
    with pytest.raises(CalibrationError, match="coeffs contains values that are not numbers") as caught:
        read_text("cam/crosstalk/s1/x.yaml", raw)
    assert (caught.value.path, caught.value.line) == ("cam/crosstalk/s1/x.yaml", 3)


CLASSES = [one.calibration for one in all_types()]
BLANK = {
    one: one.blank(new_header(one._type), DETECTOR)
    for one in (Defects, ManualDefects, Crosstalk, Linearizer, BrighterFatterKernel, SensorTransmission)
}


@pytest.mark.parametrize("calib", BLANK.values(), ids=lambda calib: type(calib).__name__)
def test_the_type_is_known_from_obstype(calib: Calibration) -> None:
    text = calib.to_text()
    suffix = "ecsv" if text.startswith(b"#") else "yaml"
    assert type(read_text(f"x.{suffix}", text)) is type(calib)
    assert type(read_fits(fits_bytes(calib))) is type(calib)


@pytest.mark.parametrize("calibration", [Defects, Crosstalk, Linearizer, BrighterFatterKernel])
def test_without_obstype_the_form_decides(calibration: type[Calibration]) -> None:
    calib = BLANK[calibration]
    tree = read_document("x.yaml", calib.to_text()).tree if calibration is not Defects else None
    if calibration is Crosstalk:
        tree = read_document("x.yaml", calib.to_text("yaml")).tree
    if tree is None:
        raw = b"\n".join(line for line in calib.to_text().split(b"\n") if b"OBSTYPE" not in line)
        assert type(read_text("x.ecsv", raw)) is calibration
    else:
        del tree["metadata"]["OBSTYPE"]
        from curator.formats.edit.new_file import write_yaml

        assert type(read_text("x.yaml", write_yaml(tree))) is calibration


def test_what_is_no_calibration_is_refused() -> None:
    for path, raw in (("x.yaml", b"a: 1\n"), ("x.yaml", b"- 1\n"), ("x.yaml", b"")):
        with pytest.raises(CalibrationError, match="not a known dataset type"):
            read_text(path, raw)
    with pytest.raises(FormatError):
        read_text("x.ecsv", b"x0 y0\n")
    with pytest.raises(CalibrationError, match="no table"):
        read_fits(image_hdu0([]))
    with pytest.raises(FormatError):
        read_fits(b"SIMPLE")
    with pytest.raises(CalibrationError, match="is a mapping"):
        Linearizer.readText(b"[]", "x.yaml")


@pytest.mark.parametrize(
    "calibration", [one.calibration for one in all_types()], ids=lambda one: one.__name__
)
@given(raw=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_text_is_a_calibration_or_an_error(calibration: type[Calibration], raw: bytes) -> None:
    for path in ("x.ecsv", "x.yaml"):
        try:
            found = calibration.readText(raw, path)
        except CuratorError:
            continue
        assert isinstance(found, calibration)


trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
known = st.sampled_from(
    ["metadata", "coeffs", "interChip", "nAmp", "amplifiers", "tableData", "ampKernels", "detKernels",
     "valid", "badAmps", "means", "detectors", "filters", "name", "aliases", "expIdMask", "gain",
     "crosstalkShape"]
)  # fmt: skip


@pytest.mark.parametrize("calibration", [Crosstalk, Linearizer, BrighterFatterKernel, CameraCalibration])
@given(tree=st.dictionaries(known, trees, max_size=4))
def test_any_tree_is_a_calibration_or_an_error(calibration: type[Any], tree: dict[str, Any]) -> None:
    from curator.formats.edit.new_file import write_yaml

    try:
        found = calibration.readText(write_yaml(tree), "x.yaml")
        parts = found.fits_parts()
    except CuratorError:
        return
    assert read_fits(image_hdu0([]) + parts, calibration) == found


@pytest.mark.parametrize("calibration", [Crosstalk, Linearizer, BrighterFatterKernel, CameraCalibration])
def test_foreign_tables_are_refused_when_they_are_to_become_a_tree(calibration: type[Any]) -> None:
    foreign = read_fits(fits_bytes(made()), calibration)
    if calibration is Crosstalk:
        foreign = calibration({}, [*foreign.tables(), *foreign.tables()])
    with pytest.raises(CalibrationError, match=f"do not fit a {calibration._type.name}"):
        foreign.to_text("yaml")


def test_the_function_is_the_method() -> None:
    assert fits_parts(made()) == made().fits_parts()


@pytest.mark.parametrize(
    "name", ["types.base", "time.dates", "header.keywords", "cameras.camera", "fits.cards", "fits.units"]
)
def test_the_examples_in_the_documentation_hold(name: str) -> None:
    found = doctest.testmod(import_module(f"curator.calibrations.{name}"))
    assert found.attempted
    assert not found.failed


def test_a_type_keeps_its_own_declaration() -> None:
    assert Defects._type is TYPE
    assert repr(made()) == "<Defects with 2 rows>"
    with pytest.raises(TypeError):
        hash(made())
