"""Filing an application, part by part. Nothing needs JavaScript; what was typed stays in the draft."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.models import Procedure
from motcua.dossiers.commands import confirm_contact, draft
from motcua.dossiers.commands.submit import ApplicationIncomplete, NotOffered, VersionEnded, submit
from motcua.dossiers.facts import usable_ways
from motcua.dossiers.linked_facts import leg_names, questions_of
from motcua.dossiers.models import ContactCode, Dossier, FilingChannel, ReturnChannel
from motcua.dossiers.queries.filled_in import filled_in_before
from motcua.dossiers.queries.public_status import public_status
from motcua.portal.code_words import channel_named, code_refusal
from motcua.portal.forms.filing import (
    ApplicantForm,
    CodeForm,
    MailedApplicantForm,
    ReturnForm,
    known,
    so_far,
)
from motcua.portal.forms.start import StartForm
from motcua.portal.home_commune import keep_commune, kept_commune
from motcua.portal.ownership import citizen, dossiers_of, keep_begun
from motcua.portal.parts import open_tasks, station
from motcua.portal.queries.filing import answers_given, contact_page, drafts_of, has_ended
from motcua.portal.queries.places import Place
from motcua.portal.queries.procedure_page import ProcedurePage, procedure_page
from motcua.portal.status_words import no_answer_day
from motcua.portal.typed import typed_before
from motcua.portal.views.codes import by_bare_code
from motcua.portal.views.guards import acts_by_post, draft_page, editable_page, owner_page
from motcua.rules.completeness import ContactWay, Part
from motcua.rules.working_time import CalendarExhausted
from motcua.ui.declarations import ACT, SAVE, DeclarationForm, fields_from, rearranged, sent_answers
from motcua.ui.wording import moment_in_words


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@by_bare_code
def choose_place(request: HttpRequest, code: str) -> HttpResponse:
    """Offer the drafts there are, ask where to file, and begin."""
    page = _fileable(request, code)
    said = {"key": uuid.uuid4(), "place": page.place.key if page.place else "", **typed_before(request)}
    is_open = citizen(request) is not None or bool(usable_ways())
    form = StartForm(page.online_places, request.POST or None, initial=said)
    if is_open and form.is_valid():
        place = next(place for place in page.online_places if place.key == form.cleaned_data["place"])
        dossier = _begin(request, place, form)
        if dossier is not None:
            answer = redirect("portal:applicant", dossier.reference)
            keep_commune(answer, place.home)
            return answer
        form.add_error(None, _("Nơi này vừa ngừng tiếp nhận thủ tục này. Hãy chọn nơi khác."))
    drafts = drafts_of(dossiers_of(request), page.procedure.pk)
    context = {"page": page, "form": form, "drafts": drafts, "is_open": is_open}
    return render(request, "portal/filing/start.html", context, status=422 if form.is_bound else 200)


@draft_page
@require_http_methods(["GET", "HEAD", "POST"])
def applicant(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask who applies."""
    form = _applicant_form(dossier)(request.POST or None, initial={**known(dossier.applicant), **typed_before(request)})
    if form.is_valid():
        draft.save_applicant(dossier=dossier, details=form.details(), actor=citizen(request), at=timezone.now())
        return redirect(station(dossier, Part.APPLICANT).next_url)
    return _part(request, dossier, Part.APPLICANT, {"form": form})


@draft_page
@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask the procedure's own questions."""
    questions, names = questions_of(dossier), leg_names(dossier)
    act = request.POST.get(ACT, SAVE)
    if act != SAVE:
        said = rearranged(fields_from(questions), sent_answers(request.POST), act)
        return _part(
            request, dossier, Part.DECLARATION, {"form": DeclarationForm(questions, initial=said, leg_names=names)}
        )
    said = {**filled_in_before(dossier), **dossier.applicant.declaration, **typed_before(request)}
    form = DeclarationForm(questions, request.POST or None, initial=said, leg_names=names)
    if form.is_valid():
        draft.save_declaration(dossier=dossier, answers=form.answers(), actor=citizen(request), at=timezone.now())
        return redirect(station(dossier, Part.DECLARATION).next_url)
    return _part(request, dossier, Part.DECLARATION, {"form": form})


@draft_page
@acts_by_post
def autosave(request: HttpRequest, dossier: Dossier, part: str) -> HttpResponse:
    """Keep what has been typed so far of a part; the answer says when, and which fields are too unfinished to keep."""
    kept, at = dossier.applicant, timezone.now()
    if part == "nguoi-nop":
        typed = so_far(ApplicantForm(request.POST))
        details = draft.ApplicantDetails(**{**known(kept), **typed.values})
        draft.save_applicant(dossier=dossier, details=details, actor=citizen(request), at=at)
    elif part == "to-khai":
        typed = so_far(DeclarationForm(questions_of(dossier), request.POST))
        answers = {**kept.declaration, **typed.values}
        draft.save_declaration(dossier=dossier, answers=answers, actor=citizen(request), at=at)
    else:
        raise Http404
    return JsonResponse({"kept_at": moment_in_words(at), "unfinished": typed.unfinished})


@draft_page
@require_http_methods(["GET", "HEAD", "POST"])
def return_channel(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask how the result is to come."""
    kept = {"channel": dossier.return_channel, "postal_address": dossier.applicant.postal_address}
    form = ReturnForm(request.POST or None, initial={**kept, **typed_before(request)})
    if form.is_valid():
        draft.choose_return(
            dossier=dossier,
            channel=ReturnChannel(form.cleaned_data["channel"]),
            postal_address=form.cleaned_data["postal_address"],
            actor=citizen(request),
            at=timezone.now(),
        )
        return redirect(station(dossier, Part.RETURN).next_url)
    return _part(request, dossier, Part.RETURN, {"form": form})


@editable_page
@require_safe
def contact(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask a guest to prove that phone and e-mail are theirs."""
    return _contact(request, dossier, {})


@editable_page
@acts_by_post
def send_code(request: HttpRequest, dossier: Dossier, channel: str) -> HttpResponse:
    """Send a one-time code."""
    try:
        confirm_contact.send_contact_code(
            dossier=dossier, channel=channel_named(channel), client=request.META["REMOTE_ADDR"], at=timezone.now()
        )
    except confirm_contact.CodeRefused as refused:
        messages.warning(request, code_refusal(refused))
    else:
        messages.success(request, _("Đã gửi mã. Tin có thể đến chậm một, hai phút."))
    return redirect("portal:contact", dossier.reference)


@editable_page
@acts_by_post
def confirm_code(request: HttpRequest, dossier: Dossier, channel: str) -> HttpResponse:
    """Take the code that came."""
    named = channel_named(channel)
    form = CodeForm(request.POST, prefix=channel)
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            confirm_contact.confirm_contact(dossier=dossier, channel=named, code=code, at=timezone.now())
        except confirm_contact.CodeRefused as refused:
            form.add_error("code", code_refusal(refused))
        else:
            messages.success(request, _("Đã xác nhận."))
            return redirect("portal:contact", dossier.reference)
    return _contact(request, dossier, {named: form})


@draft_page
@require_safe
def check_answers(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show everything once more before it is handed in."""
    context: dict[str, Any] = {"sections": answers_given(dossier, with_links=True), "missing": open_tasks(dossier)}
    context["has_ended"] = has_ended(dossier, timezone.localdate())
    return _part(request, dossier, None, context)


@owner_page
@acts_by_post
def hand_in(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Hand the application in; doing it twice leads to the same confirmation."""
    try:
        submit(dossier=dossier, actor=citizen(request), at=timezone.now())
    except ApplicationIncomplete:
        messages.error(request, _("Hồ sơ chưa nộp được vì còn thiếu các mục dưới đây."))
        return redirect("portal:check-answers", dossier.reference)
    except VersionEnded:  # the page of the draft says so, and where to begin anew
        return redirect("portal:dossier", dossier.reference)
    except NotOffered:
        messages.error(request, _("Nơi này không còn tiếp nhận thủ tục này. Hãy lập hồ sơ mới và chọn nơi nộp khác."))
        return redirect("portal:check-answers", dossier.reference)
    except CalendarExhausted:
        messages.error(request, no_answer_day())
        return redirect("portal:check-answers", dossier.reference)
    return redirect("portal:submitted", dossier.reference)


@owner_page
@require_safe
def confirmation(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Give code and PIN, and say what happens next and by when."""
    if dossier.submitted_at is None:
        return redirect("portal:dossier", dossier.reference)
    look_up_address = request.build_absolute_uri(reverse("portal:look-up"))
    context = {"dossier": dossier, "status": public_status(dossier), "look_up_address": look_up_address}
    return render(request, "portal/filing/submitted.html", context)


def _fileable(request: HttpRequest, code: str) -> ProcedurePage:
    try:
        page = procedure_page(code, said_place=kept_commune(request), at=timezone.now())
    except Procedure.DoesNotExist as unknown:
        raise Http404 from unknown
    if not page.online_places:
        raise Http404
    return page


def _begin(request: HttpRequest, place: Place, form: StartForm) -> Dossier | None:
    user = citizen(request)
    filing = draft.Filing(key=form.draft_key(), channel=FilingChannel.ONLINE, owner=user)
    try:
        dossier = draft.start_draft(offering=place.offering, filing=filing, actor=user, at=timezone.now())
    except draft.NotOffered:
        return None
    if user is None:
        keep_begun(request, dossier)
    return dossier


def _applicant_form(dossier: Dossier) -> type[ApplicantForm]:
    is_mailed = dossier.owner_id is None and usable_ways() == {ContactWay.EMAIL}
    return MailedApplicantForm if is_mailed else ApplicantForm


def _part(request: HttpRequest, dossier: Dossier, part: Part | None, context: dict[str, Any]) -> HttpResponse:
    template = f"portal/filing/{part.value.lower() if part else 'check'}.html"
    frame = {"dossier": dossier, "station": station(dossier, part)}
    is_refused = "form" in context and context["form"].is_bound
    return render(request, template, {**frame, **context}, status=422 if is_refused else 200)


def _contact(request: HttpRequest, dossier: Dossier, bound: dict[ContactCode.Channel, CodeForm]) -> HttpResponse:
    page = contact_page(dossier)
    lines = [(line, bound.get(line.channel) or CodeForm(prefix=line.slug)) for line in page]
    context = {"dossier": dossier, "station": station(dossier, Part.CONTACT), "lines": lines}
    context["all_confirmed"] = bool(page) and all(line.is_confirmed for line in page)
    context["sends_texts"] = ContactWay.SMS in usable_ways()
    return render(request, "portal/filing/contact.html", context, status=422 if bound else 200)
