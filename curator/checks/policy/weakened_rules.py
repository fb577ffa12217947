"""What a change takes away from the rules that it is judged by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curator.checks.model.limits import LIMITS
from curator.errors import CuratorError
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.policy.baseline import Baseline, Key, Recorded
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Weakening", "weakened_rules"]

_GRAVITY = {"off": 0, "info": 1, "warning": 2, "error": 3}
# Limits from below: a smaller one lets more pass.
_FROM_BELOW = frozenset(
    {"curve_low", "curve_dip", "curve_samples", "curve_faint", "wavelength_low"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weakening:
    """One thing that will be said less often: where, the keys that lead to it, and what."""

    path: str
    keys: tuple[str | int, ...]
    message: str


def weakened_rules(before: Config, after: Config, trees: tuple[Snapshot, Snapshot]) -> Iterator[Weakening]:
    """Give what ``after`` says less of than ``before``; ``trees`` hold their baselines."""
    yield from _severities(before, after)
    known = {(suppression.rule, suppression.path): suppression.expires for suppression in before.suppressions}
    for number, one in enumerate(after.suppressions):
        key = (one.rule, one.path)
        if key not in known:
            yield Weakening(
                after.path, ("suppressions", number), f"{one.rule} is suppressed in {one.path} ({one.reason})"
            )
        elif (until := known[key]) is not None and (one.expires is None or one.expires > until):
            yield Weakening(
                after.path, ("suppressions", number), f"{one.rule} is suppressed in {one.path} for longer"
            )
    yield from _limits(before, after)
    for camera in before.cameras:
        if camera.directory not in after.directories:
            yield Weakening(after.path, ("cameras",), f"camera {camera.name} is no longer declared")
    if before.profile != after.profile:
        yield Weakening(
            after.path, ("profile",), f"the profile is {after.profile} instead of {before.profile}"
        )
    yield from _baseline(before, after, trees)


def _severities(before: Config, after: Config) -> Iterator[Weakening]:
    codes = sorted(before.severities.keys() | after.severities.keys())
    for code in codes:
        if before.severities.get(code) == after.severities.get(code):
            continue
        was, is_ = (config.severities.get(code) or _default(code) for config in (before, after))
        if _GRAVITY[is_] < _GRAVITY[was]:
            yield Weakening(
                after.path, ("severities", code), f"the severity of {code} is {is_} instead of {was}"
            )


def _default(code: str) -> str:
    from curator.checks.model.rule import find_rule

    try:
        return find_rule(code).severity
    except KeyError:  # of another version of curator
        return "off"


def _limits(before: Config, after: Config) -> Iterator[Weakening]:
    for camera in sorted(before.limits.keys() | after.limits.keys()):
        mine, theirs = before.limits.get(camera) or {}, after.limits.get(camera) or {}
        for name in sorted(mine.keys() | theirs.keys()):
            default = LIMITS[name].default if name in LIMITS else 0.0
            was, is_ = mine.get(name, default), theirs.get(name, default)
            if is_ < was if name in _FROM_BELOW else is_ > was:
                yield Weakening(
                    after.path,
                    ("limits", camera, name),
                    f"limit {name} of {camera} is {is_} instead of {was}",
                )


def _baseline(before: Config, after: Config, trees: tuple[Snapshot, Snapshot]) -> Iterator[Weakening]:
    if not after.baseline:
        return
    was, is_ = (_recorded(tree, config) for tree, config in zip(trees, (before, after), strict=True))
    if is_ is None:
        return
    grown = _growth(was.entries if was else {}, is_.entries)
    if grown:
        yield Weakening(after.baseline, (), f"the baseline records {grown} more finding{'s' * (grown > 1)}")


def _growth(old: Mapping[Key, Recorded], new: Mapping[Key, Recorded]) -> int:
    """Return how many more findings are recorded; those that only got a key of today's format are no more."""
    from curator.checks.policy.baseline import is_former

    more = {
        key: (new[key].times if key in new else 0) - (old[key].times if key in old else 0)
        for key in old.keys() | new.keys()
    }
    replaced: dict[tuple[str, str], int] = {}
    for key, number in more.items():
        if is_former(key) and number < 0:
            replaced[key.path, key.rule] = replaced.get((key.path, key.rule), 0) - number
    grown = 0
    for key, number in more.items():
        if number > 0:
            known = 0 if is_former(key) else min(number, replaced.get((key.path, key.rule), 0))
            if known:
                replaced[key.path, key.rule] -= known
            grown += number - known
    return grown


def _recorded(tree: Snapshot, config: Config) -> Baseline | None:
    from curator.checks.policy.baseline import load_baseline

    try:
        return load_baseline(tree, config)
    except CuratorError:
        return None  # it records nothing; the check that reads it says what is wrong
