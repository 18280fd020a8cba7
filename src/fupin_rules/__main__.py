"""Run the command `fupin` as `python -m fupin_rules`."""

import sys

from fupin_rules.cli import main

sys.exit(main())
