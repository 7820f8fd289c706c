"""Proving, after a look-up, that the dossier is one's own: by a code sent to the contact it was filed with."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers.commands import confirm_contact
from motcua.dossiers.models import Dossier
from motcua.portal.code_words import channel_named, code_refusal
from motcua.portal.forms.filing import CodeForm
from motcua.portal.ownership import keep_proved, looked_up_dossier, owns
from motcua.portal.queries.proof import proof_ways


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, code: str) -> HttpResponse:
    """Offer to send a code, and take it."""
    dossier = looked_up_dossier(request, code)
    if dossier is None:
        return redirect("portal:look-up")
    if owns(request, dossier):
        return redirect("portal:dossier", dossier.public_code)
    form = CodeForm(request.POST or None)
    if form.is_valid() and _is_confirmed(request, dossier, form):
        keep_proved(request, dossier)
        return redirect("portal:dossier", dossier.public_code)
    context = {"dossier": dossier, "form": form, "ways": proof_ways(dossier), "chosen": request.GET.get("qua", "")}
    return render(request, "portal/look_up/prove.html", context, status=422 if form.is_bound else 200)


@login_not_required
def send_code(request: HttpRequest, code: str) -> HttpResponse:
    """Send the code over the way chosen; who comes by the address lands on the page that offers the ways."""
    dossier = looked_up_dossier(request, code)
    if dossier is None:
        return redirect("portal:look-up")
    if request.method != "POST":
        return redirect("portal:prove", dossier.public_code)
    slug = request.POST.get("qua", "")
    try:
        confirm_contact.send_contact_code(
            dossier=dossier, channel=channel_named(slug), client=request.META["REMOTE_ADDR"], at=timezone.now()
        )
    except confirm_contact.CodeRefused as refused:
        messages.warning(request, code_refusal(refused))
    else:
        messages.success(request, _("Đã gửi mã. Tin có thể đến chậm một, hai phút."))
    answer = redirect("portal:prove", dossier.public_code)
    answer["Location"] += f"?qua={slug}"
    return answer


def _is_confirmed(request: HttpRequest, dossier: Dossier, form: CodeForm) -> bool:
    try:
        confirm_contact.confirm_contact(
            dossier=dossier,
            channel=channel_named(request.GET.get("qua", "")),
            code=form.cleaned_data["code"],
            at=timezone.now(),
        )
    except confirm_contact.CodeRefused as refused:
        form.add_error("code", code_refusal(refused))
        return False
    return True
