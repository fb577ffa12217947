"""A change as lines for a terminal."""

from __future__ import annotations

from textwrap import wrap

from hypothesis import given
from hypothesis import strategies as st

from curator.review.text import wrapped

words = st.text(st.sampled_from("ab-"), min_size=1, max_size=12)
gaps = st.sampled_from([" ", "  "])


@given(st.lists(st.tuples(words, gaps), max_size=12), st.sampled_from(["", "  "]), st.integers(8, 30))
def test_lines_end_where_those_of_textwrap_do(parts: list[tuple[str, str]], indent: str, width: int) -> None:
    text = "".join(word + gap for word, gap in parts)
    expected = wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert wrapped(text, indent, width) == expected
