"""Make a new repository of calibrations."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curator.cli.terminal.console import escape, relative, say

__all__ = ["add_arguments", "run"]

DEFAULT_PROFILE = "dmtn148"
DESCRIPTION = """\
Create a git repository with one camera and an example of every dataset type.
Nothing is committed."""
EXAMPLES = "curator init obs_mycam_data --camera myCam"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("directory", metavar="DIR", help="folder to create; an existing folder must be empty")
    parser.add_argument("--camera", metavar="NAME", required=True, help="name of the camera, as in INSTRUME")
    parser.add_argument(
        "--profile",
        help="set of header keywords: dmtn148 or obs_base; default: a terminal asks you, else "
        f"{DEFAULT_PROFILE}",
    )
    parser.add_argument(
        "--hooks",
        metavar="URL",
        default="",
        help="git address of curator for the pre-commit hooks; default: the installed curator",
    )


def run(args: Namespace) -> int:
    from curator.cli.terminal.layout import tell
    from curator.editing.new.curator_revision import curator_revision
    from curator.editing.new.init import init

    profile = args.profile or _ask_profile()
    revision = curator_revision(args.hooks, "--hooks")
    made = init(args.directory, args.camera, profile, hooks=args.hooks, revision=revision.name)
    root = relative(made.root)
    tell(f"Made {escape(root)}: camera {args.camera}, profile {profile}, one example of every dataset type.")
    if args.hooks:
        tell(escape(f"{revision.sentence[:1].upper()}{revision.sentence[1:]}."))
    say("Next:")
    say(f"  cd {escape(root)}")
    say("  curator check        # no findings yet")
    say("  pre-commit install   # check at every commit")
    say("  git add . && git commit")
    say("Its README.md describes the next steps.")
    return 0


def _ask_profile() -> str:
    """Return what the person at the terminal chooses; the default where nobody is there."""
    import sys

    from curator.calibrations.header.profiles import PROFILES
    from curator.cli.terminal.layout import tell

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return DEFAULT_PROFILE
    say("Which header profile should this repository use?")
    for number, profile in enumerate(PROFILES.values(), 1):
        tell(f"{number}  {profile.name:<9} {profile.summary}", "  ", " " * 13)
    names = list(PROFILES)
    while True:
        try:
            answer = input(f"profile [{DEFAULT_PROFILE}]: ").strip()
        except EOFError:
            say()
            return DEFAULT_PROFILE
        if not answer or answer in PROFILES:
            return answer or DEFAULT_PROFILE
        if answer.isdigit() and 0 < int(answer) <= len(names):
            return names[int(answer) - 1]
        say(f"  {escape(answer)}? A number, or {' or '.join(names)}.")
