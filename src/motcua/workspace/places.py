"""The places of the workspace: who has which, under which heading, and which of them a page belongs to."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.rules.drafting import ROLES_FOR_ACT
from motcua.rules.entrusting_processes import ROLE_FOR_PROCESS
from motcua.rules.handing_over import roles_that_hand_over
from motcua.rules.news import EVER_WITH_NEWS
from motcua.rules.paper_mode import READERS as PAPER_READERS
from motcua.rules.permissions import AT_THE_DESK, OVER_THE_UNIT, Role
from motcua.rules.petitions import READS as PETITION_READERS
from motcua.rules.publication import ROLE_FOR_ACT
from motcua.rules.registers import READERS
from motcua.ui.parts import Link, LinkGroup
from motcua.workspace.labels import Words

PLAIN: Final = 7
"""So many places stand in a plain list; more are grouped, or they fill the first screen of a phone."""
_CONTROL = frozenset({Role.PROCEDURE_CONTROL_OFFICER})
_ADMINISTRATION = frozenset({Role.ADMINISTRATOR})
_DOSSIERS = frozenset(Role) - {Role.ADMINISTRATOR, Role.PROCEDURE_CONTROL_OFFICER, Role.LEGAL_OFFICER}
_UNIT = AT_THE_DESK | OVER_THE_UNIT
_CATALOGUE = _CONTROL | {Role.LEGAL_OFFICER}
_PROCESSES = frozenset(ROLE_FOR_PROCESS.values())
_DRAFTS = frozenset[Role]().union(*ROLES_FOR_ACT.values())


class Heading(Enum):
    """What places are grouped under."""

    DOSSIERS = pgettext_lazy("navigation", "Hồ sơ")
    PEOPLE = _("Người dân")
    PROCEDURES = pgettext_lazy("navigation", "Thủ tục")
    LAW = _("Pháp luật")
    PUBLICATION = pgettext_lazy("navigation", "Công bố")
    OFFICE = _("Nội bộ")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that officials with one of the roles `who` have; `name` is that of its address.

    `under` is None for what is at hand at all times. Addresses whose names begin with one of `within` belong to it.
    """

    name: str
    label: Words
    icon: str
    who: AbstractSet[Role]
    under: Heading | None = None
    within: tuple[str, ...] = ()

    def holds(self, page: str) -> bool:
        """Tell whether the page of that name is this place or belongs to it."""
        return page == self.name or page.startswith(self.within)


PLACES: Final = (
    Place("worklist", _("Việc của tôi"), "inbox", _DOSSIERS),
    Place("find", _("Tìm hồ sơ"), "search", _DOSSIERS),
    Place("counter", _("Tiếp nhận trực tiếp"), "plus", frozenset({Role.RECEPTION_OFFICER}), None, ("take-down",)),
    Place("register", _("Hồ sơ của bộ phận"), "list", _DOSSIERS, Heading.DOSSIERS),
    Place("late", _("Quá hạn"), "overdue", _UNIT, Heading.DOSSIERS),
    Place("linked", _("Liên thông"), "forward", _UNIT, Heading.DOSSIERS),
    Place("register-book", _("Sổ theo dõi"), "file", READERS, Heading.DOSSIERS, ("close-register",)),
    Place("handovers", _("Bàn giao"), "send", roles_that_hand_over(), Heading.DOSSIERS, ("handover-", "take-handover")),
    Place("petitions", _("Phản ánh, kiến nghị"), "note", PETITION_READERS, Heading.PEOPLE, ("petition", "enter-peti")),
    Place("news", _("Tin tức"), "globe", EVER_WITH_NEWS, Heading.PEOPLE, ("news-", "article", "begin-article")),
    Place("surveys", _("Khảo sát hài lòng"), "list", _CONTROL, Heading.PEOPLE, ("survey", "begin-survey")),
    Place(
        "catalogue",
        _("Danh mục thủ tục"),
        "list",
        _CATALOGUE,
        Heading.PROCEDURES,
        ("catalogue-", "version-", "compare-versions"),
    ),
    Place("processes", _("Quy trình nội bộ"), "flow", _PROCESSES, Heading.PROCEDURES, ("process", "import-process")),
    Place("reviews", _("Rà soát thủ tục"), "list", _PROCESSES, Heading.PROCEDURES, ("review",)),
    Place(
        "service-levels",
        _("Mức độ dịch vụ công"),
        "list",
        _CONTROL,
        Heading.PROCEDURES,
        ("service-", "levels-", "correct-level", "end-level", "withdraw-level"),
    ),
    Place("laws", _("Văn bản pháp luật"), "file", _CATALOGUE, Heading.LAW, ("law", "enter-law", "change-law")),
    Place("basis-reviews", _("Rà soát căn cứ"), "alert", _CATALOGUE, Heading.LAW, ("basis-review",)),
    Place("legal-drafts", _("Dự thảo văn bản"), "edit", _DRAFTS, Heading.LAW, ("legal-draft", "begin-legal-draft")),
    Place(
        "publications",
        _("Quyết định công bố"),
        "file",
        frozenset(ROLE_FOR_ACT.values()),
        Heading.PUBLICATION,
        ("publication", "begin-publication", "change-publication", "edit-content", "compose", "declaration"),
    ),
    Place("national", _("Cơ sở dữ liệu quốc gia"), "forward", _CONTROL, Heading.PUBLICATION, ("national-",)),
    Place(
        "postings",
        _("Niêm yết"),
        "note",
        AT_THE_DESK | _CONTROL,
        Heading.PUBLICATION,
        ("posting-", "confirm-posting", "confirm-taken-down", "correct-posting", "feedback-address"),
    ),
    Place("settlement-report", _("Báo cáo"), "file", OVER_THE_UNIT | _CONTROL | {Role.HEAD_OF_ONE_STOP}),
    Place("calendar", _("Lịch làm việc"), "calendar", _CONTROL, Heading.OFFICE, ("calendar-",)),
    Place("paper-mode", _("Phương án giấy"), "printer", PAPER_READERS, Heading.OFFICE, ("paper-kit", "paper-slot")),
    Place("administration", _("Quản trị"), "users", _ADMINISTRATION, Heading.OFFICE),
    Place("packages", _("Gói cấu hình"), "file", _ADMINISTRATION, Heading.OFFICE, ("package",)),
    Place("absence", _("Vắng mặt"), "calendar", frozenset(Role), Heading.OFFICE),
)


def navigation(page: str, roles: AbstractSet[Role]) -> list[Link | LinkGroup]:
    """Return where an official with `roles` may go from the page of that name, under headings where that is a lot.

    A heading stands where its first place would; one over a single place is left out.
    """
    mine = [place for place in PLACES if place.who & roles]
    if len(mine) <= PLAIN:
        return list(_links(mine, page))
    found: list[Link | LinkGroup] = []
    done: set[Heading] = set()
    for place in mine:
        together = [one for one in mine if place.under is not None and one.under is place.under]
        if len(together) <= 1:
            found += _links([place], page)
        elif place.under is not None and place.under not in done:
            done.add(place.under)
            found.append(LinkGroup(str(place.under.value), tuple(_links(together, page))))
    return found


def _links(places: Iterable[Place], page: str) -> Iterable[Link]:
    return (
        Link(
            label=str(place.label),
            url=reverse(f"workspace:{place.name}"),
            is_current=place.holds(page),
            icon=place.icon,
        )
        for place in places
    )
