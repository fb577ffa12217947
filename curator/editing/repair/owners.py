"""Writes ``CODEOWNERS`` from the editors that ``curator.yaml`` names.

The forge knows who somebody is, so it asks for a review; here is only said whom. The lines stand between two
marks; all else in the file is left alone, and as the last line that fits a path counts, what people write
below the marks has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from curator.editing.session import exclusive
from curator.editing.tree_writer import write_all
from curator.errors import EditingError
from curator.repository.layout.config import ALL_TYPES, NAME, line_of, load_config
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.repository.layout.config import CameraEntry, Config
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["Owners", "plan_owners", "write_owners"]

BEGIN = "# curator: begin. `curator owners --write` writes these lines from the editors in curator.yaml."
END = "# curator: end. Lines below override these lines."
_BEGIN_MARK, _END_MARK = "# curator: begin", "# curator: end"
_GITHUB, _GITLAB = ".github/CODEOWNERS", ".gitlab/CODEOWNERS"
# Where forges look, the one that wins first.
_PLACES = (_GITHUB, _GITLAB, "CODEOWNERS", "docs/CODEOWNERS")
_SPECIAL = frozenset("#!*?[]\\")


@dataclass(frozen=True, slots=True)
class Owners:
    """A ``CODEOWNERS`` as it should be.

    Parameters
    ----------
    path : str
        Relative to the repository.
    lines : tuple of str
        Those between the marks.
    text, present : bytes or None
        The whole file as it should be, and as it is.
    """

    path: str
    lines: tuple[str, ...]
    text: bytes
    present: bytes | None

    @property
    def stale(self) -> bool:
        return self.text != self.present


def plan_owners(tree: WorkTree) -> Owners:
    """Return what ``CODEOWNERS`` should be.

    Raises
    ------
    CuratorError
        Nobody is named, somebody in a way that the forge does not know, or the marks are broken.
    """
    config = load_config(tree)
    path = _place(tree)
    for number, camera in enumerate(config.cameras):
        _check(camera, path, line_of(config, tree, "cameras", number))
    lines = tuple(_lines(config, path))
    entry = tree.find(path)
    if entry is not None and not entry.is_file:
        raise EditingError("a symbolic link or a submodule is not written to", path=path)
    present = tree.read(path) if entry is not None else None
    return Owners(path, lines, _merged(path, present or b"", lines), present)


@exclusive("owners --write")
def write_owners(tree: WorkTree, owners: Owners) -> None:
    """Write the file, whole or not at all, where it is still as it was."""
    before = {} if owners.present is None else {owners.path: owners.present}
    write_all(tree, before, {owners.path: owners.text})


def _place(tree: WorkTree) -> str:
    for path in _PLACES:
        if tree.find(path) is not None:
            return path
    on_gitlab = tree.find(".gitlab-ci.yml") is not None and not tree.listdir(".github")
    return _GITLAB if on_gitlab else _GITHUB


def _check(camera: CameraEntry, path: str, line: int) -> None:
    from curator.calibrations.types.types import all_types
    from curator.name_lookup import did_you_mean, nearest

    known = [one.name for one in all_types()]
    for name, handles in camera.editors:
        if name != ALL_TYPES and name not in known:
            raise EditingError(
                f"editors of {camera.name} names the dataset type {name!r}, which does not exist",
                path=NAME,
                line=line,
                value=name,
                hint=did_you_mean(
                    nearest(name, known), f"known are {', '.join(known)}, and * for all others"
                ),
            )
        for handle in handles:
            if path == _GITHUB and (reason := _unknown_to_github(handle)):
                raise EditingError(
                    f"{handle} is not a GitHub name: {reason}",
                    path=NAME,
                    line=line,
                    value=handle,
                    hint=f"{_GITLAB}, if present, follows the rules of GitLab",
                )


def _unknown_to_github(handle: str) -> str:
    if not handle.startswith("@"):
        return ""
    name, _, team = handle[1:].partition("/")
    if name.startswith("@"):
        return "only GitLab has roles"
    if "/" in team:
        return "a team is @organisation/team"
    return "" if all(one.isalnum() or one in "-_" for one in name) else "a name has letters, digits and -"


def _lines(config: Config, path: str) -> Iterator[str]:
    everybody: dict[str, None] = {}
    for camera in config.cameras:
        # What is said of one dataset type counts before what is said of all.
        for name, handles in sorted(camera.editors, key=lambda one: one[0] != ALL_TYPES):
            if handles:
                folder = camera.directory if name == ALL_TYPES else f"{camera.directory}/{name}"
                yield _line(f"/{folder}/", list(dict.fromkeys(handles)))
                everybody.update(dict.fromkeys(handles))
    if not everybody:
        raise EditingError(
            "no camera has editors",
            path=NAME,
            hint='for example: cameras: [{name: myCam, editors: ["@ada", "@observatory/camera-team"]}]',
        )
    yield "# Editors of all dataset types may also edit curator.yaml."
    rules = [f"/{NAME}"]
    if config.baseline:
        rules.append(f"/{config.baseline}")
    rules += [] if path.startswith(".gitlab") else ["/.github/"]
    rules += [] if path.startswith(".github") else ["/.gitlab/", "/.gitlab-ci.yml"]
    rules += [] if path.startswith(".git") else [f"/{path}"]
    for one in rules:
        yield _line(one, list(everybody))


def _line(path: str, handles: Sequence[str]) -> str:
    escaped = "".join(f"\\{one}" if one in _SPECIAL or one.isspace() else one for one in path)
    return f"{escaped} {' '.join(handles)}"


def _merged(path: str, present: bytes, lines: Sequence[str]) -> bytes:
    try:
        text = present.decode("utf-8")
    except UnicodeDecodeError:
        raise EditingError("this is not UTF-8 text", path=path) from None
    end = "\r\n" if "\r\n" in text else "\n"
    block = [BEGIN, *lines, END]
    old = [line.rstrip("\r") for line in text.split("\n")]
    begins = [number for number, line in enumerate(old) if line.startswith(_BEGIN_MARK)]
    ends = [number for number, line in enumerate(old) if line.startswith(_END_MARK)]
    if not begins and not ends:
        rest = old if text else []
        return end.join([*block, *(["", *rest] if rest else [""])]).encode()
    if len(begins) != 1 or len(ends) != 1 or ends[0] < begins[0]:
        raise EditingError(
            "the begin and end marks of the lines of curator are broken",
            path=path,
            line=(begins or ends)[-1] + 1,
            hint=f"one line begins {_BEGIN_MARK!r}, one below it {_END_MARK!r}; or take both out",
        )
    return end.join([*old[: begins[0]], *block, *old[ends[0] + 1 :]]).encode()
