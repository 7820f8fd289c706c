"""The words of surveys that several faces say."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MARKS: dict[int, Promise] = {
    5: _("Rất hài lòng"),
    4: _("Hài lòng"),
    3: _("Bình thường"),
    2: _("Không hài lòng"),
    1: _("Rất không hài lòng"),
}
"""The scale (E-11), from the best to the worst, as it is shown."""
