"""Beside a dossier, without moving it: being there, following it, reminding its holder, leaving a note."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.dossiers.commands.beside import NotToRemind, follow, remind, unfollow, write_memo
from motcua.dossiers.commands.open_dossier import keep_open, note_leaving
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.presence import others_at
from motcua.rules.transitions import Action
from motcua.workspace.forms.beside import FollowForm, MemoForm, RemindForm
from motcua.workspace.frame import typed_before
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_list import presence_badges
from motcua.workspace.views.dossiers import whole_page

_ACTIONS = frozenset(act.value for act in Action)


@require_POST
@officers_only
def present(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Take a sign of life from a page that is open, or that it is left, and answer who else is there."""
    dossier = officer.dossier(code)
    if "leave" in request.POST:
        left = request.POST.get("act", "")
        note_leaving(dossier=dossier, officer=officer.user, act=Action(left) if left in _ACTIONS else None)
    else:
        keep_open(dossier=dossier, officer=officer.user, at=officer.at)
    badges = presence_badges(others_at(dossier.pk, actor_id=officer.user.pk, at=officer.at), officer.at)
    answer = render(request, "workspace/dossier/present.html", {"present": badges})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@officers_only
def follow_dossier(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Follow the dossier, or no longer."""
    dossier = officer.dossier(code)
    if request.method != "POST":
        return _typed_again(request, officer, dossier, FollowForm)
    if "stop" in request.POST:
        unfollow(dossier=dossier, officer=officer.user, at=officer.at)
        messages.success(request, _("Bạn không còn theo dõi hồ sơ này."))
        return redirect("workspace:dossier", code=code)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return whole_page(request, officer, dossier, form, status=422)
    follow(dossier=dossier, officer=officer.user, reason=form.cleaned_data["text"], at=officer.at)
    messages.success(request, _("Bạn đang theo dõi hồ sơ này: mọi thay đổi được báo cho bạn."))
    return redirect("workspace:dossier", code=code)


@officers_only
def remind_holder(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Remind whoever holds the dossier."""
    dossier = officer.dossier(code)
    if request.method != "POST":
        return _typed_again(request, officer, dossier, RemindForm)
    form = RemindForm(request.POST)
    if not form.is_valid():
        return whole_page(request, officer, dossier, form, status=422)
    try:
        remind(dossier=dossier, officer=officer.user, text=form.cleaned_data["text"], at=officer.at)
    except NotToRemind:
        form.add_error("text", _("Không có ai đang giữ hồ sơ để nhắc, hoặc bạn không phụ trách hồ sơ này."))
        return whole_page(request, officer, dossier, form, status=422)
    messages.success(request, _("Đã nhắc người đang giữ hồ sơ."))
    return redirect("workspace:dossier", code=code)


@officers_only
def leave_memo(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Leave a note for colleagues in the dossier."""
    dossier = officer.dossier(code)
    if request.method != "POST":
        return _typed_again(request, officer, dossier, MemoForm)
    form = MemoForm(request.POST)
    if not form.is_valid():
        return whole_page(request, officer, dossier, form, status=422)
    write_memo(dossier=dossier, officer=officer.user, text=form.cleaned_data["text"], at=officer.at)
    messages.success(request, _("Đã ghi chú."))
    return redirect("workspace:dossier", code=code)


def _typed_again(request: HttpRequest, officer: Officer, dossier: Dossier, form: type[Form]) -> HttpResponseBase:
    """Show the page with what was typed when the session had ended; whoever comes otherwise is led to it."""
    typed = typed_before(request)
    if not typed.get("text"):
        return redirect("workspace:dossier", code=dossier.public_code)
    return whole_page(request, officer, dossier, form(initial=typed))
