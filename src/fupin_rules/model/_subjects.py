"""The subjects that rules are about, as one type."""

from fupin_rules.model._area import Area
from fupin_rules.model._household import Household
from fupin_rules.model._village import Village

# Not `Subject`: that is the word by which a pack says whom a rule is about.
AnySubject = Household | Village | Area
