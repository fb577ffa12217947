"""The words and shapes that make a sentence hard to read, each with an example and a plain replacement."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Habit(NamedTuple):
    pattern: str
    example: str
    write: str


HABITS = (
    Habit(r"\bshall\b", "files shall have a date", "must, will"),
    Habit(r"\bset(?:s|ting)? right\b", "set right the mistakes", "fix"),
    Habit(r"\bmend(?:s|ed|ing)?\b", "mend the file", "fix"),
    Habit(r"\btakes? (?:(?:it|them|that) )?(?:out|away)\b", "take VALIDEND out, take it out", "remove"),
    Habit(r"\b(?:left out|leaves? (?:it|them|one) out)\b", "files are left out", "skip, remove"),
    Habit(r"\bputs? back\b", "two files put back", "restore"),
    Habit(r"\banew\b", "write it anew", "again"),
    Habit(r"\bgrave\b", "at least as grave", "severity"),
    Habit(r"\b(?:un)?remark(?:able|ed)\b", "what is remarkable", "reported, a finding"),
    Habit(r"\bseen from where\b", "seen from where you are", "relative to"),
    Habit(r"\bwithout a word\b", "it fails without a word", "silently"),
    Habit(r"\bwhoever\b", "whoever reads it", "a reader who"),
    Habit(r"\bbelieve[sd]?\b", "a result is believed", "trust, use"),
    Habit(r"\bblanks?\b(?!>)", "a blank too many", "space"),
    Habit(r"\bwork trees?\b", "the work tree", "working tree"),
    Habit(r"\b(?:there|gone) already\b", "three there already", "already exists"),
    Habit(r"\b(?:called|begins?|named) so\b", "files called so", "a name, a prefix"),
    Habit(r"\bthe same thing\b", "files for the same thing", "the same type and data ID"),
    Habit(r"\b(?:t?he|their) like\b", "tabs and the like", "similar"),
    Habit(r"\bcurator's\.?$|\bof curator's\b", "a label of curator's", "of curator"),
    Habit(r"\bjudge[sd]? by\b", "judged by its rules", "checked with"),
    Habit(r"\bstands? (?:twice|alone|beside|below|behind|under|where|in)\b", "the key stands twice", "is"),
    Habit(r"\bto be (?:used|looked|read|taken|had)\b", "not to be used", "must not be used, to use"),
    Habit(
        r"(?<![Tt]here )\bis no (?!longer|more|less|need)[a-z]",
        "this is no baseline",
        "is not a",
    ),
    Habit(r"(?:^|[.:] )Of (?:a|an|the|all|what|each|many)\b", "Of a type it says more.", "subject first"),
    Habit(
        r"(?:^|[.] )What \w[^?.:]*\b(?:is|are|have|has|does|do)\b[^?.:]*\.(?: |$)",
        "What Butlers have no dates for is refused.",
        "a noun as the subject",
    ),
    Habit(r"\b(?:such|another|alike)[.;](?: |$)", "the range of another.", "a noun at the end"),
)
_ANY = re.compile("|".join(f"(?:{one.pattern})" for one in HABITS), re.MULTILINE)
_PATTERNS = tuple((re.compile(one.pattern, re.MULTILINE), one) for one in HABITS)

# The words that the glossary explains, and the anchor of each.
TERMS = {
    "butler": re.compile(r"\bButlers?\b"),
    "dmtn-148": re.compile(r"\bDMTN-148\b"),
    "gen2": re.compile(r"\bGen2\b"),
    "profile": re.compile(r"\b[Pp]rofiles?\b"),
    "certify": re.compile(r"\b[Cc]ertif(?:y|ies|ied)\b"),
    "label": re.compile(r"\b[Ll]abels?\b"),
}
_HIDDEN = re.compile(
    r"^```.*?^```|^ {4}.*?$|^#.*?$|`[^`\n]*`|\[[^\]]*\]\((?![^)]*glossary\.md#)[^)]*\)",
    re.DOTALL | re.MULTILINE,
)
_LINK = re.compile(r"\[[^\]]*\]\([^)]*glossary\.md#([\w-]+)\)")


def habits_in(text: str) -> Iterator[tuple[int, str, Habit]]:
    """Yield where a text has a bad habit, with the words that show it."""
    if _ANY.search(text):
        for pattern, habit in _PATTERNS:
            for found in pattern.finditer(text):
                yield found.start(), found.group().strip(), habit


def said_by(path: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of every message of a module, or of every paragraph of a page."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if not path.endswith(".py"):
        yield from _paragraphs(text)
        return
    spoken = re.sub(r'^\s*(?:r?"""(?:(?!""").)*"""|#[^\n]*)$', "", text, flags=re.DOTALL | re.MULTILINE)
    flat = " ".join(re.sub(r"[\"']\s*\n\s*f?[\"']", "", spoken).split()).replace('"', "\n")
    if not _ANY.search(flat):
        return
    tree = ast.parse(text)
    skipped = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped.update(map(id, node.values))
            parts = [str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values]
            yield node.lineno, " ".join("".join(parts).split())
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and " " in node.value
            and id(node) not in skipped
        ):
            yield node.lineno, " ".join(node.value.split())


def unlinked_terms(path: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the first use of each term of the glossary that does not lead there, with its line."""
    prose = _HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    links = {(found.start(), found.end()): found[1] for found in _LINK.finditer(prose)}
    for anchor, pattern in TERMS.items():
        first = pattern.search(prose)
        if first and not any(
            start <= first.start() < end and name == anchor for (start, end), name in links.items()
        ):
            yield prose.count("\n", 0, first.start()) + 1, f"{first.group()} -> glossary.md#{anchor}"


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    lines: list[str] = []
    for number, line in enumerate([*re.sub(r"`[^`\n]*`", "``", text).splitlines(), ""], 1):
        if line.strip() and not line.startswith(("|", "#")):
            lines.append(line.strip())
            continue
        if lines:
            yield number - len(lines), " ".join(lines)
        lines = []
        if line.strip():
            yield number, line.strip()


@cache
def tracked(*patterns: str) -> tuple[str, ...]:
    """Return the files of the checkout that are in git, below some paths."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z", "--", *patterns]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(one for one in found.split("\0") if one and (ROOT / one).is_file())
