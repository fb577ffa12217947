"""Where in a file's characters a keyword is replaced, inserted or taken out, in every form headers have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from curator.errors import FormatError
from curator.formats.edit.new_file import property_type
from curator.formats.edit.source_spans import Span, header_spans, require_plain_lines
from curator.formats.yaml.tags import PROPERTY_LIST
from curator.formats.yaml.writer import as_quoted, flow, key_text, scalar

__all__ = ["HeaderEditor"]

_WIDTH = 130


_Edit = tuple[int, int, str]


class _Entry(NamedTuple):
    """A keyword's parts; ``whole`` is the list item or map entry that holds them."""

    key: Span
    value: Span
    whole: Span
    kind: Span | None = None


class HeaderEditor:
    """The header of one file, as characters.

    Parameters
    ----------
    path : str
    raw : bytes
        A file that `read_document` has read.
    """

    def __init__(self, path: str, raw: bytes) -> None:
        self.path = path
        self.text = raw.decode()
        self.ecsv = path.endswith(".ecsv")
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        self.starts = [0]
        for line in self.text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        name = "meta" if self.ecsv else "metadata"
        if self.ecsv:
            from curator.formats.ecsv.header_text import header_text

            head = header_text(self.text.replace("\r\n", "\n"))
            root = header_spans("\n".join(head.lines), name, head.origin, ecsv=True)
        else:
            require_plain_lines(path, self.text)
            root = header_spans(self.text, name)
        if root is None or root.kind != "map":
            raise FormatError("there is no header to edit", path=path)
        self.root = root
        found = root.get(name)
        self.box = root if found is None and not self.ecsv else found
        self.properties = self.box is not None and self.box.tag == PROPERTY_LIST
        self.entries = self._entries()

    def _entries(self) -> dict[str, _Entry]:
        box = self.box
        found: dict[str, _Entry] = {}
        for key, value in box.entries if box is not None else ():
            if key is not None:
                found[key.text] = _Entry(key, value, Span("entry", key.start, max(key.end, value.end)))
            elif self.properties and len(value.entries) == 4:
                name, kind, content = (value.entries[n][1] for n in range(3))
                found[name.text] = _Entry(name, content, value, kind)
            elif value.kind == "map" and len(value.entries) == 1 and value.entries[0][0] is not None:
                found[value.entries[0][0].text] = _Entry(value.entries[0][0], value.entries[0][1], value)
        return found

    def set(self, changed: Mapping[str, Any], new: Mapping[str, Any], after: str | None = None) -> bytes:
        """Return the file with other values under keywords, and ``new`` keywords behind ``after``."""
        edits = [edit for key, value in changed.items() for edit in self._replacing(key, value)]
        return self._apply([*edits, *(self._inserting(new, after) if new else ())])

    def _replacing(self, key: str, value: Any) -> list[_Edit]:
        entry = self._entry(key)
        edits: list[_Edit] = []
        if entry.kind is not None:
            kind = property_type(key, value)
            if not _fits(entry.kind.text, kind):
                edits.append((self._at(entry.kind.start), self._at(entry.kind.end), kind))
        old = entry.value
        # Inside a flow collection, or where an item cannot be spread over lines.
        inline = self._in_flow(entry) or entry.kind is not None
        if _texts(value) and not inline:
            edits.append(self._as_lines(entry, value))
        elif old.kind == "scalar" or old.flow:
            text = as_quoted(value, old.style) or (
                flow(value) if inline or isinstance(value, (list, dict, tuple)) else scalar(value)
            )
            start = self._at(old.start)
            lead = " " if self.text[start - 1 : start] not in (" ", "[", "") else ""
            edits.append((start, self._at(old.end), lead + text))
        else:
            edits.append(
                (self._key_end(entry), self._line_end(old.end[0]), self._after_key(entry) + flow(value))
            )
        return edits

    def rename(self, key: str, new: str) -> bytes:
        """Return the file with another name for a keyword; its value and comments stay as they are."""
        span = self._entry(key).key
        start, end = self._at(span.start), self._at(span.end)
        quote = self.text[start : start + 1]
        text = key_text(new, in_flow=True)
        if quote in ("'", '"') and text == new:
            text = f"{quote}{new}{quote}"
        return self._apply([(start, end, text)])

    def append(self, key: str, item: Any) -> bytes:
        """Return the file with one item more in the list under a keyword."""
        old = self._entry(key).value
        if old.kind != "list":
            raise FormatError(f"{key} is not a list", path=self.path, keyword=key)
        if not old.flow:
            prefix = self._line(old.entries[-1][1].start[0])[: old.entries[-1][1].start[1]]
            if "-" not in prefix:
                raise FormatError(
                    f"the list {key} is written in a form that curator cannot edit",
                    path=self.path,
                    keyword=key,
                )
            text = self.newline + self._continued(prefix[: prefix.rindex("-")]) + "- " + scalar(item)
            end = self._line_end(old.end[0])
            return self._apply([(end, end, text)])
        if not old.entries:
            return self._apply([(self._at(old.start), self._at(old.end), flow([item]))])
        at = self._at(old.entries[-1][1].end)
        return self._apply([(at, at, self._separator(at, flow(item)) + flow(item))])

    def remove(self, key: str) -> bytes:
        """Return the file without a keyword."""
        entry = self._entry(key)
        box = self.box
        assert box is not None
        if not box.flow:
            return self._apply(
                [(self.starts[entry.whole.start[0]], self._after_line(entry.whole.end[0]), "")]
            )
        order = list(self.entries)
        number = order.index(key)
        start, end = entry.whole.start, entry.whole.end
        if number + 1 < len(order):
            end = self.entries[order[number + 1]].whole.start
        elif number:
            start = self.entries[order[number - 1]].whole.end
        return self._apply([(self._at(start), self._at(end), "")])

    def _inserting(self, new: Mapping[str, Any], after: str | None) -> list[_Edit]:
        """Return what puts keywords behind ``after``, or at the end."""
        box = self.box
        if box is None or (box.kind == "scalar" and self.ecsv):
            return self._first(new)
        if not self.entries:
            if not box.flow:
                raise FormatError("there is no header to edit", path=self.path)
            opened = "[" if box.kind == "list" else "{"
            inner = ", ".join(self._one_line(key, value) for key, value in new.items())
            return [
                (self._at(box.start), self._at(box.end), f"{opened}{inner}{'}' if opened == '{' else ']'}")
            ]
        last = self.entries[after] if after is not None else list(self.entries.values())[-1]
        if box.flow:
            at = self._at(last.whole.end)
            added = ""
            for key, value in new.items():
                text = self._one_line(key, value)
                added += self._separator(at, text, added) + text
            return [(at, at, added)]
        lead = self._line(last.whole.start[0])[: last.whole.start[1]]
        lines = [line for key, value in new.items() for line in self._lines(key, value, last)]
        continued = self._continued(lead)
        if box.kind == "list":
            # The lead ends with the item's dash, which the lines have themselves.
            continued = continued[: lead.rindex("-")]
        end = self._line_end(last.whole.end[0])
        return [(end, end, "".join(self.newline + continued + line for line in lines))]

    def _first(self, new: Mapping[str, Any]) -> list[_Edit]:
        """Insert the first keywords of an ECSV file that has none."""
        lines = [line for key, value in new.items() for line in _omap_lines(key, value)]
        if self.box is not None:
            start, end = self._at(self.box.start), self._line_end(self.box.end[0])
            lead = self._line(self.box.start[0])[: self.root.start[1]]
            space = "" if self.text[start - 1] == " " else " "
            body = f"{space}!!omap" + "".join(self.newline + lead + line for line in lines)
            return [(start, end, body)]
        key, value = next(
            (key, value) for key, value in self.root.entries if key is not None and key.text == "datatype"
        )
        lead = self._line(key.start[0])[: key.start[1]]
        end = self._line_end(max(key.end, value.end)[0])
        body = "".join(self.newline + lead + line for line in ["meta: !!omap", *lines])
        return [(end, end, body)]

    def _lines(self, key: str, value: Any, like: _Entry) -> list[str]:
        """Return the lines of a new block entry in the form of its neighbour."""
        assert self.box is not None
        if self.properties:
            shown = flow(value) if isinstance(value, (list, dict, tuple)) else scalar(value)
            return [f"- - {scalar(key)}", f"  - {property_type(key, value)}", f"  - {shown}", "  - ''"]
        if self.box.kind == "list":
            if like.whole.flow and not _texts(value):
                return ["- {" + self._one_line(key, value) + "}"]
            return _omap_lines(key, value)
        return [line[2:] for line in _omap_lines(key, value)]

    def _one_line(self, key: str, value: Any) -> str:
        assert self.box is not None
        if self.properties:
            return flow([key, property_type(key, value), value, ""])
        text = f"{key_text(key, in_flow=True)}: {flow(value)}"
        return "{" + text + "}" if self.box.kind == "list" and self.box.flow else text

    def _as_lines(self, entry: _Entry, value: list[str]) -> tuple[int, int, str]:
        """Return the edit that writes a list of texts, a line for each, below its key."""
        first = entry.value.entries[0][1] if entry.value.kind == "list" and not entry.value.flow else None
        if first is not None:
            prefix = self._line(first.start[0])[: first.start[1]]
            prefix = self._continued(prefix[: prefix.rindex("-")])
        else:
            prefix = self._continued(self._line(entry.key.start[0])[: entry.key.start[1]])
        body = "".join(self.newline + prefix + "- " + scalar(one) for one in value)
        return self._key_end(entry), self._line_end(entry.value.end[0]), body

    # Characters

    def _entry(self, key: str) -> _Entry:
        try:
            return self.entries[key]
        except KeyError:
            raise FormatError(
                f"{key} is written in a form that curator cannot edit",
                path=self.path,
                keyword=key,
                hint="use a text editor",
            ) from None

    def _in_flow(self, entry: _Entry) -> bool:
        return self.box is not None and (self.box.flow or (entry.whole.kind == "map" and entry.whole.flow))

    def _separator(self, at: int, text: str, added: str = "") -> str:
        """Return the comma between ``added`` and ``text``, with a line break where it would be too long."""
        start = self.text.rfind("\n", 0, at) + 1
        length = len(added) - added.rfind("\n") - 1 + (0 if "\n" in added else at - start)
        if length + len(text) + 2 <= _WIDTH:
            return ", "
        line = self.text[start:at]
        lead = self._continued(line[: len(line) - len(line.lstrip("# "))])
        return f",{self.newline}{lead}{'' if lead.endswith('  ') else '  '}"

    def _continued(self, prefix: str) -> str:
        """Return a line's lead with blanks for all but the comment mark of an ECSV header."""
        mark = prefix.find("#") + 1 if self.ecsv else 0
        return prefix[:mark] + " " * (len(prefix) - mark)

    def _after_key(self, entry: _Entry) -> str:
        return " " if self.text[self._key_end(entry) - 1] == ":" else ": "

    def _key_end(self, entry: _Entry) -> int:
        end = self._at(entry.key.end)
        return self.text.index(":", end) + 1

    def _at(self, position: tuple[int, int]) -> int:
        line, column = position
        return min(self.starts[line] + column, self._line_end(line))

    def _line(self, number: int) -> str:
        return self.text[self.starts[number] : self._line_end(number)]

    def _line_end(self, number: int) -> int:
        end = min(self.starts[number + 1] - 1, len(self.text))
        return end - 1 if self.text[end - 1 : end] == "\r" else end

    def _after_line(self, number: int) -> int:
        return min(self.starts[number + 1], len(self.text))

    def _apply(self, edits: list[_Edit]) -> bytes:
        text = self.text
        # From the end on; of two at one place the first stands first.
        ordered = sorted(edits, key=lambda one: one[:2])
        for start, end, new in reversed(ordered):
            text = text[:start] + new + text[end:]
        return text.encode()


def _omap_lines(key: str, value: Any) -> list[str]:
    from curator.formats.edit.new_file import keyword_lines

    return keyword_lines(key, value)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


_KINDS = {
    "Bool": "Bool",
    "String": "String",
    "DateTime": "String",
    "Float": "Double",
    "Double": "Double",
    "Undef": "Undef",
}


def _fits(old: str, new: str) -> bool:
    """Return whether a PropertyList's type name holds for a value whose own would be ``new``."""
    whole = ("Int", "LongLong")
    return _KINDS.get(old, "Int") == ("Int" if new in whole else new) and not (
        old == "Int" and new == "LongLong"
    )
