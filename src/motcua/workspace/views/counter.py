"""The counter: pick a procedure or a linked group, take the application down, print what was taken."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.catalogue.linked_groups import group_offer
from motcua.catalogue.models import LinkedGroup, Offering
from motcua.catalogue.queries import offering_at
from motcua.dossiers.commands.file_at_counter import (
    GroupNotOffered,
    NotOffered,
    file_at_counter,
    file_linked_at_counter,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.counter import (
    AskedFor,
    asked_by,
    asked_by_group,
    groups_offered_at,
    offered_at,
    version_asked,
)
from motcua.rules.linked import LEAD
from motcua.rules.permissions import NotPermitted, Role, check_file_at, may_file_at
from motcua.rules.transitions import Action
from motcua.ui.declarations import ACT, SAVE
from motcua.workspace.forms.counter import CounterForm, typed_anew
from motcua.workspace.frame import show, typed_before
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed import dossier_context
from motcua.workspace.refusals import REFUSALS, told
from motcua.workspace.uploads import uploads_of


@dataclass(frozen=True, slots=True)
class _Counter:
    """What the address names: a procedure at a desk, or a linked group by its leading one; and what is asked for."""

    offering: Offering
    asked: tuple[AskedFor, ...]
    group: LinkedGroup | None = None


@officers_only
def pick(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what the official's desks can take, searched or all."""
    desks = officer.units(Role.RECEPTION_OFFICER)
    if not desks:
        return _refused(request, officer, NotPermitted(Action.SUBMIT))
    text = request.GET.get("q", "")
    offered = [
        (desk, groups_offered_at(desk, on=officer.today, text=text), offered_at(desk, on=officer.today, text=text))
        for desk in desks
    ]
    count = sum(len(groups) + len(choices) for _desk, groups, choices in offered)
    context = {"offered": offered, "text": text, "count": count}
    return show(request, officer, "workspace/counter/pick.html", context, part="workspace/parts/offered.html")


@officers_only
def take_down(request: HttpRequest, officer: Officer, desk: str, procedure: str, competent: str) -> HttpResponseBase:
    """Take one application down, and go on to its acceptance."""
    try:
        counter = _counter(officer, desk, procedure, competent)
    except (NotOffered, NotPermitted) as refusal:
        return _refused(request, officer, refusal)
    return _taken_down(request, officer, counter)


@officers_only
def take_down_linked(request: HttpRequest, officer: Officer, desk: str, group: str, competent: str) -> HttpResponseBase:
    """Take one application for a whole linked group down, and go on to its acceptance (B-21)."""
    try:
        counter = _linked_counter(officer, desk, group, competent)
    except (GroupNotOffered, NotPermitted) as refusal:
        return _refused(request, officer, refusal)
    return _taken_down(request, officer, counter)


@officers_only
def slip(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Print what was taken at the counter, with the code and the PIN for the applicant."""
    dossier = officer.dossier(code)
    if not may_file_at(dossier.receiving_unit_id, officer.grants, on=officer.today):
        return _refused(request, officer, NotPermitted(Action.SUBMIT))
    context = {**dossier_context(officer.page(dossier)), "whole": officer.whole(dossier)}
    return show(request, officer, "workspace/counter/slip.html", context)


def _taken_down(request: HttpRequest, officer: Officer, counter: _Counter) -> HttpResponseBase:
    form = _form(request, officer, counter)
    if not form.is_bound or not form.is_valid():
        return _shown(request, officer, counter, form)
    try:
        dossier = _filed(officer, counter, form)
    except REFUSALS as refusal:
        form.add_error(None, told(refusal).sentence)
        return _shown(request, officer, counter, form)
    messages.success(request, _("Đã ghi nhận hồ sơ. Hãy kiểm tra giấy tờ rồi tiếp nhận, hoặc in phiếu cho người nộp."))
    return redirect("workspace:accept", code=dossier.public_code)


def _filed(officer: Officer, counter: _Counter, form: CounterForm) -> Dossier:
    said, who, at = form.filing(), officer.user, officer.at
    if counter.group is None:
        return file_at_counter(offering=counter.offering, filing=said, officer=who, at=at)
    return file_linked_at_counter(group=counter.group, offering=counter.offering, filing=said, officer=who, at=at)


def _counter(officer: Officer, desk: str, procedure: str, competent: str) -> _Counter:
    """Return what is offered there and what it asks; raises `NotPermitted`, and `NotOffered` for what once was."""
    try:
        offering = offering_at(procedure, desk, competent, officer.today)
    except Offering.DoesNotExist as unknown:
        codes = {"receiving_unit__code": desk, "procedure__code": procedure, "competent_unit__code": competent}
        if not Offering.objects.filter(**codes).exists():
            raise Http404 from unknown
        raise NotOffered(procedure) from unknown
    check_file_at(offering.receiving_unit_id, officer.grants, on=officer.today)
    version = version_asked(offering, officer.today)
    if version is None:
        raise NotOffered(procedure)
    return _Counter(offering, asked_by(version))


def _linked_counter(officer: Officer, desk: str, code: str, competent: str) -> _Counter:
    """Return the group offered there and what it asks; raises as `_counter`, `GroupNotOffered` for what once was."""
    lead = {"procedure__group_legs__group__code": code, "procedure__group_legs__number": LEAD}
    here = Offering.objects.filter(receiving_unit__code=desk, competent_unit__code=competent, **lead)
    once = here.first()
    if once is None:
        raise Http404
    check_file_at(once.receiving_unit_id, officer.grants, on=officer.today)
    group, now = LinkedGroup.objects.on(officer.today).filter(code=code).first(), here.on(officer.today).first()
    offer = group_offer(group, now, officer.today) if group and now else None
    if offer is None:
        raise GroupNotOffered(code)
    return _Counter(offer.offering, asked_by_group(offer.group, officer.today), offer.group)


def _form(request: HttpRequest, officer: Officer, counter: _Counter) -> CounterForm:
    if request.method != "POST":
        return CounterForm(asked=counter.asked, initial=typed_before(request))
    uploads, act = uploads_of(request, officer), request.POST.get(ACT, SAVE)
    if act == SAVE:
        return CounterForm(request.POST, asked=counter.asked, uploads=uploads)
    questions = [question for part in counter.asked for question in part.questions]
    return CounterForm(asked=counter.asked, uploads=uploads, initial=typed_anew(questions, request.POST, act))


def _shown(request: HttpRequest, officer: Officer, counter: _Counter, form: CounterForm) -> HttpResponseBase:
    context = {"counter": counter, "form": form}
    status = 422 if form.errors else 200
    return show(request, officer, "workspace/counter/take_down.html", context, status=status)


def _refused(request: HttpRequest, officer: Officer, refusal: Exception) -> HttpResponseBase:
    said = told(refusal)
    return show(request, officer, "workspace/closed.html", {"sentence": said.sentence}, status=said.status)
