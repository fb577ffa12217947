"""What a check finds no error in, an export takes: texts are changed at random, and both are asked."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import FUZZ

from curator.calibrations.header.profiles import PROFILES
from curator.checks.run.file_checker import FileChecker
from curator.editing.adopt.adopt import adopt
from curator.editing.new.init import init
from curator.editing.repair.fix import fix
from curator.errors import CuratorError
from curator.export.plan import Planned
from curator.export.provenance.stamp import Provenance, file_name
from curator.export.write import represent
from curator.repository.catalogue.catalogue import Catalogue
from curator.repository.history import CommitInfo
from curator.repository.layout.config import Config, load_config
from curator.repository.layout.paths import CalibPath
from curator.repository.repository import Repository
from curator.repository.snapshots.worktree import WorkTree

PLACES = (
    *("bfk", "camera", "crosstalk/s00", "crosstalk/s01", "defects", "linearizer"),
    *("transmission_filter", "transmission_sensor"),
)
REAL = (
    ("obs_lsst_data", "lsstCam/manual_defects/r22_s11/19700101T000000.ecsv"),
    ("obs_lsst_data", "lsstCam/crosstalk/r22_s11/19700101T000000.ecsv"),
    ("obs_lsst_data", "imsim/bfk/r22_s00/19700101T000000.yaml"),
    ("obs_decam_data", "decam/crosstalk/n31/1970-01-01T00:00:00.yaml"),
    ("obs_decam_data", "decam/defects/n31/19700101T0000.ecsv"),
)
KEYS = (
    *("NOTE(1)", "A/B", "Ä", "a b", "a  b", "' A'", "''", "X" * 48, "X" * 49, "X.Y", "null", "1", "true"),
    *("NAXIS", "NaXIS1", "TTYPE1", "TCOMM2", "CHECKSUM", "EXTNAME", "END", "COMMENT", "HIERARCH", "SIMPLE"),
    *("HISTORY", "History", "DEPRECATED", "Source", "DETECTOR", "detector", "detectorId", "instrument"),
    *("KERNEL_DX", "KERNEL_DY", "LEVEL", "NAMP", "BAD_AMPS", "amplifiers", "tableData", "coeffs", "valid"),
    *("bfk_VERSION", "detKernels", "badAmps", "interChip", "coeffNum", "coeffValid", "fitParams", "id"),
)
VALUES = (
    *("''", "null", "~", ".nan", "-.inf", "{a: 1}", "{}", "[]", "[1]", "[[1, 2], [3]]", "[a, 1.5, null]"),
    *("9" * 60, "9" * 61, "-" + "9" * 25, str(2**63), str(2**64), "1.0e+300", "-1.7976931348623157e+308"),
    *(
        "2020-01-01",
        "2020-01-01T00:00:00",
        "0x1F",
        "0130",
        "12:30:45",
        "on",
        "true",
        "abc",
        "é\N{BLACK STAR}",
    ),
    *('"\\ud800"', '"\\x07\\n"', "'it''s / a & b &'", '"\\\\"', "!!binary aGVsbG8=", "!!python/tuple [1, 2]"),
    *("[.nan, .inf]", "[true, 1.5]", "['', '']", "[2020-01-01]", f"[{2**63}, -1]", f"[{2**70}]", "-1", "0"),
)
_PAIR = re.compile(r"([\w.()'/]+) *: *([^,{}\n]+)")
_NUMBER = re.compile(r"(?<![\w.'])-?\d[\d.e+-]*")
EDIT = CommitInfo("1" * 40, "Ada", "ada@example.org", "2020-01-01T00:00:00", "Begin")


class Both:
    """Asks a check and an export about one text."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.config: Config = load_config(WorkTree(str(root)))

    def ask(self, path: str, raw: bytes) -> tuple[list[str], CuratorError | None]:
        (self.root / path).write_bytes(raw)
        tree = WorkTree(str(self.root))
        config = load_config(tree) if "/camera/" in path else self.config
        entry = tree.find(path)
        assert entry is not None
        found = FileChecker(tree, config).check(entry)
        errors = [f"{one.code} {one.message}" for one in found if one.severity == "error"]
        try:
            self._export(path, raw, tree, config)
        except CuratorError as error:
            return errors, error
        return errors, None

    def _export(self, path: str, raw: bytes, tree: WorkTree, config: Config) -> None:
        place = CalibPath.parse(path, config.cameras[0].directory)
        provenance = Provenance(config.repository, config.profile, path, "2" * 40, (EDIT,))
        made = represent(raw, place, provenance)
        catalogue = Catalogue.of(tree, config, PROFILES[config.profile], entries=[tree.find(path)])
        for problem in catalogue.problems:
            raise problem
        written = _Written("3" * 64, len(made.data), made.content)
        Planned(place, provenance, file_name(provenance, place)).row(catalogue.entries[0], written)


class _Written:
    def __init__(self, sha256: str, size: int, content: str) -> None:
        self.sha256, self.bytes, self.content = sha256, size, content


def mutated(rng: random.Random, text: str) -> str:
    """Return a text in which one or two keys, values, cells or lines are other ones."""
    for _ in range(rng.choice((1, 1, 1, 2))):
        text = rng.choice((_new_keyword, _new_keyword, _other_pair, _other_pair, _other_number, _other_line))(
            rng, text
        )
    return text


def _new_keyword(rng: random.Random, text: str) -> str:
    pair = f"{rng.choice(KEYS)}: {rng.choice(VALUES)}"
    if text.startswith("# %ECSV"):
        return text.replace("\n# schema:", f"\n# - {{{pair}}}\n# schema:", 1)
    return (
        text.replace("\nmetadata:\n", f"\nmetadata:\n  {pair}\n", 1)
        if rng.random() < 0.5
        else f"{text}{pair}\n"
    )


def _other_pair(rng: random.Random, text: str) -> str:
    found = rng.choice(list(_PAIR.finditer(text)))
    part, new = (1, rng.choice(KEYS)) if rng.random() < 0.3 else (2, rng.choice(VALUES))
    return text[: found.start(part)] + new + text[found.end(part) :]


def _other_number(rng: random.Random, text: str) -> str:
    numbers = list(_NUMBER.finditer(text))
    found = rng.choice(numbers)
    new = rng.choice((*VALUES, "", "nan", "1e5", "7.0", "true", "1 2"))
    return text[: found.start()] + new + text[found.end() :]


def _other_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at] = "  " + lines[at]
        case _:
            lines[at] = lines[at].replace(
                "int64", rng.choice(("uint64", "bool", "string", "float16", "int8"))
            )
            lines[at] = lines[at].replace("float64", rng.choice(("float128", "complex128", "string", "json")))
    return "\n".join(lines)


def _disagreements(both: Both, path: str, count: int) -> Iterator[str]:
    text = (both.root / path).read_text()
    rng = random.Random(path)
    agreed = refused = 0
    try:
        for _ in range(count):
            changed = mutated(rng, text)
            errors, refusal = both.ask(path, changed.encode("utf-8", "surrogatepass"))
            agreed += not errors and refusal is None
            refused += refusal is not None
            if refusal is not None and not errors:
                yield f"{refusal}\n{changed[:1500]}"
    finally:
        (both.root / path).write_text(text)
    assert agreed, "no change was harmless: nothing was tried"
    assert refused or count < 20, "no change was refused: nothing was tried"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Both:
    root = tmp_path_factory.mktemp("agreement") / "obs_data"
    init(root, camera="myCam")
    return Both(root)


@pytest.mark.parametrize("place", PLACES)
def test_what_a_check_passes_an_export_takes(template: Both, place: str) -> None:
    found = sorted((template.root / "myCam" / place).rglob("2*.*"))
    path = str(found[0].relative_to(template.root))
    assert not list(_disagreements(template, path, int(40 * FUZZ) + 1))


@pytest.mark.parametrize(("name", "path"), REAL)
def test_what_a_check_passes_of_real_files_an_export_takes(
    real: Path, tmp_path: Path, name: str, path: str
) -> None:
    shutil.copytree(real / name / path.split("/")[0], tmp_path / path.split("/")[0])
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    adopt(Repository.find(str(tmp_path)))
    assert not list(_disagreements(Both(tmp_path), path, int(20 * FUZZ) + 1))


DECLARED = (
    *("description: 5", "description: [a]", "description: {a: 1}", "unit: 5", "unit: [a]", "format: 5"),
    *("meta: 5", "meta: {a: 1}", "subtype: 5", "subtype: null", "name: 5", "origin: 5"),
    *(f"datatype: {kind}" for kind in ("float16", "float128", "complex256", "uint64", "json", "'5'", "5")),
    *(f"datatype: string, subtype: {kind}" for kind in ("json", "int32", "'bool[null]'", "'float64[2]'")),
)


@pytest.mark.parametrize("place", ["crosstalk/s00", "defects", "transmission_sensor"])
def test_whatever_a_column_is_declared_to_be_a_check_says_and_an_export_takes_or_not(
    template: Both, place: str
) -> None:
    path = sorted((template.root / "myCam" / place).rglob("2*.*"))[0].relative_to(template.root)
    text = (template.root / path).read_text()
    declared = re.findall(r"{name: .*}", text)[-1]
    try:
        for new in DECLARED:
            key = new.split(":")[0]
            others = [one for one in declared[1:-1].split(", ") if not one.startswith(f"{key}:")]
            errors, refusal = template.ask(
                str(path), text.replace(declared, f"{{{', '.join([*others, new])}}}").encode()
            )
            assert not any("CUR021" in one for one in errors), (new, errors)
            assert errors or refusal is None, (new, refusal)
    finally:
        (template.root / path).write_text(text)


UNFIT = (
    "History: 5",
    "History: [a, 5]",
    "history: {a: 1}",
    "KERNEL_DX: -1.7e+308",
    "KERNEL_DX: 1.0e+60",
    "KERNEL_DX: 'nan'",
)


@pytest.mark.parametrize("line", UNFIT)
def test_a_fix_makes_nothing_that_an_export_refuses(template: Both, line: str) -> None:
    path = "myCam/defects/s00/20200101T000000.ecsv"
    text = (template.root / path).read_text()
    changed = text.replace("\n# schema", f"\n# - {{{line}}}\n# schema", 1).encode()
    try:
        errors, refusal = template.ask(path, changed)
        assert errors
        assert refusal is None
        fix(WorkTree(str(template.root)), template.config, paths=[path])
        assert template.ask(path, (template.root / path).read_bytes())[1] is None
    finally:
        (template.root / path).write_text(text)


REFUSED = (
    ("defects", "\n# schema", "\n# - {NOTE(1): a}\n# schema"),
    ("defects", "\n# schema", "\n# - {NaXIS: a}\n# schema"),
    ("defects", "\n# schema", f"\n# - {{{'X' * 49}: a}}\n# schema"),
    ("defects", "\n# schema", f"\n# - {{A: {'9' * 61}}}\n# schema"),
    ("defects", "\n# schema", "\n# - {A: 1}\n# - {a: 2}\n# schema"),
    ("defects", "\n# schema", "\n# - {null: 1}\n# schema"),
    ("camera", "id: 3,", "id: 18446744073709551616,"),
    ("camera", '{name: "S00"', '{name: ".S00"'),
    ("linearizer", "hasTable: false", "null: false"),
    ("linearizer", "hasTable: false", "DETECTOR: []\nhasTable: false"),
    ("linearizer", "linearityCoeffs:", "null:"),
    ("linearizer", "linearityCoeffs:", f"gain: {2**70}\n    linearityCoeffs:"),
    ("crosstalk/s00", "subtype: 'float64[4]'", "subtype: 'string[4]'"),
)


@pytest.mark.parametrize(("place", "old", "new"), REFUSED)
def test_a_check_finds_what_an_export_refuses(template: Both, place: str, old: str, new: str) -> None:
    path = sorted((template.root / "myCam" / place).rglob("2*.*"))[0].relative_to(template.root)
    text = (template.root / path).read_text()
    assert old in text
    try:
        errors, refusal = template.ask(str(path), text.replace(old, new, 1).encode())
    finally:
        (template.root / path).write_text(text)
    assert errors
    assert refusal is not None or "string" in new
