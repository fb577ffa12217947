"""List the rules, or explain one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.json_output import add_format, say_json
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from curator.checks.model.rule import Rule

EXAMPLES = "curator rule CUR301"
# Length of the beginning that the rules of one hundred share (CUR3).
_FAMILY = 4
_FEW = 12


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="rule to explain, such as CUR301; default: list all"
    )
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.checks.model.rule import all_rules
    from curator.cli.terminal.console import say, table

    rules = {one.code: one for one in all_rules()}
    if args.format == "json":
        codes = [_known(args.code, rules)] if args.code else list(rules)
        say_json(rules=[_facts(rules[code]) for code in codes])
        return 0
    if args.code is None:
        say(table([(one.code, one.severity, one.name) for one in rules.values()]))
        return 0
    say(_explained(rules[_known(args.code, rules)]))
    return 0


def _known(text: str, rules: Mapping[str, Rule]) -> str:
    code = text.upper()
    if code not in rules:
        raise UsageError(f"there is no rule {text}", hint=_suggested(text, rules))
    return code


def _facts(rule: Rule) -> dict[str, object]:
    from curator.checks.model.rule_examples import parse_text

    return {
        "code": rule.code,
        "title": rule.name,
        "severity": rule.severity,
        "dataset_types": list(rule.dataset_types),
        "explanation": parse_text(rule.text).explanation,
    }


def _suggested(wanted: str, rules: Mapping[str, Rule]) -> str:
    """Return the hint that names the rules whose code or title is most like what was typed."""
    from curator.name_lookup import did_you_mean, nearest

    code = wanted.upper()
    titles = {each.name: each.code for each in rules.values()}
    near = nearest(code, rules) or titles.get(nearest(wanted, titles, 0.5), "")
    hint = did_you_mean(near and f"{near} ({rules[near].name})", "`curator rule` lists the rules")
    family = [known for known in rules if len(code) > _FAMILY and known.startswith(code[: _FAMILY + 1])]
    return f"{hint} There are {', '.join(family)}" if 1 < len(family) <= _FEW else hint


def _explained(rule: Rule) -> str:
    from curator.checks.model.rule_examples import parse_text
    from curator.cli.terminal.console import paint
    from curator.cli.terminal.layout import filled, wrap

    text = parse_text(rule.text)
    about = ", ".join(rule.dataset_types) or "all calibrations"
    lines = [
        *wrap(f"{paint(rule.code, 'bold')} {rule.name} ({rule.severity})", rest="  "),
        "",
        filled(text.explanation),
        "",
        *wrap(f"Applies to: {about}", rest="  "),
    ]
    for example in text.examples:
        what = f" ({example.about})" if example.about else ""
        colour = "red" if example.kind == "Bad" else "green"
        lines += ["", paint(f"{example.kind}{what}:", colour), *(f"    {line}" for line in example.lines)]
    return "\n".join(lines)
