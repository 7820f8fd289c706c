"""Completing what the desk asked for: those papers and no others."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers.commands.supplement import (
    ApplicationIncomplete,
    PaperNeeded,
    PaperNotAskedFor,
    complete_supplement,
    report_no_paper,
)
from motcua.dossiers.models import Dossier
from motcua.portal.forms.papers import AbsenceForm, PaperForm
from motcua.portal.life_words import supplement_sent
from motcua.portal.ownership import citizen
from motcua.portal.status_words import no_answer_day
from motcua.portal.views.guards import acts_by_post, owner_page
from motcua.portal.views.papers import prefix_of, show_papers
from motcua.rules.completeness import Part
from motcua.rules.transitions import SUPPLEMENTING, TransitionRefused
from motcua.rules.working_time import CalendarExhausted


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show exactly what was asked; hand it in when the applicant says it is all there."""
    if request.method == "POST":
        return _hand_in(request, dossier)
    if dossier.stage not in SUPPLEMENTING:
        return redirect("portal:dossier", dossier.public_code)
    return show_papers(request, dossier, {})


@owner_page
@acts_by_post
def no_paper(request: HttpRequest, dossier: Dossier, position: int) -> HttpResponse:
    """Take down why the applicant has no such paper, where not every case needs it."""
    prefix = prefix_of(position)
    form = AbsenceForm(request.POST, prefix=prefix)
    if not form.is_valid() and dossier.stage in SUPPLEMENTING:
        return show_papers(request, dossier, {position: PaperForm(prefix=prefix, absence=form)})
    reason, at = form.cleaned_data.get("reason", ""), timezone.now()
    try:
        report_no_paper(dossier=dossier, position=position, reason=reason, actor=citizen(request), at=at)
    except (PaperNotAskedFor, PaperNeeded):
        raise Http404 from None
    except TransitionRefused:
        return redirect("portal:dossier", dossier.public_code)
    messages.success(request, _("Đã ghi lý do không có giấy này."))
    answer = redirect("portal:supplement", dossier.reference)
    answer["Location"] += f"#giay-to-{position}"
    return answer


def _hand_in(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    try:
        done = complete_supplement(dossier=dossier, actor=citizen(request), at=timezone.now())
    except ApplicationIncomplete as incomplete:
        if any(gap.part is Part.CONTACT for gap in incomplete.gaps):
            messages.warning(request, _("Trước khi gửi, hãy xác nhận lại số điện thoại và thư điện tử."))
            return redirect("portal:contact", dossier.reference)
        messages.error(request, _("Chưa gửi được: còn giấy tờ được yêu cầu mà bạn chưa gửi tệp mới."))
        return redirect("portal:supplement", dossier.reference)
    except CalendarExhausted:
        messages.error(request, no_answer_day())
        return redirect("portal:supplement", dossier.reference)
    except TransitionRefused:
        return redirect("portal:dossier", dossier.public_code)
    messages.success(request, supplement_sent(done))
    return redirect("portal:dossier", dossier.public_code)
