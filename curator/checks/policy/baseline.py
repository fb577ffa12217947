"""The findings that a repository had before: they are recorded, and do not fail a check.

The record is a text file with one line for each finding::

    lsstCam/defects/r22_s11/20250430T120000.ecsv CUR301 4c1f09a2b7d30e55  # x0 + width = 4102, but …

sorted, so that it reads file by file and a merge touches only what both sides touched. A finding is known
again by its rule, its path, its subject (`Finding.subject`) and the text of its line: not by the number of
the line, nor by the words of the message. ``x3`` behind the digest says that there are three such findings;
of equal lines that a merge left the largest count holds. What follows ``#`` is for people.

Format 1 had the message without its numbers in place of the subject, and a digest of 12 digits. Such lines
still count as long as the message stays as it was; whatever writes the file replaces those it finds again.
"""

from __future__ import annotations

from collections.abc import Mapping

from curator.checks.model.failed_rule import UNJUDGED
from curator.errors import RepositoryError
from curator.values import NamedTuple, dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot

__all__ = [
    "HEADER",
    "Baseline",
    "Key",
    "Recorded",
    "as_word",
    "former_key_of",
    "is_former",
    "key_of",
    "load_baseline",
    "read_baseline",
    "recordable",
    "without_baseline",
]

VERSION = 2
HEADER = f"# curator baseline {VERSION}"
_HEADER_START = "# curator baseline "
_HEADERS = tuple(f"{_HEADER_START}{version}" for version in range(1, VERSION + 1))
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_DIGITS = 16
# Of the digests of format 1.
_FORMER_DIGITS = 12
_MOST_OF_ONE = 1_000_000


class Key(NamedTuple):
    """By what a finding is known again; keys sort as the file does."""

    path: str
    rule: str
    digest: str


class Recorded(NamedTuple):
    """What the file says of a key: how many there are, where it says so, and the whole line."""

    times: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is recorded.

    Parameters
    ----------
    path : str
        Of the file, relative to the repository; empty where there is none.
    entries : mapping of Key to Recorded
    """

    path: str = ""
    entries: Mapping[Key, Recorded] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(entry.times for entry in self.entries.values())

    def following(self, renames: Mapping[str, str]) -> Baseline:
        """Return this baseline for a tree with renamed files, given the old path of each new one.

        What was recorded goes with its file: another one that takes the old path has nothing recorded.
        """
        new = {before: after for after, before in renames.items()}
        moved = {key._replace(path=new.get(key.path, key.path)): one for key, one in self.entries.items()}
        return Baseline(self.path, moved)


def recordable(finding: Finding) -> bool:
    """Return whether a finding belongs into a baseline: a note or a bug of curator does not."""
    return finding.severity != "info" and finding.code != UNJUDGED


def key_of(finding: Finding) -> Key:
    """Return by what a finding is known again when other lines come, go or move."""
    return _key(finding, finding.subject, _DIGITS)


def former_key_of(finding: Finding) -> Key:
    """Return by what format 1 knew a finding again: by the words of its message."""
    return _key(finding, without_numbers(finding.topic), _FORMER_DIGITS)


def is_former(key: Key) -> bool:
    """Return whether format 1 wrote a key."""
    return len(key.digest) == _FORMER_DIGITS


def _key(finding: Finding, about: str, digits: int) -> Key:
    from _blake2 import blake2b

    # The whole file is meant, not its first line.
    source = "" if finding.line <= 1 and not finding.end else " ".join(finding.source.split())
    facts = f"{about}\0{source}".encode("utf-8", "surrogatepass")
    return Key(finding.path, finding.code, blake2b(facts, digest_size=digits // 2).hexdigest())


def without_numbers(text: str) -> str:
    """Return a message with ``#`` for its numbers: counts, lines and places, not the digits of a name."""
    import re

    return re.sub(r"(?<![\w.])[-+]?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?(?!\w)", "#", text)


def load_baseline(snapshot: Snapshot, config: Config) -> Baseline:
    """Return the baseline that ``curator.yaml`` names, an empty one if it names none.

    Raises
    ------
    RepositoryError
        It is missing or invalid; with the line.
    """
    if not config.baseline:
        return Baseline()
    if snapshot.find(config.baseline) is None:
        from curator.repository.layout.config import line_of
        from curator.repository.snapshots.uncommitted import add_hint

        raise RepositoryError(
            f"there is no baseline {config.baseline} in the {snapshot.label}",
            path=config.path,
            line=line_of(config, snapshot, "baseline"),
            keyword="baseline",
            value=config.baseline,
            hint=add_hint(snapshot, config.baseline, "`curator baseline write` makes it"),
        )
    return read_baseline(config.baseline, snapshot.read(config.baseline))


def without_baseline(config: Config) -> Config:
    """Return a configuration that names no baseline, so that recorded findings count too."""
    if not config.baseline:
        return config
    from dataclasses import replace

    return replace(config, baseline="")


def read_baseline(path: str, raw: bytes) -> Baseline:
    """Return what the bytes of a baseline say.

    Raises
    ------
    RepositoryError
        With the line that is wrong.
    """
    try:
        lines = raw.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RepositoryError("the baseline is not UTF-8 text", path=path, line=line) from None
    entries: dict[Key, Recorded] = {}
    for number, text in enumerate(lines, 1):
        if text.startswith(_CONFLICT):
            raise RepositoryError(
                "a merge left the baseline in conflict",
                path=path,
                line=number,
                hint="keep the lines of both sides, then `curator baseline update`",
            )
        if number == 1:
            _check_header(path, text.rstrip("\r"))
        elif text.strip() and not text.startswith("#"):
            key, count = _entry(path, number, text)
            known = entries.get(key)
            if known is None or known.times < count:
                entries[key] = Recorded(count, known.line if known else number, text.rstrip())
    return Baseline(path, entries)


def _check_header(path: str, text: str) -> None:
    version = text.removeprefix(_HEADER_START)
    if text in _HEADERS:
        return
    if text.startswith(_HEADER_START) and version.isdecimal() and len(version) < 9 and int(version) > VERSION:
        raise RepositoryError(
            f"the baseline has format {version}, from a newer version of curator: this one supports "
            f"{VERSION}",
            path=path,
            line=1,
            hint="install a newer curator",
        )
    raise RepositoryError(
        f"this is not a baseline: it begins {text[:40]!r}, not {HEADER!r}",
        path=path,
        line=1,
        hint="is `baseline:` in curator.yaml right? `curator baseline write` makes one",
    )


def _entry(path: str, number: int, text: str) -> tuple[Key, int]:
    words = text.partition(" #")[0].split()
    count = words.pop() if len(words) == 4 else "x1"
    if (
        len(words) == 3
        and _is_code(words[1])
        and len(words[2]) in (_DIGITS, _FORMER_DIGITS)
        and not words[2].strip("0123456789abcdef")
        and count[0] == "x"
        and count[1:].isdecimal()
        and len(count) < 9
        and 0 < int(count[1:]) <= _MOST_OF_ONE
    ):
        return Key(from_word(words[0]), words[1], words[2]), int(count[1:])
    raise RepositoryError(
        f"this is not a record of a finding: {text[:60]!r}",
        path=path,
        line=number,
        hint="a line is PATH CURnnn DIGEST; `curator baseline write` writes the file again",
    )


def _is_code(word: str) -> bool:
    return len(word) == 6 and word.startswith("CUR") and word[3:].isascii() and word[3:].isdecimal()


def as_word(path: str) -> str:
    """Return a path as one word: white space and what cannot be shown as ``%`` and hexadecimal digits."""
    if path.isascii() and path.isprintable() and not set(path) & set(" %#"):
        return path
    return "".join(
        one
        if one.isprintable() and not one.isspace() and one not in "%#"
        else "".join(f"%{byte:02x}" for byte in one.encode("utf-8", "surrogateescape"))
        for one in path
    )


def from_word(word: str) -> str:
    """Undo `as_word`."""
    if "%" not in word:
        return word
    first, *parts = word.split("%")
    raw = bytearray(first.encode("utf-8", "surrogateescape"))
    for part in parts:
        digits = part[:2]
        if len(digits) == 2 and not digits.strip("0123456789abcdefABCDEF"):
            raw.append(int(digits, 16))
            part = part[2:]
        else:
            raw += b"%"
        raw += part.encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "surrogateescape")
