"""CUR017-020: what ``curator.yaml`` says of findings, and the baseline."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.context import Context, shown
from curator.checks.model.rule import RULES, rule
from curator.name_lookup import did_you_mean, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.checks.policy.audit import Audit

__all__: list[str] = []


@rule("CUR017", "suppression matches no finding", severity="warning", scope="policy")
def unused(facts: Audit, ctx: Context) -> Iterator[Finding]:
    """This suppression silences no finding, so it is not needed, or its path is wrong. As in `.gitignore`,
    `*` matches within one directory and `**` across directories. Correct or remove it.

    Bad::

        config: suppressions:
        config: - {rule: CUR301, path: "ExampleCam/defects/s00/*", reason: "its edge is masked on purpose"}

    Good::

        config: suppressions:
        config: - {rule: CUR301, path: "ExampleCam/defects/**", reason: "its edge is masked on purpose"}
        x0 y0 width height
        4090 17 12 30
    """
    from curator.checks.policy.gitignore_globs import Glob

    paths: list[str] | None = None
    for number in facts.policy.unused():
        one = facts.config.suppressions[number]
        if not facts.is_asked(one.rule):
            continue
        if paths is None:
            paths = [entry.path for entry in facts.snapshot.entries()]
        glob = Glob(one.path)
        known = any(glob.matches(path) for path in paths)
        yield ctx.finding(
            facts.place("suppressions", number),
            f"{one.rule} has no finding in {shown(one.path)}"
            if known
            else f"no file has the path {shown(one.path)}",
            hint="remove it"
            if known
            else "check the path: `*` matches within one directory, `**` across directories",
            topic="suppression matches no finding",
        )


@rule("CUR018", "suppression has expired", severity="warning", scope="policy")
def expired(facts: Audit, ctx: Context) -> Iterator[Finding]:
    """The expiry date of this suppression has passed, so its finding counts again. Remove the suppression, or
    set a later date.

    Bad::

        config: suppressions:
        config: - {rule: CUR303, path: "**", reason: "being cleaned up", expires: 2020-12-31}

    Good::

        config: suppressions:
        config: - {rule: CUR301, path: "**", reason: "being cleaned up", expires: 2999-12-31}
        x0 y0 width height
        4090 17 12 30
    """
    for number in facts.policy.expired():
        one = facts.config.suppressions[number]
        yield ctx.finding(
            facts.place("suppressions", number),
            f"the suppression of {one.rule} expired on {one.expires}: {shown(one.reason)}",
            hint="remove it, or give it a later date",
            topic="a suppression has expired",
        )


@rule("CUR019", "baseline records findings that no longer exist", severity="warning", scope="policy")
def gone(facts: Audit, ctx: Context) -> Iterator[Finding]:
    """The baseline records findings that are now fixed. As long as they are recorded, the same mistake can
    return without a finding. Run `curator baseline update`.

    Bad::

        config: baseline: known.txt
        text: known.txt
        # curator baseline 2
        ExampleCam/defects/s00/20200101T000000.ecsv CUR301 0123456789abcdef  # x0 + width = 4102, but …
    """
    missing = facts.policy.gone()
    if missing:
        count = sum(recorded.times for recorded in missing.values())
        path = facts.policy.baseline.path
        there = Context(path, facts.config, ctx.profile)
        there.take_up(ctx.rule)
        there.raw = facts.snapshot.read(path)
        yield there.finding(
            (min(recorded.line for recorded in missing.values()), 1, 0),
            "a recorded finding no longer exists"
            if count == 1
            else f"{count} recorded findings no longer exist",
            hint="remove them with `curator baseline update`",
        )


@rule("CUR020", "curator.yaml names something that does not exist", severity="warning", scope="policy")
def unknown(facts: Audit, ctx: Context) -> Iterator[Finding]:
    """A severity or a suppression names a rule that this version of curator does not have, so it has no
    effect. Correct or remove it.

    Bad::

        config: severities: {CUR999: warning}
    """
    for code in facts.config.severities:
        if code not in RULES:
            yield _no_rule(code, facts.place("severities", code), facts, ctx)
    for number, one in enumerate(facts.config.suppressions):
        if one.rule not in RULES:
            yield _no_rule(one.rule, facts.place("suppressions", number, "rule"), facts, ctx)


def _no_rule(code: str, place: tuple[int, int, int], facts: Audit, ctx: Context) -> Finding:
    near = nearest(code, facts.codes)
    told = f"{did_you_mean(f'{near}, {RULES[near].name}')} " if near else ""
    return ctx.finding(
        place,
        f"there is no rule {code}",
        hint=f"{told}`curator rule` lists them",
        topic="there is no such rule",
    )
