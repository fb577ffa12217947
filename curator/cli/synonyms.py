"""Words of other programs for what a verb of curator does, and the suggestion for a word that is no verb."""

from __future__ import annotations

from curator.name_lookup import nearest

__all__ = ["SYNONYMS", "suggested_command"]

SYNONYMS = {
    "setup": "init",
    "start": "init",
    "template": "init",
    "example": "demo",
    "tour": "demo",
    "completions": "completion",
    "add": "new",
    "create": "new",
    "make": "new",
    "annotate": "note",
    "comment": "note",
    "approve": "certify",
    "validity": "certify",
    "retire": "deprecate",
    "withdraw": "deprecate",
    "convert": "import",
    "autofix": "fix",
    "format": "fix",
    "migrate": "fix --migrate",
    "repair": "fix",
    "audit": "check",
    "changes": "diff",
    "edits": "log",
    "history": "log",
    "doctor": "check",
    "lint": "check",
    "status": "check",
    "test": "check",
    "validate": "check",
    "codeowners": "owners",
    "reviewers": "owners",
    "rules": "rule",
    "langserver": "lsp",
    "server": "lsp",
    "choose": "select",
    "find": "select",
    "get": "select",
    "lookup": "select",
    "query": "select",
    "which": "select",
    "explain": "why",
    "dates": "coverage",
    "gaps": "coverage",
    "timeline": "coverage",
    "affected": "impact",
    "used": "uses",
    "users": "uses",
    "build": "export",
    "fits": "export",
    "write": "export",
    "prove": "verify",
    "source": "restore",
    "cat": "show",
    "describe": "show",
    "display": "show",
    "head": "show",
    "info": "show",
    "inspect": "show",
    "open": "show",
    "print": "show",
    "view": "show",
    "load": "ingest",
    "push": "ingest",
    "register": "ingest",
    "upload": "ingest",
    "delete": "plan --purge",
    "preview": "plan",
    "purge": "plan --purge",
    "remove": "plan --purge",
    "rm": "plan --purge",
    "revert": "rollback",
    "undo": "rollback",
    "bundle": "handover",
    "package": "handover",
    "checksum": "fingerprint",
    "compare": "diff",
    "digest": "fingerprint",
    "hash": "fingerprint",
    "download": "pull",
    "fetch": "pull",
    "contents": "holdings",
    "list": "holdings",
    "ls": "holdings",
}
# All other verbs may write: they are suggested only for a word that is spelled very much like them.
_READING = frozenset(
    (
        *(
            "check",
            "owners",
            "rule",
            "schema",
            "lsp",
            "diff",
            "log",
            "select",
            "why",
            "coverage",
            "impact",
            "uses",
            "verify",
        ),
        *("restore", "show", "fingerprint", "holdings", "completion", "demo"),
    )
)
_LIKE_A_VERB_THAT_READS = 0.5
_LIKE_A_VERB_THAT_WRITES = 0.75


def suggested_command(word: str, verbs: list[str]) -> str:
    """Return the command that ``word`` may mean, without ``curator``; empty if there is none.

    A word that another program uses comes first. A verb that writes is not suggested for a word that only
    looks a little like it: ``view`` means ``show``, not ``new``.

    Examples
    --------
    >>> suggested_command("view", ["new", "show"]), suggested_command("chekc", ["check"])
    ('show', 'check')
    """
    synonyms = {one: command for one, command in SYNONYMS.items() if command.split()[0] in verbs}
    if (said := word.lower()) in synonyms:
        return synonyms[said]
    near = nearest(word, [*verbs, *synonyms], _LIKE_A_VERB_THAT_WRITES)
    if not near:
        near = nearest(word, [one for one in verbs if one in _READING], _LIKE_A_VERB_THAT_READS)
    return synonyms.get(near, near)
