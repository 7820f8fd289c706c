"""Papers that go from one unit to another: the list, its paper, the signature for it (B-36)."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.dossiers.commands.handing_over import (
    AlreadyTaken,
    MayNotHandOver,
    NotToBeHandedOver,
    Way,
    draw_up,
    take_over,
)
from motcua.dossiers.models import DIRECTION_LABELS, HandoverList
from motcua.dossiers.queries.handovers import Batch, batches, draw_list, lists_of
from motcua.organisations.models import Unit
from motcua.rules.handing_over import Direction, may_take, roles_that_hand_over
from motcua.workspace.forms.handing_over import HandoverForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.dossiers import boxed


@officers_only
def handovers(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what moved on a day and stands on no list, and the lists; make one of what is chosen."""
    if not _units(officer):
        context = {"sentence": _("Trang này dành cho người giao, nhận hồ sơ giữa các đơn vị.")}
        return show(request, officer, "workspace/closed.html", context, status=403)
    day = _day(request, officer)
    found = batches([(post.role, post.unit) for post in officer.posts], day)
    if request.method != "POST":
        return _shown(request, officer, found, day, status=200)
    batch = next((batch for batch in found if _key(batch) == request.POST.get("way")), None)
    form = HandoverForm(request.POST, batch=batch) if batch else None
    if batch is None or form is None or not form.is_valid():
        messages.error(request, _("Hãy chọn ít nhất một hồ sơ chưa có trong danh sách nào."))
        return _shown(request, officer, found, day, status=422)
    way = Way(batch.direction, batch.giving_unit, batch.receiving_unit)
    try:
        made = draw_up(way=way, step_ids=form.cleaned_data["step"], officer=officer.user, at=officer.at)
    except (MayNotHandOver, NotToBeHandedOver):
        messages.error(request, _("Danh sách chưa lập được vì có hồ sơ vừa được bàn giao. Hãy chọn lại."))
    else:
        messages.success(request, _("Đã lập danh sách bàn giao %(number)s.") % {"number": made.number})
    return redirect("workspace:handovers")


@officers_only
def handover_paper(request: HttpRequest, officer: Officer, number: str) -> HttpResponseBase:
    """Show one list as the paper that both sides sign."""
    handover = _list(officer, number)
    return boxed(HttpResponse(draw_list(handover), content_type="application/pdf"), f"ban-giao-{number}.pdf")


@officers_only
def take(request: HttpRequest, officer: Officer, number: str) -> HttpResponseBase:
    """Sign for a list in the receiving unit; who comes by the address lands on the lists."""
    handover = _list(officer, number)
    if request.method == "POST":
        try:
            take_over(handover=handover, officer=officer.user, at=officer.at)
        except MayNotHandOver:
            messages.error(request, _("Chỉ người nhận hồ sơ của bên nhận được xác nhận."))
        except AlreadyTaken:
            messages.info(request, _("Danh sách này đã được xác nhận trước đó."))
        else:
            messages.success(request, _("Đã xác nhận nhận đủ hồ sơ theo danh sách."))
    return redirect("workspace:handovers")


def _units(officer: Officer) -> list[Unit]:
    wanted = roles_that_hand_over()
    return list({post.unit.pk: post.unit for post in officer.posts if post.role in wanted}.values())


def _day(request: HttpRequest, officer: Officer) -> date:
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return officer.today


def _list(officer: Officer, number: str) -> HandoverList:
    """Return a list that the official's units gave or took; a stranger's one is not found."""
    related = ("giving_unit__parent__parent", "receiving_unit", "given_by", "received_by")
    handover = HandoverList.objects.select_related(*related).filter(number=number).first()
    units = {unit.pk for unit in _units(officer)}
    if handover is None or not {handover.giving_unit_id, handover.receiving_unit_id} & units:
        raise Http404
    return handover


def _key(batch: Batch) -> str:
    return f"{batch.direction} {batch.giving_unit.code} {batch.receiving_unit.code}"


def _waits_for(officer: Officer, handover: HandoverList) -> bool:
    if handover.received_at is not None:
        return False
    direction = Direction(handover.direction)
    return may_take(direction, handover.receiving_unit_id, officer.grants, on=officer.today)


def _shown(request: HttpRequest, officer: Officer, found: list[Batch], day: date, *, status: int) -> HttpResponseBase:
    context = {
        "day": day,
        "day_before": (day - timedelta(days=1)).isoformat(),
        "batches": [(_key(batch), batch, DIRECTION_LABELS[batch.direction]) for batch in found],
        "lists": [(row, _waits_for(officer, row.handover)) for row in lists_of(_units(officer))],
    }
    return show(request, officer, "workspace/books/handovers.html", context, status=status)
