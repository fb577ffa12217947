"""One value of a hand-kept YAML file changes, and not a byte besides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.formats.edit.splice import append_item, remove_entry, set_value
from curator.formats.yaml.reader import load_yaml
from curator.formats.yaml.writer import Quoted

BLOCK = """\
# What curator has to know; 12345678901234567.25 stands here, too.
schema_version: 1
repository: "obs_x"   # stamped into every file
profile:  'dmtn148'

cameras:
- name: ExampleCam
  directory: example   # beside the others
  gains: [1.72500, 0.1000000000000000055, 1.5E+05, .5]
- OtherCam
# of nobody
limits:
    ExampleCam:
        mask_change: 0.10   # ten percent
        curve_low: 12345678901234567.25
suppressions:
  - rule: CUR301
    path: "a/*.ecsv"
    reason: |
      It is so.

      Really.
  # the next one
  - {rule: CUR104, path: '**', reason: known}
note: >-
  folded
  text
empty:
# the end
"""
FLOW = "{schema_version: 1, profile: 'dmtn148', cameras: [ExampleCam], gains: [1.50, 2e5], limits: {}}\n"
SPREAD = """\
{
  profile: "dmtn148",  # which keywords
  gains: [
    1.50,  # first
    12345678901234567.25,
  ],
  limits: {a: {b: 0.10}},
  last: [] }
"""
TEXTS = {
    "block": BLOCK,
    "flow": FLOW,
    "spread": SPREAD,
    "list": "- 1.50\n- a: 1 # one\n  b: 2\n- - x\n  - y\n",
}
WORDS = st.text(st.characters(codec="utf-8"), max_size=10)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), WORDS)
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(WORDS, SCALARS, max_size=3),
    st.lists(st.dictionaries(st.sampled_from(["rule", "path"]), WORDS, max_size=2), max_size=2),
)
Path = tuple[str | int, ...]


def paths(tree: Any, above: Path = ()) -> list[Path]:
    """Return the way to every value of a tree."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [above, *(one for key, value in entries for one in paths(value, (*above, key)))]


def value_at(tree: Any, path: Path) -> Any:
    for key in path:
        tree = tree[key]
    return tree


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    text = TEXTS[draw(st.sampled_from(sorted(TEXTS)))]
    if draw(st.booleans()):
        text = f"---\n{text}"
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if draw(st.booleans()) else "utf-8")


def shared(before: bytes, after: bytes) -> tuple[int, int]:
    """Return how many bytes two texts have in common at their beginning, and then at their end."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    end = next((at for at in range(most - start) if before[-1 - at] != after[-1 - at]), most - start)
    return start, end


@given(texts(), st.data())
def test_a_value_is_set_and_nothing_else(raw: bytes, data: st.DataObject) -> None:
    tree = load_yaml(raw)
    path = data.draw(st.sampled_from(paths(tree)[1:]))
    value = data.draw(VALUES)
    old = value_at(tree, path)
    after = set_value("curator.yaml", raw, path, value)
    wanted = load_yaml(raw)
    value_at(wanted, path[:-1])[path[-1]] = value
    assert repr(load_yaml(after)) == repr(wanted)
    if b"\r\n" in raw:
        assert after.count(b"\n") == after.count(b"\r\n")
    if not isinstance(old, list | dict) and not isinstance(value, list | dict):
        start, end = shared(raw, after)
        taken = raw[start : len(raw) - end]
        assert b"#" not in taken
        assert taken.count(b"\n") <= str(old).count("\n") + 1 + (path == ("note",))


@given(texts(), st.data())
def test_what_is_added_can_be_removed_again(raw: bytes, data: st.DataObject) -> None:
    tree = load_yaml(raw)
    path = data.draw(
        st.sampled_from([one for one in paths(tree) if isinstance(value_at(tree, one), list | dict)])
    )
    value = data.draw(VALUES)
    box = value_at(tree, path)
    if isinstance(box, list):
        after = append_item("curator.yaml", raw, path, value)
        place, wanted = (*path, len(box)), [*box, value]
    else:
        after = set_value("curator.yaml", raw, (*path, "a new one"), value)
        place, wanted = (*path, "a new one"), {**box, "a new one": value}
    assert repr(value_at(load_yaml(after), path)) == repr(wanted)
    assert sum(shared(raw, after)) >= len(raw)  # it was all of it inserted
    again = remove_entry("curator.yaml", after, place)
    assert again == raw or again == raw + (b"\r\n" if b"\r\n" in raw else b"\n")


@given(texts(), st.data())
def test_an_entry_is_removed_or_that_is_refused(raw: bytes, data: st.DataObject) -> None:
    tree = load_yaml(raw)
    path = data.draw(st.sampled_from(paths(tree)[1:]))
    try:
        after = remove_entry("curator.yaml", raw, path)
    except FormatError:
        return
    holder = value_at(tree, path[:-1])
    del holder[path[-1]]
    assert repr(load_yaml(after)) == repr(tree)
    assert sum(shared(raw, after)) >= len(after)  # one piece was cut out


def test_quotes_blanks_and_comments_stay() -> None:
    raw = set_value("curator.yaml", BLOCK.encode(), ("profile",), "obs_base")
    raw = set_value("curator.yaml", raw, ("repository",), "obs_y")
    raw = set_value("curator.yaml", raw, ("limits", "ExampleCam", "mask_change"), 0.2)
    assert raw.decode() == BLOCK.replace("'dmtn148'", "'obs_base'").replace('"obs_x"', '"obs_y"').replace(
        "0.10 ", "0.2 "
    )


def test_entries_are_written_as_their_neighbours_are() -> None:
    entry = {"rule": "CUR1", "path": Quoted("b"), "reason": "so"}
    raw = append_item("curator.yaml", BLOCK.encode(), ("suppressions",), entry)
    added = '  - rule: CUR1\n    path: "b"\n    reason: so\n'
    assert raw.decode() == BLOCK.replace("note: >-", f"{added}note: >-")
    raw = append_item("curator.yaml", FLOW.encode(), ("cameras",), entry)
    assert raw.decode() == FLOW.replace("[ExampleCam", '[ExampleCam, {rule: CUR1, path: "b", reason: so}')
    raw = set_value("curator.yaml", BLOCK.encode(), ("baseline",), "known.txt")
    assert raw.decode() == BLOCK + "baseline: known.txt\n"
    raw = set_value("curator.yaml", BLOCK.encode(), ("empty",), [entry])
    assert raw.decode() == BLOCK.replace("empty:\n", 'empty:\n- rule: CUR1\n  path: "b"\n  reason: so\n')
    raw = set_value("curator.yaml", b"a: 1  # one\nb: 2\n", ("a",), {"x": [1, 2]})
    assert raw == b"a:  # one\n  x:\n  - 1\n  - 2\nb: 2\n"


def test_an_entry_goes_with_the_comment_of_its_line() -> None:
    raw = remove_entry("curator.yaml", BLOCK.encode(), ("cameras", 0))
    start, end = BLOCK.index("- name"), BLOCK.index("- OtherCam")
    assert raw.decode() == BLOCK[:start] + BLOCK[end:]
    assert remove_entry("curator.yaml", b"- a: 1\n  b: 2\n", (0, "a")) == b"- b: 2\n"
    with pytest.raises(FormatError, match="safely"):  # a comment between them would go, too
        remove_entry("curator.yaml", b"- a: 1\n  # of b\n  b: 2\n", (0, "a"))
    with pytest.raises(FormatError, match="safely"):  # nothing would be left of the map
        remove_entry("curator.yaml", b"a:\n  b: 2\n", ("a", "b"))


@pytest.mark.parametrize(
    ("raw", "keys"),
    [
        (b"? a\n: 1\n", ("b",)),
        (b"? a\n? b\n", ("a",)),
        (b"a: 1\rb: 2\r", ("a",)),
        (b"a: '\xe2\x80\xa8'\n", ("b",)),
        (b"a: 1\nb: [" + b"1, " * 90_000 + b"1]\n", ("a",)),
    ],
)
def test_a_form_that_would_not_read_back_is_refused(raw: bytes, keys: Path) -> None:
    with pytest.raises(FormatError, match=r"safely|line endings are mixed") as caught:
        set_value("curator.yaml", raw, keys, 3)
    assert caught.value.path == "curator.yaml"


@pytest.mark.parametrize(
    "raw",
    [
        b"a: &x {b: 1}\nc: *x\n",  # an alias would change in two places
        b"a: 1\na: 2\n",
        b"a: !!python/object/apply:os.system [id]\n",
        b"a: " + b"[" * 200 + b"]" * 200 + b"\n",
        b"\xff\n",
    ],
)
def test_what_cannot_be_read_is_not_edited(raw: bytes) -> None:
    with pytest.raises(FormatError):
        set_value("curator.yaml", raw, ("a",), 3)


def test_a_place_that_is_not_there_is_named() -> None:
    for edit in (
        lambda: set_value("f", b"a: {b: 1}\n", ("x", "y"), 1),
        lambda: set_value("f", b"a: [1]\n", ("a", 1), 1),
        lambda: remove_entry("f", b"a: 1\n", ("b",)),
        lambda: append_item("f", b"a: 1\n", ("a", "b"), 1),
    ):
        with pytest.raises(FormatError, match="there is no "):
            edit()
    with pytest.raises(FormatError, match="is not a list"):
        append_item("f", b"a: 1\n", ("a",), 1)
