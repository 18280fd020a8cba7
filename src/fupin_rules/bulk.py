"""Work on many things at a time: the cyclic garbage collector stands still meanwhile, and goes on afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """
    Pause the cyclic garbage collector: a bulk loop makes no cycles, and looking for them takes half the time.

    It is as it was before when the loop ends, by an error too; one pause inside another changes nothing. A loop that
    gives out what it makes one by one is no place for it: it would stand still for whatever its caller does in between.

    >>> with collector_paused():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
