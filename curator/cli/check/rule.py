"""List the rules, or explain one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.checks.model.rule import Rule

EXAMPLES = "curator rule CUR301"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="the rule to explain, such as CUR301; all if none"
    )


def run(args: Namespace) -> int:
    from curator.checks.model.rule import all_rules
    from curator.cli.terminal.console import say, table

    rules = {one.code: one for one in all_rules()}
    if args.code is None:
        say(table([(one.code, one.severity, one.name) for one in rules.values()]))
        return 0
    code = args.code.upper()
    if code not in rules:
        near = [one for one in rules if one.startswith(code[:4])]
        raise UsageError(
            f"there is no rule {args.code}",
            hint=f"there are {', '.join(near)}" if near else "`curator rule` lists them",
        )
    say(_explained(rules[code]))
    return 0


def _explained(rule: Rule) -> str:
    from curator.checks.model.rule_examples import parse_text
    from curator.cli.terminal.console import paint
    from curator.cli.terminal.layout import filled, wrap

    text = parse_text(rule.text)
    about = ", ".join(rule.dataset_types) or "all calibrations"
    lines = [
        f"{paint(rule.code, 'bold')} {rule.name} ({rule.severity})",
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
