"""Header entries that lost their value, as a blank or quotes are missing."""

from __future__ import annotations

from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.formats.document import Document, Place

__all__ = ["LostValue", "is_slip", "lost_values"]

# So many keywords are looked for by their lines, that stand so far to the right.
_FEW = 4
_DEEPEST = 9


class LostValue(NamedTuple):
    """A key without a value that is none.

    Parameters
    ----------
    place : Place
    keyword : str
        Whose value is lost, or cut off.
    after_comma : bool
        A comma cut it off; else a blank is missing after the colon.
    text : str
        What stands there.
    """

    place: Place
    keyword: str
    after_comma: bool
    text: str


def lost_values(doc: Document) -> Iterator[tuple[tuple[str, ...], LostValue]]:
    """Give the path of every key of a header that is no key."""
    empty = [key for key, value in doc.header.items() if value is None]
    # To know the places in a large file of YAML takes many times what its values take; to know one takes all.
    if len(empty) <= _FEW:
        empty = [key for key in empty if not _has_its_line(doc, key)]
    for key in empty:
        if found := _lost(doc, (key,)):
            yield (key,), found
    for path in doc.unread:
        if len(path) > 1 and (found := _lost(doc, path)):
            yield path, found


def _has_its_line(doc: Document, key: str) -> bool:
    """Whether a line of YAML is of a key and its colon, or has it as an entry of a PropertyList."""
    if doc.format != "yaml":
        return False
    name = key.encode("utf-8", "replace")
    starts = [b"\n" + b" " * number for number in range(_DEEPEST)]
    forms = [name + b": ", name + b":\n", b"- - " + name + b"\n"]
    return any(start + form in doc.raw for start in starts for form in forms)


def is_slip(doc: Document, path: tuple[str, ...]) -> bool:
    """Whether what nobody reads is no key at all."""
    return _lost(doc, path) is not None


def _lost(doc: Document, path: tuple[str, ...]) -> LostValue | None:
    key = path[-1]
    place = doc.at(*path)
    line = doc.line(place.line)
    at = place.column - 1
    if not line.startswith(key, at) or line[at + len(key) :].lstrip().startswith(":"):
        return None  # a keyword that is empty, or stands elsewhere
    before, colon, _ = key.partition(":")
    if colon and before.isidentifier():
        return LostValue(place._replace(end=at + len(key) + 1), before, False, key)
    ahead = line[:at].rstrip()
    if not ahead.endswith(","):
        return None
    keyword = ahead.rpartition(": ")[0].rpartition("{")[2].rpartition(",")[2].strip(" '\"-#")
    text = f"{ahead.rpartition(': ')[2]} {key}"
    return LostValue(place._replace(column=len(ahead), end=len(ahead) + 1), keyword, True, text)
