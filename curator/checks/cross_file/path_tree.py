"""All paths at once, as far as a rule wants to see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curator.calibrations.header.profiles import PROFILES
from curator.checks.model.context import Context
from curator.checks.model.failed_rule import ask_rule
from curator.checks.model.rule import tree_rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Tree", "tree_findings"]


class Tree:
    """The directories that the checked files stand in, up to the root.

    Parameters
    ----------
    snapshot : Snapshot
    config : Config
    paths : sequence of str
        Candidates that are checked.
    whole : bool
        They are all there are: nothing need be listed again.
    """

    def __init__(self, snapshot: Snapshot, config: Config, paths: Sequence[str], whole: bool) -> None:
        self._snapshot = snapshot
        self.config = config
        self.paths = paths
        self.checked = frozenset(paths)
        self._names: dict[str, dict[str, str]] = {}
        for path in paths:
            self._add(path, path)
        self._whole = whole

    def _add(self, path: str, first: str) -> None:
        while path:
            parent, _, name = path.rpartition("/")
            names = self._names.setdefault(parent, {})
            if name in names:
                return
            names[name] = first
            path = parent

    def directories(self) -> Iterator[str]:
        """Give the directories with anything checked below them, the root as an empty string."""
        return iter(self._names)

    def checked_below(self, directory: str) -> dict[str, str]:
        """Return the names in a directory with anything checked below them, each with its first such path."""
        return self._names[directory]

    def names(self, directory: str) -> list[str]:
        """Return all names in a directory."""
        return list(self._names[directory]) if self._whole else self._snapshot.listdir(directory)

    def is_directory(self, path: str) -> bool:
        return path in self._names or bool(self._snapshot.listdir(path))


def tree_findings(tree: Tree) -> Iterator[Finding]:
    """Give what the rules for all paths at once say."""
    ctx = Context("", tree.config, PROFILES[tree.config.profile])
    for rule in tree_rules():
        yield from ask_rule(rule, tree, ctx, str)
