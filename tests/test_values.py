"""Frozen dataclasses and named tuples without `dataclasses` and `typing`."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.values import NamedTuple, dataclass, field


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with notes."""

    x: int
    y: int = 2
    notes: list[str] = field(default_factory=list)
    cached: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cached", self.x * self.y)

    @property
    def double(self) -> int:
        return 2 * self.x


@dataclass(frozen=True)
class Plain:
    x: int = 1
    tags: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Single:
    x: int


def test_values_are_given_by_place_or_name() -> None:
    assert Spot(1, y=3) == Spot(x=1, y=3, notes=[])
    assert Spot(1).cached == 2
    assert Spot(4).double == 8


def test_each_value_has_its_own_default() -> None:
    assert Spot(1).notes is not Spot(1).notes
    assert Plain().tags == {}


@pytest.mark.parametrize(
    ("args", "names"),
    [((), {}), ((1, 2, [], 4), {}), ((1,), {"x": 1}), ((1,), {"z": 1}), ((1,), {"cached": 1})],
)
def test_wrong_arguments_are_refused(args: tuple[int, ...], names: dict[str, int]) -> None:
    with pytest.raises(TypeError, match=r"Spot\(\)"):
        Spot(*args, **names)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [Spot(1), Plain(), Single(1)])
def test_values_do_not_change(value: object) -> None:
    with pytest.raises(AttributeError, match="does not change"):
        value.x = 2  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="does not change"):
        del value.x  # type: ignore[attr-defined]


def test_slots_leave_no_room_for_others() -> None:
    assert not hasattr(Spot(1), "__dict__")
    assert Plain().__dict__ == {"x": 1, "tags": {}}


def test_equality_is_by_value_of_the_same_class_unless_it_is_turned_off() -> None:
    assert Plain(1) == Plain(1)
    assert Plain(1) != Plain(2)
    assert Plain(1) != (1, {})
    assert Single(1) != Single(1)
    assert len({Single(1), Single(1)}) == 2


def test_hashes_follow_values() -> None:
    @dataclass(frozen=True, slots=True)
    class Pair:
        a: int
        b: int = 0

    assert {Pair(1), Pair(1, 0), Pair(2)} == {Pair(1), Pair(2)}


def test_it_prints_as_it_is_written() -> None:
    assert repr(Spot(1)) == "Spot(x=1, y=2, notes=[])"


def test_pickle_and_copy_keep_the_value() -> None:
    for value in (Spot(1, 3, ["a"]), Plain(2, {"b": 1})):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301  # made in this line
        assert copy.deepcopy(value) == value


def test_dataclasses_own_functions_work() -> None:
    assert dataclasses.is_dataclass(Spot)
    assert [one.name for one in dataclasses.fields(Spot)] == ["x", "y", "notes", "cached"]
    assert dataclasses.replace(Spot(1, 3), x=5) == Spot(5, 3)
    assert dataclasses.asdict(Plain()) == {"x": 1, "tags": {}}


def test_patterns_match_by_place() -> None:
    match Spot(1, 2):
        case Spot(x, y):
            assert (x, y) == (1, 2)


def test_something_that_changes_is_refused() -> None:
    with pytest.raises(TypeError, match="do not change"):
        dataclass(frozen=False)


def test_importing_it_leaves_dataclasses_alone() -> None:
    code = "import sys, curator.values; sys.exit('dataclasses' in sys.modules or 'inspect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class Named(NamedTuple):
    """A position."""

    line: int
    column: int = 1
    end: int = 0

    @property
    def wide(self) -> bool:
        return self.end > self.column


class Oracle(typing.NamedTuple):
    line: int
    column: int = 1
    end: int = 0


@given(
    st.lists(st.integers(), max_size=4),
    st.dictionaries(st.sampled_from(["line", "column", "end", "other"]), st.integers()),
)
def test_a_named_tuple_is_made_as_typing_makes_it(args: list[int], names: dict[str, int]) -> None:
    try:
        expected = Oracle(*args, **names)
    except TypeError:
        with pytest.raises(TypeError, match=r"Named\(\)"):
            Named(*args, **names)
        return
    made = Named(*args, **names)
    assert made == expected
    assert hash(made) == hash(expected)
    assert repr(made) == repr(expected).replace("Oracle", "Named")
    assert (made.line, made.column, made.end) == (expected.line, expected.column, expected.end)
    assert made._replace(end=7) == expected._replace(end=7)
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made  # noqa: S301
    assert type(copy.copy(made)) is Named


def test_a_named_tuple_is_a_tuple_without_a_dictionary() -> None:
    line, column, end = made = Named(1, end=9)
    assert (line, column, end, made.wide) == (1, 1, 9, True)
    match made:
        case Named(found, end=last):
            assert (found, last) == (1, 9)
    assert not hasattr(made, "__dict__")
    with pytest.raises(AttributeError):
        made.line = 2  # type: ignore[misc]
    assert Named.__doc__ == "A position."
