"""The official's own list: what waits for them, the most urgent first; and the filters they keep of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.dossiers.commands.saved_filters import NotTheirUnit, TooManyFilters, remove_filter, save_filter
from motcua.dossiers.models import BULK_LABELS, STATUS_LABELS, SavedFilter
from motcua.dossiers.queries.bulk import acts_for
from motcua.dossiers.queries.narrowing import Choice
from motcua.dossiers.queries.presence import presence_of_each
from motcua.dossiers.queries.saved_filters import filters_for
from motcua.dossiers.queries.worklist import Shelf, Worklist, worklist, worklist_choices
from motcua.rules.permissions import GIVES_OUT_WORK, Role
from motcua.ui.parts import Figure
from motcua.workspace.forms.lists import SaveFilterForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_list import rows_of
from motcua.workspace.worklist_address import COLUMNS, SHELVES, Address

_SEES_NOBODYS = GIVES_OUT_WORK | {Role.PROCESSING_OFFICER}
"""Who has dossiers without an officer on their list."""


@officers_only
def home(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show one page of one shelf; the counters lead to the others, the form and the saved filters narrow it."""
    if all(post.role is Role.ADMINISTRATOR for post in officer.posts):
        return redirect("workspace:administration")
    if all(post.role is Role.PROCEDURE_CONTROL_OFFICER for post in officer.posts):
        return redirect("workspace:calendar")
    if all(post.role is Role.LEGAL_OFFICER for post in officer.posts):
        return redirect("workspace:basis-reviews")
    address = Address.read(request.GET)
    found = worklist(officer.user, officer.grants, at=officer.at, part=address.part)
    presence = presence_of_each([row.pk for row in found.rows], actor_id=officer.user.pk, at=officer.at)
    context = {
        "address": address,
        "figures": _figures(officer, address, found),
        "heading": address.look.label,
        "count": found.counts[address.look.shelf],
        "rows": rows_of(found.rows, presence, address, at=officer.at, at_home=_at_home(officer)),
        "columns": [str(COLUMNS[column]) for column in address.columns],
        "after": found.after,
        "at": officer.at,
        "bulk_acts": [(act.value, BULK_LABELS[act]) for act in acts_for(officer.grants)],
        "query": address.first_page().query(),
        **_narrowing(officer, address),
        **_filters(officer, address),
    }
    return show(request, officer, "workspace/worklist.html", context, part="workspace/parts/worklist.html")


@require_POST
@officers_only
def keep_filter(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Keep the filter of the list under a name, and lead back to it."""
    address = Address.read(QueryDict(request.POST.get("query", ""))).first_page()
    form = SaveFilterForm(request.POST, posts=officer.posts)
    if not form.is_valid():
        messages.error(request, _("Hãy đặt tên cho bộ lọc (không quá 60 ký tự)."))
        return _back(address)
    typed = form.cleaned_data
    try:
        save_filter(owner=officer.user, name=typed["name"], query=address.query(), unit=typed["unit"], at=officer.at)
    except TooManyFilters:
        messages.error(request, _("Bạn đã có quá nhiều bộ lọc. Hãy xóa bớt rồi lưu lại."))
    except NotTheirUnit:
        messages.error(request, _("Hôm nay bạn không giữ vai trò nào ở đơn vị đó."))
    else:
        messages.success(request, _("Đã lưu bộ lọc “%(name)s”.") % {"name": typed["name"]})
    return _back(address)


@require_POST
@officers_only
def drop_filter(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Remove a filter of one's own."""
    saved = get_object_or_404(SavedFilter, pk=pk, owner=officer.user)
    remove_filter(saved=saved, owner=officer.user, at=officer.at)
    messages.success(request, _("Đã xóa bộ lọc “%(name)s”.") % {"name": saved.name})
    return redirect("workspace:worklist")


def _back(address: Address) -> HttpResponseBase:
    query = address.query()
    return redirect(reverse("workspace:worklist") + (f"?{query}" if query else ""))


def _figures(officer: Officer, address: Address, found: Worklist) -> list[Figure]:
    roles = {post.role for post in officer.posts}
    hidden = set() if roles & _SEES_NOBODYS else {Shelf.WITHOUT_OFFICER}
    return [
        Figure(
            label=str(look.label),
            value=found.counts[look.shelf],
            url=f"?{address.on_shelf(word).query()}",
            tone=look.tone,
            icon=look.icon,
            is_current=word == address.shelf,
        )
        for word, look in SHELVES.items()
        if look.shelf not in hidden
    ]


@dataclass(frozen=True, slots=True)
class Box:
    """One choice of the filters: its name in the address and what there is to choose, `chosen` among it."""

    name: str
    label: str
    every: str
    choices: list[Choice]
    chosen: str


def _narrowing(officer: Officer, address: Address) -> dict[str, Any]:
    """Return what the list can be narrowed to, and the columns to choose from."""
    there = worklist_choices(officer.user, officer.grants, at=officer.at, shelf=address.look.shelf)
    asked = address.narrowing
    status = asked.status.value if asked.status else ""
    steps = [Choice(str(STATUS_LABELS[one]), one.value) for one in there.statuses]
    boxes = [
        _box("thutuc", _("Thủ tục"), _("Mọi thủ tục"), there.procedures, asked.procedure),
        _box("buoc", _("Bước"), _("Mọi bước"), steps, status),
        _box("canbo", _("Cán bộ"), _("Mọi cán bộ"), there.officers, asked.officer),
        _box("phoihop", _("Cán bộ phối hợp"), _("Mọi cán bộ phối hợp"), (), asked.leg_officer),
        _box("donvi", _("Nơi đang giữ"), _("Mọi nơi"), there.units, asked.unit),
    ]
    return {
        "boxes": [box for box in boxes if box.choices],
        "column_choices": [(word, label, word in address.columns) for word, label in COLUMNS.items()],
    }


def _box(name: str, label: str, every: str, choices: Iterable[Choice], chosen: str) -> Box:
    """Return a box that keeps what is chosen, though nothing of it be left in the list."""
    known = list(choices)
    if chosen and chosen not in {choice.value for choice in known}:
        known.append(Choice(chosen, chosen))
    return Box(name, label, every, known, chosen)


def _filters(officer: Officer, address: Address) -> dict[str, Any]:
    """Return the filters that were kept, and the form that keeps this one."""
    here = address.first_page().query()
    lines = filters_for(officer.user, officer.grants)
    return {
        "filters": [(line, line.query == here) for line in lines],
        "own_filters": [line for line in lines if line.is_own],
        "kept_filter": next((line for line in lines if line.is_own and line.query == here), None),
        "units": list(dict.fromkeys(post.unit for post in officer.posts)),
    }


def _at_home(officer: Officer) -> frozenset[str]:
    """Return the holders that need no saying: the official, and the unit where all their work is."""
    units = {post.unit.name for post in officer.posts}
    return frozenset({officer.user.display_name, *units}) if len(units) == 1 else frozenset({officer.user.display_name})
