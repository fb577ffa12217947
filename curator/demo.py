"""The whole line on a repository made from the template: edited, checked, exported, served, proven."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING

from curator.checks.renderers.text import render_text
from curator.checks.run.engine import check
from curator.errors import CuratorError, RegistryError
from curator.formats.files.bounded_io import write_atomic
from curator.repository.commits import commit_all
from curator.repository.layout.config import load_config

if TYPE_CHECKING:
    from curator.checks.model.report import Report
    from curator.export.manifest.manifest import Manifest, ManifestRow
    from curator.repository.repository import Repository

__all__ = ["DemoError", "Stage", "run_demo"]

WIDTH = 80
CAMERA = "demoCam"
REPOSITORY = "obs_democam_data"
LABEL = "2025-04"
NIGHT = datetime(2025, 4, 30, 12)
ASKED = datetime(2025, 5, 14, 3, 30)
BOXES = ("1022 0 2 4096", "310 1200 1 2896")
DETECTOR = "S01"
EDITED = f"{CAMERA}/defects/{DETECTOR.lower()}/{NIGHT:%Y%m%dT%H%M%S}.ecsv"


class DemoError(CuratorError):
    """A step did not do what it should: something is broken in this installation."""

    exit_status = 1


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who commits."""

    name: str
    email: str


ADA = Editor("Ada Novák", "ada@example.org")
BEN = Editor("Ben Okafor", "ben@example.org")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demonstration plays, and how it speaks.

    Parameters
    ----------
    folder : str
        Empty folder that everything is made in.
    say : callable
        Prints one line.
    title : callable
        Prints the title of a step.
    """

    folder: str
    say: Callable[[str], None]
    title: Callable[[str], None]

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def typed(self, command: str) -> None:
        """Show what a person would type for what is done next."""
        parts = wrap(
            command, WIDTH - 6, subsequent_indent="    ", break_on_hyphens=False, break_long_words=False
        )
        self.say("  $ " + " \\\n    ".join(parts))

    def told(self, *lines: str) -> None:
        """Show an outcome, wrapped where it is too wide."""
        for line in lines:
            narrow = len(line) <= WIDTH - 4
            parts = (
                [line] if narrow else wrap(line, WIDTH - 4, subsequent_indent="  ", break_on_hyphens=False)
            )
            for part in parts:
                self.say(f"    {part}".rstrip())


def run_demo(stage: Stage) -> None:
    """Play every step; each calls what its verb calls, and looks whether it did what it should.

    Raises
    ------
    CuratorError
        A step failed, or its outcome is not the expected one.
    """
    repo = _begin(stage)
    _edit(stage, repo)
    _stop_a_mistake(stage, repo)
    manifest = _export(stage, repo)
    row = next(one for one in manifest.rows if one.gitpath == EDITED)
    _serve(stage)
    _prove(stage, repo, row)


def _begin(stage: Stage) -> Repository:
    from curator.editing.new.init import init

    stage.title("A repository from the template")
    stage.typed(f"curator init {REPOSITORY} --camera {CAMERA}")
    repo = init(stage.path(REPOSITORY), CAMERA)
    _expect_clean(stage, repo)
    _commit(stage, repo, ADA, "Start with the examples of the template")
    return repo


def _edit(stage: Stage, repo: Repository) -> None:
    from curator.editing.header.note import note
    from curator.editing.new.new import new

    stage.title("One night, two editors")
    stage.typed(f"curator new defects --detector {DETECTOR} --start {NIGHT.isoformat()}")
    path = new(repo, "defects", detector=DETECTOR, start=NIGHT).path
    _expect(path == EDITED, f"the new file is {path}")
    stage.told(path)
    stage.say(f"  {ADA.name} adds two boxes in a text editor (x0 y0 width height):")
    stage.told(*BOXES)
    _append(repo, path, BOXES)
    text = "after warm-up"
    stage.typed(f'curator note {path} -m "{text}"')
    note(repo, [os.path.join(repo.root, path)], text, author=ADA.name)
    _expect_clean(stage, repo)
    _commit(stage, repo, ADA, "Mask two hot columns of S01")


def _stop_a_mistake(stage: Stage, repo: Repository) -> None:
    stage.title("curator finds a wrong edit")
    path = f"{CAMERA}/manual_defects/s00/20200101T000000.ecsv"
    wrong, right = "2040 17 12 3900", "2040 17 8 3900"
    stage.say(f"  {BEN.name} adds the box {wrong!r} for S00:")
    _append(repo, path, [wrong])
    report = _check(repo)
    stage.typed("curator check")
    stage.told(*render_text(report).splitlines())
    stage.say("  exit status 1: at a commit, pre-commit would stop here")
    caught = [one for one in report.findings if one.severity == "error"]
    _expect(
        [(one.code, one.path) for one in caught] == [("CUR301", path)], "curator did not find the wrong box"
    )
    stage.say(f"  He writes {right!r} instead.")
    _replace(repo, path, wrong, right)
    _expect_clean(stage, repo)
    _commit(stage, repo, BEN, "Mask the glow along the edge of S00")


def _export(stage: Stage, repo: Repository) -> Manifest:
    from curator.export.export import run_export

    stage.title("Export: every calibration as FITS, stamped with its commit")
    stage.typed("curator export ../export")
    report = run_export(repo, stage.path("export"))
    manifest = report.manifest
    files = [os.path.join(stage.path("export"), row.path) for row in manifest.rows]
    _expect(bool(files) and all(map(os.path.isfile, files)), "the export lists files that are not there")
    stage.told(f"{report.written} files and manifest.ecsv, of commit {manifest.commit[:12]}")
    return manifest


def _serve(stage: Stage) -> None:
    from curator.registries.butler.location import require_butler
    from curator.registries.publish.consent import Consent
    from curator.registries.publish.ingest import ingest

    stage.title("A Butler serves them")
    try:
        require_butler()
    except RegistryError as error:
        stage.told(f"skipped: {error.message} ({error.hint})")
        return
    target = f"butler:{stage.path('butler')}"
    stage.typed(f"curator ingest ../export butler:../butler --label {LABEL} --prefer --create")
    plan = ingest(stage.path("export"), target, LABEL, prefer=True, consent=Consent(create=True)).plan
    new = {
        kind: sum(one.kind == kind for one in plan.adds) for kind in ("detector", "filter", "dataset type")
    }
    stage.told(
        f"a new Butler: {CAMERA} with {', '.join(f'{number} {kind}s' for kind, number in new.items())}",
        f"{len(plan.ingest)} datasets ingested, {len(plan.certify)} validity ranges certified",
        f"in {CAMERA}/calib/{LABEL}, which {CAMERA}/calib now prefers",
    )
    again = ingest(stage.path("export"), target, LABEL, prefer=True).plan
    _expect(again.is_empty, "a second ingest found something to do")
    stage.told("a second time: nothing to do")
    _ask(stage, target)


def _ask(stage: Stage, target: str) -> None:
    from contextlib import closing

    from lsst.daf.butler import Butler

    from curator.registries.model.tai import to_timespan
    from curator.registries.registry import open_registry

    stage.say(f"  The defects of {DETECTOR} on {ASKED:%d %B %Y}, {ASKED:%H:%M} UTC, as a pipeline asks:")
    stage.say(f'  >>> butler.get("defects", instrument="{CAMERA}", detector=1,')
    stage.say(f'  ...            collections="{CAMERA}/calib", timespan=exposure)')
    with closing(Butler.from_config(stage.path("butler"), writeable=False)) as butler:
        exposure = to_timespan(ASKED, ASKED + timedelta(seconds=30))
        found = butler.get(
            "defects", instrument=CAMERA, detector=1, collections=f"{CAMERA}/calib", timespan=exposure
        )
    (table,) = found.tables()
    rows = zip(*(column.array.tolist() for column in table.columns), strict=True)
    boxes = tuple(" ".join(map(str, row)) for row in rows)
    _expect(boxes == BOXES, "these are not the boxes that were written")
    stage.told(repr(found), *boxes)
    with open_registry(target, "read") as registry:
        holding = registry.find("defects", CAMERA, ASKED, detector=1)
    if holding is None or holding.source != EDITED:
        raise DemoError(f"the demonstration failed: the Butler has them from {holding and holding.source}")
    start, end = (date and date.isoformat() for date in holding.range)
    stage.told(f"holds from {start} to {end or 'further notice'} (UTC)")
    stage.told(f"{holding.source} at commit {holding.commit[:12]}")


def _prove(stage: Stage, repo: Repository, row: ManifestRow) -> None:
    from curator.export.provenance.restore import restore
    from curator.export.show.show import show
    from curator.export.verify import Verifier

    stage.title("From any FITS file back to its text")
    file = os.path.join(stage.path("export"), row.path)
    stage.typed(f"curator verify ../export/{row.path}")
    verdict = Verifier(repo).verify(file)
    _expect(verdict.same, "the file does not follow from its commit: " + "; ".join(verdict.differences))
    stage.told(f"same as {verdict.stamp.path} at {verdict.stamp.commit[:12]}")
    _expect(restore(repo, file) == repo.worktree().read(row.gitpath), "another text is restored")
    stage.typed("curator show ../export/…")
    for line in show(file):
        stage.say(f"  {line}".rstrip())


def _check(repo: Repository) -> Report:
    tree = repo.worktree()
    return check(tree, load_config(tree))


def _expect_clean(stage: Stage, repo: Repository) -> None:
    report = _check(repo)
    stage.typed("curator check")
    _expect(not report.findings, f"check finds {[one.message for one in report.findings[:3]]}")
    stage.told(render_text(report))


def _commit(stage: Stage, repo: Repository, editor: Editor, subject: str) -> None:
    stage.typed(f'git add -A; git commit -m "{subject}"')
    sha = commit_all(repo, subject, editor.name, editor.email)
    stage.told(f"by {editor.name}: {sha[:12]}")


def _append(repo: Repository, path: str, rows: Sequence[str]) -> None:
    raw = repo.worktree().read(path)
    write_atomic(os.path.join(repo.root, path), raw + "".join(f"{row}\n" for row in rows).encode())


def _replace(repo: Repository, path: str, wrong: str, right: str) -> None:
    raw = repo.worktree().read(path)
    write_atomic(os.path.join(repo.root, path), raw.replace(wrong.encode(), right.encode()))


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise DemoError(f"the demonstration failed: {otherwise}")
