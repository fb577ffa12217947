"""The examples in a rule's text: fragments to be laid over a good file."""

from __future__ import annotations

from collections.abc import Iterator

from curator.values import dataclass

__all__ = ["Example", "RuleText", "parse_text"]


@dataclass(frozen=True, slots=True)
class Example:
    """One fragment.

    Parameters
    ----------
    kind : {"Bad", "Good"}
    about : str
        Dataset type and profile it is about, as written in brackets; empty for the usual ones.
    lines : tuple of str
        Lines that replace those of the same keyword, column or key in a good file. ``path:``, ``link:``,
        ``size:`` and ``unmerged:`` say where and what the file is instead, ``bug:`` what curator does with
        it. For rules about several files, ``file:`` begins the lines of a good file at its path, ``text:``
        those of a file of nothing else.
        ``config:`` is a line of ``curator.yaml``. For rules about changes, ``before:`` and ``after:`` begin
        the lines that the file at a path has in the commit before and in the one after; ``remove:``,
        ``rename:`` and ``mode:`` say what happens to a file, ``tag:`` is a tag of the commit before,
        ``subject:`` what the one after says.
    """

    kind: str
    about: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule's docstring, taken apart."""

    explanation: str
    examples: tuple[Example, ...]


def parse_text(text: str) -> RuleText:
    """Take the docstring of a rule apart: paragraphs, then ``Bad::`` and ``Good::`` with indented lines."""
    explanation: list[str] = []
    blocks: list[tuple[str, str, list[str]]] = []
    for line in text.split("\n"):
        label, brackets, about = line.removesuffix("::").partition(" (")
        if line.endswith("::") and label in ("Bad", "Good"):
            blocks.append((label, about.removesuffix(")") if brackets else "", []))
        elif blocks:
            blocks[-1][2].append(line.removeprefix("    "))
        else:
            explanation.append(line)
    examples = tuple(Example(kind, about, tuple(_trimmed(lines))) for kind, about, lines in blocks)
    return RuleText("\n".join(explanation).strip(), examples)


def _trimmed(lines: list[str]) -> Iterator[str]:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if filled:
        yield from lines[filled[0] : filled[-1] + 1]
