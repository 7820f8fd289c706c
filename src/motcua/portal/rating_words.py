"""The five marks a citizen may give, in words: the scale of the satisfaction surveys (E-11)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCORES: dict[int, Promise] = {
    5: _("Rất hài lòng"),
    4: _("Hài lòng"),
    3: _("Bình thường"),
    2: _("Không hài lòng"),
    1: _("Rất không hài lòng"),
}
"""From the best to the worst, as they are shown."""
