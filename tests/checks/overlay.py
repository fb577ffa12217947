"""Lays the examples of rules over the files of a new repository."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from curator.checks.model.report import Report
from curator.checks.model.rule_examples import Example
from curator.checks.run.engine import check
from curator.repository.git.tree_entry import TreeEntry
from curator.repository.layout.config import load_config
from curator.repository.snapshots.worktree import WorkTree

PROFILES = ("dmtn148", "obs_base")
DETECTORS = ("s00", "s01", "s10", "s11")
FILTERS = ("g_01", "r_01", "i_01")
_ESCAPE = re.compile(rb"\\x([0-9a-f]{2})|\\([rt])")
_KEYWORD = re.compile(r"#\s+-?\s*\{?\s*['\"]?([A-Za-z_]+)['\"]?:")
_COLUMN = re.compile(r"# - \{name: ([A-Za-z0-9_]+),")


class Tree(WorkTree):
    """A tree that is under no git: all its files count."""

    def entries(self, paths: Sequence[str] | None = None) -> list[TreeEntry]:
        root = Path(self.root)
        files = (one for one in sorted(root.rglob("*")) if not one.is_dir() or one.is_symlink())
        return super().entries([str(one.relative_to(root)) for one in files] if paths is None else paths)


def check_tree(root: Path, *, whole: bool = False) -> Report:
    """Check every file of a tree that is under no git; ``whole`` says that these are all there are."""
    snapshot = Tree(str(root))
    paths = None if whole else [one.path for one in snapshot.entries()]
    return check(snapshot, load_config(snapshot), paths=paths)


def lay_over(example: Example, default_type: str, templates: dict[str, Path], target: Path) -> Path:
    """Copy one file of a template, change it as the example says, and return the folder."""
    words = [word.strip() for word in example.about.split(",") if word.strip()]
    profile = next((word for word in words if word in PROFILES), "dmtn148")
    name, _, suffix = next((word for word in words if word not in PROFILES), default_type).partition(".")
    source = templates[profile]
    files = (one for one in sorted((source / "ExampleCam" / name).rglob("*")) if one.is_file())
    file = next((one for one in files if not suffix or one.suffix == f".{suffix}"), None)
    assert file, f"the template has no file for `{example.kind} ({example.about})::`; it has none of {name}"
    for one in (source / "curator.yaml", next((source / "ExampleCam" / "camera").iterdir()), file):
        copy = target / one.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(one, copy)
    lines = [line for line in example.lines if not line.startswith("config: ")]
    with (target / "curator.yaml").open("a") as config:
        config.writelines(f"{line.removeprefix('config: ')}\n" for line in example.lines if line not in lines)
    if any(line.startswith(("file: ", "text: ")) for line in lines):
        (target / file.relative_to(source)).unlink()
        _lay_files(lines, source, target)
    else:
        _apply(lines, target / file.relative_to(source), target)
    return target


def _lay_files(lines: Sequence[str], source: Path, target: Path) -> None:
    """Write several files, each as its own lines say."""
    blocks: list[tuple[str, str, list[str]]] = []
    for line in lines:
        word, _, rest = line.partition(": ")
        if word in ("file", "text"):
            blocks.append((word, rest, []))
        else:
            assert blocks, f"the example begins with {line!r}: lines of files come after `file:` or `text:`"
            blocks[-1][2].append(line)
    for word, path, own in blocks:
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if word == "text":
            file.write_text("\n".join(own) + "\n")
        else:
            file.write_text(addressed(path, source))
            _apply(own, file, target)


def change_as(example: Example, templates: dict[str, Path], target: Path) -> Path:
    """Commit a template with what an example has before, then what it has after, and return the folder."""
    source = templates["dmtn148"]
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(".git"))
    steps: list[tuple[str, str, list[str]]] = []
    for line in example.lines:
        word, _, rest = line.partition(": ")
        if word in ("before", "after", "remove", "rename", "mode", "tag", "subject"):
            steps.append((word, rest, []))
        else:
            assert steps, (
                f"the example begins with {line!r}: say first what it is about, such as `after: PATH`"
            )
            steps[-1][2].append(line)
    for word, rest, own in steps:
        if word == "before":
            _change_file(rest, own, target)
    git = ["git", "-c", "core.fileMode=true", "-c", "init.defaultBranch=main"]
    subject = "Mask what the flats of 2025-04-30 show"
    tags = [["tag", rest] for word, rest, _ in steps if word == "tag"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", subject], *tags):
        subprocess.run([*git, *words], cwd=target, check=True)
    if not any(word in ("after", "remove", "rename", "mode") for word, _, _ in steps):
        steps.append(
            ("after", "ExampleCam/defects/s00/20200101T000000.ecsv", ["x0 y0 width height", "0 0 2048 9"])
        )
    for word, rest, own in steps:
        if word == "after":
            _change_file(rest, own, target)
        elif word == "remove":
            (target / rest).unlink()
        elif word == "rename":
            old, new = rest.split(" -> ")
            (target / old).rename(target / new)
        elif word == "mode":
            (target / rest.partition(" ")[2]).chmod(int(rest.partition(" ")[0], 8))
        elif word == "subject":
            subject = rest
    for words in (["add", "-A"], ["commit", "-q", "-m", subject]):
        subprocess.run([*git, *words], cwd=target, check=True)
    return target


def _change_file(path: str, lines: list[str], root: Path) -> None:
    file = root / path
    if path == "curator.yaml":
        with file.open("a") as config:
            config.writelines(f"{line}\n" for line in lines)
    else:
        _apply(lines, file, root)


def addressed(path: str, source: Path) -> str:
    """Return a good file for a path: that of the template, or another of its type with the names changed."""
    if (source / path).exists():
        return (source / path).read_text()
    camera, name, *folders, last = path.split("/")
    files = (one for one in sorted((source / camera / name).rglob("*")) if one.is_file())
    text = next(one for one in files if one.suffix == Path(path).suffix).read_text()
    if folders and folders[0] in DETECTORS:
        number = DETECTORS.index(folders[0])
        text = text.replace("'S00'", f"'{folders[0].upper()}'").replace("CCD-011", f"CCD-{11 + number:03}")
        text = text.replace("{DETECTOR: 0}", f"{{DETECTOR: {number}}}")
        text = text.replace("Name=S00 detector=0", f"Name={folders[0].upper()} detector={number}")
    if folders and folders[-1] in FILTERS:
        text = text.replace("g_01", folders[-1])
    date = f"{last[:4]}-{last[4:6]}-{last[6:8]}T{last[9:11]}:{last[11:13]}:{last[13:15]}"
    return text.replace("2020-01-01T00:00:00", date)


def _apply(lines: list[str], file: Path, root: Path) -> None:
    for line in list(lines):
        word, _, rest = line.partition(": ")
        if word in ("path", "link", "size", "amplifiers"):
            lines.remove(line)
            _place(word, rest, file, root)
    if lines:
        raw = file.read_bytes()
        edit = _edit_ecsv if file.suffix == ".ecsv" else _edit_yaml
        file.write_bytes(_unescape("\n".join(edit(raw.decode().split("\n")[:-1], lines)) + "\n"))


def _place(word: str, rest: str, file: Path, root: Path) -> None:
    if word == "path":
        (root / rest).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, root / rest)
    elif word == "link":
        file.unlink()
        file.symlink_to(rest)
    elif word == "size":
        with file.open("r+b") as stream:
            stream.truncate(int(rest))
    else:
        camera = next((root / "ExampleCam" / "camera").iterdir())
        names = ", ".join(f'"{name.strip()}"' for name in rest.split(","))
        camera.write_text(camera.read_text().replace('["A", "B"]', f"[{names}]"))


def _unescape(text: str) -> bytes:
    table = {b"r": b"\r", b"t": b"\t"}
    return _ESCAPE.sub(
        lambda found: bytes([int(found[1], 16)]) if found[1] else table[found[2]], text.encode()
    )


def _edit_ecsv(base: list[str], lines: Sequence[str]) -> list[str]:
    head = [line for line in base if line.startswith("#")]
    body = [line for line in base if not line.startswith("#")]
    given = [line for line in lines if not line.startswith(("#", "\\xef"))]
    body = list(given) or body
    if lines[0].endswith("# %ECSV 1.0"):
        head[0] = lines[0]
        return [*head, *body]
    at = head.index("# datatype:")
    meta = next(number for number, line in enumerate(head) if line.startswith("# meta:"))
    declared = {_COLUMN.match(line)[1]: line for line in head[at + 1 : meta]}  # type: ignore[index]
    declared.update((found[1], line) for line in lines if (found := _COLUMN.match(line)))
    names = body[0].removesuffix("\\r").split()
    missing = [name for name in names if name not in declared]
    assert not missing, (
        f"the example's table has columns {missing}, which the good file does not declare: add a line "
        f"`# - {{name: {missing[0]}, datatype: …}}` for each"
    )
    columns = [declared[name] for name in names]
    if any(line.startswith("# meta:") for line in lines):
        return [*head[: at + 1], *columns, *(line for line in lines if line.startswith("#")), *body]
    keywords = _edit_keywords(
        head[meta + 1 : -1], [line for line in lines if line.startswith("#") and not _COLUMN.match(line)]
    )
    return [*head[: at + 1], *columns, head[meta], *keywords, head[-1], *body]


def _edit_keywords(base: list[str], lines: Sequence[str]) -> list[str]:
    for line in lines:
        if line.startswith("# (no "):
            gone = line.removeprefix("# (no ").removesuffix(")")
            base = [one for one in base if _key(one) != gone]
    added = [line for line in lines if not line.startswith("# (no ")]
    first: dict[str, int] = {}
    for number, one in enumerate(base):
        first.setdefault(_key(one), number)
    keys = {_key(line) for line in added}
    kept = [one if _key(one) not in keys else None for one in base]
    places = {key: first[key] for key in keys if key in first}
    result: list[str] = []
    for number, one in enumerate(kept):
        for key, place in places.items():
            if place == number:
                result += [line for line in added if _key(line) == key]
        if one is not None:
            result.append(one)
    return result + [line for line in added if _key(line) not in places]


def _key(line: str) -> str:
    found = _KEYWORD.match(line)
    return found[1] if found else line


def _edit_yaml(base: list[str], lines: Sequence[str]) -> list[str]:
    blocks, changed = _blocks(base), _blocks(lines)
    for key, block in changed.items():
        if key == "metadata" and block[0] == "metadata:" and key in blocks:
            for line in block[1:]:
                blocks[key] = [one for one in blocks[key] if one.partition(":")[0] != line.partition(":")[0]]
            blocks[key] += block[1:]
        else:
            blocks[key] = block
    return [line for block in blocks.values() for line in block]


def _blocks(lines: Sequence[str]) -> dict[str, list[str]]:
    blocks: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        if line[:1] not in (" ", "-", ""):
            key = line.partition(":")[0]
        blocks.setdefault(key, []).append(line)
    return blocks
