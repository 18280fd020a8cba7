"""What one request may ask at most."""

from __future__ import annotations

import attrs

from fupin_rules.errors import Fault, LimitError


def _positive(_: object, field: attrs.Attribute[int], value: int) -> None:
    if value < 1:
        raise LimitError(Fault(f"`{field.name}`", "is less than one", "give a whole number of one or more", "limit"))


@attrs.frozen(kw_only=True)
class Limits:
    """
    What one request may ask at most; nesting is limited to 64 levels whatever is said here.

    Attributes:
        body_bytes: Bytes of a body, counted while it is read.
        households: Households in one body.

    >>> Limits(households=50)
    Limits(body_bytes=2097152, households=50)
    """

    body_bytes: int = attrs.field(default=2 << 20, validator=_positive)
    households: int = attrs.field(default=500, validator=_positive)
