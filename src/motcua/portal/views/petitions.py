"""Petitions of citizens: sent, confirmed, followed; and the answers that everybody may read. Works without scripts."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.facts import usable_ways
from motcua.petitions.commands.send import TooManySent, send_petition
from motcua.petitions.facts import notice_terms
from motcua.petitions.models import Petition, PublishedAnswer
from motcua.petitions.queries.public import own_petitions, public_answer, public_answers
from motcua.petitions.queries.units import default_unit, units_petitioned
from motcua.portal.forms.petitions import PetitionForm
from motcua.portal.ownership import citizen
from motcua.portal.petition_access import keep_sent
from motcua.portal.petition_photo import photo_of
from motcua.portal.typed import typed_before
from motcua.rules.petitions import PetitionStage
from motcua.ui.pages import page_asked

_QUESTIONS = "hoi-dap"


@login_not_required
@require_safe
def petitions(request: HttpRequest) -> HttpResponse:
    """Show where to send and to look up, one's own, and what was answered in public."""
    text, kind = request.GET.get("q", "")[:200], request.GET.get("loai", "")
    number = page_asked(request.GET.get("trang", ""))
    found = public_answers(text, number=number, only_questions=kind == _QUESTIONS)
    user, query = citizen(request), request.GET.copy()
    pages = []
    for there, page in ((number > 1, number - 1), (found.has_next, number + 1)):
        query["trang"] = str(page)
        pages.append(f"?{query.urlencode()}" if there else "")
    context = {
        "lines": found.lines,
        "text": text,
        "only_questions": kind == _QUESTIONS,
        "own": own_petitions(user.pk) if user else (),
        "previous_url": pages[0],
        "next_url": pages[1],
    }
    return render(request, "portal/petitions/petitions.html", context)


@login_not_required
@require_safe
def published(request: HttpRequest, number: int) -> HttpResponse:
    """Show one question and its answer."""
    try:
        shown = public_answer(number)
    except PublishedAnswer.DoesNotExist:
        raise Http404 from None
    return render(request, "portal/petitions/published.html", {"shown": shown})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Ask what the petition says and who sends it, and take it."""
    user, units = citizen(request), units_petitioned(timezone.localdate())
    is_open = bool(units) and (user is not None or bool(usable_ways()))
    known = {"full_name": user.full_name, "phone": user.phone, "email": user.email} if user else {}
    said = {"key": uuid.uuid4(), "unit": default_unit(), **known, **typed_before(request)}
    form = PetitionForm(units, request.POST or None, request.FILES or None, initial=said)
    photo = photo_of(request, form)
    if is_open and form.is_valid() and not photo.is_refused:
        try:
            return _sent(request, send_petition(sending=form.sending(photo.file), owner=user, at=timezone.now()))
        except TooManySent:
            form.add_error(
                None, _("Hôm nay tài khoản này đã gửi nhiều phản ánh. Hãy gửi tiếp vào ngày mai, hoặc gọi đơn vị.")
            )
    context = {"form": form, "is_open": is_open, "is_guest": user is None}
    return render(request, "portal/petitions/send.html", context, status=422 if form.is_bound else 200)


def _sent(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Lead to what comes next: a guest proves the contact, an account gets code and PIN."""
    if petition.owner_id is None:
        keep_sent(request, petition)
    is_guests = petition.stage is PetitionStage.UNCONFIRMED
    return redirect("portal:confirm-petition" if is_guests else "portal:petition-sent", petition.code)


@login_not_required
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Show where petitions are taken: every unit with its address, telephone and e-mail (E-02)."""
    return render(request, "portal/petitions/contacts.html", {"units": units_petitioned(timezone.localdate())})


@login_not_required
@require_safe
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """Show the notice that a unit posts at its desk, ready to be printed (M80)."""
    on = timezone.localdate()
    unit = next((one for one in units_petitioned(on) if one.code == code), None)
    if unit is None:
        raise Http404
    address = request.build_absolute_uri(reverse("portal:petitions"))
    context = {"unit": unit, "address": address, "terms": notice_terms(on), "on": on}
    return render(request, "portal/petitions/notice.html", context)
