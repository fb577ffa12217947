"""YAML through PyYAML's event parser: any form, and no text can crash it, expand in it or run in it.

PyYAML's composer recurses, in C, so a file of thirty thousand brackets ends the process. Events come
one by one; this module builds the value from them with a stack of its own, and stops at the first alias
(but those of a few values that astropy writes), unknown tag or repeated key, at depth 100 and at a million
nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curator.errors import FormatError
from curator.formats.yaml.positions import MOST_PLACED, ListNode, MapNode, as_map, pack
from curator.formats.yaml.resolve_scalar import resolve
from curator.formats.yaml.strict_flow import MAX_ENTRIES
from curator.formats.yaml.tags import PROPERTY_LIST, DuplicateKey, NoEntry, Tagged, construct
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

__all__ = ["MAX_DEPTH", "MAX_NODES", "Built", "build"]

MAX_DEPTH = 100
MAX_NODES = 1_000_000
# Whole numbers below this hash to themselves; larger ones can be chosen so that a map takes quadratic time.
LARGEST_KEY = 1 << 60

# Where astropy writes aliases, and how many values one of them may stand for: a unit has three.
_SERIALIZED = "__serialized_columns__"
_MOST_REPEATED = 20
_STANDARD = "tag:yaml.org,2002:"
_PLAIN_COLLECTIONS: dict[type, str] = {list: _STANDARD + "seq", dict: _STANDARD + "map"}
_OMAPS = (_STANDARD + "omap", _STANDARD + "pairs")
_INERT = ("!astropy.", "!numpy.", _STANDARD + "python/complex", _STANDARD + "python/unicode")


class Built(NamedTuple):
    """A value, the places in it if asked for, and whether astropy must construct it."""

    value: Any
    node: MapNode | ListNode | None
    inert: bool


class _Anchored(NamedTuple):
    """A value that an alias may repeat: what it takes of the limit on values, and its places."""

    value: Any
    node: Any
    packed: int
    nodes: int


class _Frame:
    __slots__ = ("anchor", "began", "key", "mark", "marks", "node", "seen", "tag", "value")

    def __init__(self, value: Any, node: Any, tag: str | None, mark: Any) -> None:
        self.anchor: str | None = None
        self.began = (0, 0)  # values and aliases before it
        self.value = value
        self.node = node
        self.tag = tag
        self.mark = mark
        # Of a list with a tag, which may be one of keywords: where each item stands.
        self.marks: list[Any] | None = None if tag is None else []
        self.key: Any = None
        self.seen = False  # a key waits for its value


class _Builder:
    def __init__(
        self,
        path: str,
        tags: dict[str, Any],
        want_places: bool,
        origin: Sequence[tuple[int, int]] | None,
        ecsv: bool,
    ) -> None:
        self.path = path
        self.tags = tags
        self.want_places = want_places
        self.origin = origin
        self.ecsv = ecsv
        self.inert = False
        self.stack: list[_Frame] = []
        self.root: Any = None
        self.root_node: Any = None
        self.nodes = 0
        self.placed = 0
        self.anchors: dict[str, _Anchored] = {}
        self.aliases = 0

    def place(self, mark: Any) -> tuple[int, int]:
        """Return the 1-based line and column of a mark, in the file that the YAML text was taken from."""
        line, column = mark.line, mark.column
        if self.origin is None:
            return line + 1, column + 1
        if not self.origin:
            return 1, 1
        file_line, shift = self.origin[min(line, len(self.origin) - 1)]
        return file_line, column + shift + 1

    def fail(
        self, message: str, mark: Any, *, code: str = "CUR001", hint: str = "", value: object = None
    ) -> NoReturn:
        line, column = self.place(mark)
        raise FormatError(
            message, code=code, path=self.path, line=line, column=column, hint=hint, value=value
        )

    def refuse(self, error: Any) -> NoReturn:
        """Raise what the parser says, at what is wrong and not where it was noticed."""
        mark = error.problem_mark or error.context_mark
        problem = f"not YAML: {(error.problem or error.context or 'cannot be parsed').strip():.200}"
        if mark is None:
            raise FormatError(problem, path=self.path, line=1) from None
        begin = error.context_mark
        if begin is not None and begin.line < mark.line:
            if (error.context or "").endswith(("simple key", "quoted scalar")):
                self.fail(problem, begin)
            if "flow" in (error.context or ""):
                problem += f"; the value that starts in line {self.place(begin)[0]} is not closed"
        self.fail(problem, mark)

    def packed(self, start: Any, end: Any) -> int:
        line, column = self.place(start)
        length = end.column - start.column if end.line == start.line else 0
        return pack(line, column, column + length)

    def count(self, mark: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.fail(f"more than {MAX_NODES:,} values", mark, code="CUR014")

    def open(self, value: Any, event: Any) -> None:
        mark = event.start_mark
        self.count(mark)
        if len(self.stack) >= MAX_DEPTH:
            self.fail(f"nested deeper than {MAX_DEPTH}", mark, code="CUR014")
        if self.stack and type(self.stack[-1].value) is dict and not self.stack[-1].seen:
            self.fail("a key of a map must be a plain value, not a list or map", mark)
        tag = event.tag
        if tag in (None, "!", _PLAIN_COLLECTIONS[type(value)]):
            tag = None
        else:
            self.check_tag(tag, mark)
        node: Any = None
        if self.want_places and self.placed < MOST_PLACED:
            self.placed += 1
            node = (MapNode if type(value) is dict else ListNode)(self.packed(mark, event.end_mark))
        frame = _Frame(value, node, tag, mark)
        frame.anchor, frame.began = event.anchor, (self.nodes - 1, self.aliases)
        self.stack.append(frame)

    def is_serialized(self) -> bool:
        """Return whether what comes next is astropy's: it repeats what two columns share by an alias."""
        return self.ecsv and any(frame.seen and frame.key == _SERIALIZED for frame in self.stack)

    def alias(self, event: Any) -> None:
        """Repeat a small value of astropy's; every other alias is refused."""
        mark = event.start_mark
        found = self.anchors.get(event.anchor) if self.is_serialized() else None
        if found is None or not (type(self.stack[-1].value) is list or self.stack[-1].seen):
            self.fail(
                f"alias *{event.anchor:.40} is not allowed",
                mark,
                code="CUR014",
                hint="write the value itself",
            )
        self.aliases += 1
        self.nodes += found.nodes
        self.count(mark)
        self.attach(found.value, mark, found.packed, found.node)

    def check_tag(self, tag: str, mark: Any) -> None:
        if tag in self.tags or tag == _STANDARD + "set" or (self.ecsv and tag.startswith(_INERT)):
            return
        shown = tag.replace(_STANDARD, "!!")
        runs = shown.startswith("!!python/")
        known = "units and serialized columns" if self.ecsv else "PropertyList, tuple, Box2I and Point2I"
        self.fail(
            f"YAML tag {shown:.80} {'would run code' if runs else 'is not known'}",
            mark,
            code="CUR012",
            value=shown[:80],
            hint=f"only {known} are supported; write a plain mapping or list",
        )

    def close(self) -> None:
        frame = self.stack.pop()
        value, node = frame.value, frame.node
        if frame.tag is not None:
            try:
                value = self.constructed(frame.tag, value)
            except DuplicateKey as error:
                mark = frame.marks[error.index] if frame.marks else frame.mark
                self.fail(str(error), mark, code="CUR015", value=error.key)
            except NoEntry as error:
                self.fail(str(error), frame.marks[error.index] if frame.marks else frame.mark)
            except ValueError as error:
                self.fail(str(error), frame.mark)
            if node is not None and frame.tag == PROPERTY_LIST:
                node = as_map(node, (0, 2), list(value))
            elif node is not None and frame.tag in _OMAPS and type(value) is dict:
                node = as_map(node)
        packed = node.place if node is not None else pack(*self.place(frame.mark), 0)
        nodes, aliases = self.nodes - frame.began[0], self.aliases - frame.began[1]
        # Without an alias in it, a value cannot grow by being repeated.
        if frame.anchor is not None and nodes <= _MOST_REPEATED and not aliases and self.is_serialized():
            self.anchors[frame.anchor] = _Anchored(value, node, packed, nodes)
        self.attach(value, frame.mark, packed, node)

    def constructed(self, tag: str, value: Any) -> Any:
        if tag in self.tags:
            return construct(self.tags, tag, value)
        if tag == _STANDARD + "set":
            if type(value) is not dict:
                raise ValueError("a set is written as a map")
            return set(value)
        self.inert = True
        return Tagged(tag, value)

    def scalar(self, event: Any) -> None:
        mark = event.start_mark
        self.count(mark)
        as_key = bool(self.stack) and type(self.stack[-1].value) is dict and not self.stack[-1].seen
        text, tag = event.value, event.tag
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                self.fail("an escaped half of a character pair is not text", mark, code="CUR003")
        try:
            if tag is None or tag == "!":
                # Of a value with the tag `!` PyYAML decides as of one without, whatever its quotes.
                implicit = event.implicit[0] or tag == "!"
                value = resolve(text) if implicit and not (as_key and text == "=") else text
            else:
                value = self.tagged_scalar(tag, text, event)
        except (ValueError, OverflowError) as error:
            if as_key and text == "<<":
                self.fail(
                    "a merge key (<<) is not supported",
                    mark,
                    code="CUR014",
                    hint="write the entries themselves",
                )
            self.fail(f"{text[:60]!r} is not a value: {error!s:.200}", mark, value=text[:60])
        packed = self.packed(mark, event.end_mark) if self.want_places else 0
        self.attach(value, mark, packed, None)

    def tagged_scalar(self, tag: str, text: str, event: Any) -> Any:
        if tag == _STANDARD + "str":
            return text
        import yaml

        if tag.startswith(_STANDARD) and tag in yaml.SafeLoader.yaml_constructors and tag not in self.tags:
            if len(text) > 1000 and tag in (_STANDARD + "int", _STANDARD + "float"):
                raise ValueError(f"a number of {len(text)} characters")
            try:
                constructor: Any = yaml.constructor.SafeConstructor()
                return constructor.construct_document(yaml.ScalarNode(tag, text, event.start_mark))
            except (yaml.YAMLError, KeyError, IndexError, AttributeError, TypeError) as error:
                raise ValueError(f"not a {tag.replace(_STANDARD, '!!')}") from error
        self.check_tag(tag, event.start_mark)
        return self.constructed(tag, text)

    def attach(self, value: Any, mark: Any, packed: int, node: Any) -> None:
        if not self.stack:
            self.root, self.root_node = value, node
            return
        frame = self.stack[-1]
        holder, places = frame.value, frame.node
        if type(holder) is list:
            if frame.marks is not None:
                frame.marks.append(mark)
            if places is not None:
                if node is not None:
                    places.children[len(holder)] = node
                places.values.append(packed)
            holder.append(value)
        elif frame.seen:
            frame.seen = False
            holder[frame.key] = value
            if places is not None:
                places.values[frame.key] = packed
                if node is not None:
                    places.children[frame.key] = node
        else:
            self.key(frame, value, mark)
            if places is not None:
                places.keys[value] = packed

    def key(self, frame: _Frame, key: Any, mark: Any) -> None:
        if isinstance(key, (int, float)) and not abs(key) < LARGEST_KEY and key == key:
            self.fail(f"{key!r:.40} is too large a number for a key", mark, code="CUR014")
        if isinstance(key, Tagged):
            self.fail("a key of a map must be a plain value", mark)
        if len(frame.value) >= MAX_ENTRIES:
            self.fail(f"more than {MAX_ENTRIES:,} entries in one map", mark, code="CUR014")
        if key in frame.value:
            self.fail(f"key {key!r:.80} is a duplicate", mark, code="CUR015", value=key)
        frame.key, frame.seen = key, True


def build(
    text: str,
    path: str,
    tags: dict[str, Any],
    *,
    places: bool = False,
    origin: Sequence[tuple[int, int]] | None = None,
    ecsv: bool = False,
    python: bool = False,
) -> Built:
    """Return the value of a YAML text and where its parts stand.

    Parameters
    ----------
    text : str
    path : str
        Named by errors.
    tags : dict
        `YAML_TAGS` or `ECSV_TAGS`.
    places : bool
        Collect places as well.
    origin : sequence of (int, int), optional
        File line, and columns cut off in front, of each line of ``text`` where it is not the file itself.
    ecsv : bool
        Keep astropy's own tags as they stand.
    python : bool
        Use PyYAML's Python scanner, which is what astropy uses, instead of libyaml.

    Raises
    ------
    FormatError
        ``CUR012`` unknown tag, ``CUR014`` alias, merge key, depth or size, ``CUR015`` repeated key, else
        ``CUR001``, with line and column.
    """
    import yaml

    loader: Any = yaml.SafeLoader if python else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(path, tags, places, origin, ecsv)
    handlers: dict[type, Callable[[Any], None]] = {
        yaml.ScalarEvent: builder.scalar,
        yaml.SequenceStartEvent: lambda event: builder.open([], event),
        yaml.MappingStartEvent: lambda event: builder.open({}, event),
        yaml.SequenceEndEvent: lambda _: builder.close(),
        yaml.MappingEndEvent: lambda _: builder.close(),
        yaml.AliasEvent: builder.alias,
    }
    documents = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            if handler := handlers.get(type(event)):
                handler(event)
            elif type(event) is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    builder.fail(
                        "a second YAML document starts here",
                        event.start_mark,
                        hint="write one document per file",
                    )
    except yaml.MarkedYAMLError as error:
        builder.refuse(error)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, max(0, error.position)) + 1 if isinstance(error.position, int) else 1
        raise FormatError(f"not YAML: {error.reason:.200}", path=path, line=line) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise FormatError(f"not YAML: {error!s:.200}", path=path, line=1) from None
    return Built(builder.root, builder.root_node, builder.inert)
