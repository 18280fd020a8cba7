"""
How much of the processor something may take: what a stranger sends ends in time, and takes no more than others do.

Seconds are those of a calm machine of the year the limits were set in, running nothing beside the code. A slower one, one
that others use as well, and one that counts lines or traces memory takes longer by as much as it takes longer for a
piece of plain work, which is what is looked at before a limit is said to be passed.
"""

import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

from fupin_rules.bulk import collector_paused

# What counts lines and what traces memory is called for every line and for every value, and not for the work below.
COUNTED = 4
TRACED = 8
WORK = 500_000
SECONDS_OF_WORK = 0.03


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Refuse what takes the processor longer than so many seconds of a calm machine."""
    # A collector that comes by looks at all that other tests have made.
    with collector_paused():
        start = time.process_time()
        yield
        taken = time.process_time() - start
    # Looked at only where it matters: most take a small part of their limit on any machine.
    if taken >= seconds:
        allowed = seconds * slowness()
        assert taken < allowed, f"took {taken:.2f} s of the processor, and may take {allowed:.2f} s here"


def slowness() -> float:
    """Give how many times longer this machine takes now than a calm one, at least one."""
    start = time.process_time()
    total = 0
    for each in range(WORK):
        total += each
    pace = (time.process_time() - start) / SECONDS_OF_WORK
    return max(pace, 1.0) * (1 if sys.gettrace() is None else COUNTED) * (TRACED if tracemalloc.is_tracing() else 1)
