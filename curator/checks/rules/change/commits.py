"""CUR52x: what a pull request says, and what it does to the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.errors import CuratorError
from curator.repository.layout.config import NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.change.changed_files import Changed
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding

__all__: list[str] = []

_HERE = (1, 1, 0)
_EMPTY_WORD = re.compile(
    "a|add|added|again|and|changed?|changes|cleanup|commit|edit|edited|files?|fix|fixed|fixes|fixup|hotfix|"
    "misc|minor|more|new|of|oops|patch|small|some|squash|stuff|temp|tests?|the|things?|this|tmp|tweaks?|typo|"
    "updated?|updates|wip|work"
)


@rule("CUR520", "commit subject is not informative", severity="warning", scope="change")
def subject(change: Changed, ctx: Context) -> Iterator[Finding]:
    """The subject of the last commit to a calibration is stamped into its FITS file. Years later, it is the
    only explanation of the values. Say what changed and why.

    Bad::

        subject: update

    Bad::

        subject: Update 20200101T000000.ecsv

    Good::

        subject: Mask the column that the flats of 2025-04-30 show
    """
    for commit in change.commits:
        if _says_nothing(commit.subject):
            yield ctx.finding(
                _HERE,
                f"commit {commit.sha[:10]} has the uninformative subject {shown(commit.subject)}"
                if commit.subject.strip()
                else f"commit {commit.sha[:10]} has no subject",
                hint="say what changed and why: git commit --amend, or git rebase -i for an earlier one",
                path=min(commit.paths),
                topic="the subject of a commit is not informative",
            )


def _says_nothing(text: str) -> bool:
    words = [word for word in re.split(r"[\s:;,!()]+", text) if word]
    return all(
        _EMPTY_WORD.fullmatch(word.lower().strip(".…#\"'`"))
        or re.fullmatch(r"[\w./-]*\.(ecsv|ya?ml|fits|md|txt)|#?\d+|[^\w]+", word)
        for word in words
    )


@rule("CUR521", "the rules are relaxed", severity="warning", scope="change")
def relaxed(change: Changed, ctx: Context) -> Iterator[Finding]:
    """The change lowers a severity, adds a suppression, loosens a limit, records more findings in the
    baseline, drops a camera or changes the profile. A reviewer should look at this. The settings of the base
    still apply to this check, and every report lists the change first.

    Bad::

        after: curator.yaml
        severities:
          CUR301: info

    Bad::

        after: curator.yaml
        limits:
          ExampleCam: {crosstalk: 0.5}

    Good::

        after: curator.yaml
        severities:
          CUR501: error
    """
    doc = None
    for weakening in change.weakened:
        place = _HERE
        if weakening.path == NAME and weakening.keys:
            if doc is None:
                from curator.formats.yaml.reader import read_yaml

                try:
                    doc = read_yaml(NAME, change.after.read(NAME))
                except CuratorError:
                    continue  # it was read to be judged
            place = doc.at(*weakening.keys)
        yield ctx.finding(
            place,
            weakening.message,
            hint="put this in a separate pull request, where it is easier to review",
            path=weakening.path,
            topic="the rules are relaxed",
            subject=".".join(map(str, weakening.keys)),
        )
