"""Calibrations whose text is a YAML tree: its scalars become metadata, the rest becomes tables."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from curator.calibrations.header.keywords import find_keyword
from curator.calibrations.types.base import Calibration
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self

    import numpy as np

    from curator.formats.document import Document
    from curator.formats.fits.fits import TableData

__all__ = ["TreeCalibration", "numbers", "ragged"]

_INT64 = 1 << 63


class TreeCalibration(Calibration, ABC):
    """A calibration with a YAML form.

    A subclass says which entries of the tree it makes tables of (``_known``), and which keyword holds an
    entry that is a scalar (``_keywords``). Every other scalar keeps its name among the metadata, so that
    nothing is lost.
    """

    _family = "tree"
    _known: ClassVar[frozenset[str]] = frozenset()
    _keywords: ClassVar[Mapping[str, str]] = {}

    @classmethod
    @abstractmethod
    def _tables_of(cls, tree: Mapping[str, Any], metadata: dict[str, Any]) -> list[TableData]:
        """Return HDU1, HDU2, … of a tree; keywords that readers need may be added to the metadata."""

    @abstractmethod
    def _tree_of(self, tables: list[TableData]) -> dict[str, Any]:
        """Return the entries of the tree that the tables hold."""

    @classmethod
    def is_plain(cls, doc: Document) -> bool:
        from curator.calibrations.fits.exportable import plain_scalars

        tree = doc.tree
        if doc.format != "yaml" or not isinstance(tree, dict):
            return super().is_plain(doc)
        header = doc.header if "metadata" in tree else {}
        return plain_scalars(tree, header, cls._known, cls._keywords) and cls._is_plain_tree(tree, header)

    @classmethod
    def _is_plain_tree(cls, tree: Mapping[str, Any], header: Mapping[str, Any]) -> bool:
        """Whether a look tells that FITS holds the tables of a tree."""
        return False

    @classmethod
    def _from_tree_text(cls, doc: Document) -> Self:
        if not isinstance(doc.tree, dict):
            raise CalibrationError(f"a {cls._type.name} is a mapping, not a {type(doc.tree).__name__}")
        return cls.from_tree(doc.tree, doc.header if "metadata" in doc.tree else {})

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any], header: Mapping[str, Any] | None = None) -> Self:
        """Return the calibration that a tree describes; ``header`` stands in for its ``metadata``."""
        metadata = dict(tree.get("metadata") or {} if header is None else header)
        for key, value in tree.items():
            if key != "metadata" and key not in cls._known:
                _fold(metadata, key, cls._keywords.get(key, key), value)
        return cls(metadata, cls._tables_of(tree, metadata), "yaml")

    def to_tree(self) -> dict[str, Any]:
        """Return what its YAML form holds."""
        metadata = dict(self._metadata)
        tree: dict[str, Any] = {"metadata": metadata}
        for key, keyword in self._keywords.items():
            if key in metadata:
                tree[key] = metadata.pop(key)
            elif (found := find_keyword(metadata, keyword)) and metadata[found] is not None:
                tree[key] = metadata[found]
        try:
            tree.update(self._tree_of(self._tables))
        except (KeyError, IndexError, ValueError, TypeError, AttributeError) as error:
            raise CalibrationError(f"its tables do not fit a {self._type.name}: {error}") from error
        return tree

    def _tree_text(self) -> bytes:
        from curator.formats.edit.new_file import write_yaml

        return write_yaml(self.to_tree())


def _fold(metadata: dict[str, Any], key: str, keyword: str, value: Any) -> None:
    from curator.calibrations.fits.cards import canonical_value

    if not isinstance(key, str):
        raise CalibrationError(f"{key!r} is not a keyword, because it is not text", keyword=str(key))
    folded = canonical_value(key, value)
    found = find_keyword(metadata, keyword)
    if found is None or metadata[found] is None:
        metadata[found or keyword] = folded
    elif canonical_value(found, metadata[found]) != folded:
        if find_keyword(metadata, key):
            raise CalibrationError(
                f"{key} is {value!r}, but {found} is {metadata[found]!r}", keyword=key, value=value
            )
        # They contradict each other: keep both, as readers that know only one of them would see it.
        metadata[key] = folded


def numbers(values: Any, key: str, dtype: str = "float64") -> np.ndarray[Any, Any]:
    """Return numbers as an array of ``dtype``; of whole numbers asked for, those that are not stay float64.

    Raises
    ------
    CalibrationError
        Naming ``key``: something else than numbers is in it, or lists of different lengths.
    """
    import numpy as np

    try:
        found = np.asarray(values)
    except (ValueError, OverflowError):
        raise CalibrationError(f"{key} holds lists of different lengths", keyword=key) from None
    if found.size == 0:
        return found.astype(dtype)
    if found.dtype.kind not in "biuf":
        raise CalibrationError(
            f"{key} contains values that are not numbers", keyword=key, value=_culprit(found)
        )
    if dtype == "int64" and found.dtype.kind in "uf" and not _are_int64(found):
        return found.astype(np.float64)
    return found.astype(dtype)


def _are_int64(found: np.ndarray[Any, Any]) -> bool:
    import numpy as np

    if found.dtype.kind == "u":
        return bool(found.max() < _INT64)
    return bool(np.all((found == np.trunc(found)) & (np.abs(found) < _INT64)))


def _culprit(found: np.ndarray[Any, Any]) -> object:
    for value in found.ravel().tolist():
        if not isinstance(value, int | float):
            return value
    return None


def ragged(rows: Sequence[Any], key: str, dtype: str = "float64") -> np.ndarray[Any, Any]:
    """Return one row of numbers per item: a matrix, or an array of arrays where their lengths differ."""
    import numpy as np

    arrays = [numbers(row, key, dtype).ravel() for row in rows]
    if not arrays:
        return np.zeros((0, 0), dtype)
    if len({len(array) for array in arrays}) == 1:
        return np.array(arrays)
    found = np.empty(len(arrays), dtype=object)
    for index, array in enumerate(arrays):
        found[index] = array
    return found
