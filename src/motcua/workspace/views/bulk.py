"""Acts on many dossiers: a preview, the order, how far it is, and stopping it."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.dossiers.commands.bulk import BulkIsEmpty, BulkIsOver, BulkOrder, cancel_bulk, order_bulk
from motcua.dossiers.models import BULK_LABELS, BulkJob, Dossier
from motcua.dossiers.queries.bulk import MOST_AT_ONCE, Asked, Preview, acts_for, jobs_of, preview, progress
from motcua.dossiers.queries.bulk_back import preview_back
from motcua.dossiers.queries.worklist import worklist_dossiers
from motcua.dossiers.querysets import DossierQuerySet
from motcua.rules.bulk import GIVES_TO_OFFICER, REVERSIBLE, BulkAct, ItemOutcome
from motcua.workspace.forms.bulk import ActChoice, BulkForm, Sealed, seal, unseal
from motcua.workspace.frame import show, typed_before
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_bulk import TAKES_BACK, groups_of, items_of
from motcua.workspace.worklist_address import Address


@require_POST
@officers_only
def bulk(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what the chosen act would do to each of the chosen dossiers; nothing is ordered yet."""
    choice = ActChoice(request.POST)
    if not choice.is_valid() or choice.cleaned_data["act"] not in acts_for(officer.grants):
        messages.error(request, _("Hãy chọn việc cần làm."))
        return _back(request)
    act = choice.cleaned_data["act"]
    looked_at = preview(_chosen(request, officer), Asked(act), officer.user, officer.grants, at=officer.at)
    if not (looked_at.can or looked_at.cannot):
        messages.error(request, _("Hãy chọn ít nhất một hồ sơ trong danh sách."))
        return _back(request)
    form = BulkForm(act=act, officers=looked_at.officers, initial={"sealed": seal(looked_at)})
    return _shown(request, officer, form, looked_at)


@officers_only
def order(request: HttpRequest, officer: Officer, act: str) -> HttpResponseBase:
    """Order what the preview showed, or look at it again: with whom was chosen meanwhile, or as less can be done now.

    Who comes by the address meets what they typed when their session had ended.
    """
    typed = request.POST if request.method == "POST" else typed_before(request)
    asked = BulkAct(act) if act in BULK_LABELS else None
    sealed = unseal(typed.get("sealed", ""))
    if asked is None or sealed is None or asked not in acts_for(officer.grants):
        if request.method == "POST":
            messages.error(request, _("Danh sách hồ sơ không còn nguyên vẹn. Hãy chọn lại từ danh sách."))
        return _back(request)
    dossiers = _sealed_dossiers(officer, sealed)
    looked_at = preview(dossiers, Asked(asked), officer.user, officer.grants, at=officer.at)
    if request.method != "POST":
        again = {**typed, "sealed": seal(looked_at)}
        return _shown(request, officer, BulkForm(act=asked, officers=looked_at.officers, initial=again), looked_at)
    form = BulkForm(request.POST, act=asked, officers=looked_at.officers)
    if not form.is_valid():
        return _shown(request, officer, form, looked_at, status=422)
    to = form.cleaned_data.get("to")
    if to is not None:  # what can be done depends on whom was chosen
        looked_at = preview(dossiers, Asked(asked, to), officer.user, officer.grants, at=officer.at)
    return _ordered(request, officer, form, looked_at)


@officers_only
def take_back(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Show what taking back a finished job would do, and order it."""
    earlier = get_object_or_404(BulkJob, key=key, ordered_by=officer.user)
    if BulkAct(earlier.act) not in REVERSIBLE or earlier.finished_at is None:
        messages.error(request, str(TAKES_BACK[BulkAct(earlier.act)]))
        return redirect("workspace:bulk-job", key=key)
    looked_at = preview_back(earlier, officer.user, officer.grants, at=officer.at)
    if request.method != "POST":
        typed = {**typed_before(request), "sealed": seal(looked_at)}
        form = BulkForm(act=BulkAct.TAKE_BACK, initial=typed)
        return _shown(request, officer, form, looked_at, earlier=earlier)
    form = BulkForm(request.POST, act=BulkAct.TAKE_BACK)
    if not form.is_valid():
        return _shown(request, officer, form, looked_at, status=422, earlier=earlier)
    return _ordered(request, officer, form, looked_at, earlier)


def _ordered(
    request: HttpRequest, officer: Officer, form: BulkForm, looked_at: Preview, earlier: BulkJob | None = None
) -> HttpResponseBase:
    """Order what a valid form says, unless less can be done now (`looked_at`) than the preview promised."""
    key, to, sealed = form.cleaned_data["key"], form.cleaned_data.get("to"), form.cleaned_data["sealed"]
    if BulkJob.objects.filter(key=key, ordered_by=officer.user).exists():  # pressed twice: what it has done is no news
        return redirect("workspace:bulk-job", key=key)
    if "preview" in request.POST:
        return _shown(request, officer, form, looked_at, earlier=earlier)
    able = {one.pk for one in looked_at.can}
    lost = sum(one.dossier_id not in able for one in sealed.can)
    if lost and able:
        form.add_error(None, _lost(lost))
        return _shown(request, officer, form, looked_at, status=409, earlier=earlier)
    chosen = [one for one in (*sealed.can, *sealed.cannot) if one.dossier_id in able]
    ordered = BulkOrder(key, form.act, chosen, to, form.cleaned_data.get("text", ""), earlier)
    try:
        order_bulk(order=ordered, officer=officer.user, at=officer.at)
    except BulkIsEmpty:
        form.add_error(None, _("Không có hồ sơ nào làm được việc này."))
        return _shown(request, officer, form, looked_at, status=422, earlier=earlier)
    return redirect("workspace:bulk-job", key=key)


@officers_only
def jobs(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what the official has ordered, the newest first."""
    lines = [(job, BULK_LABELS[BulkAct(job.act)]) for job in jobs_of(officer.user)]
    return show(request, officer, "workspace/bulk/jobs.html", {"jobs": lines})


@officers_only
def job(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Show how far a job is and what came of each dossier; the part is asked for again while it runs."""
    found = get_object_or_404(BulkJob.objects.select_related("to", "takes_back"), key=key, ordered_by=officer.user)
    return show(request, officer, "workspace/bulk/job.html", _progress(officer, found), part="workspace/bulk/part.html")


@require_POST
@officers_only
def cancel(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Undo the job before its start, or stop it where it is."""
    found = get_object_or_404(BulkJob, key=key, ordered_by=officer.user)
    try:
        cancel_bulk(job=found, officer=officer.user, at=officer.at)
    except BulkIsOver:
        messages.error(request, _("Việc đã làm xong nên không dừng được nữa."))
        return redirect("workspace:bulk-job", key=key)
    done = found.items.filter(outcome=ItemOutcome.DONE).count()
    said = ngettext(
        "Đã dừng. %(count)s hồ sơ đã làm trước đó vẫn giữ kết quả.",
        "Đã dừng. %(count)s hồ sơ đã làm trước đó vẫn giữ kết quả.",
        done,
    )
    messages.success(request, said % {"count": done} if done else _("Đã hoàn tác: chưa hồ sơ nào bị thay đổi."))
    return redirect("workspace:bulk-job", key=key)


def _chosen(request: HttpRequest, officer: Officer) -> DossierQuerySet:
    """Return the dossiers ticked in the list, or every one of its filter, of those the official may see."""
    if request.POST.get("every"):
        part = Address.read(QueryDict(request.POST.get("query", ""))).part
        every = worklist_dossiers(officer.user, officer.grants, at=officer.at, part=part).values("pk")
        picked = officer.visible().filter(pk__in=every[: MOST_AT_ONCE + 1])
    else:
        codes = [code for code in request.POST.getlist("code")[: MOST_AT_ONCE + 1] if "\x00" not in code]
        picked = officer.visible().filter(Q(code__in=codes) | Q(reference__in=codes))
    return picked.for_page().order_by("action_due_at", "pk")


def _sealed_dossiers(officer: Officer, sealed: Sealed) -> list[Dossier]:
    """Return the dossiers of a preview that the official may still see, in its order."""
    places = {one.dossier_id: place for place, one in enumerate((*sealed.can, *sealed.cannot))}
    found = officer.visible().filter(pk__in=list(places)).for_page()
    return sorted(found, key=lambda dossier: places[dossier.pk])


def _lost(count: int) -> str:
    said = ngettext(
        "%(count)s hồ sơ không còn làm được như lúc bạn xem trước. Chưa có gì được làm: hãy xem lại rồi bấm lần nữa.",
        "%(count)s hồ sơ không còn làm được như lúc bạn xem trước. Chưa có gì được làm: hãy xem lại rồi bấm lần nữa.",
        count,
    )
    return said % {"count": count}


def _shown(
    request: HttpRequest,
    officer: Officer,
    form: BulkForm,
    looked_at: Preview,
    *,
    status: int = 200,
    earlier: BulkJob | None = None,
) -> HttpResponseBase:
    """Show the preview; `earlier` is the job that is to be taken back."""
    form.carry_on(looked_at)
    context = {
        "form": form,
        "act": BULK_LABELS[form.act],
        "preview": looked_at,
        "groups": groups_of(looked_at.cannot),
        "most": MOST_AT_ONCE,
        "is_ready": bool(looked_at.can),
        "asks_again": form.act in GIVES_TO_OFFICER,
        "takes_back": TAKES_BACK[form.act],
        **_addresses(form, earlier),
    }
    return show(request, officer, "workspace/bulk/preview.html", context, status=status)


def _addresses(form: BulkForm, earlier: BulkJob | None) -> dict[str, Any]:
    """Return where the form of a preview is sent, and where its page is left for."""
    if earlier is None:
        where = reverse("workspace:order-bulk", args=[form.act.value])
        return {"where": where, "leave": reverse("workspace:worklist")}
    return {
        "where": reverse("workspace:take-back", args=[earlier.key]),
        "leave": reverse("workspace:bulk-job", args=[earlier.key]),
        "earlier": BULK_LABELS[BulkAct(earlier.act)],
    }


def _progress(officer: Officer, found: BulkJob) -> dict[str, Any]:
    so_far = progress(found, officer.user, officer.grants, at=officer.at)
    over = len(so_far.items) - so_far.counts[ItemOutcome.WAITING]
    return {
        "progress": so_far,
        "act": BULK_LABELS[so_far.act],
        "items": items_of(so_far.items),
        "total": len(so_far.items),
        "over": over,
        "done": so_far.counts[ItemOutcome.DONE],
        "refused": so_far.counts[ItemOutcome.REFUSED],
        "cancelled": so_far.counts[ItemOutcome.CANCELLED],
        "now": officer.at,
        "takes_back": TAKES_BACK[so_far.act],
        "earlier": so_far.job.takes_back,
    }


def _back(request: HttpRequest) -> HttpResponseBase:
    query = Address.read(QueryDict(request.POST.get("query", ""))).query()
    return redirect(reverse("workspace:worklist") + (f"?{query}" if query else ""))
