"""A pack reviewed before it is in force: findings as data, each with a proof or with somebody who shows it."""

from fupin_rules.review._asker import Memory
from fupin_rules.review._codes import CODES, About, Severity
from fupin_rules.review._finding import Finding, OpenQuestion, Review, WhyOpen
from fupin_rules.review._review import periods_of, review_pack

__all__ = [
    "CODES",
    "About",
    "Finding",
    "Memory",
    "OpenQuestion",
    "Review",
    "Severity",
    "WhyOpen",
    "periods_of",
    "review_pack",
]
