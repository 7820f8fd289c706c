"""The five marks a citizen may give, in words: the scale of the satisfaction surveys (E-11)."""

from motcua.surveys.wording import MARKS

SCORES = MARKS
"""From the best to the worst, as they are shown."""
