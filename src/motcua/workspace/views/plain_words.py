"""Plain words for people about a published version, written beside it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands.plain_words import MayNotWrite, write_plain_words
from motcua.catalogue.models import PlainSummary, ProcedureVersion
from motcua.workspace.forms.plain_words import PlainWordsForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only


@officers_only
def edit(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Show the plain words about a version and what was written before, and write them anew."""
    versions = ProcedureVersion.objects.filter(published_at__isnull=False).select_related("procedure")
    version = get_object_or_404(versions, procedure__code=procedure, number=number)
    written = list(version.plain_summaries.select_related("written_by").order_by("-number"))
    form = PlainWordsForm(request.POST if request.method == "POST" else None, initial=_said(written))
    if form.is_valid():
        try:
            write_plain_words(version=version, words=form.words(), actor=officer.user, at=officer.at)
        except MayNotWrite:
            sentence = _("Chỉ cán bộ kiểm soát thủ tục của tỉnh viết tóm tắt bằng lời thường.")
            return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)
        messages.success(request, _("Đã lưu. Người dân thấy ngay trên trang thủ tục."))
        return redirect("workspace:version-words", procedure=procedure, number=number)
    context = {"version": version, "form": form, "written": written}
    return show(request, officer, "workspace/catalogue/words.html", context, status=422 if form.errors else 200)


def _said(written: list[PlainSummary]) -> dict[str, str]:
    return {name: getattr(written[0], name) for name in PlainWordsForm.base_fields} if written else {}
