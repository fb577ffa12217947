"""One mistake put into a real file is one finding, at its line."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from curator.checks.model.finding import Finding
from curator.checks.run.engine import check
from curator.cli.main import main
from curator.repository.layout.config import Config, load_config
from curator.repository.snapshots.worktree import WorkTree

LSST, DECAM = "obs_lsst_data", "obs_decam_data"
G_BAND = "g_decam_sdss_c0001_4720.0_1520.0"
FILES = {
    "boxes": (LSST, "lsstCam/manual_defects/r22_s11/19700101T000000.ecsv"),
    "old boxes": (DECAM, "decam/defects/n31/19700101T0000.ecsv"),
    "matrix": (LSST, "lsstCam/crosstalk/r22_s11/19700101T000000.ecsv"),
    "tree matrix": (DECAM, "decam/crosstalk/n31/1970-01-01T00:00:00.yaml"),
    "sensor": (LSST, "comCam/transmission_sensor/r22_s11/19700101T000000.ecsv"),
    "filter": (LSST, "comCam/transmission_filter/g_01/19700101T000000.ecsv"),
    "both": (LSST, "lsstCam/transmission_filter_detector/r22_s11/g_6/19700101T000000.ecsv"),
    "optics": (LSST, "lsstCam/transmission_optics/19700101T000000.ecsv"),
    "system": (DECAM, f"decam/transmission_system/n31/{G_BAND}/2012-09-12T00:00:00.ecsv"),
    "linearizer": (DECAM, "decam/linearizer/n31/1970-01-01T00:00:00.yaml"),
    "kernel": (LSST, "imsim/bfk/r22_s00/19700101T000000.yaml"),
}  # fmt: skip
DATE = "{CALIBDATE: '1970-01-01T00:00:00'}"
# What stands in a file, what somebody might write instead, and the rule that must notice.
MISTAKES = [
    ("boxes", "{OBSTYPE: manual_defects}", "{OBSTYPE: manual_defect}", "CUR202"),
    ("boxes", "{INSTRUME: LSSTCam}", "{INSTRUME: LSSTComCam}", "CUR201"),
    ("boxes", "{INSTRUME: LSSTCam}", "{INSTRUME: ''}", "CUR102"),
    ("boxes", "{INSTRUME: LSSTCam}", "{INSTRUME: null}", "CUR102"),
    ("boxes", "{INSTRUME: LSSTCam}", "{instrume: LSSTCam}", "CUR104"),
    ("boxes", "{INSTRUME: LSSTCam}", "{INSTRUMENT: LSSTCam}", "CUR101"),
    ("boxes", "{INSTRUME: LSSTCam}", "{INSTRUME: 12}", "CUR103"),
    ("boxes", "{INSTRUME: LSSTCam}", "{INSTRUME: {camera}}", "CUR008"),
    ("boxes", "{RAFTNAME: R22}", "{RAFTNAME: R21}", "CUR214"),
    ("boxes", "{SLOTNAME: S11}", "{SLOTNAME: S12}", "CUR214"),
    ("boxes", "{DETECTOR: 94}", "{DETECTOR: 49}", "CUR203"),
    ("boxes", "{DETECTOR: 94}", "{DETECTOR: 940}", "CUR203"),
    ("boxes", "{DETECTOR: 94}", "{DETECTOR: '94'}", "CUR103"),
    ("boxes", "{DETECTOR: 94}", "{DETECTOR: R22_S11}", "CUR103"),
    ("boxes", "{DETECTOR: 94}", "{DETECTOR: 94.0}", "CUR103"),
    ("boxes", "{DETECTOR: 94}", "{DETECTOR: 94}\n# - {DETECTOR: 94}", "CUR015"),
    ("boxes", "{DETECTOR: 94}", "{DETECTOR: 94}\n# - {Detector: 95}", "CUR105"),
    ("boxes", "{DET_NAME: R22_S11}", "{DET_NAME: R22_S12}", "CUR214"),
    ("boxes", "{DET_NAME: R22_S11}", "{DET_NAME: ''}", "CUR109"),
    ("boxes", "{DET_SER: E2V-CCD250-382}", "{DET_SER: E2V-CCD250-283}", "CUR216"),
    ("boxes", "detector=94}", "detector=95}", "CUR110"),
    ("boxes", "instrument=LSSTCam", "instrument=LATISS", "CUR110"),
    ("boxes", "raftName=R22", "raftName=R12", "CUR110"),
    ("boxes", "detectorName=R22_S11", "detectorName=R22_S10", "CUR110"),
    ("boxes", "lsst.ip.isr.defects.Defects", "lsst.ip.isr.defect.Defects", "CUR206"),
    ("boxes", "lsst.ip.isr.defects.Defects", "lsst.ip.isr.crosstalk.CrosstalkCalib", "CUR206"),
    ("boxes", DATE, "{CALIBDATE: '1970-01-02T00:00:00'}", "CUR205"),
    ("boxes", DATE, "{CALIBDATE: 1970-01-01T00:00:00}", "CUR103"),
    ("boxes", DATE, "{CALIBDATE: '1970-01-01T00:00:00Z'}", "CUR113"),
    ("boxes", DATE, "{CALIBDATE: '1970-13-01T00:00:00'}", "CUR112"),
    ("boxes", DATE, "{CALIBDATE: 'January 1970'}", "CUR112"),
    ("boxes", DATE, DATE + "\n# - {TIMESYS: TAI}", "CUR114"),
    ("boxes", DATE, DATE + "\n# - {SEEING: .nan}", "CUR118"),
    ("boxes", DATE, DATE + "\n# - {SHUTTER: on}", "CUR119"),
    ("boxes", DATE, DATE + "\n# - {TAKEN: 12:30:45}", "CUR119"),
    ("boxes", "{defects_VERSION: 2.0}", "{defects_VERSION: 3.0}", "CUR115"),
    ("boxes", "{defects_VERSION: 2.0}", "{defects_VERSION: '2.0'}", "CUR103"),
    ("boxes", "{name: width, datatype: float64}", "{name: width, datatype: float64, unit: pixels}", "CUR107"),
    ("boxes", "{name: width, datatype: float64}", "{name: width, datatype: float64, unit: mm}", "CUR306"),
    ("old boxes", "FILTER: null", "FILTER: g", "CUR204"),
    ("old boxes", "FILTER: null", "FILTER: NONE", "CUR204"),
    ("old boxes", "CALIB_CREATION_DATE: '2019-06-11'", "CALIB_CREATION_DATE: '2019-06-12'", "CUR111"),
    ("old boxes", "CALIB_CREATION_DATE: '2019-06-11'", "CALIB_CREATION_DATE: 2019-06-11", "CUR103"),
    ("old boxes", "CALIB_CREATION_TIME: '17:43:15'", "CALIB_CREATION_TIME: '18:43:15'", "CUR111"),
    ("old boxes", "CALIB_CREATION_TIME: '17:43:15'", "CALIB_CREATION_TIME: 17:43:15", "CUR103"),
    ("old boxes", "CALIB_CREATION_TIME: '17:43:15'", "CALIB_CREATION_TIME: '17:93:15'", "CUR112"),
    ("old boxes", "DEFECTS_SCHEMA_VERSION: 1", "DEFECTS_SCHEMA_VERSION: 11", "CUR115"),
    ("old boxes", "1963 470 1 4", "1963 470 1", "CUR010"),
    ("old boxes", "1963 470 1 4", "1963 470 1 4 4", "CUR010"),
    ("old boxes", "1963 470 1 4", "1963 470 1 4.5", "CUR011"),
    ("old boxes", "1963 470 1 4", "1963 470 one 4", "CUR011"),
    ("old boxes", "1963 470 1 4", "1963 470 186 4", "CUR301"),
    ("old boxes", "1963 470 1 4", "2963 470 1 4", "CUR301"),
    ("old boxes", "1963 470 1 4", "1963 -470 1 4", "CUR301"),
    ("old boxes", "1963 470 1 4", "1963 470 0 4", "CUR302"),
    ("old boxes", "1963 470 1 4", "1963 470 1 -4", "CUR302"),
    ("old boxes", "1962 471 1 2", "1963 470 1 4", "CUR303"),
    ("old boxes", "1962 471 1 2", "<<<<<<< HEAD\n1 1 1 1\n=======\n1 1 1 2\n>>>>>>> b", "CUR004"),
    ("old boxes", "- name: width", "- name: widht", "CUR001"),
    ("matrix", "CROSSTALK_RATIOS_UNITS: electron", "CROSSTALK_RATIOS_UNITS: electrons", "CUR108"),
    ("matrix", "NAMP: 16", "NAMP: 61", "CUR320"),
    ("matrix", "CROSSTALK_SHAPE: [16, 16]", "CROSSTALK_SHAPE: [16, 8]", "CUR320"),
    ("matrix", "HAS_CROSSTALK: true", "HAS_CROSSTALK: 'true'", "CUR103"),
    ("matrix", "CROSSTALK_VERSION: 1.2", "CROSSTALK_VERSION: 9.2", "CUR115"),
    ("matrix", "DETECTOR_NAME: R22_S11", "DETECTOR_NAME: R22_S21", "CUR214"),
    ("matrix", "OBSTYPE: CROSSTALK", "OBSTYPE: CROSSTALKS", "CUR202"),
    ("matrix", "\n[0.0,", "\n[0.5,", "CUR321"),
    ("matrix", "\n[0.0,", "\n[NaN,", "CUR322"),
    ("matrix", "\n[0.0,", "\n[0.0,0.0,", "CUR011"),
    ("tree matrix", "- -0.000712", "- -0.0712", "CUR324"),
    ("tree matrix", "- -0.000712", "- .nan", "CUR322"),
    ("tree matrix", "- -0.000712\n", "", "CUR320"),
    ("tree matrix", "- 0.0\n", "- 1.0\n", "CUR321"),
    ("tree matrix", "  - N31\n", "  - N30\n", "CUR214"),
    ("tree matrix", "nAmp: 2", "nAmp: 4", "CUR320"),
    ("tree matrix", "!<lsst.daf.base.PropertyList>", "!!python/object/apply:os.system", "CUR012"),
    ("sensor", "{MODE: AMP}", "{MODE: AMPS}", "CUR108"),
    ("sensor", "{TYPE: transmission_sensor}", "{TYPE: transmission_sensr}", "CUR108"),
    ("sensor", "raftName=R22", "raftName=R23", "CUR110"),
    ("sensor", "calibDate=1970", "calibDate=1971", "CUR110"),
    ("sensor", "unit: nm, datatype: float32", "unit: nmm, datatype: float32", "CUR107"),
    ("sensor", "unit: '%', datatype", "unit: '%%', datatype", "CUR107"),
    ("sensor", "name: efficiency, unit", "name: eficiency, unit", "CUR001"),
    ("sensor", "C00 319.994", "C00 3199.94", "CUR311"),
    ("sensor", "C00 349.982", "C00 324.969", "CUR311"),
    ("sensor", "C00 319.994 ", "C00 319.994 1", "CUR312"),
    ("sensor", "C00 319.994 ", "C00 319.994 -", "CUR312"),
    ("sensor", "C00 319.994 47.53349304199219", "C00 319.994 nan", "CUR314"),
    ("sensor", "C00 319.994 47.53349304199219", "C00 319.994 101.5", "CUR313"),
    ("sensor", "C00 319.994", "CO0 319.994", "CUR319"),
    ("filter", "{FILTER: g_01}", "{FILTER: r_03}", "CUR204"),
    ("filter", "{FILTER: g_01}", "{FILTER: g_10}", "CUR204"),
    ("filter", "{FILTER: g_01}", "{FILTER: null}", "CUR102"),
    ("filter", "{FILTER: g_01}", "{FILTER: no}", "CUR103"),
    ("filter", "filter=g_01", "filter=i_06", "CUR110"),
    ("filter", "unit: nm, datatype", "unit: Angstrom, datatype", "CUR128"),
    ("both", "filter=g_6", "filter=r_57", "CUR110"),
    ("both", "{DETECTOR: 94}", "{DETECTOR: 93}", "CUR203"),
    ("both", "IntermediateFilterDetectorTransmissionCurve", "IntermediateFilterTransmissionCurve", "CUR206"),
    ("optics", "filter=None", "filter=g_6", "CUR110"),
    ("optics", "{OBSTYPE: transmission_optics}", "{OBSTYPE: transmission_atmosphere}", "CUR202"),
    ("system", "FILTER: g DECam SDSS c0001 4720.0 1520.0", "FILTER: g DECam SDSS c0001 4720 1520", "CUR204"),
    ("system", "{DETECTOR_NAME: N31}", "{DETECTOR_NAME: S31}", "CUR214"),
    ("system", "unit: Angstrom, datatype", "unit: nm, datatype", "CUR318"),
    ("linearizer", "linearityType: LookupTable", "linearityType: LookUpTable", "CUR399"),
    ("linearizer", "      - 4095\n", "      - 4059\n", "CUR331"),
    ("linearizer", "      - 1023\n", "      - 1032\n", "CUR331"),
    ("linearizer", "    - 1\n    - 0\n", "    - 7\n    - 0\n", "CUR334"),
    ("linearizer", "  A:\n", "  C:\n", "CUR330"),
    ("linearizer", "- - 0.0\n", "- - .nan\n", "CUR333"),
    ("linearizer", "- - 0.0\n", "- - 30.0\n", "CUR332"),
    ("linearizer", "  - N31\n", "  - N4\n", "CUR214"),
    ("kernel", "  - DETECTOR\n  - ''\n- - KERNEL_DX", "  - DETECTR\n  - ''\n- - KERNEL_DX", "CUR108"),
    ("kernel", "  - 17\n", "  - 71\n", "CUR340"),
    ("kernel", "  R22_S00:\n", "  R22_S12:\n", "CUR343"),
    ("kernel", "  - -1.499668345809634e-10\n", "  - -1.499668345809634e-9\n", "CUR341"),
    ("kernel", "  - -1.499668345809634e-10\n", "  - .inf\n", "CUR342"),
    ("kernel", "  - -1.499668345809634e-10\n", "", "CUR340"),
]  # fmt: skip


class Adopted:
    """A real repository with its cameras described."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config: Config = load_config(WorkTree(str(root)))

    def check(self, *paths: str) -> tuple[Finding, ...]:
        return check(WorkTree(str(self.root)), self.config, paths=list(paths)).findings


@pytest.fixture(scope="module")
def adopted(real: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Adopted]:
    made = {}
    for name in (LSST, DECAM):
        root = tmp_path_factory.mktemp("real") / name
        shutil.copytree(real / name, root, copy_function=shutil.copyfile)
        me = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        for words in (("init", "-q", "-b", "main"), ("add", "-A"), (*me, "commit", "-q", "-m", "Import")):
            subprocess.run(["git", *words], cwd=root, check=True)
        assert main(["-C", str(root), "adopt"]) == 0
        made[name] = Adopted(root)
    return made


@pytest.fixture
def edited(adopted: dict[str, Adopted]) -> Iterator[Callable[[str, bytes, bytes], tuple[Adopted, str, int]]]:
    """Return a function that edits one real file; it gives repository, path and line of the edit."""
    kept: list[tuple[Path, bytes]] = []

    def edit(kind: str, old: bytes, new: bytes) -> tuple[Adopted, str, int]:
        repository, path = FILES[kind]
        file = adopted[repository].root / path
        raw = file.read_bytes()
        assert old in raw
        kept.append((file, raw))
        file.write_bytes(raw.replace(old, new, 1))
        pairs = zip(old.split(b"\n"), new.split(b"\n"), strict=False)
        same = next((number for number, (before, after) in enumerate(pairs) if before != after), 0)
        return adopted[repository], path, raw.count(b"\n", 0, raw.index(old)) + 1 + same

    yield edit
    for file, raw in reversed(kept):
        file.write_bytes(raw)


@pytest.mark.parametrize(("kind", "old", "new", "code"), MISTAKES)
def test_a_mistake_is_one_finding_at_its_line(
    kind: str,
    old: str,
    new: str,
    code: str,
    adopted: dict[str, Adopted],
    edited: Callable[..., tuple[Adopted, str, int]],
) -> None:
    repository, path = FILES[kind]
    before = {(one.code, one.message) for one in adopted[repository].check(path)}
    _, _, line = edited(kind, old.encode(), new.encode())
    found = [
        one
        for one in adopted[repository].check(path)
        if one.severity != "info" and (one.code, one.message) not in before
    ]
    assert [one.code for one in found] == [code], found
    added = new.startswith(f"{old}\n")
    # Where counts disagree, no one line is to blame: the finding is at what holds too many or too few.
    header = old.startswith(("NAMP", "nAmp", "CROSSTALK"))
    structural = code == "CUR001" or (code in ("CUR320", "CUR340", "CUR331", "CUR330") and not header)
    assert structural or found[0].line == line + added, (found[0], line)


BOXES = FILES["boxes"][1]
MOVES = [
    (BOXES, "lsstCam/manual_defects/r22_s11/19701301T000000.ecsv", "CUR212"),
    (BOXES, "lsstCam/manual_defects/r22_s11/january.ecsv", "CUR212"),
    (BOXES, "lsstCam/manual_defects/r22_s11/19700102T000000.ecsv", "CUR205"),
    (BOXES, "lsstCam/manual_defects/r22_s11/19700101T000000.yaml", "CUR217"),
    (BOXES, "lsstCam/manual_defects/r22_s11/19700101T000000.yml", "CUR217"),
    (BOXES, "lsstCam/manual_defects/r22_s13/19700101T000000.ecsv", "CUR209"),
    (BOXES, "lsstCam/manual_defects/r22_s12/19700301T000000.ecsv", "CUR203"),
    (BOXES, "lsstCam/manual_defects/19700101T000000.ecsv", "CUR211"),
    (BOXES, "lsstCam/manual_defects/r22_s11/g_6/19700101T000000.ecsv", "CUR211"),
    (BOXES, "lsstCam/manual_defect/r22_s11/19700101T000000.ecsv", "CUR208"),
    (BOXES, "lsstCam/defects/r22_s11/19700101T000000.ecsv", "CUR202"),
    (BOXES, "lstCam/manual_defects/r22_s11/19700101T000000.ecsv", "CUR207"),
    (BOXES, "19700101T000000.ecsv", "CUR207"),
    (BOXES, "lsstCam/manual_defects/R22_S11/19700101T000000.ecsv", "CUR213"),
    (FILES["filter"][1], "comCam/transmission_filter/g_02/19700101T000000.ecsv", "CUR210"),
    (FILES["filter"][1], "comCam/transmission_atmosphere/19700101T000000.ecsv", "CUR202"),
]


@pytest.mark.parametrize(("old", "new", "code"), MOVES)
def test_a_file_in_the_wrong_place_is_found_there(
    old: str, new: str, code: str, adopted: dict[str, Adopted]
) -> None:
    repository = adopted[LSST]
    target = repository.root / new
    made = next(parent for parent in reversed([target, *target.parents]) if not parent.exists())
    target.parent.mkdir(parents=True, exist_ok=True)
    (repository.root / old).rename(target)
    try:
        found = [one for one in repository.check(new) if one.severity == "error"]
        assert found[0].code == code
        assert found[0].path == new
        # A file moved to where another one's header is right contradicts the path in more than one keyword.
        assert len(found) == 1 or {one.code for one in found} == {"CUR203", "CUR205"}
    finally:
        target.rename(repository.root / old)
        if made != target:
            shutil.rmtree(made)


def test_a_second_spelling_of_the_same_moment_is_found(adopted: dict[str, Adopted]) -> None:
    repository = adopted[LSST]
    twin = str(Path(BOXES).with_name("1970-01-01T00:00:00.ecsv"))
    shutil.copy(repository.root / BOXES, repository.root / twin)
    try:
        assert [one.code for one in repository.check(twin)] == ["CUR215"]
        assert [(one.code, one.path) for one in repository.check(BOXES, twin)] == [("CUR215", BOXES)]
    finally:
        (repository.root / twin).unlink()


def test_what_stands_in_real_repositories_is_what_a_careful_person_would_say(
    adopted: dict[str, Adopted],
) -> None:
    found = {
        name: [one for one in tree.check("") if one.severity != "info"] for name, tree in adopted.items()
    }
    codes = {name: sorted({one.code for one in found[name]}) for name in found}
    assert codes[LSST] == ["CUR110", "CUR121", "CUR313", "CUR317"]
    assert codes[DECAM] == []
    assert not any(one.severity == "error" for one in (*found[LSST], *found[DECAM]))
