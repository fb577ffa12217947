"""A wrong argument gets a sentence and a hint, not the whole usage."""

from __future__ import annotations

import pytest

from curator.cli.main import main
from curator.cli.terminal.helps import build_parser
from curator.cli.verbs import verb_names


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("check --fromm X", "there is no option --fromm", "did you mean --from?"),
        ("check --sel=CUR1", "there is no option --sel", "did you mean --select?"),
        ("check --STRICT", "there is no option --STRICT", "did you mean --strict?"),
        ("check -x", "there is no option -x", "`curator check --help` lists the options"),
        ("check --qqqqqq", "there is no option --qqqqqq", "`curator check --help` lists the options"),
        ("restore --author Ada", "there is no option --author", "`curator restore --help` lists the options"),
        ("check --sort", "there is no option --sort", "`curator check --help` lists the options"),
        ("check -stict", "there is no option -stict", "did you mean --strict?"),
        ("why --typ defects", "there is no option --typ", "did you mean --type?"),
        ("why", "--type is missing", None),
        ("baseline", "action is missing", None),
        ("baseline wirte", "action: 'wirte' is not write or update", "did you mean write?"),
        ("export", "OUT is missing", None),
        ("note", "PATH and -m/--message are missing", None),
        ("show a.ecsv b.ecsv", "one FILE at a time: b.ecsv is too many", None),
        ("apply a.json b.json", "one PLAN at a time: b.json is too many", None),
        ("holdings butler:a b c", "one KIND:PATH at a time: b c is too many", None),
        ("ingest a butler:b c", "--label is missing", None),
        ("verify", "FITS is missing", None),
        ("demo x", "unexpected argument: x", None),
        ("plan x", "one of --label --purge is missing", None),
        ("select --format jsn", "--format: 'jsn' is not text, json, csv or ecsv", "did you mean json?"),
        ("check --jobs x", "--jobs: 'x' is not a whole number", None),
        ("check --from", "--from needs a value", None),
        ("check --rev a --from b", "--from cannot be used with --rev", None),
        ("check --strict=3", "--strict takes no value, but was given '3'", None),
    ],
)
def test_one_sentence_and_one_hint(
    words: str, message: str, hint: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words.split()) == 2
    out, err = capsys.readouterr()
    hint = hint or f"`curator {words.split()[0]} --help` shows what to write"
    assert (out, err) == ("", f"curator: {message}\n  hint: {hint}\n")


def test_a_negative_number_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--jobs", "-1", "--strictt"]) == 2
    assert "there is no option --strictt" in capsys.readouterr().err


@pytest.mark.parametrize("name", verb_names())
def test_every_verb_answers_an_unknown_option_in_two_lines(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--no-such-option"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("curator: there is no option --no-such-option\n  hint: ")
    assert err.count("\n") == 2


@pytest.mark.parametrize("name", verb_names())
def test_every_option_suggests_itself_for_a_slip(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = [one for action in build_parser(name)._actions for one in action.option_strings]
    for option in options:
        slip = f"{option[:-1]}{option[-1] * 2}"
        # --formatt is as near to --formatter as to --format.
        if len(option) > 6 and not any(one.startswith(slip) for one in options):
            assert main([name, slip]) == 2
            assert f"did you mean {option}?" in capsys.readouterr().err
