"""Configuration packages on screen: made, received, looked at, applied."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.documents.storage import path_of
from motcua.province_setup.commands import packages as acts
from motcua.province_setup.commands.apply_package import Choice, apply_package
from motcua.province_setup.keys import KeyUnreadable, is_trusted, own_fingerprint
from motcua.province_setup.kinds import BY_NAME
from motcua.province_setup.merging import State
from motcua.province_setup.models import ComparedItem, ConfigurationPackage, PackageApplication
from motcua.province_setup.queries import (
    ApplicationRow,
    applications,
    code_of,
    compared_page,
    comparison_of,
    package_of,
    packages,
)
from motcua.ui.pages import page_asked
from motcua.workspace.forms.packages import FingerprintForm, PackageForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.package_words import REFUSALS, fingerprint_in_groups, refusal_in_words
from motcua.workspace.printed_package import PER_PAGE, printed_item, printed_kind


@officers_only
def every(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the packages made here and received, the newest first."""
    if not acts.is_configurer(officer.user, officer.at):
        return _closed(request, officer)
    number = _page_number(request)
    found = packages(number=number)
    context = {
        "rows": [(row, ConfigurationPackage.Origin(row.origin).label, row.manifest_sha256[:16]) for row in found.rows],
        "fingerprint": fingerprint_in_groups(own_fingerprint()),
        "previous_url": f"?trang={number - 1}" if number > 1 else "",
        "next_url": f"?trang={number + 1}" if found.has_next else "",
    }
    return show(request, officer, "workspace/packages/list.html", context)


@officers_only
def make(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Make a package of the set-up as it is; who comes by the address lands on the list."""
    if request.method != "POST":
        return redirect("workspace:packages")
    try:
        package = acts.make_package(actor=officer.user, at=officer.at)
    except acts.MayNotConfigure:
        return _closed(request, officer)
    except KeyUnreadable:
        messages.error(request, _("Không đọc được khóa ký gói của hệ thống này. Hãy báo người quản trị máy chủ."))
        return redirect("workspace:packages")
    messages.success(request, _("Gói này là cấu hình hiện tại. Khi cấu hình chưa đổi, lập lại vẫn là gói này."))
    return redirect("workspace:package", code=code_of(package))


@officers_only
def receive(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Take a package that somebody brings, and go on to what it would do."""
    if not acts.is_configurer(officer.user, officer.at):
        return _closed(request, officer)
    is_sent = request.method == "POST"
    form = PackageForm(request.POST, request.FILES) if is_sent else PackageForm()
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            package = acts.receive_package(content=content, actor=officer.user, at=officer.at)
        except acts.PackageRefused as refused:
            form.add_error("file", refusal_in_words(refused))
        else:
            return redirect("workspace:package", code=code_of(package))
    return show(request, officer, "workspace/packages/receive.html", {"form": form}, status=422 if is_sent else 200)


@officers_only
def package(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show what a package holds and what it would do here, nothing of which is done yet."""
    if not acts.is_configurer(officer.user, officer.at):
        return _closed(request, officer)
    return _shown(request, officer, _found(code))


@officers_only
def send(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Send the archive."""
    if not acts.is_configurer(officer.user, officer.at):
        return _closed(request, officer)
    file = _found(code).file
    answer = FileResponse(path_of(file.sha256).open("rb"), as_attachment=True, filename=file.original_name)
    answer.headers["Content-Type"] = file.media_type
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@officers_only
def accept_key(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Take packages of this key from now on; who comes by the address lands on the package."""
    if request.method != "POST":
        return redirect("workspace:package", code=code)
    if not acts.is_configurer(officer.user, officer.at):
        return _closed(request, officer)
    found, form = _found(code), FingerprintForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["fingerprint"]
        try:
            acts.accept_key(package=found, fingerprint=typed, actor=officer.user, at=officer.at)
        except acts.OtherFingerprint as refused:
            form.add_error("fingerprint", refusal_in_words(refused))
        else:
            messages.success(request, _("Đã chấp nhận khóa. Từ nay nhận các gói do khóa này ký."))
            return redirect("workspace:package", code=code)
    return _shown(request, officer, found, form=form, status=422)


@officers_only
def compare(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Compare a package with what is here now; who comes by the address lands on the package."""
    if request.method != "POST":
        return redirect("workspace:package", code=code)
    if not acts.is_configurer(officer.user, officer.at):
        return _closed(request, officer)
    found = _found(code)
    try:
        acts.compare_package(package=found, actor=officer.user, at=officer.at)
    except acts.PackageRefused as refused:
        return _shown(request, officer, found, refusal=refusal_in_words(refused), status=409)
    messages.success(request, _("Đã so sánh gói với cấu hình hiện tại."))
    return redirect("workspace:package", code=code)


@officers_only
def apply(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Bring the chosen kinds in; who comes by the address lands on the package."""
    if request.method != "POST":
        return redirect("workspace:package", code=code)
    if not acts.is_configurer(officer.user, officer.at):
        return _closed(request, officer)
    found = _found(code)
    chosen = [kind for kind in request.POST.getlist("phan") if kind in BY_NAME]
    anew, taken = (frozenset(request.POST.getlist(name)) for name in ("cong-bo-lai", "lay-theo-goi"))
    choice = Choice(chosen, anew, taken)
    try:
        done = apply_package(package=found, choice=choice, actor=officer.user, at=officer.at)
    except REFUSALS as refused:
        return _shown(request, officer, found, refusal=refusal_in_words(refused), status=409)
    messages.success(request, _done_in_words(done))
    return redirect("workspace:package", code=code)


def _done_in_words(done: PackageApplication | None) -> str:
    if done is None:
        return _("Không có gì để thay đổi.")
    count = done.new_count + done.changed_count + len(done.anew)
    return ngettext("Đã áp dụng %(count)s mục của gói.", "Đã áp dụng %(count)s mục của gói.", count) % {"count": count}


def _found(code: str) -> ConfigurationPackage:
    try:
        return package_of(code)
    except ConfigurationPackage.DoesNotExist as missing:
        raise Http404 from missing


def _shown(
    request: HttpRequest,
    officer: Officer,
    found: ConfigurationPackage,
    *,
    form: FingerprintForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponseBase:
    context: dict[str, Any] = {
        "package": found,
        "code": code_of(found),
        "origin": ConfigurationPackage.Origin(found.origin).label,
        "fingerprint": fingerprint_in_groups(found.fingerprint),
        "is_trusted": is_trusted(found.fingerprint),
        "form": form or FingerprintForm(),
        "refusal": refusal,
        "applications": _applied(found),
    }
    context.update(_compared(request, found) if context["is_trusted"] else {})
    return show(request, officer, "workspace/packages/package.html", context, status=status)


def _applied(found: ConfigurationPackage) -> list[tuple[ApplicationRow, str]]:
    return [(row, ", ".join(str(BY_NAME[kind].label) for kind in row.kinds)) for row in applications(found)]


def _compared(request: HttpRequest, found: ConfigurationPackage) -> dict[str, Any]:
    comparison = comparison_of(found)
    if comparison is None:
        return {}
    kinds = comparison.kinds
    telling = [one for one in kinds if one.written_count or one.counts[State.CLASH]]
    wanted = request.GET.get("phan", "")
    chosen = next((one for one in kinds if one.kind.name == wanted), (telling or kinds)[0])
    number = _page_number(request)
    page = compared_page(comparison, chosen.kind, number=number, per_page=PER_PAGE)
    items = [printed_item(line) for line in page.lines]
    address = f"?phan={chosen.kind.name}&trang="
    return {
        "comparison": comparison,
        "kinds": [printed_kind(one) for one in kinds],
        "has_written": any(one.written_count for one in kinds),
        "has_clashes": any(one.counts[State.CLASH] for one in kinds),
        "chosen": printed_kind(chosen),
        "items": items,
        "to_publish": [item for item in items if item.choice == ComparedItem.Choice.PUBLISH_ANEW],
        "to_take": [item for item in items if item.choice == ComparedItem.Choice.TAKE],
        "previous_url": f"{address}{number - 1}" if number > 1 else "",
        "next_url": f"{address}{number + 1}" if page.has_next else "",
    }


def _page_number(request: HttpRequest) -> int:
    return page_asked(request.GET.get("trang", ""))


def _closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    sentence = _("Chỉ người quản trị của tỉnh lập, nhận và áp dụng gói cấu hình.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)
