"""The little that rules about many files have to know of each: small enough to keep for every file."""

from __future__ import annotations

from curator.calibrations.header.keywords import get_keyword
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curator.formats.document import Column, Document

__all__ = ["Facts", "facts_of", "header_facts"]

# A list of fewer boxes (a bad column, an edge) two sensors may well share.
_FEW_BOXES = 3
_KEYWORDS = ("FILTER", "DETECTOR", "VALIDSTART", "VALIDEND", "SOURCE", "VERSION", "DEPRECATED")


class Facts(NamedTuple):
    """What one readable file says, as text; all follows from its bytes and its suffix.

    Parameters
    ----------
    filter, detector, valid_start, valid_end, source, version : str
        Header keywords ``FILTER``, ``DETECTOR``, ``VALIDSTART``, ``VALIDEND``, ``SOURCE`` and ``VERSION``;
        empty where absent or null.
    deprecated : str
        What ``DEPRECATED`` lists, a line each.
    digest : str
        Of the content without its header, empty where it cannot be told.
    telling : str
        ``1`` where two detectors would not have this content by chance.
    empty : str
        ``1`` for a list of boxes without a box.
    """

    filter: str = ""
    detector: str = ""
    valid_start: str = ""
    valid_end: str = ""
    source: str = ""
    version: str = ""
    deprecated: str = ""
    digest: str = ""
    telling: str = ""
    empty: str = ""

    @property
    def header(self) -> dict[str, object]:
        """The keywords that a `Catalogue` asks for."""
        return {
            "FILTER": self.filter or None,
            "VALIDSTART": self.valid_start or None,
            "VALIDEND": self.valid_end or None,
            "DEPRECATED": self.deprecated.split("\n") if self.deprecated else None,
        }


def facts_of(doc: Document) -> Facts:
    """Return the facts of a parsed file."""
    parts = list(_table(doc) if doc.format == "ecsv" else _blocks(doc))
    return header_facts(doc)._replace(
        digest=_digest(parts) if parts else "",
        telling="1" if parts and _is_telling(doc) else "",
        empty="1" if "x0" in doc.columns and not doc.columns["x0"].values else "",
    )


def header_facts(doc: Document) -> Facts:
    """Return those facts that stand in the header."""
    # One pass for all of them: most are absent, and absence takes a look at every keyword.
    upper = {key.upper(): key for key in reversed(doc.header) if type(key) is str}
    upper.update((name, name) for name in _KEYWORDS if name in doc.header)
    found = [_text(doc.header[upper[name]]) if name in upper else "" for name in _KEYWORDS]
    if "DEPRECATED" in upper and isinstance(listed := doc.header[upper["DEPRECATED"]], list):
        found[-1] = "\n".join(map(str, listed))
    return Facts(*found)


def _text(value: object) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    return value if isinstance(value, str) else str(value)


def _digest(parts: Iterable[bytes]) -> str:
    from _blake2 import blake2b  # hashlib takes longer to import than this to run

    found = blake2b(digest_size=16)
    for part in parts:
        found.update(part)
        found.update(b"\0")
    return found.hexdigest()


def _table(doc: Document) -> Iterator[bytes]:
    """Give the data block of a table, which begins behind the last line of its header."""
    yield " ".join(f"{column.name}[{column.unit}]" for column in doc.columns.values()).encode(
        "utf-8", "replace"
    )
    start = 0
    while doc.raw.startswith(b"#", start):
        end = doc.raw.find(b"\n", start)
        if end < 0:
            return
        start = end + 1
    yield doc.raw[start:].rstrip()


def _blocks(doc: Document) -> Iterator[bytes]:
    """Give the blocks below the top-level keys of a YAML file, without those that say whose it is."""
    if not isinstance(doc.tree, dict):
        return
    raw = b"\n" + doc.raw
    begins = {}
    for key in doc.tree:
        at = raw.find(f"\n{key}:".encode("utf-8", "replace"))
        if at < 0:
            return  # in braces, or with keys in quotes
        begins[at] = key
    names = [
        name.encode("utf-8", "replace")
        for name in {_text(get_keyword(doc.header, one)) for one in ("DET_NAME", "DETECTOR_NAME")}
        if len(name) > 1
    ]
    order = sorted(begins)
    for at, end in zip(order, [*order[1:], len(raw)], strict=True):
        key = begins[at]
        if key != "metadata" and isinstance(doc.tree[key], (dict, list, tuple)):
            block = raw[at:end].rstrip()
            for name in names:  # kernels stand below the name of their detector
                block = block.replace(name, b"")
            yield block


def _is_telling(doc: Document) -> bool:
    columns = doc.columns
    if "x0" in columns:
        return len(columns["x0"].values) >= _FEW_BOXES
    if "wavelength" in columns:
        curves = [one for name, one in columns.items() if name not in ("wavelength", "amp_name")]
        return any(_varies(curve) for curve in curves)
    if "CT_COEFFS" in columns:
        return _varies(columns["CT_COEFFS"])
    return True


def _varies(column: Column) -> bool:
    first = next((value for value in column.values if value is not None), None)
    if isinstance(first, list):
        return any(one not in (0, 0.0) for one in first)
    return any(value is not None and value != first for value in column.values)
