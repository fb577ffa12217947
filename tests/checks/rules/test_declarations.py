"""A rule that is declared wrongly is refused with the name of its function and what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from curator.checks.generate.docs import pages
from curator.checks.generate.rule_index import index_file
from curator.checks.model import rule as rules
from curator.checks.model.finding import Finding

NAME = "curator.checks.rules.content.gains.gains"
OTHERS = "in the folder content; take one from CUR300 to CUR399, or move it to the folder of its code"
TYPE = "but there is no dataset type or family of them"


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> dict[str, rules.Rule]:
    """Return the rules by code; those that a test adds are gone after it."""
    known = {one.code: one for one in rules.all_rules()}
    monkeypatch.setattr(rules, "RULES", known)
    return known


def declare(code: str = "CUR398", module: str = "content.gains", **words: Any) -> None:
    def gains(*_: object) -> Iterator[Finding]:
        yield from ()

    gains.__module__, gains.__qualname__ = f"curator.checks.rules.{module}", "gains"
    rules.rule(code, "gain is odd", **words)(gains)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"types": "crosstalk"}, "has types='crosstalk'; write types=('crosstalk',)"),
        ({"types": ["bfk", "curve"]}, "has types=['bfk', 'curve']; write types=('bfk', 'curve')"),
        ({"after": "CUR399"}, "has after='CUR399'; write after=('CUR399',)"),
        ({"code": "CUR498"}, f"has the code CUR498 {OTHERS}"),
        ({"code": "CUR39"}, f"has the code CUR39 {OTHERS}"),
        ({"code": "CUR3999"}, f"has the code CUR3999 {OTHERS}"),
        ({"code": ""}, f"has the code  {OTHERS}"),
        ({"scope": "set"}, "has scope='set' in the folder content; move it to cross_file"),
        ({"scope": "tree"}, "has scope='tree' in the folder content; move it to file or layout"),
        ({"scope": "table"}, "has scope='table' in the folder content; scopes are read, path, tree, file, "),
    ],
)
def test_a_wrong_declaration_is_refused_at_import(
    words: dict[str, Any], message: str, registered: dict[str, rules.Rule]
) -> None:
    before = dict(registered)
    with pytest.raises(ValueError, match=f"^{re.escape(f'{NAME} {message}')}"):
        declare(**words)
    assert registered == before


def test_a_rule_outside_the_folders_of_codes_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"columns\.gains has scope='file' in the folder shared; move it to file"
    ):
        declare(module="shared.columns")


@pytest.mark.parametrize("load", [rules.all_rules, pages, index_file])
@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"types": ("crostalk",)}, f"{TYPE} 'crostalk'; did you mean crosstalk? known: bfk, box_list, "),
        ({"types": ("bfk", "curves")}, f"{TYPE} 'curves'; did you mean curve? known: bfk, box_list, "),
        ({"after": ("CUR998",)}, "but there is no rule of scope 'file' 'CUR998'; "),
        ({"after": ("CUR401",)}, "but there is no rule of scope 'file' 'CUR401'; "),
    ],
)
def test_an_unknown_name_is_refused_where_all_rules_are_loaded(
    load: Any, words: dict[str, Any], message: str
) -> None:
    declare(**words)
    ((keyword, names),) = words.items()
    with pytest.raises(ValueError, match=f"^{re.escape(f'{NAME} has {keyword}={names!r}, {message}')}"):
        load()


@pytest.mark.parametrize("code", ["CUR3x9", "CRU398"])
def test_a_code_that_is_no_code_is_refused_where_all_rules_are_loaded(code: str) -> None:
    declare(code)
    with pytest.raises(ValueError, match=f"gains has the code {code}; write CUR and three digits"):
        rules.all_rules()


@pytest.mark.parametrize("types", [(), ("crosstalk",), ("curve",), ("bfk", "box_list")])
def test_dataset_types_and_families_are_accepted(types: tuple[str, ...]) -> None:
    declare(types=types)
    assert "CUR398" in {one.code for one in rules.all_rules()}
    assert ("Applies to all calibrations." in pages()["CUR398.md"]) == (not types)
