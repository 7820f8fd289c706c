"""Files, names and entries: what goes to the national database and what comes from it (C-08)."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.catalogue.models import ProcedureVersion, PublicationDecision
from motcua.exchange.commands.entries import (
    DayImpossible,
    EntryNotOpen,
    MayNotPublish,
    NotConnected,
    confirm_entry,
    send_again,
)
from motcua.exchange.commands.map_names import NameUnknownHere, confirm_name, revoke_name
from motcua.exchange.commands.take_records import FileUnreadable, LoadReport, Told, take_records
from motcua.exchange.facts import may_exchange
from motcua.exchange.models import NameMapping, NationalEntry
from motcua.exchange.national_format import NationalRecord, document_of_records, lines_of_records, packed
from motcua.exchange.queries.exported import catalogue_records, decision_records, procedure_record
from motcua.exchange.queries.lists import entry_list, entry_row, mapping_list
from motcua.exchange.queries.screens import MappingPage, mapping_page, overview
from motcua.gateways.national_database import national_database
from motcua.rules.national_entry import may_send_again
from motcua.ui.parts import Link
from motcua.workspace.forms.national import EnteredForm, ExportForm, NameForm, TakeFileForm
from motcua.workspace.frame import show
from motcua.workspace.national_words import printed_entry, refusal_in_words, rejected_in_words
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.catalogue import neighbours, page_number, with_default
from motcua.workspace.views.national import closed, pages

_SHOWN_REJECTIONS = 20
_PACKED, _DOCUMENT = "jsonl.gz", "json"


@officers_only
def files(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Bring a file of the national database, or choose what to take away for it."""
    may_bring = may_exchange(officer.user, officer.today)
    if request.method == "POST" and not may_bring:
        return closed(request, officer)
    form = TakeFileForm(request.POST, request.FILES) if request.method == "POST" else TakeFileForm()
    context = {
        "form": form,
        "export_form": ExportForm(initial={"ngay": officer.today}),
        "pages": pages("national-files"),
        "may_bring": may_bring,
        "snapshot": overview(officer.today).snapshot,
    }
    if form.is_valid():
        try:
            report = _taken(form.cleaned_data, officer)
        except FileUnreadable as refused:
            form.add_error("file", refusal_in_words(refused))
        else:
            _tell(request, report)
            return redirect("workspace:national-files" if report.rejected else "workspace:national")
    return show(request, officer, "workspace/national/files.html", context, status=422 if form.errors else 200)


@officers_only
def export(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Hand out the catalogue on a day, or one procedure of it, in the national structure."""
    form = ExportForm(with_default(request.GET, {"ngay": f"{officer.today:%d/%m/%Y}", "dang": _DOCUMENT}))
    if not form.is_valid():
        raise Http404
    typed = form.cleaned_data
    try:
        code = typed["ma"].strip()
        records = [procedure_record(code, typed["ngay"])] if code else list(catalogue_records(typed["ngay"]))
    except ProcedureVersion.DoesNotExist:
        raise Http404 from None
    return _file(records, f"thu-tuc-{code or 'tat-ca'}-{typed['ngay']:%Y%m%d}", typed["dang"])


@officers_only
def export_decision(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Hand out what a published decision says anew, as one document."""
    try:
        records = list(decision_records(key))
    except PublicationDecision.DoesNotExist:
        raise Http404 from None
    return _file(records, f"quyet-dinh-{officer.today:%Y%m%d}", _DOCUMENT)


@officers_only
def names(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the names that wait for an officer, or those that are confirmed."""
    is_waiting = request.GET.get("xem") != "da-ghep"
    page = mapping_list(page_number(request), waiting=is_waiting)
    context = {
        "rows": page.rows,
        "total": page.total,
        "is_waiting": is_waiting,
        "pages": pages("national-names"),
        **neighbours(page.number, page.last),
    }
    return show(request, officer, "workspace/national/names.html", context)


@officers_only
def name(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Say what a name of the national database is called here, or take that back."""
    page = _mapping(key)
    may_map = may_exchange(officer.user, officer.today)
    if request.method == "POST" and not may_map:
        return closed(request, officer)
    if request.POST.get("do") == "revoke":
        revoke_name(key=key, actor=officer.user, at=officer.at)
        messages.success(request, _("Đã bỏ ghép tên này."))
        return redirect("workspace:national-name", key=key)
    form = NameForm(request.POST if request.method == "POST" else None, suggested=page.suggestions)
    if form.is_valid():
        try:
            confirm_name(key=key, ours=form.cleaned_data["ours"], actor=officer.user, at=officer.at)
        except NameUnknownHere as refused:
            form.add_error("other", refusal_in_words(refused))
        else:
            messages.success(request, _("Đã ghép tên."))
            return redirect("workspace:national-names")
    context = {"mapping": page.mapping, "form": form, "may_map": may_map}
    return show(request, officer, "workspace/national/name.html", context, status=422 if form.errors else 200)


@officers_only
def entries(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what was published and has to be entered, the nearest deadline first."""
    asked = request.GET.get("tinh-trang", "")
    state = asked if asked in NationalEntry.State.values else ""
    home, counts = reverse("workspace:national-entries"), overview(officer.today).entries
    chips = [
        Link(
            label=str(NationalEntry.State(one.value).label),
            url=home if one.value == state else f"{home}?tinh-trang={one.value}",
            is_current=one.value == state,
            count=count,
        )
        for one, count in counts.items()
    ]
    page = entry_list(officer.today, state, page_number(request))
    context = {
        "rows": [printed_entry(row) for row in page.rows],
        "chips": chips,
        "pages": pages("national-entries"),
        **neighbours(page.number, page.last),
    }
    return show(request, officer, "workspace/national/entries.html", context)


@officers_only
def entry(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Confirm by hand that a procedure stands in the national database, with its day, or have it sent once more."""
    try:
        row = entry_row(key, officer.today)
    except NationalEntry.DoesNotExist:
        raise Http404 from None
    if request.POST.get("do") == "send-again":
        return _sent_again(request, officer, key)
    form = EnteredForm(request.POST or None, initial={"entered_on": row.entered_on or officer.today})
    if form.is_valid():
        day = form.cleaned_data["entered_on"]
        try:
            confirm_entry(key=key, entered_on=day, actor=officer.user, at=officer.at)
        except MayNotPublish:
            return closed(request, officer)
        except DayImpossible as impossible:
            form.add_error("entered_on", refusal_in_words(impossible))
        else:
            messages.success(request, _("Đã xác nhận việc cập nhật."))
            return redirect("workspace:national-entries")
    context = {"entry": printed_entry(row), "form": form, "may_send": national_database() and may_send_again(row.state)}
    return show(request, officer, "workspace/national/entry.html", context, status=422 if form.errors else 200)


def _sent_again(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    try:
        send_again(key=key, actor=officer.user, at=officer.at)
    except MayNotPublish:
        return closed(request, officer)
    except (NotConnected, EntryNotOpen) as refused:
        messages.warning(request, refusal_in_words(refused))
    else:
        messages.success(request, _("Đã xếp vào hàng gửi lại. Tình trạng thay đổi ngay khi gửi xong."))
    return redirect("workspace:national-entry", key=key)


def _taken(typed: dict[str, Any], officer: Officer) -> LoadReport:
    told = Told(typed["file"].read(), typed["file"].name or "", is_whole=typed["is_whole"])
    return take_records(told=told, actor=officer.user, at=officer.at)


def _tell(request: HttpRequest, report: LoadReport) -> None:
    counts = {"new": report.loaded, "changed": report.changed, "same": report.unchanged}
    sentence = _("Đã nhận tệp: %(new)s thủ tục mới, %(changed)s thủ tục đổi, %(same)s thủ tục như cũ.") % counts
    messages.success(request, sentence)
    for line in report.rejected[:_SHOWN_REJECTIONS]:
        messages.warning(request, rejected_in_words(line.line, line.fault, line.detail))
    rest = len(report.rejected) - _SHOWN_REJECTIONS
    if rest > 0:
        told = ngettext("Còn %(count)s thủ tục khác bị bỏ ra.", "Còn %(count)s thủ tục khác bị bỏ ra.", rest)
        messages.warning(request, told % {"count": rest})


def _file(records: Iterable[NationalRecord], name: str, shape: str) -> HttpResponse:
    is_packed = shape == _PACKED
    content = packed(lines_of_records(records)) if is_packed else document_of_records(records)
    answer = HttpResponse(content, content_type="application/gzip" if is_packed else "application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{shape}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _mapping(key: uuid.UUID) -> MappingPage:
    try:
        return mapping_page(key)
    except NameMapping.DoesNotExist:
        raise Http404 from None
