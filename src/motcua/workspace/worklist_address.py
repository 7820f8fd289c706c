"""The address of a worklist: shelf, what it is narrowed to, columns, page. Nothing of it stands in a session.

Words are Vietnamese without accents, as officials read them; unknown ones are left out.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries.narrowing import Narrowing
from motcua.dossiers.queries.worklist import Part, Shelf
from motcua.rules.transitions import Status
from motcua.ui.parts import Tone

LONGEST = 64


@dataclass(frozen=True, slots=True)
class ShelfLook:
    """How a shelf is shown."""

    shelf: Shelf
    label: str | Promise
    tone: Tone
    icon: str


# By the word in the address.
SHELVES: dict[str, ShelfLook] = {
    "tat-ca": ShelfLook(Shelf.ALL, _("Tất cả việc của tôi"), Tone.ACCENT, "inbox"),
    "qua-han": ShelfLook(Shelf.OVERDUE, _("Quá hạn"), Tone.BAD, "overdue"),
    "hom-nay": ShelfLook(Shelf.DUE_TODAY, _("Đến hạn hôm nay"), Tone.WARN, "clock"),
    "chua-xem": ShelfLook(Shelf.UNREAD, _("Chưa xem"), Tone.ACCENT, "mail"),
    "chua-giao": ShelfLook(Shelf.WITHOUT_OFFICER, _("Chưa có cán bộ"), Tone.WARN, "user"),
    "cho-nguoi-nop": ShelfLook(Shelf.WAITING_FOR_APPLICANT, _("Chờ người nộp bổ sung"), Tone.INFO, "pause"),
    "cho-co-quan": ShelfLook(Shelf.WAITING_FOR_AGENCY, _("Chờ cơ quan khác"), Tone.INFO, "send"),
    "noi-khac": ShelfLook(Shelf.ELSEWHERE, _("Chờ nơi khác xử lý"), Tone.QUIET, "building"),
}
COLUMNS: dict[str, str | Promise] = {
    "thu-tuc": _("Thủ tục"),
    "buoc": _("Bước"),
    "nguoi-giu": _("Nơi, người giữ"),
    "noi-nhan": _("Nơi tiếp nhận"),
    "ngay-nop": _("Nộp lúc"),
}
FIRST_COLUMNS = ("thu-tuc", "buoc")
FIRST_SHELF = "tat-ca"
_STATUSES = frozenset(status.value for status in Status)


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for; `columns` are in the order of `COLUMNS`, `after` is the mark of a page."""

    shelf: str = FIRST_SHELF
    narrowing: Narrowing = field(default_factory=Narrowing)
    columns: tuple[str, ...] = FIRST_COLUMNS
    after: str = ""

    @classmethod
    def read(cls, asked: QueryDict) -> Self:
        """Read an address as somebody typed, kept or was sent it."""

        def word(name: str) -> str:
            return asked.get(name, "").replace("\x00", "").strip()[:LONGEST]

        status = word("buoc")
        columns = tuple(name for name in COLUMNS if name in asked.getlist("cot"))
        return cls(
            shelf=word("ngan") if word("ngan") in SHELVES else FIRST_SHELF,
            narrowing=Narrowing(
                procedure=word("thutuc"),
                status=Status(status) if status in _STATUSES else None,
                officer=word("canbo"),
                leg_officer=word("phoihop"),
                unit=word("donvi"),
                text=word("q"),
            ),
            columns=columns or FIRST_COLUMNS,
            after=word("sau"),
        )

    @property
    def part(self) -> Part:
        """The part of the worklist it names."""
        return Part(shelf=SHELVES[self.shelf].shelf, narrowing=self.narrowing, after=self.after)

    @property
    def look(self) -> ShelfLook:
        """How its shelf is shown."""
        return SHELVES[self.shelf]

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for less than a whole shelf."""
        return self.narrowing != Narrowing()

    def query(self) -> str:
        """Write it as a query string, whatever is usual left out; empty for the first page of everything."""
        said = QueryDict(mutable=True)
        asked = {
            "ngan": "" if self.shelf == FIRST_SHELF else self.shelf,
            "thutuc": self.narrowing.procedure,
            "buoc": self.narrowing.status.value if self.narrowing.status else "",
            "canbo": self.narrowing.officer,
            "phoihop": self.narrowing.leg_officer,
            "donvi": self.narrowing.unit,
            "q": self.narrowing.text,
        }
        said.update({name: value for name, value in asked.items() if value})
        if self.columns != FIRST_COLUMNS:
            said.setlist("cot", list(self.columns))
        if self.after:
            said["sau"] = self.after
        return said.urlencode()

    def on_shelf(self, shelf: str) -> "Address":
        """Return the first page of another shelf, narrowed alike."""
        return replace(self, shelf=shelf, after="")

    def first_page(self) -> "Address":
        """Return the first page of the same list."""
        return replace(self, after="")

    def widened(self) -> "Address":
        """Return the same shelf and columns, narrowed to nothing."""
        return replace(self, narrowing=Narrowing(), after="")
