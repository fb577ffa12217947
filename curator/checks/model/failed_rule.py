"""What becomes of a bug in curator that shows at one file: a finding on that file, beside all others.

Nothing may silence such a finding, as it says that less was looked at than somebody believes.
"""

from __future__ import annotations

from curator.checks.model.finding import Finding
from curator.errors import RepositoryError, UnexpectedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from curator.checks.model.context import Context
    from curator.checks.model.rule import Rule

__all__ = ["UNJUDGED", "any_unjudged", "ask_rule", "name_of_rule", "unjudged"]

UNJUDGED = "CUR021"


def unjudged(error: Exception, path: str, what: str) -> Finding:
    """Return the finding for an exception that is being handled.

    Parameters
    ----------
    error : Exception
    path : str
        The file that was looked at.
    what : str
        What raised it, as a sentence begins: ``the reader``; see `name_of_rule` for a rule.
    """
    if not isinstance(error, UnexpectedError):
        from curator.crashes import unexpected

        error = unexpected(error, path, what)
    topic = error.message.partition("; ")[0]
    return Finding(UNJUDGED, "error", path, 1, 1, error.message, error.hint, topic=topic)


def ask_rule(rule: Rule, subject: object, ctx: Context, looked_at: Callable[[], str]) -> Iterator[Finding]:
    """Give what a rule about many files says; if it fails, what it said before, and that it failed.

    Parameters
    ----------
    looked_at : callable
        Returns the path of the file that the rule has looked at last, empty where it is not known.
    """
    ctx.take_up(rule)
    try:
        yield from rule.function(subject, ctx)
    except Exception as error:
        if isinstance(error, RepositoryError) and error.path == ctx.config.path:
            raise  # curator.yaml is at fault, not a file
        yield unjudged(error, looked_at() or ctx.config.path, name_of_rule(rule))


def name_of_rule(rule: Rule) -> str:
    """Return how a message names a rule."""
    return f"rule {rule.code} ({rule.name})"


def any_unjudged(findings: Iterable[Finding]) -> bool:
    """Return whether a bug kept anything from being judged."""
    return any(finding.code == UNJUDGED for finding in findings)
