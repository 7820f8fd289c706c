"""Enter what was taken in on paper: the number, the day and the procedure, then what the papers say (B-25)."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.catalogue.queries import offering_at
from motcua.dossiers.commands.enter_from_paper import enter_from_paper
from motcua.dossiers.models import PaperSlot
from motcua.dossiers.queries.counter import asked_by, offered_at, version_asked
from motcua.dossiers.queries.paper_mode import counted_due_on, kits_in_use, outage_days
from motcua.rules.identifiers import put_together
from motcua.rules.paper_mode import may_enter_from_paper
from motcua.rules.permissions import Role
from motcua.workspace.forms.paper_mode import PaperEntryForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.refusals import REFUSALS, told
from motcua.workspace.uploads import uploads_of


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """What the address names: the number, what was taken in under it and by which list of papers, on which day."""

    slot: PaperSlot
    offering: Offering
    version: ProcedureVersion
    day: date


@officers_only
def slots(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the numbers that are still to be entered; one read off its bars leads on at once."""
    desks = officer.units(Role.RECEPTION_OFFICER)
    if not desks:
        closed = {"sentence": _("Trang này dành cho cán bộ tiếp nhận.")}
        return show(request, officer, "workspace/closed.html", closed, status=403)
    kits, text = kits_in_use(desks), "".join(request.GET.get("q", "").split()).upper()
    named = [
        (kit.code, number)
        for kit, numbers in kits
        for number in numbers
        if text in {str(number), f"{kit.identifier}-{number}"}
    ]
    if len(named) == 1:
        return redirect("workspace:paper-slot", code=named[0][0], number=named[0][1])
    context = {"kits": kits, "text": text, "is_unknown": bool(text) and not named}
    return show(request, officer, "workspace/paper/slots.html", context)


@officers_only
def procedures(request: HttpRequest, officer: Officer, code: str, number: int) -> HttpResponseBase:
    """Have the day on the paper chosen, among those of an outage, and the procedure, as offered that day."""
    slot = slot_of(officer, code, number)
    days = outage_days(slot.kit.desk, officer.at)
    asked = request.GET.get("ngay", "")
    day = next((day for day in days if day.isoformat() == asked), days[0] if days else None)
    text = request.GET.get("q", "")
    choices = offered_at(slot.kit.desk, on=day, text=text) if day else ()
    mine = [choice for choice in choices if choice.competent_code == slot.kit.competent_unit.code]
    context = {"slot": slot, "days": days, "day": day, "text": text, "choices": mine}
    return show(request, officer, "workspace/paper/procedures.html", context)


@officers_only
def enter(request: HttpRequest, officer: Officer, code: str, number: int, procedure: str, day: str) -> HttpResponseBase:
    """Take down what the papers say, and make the dossier of it."""
    asked = asked_of(slot_of(officer, code, number), procedure, day)
    form = _form(request, officer, asked)
    if request.method != "POST" or not form.is_valid() or _asks_again(form, asked):
        return _shown(request, officer, asked, form, status=422 if form.errors else 200)
    try:
        dossier = enter_from_paper(
            slot=asked.slot,
            offering=asked.offering,
            filing=form.paper_filing(),
            officer=officer.user,
            at=officer.at,
        )
    except REFUSALS as refusal:
        said = told(refusal)
        form.add_error(None, said.sentence)
        return _shown(request, officer, asked, form, status=said.status)
    messages.success(request, _("Đã nhập hồ sơ %(code)s từ giấy.") % {"code": dossier.public_code})
    return redirect("workspace:dossier", code=dossier.public_code)


def slot_of(officer: Officer, code: str, number: int) -> PaperSlot:
    """Return a number of a kit of a desk where the official takes in; a stranger's one is not found."""
    related = ("kit__desk", "kit__competent_unit")
    slot = get_object_or_404(PaperSlot.objects.select_related(*related), kit__code=code, number=number)
    if not may_enter_from_paper(slot.kit.desk_id, officer.grants, on=officer.today):
        raise Http404
    return slot


def asked_of(slot: PaperSlot, procedure: str, day: str) -> PaperAsked:
    """Return what was offered there on that day; what was not is not found."""
    try:
        on = date.fromisoformat(day)
        offering = offering_at(procedure, slot.kit.desk.code, slot.kit.competent_unit.code, on)
    except (ValueError, Offering.DoesNotExist) as unknown:
        raise Http404 from unknown
    version = version_asked(offering, on)
    if version is None:
        raise Http404
    return PaperAsked(slot, offering, version, on)


def _form(request: HttpRequest, officer: Officer, asked: PaperAsked) -> PaperEntryForm:
    parts, day = asked_by(asked.version), asked.day
    if request.method != "POST":
        return PaperEntryForm(asked=parts, day=day, initial=typed_before(request))
    return PaperEntryForm(request.POST, asked=parts, day=day, uploads=uploads_of(request, officer))


def _asks_again(form: PaperEntryForm, asked: PaperAsked) -> bool:
    return form.ask_again(counted_due_on(asked.offering, asked.version, form.accepted_at()))


def _shown(
    request: HttpRequest, officer: Officer, asked: PaperAsked, form: PaperEntryForm, *, status: int
) -> HttpResponseBase:
    context = {
        "asked": asked,
        "code": put_together(asked.slot.kit.identifier, asked.day, asked.slot.number),
        "form": form,
        "asks_again": "is_as_written" in form.errors,
    }
    return show(request, officer, "workspace/paper/enter.html", context, status=status)
