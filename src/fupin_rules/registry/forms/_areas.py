"""Names of villages laid up so that those which may be one are found without trying each."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from fupin_rules.registry._layouts import fold as folded

# What names a village, in column order, its own name last; None where a part is not known.
Area = tuple[str | None, ...]
_Parts = tuple[bool, ...]


class AreaIndex:
    """
    Areas, each folded once.

    Two may be of one village where the last part is the same and no other part differs; a part that is not known does
    not differ.

    Args:
        areas: What is laid up first.

    >>> index = AreaIndex([("甲县", "河东村"), ("乙县", "河东村")])
    >>> list(index.alike(("甲 县", "河东村")))
    [('甲县', '河东村')]
    >>> len(list(index.alike((None, "河东村"))))
    2
    """

    def __init__(self, areas: Iterable[Sequence[str | None]] = ()) -> None:
        self._exact: dict[Area, list[Area]] = {}
        # By which parts are known of those held, and of those compared: the folded areas, by what both know.
        self._shared: dict[_Parts, dict[_Parts, dict[Area, list[Area]]]] = {}
        for area in areas:
            self.add(area)

    def add(self, area: Sequence[str | None]) -> None:
        """Lay up one more."""
        held = _folded(area)
        if held in self._exact:
            self._exact[held].append(tuple(area))
            return
        self._exact[held] = [tuple(area)]
        known = _known(held)
        if known not in self._shared:
            self._shared[known] = {known: {}}
        for compared, views in self._shared[known].items():
            views.setdefault(_shown(held, compared), []).append(held)

    def exactly(self, area: Sequence[str | None]) -> Sequence[Area]:
        """Give those of which the same parts are known, and are the same."""
        return self._exact.get(_folded(area), ())

    def alike(self, area: Sequence[str | None]) -> Iterator[Area]:
        """Give those that may be of the same village."""
        sought = _folded(area)
        known = _known(sought)
        for held, views in self._shared.items():
            shared = tuple(a and b for a, b in zip(held, known, strict=True))
            if shared not in views:
                view: dict[Area, list[Area]] = {}
                for each in itertools.chain.from_iterable(views[held].values()):
                    view.setdefault(_shown(each, shared), []).append(each)
                views[shared] = view
            for each in views[shared].get(_shown(sought, shared), ()):
                yield from self._exact[each]

    def has_alike(self, area: Sequence[str | None]) -> bool:
        """Tell whether any may be of the same village."""
        return next(self.alike(area), None) is not None


def _folded(area: Sequence[str | None]) -> Area:
    return tuple(part and folded(part) for part in area)


def _known(area: Area) -> _Parts:
    # The name of the village itself is compared even where neither is known.
    return (*(part is not None for part in area[:-1]), True)


def _shown(area: Area, parts: _Parts) -> Area:
    return tuple(part if is_shown else None for part, is_shown in zip(area, parts, strict=True))
