"""A citizen's own dossiers."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents.models import IssuedDocument
from motcua.documents.storage import path_of
from motcua.dossiers.commands.delete_draft import delete_draft
from motcua.dossiers.commands.withdraw import withdraw
from motcua.dossiers.linked_facts import may_be_withdrawn
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.issued_form import pdf_of
from motcua.dossiers.queries.own_life import result_to_download
from motcua.notifications.commands.mark_read import mark_read
from motcua.portal.life_words import Place, past, present
from motcua.portal.ownership import citizen, dossiers_of, forget
from motcua.portal.parts import tasks_of
from motcua.portal.queries.filing import has_ended
from motcua.portal.queries.own_dossiers import own_dossier, own_dossiers
from motcua.portal.rating_words import SCORES
from motcua.portal.standing import standing_of
from motcua.portal.views.guards import acts_by_post, draft_page, owner_page
from motcua.rules.transitions import Status, TransitionRefused
from motcua.ui.parts import Tone


@login_not_required
@never_cache
@require_safe
def my_dossiers(request: HttpRequest) -> HttpResponse:
    """Show what this visitor has filed or begun."""
    context = {"own": own_dossiers(dossiers_of(request), at=timezone.now()), "is_guest": citizen(request) is None}
    return render(request, "portal/dossiers/list.html", context)


@owner_page
@require_safe
def dossier(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show one dossier to its applicant: a draft by its parts, a filed one by where it stands."""
    if dossier.stage is Status.DRAFT:
        tasks = tasks_of(dossier)
        next_task = next((task for task in tasks if task.tone is not Tone.GOOD), None)
        context: dict[str, object] = {"dossier": dossier, "tasks": tasks, "next_task": next_task}
        context["kept_days"] = settings.DRAFT_KEPT_DAYS if dossier.owner_id else settings.GUEST_DRAFT_KEPT_DAYS
        context["has_ended"] = has_ended(dossier, timezone.localdate())
        return render(request, "portal/filing/overview.html", context)
    return _handed_in(request, dossier)


def _handed_in(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    at = timezone.now()
    page = own_dossier(dossier, at=at)
    status, life = page.status, page.life
    mark_read(dossier=dossier, at=at)
    context = {
        **standing_of(dossier, at=at),
        "page": page,
        "topics": present(life, Place(status.desk, status.desk_address)),
        "past": past(life),
        "score_label": SCORES[life.rating.score] if life.rating else "",
        "dossier": dossier,
        "is_guest": citizen(request) is None,
    }
    return render(request, "portal/dossiers/dossier.html", context)


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_dossier(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Take the application back, after asking once."""
    if request.method != "POST":
        if not may_be_withdrawn(dossier):
            return redirect("portal:dossier", dossier.public_code)
        return render(request, "portal/dossiers/withdraw.html", {"dossier": dossier})
    try:
        withdraw(dossier=dossier, actor=citizen(request), at=timezone.now())
    except TransitionRefused:
        messages.error(request, _("Hồ sơ không rút được nữa, vì kết quả đã được ký hoặc hồ sơ đã kết thúc."))
    else:
        messages.success(request, _("Đã rút hồ sơ. Bạn có thể nộp hồ sơ mới bất cứ lúc nào."))
    return redirect("portal:dossier", dossier.public_code)


@draft_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Delete a draft, after asking once."""
    if request.method != "POST":
        return render(request, "portal/dossiers/delete.html", {"dossier": dossier})
    delete_draft(dossier=dossier, actor=citizen(request), at=timezone.now())
    forget(request, dossier)
    messages.success(request, _("Đã xóa bản nháp và những gì bạn đã ghi trong đó."))
    return redirect("portal:my-dossiers")


@owner_page
@acts_by_post
def leave(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Forget the dossier in this browser; with code and PIN it can be opened again."""
    forget(request, dossier)
    messages.success(request, _("Trình duyệt này không còn mở được hồ sơ. Hãy giữ mã và PIN để xem lại."))
    return redirect("portal:home")


@owner_page
@require_safe
def result(request: HttpRequest, dossier: Dossier) -> FileResponse:
    """Hand the result over as a file."""
    issued = result_to_download(dossier)
    if issued is None or issued.file is None:
        raise Http404
    content = path_of(issued.file.sha256).open("rb")
    name = issued.file.original_name
    return FileResponse(content, content_type=issued.file.media_type, filename=name, as_attachment=True)


@owner_page
@require_safe
def issued_form(request: HttpRequest, dossier: Dossier, pk: int) -> HttpResponse:
    """Show a form that the desk issued about this dossier."""
    try:
        content = pdf_of(pk, dossier.reference)
    except IssuedDocument.DoesNotExist as unknown:
        raise Http404 from unknown
    disposition = f'inline; filename="{dossier.public_code}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})
