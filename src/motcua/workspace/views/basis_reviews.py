"""What stands on ended law, for whoever works through it (J-07, seed 002)."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.legislation.commands.basis_reviews import settle_item
from motcua.legislation.facts import keeping_unit_ids
from motcua.legislation.models import BasisReviewItem, LegalDocument
from motcua.legislation.queries.register import every_item, items_of, reviews
from motcua.rules.legal_basis import Severity
from motcua.rules.legal_rights import may_settle_review
from motcua.ui.pages import number_asked
from motcua.workspace.forms.laws import SettleForm
from motcua.workspace.frame import show
from motcua.workspace.law_words import OUTCOMES, SEVERITIES, Standing
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.sheets import CSV, MEDIA_TYPES, Cell, sheet


@officers_only
def every(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the documents that have ended with something standing on them; done ones on request."""
    with_done = request.GET.get("ca") == "da-xong"
    lines = [(line, SEVERITIES[Severity(line.severity)]) for line in reviews(with_done=with_done)]
    context = {
        "lines": lines,
        "with_done": with_done,
        "pending_count": sum(line.pending_count for line, _tone in lines),
    }
    return show(request, officer, "workspace/laws/reviews.html", context)


@officers_only
def report(_request: HttpRequest, _officer: Officer) -> HttpResponseBase:
    """Hand out everything that stands on ended law, one line a thing."""
    answer = HttpResponse(sheet(CSV, _header(), map(_row, every_item())), content_type=MEDIA_TYPES[CSV])
    answer.headers["Content-Disposition"] = 'attachment; filename="ra-soat-can-cu.csv"'
    return answer


@officers_only
def of_law(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show everything that stands on one document, and settle one thing of it."""
    document = get_object_or_404(LegalDocument, code=code)
    may_settle = may_settle_review(keeping_unit_ids(), officer.grants, on=officer.today)
    if request.method != "POST":
        return _shown(request, officer, document, may_settle=may_settle)
    if not may_settle:
        sentence = _("Chỉ cán bộ tư pháp và cán bộ kiểm soát thủ tục của tỉnh ghi kết quả rà soát.")
        return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)
    items = BasisReviewItem.objects.filter(review__document=document)
    item = get_object_or_404(items, pk=number_asked(request.POST.get("item", "")))
    form = SettleForm(request.POST, prefix=f"i{item.pk}")
    if not form.is_valid():
        return _shown(request, officer, document, may_settle=True, refused={item.pk: form})
    outcome = BasisReviewItem.Outcome(form.cleaned_data["outcome"])
    settle_item(item=item, outcome=outcome, note=form.cleaned_data["note"], actor=officer.user, at=officer.at)
    messages.success(request, _("Đã ghi kết quả rà soát."))
    return redirect("workspace:basis-review", code=code)


def _header() -> list[str]:
    return [
        _("Văn bản hết hiệu lực"),
        _("Hết hiệu lực từ"),
        _("Mức độ"),
        _("Loại"),
        _("Mã"),
        _("Tên"),
        _("Kết quả rà soát"),
        _("Ghi chú"),
    ]


def _row(item: BasisReviewItem) -> list[Cell]:
    return [
        item.review.document.number,
        item.review.ended_on,
        str(SEVERITIES[Severity(item.review.severity)].label),
        item.get_kind_display(),
        item.code,
        item.name,
        item.get_outcome_display(),
        item.note,
    ]


def _shown(
    request: HttpRequest,
    officer: Officer,
    document: LegalDocument,
    *,
    may_settle: bool,
    refused: Mapping[int, SettleForm] | None = None,
) -> HttpResponseBase:
    lines = [_line(item, (refused or {}).get(item.pk)) for item in items_of(document)]
    wrong = next(iter((refused or {}).values()), None)
    context = {"document": document, "lines": lines, "may_settle": may_settle, "refused": wrong}
    return show(request, officer, "workspace/laws/review.html", context, status=422 if refused else 200)


def _line(item: BasisReviewItem, refused: SettleForm | None) -> tuple[BasisReviewItem, Standing, Standing, SettleForm]:
    form = refused or SettleForm(prefix=f"i{item.pk}", initial={"outcome": item.outcome, "note": item.note})
    return item, OUTCOMES[item.outcome], SEVERITIES[Severity(item.review.severity)], form
