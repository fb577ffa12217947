"""``python -m curator`` is the ``curator`` command."""

from curator.cli.main import command

command()
