"""What differs between two calibrations, as a value: who shows, judges or merges looks at nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curator.compare.kinds import (
    Cell,
    ColumnChange,
    KeywordChange,
    OrderChange,
    RowChange,
    TableChange,
    TypeChange,
)
from curator.compare.summaries import CurveChange, MaskChange, MatrixChange, Move, NameChange
from curator.compare.values import decoded, encoded, rank
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias, TypeVar

    Change: TypeAlias = (
        TypeChange
        | KeywordChange
        | TableChange
        | ColumnChange
        | OrderChange
        | NameChange
        | Move
        | MaskChange
        | CurveChange
        | MatrixChange
        | RowChange
    )
    OneChange = TypeVar("OneChange", bound=Change)

__all__ = ["VERSION", "Change", "Difference", "ordered"]

# Of the JSON form.
VERSION = 1
# In the order in which a difference has them.
_KINDS: dict[str, type[Any]] = {
    "type": TypeChange,
    "keyword": KeywordChange,
    "table": TableChange,
    "column": ColumnChange,
    "order": OrderChange,
    "name": NameChange,
    "move": Move,
    "mask": MaskChange,
    "curve": CurveChange,
    "matrix": MatrixChange,
    "row": RowChange,
}
_NAMES = {one: name for name, one in _KINDS.items()}
# Equal in both directions, as what was there before or after is not.
_SORTED_BY = ("table", "keyword", "what", "of", "column", "columns", "name", "row")
_POSITIONS = {one: place for place, one in enumerate(_KINDS.values())}


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two calibrations, in the field's terms.

    Parameters
    ----------
    dataset_type : str
        Of both; of the later one where they differ.
    changes : tuple of Change
        By kind, then by name, table and key; empty exactly where the contents are equal.

    Notes
    -----
    The kinds ``name``, ``move``, ``mask``, ``curve`` and ``matrix`` summarise; the others, taken together,
    say everything (`curator.compare.patch`). ``schemas/difference.schema.json`` describes what `to_json`
    returns.
    """

    dataset_type: str
    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)

    def of(self, kind: type[OneChange]) -> Iterator[OneChange]:
        """Give the changes of one kind."""
        return (one for one in self.changes if isinstance(one, kind))

    def mirrored(self) -> Difference:
        """Return the difference of the opposite direction."""
        types = next(self.of(TypeChange), None)
        return Difference(
            types.before if types else self.dataset_type, ordered(one.mirrored() for one in self.changes)
        )

    def to_json(self) -> dict[str, Any]:
        """Return what JSON can hold, NaN and infinities as ``{"float": "nan"}``."""
        return {
            "difference_version": VERSION,
            "dataset_type": self.dataset_type,
            "changes": [{"kind": _NAMES[type(one)], **_fields(one)} for one in self.changes],
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Difference:
        """Undo `to_json`.

        Raises
        ------
        ValueError
            It is of another version, or of no kind that is known.
        """
        if found.get("difference_version") != VERSION:
            raise ValueError(f"difference_version is {found.get('difference_version')!r}, not {VERSION}")
        return cls(found["dataset_type"], tuple(_change(dict(one)) for one in found["changes"]))


def ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes by kind, then by what they are about."""
    return tuple(sorted(changes, key=_order))


def _order(change: Any) -> tuple[Any, ...]:
    place = _POSITIONS[type(change)]
    if isinstance(change, RowChange):
        sides = [
            tuple(rank(getattr(cell, side)) for cell in change.key)
            for side, row in (("before", change.row_before), ("after", change.row_after))
            if row >= 0
        ]
        # Both sides' numbers, the smaller first, so that it is the same in either direction.
        return (place, change.table, min(sides), sorted((change.row_before, change.row_after)), max(sides))
    return (place, *(str(getattr(change, name, "")) for name in _SORTED_BY))


def _fields(change: Any) -> dict[str, Any]:
    found = {}
    for name in type(change).__match_args__:
        value = getattr(change, name)
        if value and isinstance(value, tuple) and isinstance(value[0], Cell):
            found[name] = [
                {"column": one.column, "before": encoded(one.before), "after": encoded(one.after)}
                for one in value
            ]
        else:
            found[name] = encoded(value)
    return found


def _change(found: dict[str, Any]) -> Any:
    kind = _KINDS.get(found.pop("kind", ""))
    if kind is None:
        raise ValueError("a change of no known kind")
    values = {name: decoded(value) for name, value in found.items() if not _holds_cells(value)}
    cells = {
        name: tuple(Cell(one["column"], decoded(one["before"]), decoded(one["after"])) for one in value)
        for name, value in found.items()
        if _holds_cells(value)
    }
    return kind(**values, **cells)


def _holds_cells(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "column" in value[0]
