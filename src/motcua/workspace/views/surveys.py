"""Surveys of satisfaction: prepared, opened, slips typed, closed."""

import uuid
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.rules.surveys import SurveyState, may_keep_surveys
from motcua.surveys.commands import carry_out, prepare
from motcua.surveys.facts import code_for, seed_digest
from motcua.surveys.models import Survey
from motcua.surveys.queries.kept import SurveyPage, every_survey, keeping_provinces, survey_page
from motcua.surveys.queries.public import sheet_of
from motcua.surveys.queries.results import slips
from motcua.surveys.sheet_form import SheetForm
from motcua.workspace.forms.surveys import SlipForm, SurveyForm, shown_as_typed
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.sheets import CSV, MEDIA_TYPES, sheet
from motcua.workspace.views.catalogue import page_number


@dataclass(frozen=True, slots=True)
class Standing:
    """How the state of a survey is shown."""

    tone: str
    icon: str


STANDINGS: Final = {
    SurveyState.DRAFT: Standing("info", "edit"),
    SurveyState.OPEN: Standing("warn", "clock"),
    SurveyState.CLOSED: Standing("good", "check-circle"),
}
_ACTS: Final = {"open": carry_out.open_survey, "close": carry_out.close_survey}


@officers_only
def every(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the surveys, the newest first."""
    found = every_survey(page_number(request))
    context = {
        "rows": [(row, STANDINGS[SurveyState(row.state)]) for row in found.rows],
        "may_begin": bool(keeping_provinces(officer.grants, officer.today)),
        "before": found.number - 1 if found.number > 1 else None,
        "after": found.number + 1 if found.has_next else None,
    }
    return show(request, officer, "workspace/surveys/list.html", context)


@officers_only
def begin(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Prepare a survey."""
    provinces = keeping_provinces(officer.grants, officer.today)
    if not provinces:
        return closed(request, officer)
    form = SurveyForm(request.POST or None, initial={"key": uuid.uuid4(), **shown_as_typed(None)})
    if form.is_valid():
        key, asked = form.cleaned_data["key"] or uuid.uuid4(), form.cleaned_data["questions"]
        prepare.begin_survey(
            key=key, unit=provinces[0], plan=form.plan(), questions=asked, actor=officer.user, at=officer.at
        )
        messages.success(request, _("Đã lập cuộc khảo sát. Xem lại rồi bắt đầu lấy ý kiến."))
        return redirect("workspace:survey", key=key)
    context = {"form": form, "survey": None}
    return show(request, officer, "workspace/surveys/form.html", context, status=422 if form.errors else 200)


@officers_only
def survey(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Show a survey: what it asks, of whom, how many answered; open it or close it."""
    page = _page(key)
    if request.method != "POST":
        return _shown(request, officer, page)
    act = _ACTS.get(request.POST.get("do", ""))
    if not _keeps(officer, page.survey) or act is None:
        return closed(request, officer)
    try:
        act(survey=page.survey, actor=officer.user, at=officer.at)
    except carry_out.NobodyToAsk:
        sentence = _("Không có nhóm nào đủ năm hồ sơ trong khoảng ngày này, nên chưa rút được mẫu.")
    except prepare.SurveyActNotOpen:
        sentence = _("Việc này đã làm rồi.")
    else:
        messages.success(request, _("Đã ghi."))
        return redirect("workspace:survey", key=key)
    return _shown(request, officer, page, sentence=sentence, status=409)


@officers_only
def change(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Write a survey anew before it opens."""
    page = _page(key)
    if not _keeps(officer, page.survey):
        return closed(request, officer)
    form = SurveyForm(request.POST or None, initial=shown_as_typed(page.survey))
    if form.is_valid():
        try:
            prepare.change_survey(
                survey=page.survey,
                plan=form.plan(),
                questions=form.cleaned_data["questions"],
                seen=form.cleaned_data["seen"] or 0,
                actor=officer.user,
                at=officer.at,
            )
        except prepare.SurveyMoved:
            form.add_error(None, _("Người khác vừa sửa cuộc khảo sát này: hãy mở lại rồi ghi phần của bạn."))
        except prepare.SurveyActNotOpen:
            form.add_error(None, _("Khảo sát đã bắt đầu nên không sửa được nữa."))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("workspace:survey", key=key)
    context = {"form": form, "survey": page.survey}
    return show(request, officer, "workspace/surveys/form.html", context, status=422 if form.errors else 200)


@officers_only
def slips_file(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Hand out the codes of those who can only be asked on paper; no name stands in it."""
    page = _page(key)
    if not _keeps(officer, page.survey):
        return closed(request, officer)
    header = [_("Đơn vị giải quyết"), _("Mã hồ sơ"), _("Mã phiếu"), _("Nơi trả lời")]
    rows = []
    for row in slips(page.survey):
        code = code_for(page.survey, row.dossier_id)
        address = request.build_absolute_uri(reverse("portal:survey-sheet", args=[code]))
        rows.append([row.unit.name, row.dossier.public_code, f"{code[:4]}-{code[4:8]}-{code[8:]}", address])
    answer = HttpResponse(sheet(CSV, header, rows), content_type=MEDIA_TYPES[CSV])
    answer.headers["Content-Disposition"] = 'attachment; filename="phieu-khao-sat.csv"'
    return answer


@officers_only
def enter(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Type what a paper slip says: first its code, then the marks."""
    page = _page(key)
    if not _keeps(officer, page.survey) or page.survey.state != SurveyState.OPEN:
        return closed(request, officer)
    asked = SlipForm(request.POST or None)
    form = SheetForm(page.survey.questions.order_by("position"), request.POST or None)
    if asked.is_valid() and form.is_valid() and _entered(officer, page.survey, asked, form):
        messages.success(request, _("Đã nhập một phiếu."))
        return redirect("workspace:enter-slip", key=key)
    context = {"survey": page.survey, "asked": asked, "form": form}
    status = 422 if request.method == "POST" else 200
    return show(request, officer, "workspace/surveys/enter.html", context, status=status)


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Say who keeps surveys."""
    sentence = _("Chỉ cán bộ kiểm soát thủ tục của tỉnh lập, mở và đóng khảo sát.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)


def _entered(officer: Officer, found: Survey, asked: SlipForm, form: SheetForm) -> bool:
    code = asked.cleaned_data["code"]
    invitation = sheet_of(code)
    if invitation is None or invitation.survey_id != found.pk:
        asked.add_error("code", _("Không có phiếu nào mang mã này trong cuộc khảo sát."))
        return False
    try:
        carry_out.answer_survey(code=code, marks=form.marks(), at=officer.at, typed_by=officer.user)
    except carry_out.CodeSpent:
        asked.add_error("code", _("Phiếu này đã có trả lời."))
        return False
    return True


def _page(key: uuid.UUID) -> SurveyPage:
    try:
        return survey_page(key)
    except Survey.DoesNotExist:
        raise Http404 from None


def _keeps(officer: Officer, found: Survey) -> bool:
    return may_keep_surveys(found.unit_id, officer.grants, on=officer.today)


def _shown(
    request: HttpRequest, officer: Officer, page: SurveyPage, *, sentence: str = "", status: int = 200
) -> HttpResponseBase:
    context = {
        "page": page,
        "survey": page.survey,
        "standing": STANDINGS[SurveyState(page.survey.state)],
        "is_draft": page.survey.state == SurveyState.DRAFT,
        "is_open": page.survey.state == SurveyState.OPEN,
        "is_closed": page.survey.state == SurveyState.CLOSED,
        "is_over": page.survey.state == SurveyState.OPEN and page.survey.closes_on < officer.today,
        "digest": seed_digest(page.survey),
        "may_keep": _keeps(officer, page.survey),
        "sentence": sentence,
    }
    return show(request, officer, "workspace/surveys/survey.html", context, status=status)
