"""The door: choose a verb, run it, and turn whatever goes wrong into one line and an exit status."""

from __future__ import annotations

import codecs
import os
import sys
from types import ModuleType

from curator.cli.terminal.console import complain, paint, plainly, quietly, say
from curator.cli.verbs import GROUPS, load_verb, summary_of, verb_names
from curator.errors import LocatedError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

__all__ = ["command", "main"]

INTERRUPTED = 130
BROKEN_PIPE = 141


def overview() -> str:
    """Return the table of verbs, by what they are for."""
    from curator.cli.terminal.layout import wrap

    lines = [
        "usage: curator [-C REPO] VERB ...",
        "",
        *wrap("Human-curated calibrations of astronomical cameras, kept in git."),
    ]
    for group, title in GROUPS.items():
        lines += ["", paint(title, "bold")]
        for name in verb_names(group):
            lines += wrap(summary_of(name), first=f"  {name:<11} ", rest=" " * 14)
    lines += ["", paint("Options", "bold")]
    lines += [
        "  -C REPO     run as if started in REPO",
        "  --version   print the version",
        "  --help      print this table",
    ]
    lines += ["", "`curator VERB --help` explains a verb."]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process if not given.

    Returns
    -------
    int
        0, 1 (findings), 2 (wrong usage, unreadable repository), 3 (a bug), 130 (interrupted).
    """
    given = list(sys.argv[1:] if argv is None else argv)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed, and nobody wants to read it
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115  # as long as the process
    codecs.register_error("curator.plain", plainly)
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="curator.plain")
    here = _current_directory()
    try:
        status = _dispatch(list(given), here)
        sys.stdout.flush()
        return status
    except SystemExit as stop:  # argparse printed help, or what is wrong
        return stop.code if isinstance(stop.code, int) else 2
    except LocatedError as error:
        for one in error.problems or (error,):
            complain(_one_line(one), one.hint)
        return error.exit_status
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return BROKEN_PIPE
    except OSError as error:
        name = error.filename or ("standard output" if _is_of_printing(error) else "")
        if not error.filename:
            _drop_output()
        complain(": ".join(str(part) for part in (name, error.strerror or error) if part))
        return 2
    except Exception:
        from curator.crashes import BUG, write_log

        complain(f"this is a bug in curator; please report it, with {write_log(given)}")
        return BUG
    finally:
        if here:
            os.chdir(here)


def _is_of_printing(error: OSError) -> bool:
    """Whether a verb was printing: nothing else is written by the modules of this package themselves."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return place is not None and place.tb_frame.f_globals.get("__name__", "").startswith("curator.cli.")


def _drop_output() -> None:
    """Let what is left to be printed go nowhere: it would fail again at the end of the process."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # it is no file, as in a test
        return


def command() -> NoReturn:
    """Be the process: run the command line and end.

    Where nothing waits for the end of the process, it ends at once: taking hundreds of modules apart first
    takes as long as checking a file. For the same reason garbage is collected seldom.
    """
    import atexit
    import gc

    gc.set_threshold(100_000, 20, 100)
    status = main()
    if atexit._ncallbacks() == 0 and "threading" not in sys.modules:
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def _dispatch(words: list[str], here: str) -> int:
    directories = []
    while words and words[0].startswith("-"):
        word = words.pop(0)
        if word in ("-h", "--help"):
            say(overview())
            return 0
        if word == "--version":
            from curator import __version__

            say(f"curator {__version__}")
            return 0
        if not word.startswith("-C"):
            raise UsageError(
                f"unknown option {word}", hint="options of a verb come after it: `curator check --strict`"
            )
        if word == "-C" and not words:
            raise UsageError("-C needs a directory")
        directories.append(word[2:] or words.pop(0))
    if not words:
        say(overview())
        return 0
    name = words.pop(0)
    if name == "__complete":
        from curator.cli.terminal.completing import run

        return run(words)
    if name == "help":
        name, words = (words[0], ["--help"]) if words else (name, [])
        if not words:
            say(overview())
            return 0
    verb = load_verb(name)
    if verb is None:
        raise _unknown(name)
    args = _arguments(name, verb, words)
    args.verb = name
    args.started_in = here
    args.behind_dashes = words[words.index("--") + 1 :] if "--" in words else None
    args.repo = _enter([*directories, *args.directories])
    # What programs read is an answer that was asked for.
    if getattr(args, "quiet", False) and (getattr(args, "format", None) or "text") == "text":
        return quietly(lambda: _run(verb, args))
    return _run(verb, args)


def _run(verb: ModuleType, args: Any) -> int:
    status: int = verb.run(args)
    return status


def _arguments(name: str, verb: ModuleType, words: list[str]) -> Any:
    plain = getattr(verb, "plain", None)
    if plain is not None and (found := plain(words)) is not None:
        return found
    from curator.cli.terminal.helps import build_parser

    parser = build_parser(name)
    if getattr(verb, "INTERMIXED", False):
        return parser.parse_intermixed_args(words)
    return parser.parse_args(words)


def _enter(directories: list[str]) -> str:
    """Change into each directory in turn, as ``git -C`` does, so that all relative paths start there."""
    for directory in filter(None, directories):
        try:
            os.chdir(directory)
        except OSError as error:
            raise UsageError(f"cannot change to {directory}: {error.strerror}") from None
    return os.curdir


def _current_directory() -> str:
    try:
        return os.getcwd()
    except OSError:  # it was removed; a command that names absolute paths still works
        return ""


def _unknown(name: str) -> UsageError:
    from curator.cli.synonyms import suggested_command
    from curator.name_lookup import did_you_mean

    command = suggested_command(name, verb_names())
    hint = did_you_mean(command and f"`curator {command}`", "`curator --help` lists the verbs")
    return UsageError(f"there is no verb {name!r}", hint=hint)


def _one_line(error: LocatedError) -> str:
    place = ":".join(str(part) for part in (error.path, error.line, error.column) if part)
    return " ".join((f"{place}: {error.message}" if place else error.message).split("\n"))
