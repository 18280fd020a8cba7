"""How many steps lie between states, whatever guards say."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping

Onward = Mapping[str, Collection[str]]


def distances(steps: Onward, starts: Iterable[str]) -> dict[str, int]:
    """Count the fewest steps from any of some states to each that they lead to, themselves among them."""
    far = dict.fromkeys(starts, 0)
    waiting = deque(far)
    while waiting:
        state = waiting.popleft()
        for target in steps.get(state, ()):
            if target not in far:
                far[target] = far[state] + 1
                waiting.append(target)
    return far
