"""Tell git to merge and to show calibrations through curator, or no longer to."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping

from curator.errors import RepositoryError
from curator.formats.files.bounded_io import MAX_BYTES, read_bounded, write_atomic
from curator.repository.git.command import Git, GitError
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.repository.repository import Repository

__all__ = [
    "ATTRIBUTES",
    "CONFIG",
    "MERGE_DRIVER",
    "Installation",
    "find_program",
    "for_repository",
    "for_user",
    "settings",
]

# Calibrations in YAML are told from other files by their names: those begin with the year.
ATTRIBUTES = ("*.ecsv merge=curator diff=curator", "[0-9]*.yaml merge=curator diff=curator")
# Git has no way back of its own: of a driver that is missing or fails it keeps our side without markers, and
# a command that fails to show a file ends `git diff`. So the lines themselves go on without curator.
# A Python that cannot start ends with 1, as a merge with conflicts does: only that one leaves markers.
# Before 2.44 it leaves %X, %S and %Y, the names of the sides and the base, as they stand.
MERGE_DRIVER = (
    'name() { case "$1" in "%"?|"") echo "$2";; *) printf "%%s\\n" "$1";; esac; }; code=127; '
    "command -v curator >/dev/null && "
    "{ curator git merge-driver %O %A %B %L ./%P %X %S %Y; code=$?; }; "
    "test $code -eq 0 && exit 0; test $code -eq 1 && grep -q '^<<<' %A && exit 1; "
    "echo 'merged by lines: '%P >&2; "
    'git merge-file -q -L "$(name %X ours)" -L "$(name %S base)" -L "$(name %Y theirs)" '
    "--marker-size=%L %A %O %B || exit 1"
)
CONFIG: Mapping[str, str] = {
    "merge.curator.name": "calibrations by keyword, row and cell",
    "merge.curator.driver": MERGE_DRIVER,
    "diff.curator.command": (
        'show() { command -v curator >/dev/null && curator git diff-driver "$@" || '
        'git --no-pager diff --no-ext-diff --no-textconv --no-index -- "$2" "$5" || true; }; show'
    ),
    # Git keeps what it was told, also by cat, until this line changes or `curator git setup` drops it.
    "diff.curator.textconv": 'show() { curator git textconv "$1" 2>/dev/null || cat -- "$1"; }; show',
    "diff.curator.cachetextconv": "true",
}
_NOTES = "refs/notes/textconv/curator"
_BEGIN = "# what `curator git setup` wrote, until the next mark"
_END = "# until here"
_BLOCK = "".join(f"{line}\n" for line in (_BEGIN, *ATTRIBUTES, _END)).encode()


def find_program() -> str:
    """Return the path of curator: that of this Python, else that in the PATH; empty if there is none."""
    from shutil import which

    return which("curator", path=os.path.dirname(sys.executable)) or which("curator") or ""


def settings(program: str) -> dict[str, str]:
    """Return `CONFIG` for a program that is tried before the one in the PATH.

    Git runs in shells whose PATH has no curator, too, and would keep what a fallback showed there.
    """
    if not program:
        return dict(CONFIG)
    first = f'program={shlex.quote(program)}; test -x "$program" || program=curator; '
    found = {}
    for name, value in CONFIG.items():
        by_path = value.replace("command -v curator", 'command -v "$program"')
        by_path = by_path.replace("curator git", '"$program" git')
        # Git reads % in the line of a merge driver.
        start = first.replace("%", "%%") if value is MERGE_DRIVER else first
        found[name] = value if by_path == value else start + by_path
    return found


@dataclass(frozen=True, slots=True)
class Installation:
    """Where git reads settings and attributes from: of one repository, or of one user.

    Parameters
    ----------
    git : Git
    scope : str
        ``--local`` or ``--global``.
    attributes : str
        The file of attributes that nobody commits.
    """

    git: Git
    scope: str
    attributes: str

    def add(self) -> bool:
        """Write what is missing, and return whether anything was.

        What git kept of the texts of calibrations is dropped: it may come from a time without curator.
        Attributes come first in their file: what people wrote there has the last word.
        """
        wanted = settings(find_program())
        missing = [name for name, value in wanted.items() if self._get(name) != value]
        for name in missing:
            self.git.run("config", self.scope, "--replace-all", name, wanted[name])
        self._drop_texts()
        was = self._attributes()
        now = _BLOCK + _without_block(was)
        if now != was:
            os.makedirs(os.path.dirname(self.attributes), exist_ok=True)
            write_atomic(self.attributes, now)
        return bool(missing) or now != was

    def remove(self) -> bool:
        """Take away what `add` wrote, and what git kept of it, and return whether there was anything."""
        was = self._attributes()
        now = _without_block(was)
        if was and not now:
            os.unlink(self.attributes)
        elif now != was:
            write_atomic(self.attributes, now)
        known = [name for name in CONFIG if self._get(name)]
        for name in known:
            self.git.run("config", self.scope, "--unset-all", name)
        self._drop_texts()
        return bool(known) or now != was

    def _drop_texts(self) -> None:
        if self.scope == "--local":
            self.git.run("update-ref", "-d", _NOTES)

    def _get(self, name: str) -> str:
        try:
            return self.git.run("config", "-z", self.scope, "--get", name).decode("utf-8", "replace")[:-1]
        except GitError:
            return ""

    def _attributes(self) -> bytes:
        if not os.path.lexists(self.attributes):
            return b""
        return read_bounded(self.attributes, MAX_BYTES)


def for_repository(repository: Repository) -> Installation:
    """Return where one repository's settings are; all its work trees share them."""
    folder = os.path.join(os.path.realpath(repository.commondir), "info")
    return Installation(repository.git, "--local", os.path.join(folder, "attributes"))


def for_user() -> Installation:
    """Return where the user's settings are.

    Raises
    ------
    RepositoryError
        There is no home directory.
    """
    home = os.path.expanduser("~")
    if not os.path.isdir(home):
        raise RepositoryError("there is no home directory to keep settings in", hint="set HOME")
    git = Git(home, bare=True)
    try:
        named = git.run("config", "-z", "--global", "--type=path", "--get", "core.attributesFile")[:-1]
    except GitError:
        named = b""
    settings = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    path = os.fsdecode(named) or os.path.join(settings, "git", "attributes")
    # People keep such files in another place and link them.
    return Installation(git, "--global", os.path.realpath(path))


def _without_block(raw: bytes) -> bytes:
    """Return a file without the lines between the marks, whatever they are."""
    before, begin, rest = raw.partition(f"{_BEGIN}\n".encode())
    _, end, after = rest.partition(f"{_END}\n".encode())
    return before + after if begin and end else raw
