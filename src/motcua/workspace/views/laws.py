"""The register of legal documents on screen: the list, one document, entering and relating (J-02..J-06)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.legislation.commands import keep
from motcua.legislation.facts import keeping_unit_ids
from motcua.legislation.models import DocumentRelation, LegalDocument
from motcua.legislation.queries.citations import cited_documents
from motcua.legislation.queries.register import DocumentPage, Filter, document_page, register
from motcua.rules.legal_rights import may_keep_law
from motcua.ui.pages import page_asked
from motcua.workspace.forms.laws import DocumentForm, LawFilterForm, RecogniseForm, RelationForm, shown_in_form
from motcua.workspace.frame import show
from motcua.workspace.law_picture import law_picture
from motcua.workspace.law_words import DOES, END_REASONS, FLAWS, IS_DONE_TO, KINDS, STATUSES
from motcua.workspace.officer import Officer, officers_only


@officers_only
def laws(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the register, searched and filtered, with the effect of a day."""
    form = LawFilterForm(request.GET or None)
    is_asked = form.is_valid()
    day = form.cleaned_data["ngay"] if is_asked and form.cleaned_data["ngay"] else officer.today
    wanted = Filter()
    if is_asked:
        own = True if form.cleaned_data["cua_tinh"] else None
        wanted = Filter(form.cleaned_data["q"], form.kind, form.status, own)
    found = register(wanted, day=day, page=page_asked(request.GET.get("trang", "")))
    context = {
        "form": form,
        "day": day,
        "found": found,
        "lines": [(line, KINDS[line.kind], STATUSES[line.status]) for line in found.lines],
        "may_keep": _may_keep(officer),
        "previous_page": found.page - 1,
        "next_page": found.page + 1 if found.page < found.page_count else 0,
    }
    return show(request, officer, "workspace/laws/list.html", context)


@officers_only
def law(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show one document: its course, its picture, what it does and what is done to it."""
    return _shown(request, officer, _page(officer, code), RelationForm())


@officers_only
def enter(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Enter a document."""
    if not _may_keep(officer):
        return closed(request, officer)
    form = DocumentForm(request.POST or None)
    if form.is_valid():
        try:
            document = keep.enter_document(definition=form.definition(), actor=officer.user, at=officer.at)
        except keep.AlreadyEntered as refusal:
            form.add_error("number", _("Văn bản này đã có trong sổ (%(code)s).") % {"code": refusal.code})
        else:
            messages.success(request, _("Đã nhập văn bản vào sổ."))
            return redirect("workspace:law", code=document.code)
    status = 422 if form.errors else 200
    return show(request, officer, "workspace/laws/form.html", {"form": form, "document": None}, status=status)


@officers_only
def change(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Change what is known of a document."""
    document = get_object_or_404(LegalDocument, code=code)
    if not _may_keep(officer):
        return closed(request, officer)
    form = DocumentForm(request.POST or None, initial=shown_in_form(document))
    form.fields["number"].disabled = form.fields["territory"].disabled = True
    if form.is_valid():
        keep.change_document(document=document, definition=form.definition(), actor=officer.user, at=officer.at)
        messages.success(request, _("Đã lưu."))
        return redirect("workspace:law", code=code)
    status = 422 if form.errors else 200
    return show(request, officer, "workspace/laws/form.html", {"form": form, "document": document}, status=status)


@officers_only
def relate(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Say what a document does to another."""
    page = _page(officer, code)
    if not _may_keep(officer):
        return closed(request, officer)
    if request.method != "POST":
        return redirect("workspace:law", code=code)
    form = RelationForm(request.POST)
    if form.is_valid():
        try:
            keep.relate(source=page.document, tie=form.tie(), actor=officer.user, at=officer.at)
        except keep.RelatedAlready:
            form.add_error("other", _("Quan hệ này đã có trong sổ."))
        except keep.NotTwoDocuments:
            form.add_error("other", _("Đây chính là văn bản này."))
        else:
            messages.success(request, _("Đã ghi quan hệ và tính lại hiệu lực."))
            return redirect("workspace:law", code=code)
    return _shown(request, officer, page, form, status=422)


@officers_only
def drop_relation(request: HttpRequest, officer: Officer, code: str, pk: int) -> HttpResponseBase:
    """Take back a relation entered by mistake."""
    document = get_object_or_404(LegalDocument, code=code)
    if not _may_keep(officer):
        return closed(request, officer)
    relation = DocumentRelation.objects.filter(pk=pk, source=document).first()
    if request.method == "POST" and relation is not None:
        keep.remove_relation(relation=relation, actor=officer.user, at=officer.at)
        messages.success(request, _("Đã bỏ quan hệ và tính lại hiệu lực."))
    return redirect("workspace:law", code=code)


@officers_only
def recognise(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Find the documents that a text cites, and say what is wrong with them as bases."""
    form = RecogniseForm(request.POST, request.FILES) if request.method == "POST" else RecogniseForm()
    cited = None
    if form.is_valid():
        typed = form.cleaned_data
        cited = [
            (one, STATUSES[one.status] if one.status else None, FLAWS[one.flaw] if one.flaw else "")
            for one in cited_documents(typed["text"], day=officer.today, takes_effect_on=typed["takes_effect_on"])
        ]
    context = {"form": form, "cited": cited, "flaw_count": sum(1 for one in cited or () if one[2])}
    return show(request, officer, "workspace/laws/recognise.html", context, status=422 if form.errors else 200)


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Say that only the legal officer of the province writes in the register."""
    sentence = _("Chỉ cán bộ tư pháp của tỉnh ghi vào sổ văn bản.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)


def _may_keep(officer: Officer) -> bool:
    return may_keep_law(keeping_unit_ids(), officer.grants, on=officer.today)


def _page(officer: Officer, code: str) -> DocumentPage:
    try:
        return document_page(code, day=officer.today)
    except LegalDocument.DoesNotExist:
        raise Http404 from None


def _shown(
    request: HttpRequest, officer: Officer, page: DocumentPage, form: RelationForm, *, status: int = 200
) -> HttpResponseBase:
    context = {
        "page": page,
        "document": page.document,
        "kind": KINDS[page.document.kind],  # type: ignore[index]  # the value of a Kind, which is a string
        "standing": STATUSES[page.status],
        "steps": [
            (step, STATUSES[step.status], END_REASONS[step.reason] if step.reason else "") for step in page.steps
        ],
        "ties_out": [(tied, DOES[tied.relation], STATUSES[tied.other.status]) for tied in page.ties_out],
        "ties_in": [(tied, IS_DONE_TO[tied.relation], STATUSES[tied.other.status]) for tied in page.ties_in],
        "picture": law_picture(page),
        "form": form,
        "may_keep": _may_keep(officer),
    }
    return show(request, officer, "workspace/laws/law.html", context, status=status)
