"""Completing what the desk asked for: those papers and no others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers.commands.submit import ApplicationIncomplete, complete_supplement
from motcua.dossiers.models import Dossier
from motcua.portal.ownership import citizen
from motcua.portal.status_words import no_answer_day
from motcua.portal.views.guards import owner_page
from motcua.portal.views.papers import show_papers
from motcua.rules.completeness import Part
from motcua.rules.transitions import Status, TransitionRefused
from motcua.rules.working_time import CalendarExhausted


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show exactly what was asked; hand it in when the applicant says it is all there."""
    if request.method == "POST":
        return _hand_in(request, dossier)
    if dossier.stage is not Status.INTAKE_SUPPLEMENT:
        return redirect("portal:dossier", dossier.public_code)
    return show_papers(request, dossier, {})


def _hand_in(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    try:
        complete_supplement(dossier=dossier, actor=citizen(request), at=timezone.now())
    except ApplicationIncomplete as incomplete:
        if any(gap.part is Part.CONTACT for gap in incomplete.gaps):
            messages.warning(request, _("Trước khi gửi, hãy xác nhận lại số điện thoại và thư điện tử."))
            return redirect("portal:contact", dossier.reference)
        messages.error(request, _("Chưa gửi được: vẫn còn giấy tờ bắt buộc chưa có tệp."))
        return redirect("portal:supplement", dossier.reference)
    except CalendarExhausted:
        messages.error(request, no_answer_day())
        return redirect("portal:supplement", dossier.reference)
    except TransitionRefused:
        return redirect("portal:dossier", dossier.public_code)
    messages.success(request, _("Đã gửi bổ sung. Nơi tiếp nhận xem lại và trả lời trong 8 giờ làm việc."))
    return redirect("portal:dossier", dossier.public_code)
