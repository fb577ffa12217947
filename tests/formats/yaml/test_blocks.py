"""The strict form of YAML, held against PyYAML's safe loaders on texts made to be near its edge."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.formats.ecsv.header_text import header_text
from curator.formats.ecsv.header_yaml import parse_header, place_header
from curator.formats.yaml.event_reader import build
from curator.formats.yaml.positions import MapNode, unpack
from curator.formats.yaml.reader import read_yaml
from curator.formats.yaml.strict_positions import place_blocks
from curator.formats.yaml.strict_reader import NotCovered, read_blocks
from curator.formats.yaml.tags import YAML_TAGS, YAML_WRITTEN

VALUES = [
    "a", "b c", "1", "-1", "1.5", "1e3", "1.5e-3", "on", "~", "", "null", "'x y'", "'it''s'", '"dq"',
    "[a, b]", "{a: 1, b: c}", "[1, [2, 3]]", "{a: {b: -}}", "-", "- x", "a: b", "#c", "x #y", "x: ", "a:b",
    "2020-01-01", "12:30:45", "0x1F", "0130", "<<", "=", "", "", "&a x", "*a", "!!str 1", "[a,", "b]",
    "{a: b,", "c: d}", "c d: e}", "'a", "b'", "...", "---", "?", "? a", "x?", "[x?]", "%", "@a", "`", "-a",
    "--", "{a}", "[a: b]", "{a: b}", "{'k': v}", '{"k": v}', "{k:v}", "1_000", ".5", "-.5", "+1", ".inf",
    ".nan", "é", "\t", "a\tb", "]", "}", "a [b", "x]", "http://x/y", "[http://x]", "{a: http://x}", "a,b",
    "[-]", "{a: -, b: c}", "$x", "(a)", "a{b", "[a b, c d]", "{a,", "{'a,", "b': c}", '"a\\n"', "\x1f",
]  # fmt: skip
KEYS = ["a", "b", "k k", "1", "'q'", '"q"', "x-y", "a:b", "-k", "on", "? k", "[k]"]


def lines_of(dice: random.Random, indent: int, depth: int) -> list[str]:
    found: list[str] = []
    kind = dice.choice("mls")
    for _ in range(dice.randint(1, 4)):
        lead = " " * indent
        nested = dice.random() < 0.35 and depth < 3
        if kind == "m":
            key = dice.choice(KEYS)
            if nested:
                found.append(lead + key + ":" + " " * dice.randint(0, 2))
                found += lines_of(dice, indent + dice.choice([0, 1, 2, 2]), depth + 1)
            else:
                found.append(f"{lead}{key}: {dice.choice(VALUES)}")
        elif kind == "l":
            inner = lines_of(dice, indent + 2, depth + 1) if nested else [dice.choice(VALUES)]
            if nested and dice.random() < 0.3:
                found.append(lead + "-")
            else:
                inner[0] = f"{lead}- {inner[0].lstrip(' ')}"
            found += inner
        else:
            found.append(lead + dice.choice(VALUES))
        if dice.random() < 0.05:
            found.append(dice.choice(["", " ", "# c", "   # c"]))
    return found


def loaded(text: str, loader: Any) -> str:
    try:
        return repr(yaml.load(text, Loader=loader))  # one of the two safe loaders
    except (yaml.YAMLError, ValueError) as error:
        return f"refused: {error}"


def places(node: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    """Return where keys and values stand; ends of plain values only, as others have none of their own."""
    found: dict[tuple[Any, ...], Any] = {}
    for key in node.values if isinstance(node, MapNode) else range(len(node.values)):
        child, place = node.children.get(key), unpack(node.values[key])
        found["value", *path, key] = place if child is None else place[:2]
        if isinstance(node, MapNode):
            found["key", *path, key] = unpack(node.keys[key])
        if child is not None:
            found |= places(child, (*path, key))
    return found


@given(st.integers(min_value=0))
def test_places_are_those_of_the_event_parser(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(40):
        lines = lines_of(dice, dice.choice([0, 2]), 0)
        try:
            value, node = place_blocks(lines, YAML_WRITTEN)
        except NotCovered:
            continue
        wanted = build("\n".join(lines) + "\n", "", YAML_TAGS, places=True)
        assert repr(value) == repr(wanted.value)
        assert (node is None) == (wanted.node is None)
        assert node is None or places(node) == places(wanted.node)


def test_places_in_real_files_are_those_of_the_event_parser(real: Path) -> None:
    for file in sorted(real.rglob("*.yaml")):
        text = file.read_text()[:20_000].rpartition("\n")[0]
        wanted = build(text, "", YAML_TAGS, places=True).node
        assert places(place_blocks(text.split("\n"), YAML_WRITTEN)[1]) == places(wanted)
    for file in sorted(real.rglob("*.ecsv"))[::9]:
        head = header_text(file.read_text())
        _, wanted, _ = parse_header(file.name, head, places=True)
        assert places(place_header(file.name, head)[1]) == places(wanted)


@given(st.integers(min_value=0))
def test_the_header_alone_has_the_places_of_the_whole_file(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(20):
        inner = lines_of(dice, dice.choice([0, 1, 2]), 1)
        parts = [lines_of(dice, 0, 1), ["metadata:", *inner], lines_of(dice, dice.choice([0, 2]), 2)]
        text = "\n".join(line for part in parts[dice.randint(0, 1) :] for line in part)
        try:
            whole = read_yaml("x.yaml", text.encode())
        except FormatError:
            continue
        for asked in ("places", "value_places"):
            wanted = getattr(whole, asked)
            assert wanted.get(("not", "there")) is None  # which looks at all lines
            for key in [*whole.header, "metadata", "nothing"]:
                found = getattr(read_yaml("x.yaml", text.encode()), asked)
                assert found.get((key,)) == wanted.get((key,)), (text, key)


def test_a_run_of_numbers_has_the_places_of_the_event_parser() -> None:
    for longest in (3, 4094, 4095, 4096, 4300):
        text = "a:\n  b:\n" + "".join(f"  - {'7' * size}\n" for size in (1, 2, longest, 12, 1, 9)) + "c: 1\n"
        wanted = places(build(text, "", YAML_TAGS, places=True).node)
        assert places(place_blocks(text.split("\n"), YAML_WRITTEN)[1]) == wanted


@given(st.integers(min_value=0))
def test_what_is_covered_means_what_both_safe_loaders_read(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(40):
        lines = lines_of(dice, dice.choice([0, 0, 0, 2]), 0)
        if dice.random() < 0.2:
            at = dice.randrange(len(lines))
            lines[at] = " " * dice.randint(0, 3) + lines[at]
        try:
            found = repr(read_blocks(lines, YAML_WRITTEN))
        except NotCovered:
            continue
        text = "\n".join(lines) + "\n"
        assert found == loaded(text, yaml.SafeLoader)
        assert found == loaded(text, yaml.CSafeLoader)


NUMBERS = [
    "0",
    "1.5",
    "-2.5e-07",
    "1e5",
    ".5",
    "-.5",
    "007",
    "-0",
    "1.",
    "+1.0",
    "1.5e5",
    "nan",
    "1-2.5",
    "12",
    "~",
    "1.e-3",
]


@given(
    st.lists(st.sampled_from(NUMBERS[:3]), min_size=4, max_size=8),
    st.sampled_from(NUMBERS),
    st.integers(0, 8),
)
def test_long_lists_of_numbers_are_read_like_short_ones(many: list[str], odd: str, place: int) -> None:
    many.insert(place, odd)
    lines = [f"- {one}" for one in many]
    assert repr(read_blocks(lines, {})) == loaded("\n".join(lines), yaml.SafeLoader)


def test_common_forms_are_covered() -> None:
    text = """\
a: !!python/tuple
- 2
- 2
b:
  - c: {d: [1, 2.5, 'x'], e: "y"}
    f:
  -
    - - 1
      - 2
g: {h: 1,
  i: j k
  l, m: n}
"""
    assert read_blocks(text.split("\n"), YAML_WRITTEN) == {
        "a": (2, 2),
        "b": [{"c": {"d": [1, 2.5, "x"], "e": "y"}, "f": None}, [[1, 2]]],
        "g": {"h": 1, "i": "j k l", "m": "n"},
    }


def test_limits_leave_the_decision_to_the_event_parser() -> None:
    for lines in ([" " * n + "a:" for n in range(120)] + [" " * 120 + "b"], ["- 1"] * 1_100_000, ["[" * 30]):
        with pytest.raises(NotCovered):
            read_blocks(lines, {})


def test_every_real_yaml_file_is_covered_and_read_alike(real: Path) -> None:
    files = sorted(real.rglob("*.yaml"))
    assert files
    for file in files:
        text = file.read_text()
        if len(text) > 1_000_000:
            text = text[:20_000].rpartition("\n")[0]
        assert repr(read_blocks(text.split("\n"), YAML_WRITTEN)) == repr(build(text, "", YAML_TAGS).value)
