"""A procedure as the papers say it that people print for themselves."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.documents.guides import BlankFormData, ChecklistData, GuideGroup, GuideHead, GuidePaper
from motcua.portal.blank_forms import blank_pieces
from motcua.portal.queries.checklist import Checklist
from motcua.portal.queries.procedure_page import PaperAsked, PaperGroup, ProcedurePage
from motcua.rules.declarations import from_stored
from motcua.ui.wording import date_in_words


def checklist_data(found: Checklist, url: str, at: datetime) -> ChecklistData:
    """Return what the printed list says."""
    page = found.page
    groups = [_group(_("Ai cũng phải có"), list(page.needed))] if page.needed else []
    for group in found.by_case:
        name = group.case or _("Chỉ khi có")
        groups.append(_group(name, [group]))
    place = page.place
    return {
        **_head(page, url, at),
        "groups": groups,
        "notes": list(page.notes),
        "sets": _("Số bộ hồ sơ: %(count)s.") % {"count": page.version.set_count},
        "limit": page.limit or _("tùy cách nộp"),
        "fee": page.fee or _("chưa có trong quyết định công bố"),
        "ways": ", ".join(dict.fromkeys(way.label for way in page.ways)),
        "place": [line for line in (place.desk, place.address, place.phone) if line] if place else [],
    }


def blank_form_data(page: ProcedurePage, url: str, at: datetime) -> BlankFormData:
    """Return what the blank declaration asks."""
    return {
        **_head(page, url, at),
        "agency": page.place.authority if page.place else "",
        "pieces": blank_pieces(tuple(map(from_stored, page.version.declaration))),
    }


def _head(page: ProcedurePage, url: str, at: datetime) -> GuideHead:
    return {
        "title": page.title,
        "code": page.procedure.code,
        "decision": page.version.decision_no,
        "at": timezone.localtime(at).isoformat(),
        "on": date_in_words(at),
        "url": url,
        "standing": _standing(page),
    }


def _standing(page: ProcedurePage) -> list[str]:
    """Return what the page itself says of whether the text holds, the heading first."""
    if page.ending is not None:
        day = {"day": f"{page.ending.on:%d/%m/%Y}"}
        said = [
            _("Từ ngày %(day)s, thủ tục này không còn hiệu lực") % day
            if page.is_in_force
            else _("Thủ tục này không còn hiệu lực từ ngày %(day)s") % day
        ]
        if not page.ending.successor_code:
            return said
        successor = f"{page.ending.successor_code} {page.ending.successor_title}"
        return [*said, _("Đừng chuẩn bị giấy tờ theo trang này. Việc này nay làm theo thủ tục khác:"), successor]
    if page.is_ahead:
        return [_("Thủ tục này có hiệu lực từ ngày %(day)s") % {"day": f"{page.version.valid_from:%d/%m/%Y}"}]
    return [] if page.is_in_force else [_("Thủ tục này không còn hiệu lực")]


def _group(heading: str, groups: list[PaperGroup]) -> GuideGroup:
    return {"heading": heading, "papers": [_paper(paper) for group in groups for paper in group.papers]}


def _paper(paper: PaperAsked) -> GuidePaper:
    said = [
        _("%(count)s bản chính") % {"count": paper.originals} if paper.originals else "",
        _("%(count)s bản sao") % {"count": paper.copies} if paper.copies else "",
        _("mẫu %(number)s") % {"number": paper.form_no} if paper.form_no else "",
    ]
    return {"name": paper.name, "counts": ", ".join(text for text in said if text)}
