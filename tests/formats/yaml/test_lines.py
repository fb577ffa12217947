"""Comments behind values, and lists that stand on many lines, mean what PyYAML makes of them."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.formats.yaml.reader import load_yaml

values = st.sampled_from(
    [
        "a",
        "'it''s'",
        '"b # c"',
        "[1, 2]",
        '["x", "y"]',
        "{k: [1, 2], l: 'm'}",
        "12:30:45",
        "on",
        "a#b",
        "#c",
        "~",
        "- x",
    ]
)
behind = st.sampled_from(["", "  # note", " # which: one, [two]", " #", "#x", "  #'", " # a # b", " , # x"])
lines = st.lists(
    st.tuples(st.sampled_from(["- ", "- - ", "k: ", "k:", "- k: "]), values, behind), min_size=1, max_size=4
)


@given(lines)
def test_lines_with_comments_are_read_as_pyyaml_reads_them(parts: list[tuple[str, str, str]]) -> None:
    text = "".join(
        f"{start.replace('k', f'k{number}')}{value}{rest}\n"
        for number, (start, value, rest) in enumerate(parts)
    )
    try:
        wanted = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        wanted = FormatError
    try:
        found = load_yaml(text.encode(), "x.yaml")
    except FormatError:
        found = FormatError
    assert found == wanted


def test_equal_lists_are_not_the_same_list() -> None:
    first, second = load_yaml(b"- {a: [1, 2]}\n- {a: [1, 2]}\n")
    first["a"].append(3)
    assert second == {"a": [1, 2]}
    assert load_yaml(b"- {a: [1, 2]}\n") == [{"a": [1, 2]}]


def test_a_file_with_comments_does_not_need_pyyaml() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from curator.formats.yaml.reader import load_yaml\n"
        "load_yaml(b'# about\\na: \"b\"  # why: c\\nd: [e]  # f\\ng:  # h\\n- i  # j\\n')\n"
        "sys.exit('yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
