"""The sections of the news: dated data that the province keeps."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.news.commands.sections import SectionEndsTooEarly, keep_section
from motcua.news.models import NewsSection
from motcua.news.queries.work import every_section, keeps_sections
from motcua.workspace.forms.news import SectionForm
from motcua.workspace.frame import show
from motcua.workspace.news_words import refusal_in_words
from motcua.workspace.officer import Officer, officers_only


@officers_only
def sections(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the sections, and open a new one."""
    if not keeps_sections(officer.grants, officer.today):
        return _closed(request, officer)
    form = SectionForm(request.POST or None, initial={"position": 10, "valid_from": officer.today})
    if _kept(request, officer, form):
        return redirect("workspace:news-sections")
    context = {"form": form, "sections": every_section(), "today": officer.today}
    return show(request, officer, "workspace/news/sections.html", context, status=422 if form.errors else 200)


@officers_only
def section(request: HttpRequest, officer: Officer, slug: str) -> HttpResponseBase:
    """Change one section: its name, its place, its days."""
    if not keeps_sections(officer.grants, officer.today):
        return _closed(request, officer)
    row = get_object_or_404(NewsSection, slug=slug)
    form = SectionForm(request.POST or None, section=row)
    if _kept(request, officer, form):
        return redirect("workspace:news-sections")
    context = {"form": form, "section": row}
    return show(request, officer, "workspace/news/section.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, officer: Officer, form: SectionForm) -> bool:
    if not form.is_valid():
        return False
    try:
        keep_section(text=form.text(), actor=officer.user, at=officer.at)
    except SectionEndsTooEarly as refused:
        form.add_error("valid_until", refusal_in_words(refused))
        return False
    messages.success(request, _("Đã lưu chuyên mục."))
    return True


def _closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    sentence = _("Chuyên mục tin do cán bộ kiểm soát thủ tục của tỉnh quản lý.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)
