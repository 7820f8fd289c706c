"""The quality of the catalogue: what is missing or in doubt, and the parts of one version (C-03)."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.commands.declare_none import MayNotDeclare, PartNotEmpty, declare_none, take_back_none
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries.day import PAGE_SIZE, sector_choices, unit_choices
from motcua.catalogue.queries.quality import PROBLEMS, PartsPage, QualityReport, parts_page, quality_report
from motcua.ui.parts import Link
from motcua.workspace.catalogue_words import FAULTS, PARTS, problem_in_words
from motcua.workspace.forms.catalogue import NoneForm, QualityForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.sheets import MEDIA_TYPES, Cell, sheet
from motcua.workspace.views.catalogue import neighbours, page_number, pages


@officers_only
def report(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what the procedures in force today lack, counted and one by one."""
    form = QualityForm(request.GET, sectors=sector_choices(), units=unit_choices())
    context: dict[str, object] = {"form": form, "pages": pages("catalogue-quality")}
    if not form.is_valid():
        return show(request, officer, "workspace/catalogue/quality.html", context, status=422)
    found = _report(form, officer)
    last = max(1, -(-len(found.lines) // PAGE_SIZE))
    number = min(max(page_number(request), 1), last)
    lines = found.lines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    context |= {
        "report": found,
        "lines": [(line, [problem_in_words(one) for one in line.problems]) for line in lines],
        "problems": _problems(found, form),
        "files": [
            (shape.upper(), f"{reverse('workspace:catalogue-quality-file', args=[shape])}?{_query(form).urlencode()}")
            for shape in MEDIA_TYPES
        ],
        **neighbours(number, last),
    }
    return show(request, officer, "workspace/catalogue/quality.html", context)


@officers_only
def report_file(request: HttpRequest, officer: Officer, shape: str) -> HttpResponseBase:
    """Hand the report out as CSV or XLSX, one line for each problem of a procedure."""
    form = QualityForm(request.GET, sectors=sector_choices(), units=unit_choices())
    if shape not in MEDIA_TYPES or not form.is_valid():
        raise Http404
    header = (_("Mã"), _("Tên thủ tục"), _("Lĩnh vực"), _("Cấp"), _("Lần"), _("Chỗ cần sửa"))
    answer = HttpResponse(sheet(shape, header, _rows(_report(form, officer))), content_type=MEDIA_TYPES[shape])
    answer.headers["Content-Disposition"] = f'attachment; filename="chat-luong-{officer.today:%Y%m%d}.{shape}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@officers_only
def parts(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Show the thirteen parts of a published version, and say which of them it has none of."""
    page = _page(officer, procedure, number)
    if request.method != "POST":
        return _shown(request, officer, page)
    form = NoneForm(request.POST)
    if not form.is_valid():
        return _shown(request, officer, page, _("Hãy chọn bộ phận để xác nhận."), status=422)
    act = declare_none if form.cleaned_data["do"] == "declare" else take_back_none
    try:
        act(version=page.version, part=form.cleaned_data["part"], actor=officer.user, at=officer.at)
    except MayNotDeclare:
        sentence = _("Chỉ cán bộ kiểm soát thủ tục của tỉnh xác nhận bộ phận nào không có.")
        return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)
    except PartNotEmpty:
        return _shown(
            request, officer, page, _("Bộ phận này đã có nội dung nên không xác nhận là không có."), status=409
        )
    is_declared = form.cleaned_data["do"] == "declare"
    messages.success(request, _("Đã xác nhận là không có.") if is_declared else _("Đã rút lại xác nhận."))
    return redirect("workspace:version-parts", procedure=procedure, number=number)


def _report(form: QualityForm, officer: Officer) -> QualityReport:
    return quality_report(officer.today, form.narrowing(), form.cleaned_data["loi"])


def _query(form: QualityForm, **changes: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in {**form.cleaned_data, **changes}.items() if value})
    return query


def _problems(found: QualityReport, form: QualityForm) -> list[Link]:
    home, chosen = reverse("workspace:catalogue-quality"), form.cleaned_data["loi"]
    return [
        Link(
            label=problem_in_words(PROBLEMS[code]),
            url=f"{home}?{_query(form, loi='' if code == chosen else code).urlencode()}",
            is_current=code == chosen,
            count=count,
        )
        for code, count in found.counts.items()
    ]


def _rows(found: QualityReport) -> Iterator[tuple[Cell, ...]]:
    for line in found.lines:
        for problem in line.problems:
            yield line.code, line.title, line.sector, line.level, line.version, problem_in_words(problem)


def _page(officer: Officer, procedure: str, number: int) -> PartsPage:
    try:
        return parts_page(procedure, number, officer.user, at=officer.at)
    except ProcedureVersion.DoesNotExist:
        raise Http404 from None


def _shown(
    request: HttpRequest, officer: Officer, page: PartsPage, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    context = {
        "page": page,
        "code": page.version.procedure.code,
        "sentence": sentence,
        "lines": [(place, PARTS[state.part], state) for place, state in enumerate(page.parts, start=1)],
        "faults": [FAULTS[fault] for fault in page.faults],
    }
    return show(request, officer, "workspace/catalogue/parts.html", context, status=status)
