"""Open dossiers and a new version of their procedure: who is touched, and the order that they follow (R-13)."""

import uuid
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import PublicationDecision
from motcua.dossiers.commands.move_versions import MoveUnderWay, NothingToFollow, order_move
from motcua.dossiers.queries.version_moves import move_preview
from motcua.rules.publication import DecisionState
from motcua.rules.version_moves import Bar
from motcua.ui.pages import page_asked
from motcua.workspace.forms.version_moves import MoveOrderForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.publication import closed, page_of, shown

BARS: Final[dict[Bar, Promise]] = {
    Bar.SUPERSEDED: gettext_lazy("Nội dung mới này đã có nội dung khác thay hoặc đã bãi bỏ."),
    Bar.NOT_ACCEPTED: gettext_lazy("Chưa tiếp nhận: giữ nội dung khi nộp."),
    Bar.CLOCK_STANDS: gettext_lazy("Đang chờ người nộp: xét lại sau khi người nộp bổ sung hoặc nộp tiền."),
    Bar.DECIDED: gettext_lazy("Đã ký kết quả."),
    Bar.LINKED: gettext_lazy("Thuộc hồ sơ liên thông, ngày hẹn chung cho cả nhóm."),
    Bar.AT_ONCE: gettext_lazy("Thủ tục giải quyết ngay trong ngày."),
    Bar.ANSWERS_LOST: gettext_lazy("Tờ khai mới không còn chỗ cho một mục người nộp đã khai."),
    Bar.LIMIT_UNKNOWN: gettext_lazy("Không tính được hạn theo nội dung mới."),
    Bar.WOULD_BE_LATER: gettext_lazy("Thời hạn mới dài hơn; ngày đã hẹn không được lùi."),
}


@officers_only
def preview(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Show which open dossiers a published decision touches; by post, order that they follow it."""
    page = page_of(officer, key)
    if page.state is not DecisionState.PUBLISHED:
        return shown(request, officer, page, _("Quyết định chưa công bố nên chưa có nội dung mới."), status=409)
    found = move_preview(page.decision, officer.user, at=officer.at, number=_page_number(request))
    if not found.may_see or (request.method == "POST" and not found.is_publisher):
        return closed(request, officer)
    form = MoveOrderForm(request.POST or None)
    if form.is_valid() and _ordered(form, page.decision, officer):
        messages.success(request, _("Đã quyết định; hồ sơ được chuyển trong nền."))
        return redirect("workspace:publication-dossiers", key=key)
    context = {
        "decision": page.decision,
        "found": found,
        "form": form,
        "rows": [(row, BARS[row.bar] if row.bar else "") for row in found.rows],
        "previous_url": f"?trang={found.number - 1}" if found.number > 1 else "",
        "next_url": f"?trang={found.number + 1}" if found.number < found.page_count else "",
        "is_under_way": any(order.finished_at is None for order in found.orders),
    }
    status = 422 if form.errors else 200
    return show(request, officer, "workspace/publication/dossiers.html", context, status=status)


def _ordered(form: MoveOrderForm, decision: PublicationDecision, officer: Officer) -> bool:
    """Give the order, or say by the form why not."""
    try:
        order_move(decision=decision, order=form.order(), actor=officer.user, at=officer.at)
    except NothingToFollow:
        form.add_error(None, _("Chưa có nội dung mới nào đang có hiệu lực để hồ sơ theo."))
    except MoveUnderWay:
        form.add_error(None, _("Lần quyết định trước đang được thực hiện; chờ xong rồi làm lại."))
    else:
        return True
    return False


def _page_number(request: HttpRequest) -> int:
    return page_asked(request.GET.get("trang", ""))
