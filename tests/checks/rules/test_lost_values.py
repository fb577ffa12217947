"""A slip in the structure of a file is one error, in its own line, whatever the file and the line."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from checks.overlay import check_tree
from conftest import FUZZ

from curator.checks.fixing.apply_fixes import apply_fix
from curator.checks.model.finding import Finding
from curator.errors import FormatError
from curator.formats.yaml.reader import load_yaml

TYPES = (
    "defects",
    "crosstalk",
    "linearizer",
    "bfk",
    "transmission_filter",
    "transmission_sensor",
    "qe_curve",
)
# The file with the slip, and the number of its line; `None` where the slip cannot be made.
Slip = Callable[[list[str], random.Random], "tuple[list[str], int] | None"]


def chosen(lines: list[str], pattern: str, seed: random.Random) -> tuple[int, re.Match[str]] | None:
    found = [(at, match) for at, line in enumerate(lines) if (match := re.search(pattern, line))]
    return seed.choice(found) if found else None


def blank_lost_after_a_colon(lines: list[str], seed: random.Random) -> tuple[list[str], int] | None:
    if (found := chosen(lines, r"[A-Za-z_]+: (?=[^\s\[{!&])", seed)) is None:
        return None
    at, match = found
    lines[at] = lines[at][: match.end() - 1] + lines[at][match.end() :]
    return lines, at + 1


def keyword_beside_the_header(lines: list[str], seed: random.Random) -> tuple[list[str], int] | None:
    table = lines[0].startswith("#")
    if (found := chosen(lines, r"^# - \{([A-Z_]+: .*)\}$" if table else r"^  ([A-Z_]+: .*)$", seed)) is None:
        return None
    at, match = found
    del lines[at]
    if not table:
        return [*lines, match[1]], len(lines) + 1
    end = next(number for number, line in enumerate(lines) if line.startswith("# schema:"))
    return [*lines[:end], f"# {match[1]}", *lines[end:]], end + 1


def list_without_its_tag(lines: list[str], seed: random.Random) -> tuple[list[str], int] | None:
    if (found := chosen(lines, r"^# meta: !!omap$", seed)) is None:
        return None
    lines[found[0]] = "# meta:"
    return lines, found[0] + 1


def comma_without_quotes(lines: list[str], seed: random.Random) -> tuple[list[str], int] | None:
    if (found := chosen(lines, r"\{.*(SOURCE|description|DET_SER|OBSERVER): [^}]*\}$", seed)) is None:
        return None
    at, match = found
    text = seed.choice(("darks, flats", "all, of it", "one,two, three"))
    lines[at] = f"{lines[at][: match.end(1)]}: {text}}}"
    return lines, at + 1


def tab_for_a_blank(lines: list[str], seed: random.Random) -> tuple[list[str], int] | None:
    found = chosen(lines, r"(?<=[^\s]) (?=[^\s])", seed)
    if found is None:
        return None
    places = [match.start() for match in re.finditer(r" (?=[^\s])", lines[found[0]])]
    at = seed.choice(places)
    lines[found[0]] = f"{lines[found[0]][:at]}\t{lines[found[0]][at + 1 :]}"
    return lines, found[0] + 1


def pointer_of_git_lfs(lines: list[str], seed: random.Random) -> tuple[list[str], int]:
    return [
        "version https://git-lfs.github.com/spec/v1",
        f"oid sha256:{seed.getrandbits(256):064x}",
        "size 9",
    ], 1


SLIPS: tuple[Slip, ...] = (
    blank_lost_after_a_colon,
    keyword_beside_the_header,
    list_without_its_tag,
    comma_without_quotes,
    tab_for_a_blank,
    pointer_of_git_lfs,
)


@pytest.fixture(scope="module")
def trees(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A repository for each file of the template."""
    source, folder = templates["dmtn148"], tmp_path_factory.mktemp("slips")
    found = {}
    for name in TYPES:
        for file in sorted((source / "ExampleCam" / name).rglob("*.*")):
            if file.is_file():
                path = str(file.relative_to(source))
                found[path] = folder / path.replace("/", "_")
                for each in ("curator.yaml", "ExampleCam/camera/20200101T000000.yaml", path):
                    (found[path] / each).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(source / each, found[path] / each)
    return found


@pytest.mark.parametrize("slip", SLIPS, ids=lambda each: each.__name__)
def test_a_slip_is_one_error_in_its_line(slip: Slip, trees: dict[str, Path]) -> None:
    failures = []
    for number in range(max(1, int(24 * FUZZ))):
        seed = random.Random(f"{slip.__name__} {number}")
        path, tree = seed.choice(sorted(trees.items()))
        good = (tree / path).read_text()
        made = slip(good.split("\n")[:-1], seed)
        if made is None:
            continue
        lines, line = made
        (tree / path).write_text("\n".join(lines) + "\n")
        try:
            found = check_tree(tree).findings
            grave = [one for one in found if one.severity == "error"] or [
                one
                for one in found
                if one.code == "CUR006"  # a tab that YAML takes for a blank
            ]
            if [one.line for one in grave] != [line]:
                said = [(one.line, one.code, one.message, one.hint) for one in grave]
                failures.append((path, line, lines[line - 1], said))
            else:
                _mends_or_leaves(grave[0], (tree / path).read_bytes(), good)
        finally:
            (tree / path).write_text(good)
    assert failures == []


def _mends_or_leaves(finding: Finding, raw: bytes, good: str) -> None:
    """A fix gives the file as it was, but for blanks and quotes."""
    if finding.fix is None:
        return
    try:
        mended = apply_fix(finding.path, raw, finding.fix).decode()
    except FormatError:
        return
    assert re.sub(r"[\s'\"]", "", mended) == re.sub(r"[\s'\"]", "", good)


@pytest.mark.parametrize(
    "rows",
    [
        "x0 y0 width height\na b\t\t1\t4",
        "x0\ty0\twidth\theight\n1\t2 3\t\t4",
        "x0\ty0 width height\n1 2\t\t3\t4 5",
    ],
)
def test_tabs_are_left_alone_where_a_row_could_be_divided_in_two_ways(
    rows: str, trees: dict[str, Path]
) -> None:
    path, tree = next((path, tree) for path, tree in trees.items() if "/defects/" in path)
    good = (tree / path).read_text()
    text = f"{good.partition('x0 y0')[0]}{rows}\n"
    (tree / path).write_text(text)
    try:
        (finding,) = (one for one in check_tree(tree).findings if one.severity == "error")
        if finding.fix is not None:
            # Tabs between the names of columns are another matter.
            with suppress(FormatError):
                fixed = apply_fix(finding.path, text.encode(), finding.fix)
                assert fixed.endswith(f"{rows.partition(chr(10))[2]}\n".encode())
    finally:
        (tree / path).write_text(good)


@pytest.mark.parametrize("severity", ["warning", "info", "'off'"])
def test_a_list_without_its_tag_stands_alone_only_as_an_error(severity: str, trees: dict[str, Path]) -> None:
    path, tree = next((path, tree) for path, tree in trees.items() if "/defects/" in path)
    good, config = (tree / path).read_text(), (tree / "curator.yaml").read_text()
    (tree / path).write_text(good.replace("# meta: !!omap", "# meta:"))
    (tree / "curator.yaml").write_text(f"{config}\nseverities: {{CUR026: {severity}}}\n")
    try:
        assert "CUR101" in {one.code for one in check_tree(tree).findings if one.severity == "error"}
    finally:
        (tree / path).write_text(good)
        (tree / "curator.yaml").write_text(config)


@pytest.mark.parametrize(
    ("place", "right", "wrong"),
    [
        ("/linearizer/", "\nmetadata:\n", "\nmetdata:\n"),
        ("/linearizer/", "\nmetadata:\n", "\nMetadata:\n"),
        ("/linearizer/", "\nmetadata:\n", "\nheader:\n"),
        ("/defects/", "\n# meta: !!omap\n", "\n# Meta: !!omap\n"),
        ("/defects/", "\n# meta: !!omap\n", "\n# metadata: !!omap\n"),
    ],
)
def test_a_header_below_another_name_is_one_finding(
    place: str, right: str, wrong: str, trees: dict[str, Path]
) -> None:
    path, tree = next((path, tree) for path, tree in trees.items() if place in path)
    good = (tree / path).read_text()
    text = f"\n{good}".replace(right, wrong, 1)[1:]
    assert text != good
    (tree / path).write_text(text)
    try:
        (finding,) = (one for one in check_tree(tree).findings if one.severity == "error")
        assert finding.code == "CUR026"
        assert text.split("\n")[finding.line - 1] == wrong.strip()
        assert finding.fix is not None
        assert apply_fix(finding.path, text.encode(), finding.fix).decode() == good
    finally:
        (tree / path).write_text(good)


def as_property_list(text: str) -> str:
    """Return a YAML file with its metadata as the Rubin stack writes them."""
    kinds = {int: "Int", float: "Double", bool: "Bool", str: "String", type(None): "Undef"}
    keywords = load_yaml(text.encode())["metadata"]
    lines = [
        line
        for key, value in {**keywords, "SHUTTER": True, "RAFTNAME": None}.items()
        for line in (f"- - {key}", f"  - {kinds[type(value)]}", f"  - {json.dumps(value)}", "  - ''")
    ]
    before, rest = re.split(r"^metadata:\n", text, maxsplit=1, flags=re.MULTILINE)
    after = re.sub(r"\A(?: .*\n)*", "", rest)
    return "\n".join([f"{before}metadata: !<lsst.daf.base.PropertyList>", *lines, after])


@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
@pytest.mark.parametrize("change", [str, as_property_list], ids=["keywords", "PropertyList"])
def test_no_places_are_worked_out_where_nothing_is_wrong(
    profile: str,
    change: Callable[[str], str],
    templates: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They take many times what the values of a large file take."""
    tree = tmp_path / "tree"
    shutil.copytree(templates[profile], tree, ignore=shutil.ignore_patterns(".git"))
    files = [one for one in (tree / "ExampleCam").rglob("2*.yaml") if one.parent.name != "camera"]
    assert len(files) > 2
    for file in files:
        file.write_text(change(file.read_text()))
    asked: list[str] = []
    monkeypatch.setattr("curator.formats.yaml.reader._node", lambda path, _: asked.append(path))
    paths = {str(one.relative_to(tree)) for one in files}
    assert [one for one in check_tree(tree).findings if one.path in paths] == []
    assert asked == []
