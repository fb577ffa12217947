"""Write man pages from what the help of each verb says: ``make man``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator

from curator import __version__
from curator.cli.terminal.helps import build_parser
from curator.cli.verbs import GROUPS, load_verb, summary_of, verb_names

__all__ = ["man_page", "man_pages", "write_man_pages"]

_STATUSES = (
    ("0", "done, and nothing to report"),
    ("1", 'the answer is "no": findings, differences, gaps, no calibration; or a refusal'),
    ("2", "wrong usage, or a repository, file or setting that cannot be read"),
    ("3", "a bug in curator"),
)


def man_pages() -> dict[str, str]:
    """Return all pages in roff by the names of their files."""
    pages = {f"curator-{name}.1": man_page(name) for name in verb_names()}
    return {"curator.1": "\n".join(_overview()) + "\n", **pages}


def man_page(name: str) -> str:
    """Return the page of one verb in roff."""
    return "\n".join(_verb(name)) + "\n"


def write_man_pages(folder: str) -> None:
    """Write all pages into a folder, such as ``share/man/man1``."""
    os.makedirs(folder, exist_ok=True)
    for name, text in man_pages().items():
        with open(os.path.join(folder, name), "w", encoding="ascii") as file:
            file.write(text)


def _overview() -> Iterator[str]:
    yield from _title("curator", "Keep human-curated calibrations of astronomical cameras in git")
    yield ".SH SYNOPSIS"
    yield r".B curator"
    yield r"[\fB\-C\fR \fIREPO\fR] \fIVERB\fR ..."
    yield ".SH DESCRIPTION"
    yield "Human\\-curated calibrations of astronomical cameras are text in git, checked, exported as FITS,"
    yield "and certified in a registry."
    for group, title in GROUPS.items():
        yield f".SS {_quoted(title)}"
        for name in verb_names(group):
            yield from _tagged(rf"\fBcurator\-{_text(name)}\fR(1)", summary_of(name))
    yield ".SH OPTIONS"
    yield from _tagged(r"\fB\-C\fR \fIREPO\fR", "work as if started in REPO")
    yield from _tagged(r"\fB\-\-version\fR", "print the version")
    yield from _tagged(r"\fB\-\-help\fR", "list the verbs")
    yield from _exit_statuses()


def _verb(name: str) -> Iterator[str]:
    module = load_verb(name)
    assert module is not None
    parser = build_parser(name)
    yield from _title(f"curator-{name}", summary_of(name))
    yield ".SH SYNOPSIS"
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    yield rf"\fBcurator {_text(name)}\fR"
    yield _text(usage.removeprefix(f"curator {name}").strip())
    yield ".SH DESCRIPTION"
    yield from _paragraphs(getattr(module, "DESCRIPTION", f"{summary_of(name)}."))
    formatter = parser._get_formatter()
    for title, is_option in (("ARGUMENTS", False), ("OPTIONS", True)):
        actions = [
            one
            for one in parser._actions
            if bool(one.option_strings) is is_option and one.help is not argparse.SUPPRESS
        ]
        if actions:
            yield f".SH {title}"
        for action in actions:
            told = formatter._expand_help(action) if action.help else ""
            yield from _tagged(_invocation(formatter, action), told)
    yield from _exit_statuses()
    yield ".SH EXAMPLES"
    yield from _verbatim(module.EXAMPLES.split("\n"))
    yield ".SH SEE ALSO"
    yield r"\fBcurator\fR(1)"


def _title(name: str, summary: str) -> Iterator[str]:
    yield f'.TH {_quoted(name.upper())} 1 "" {_quoted(f"curator {__version__}")} "curator"'
    yield ".SH NAME"
    yield rf"{_text(name)} \- {_text(summary)}"


def _invocation(formatter: argparse.HelpFormatter, action: argparse.Action) -> str:
    """Return how an argument is written, with its names in bold."""
    if not action.option_strings:
        return rf"\fI{_text(formatter._format_action_invocation(action))}\fR"
    names = ", ".join(rf"\fB{_text(one)}\fR" for one in action.option_strings)
    if action.nargs == 0:
        return names
    value = action.metavar or formatter._metavar_formatter(action, action.dest.upper())(1)[0]
    return rf"{names} \fI{_text(str(value))}\fR"


def _exit_statuses() -> Iterator[str]:
    yield '.SH "EXIT STATUS"'
    for status, meaning in _STATUSES:
        yield from _tagged(rf"\fB{status}\fR", meaning)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a description; one that has indented lines is set as it is written."""
    for number, paragraph in enumerate(filter(None, (one.strip("\n") for one in text.split("\n\n")))):
        if number:
            yield ".PP"
        lines = paragraph.split("\n")
        if any(line.startswith(" ") for line in lines):
            yield from _verbatim(lines)
        else:
            yield from map(_text, lines)


def _verbatim(lines: Iterable[str]) -> Iterator[str]:
    yield ".nf"
    yield from map(_text, lines)
    yield ".fi"


def _tagged(tag: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield tag
    yield _text(" ".join(text.split())) or r"\&"


def _text(text: str) -> str:
    """Return a line of text such that roff prints it as it is, in ASCII."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("`", r"\(ga").replace("'", r"\(aq")
    text = "".join(one if one.isascii() else rf"\[u{ord(one):04X}]" for one in text)
    return rf"\&{text}" if text.startswith(".") else text


def _quoted(text: str) -> str:
    return '"' + _text(text).replace('"', r"\(dq") + '"'


if __name__ == "__main__":
    write_man_pages(sys.argv[1])
