"""Looking a dossier up by its code and PIN: where it stands, and nothing personal (B-26)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.commands import look_up as command
from motcua.portal.forms.look_up import LONGEST_CODE, LookUpForm
from motcua.portal.ownership import keep_looked_up, looked_up_dossier, owns
from motcua.portal.standing import standing_of
from motcua.ui.wording import moment_in_words


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for code and PIN. The QR of form 01 brings the code along (`ma`); a PIN never stands in an address."""
    form = LookUpForm(request.POST or None, initial={"code": request.GET.get("ma", "")[:LONGEST_CODE]})
    if not form.is_valid():
        return _ask(request, form, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    try:
        dossier = command.look_up(
            public_code=given["code"], pin=given["pin"], client=request.META["REMOTE_ADDR"], at=timezone.now()
        )
    except command.LookupRefused:
        form.refuse(
            _("Không có hồ sơ nào khớp cả mã và PIN này. Hãy xem lại từng chữ số trên giấy hoặc trong tin nhắn.")
        )
        return _ask(request, form, status=422)
    except command.LookupLocked as locked:
        until = moment_in_words(locked.until)
        form.refuse(_("Đã thử sai nhiều lần. Hãy thử lại sau %(until)s.") % {"until": until})
        return _ask(request, form, status=429)
    keep_looked_up(request, dossier)
    return redirect("portal:public-status", dossier.public_code)


@login_not_required
@require_safe
def public_status(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a dossier stands to whoever has just looked it up."""
    dossier = looked_up_dossier(request, code)
    if dossier is None:
        return redirect("portal:look-up")
    context = {**standing_of(dossier, at=timezone.now()), "is_owner": owns(request, dossier)}
    answer = render(request, "portal/look_up/status.html", context)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _ask(request: HttpRequest, form: LookUpForm, *, status: int) -> HttpResponse:
    return render(request, "portal/look_up/look_up.html", {"form": form}, status=status)
