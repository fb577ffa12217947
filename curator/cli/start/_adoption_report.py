"""What adopt found and wrote, and the next steps, as lines for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, paint, table
from curator.counts import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curator.editing.adopt.adopt import Adoption

__all__ = ["WIDTH", "Further", "fitted", "ignored_lines", "render"]

WIDTH = 80
# So far to the right are lines to copy.
_COPIED = 4
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Further:
    """What was done beside the files: sentences, and whether there is a baseline."""

    done: tuple[str, ...] = ()
    baseline: bool = False
    dry_run: bool = False


def render(
    adoption: Adoption, git_add: str, further: Further, *, liked: bool = False, verbose: bool = False
) -> Iterator[str]:
    """Give the lines of the summary, at most `WIDTH` wide but for names that are longer.

    Of the files that were ignored for one reason the first are named, and with ``verbose`` all.
    """
    did = "Would adopt" if further.dry_run else "Adopted"
    yield paint(f"{did} {adoption.repository}: {counted(adoption.files, 'calibration')}", "bold")
    yield ""
    yield table(
        [
            (
                one.camera.name,
                one.camera.instrument,
                one.files,
                one.types,
                f"{len(one.camera.detectors)} ({_sized(one.camera.detectors)} sized)",
                len(one.camera.filters),
                one.camera.start.date() if one.camera.start else "",
            )
            for one in adoption.cameras
        ],
        ("camera", "instrument", "files", "types", "detectors", "filters", "start"),
    )
    yield ""
    for name, fitting in adoption.fitting.items():
        chosen = "  (taken)" if name == adoption.profile else ""
        yield f"profile {name:<9} {fitting} of {counted(adoption.files, 'file')} fit{chosen}"
    yield f"curator check looks at {_looked_at(adoption)}"
    yield from _section(
        f"Errors in the others, by profile {adoption.profile}",
        (_line(one.files, one.reason, one.first) for one in adoption.misfits),
    )
    yield from _section(
        "Notes",
        [
            *adoption.notes,
            *_notes_of_cameras(adoption),
        ],
    )
    yield from _section(
        f"Disagreements: {len(adoption.disagreements)}",
        (f"{one.path}:{one.line}: {one.message}; {one.others}" for one in adoption.disagreements),
    )
    yield from _section(
        "Left out: calibrations outside the folder that most of them are in",
        (
            f"{counted(count, 'file')} below {folder}/{camera}/"
            for folder, camera, count in adoption.elsewhere
        ),
    )
    ignored = _ignored(adoption.ignored, len(adoption.ignored) if verbose else _SHOWN)
    yield from _section(f"Ignored: {len(adoption.ignored)}", ignored)
    yield from _section("Would write" if further.dry_run else "Written", adoption.written)
    yield from _section("Kept unchanged: these files exist already", adoption.kept)
    yield from _section("Also", further.done)
    yield ""
    yield paint("Next", "bold")
    if further.dry_run:
        yield "  Nothing was written. Run the command again without --dry-run."
    else:
        yield from _next(adoption, git_add, further, liked)


def _notes_of_cameras(adoption: Adoption) -> Iterator[str]:
    """Give each note once, after the names of all cameras that it is about."""
    cameras: dict[str, list[str]] = {}
    for one in adoption.cameras:
        for note in one.notes:
            cameras.setdefault(note, []).append(one.camera.name)
    for note, names in cameras.items():
        yield f"{', '.join(names)}: {note}"


def _looked_at(adoption: Adoption) -> str:
    cameras = len(adoption.cameras)
    parts = [counted(adoption.files, "calibration"), counted(cameras, "camera file")]
    if others := adoption.checked - adoption.files - cameras:
        parts.append(counted(others, "other"))
    return f"{counted(adoption.checked, 'file')}: {', '.join(parts)}"


def _next(adoption: Adoption, git_add: str, further: Further, liked: bool) -> Iterator[str]:
    """Give the next steps; those that need a decision come first."""
    from curator.editing.new.automation_files import CI_FILES, HOOKS_FILE

    if liked:
        yield "  Review the files. Then:"
    else:
        yield "  Review the files. If your Butler uses other names, edit the camera file,"
        yield "  or take them from it: --force --like butler:PATH. Then:"
    # Those that the baseline records are not listed without the option.
    check = "curator check --no-baseline" if further.baseline else "curator check"
    steps = [(check, "lists today's mistakes"), (git_add, "then git commit")]
    if not further.baseline:
        steps.insert(1, ("curator baseline write", "from now on only new findings fail"))
    automation = {HOOKS_FILE, *(path for paths in CI_FILES.values() for path in paths)}
    if automation.isdisjoint((*adoption.written, *adoption.kept)):
        steps.append(("curator adopt --hooks --ci", "checks commits and pushes"))
    if any(detector.size_from for one in adoption.cameras for detector in one.camera.detectors):
        steps.append(("curator adopt --confirm-sizes", "optional, once you compared the sizes"))
    for step, what in steps:
        yield f"    {step:<31}  # {what}"


def ignored_lines(paths: Mapping[str, str]) -> Iterator[str]:
    """Give a section that says of each text file why it is no calibration."""
    yield from _section(f"No calibrations: {counted(len(paths), 'file')}", _ignored(paths))


def _ignored(paths: Mapping[str, str], shown: int = _SHOWN) -> Iterator[str]:
    """Give a line for each reason."""
    reasons: dict[str, list[str]] = {}
    for path, why in paths.items():
        reasons.setdefault(why, []).append(path)
    for why, of_it in sorted(reasons.items(), key=lambda item: -len(item[1])):
        yield _line(len(of_it), why, of_it[:shown])


def _line(files: int, reason: str, first: Sequence[str]) -> str:
    more = files - len(first)
    return f"{counted(files, 'file')}: {reason}: {', '.join(first)}" + (f" and {more} more" if more else "")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    from curator.cli.terminal.layout import terminal_width, wrap

    listed = list(lines)
    if not listed:
        return
    yield ""
    yield paint(title, "bold")
    for line in listed:
        yield from wrap(escape(line), first="  ", rest="    ", width=min(WIDTH, terminal_width()))


def fitted(line: str) -> str:
    """Return a line in as many as the terminal needs; commands and tables stay as they are."""
    from curator.cli.terminal.layout import terminal_width, wrap

    indent = " " * (len(line) - len(line.lstrip()))
    if len(line) <= terminal_width() or len(indent) >= _COPIED or "\n" in line:
        return line
    return "\n".join(wrap(line.lstrip(), first=indent, rest=f"{indent}  "))


def _sized(detectors: Iterable[object]) -> str:
    known = [bool(getattr(one, "width", 0)) for one in detectors]
    return "all" if all(known) else str(sum(known)) if any(known) else "none"
