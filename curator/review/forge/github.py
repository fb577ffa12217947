"""The comments of a pull request on GitHub, by its REST interface."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from curator.errors import ForgeError, FormatError
from curator.formats.files.bounded_io import read_bounded
from curator.review.forge.comments import ForgeComment
from curator.review.forge.rest import Rest
from curator.values import dataclass

__all__ = ["GitHub", "GitHubRun", "github", "run_of_event"]

# Who writes with the token of a workflow. Of another token the first comment tells.
_WORKFLOW = "github-actions[bot]"
_HINTS = {
    401: "give the step the token of the workflow: `GITHUB_TOKEN: ${{ github.token }}` below `env:`",
    403: "add `pull-requests: write` below `permissions:` of the job, unless the pull request is locked",
    404: "the token cannot see it: add `pull-requests: write` below `permissions:` of the job",
    422: "GitHub refuses such a comment, for example on a pull request that is locked",
}
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}")
_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class GitHubRun:
    """The run of a check that a workflow was started for: what GitHub itself says of it.

    Parameters
    ----------
    head : str
        The commit that was checked.
    source : str
        The repository that it is in, as ``owner/name``.
    """

    head: str
    source: str


def run_of_event(path: str) -> GitHubRun:
    """Return the run that an event of the kind ``workflow_run`` is about.

    Parameters
    ----------
    path : str
        The file that ``GITHUB_EVENT_PATH`` names.
    """
    try:
        event = json.loads(read_bounded(path))["workflow_run"]
        if event["event"] != "pull_request":
            raise ForgeError(f"the check ran for {event['event']!r:.40}, not for a pull request")
        head, source = event["head_sha"], event["head_repository"]["full_name"]
    except (FormatError, ValueError, RecursionError, KeyError, TypeError):
        raise ForgeError(
            "the event is not the end of another workflow's run",
            hint="the workflow that comments starts `on: workflow_run`",
        ) from None
    if not (_is(_SHA, head) and _is(_REPOSITORY, source)):
        raise ForgeError("the event names no commit and no repository")
    return GitHubRun(head, source)


@dataclass(frozen=True, slots=True)
class GitHub:
    """The comments of one pull request."""

    rest: Rest
    repository: str
    number: int

    @property
    def author(self) -> str:
        return _WORKFLOW

    def stale(self, run: GitHubRun) -> str:
        """Return why a run says nothing of this pull request any more, empty if it does.

        Raises
        ------
        ForgeError
            The pull request is another's: the run names a number that it does not belong to.
        """
        path = f"/repos/{self.repository}/pulls/{self.number}"
        found = self.rest.get(path)
        try:
            state, head = found["state"], found["head"]
            sha, source = head["sha"], (head["repo"] or {}).get("full_name")
        except (KeyError, TypeError, AttributeError):
            raise self.rest.malformed(path) from None
        if source != run.source:
            raise ForgeError(f"pull request {self.number} does not come from {run.source}, as the run does")
        if state != "open":
            return f"Pull request {self.number} is closed: nothing is written."
        if sha != run.head:
            return f"Pull request {self.number} is at another commit than this run: nothing is written."
        return ""

    def comments(self) -> Iterator[ForgeComment]:
        path = f"/repos/{self.repository}/issues/{self.number}/comments?per_page=100"
        for one in self.rest.pages(path):
            yield self._comment(one, path)

    def create(self, body: str) -> ForgeComment:
        path = f"/repos/{self.repository}/issues/{self.number}/comments"
        return self._comment(self.rest.send("POST", path, {"body": body}), path)

    def update(self, comment: int, body: str) -> None:
        self.rest.send("PATCH", f"/repos/{self.repository}/issues/comments/{comment}", {"body": body})

    def delete(self, comment: int) -> None:
        self.rest.send("DELETE", f"/repos/{self.repository}/issues/comments/{comment}")

    def _comment(self, record: Any, path: str) -> ForgeComment:
        try:
            # Who has deleted their account wrote comments of nobody.
            author = (record["user"] or {"login": ""})["login"]
            number, body = record["id"], record["body"] or ""
        except (KeyError, TypeError):
            raise self.rest.malformed(path) from None
        if not (type(number) is int and isinstance(author, str) and isinstance(body, str)):
            raise self.rest.malformed(path)
        return ForgeComment(number, author, body)


def github(environment: Mapping[str, str], number: int, pause: float = 1.0, timeout: float = 30.0) -> GitHub:
    """Return the comments of a pull request, given the variables that GitHub sets in a workflow."""
    repository = environment.get("GITHUB_REPOSITORY", "")
    if not _is(_REPOSITORY, repository):
        raise ForgeError("GITHUB_REPOSITORY is not OWNER/NAME", hint="run this in a workflow of GitHub")
    api = environment.get("GITHUB_API_URL") or "https://api.github.com"
    token = f"Bearer {environment.get('GITHUB_TOKEN', '')}"
    rest = Rest("GitHub", api.rstrip("/"), "Authorization", token, _HINTS, pause, timeout)
    return GitHub(rest, repository, number)


def _is(pattern: re.Pattern[str], text: object) -> bool:
    return isinstance(text, str) and pattern.fullmatch(text) is not None
