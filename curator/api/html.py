"""Values as HTML for notebooks: every text is escaped, and nothing is loaded or run.

All colours are those of the page, stronger or weaker, so that a light page and a dark page both read well.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape as html_escape

from curator.api.text import unread as unread_text
from curator.formats.files.terminal_escape import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.errors import CuratorError

__all__ = [
    "Markup",
    "code",
    "commit",
    "date",
    "fold",
    "joined",
    "listing",
    "muted",
    "note",
    "picture",
    "problem",
    "table",
    "tag",
    "titled",
    "unread",
]

# Rows of a table that are shown, before the rest is counted.
SHOWN = 60
_CELL = "text-align:left;vertical-align:top;padding:.15em 1em .15em 0"
_MUTED = "opacity:.7"
_CODE = "font-family:monospace;white-space:pre-wrap;overflow-wrap:anywhere"


class Markup(str):
    """HTML that was made here; any other text is escaped before it stands in a page."""

    __slots__ = ()


def _safe(text: object) -> str:
    return text if isinstance(text, Markup) else html_escape(escape(str(text), keep="\n"))


def joined(parts: Iterable[object], between: str = "") -> Markup:
    """Return parts behind each other; texts among them are escaped."""
    return Markup(_safe(between).join(map(_safe, parts)))


def tag(name: str, *parts: object, style: str = "") -> Markup:
    """Return an element around parts; texts among them are escaped."""
    styled = f' style="{html_escape(style)}"' if style else ""
    return Markup(f"<{name}{styled}>{joined(parts)}</{name}>")


def code(text: object) -> Markup:
    """Return a text as it stands in a file: a path, a value."""
    return tag("span", text, style=_CODE)


def commit(sha: str) -> Markup:
    """Return the id of a commit, on one line."""
    return tag("span", sha, style="font-family:monospace;white-space:nowrap")


def date(said: str) -> Markup:
    """Return a date, on one line."""
    return tag("span", said, style="white-space:nowrap")


def muted(*parts: object) -> Markup:
    """Return parts in less ink."""
    return tag("span", *parts, style=_MUTED)


def note(*parts: object) -> Markup:
    """Return a line of its own in less ink."""
    return tag("div", *parts, style=_MUTED)


def problem(error: CuratorError) -> Markup:
    """Return an error, with where it is and what to do about it."""
    place = ":".join(str(part) for part in (error.path, error.line, error.column) if part)
    hint = note("hint: ", error.hint) if error.hint else ""
    return tag("div", code(place), ": " if place else "", error.message, hint)


def unread(problems: Sequence[CuratorError]) -> Markup:
    """Return which files cannot be read; nothing if there are none."""
    return note(unread_text(problems)) if problems else joined(())


def picture(svg: str, title: str) -> Markup:
    """Return an SVG as an image: what it contains changes nothing around it."""
    data = b64encode(svg.encode()).decode("ascii")
    alt = html_escape(escape(title))
    return Markup(f'<img alt="{alt}" style="max-width:100%" src="data:image/svg+xml;base64,{data}">')


def titled(title: object, *parts: object) -> Markup:
    """Return parts below a line that says what they are."""
    return tag("div", tag("div", tag("strong", title)), *parts)


def fold(title: object, *parts: object, is_open: bool = False) -> Markup:
    """Return parts that are shown when somebody asks for them."""
    opened = " open" if is_open else ""
    summary = tag("summary", title, style="cursor:pointer")
    return Markup(f"<details{opened}>{summary}{joined(parts)}</details>")


def listing(lines: Iterable[object]) -> Markup:
    """Return lines below each other."""
    return tag("ul", *(tag("li", line) for line in lines), style="margin:.2em 0;padding-left:1.4em")


def table(header: Sequence[object], rows: Iterable[Sequence[object]], *, most: int = SHOWN) -> Markup:
    """Return a table; of more rows than ``most`` the first ones, and how many are left.

    Parameters
    ----------
    header : sequence
        Names of the columns; none if empty.
    """
    every = list(rows)
    head = tag("thead", tag("tr", *(tag("th", one, style=_CELL) for one in header))) if header else ""
    body = tag("tbody", *(tag("tr", *(tag("td", one, style=_CELL) for one in row)) for row in every[:most]))
    left = note(f"and {len(every) - most:,} more") if len(every) > most else ""
    return joined((tag("div", tag("table", head, body), style="overflow-x:auto"), left))
