"""A desk's preparations for work on paper: its kits of numbers, their PDF, its outages (B-25)."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.dossiers.commands.paper_mode import (
    KitWithdrawn,
    MayNotUsePaper,
    OutageRefused,
    SlotSpoilt,
    SlotTaken,
    declare_outage,
    end_outage,
    reserve_kit,
    spoil_slot,
    withdraw_kit,
)
from motcua.dossiers.models import Outage, PaperKit
from motcua.dossiers.queries.paper_kit import draw_kit
from motcua.dossiers.queries.paper_mode import SlotState, agencies_at, desks_on_paper, kits_of, slots_of
from motcua.organisations.models import Unit
from motcua.rules.paper_mode import READERS, may_enter_from_paper, may_keep_paper, paper_rules_on
from motcua.workspace.forms.paper_mode import KitForm, OutageEndForm, OutageForm, SpoilForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.refusals import REFUSALS, told
from motcua.workspace.views.dossiers import boxed


@officers_only
def paper_mode(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the kits and the outages of the official's desks."""
    desks = _desks(officer)
    if not desks:
        closed = {"sentence": _("Trang này dành cho bộ phận tiếp nhận và trả kết quả.")}
        return show(request, officer, "workspace/closed.html", closed, status=403)
    context = {
        "places": [(place, _keeps(officer, place.desk)) for place in desks_on_paper(desks)],
        "enters": any(may_enter_from_paper(desk.pk, officer.grants, on=officer.today) for desk in desks),
    }
    return show(request, officer, "workspace/paper/desks.html", context)


@officers_only
def reserve(request: HttpRequest, officer: Officer, desk: str) -> HttpResponseBase:
    """Keep numbers of an agency for the desk's work on paper."""
    unit = _desk(officer, desk)
    agencies = agencies_at(unit, on=officer.today)
    at_most = paper_rules_on(officer.today).kit_at_most
    form = KitForm(request.POST or None, agencies=agencies, at_most=at_most, initial=typed_before(request))
    if request.method == "POST" and form.is_valid():
        agency = next(one for one in agencies if one.code == form.cleaned_data["agency"])
        try:
            count: int = form.cleaned_data["count"]
            kit = reserve_kit(desk=unit, competent_unit=agency, count=count, officer=officer.user, at=officer.at)
        except REFUSALS as refusal:
            form.add_error(None, told(refusal).sentence)
        else:
            messages.success(request, _("Đã giữ số. Hãy in bộ này ra giấy và cất giữ, trước khi cần đến."))
            return redirect("workspace:paper-kit", code=kit.code)
    return _shown(request, officer, unit, form, "workspace/paper/reserve.html")


@officers_only
def paper_kit(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show what became of each number of a kit."""
    kit = _kit(officer, code)
    rows = slots_of(kit)
    context = {
        "kit": kit,
        "rows": rows,
        "has_free": any(row.state is SlotState.FREE for row in rows),
        "keeps": _keeps(officer, kit.desk),
    }
    return show(request, officer, "workspace/paper/kit.html", context)


@officers_only
def kit_file(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Give the kit to print: the forms of its free numbers, a blank register, the due days."""
    kit = _kit(officer, code)
    if not any(row.state is SlotState.FREE for row in slots_of(kit)):
        messages.info(request, _("Bộ này không còn số nào để in."))
        return redirect("workspace:paper-kit", code=code)
    drawn = HttpResponse(draw_kit(kit, at=officer.at), content_type="application/pdf")
    return boxed(drawn, f"phuong-an-giay-{kit.code}.pdf")


@officers_only
def withdraw(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Use a kit no more; who comes by the address lands on the kit."""
    kit = _kit(officer, code)
    if request.method == "POST":
        try:
            withdraw_kit(kit=kit, officer=officer.user, at=officer.at)
        except MayNotUsePaper as refusal:
            messages.error(request, told(refusal).sentence)
        except KitWithdrawn:
            messages.info(request, _("Bộ này đã thu hồi trước đó."))
        else:
            messages.success(request, _("Đã thu hồi. Hãy hủy những tờ chưa dùng của bộ này."))
    return redirect("workspace:paper-kit", code=code)


@officers_only
def spoil(request: HttpRequest, officer: Officer, code: str, number: int) -> HttpResponseBase:
    """Say that the sheet of a number may not be used any more."""
    kit = _kit(officer, code)
    slot = get_object_or_404(kit.slots, number=number)
    form = SpoilForm(request.POST or None, initial=typed_before(request))
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            spoil_slot(slot=slot, reason=form.cleaned_data["reason"], officer=officer.user, at=officer.at)
        except (MayNotUsePaper, SlotTaken, SlotSpoilt) as refusal:
            said = told(refusal)
            form.add_error(None, said.sentence)
            status = said.status
        else:
            messages.success(request, _("Đã báo hỏng số %(number)s.") % {"number": number})
            return redirect("workspace:paper-kit", code=code)
    context = {"kit": kit, "number": number, "form": form}
    return show(request, officer, "workspace/paper/spoil.html", context, status=status)


@officers_only
def declare(request: HttpRequest, officer: Officer, desk: str) -> HttpResponseBase:
    """Say when the desk could not work on the system."""
    unit = _desk(officer, desk)
    form = OutageForm(request.POST or None, initial=typed_before(request))
    if request.method == "POST" and form.is_valid():
        try:
            declare_outage(desk=unit, notice=form.notice(), officer=officer.user, at=officer.at)
        except (MayNotUsePaper, OutageRefused) as refusal:
            form.add_error(None, told(refusal).sentence)
        else:
            messages.success(request, _("Đã khai báo. Hồ sơ tiếp nhận trên giấy trong thời gian này nhập lại được."))
            return redirect("workspace:paper-mode")
    return _shown(request, officer, unit, form, "workspace/paper/declare.html")


@officers_only
def end(request: HttpRequest, officer: Officer, desk: str) -> HttpResponseBase:
    """Say when the desk could work on the system again."""
    unit = _desk(officer, desk)
    form = OutageEndForm(request.POST or None, initial=typed_before(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_outage(desk=unit, ended_at=form.ended_at(), officer=officer.user, at=officer.at)
        except Outage.DoesNotExist:
            messages.info(request, _("Bộ phận này không có lần gián đoạn nào đang kéo dài."))
            return redirect("workspace:paper-mode")
        except (MayNotUsePaper, OutageRefused) as refusal:
            form.add_error(None, told(refusal).sentence)
        else:
            messages.success(request, _("Đã ghi nhận hệ thống hoạt động lại."))
            return redirect("workspace:paper-mode")
    return _shown(request, officer, unit, form, "workspace/paper/end.html")


def _desks(officer: Officer) -> list[Unit]:
    return list({post.unit.pk: post.unit for post in officer.posts if post.role in READERS}.values())


def _desk(officer: Officer, code: str) -> Unit:
    """Return the desk of that code that the official is the head of; to anybody else it is not found."""
    found = next((desk for desk in _desks(officer) if desk.code == code and _keeps(officer, desk)), None)
    if found is None:
        raise Http404
    return found


def _kit(officer: Officer, code: str) -> PaperKit:
    """Return a kit of the official's desks; a stranger's one is not found."""
    return get_object_or_404(kits_of(_desks(officer)), code=code)


def _keeps(officer: Officer, desk: Unit) -> bool:
    return may_keep_paper(desk.pk, officer.grants, on=officer.today)


def _shown(request: HttpRequest, officer: Officer, desk: Unit, form: Form, template: str) -> HttpResponseBase:
    status = 422 if form.errors else 200
    return show(request, officer, template, {"desk": desk, "form": form}, status=status)
