"""A year, a month or a day of the archive of news: its bounds, its words, its neighbours."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.ui.wording import date_in_words

_FINER: Final = {"year": "month", "month": "day", "day": ""}
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2100
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `first` until the day before `until`; `kind` is "year", "month" or "day"."""

    kind: str
    first: date
    until: date

    @property
    def finer(self) -> str:
        """The kind of the stretches that it consists of; empty for a day."""
        return _FINER[self.kind]

    @property
    def label(self) -> str:
        """It in words."""
        said = {"year": self.first.year, "month": self.first.month, "day": date_in_words(self.first)}
        words = {"year": _("Năm %(year)s"), "month": _("Tháng %(month)s năm %(year)s"), "day": _("Ngày %(day)s")}
        return words[self.kind] % said

    @property
    def wider_url(self) -> str:
        """The address of the stretch that it is a part of."""
        if self.kind == "year":
            return reverse("portal:news-archive")
        parts = [self.first.year] if self.kind == "month" else [self.first.year, self.first.month]
        return reverse(f"portal:news-{'year' if self.kind == 'month' else 'month'}", args=parts)


def stretch_of(year: int, month: int = 0, day: int = 0) -> Stretch:
    """Return the year, month or day; 0: not narrowed so far. Raises `ValueError` where there is none."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(year)
    if not month:
        return Stretch("year", date(year, 1, 1), date(year + 1, 1, 1))
    first = date(year, month, day or 1)
    if day:
        return Stretch("day", first, first + timedelta(days=1))
    return Stretch("month", first, date(year + month // _DECEMBER, month % _DECEMBER + 1, 1))
