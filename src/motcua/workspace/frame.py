"""The frame around every page of the workspace: where the official sits and where they may go."""

from datetime import date
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.notifications.queries import unread_count
from motcua.rules.drafting import ROLES_FOR_ACT
from motcua.rules.entrusting_processes import ROLE_FOR_PROCESS
from motcua.rules.handing_over import roles_that_hand_over
from motcua.rules.news import works_with_news
from motcua.rules.paper_mode import READERS as PAPER_READERS
from motcua.rules.permissions import AT_THE_DESK, OVER_THE_UNIT, Role
from motcua.rules.petitions import READS as PETITION_READERS
from motcua.rules.publication import ROLE_FOR_ACT
from motcua.rules.registers import READERS
from motcua.ui import typed
from motcua.ui.parts import Link
from motcua.workspace.fragments import asks_for_part
from motcua.workspace.labels import ROLES
from motcua.workspace.officer import Officer

# A paper is shown inside the page: as a frame, from this site only.
_FRAMING = csp_update({"frame-src": [SELF]})
_PROCESS_ROLES = frozenset(ROLE_FOR_PROCESS.values())
_CATALOGUE_ROLES = frozenset({Role.PROCEDURE_CONTROL_OFFICER, Role.LEGAL_OFFICER})
_PUBLICATION_ROLES = frozenset(ROLE_FOR_ACT.values())
_PLACES_OF_SEVERAL = {
    "catalogue-": "catalogue",
    "national-": "national",
    "news-": "news",
    "posting-": "postings",
    "service-": "service-levels",
}
_DRAFT_ROLES = frozenset().union(*ROLES_FOR_ACT.values())
_POSTING_ROLES = AT_THE_DESK | {Role.PROCEDURE_CONTROL_OFFICER}
_DOSSIER_ROLES = frozenset(Role) - {Role.ADMINISTRATOR, Role.PROCEDURE_CONTROL_OFFICER, Role.LEGAL_OFFICER}


def show(
    request: HttpRequest, officer: Officer, template: str, context: dict[str, Any], *, status: int = 200, part: str = ""
) -> HttpResponseBase:
    """Answer with a page inside the frame, or with its `part` alone where htmx asks for that."""
    if part and asks_for_part(request):
        return render(request, part, context, status=status)
    roles = {post.role for post in officer.posts}
    units = dict.fromkeys(post.unit.name for post in officer.posts)
    frame = {
        "officer_name": officer.user.display_name,
        "place": ", ".join(units),
        "roles": ", ".join(str(ROLES[role]) for role in Role if role in roles),
        "in_place_of": ", ".join(dict.fromkeys(post.in_place_of for post in officer.posts if post.in_place_of)),
        "nav": _nav(request, roles, officer.today),
        "unread_notices": unread_count(officer.user.pk),
    }
    return _FRAMING(lambda asked: render(asked, template, {**context, **frame}, status=status))(request)


def typed_before(request: HttpRequest) -> dict[str, str]:
    """Return what was typed at this page when the session had ended, once, and say that it has not been sent."""
    fields = typed.give_back(request.session, path=request.path) if request.method == "GET" else {}
    if fields:
        messages.info(request, str(typed.TYPED_BACK))
    return fields


def _nav(request: HttpRequest, roles: set[Role], on: date) -> list[Link]:
    here = (request.resolver_match.url_name if request.resolver_match else None) or ""
    here = next((place for part, place in _PLACES_OF_SEVERAL.items() if here.startswith(part)), here)
    places = [
        (_DOSSIER_ROLES, "worklist", _("Việc của tôi"), "inbox"),
        (_DOSSIER_ROLES, "register", _("Hồ sơ của bộ phận"), "list"),
        (_DOSSIER_ROLES, "find", _("Tìm hồ sơ"), "search"),
        (AT_THE_DESK | OVER_THE_UNIT, "late", _("Quá hạn"), "overdue"),
        (AT_THE_DESK | OVER_THE_UNIT, "linked", _("Liên thông"), "forward"),
        (READERS, "register-book", _("Sổ theo dõi"), "file"),
        (roles_that_hand_over(), "handovers", _("Bàn giao"), "send"),
        ({Role.RECEPTION_OFFICER}, "counter", _("Tiếp nhận trực tiếp"), "plus"),
        (PETITION_READERS, "petitions", _("Phản ánh, kiến nghị"), "note"),
        (works_with_news(on), "news", _("Tin tức"), "globe"),
        (PAPER_READERS, "paper-mode", _("Phương án giấy"), "printer"),
        ({Role.PROCEDURE_CONTROL_OFFICER}, "calendar", _("Lịch làm việc"), "calendar"),
        (_CATALOGUE_ROLES, "catalogue", _("Danh mục thủ tục"), "list"),
        (_PROCESS_ROLES, "processes", _("Quy trình nội bộ"), "flow"),
        (_CATALOGUE_ROLES, "laws", _("Văn bản pháp luật"), "file"),
        (_CATALOGUE_ROLES, "basis-reviews", _("Rà soát căn cứ"), "alert"),
        (_DRAFT_ROLES, "legal-drafts", _("Dự thảo văn bản"), "edit"),
        (_PUBLICATION_ROLES, "publications", _("Quyết định công bố"), "file"),
        ({Role.PROCEDURE_CONTROL_OFFICER}, "national", _("Cơ sở dữ liệu quốc gia"), "forward"),
        (_POSTING_ROLES, "postings", _("Niêm yết"), "note"),
        (_PROCESS_ROLES, "reviews", _("Rà soát thủ tục"), "list"),
        ({Role.PROCEDURE_CONTROL_OFFICER}, "service-levels", _("Mức độ dịch vụ công"), "list"),
        ({Role.ADMINISTRATOR}, "administration", _("Quản trị"), "users"),
        ({Role.ADMINISTRATOR}, "packages", _("Gói cấu hình"), "file"),
        (set(Role), "absence", _("Vắng mặt"), "calendar"),
    ]
    return [
        Link(label=label, url=reverse(f"workspace:{name}"), is_current=name == here, icon=icon)
        for who, name, label, icon in places
        if roles & who
    ]
