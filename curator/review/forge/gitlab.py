"""The notes of a merge request on GitLab, by its REST interface."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from curator.errors import ForgeError
from curator.review.forge.comments import ForgeComment
from curator.review.forge.rest import Rest
from curator.values import dataclass

__all__ = ["TOKEN", "GitLab", "gitlab"]

# The variable of the project that holds a token; without it nothing is written.
TOKEN = "CURATOR_NOTE_TOKEN"
_HINTS = {
    401: f"{TOKEN} has expired or is none: make a new project access token, with the scope `api`",
    403: f"the token in {TOKEN} needs the scope `api` and the role Reporter",
    404: f"the token in {TOKEN} must be one of this project",
}


@dataclass(frozen=True, slots=True)
class GitLab:
    """The notes of one merge request; ``author`` is who the token belongs to."""

    rest: Rest
    request: str
    author: str

    def stale(self, head: str) -> str:
        """Return why a pipeline says nothing of this merge request any more, empty if it does."""
        found = self.rest.get(self.request)
        try:
            state, sha = found["state"], found["sha"]
        except (KeyError, TypeError):
            raise self.rest.malformed(self.request) from None
        if state != "opened":
            return "The merge request is closed: nothing is written."
        if sha != head:
            return "The merge request is at another commit than this pipeline: nothing is written."
        return ""

    def comments(self) -> Iterator[ForgeComment]:
        path = f"{self.request}/notes?per_page=100&order_by=created_at&sort=asc"
        for one in self.rest.pages(path):
            yield self._comment(one)

    def create(self, body: str) -> ForgeComment:
        return self._comment(self.rest.send("POST", f"{self.request}/notes", {"body": body}))

    def update(self, comment: int, body: str) -> None:
        self.rest.send("PUT", f"{self.request}/notes/{comment}", {"body": body})

    def delete(self, comment: int) -> None:
        self.rest.send("DELETE", f"{self.request}/notes/{comment}")

    def _comment(self, record: Any) -> ForgeComment:
        try:
            number, author, body = record["id"], record["author"]["username"], record["body"] or ""
        except (KeyError, TypeError):
            raise self.rest.malformed(f"{self.request}/notes") from None
        if not (type(number) is int and isinstance(author, str) and isinstance(body, str)):
            raise self.rest.malformed(f"{self.request}/notes")
        return ForgeComment(number, author, body)


def gitlab(environment: Mapping[str, str], pause: float = 1.0, timeout: float = 30.0) -> GitLab:
    """Return the notes of a merge request, given the variables that GitLab sets in its pipeline."""
    project, number = (environment.get(name, "") for name in ("CI_PROJECT_ID", "CI_MERGE_REQUEST_IID"))
    if not all(re.fullmatch("[1-9][0-9]{0,14}", one) for one in (project, number)):
        raise ForgeError(
            "CI_PROJECT_ID and CI_MERGE_REQUEST_IID are not numbers",
            hint="run this in the pipeline of a merge request",
        )
    api = environment.get("CI_API_V4_URL", "").rstrip("/")
    rest = Rest("GitLab", api, "PRIVATE-TOKEN", environment.get(TOKEN, ""), _HINTS, pause, timeout)
    user = rest.get("/user")
    author = user.get("username") if isinstance(user, dict) else None
    if not isinstance(author, str) or not author:
        raise rest.malformed("/user")
    return GitLab(rest, f"/projects/{project}/merge_requests/{number}", author)
