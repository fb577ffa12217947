"""``python -m curator`` is the ``curator`` command."""

import sys

from curator.cli.main import main

sys.exit(main())
