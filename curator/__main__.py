"""``python -m curator`` is the ``curator`` command."""

import os
import sys

# Python puts the current directory first: a checked-out repository may hold a yaml.py that would run.
_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
if not sys.flags.safe_path and os.path.abspath(sys.path[0] or os.curdir) != _OURS:
    del sys.path[0]

from curator.cli.main import command  # noqa: E402

command()
