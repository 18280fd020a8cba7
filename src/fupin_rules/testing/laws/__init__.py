"""Laws that an adopter wants of any policy, tried on drawn households, villages and areas."""

from fupin_rules.testing.laws._check_policy import check_policy
from fupin_rules.testing.laws._report import LAWS, LawResult, LawStatus, PolicyCheck

__all__ = ["LAWS", "LawResult", "LawStatus", "PolicyCheck", "check_policy"]
