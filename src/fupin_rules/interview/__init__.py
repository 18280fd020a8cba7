"""
A talk about one household, village or area: one question after another until its outcome is settled.

It stands above `engine`, which chooses the question, because it adds what an assessment has not: a trail to go back on,
what somebody would not or could not tell, a roster that grows, and the words for where a talk ends. It reads nothing,
prints nothing and keeps nothing: a terminal, a page and a server without memory hold the same talk.
"""

from fupin_rules.interview._interview import Goal, Interview
from fupin_rules.interview._state import InterviewState, Need

__all__ = ["Goal", "Interview", "InterviewState", "Need"]
