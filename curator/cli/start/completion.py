"""Print the script that completes words in a shell."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

__all__ = ["SHELLS", "add_arguments", "run"]

SHELLS = ("bash", "zsh", "fish")
DESCRIPTION = """\
Print a script that completes verbs, options, dataset types, rules, files, and the
repository's own cameras, detectors and filters in your shell.

  bash   curator completion bash > \\
             ~/.local/share/bash-completion/completions/curator
         or, without the package bash-completion, in ~/.bashrc:
         source <(curator completion bash)
  zsh    curator completion zsh > ~/.zfunc/_curator
         and in ~/.zshrc, before compinit: fpath+=~/.zfunc
  fish   curator completion fish > ~/.config/fish/completions/curator.fish

Create the folder first if it does not exist, and open a new shell. The script asks
the installed curator at every <Tab>, so you never need to update it. It runs nothing
from a repository."""
EXAMPLES = "curator completion bash"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS)


def run(args: Namespace) -> int:
    import os

    from curator.cli.terminal.console import say

    script = os.path.join(os.path.dirname(__file__), "scripts", f"curator.{args.shell}")
    with open(script, encoding="utf-8") as stream:
        say(stream.read().rstrip("\n"))
    return 0
