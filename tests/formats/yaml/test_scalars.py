"""Plain scalars mean what PyYAML's safe loader says."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from curator.formats.yaml.resolve_scalar import resolve

PIECES = ["0", "1", "7", "8", "9", "-", "+", ".", "_", ":", "e", "E", "x", "b", "o", "a", "f", "T", "Z", " "]
WORDS = ["yes", "No", "ON", "off", "true", "FALSE", "null", "Null", "~", ".inf", "-.INF", ".nan", "<<", "="]
DATES = ["2020-01-01", "2020-1-1", "2020-13-01", "2020-01-01T00:00:00", "2020-01-01 1:02:03.4567891 +01:30"]
NUMBER = r"[-+]?[0-9_]{1,6}(:[0-9]{1,2}){0,3}(\.[0-9_]{0,4})?([eE][-+]?[0-9]{1,3})?"
DAY = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
CLOCK = r"([Tt ][0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?(Z| ?[-+][0-9]{1,2})?)?"
SCALARS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.sampled_from(WORDS + DATES),
    st.from_regex(NUMBER, fullmatch=True),
    st.from_regex(DAY + CLOCK, fullmatch=True),
    st.text(st.characters(codec="utf-8"), max_size=8),
)  # fmt: skip


def by_pyyaml(text: str) -> object:
    loader = yaml.SafeLoader("")
    node = yaml.ScalarNode(loader.resolve(yaml.ScalarNode, text, (True, False)), text)
    return loader.construct_document(node)


@given(SCALARS)
@example("12:30:45")
@example("0130")
@example("1_000.5")
@example("1e3")
@example("+.5")
@example("0b_")
@example("190:20:30.15")
def test_every_plain_scalar_is_what_pyyaml_reads(text: str) -> None:
    try:
        wanted = by_pyyaml(text)
    except (yaml.YAMLError, ValueError, OverflowError):
        with pytest.raises((ValueError, OverflowError)):
            resolve(text)
        return
    found = resolve(text)
    assert type(found) is type(wanted)
    assert repr(found) == repr(wanted)


def test_numbers_that_would_take_quadratic_time_are_refused() -> None:
    with pytest.raises(ValueError, match="sexagesimal"):
        resolve("1" + ":1" * 100_000)
    with pytest.raises(ValueError, match="limit"):
        resolve("9" * 100_000)
