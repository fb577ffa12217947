"""What `curator adopt` does in a repository that is adopted already: add hooks and CI, confirm sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, say
from curator.cli.terminal.layout import tell

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection, Iterator

    from curator.editing.new.curator_revision import Revision
    from curator.repository.repository import Repository

__all__ = ["ADDRESS_VARIABLE", "about_automation", "complete_automation", "print_confirmed"]

ADDRESS_VARIABLE = {
    forge: f"On {name}, set the variable CURATOR_ADDRESS ({where}) to curator's git address, or CI stops."
    for forge, name, where in (
        ("github", "GitHub", "Settings > Secrets and variables > Actions > Variables"),
        ("gitlab", "GitLab", "Settings > CI/CD > Variables"),
    )
}


def complete_automation(repo: Repository, args: Namespace, revision: Revision) -> bool:
    """Add what --hooks and --ci name to an adopted repository; return whether this was asked for."""
    from curator.editing.new.automation_files import add_automation, automation_files
    from curator.editing.session import editing
    from curator.repository.layout.config import NAME, load_config

    others = (args.baseline, args.force, args.name, args.profile, args.like)
    if not (args.hooks or args.ci) or any(others):
        return False
    tree = repo.worktree()
    with editing(tree, "adopt") as session:
        if NAME in session.completed or tree.find(NAME) is None:  # an adoption that was killed is done again
            return False
        files = automation_files(
            hooks=args.hooks,
            ci=args.ci,
            address=args.curator_address,
            branch=load_config(tree).release_branch,
            revision=revision.name,
            strict=args.strict,
        )
        written, kept = add_automation(repo, files, dry_run=args.dry_run)
    for path in written:
        say(f"{'Would write' if args.dry_run else 'Wrote'} {path}")
    for path in kept:
        say(f"Kept unchanged: {path}")
    for line in about_automation(repo, written, args, revision):
        tell(escape(line))
    return True


def about_automation(
    repo: Repository, written: Collection[str], args: Namespace, revision: Revision
) -> Iterator[str]:
    """Run ``pre-commit install`` if --hooks asks for it, and give the sentences about hooks and CI.

    A new clone of a repository that has the hooks' file needs ``pre-commit install``, too.
    """
    from curator.editing.new.automation_files import CI_FILES, HOOKS_FILE, install_hooks

    if args.hooks:
        yield "Would run `pre-commit install`." if args.dry_run else install_hooks(repo.root)
    is_ci = any(path in written for paths in CI_FILES.values() for path in paths)
    if is_ci or (HOOKS_FILE in written and args.curator_address):
        yield f"{revision.sentence[:1].upper()}{revision.sentence[1:]}."
    if is_ci and not args.curator_address:
        yield ADDRESS_VARIABLE[args.ci]


def print_confirmed(repo: Repository, camera: str, *, dry_run: bool) -> int:
    """Confirm sizes of detectors, and print which."""
    from curator.editing.adopt.confirm_sizes import confirm_sizes

    confirmed = confirm_sizes(repo, camera, dry_run=dry_run)
    for each in confirmed:
        sizes = "size of 1 detector" if each.sizes == 1 else f"sizes of {each.sizes} detectors"
        say(f"{'Would confirm' if dry_run else 'Confirmed'} the {sizes} in {escape(each.path)}.")
    if not confirmed:
        tell("Nothing to do: no camera file says `size_from`.")
    elif not dry_run:
        tell("A box beyond these sensors is now an error, and stops a commit. Commit the change.")
    return 0
