"""A word that is no verb gets the verb that is meant."""

from __future__ import annotations

import pytest

from curator.cli.main import main
from curator.cli.synonyms import _READING, SYNONYMS, suggested_command
from curator.cli.verbs import load_verb, verb_names


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("lint", "check"),
        ("validate", "check"),
        ("Lint", "check"),
        ("list", "holdings"),
        ("ls", "holdings"),
        ("view", "show"),
        ("vew", "show"),
        ("cat", "show"),
        ("history", "log"),
        ("hystory", "log"),
        ("edits", "log"),
        ("chekc", "check"),
        ("holding", "holdings"),
        ("cov", "coverage"),
        ("aply", "apply"),
        ("rm", "plan --purge"),
    ],
)
def test_the_verb_that_is_meant_is_suggested(
    word: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word]) == 2
    assert capsys.readouterr().err == (
        f"curator: there is no verb {word!r}\n  hint: did you mean `curator {command}`?\n"
    )


@pytest.mark.parametrize("word", ["init", "new", "note", "fix", "plan", "apply"])
def test_a_verb_that_writes_is_not_suggested_for_a_word_that_is_only_a_little_like_it(word: str) -> None:
    changed = "xz" + word[2:]
    assert suggested_command(changed, verb_names()) in ("", *_READING)


def test_a_word_like_nothing_gets_the_list_of_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["qqqqqq"]) == 2
    assert "`curator --help` lists the verbs" in capsys.readouterr().err


def test_every_synonym_means_a_verb_that_exists_and_is_none_itself() -> None:
    for word, command in SYNONYMS.items():
        assert load_verb(command.split()[0]) is not None, word
        assert load_verb(word) is None, word
    assert all(load_verb(name) is not None for name in _READING)
