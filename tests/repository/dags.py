"""Random histories: merges that agree with neither side, reverts, swaps, dates that go backwards."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from repository.made import Made, git

PATHS = [b"a", b"b c", b"d", b"d/x", b"d/y", b"e/f", b"e/f/g", b"\xffz"]
DATES = {
    "equal": lambda rng, number: 1000,
    "rising": lambda rng, number: 1000 + 10 * number,
    "in steps": lambda rng, number: 1000 + number // 4,
    "skewed": lambda rng, number: 1000 + rng.randrange(40),
}
Tree = dict[bytes, tuple[bytes, bytes]]


class Node(NamedTuple):
    """A commit: numbers of its parents, its files (mode and content), its date."""

    parents: list[int]
    tree: Tree
    date: int


def random_history(rng: Random) -> list[Node]:
    """Return commits, parents first; what the last one does not reach belongs to nobody."""
    date = DATES[rng.choice(list(DATES))]
    merges = rng.choice([0.1, 0.3, 0.6])
    nodes: list[Node] = []
    for number in range(rng.choice([6, 12, 25, 40])):
        parents = _parents(rng, number, merges)
        tree = _inherited(rng, [nodes[parent].tree for parent in parents])
        for _ in range(rng.choice([0, 0, 1]) if len(parents) > 1 else rng.choice([0, 1, 1, 2, 3])):
            _edit(rng, tree)
        nodes.append(Node(parents, tree, date(rng, number)))
    return nodes


def _parents(rng: Random, number: int, merges: float) -> list[int]:
    if number == 0 or rng.random() < 0.04:
        return []
    if number > 2 and rng.random() < merges:
        recent = range(max(0, number - 8), number)
        return rng.sample(recent, min(rng.choice([2, 2, 2, 2, 3, 4]), len(recent)))
    return [rng.choice(range(max(0, number - 3), number))]


def _inherited(rng: Random, trees: list[Tree]) -> Tree:
    if not trees:
        tree: Tree = {}
        for path in PATHS:
            if rng.random() < 0.6:
                _put(tree, path, _content(rng))
        return tree
    tree = {}
    for path in PATHS:
        source = rng.choice(trees)
        if path in source:
            _put(tree, path, source[path])
    return tree


def _edit(rng: Random, tree: Tree) -> None:
    path = rng.choice(PATHS)
    if rng.random() < 0.25:
        tree.pop(path, None)
    else:
        _put(tree, path, _content(rng))


def _content(rng: Random) -> tuple[bytes, bytes]:
    # Few contents: the same change is made twice, and taken back.
    return rng.choice([b"100644"] * 6 + [b"100755", b"120000"]), b"%d" % rng.randrange(3)


def _put(tree: Tree, path: bytes, content: tuple[bytes, bytes]) -> None:
    for other in list(tree):
        if other.startswith(path + b"/") or path.startswith(other + b"/"):
            del tree[other]
    tree[path] = content


def write_histories(made: Made, histories: list[list[Node]]) -> list[str]:
    """Write histories into one repository and return the id of the last commit of each."""
    stream: list[bytes] = []
    tips: list[int] = []
    mark = 0
    for nodes in histories:
        first = mark + 1
        for node in nodes:
            mark += 1
            stream += _commit(node, mark, first)
        tips.append(mark)
    git(made.root, "fast-import", "--quiet", "--export-marks=marks", input=b"".join(stream))
    ids = dict(line.split() for line in (made.root / "marks").read_text().splitlines())
    return [ids[f":{tip}"] for tip in tips]


def _commit(node: Node, mark: int, first: int) -> list[bytes]:
    # A branch of its own for each commit: fast-import would take the branch's last one for its parent.
    lines = [
        b"commit refs/heads/c%d\nmark :%d\n" % (mark, mark),
        b"author A <a@example.org> %d +0000\ncommitter C <c@example.org> %d +0000\ndata 1\nx\n"
        % (node.date, node.date),
    ]
    for place, parent in enumerate(node.parents):
        lines.append(b"%s :%d\n" % (b"merge" if place else b"from", first + parent))
    lines.append(b"deleteall\n")
    for path, (mode, content) in node.tree.items():
        name = path.replace(b"\xff", b"\\377")
        lines.append(b'M %s inline "%s"\ndata %d\n%s\n' % (mode, name, len(content), content))
    return lines
