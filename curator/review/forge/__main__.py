"""Write the scoreboard that a check left into its pull request.

Workflows run ``python -I -m curator.review.forge FORGE FOLDER``, where FORGE is ``github`` or ``gitlab``. All
else comes from the variables that a forge sets. The exit status is 0 if the comment is there or need not be,
1 if it could not be written, 2 for wrong usage. The workflows see to it that no check fails by it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from curator.errors import CuratorError, UsageError
from curator.formats.files.terminal_escape import escape
from curator.review.forge.comments import publish
from curator.review.forge.github import github, run_of_event
from curator.review.forge.gitlab import gitlab
from curator.review.forge.received import read_number, read_scoreboard

__all__ = ["main"]


def main(
    words: Sequence[str], environment: Mapping[str, str], *, pause: float = 1.0, timeout: float = 30.0
) -> int:
    """Write a comment, say how it went, and return the exit status."""
    forge = words[0] if words else ""
    try:
        print(_said(words, environment, pause, timeout))
    except CuratorError as error:
        place = ":".join(str(part) for part in (error.path, error.line) if part)
        text = f"the scoreboard is not written: {f'{place}: ' if place else ''}{error.message}"
        text = escape(f"{text}; {error.hint}" if error.hint else text)
        if forge == "github":
            print(f"::warning title=curator::{text.replace('%', '%25')}")
        else:
            print(f"curator: {text}", file=sys.stderr)
        return error.exit_status
    return 0


def _said(words: Sequence[str], environment: Mapping[str, str], pause: float, timeout: float) -> str:
    if len(words) != 2 or words[0] not in ("github", "gitlab"):
        raise UsageError("the words are not FORGE FOLDER", hint="FORGE is github or gitlab")
    forge, folder = words
    body = read_scoreboard(folder)
    if not body:
        return "The check left no scoreboard: nothing is written."
    if forge == "gitlab":
        notes = gitlab(environment, pause, timeout)
        head = environment.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") or environment.get("CI_COMMIT_SHA", "")
        return notes.stale(head) or publish(notes, body)
    run = run_of_event(environment.get("GITHUB_EVENT_PATH", ""))
    comments = github(environment, read_number(folder), pause, timeout)
    return comments.stale(run) or publish(comments, body)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
