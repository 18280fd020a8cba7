"""A register under a policy, to be looked at: figures without persons as plain data, and one page that holds them."""

from fupin_rules.report._coarse import LEAST, shares
from fupin_rules.report._draw_up import draw_up
from fupin_rules.report._figures import Basis, Figure, Line, Report, Row, Said
from fupin_rules.report._page import write_page

__all__ = ["LEAST", "Basis", "Figure", "Line", "Report", "Row", "Said", "draw_up", "shares", "write_page"]
