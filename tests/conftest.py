"""What all tests share: profiles of Hypothesis, and helper modules beside the tests."""

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

# `importlib` mode gives test modules no folder to import from; helper modules stand beside them.
for folder in ("", "comparison", "differential", "expr", "policy", "review", "schemas", "web", "workflow"):
    sys.path.insert(0, str(Path(__file__).parent / folder))

settings.register_profile("default", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=False)
settings.register_profile("sweep", settings.get_profile("default"), max_examples=3000)
settings.load_profile(os.environ.get("FUPIN_HYPOTHESIS", "default"))
