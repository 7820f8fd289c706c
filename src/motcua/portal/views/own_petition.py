"""One petition as its sender follows it: confirmed by a code, looked up by code and PIN, added to, opened again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.petitions.commands.afterwards import TooLateToReopen, reopen_petition, say_settled
from motcua.petitions.commands.confirm import CodeRefused, confirm_petition, send_petition_code, way_of
from motcua.petitions.commands.guard import PetitionActRefused
from motcua.petitions.commands.look_up import LookupLocked, LookupRefused, look_up_petition
from motcua.petitions.commands.sorting import complete_petition
from motcua.petitions.models import Petition
from motcua.petitions.queries.public import petition_status
from motcua.portal.code_words import code_refusal
from motcua.portal.forms.filing import CodeForm
from motcua.portal.forms.petitions import MoreForm, PetitionLookUpForm, ReopenForm, SettledForm
from motcua.portal.petition_access import keep_looked_up_petition, petition_for, sent_here
from motcua.portal.petition_words import guidance_in_words, road_of_petition, standing_in_words
from motcua.rules.petitions import PetitionStage
from motcua.ui.wording import moment_in_words

_PAGE = "portal:petition"


def _page(view: Callable[[HttpRequest, Petition], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give the view the petition of `code`; whoever may not open it is told that there is no such page."""

    def page(request: HttpRequest, code: str) -> HttpResponse:
        return view(request, petition_for(request, code))

    return login_not_required(never_cache(require_http_methods(["GET", "HEAD", "POST"])(page)))


@_page
def confirm(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Ask a guest for the code that went to them; the petition is received with it."""
    if petition.stage is not PetitionStage.UNCONFIRMED:
        return redirect("portal:petition-sent", petition.code)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            confirm_petition(petition=petition, code=form.cleaned_data["code"], at=timezone.now())
        except CodeRefused as refused:
            form.add_error("code", code_refusal(refused))
        else:
            return redirect("portal:petition-sent", petition.code)
    is_sent = hasattr(petition, "proof")
    context = {"petition": petition, "form": form, "is_sent": is_sent, "way": way_of(petition)}
    return render(request, "portal/petitions/confirm.html", context, status=422 if form.is_bound else 200)


@_page
def send_code(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Send a one-time code."""
    if request.method != "POST":
        return redirect("portal:confirm-petition", petition.code)
    try:
        send_petition_code(petition=petition, client=request.META["REMOTE_ADDR"], at=timezone.now())
    except CodeRefused as refused:
        messages.warning(request, code_refusal(refused))
    except PetitionActRefused:
        return redirect("portal:petition-sent", petition.code)
    else:
        messages.success(request, _("Đã gửi mã. Tin có thể đến chậm một, hai phút."))
    return redirect("portal:confirm-petition", petition.code)


@_page
def sent(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Give code and PIN to whoever sent it, and say what comes next."""
    if petition.stage is PetitionStage.UNCONFIRMED or not sent_here(request, petition):
        return redirect(_PAGE, petition.code)
    context = {"petition": petition, "status": petition_status(petition, is_senders=True, at=timezone.now())}
    return render(request, "portal/petitions/sent.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for code and PIN."""
    form = PetitionLookUpForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        given = form.cleaned_data
        try:
            petition = look_up_petition(
                code=given["code"], pin=given["pin"], client=request.META["REMOTE_ADDR"], at=timezone.now()
            )
        except LookupRefused:
            form.add_error(None, _("Không có phản ánh nào khớp cả mã và PIN này. Hãy xem lại từng chữ số."))
        except LookupLocked as locked:
            until = {"until": moment_in_words(locked.until)}
            form.add_error(None, _("Đã thử sai nhiều lần. Hãy thử lại sau %(until)s.") % until)
            status = 429
        else:
            keep_looked_up_petition(request, petition)
            return redirect(_PAGE, petition.code)
    return render(request, "portal/petitions/look_up.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_safe
def petition(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a petition stands and what its sender may do."""
    found = petition_for(request, code)
    if found.stage is PetitionStage.UNCONFIRMED:
        return redirect("portal:confirm-petition", found.code)
    return _shown(request, found)


@_page
def add_more(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Take what the sender was asked to add."""
    form = MoreForm(request.POST)

    def do() -> None:
        complete_petition(petition=petition, reply=form.cleaned_data["more"], officer=None, at=timezone.now())
        messages.success(request, _("Đã nhận nội dung bổ sung."))

    return _acted(request, petition, form, "more_form", do)


@_page
def reopen(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Have an answered or returned petition handled again."""
    form = ReopenForm(request.POST)

    def do() -> None:
        reopen_petition(petition=petition, reason=form.cleaned_data["reason"], officer=None, at=timezone.now())
        messages.success(request, _("Đã mở lại để xử lý tiếp."))

    return _acted(request, petition, form, "reopen_form", do)


@_page
def settled(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Take the sender's word on whether the matter was settled."""
    form = SettledForm(request.POST)

    def do() -> None:
        typed = form.cleaned_data
        say_settled(petition=petition, is_settled=typed["is_settled"], note=typed["note"], at=timezone.now())
        messages.success(request, _("Cảm ơn bạn đã cho biết."))

    return _acted(request, petition, form, "settled_form", do)


def _acted(request: HttpRequest, petition: Petition, form: Form, name: str, do: Callable[[], None]) -> HttpResponse:
    """Do what a form of the page asks; a form with a mistake stands on the page again."""
    if request.method == "POST" and not form.is_valid():
        return _shown(request, petition, {name: form}, status=422)
    if request.method == "POST":
        try:
            do()
        except (PetitionActRefused, TooLateToReopen):
            messages.warning(request, _("Phản ánh đang ở tình trạng khác nên không làm được việc này."))
    return redirect(_PAGE, petition.code)


def _shown(
    request: HttpRequest, petition: Petition, bound: dict[str, Form] | None = None, *, status: int = 200
) -> HttpResponse:
    is_senders = sent_here(request, petition)
    standing = petition_status(petition, is_senders=is_senders, at=timezone.now())
    context: dict[str, Any] = {
        "status": standing,
        "own_text": petition.text if is_senders else "",
        "sentence": standing_in_words(standing),
        "guidance": guidance_in_words(standing),
        "steps": road_of_petition(standing),
        "more_form": MoreForm(),
        "reopen_form": ReopenForm(),
        "settled_form": SettledForm(),
        **(bound or {}),
    }
    context["refused"] = next(iter((bound or {}).values()), None)
    return render(request, "portal/petitions/petition.html", context, status=status)
