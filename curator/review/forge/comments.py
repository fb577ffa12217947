"""Keep one comment of ours on a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from curator.errors import ForgeError
from curator.review.markdown import MARK, is_news
from curator.values import NamedTuple

__all__ = ["ForgeComment", "Thread", "publish"]

_GONE = (404, 410)


class ForgeComment(NamedTuple):
    """A comment: its id, which grows with time, the name of its author, and its text."""

    id: int
    author: str
    body: str


class Thread(Protocol):
    """The comments of one pull request.

    Every method raises `ForgeError`; its ``status`` is 404 or 410 where the comment is gone.
    """

    @property
    def author(self) -> str:
        """Who writes our comments."""

    def comments(self) -> Iterator[ForgeComment]:
        """Give all comments."""

    def create(self, body: str) -> ForgeComment:
        """Write a new comment."""

    def update(self, comment: int, body: str) -> None:
        """Replace the text of a comment."""

    def delete(self, comment: int) -> None:
        """Remove a comment."""


def publish(thread: Thread, body: str) -> str:
    """Let ``body`` be the one scoreboard of a pull request, and return a sentence about it.

    A comment is ours if we wrote it and its first line is `MARK`; whoever else writes that line keeps the
    comment. The oldest of ours is kept and updated, all others are removed. After writing the first one we
    look again: of two runs that write at the same time at least the later one sees both.
    """
    if said := _settle(thread, _ours(thread.comments(), thread.author), body):
        return said
    if not is_news(body):
        return "Nothing changed and nothing was found: there is no comment."
    made = thread.create(body)
    both = {made.id: made, **{one.id: one for one in _ours(thread.comments(), made.author)}}
    _settle(thread, [both[number] for number in sorted(both)], body)
    return "Wrote the comment."


def _ours(comments: Iterable[ForgeComment], author: str) -> list[ForgeComment]:
    found = [
        one
        for one in comments
        if one.author == author and one.body.lstrip().partition("\n")[0].strip() == MARK
    ]
    return sorted(found)


def _settle(thread: Thread, comments: Sequence[ForgeComment], body: str) -> str:
    """Write ``body`` into the first comment that still exists, and remove the others."""
    said = ""
    for comment in comments:
        try:
            if said:
                thread.delete(comment.id)
            elif _plain(comment.body) == _plain(body):
                said = "The comment is up to date."
            else:
                thread.update(comment.id, body)
                said = "Updated the comment."
        except ForgeError as error:
            if error.status not in _GONE:
                raise
    return said


def _plain(body: str) -> str:
    return body.replace("\r\n", "\n").strip()
