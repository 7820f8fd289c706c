"""The rows with which a cost table begins: what the version itself asks people to do (C-16)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from motcua.catalogue.models import CostLine, ProcedureVersion

_NAME, _MANNER = 300, 200
What = CostLine.What


def first_costs(version: ProcedureVersion) -> list[CostLine]:
    """Return a row for each paper, each way to file, each fee known, and the result; hours and subjects are still 0."""
    papers = [paper for paper in version.papers.order_by("position") if not paper.is_note]
    channels = list(version.channels.order_by("position"))
    methods = dict.fromkeys(str(channel.get_method_display()) for channel in channels)
    fees = dict.fromkeys(terms.fee_vnd for terms in (version, *channels) if terms.fee_vnd)
    return [
        *(_row(What.PREPARE, paper.name, paper.form_no) for paper in papers),
        *(_row(What.SUBMIT, _("Nộp hồ sơ"), method) for method in methods),
        *(_row(What.PAY, _("Nộp phí, lệ phí"), fee_vnd=fee) for fee in fees),
        _row(What.RECEIVE, _("Nhận kết quả")),
    ]


def empty_cost() -> CostLine:
    """Return a row to be filled in."""
    return _row(What.OTHER, "")


def _row(what: CostLine.What, name: str, manner: str = "", *, fee_vnd: int = 0) -> CostLine:
    return CostLine(
        activity=what,
        name=name[:_NAME],
        manner=manner[:_MANNER],
        hours=Decimal(0),
        service_vnd=0,
        fee_vnd=fee_vnd,
        times=Decimal(1),
        subjects=0,
    )
