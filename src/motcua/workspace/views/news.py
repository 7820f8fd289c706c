"""News in the workspace: the list, one article with its editions, written and changed (M31, M56)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.news.commands import writing
from motcua.news.models import Article, Edition, NewsSection
from motcua.news.queries.work import (
    ArticleWork,
    EditionView,
    article_work,
    articles_at_work,
    edition_of,
    keeps_sections,
    units_written_for,
)
from motcua.rules.news import NewsAct, works_with_news
from motcua.ui.parts import Link
from motcua.workspace.forms.news import ArticleForm
from motcua.workspace.frame import show
from motcua.workspace.news_words import ACT_LABELS, ACT_SLUGS, REFUSALS, refusal_in_words
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.dossiers import stored_file

_LISTS = {"": "OPEN", "cho-duyet": "WAITING", "da-dang": "PUBLISHED", "da-go": "WITHDRAWN"}
_MOST_PAGES = 1000


@officers_only
def every(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the articles of the official's units and what is on the portal, what changed last first."""
    if not _works(officer):
        return closed(request, officer)
    which, asked = request.GET.get("loc", ""), request.GET.get("trang", "1")
    which = which if which in _LISTS else ""
    number = min(max(int(asked), 1), _MOST_PAGES) if asked.isdecimal() else 1
    found = articles_at_work(officer.grants, which=_LISTS[which], number=number, on=officer.today)
    labels = {"": _("Đang soạn"), "cho-duyet": _("Chờ duyệt"), "da-dang": _("Đã đăng"), "da-go": _("Đã gỡ")}
    context = {
        "rows": found.lines,
        "tabs": [
            Link(label, f"?loc={key}", key == which, count=found.waiting_count if key == "cho-duyet" else None)
            for key, label in labels.items()
        ],
        "previous_url": f"?loc={which}&trang={number - 1}" if number > 1 else "",
        "next_url": f"?loc={which}&trang={number + 1}" if found.has_next else "",
        "may_write": bool(units_written_for(officer.grants, officer.today)),
        "keeps_sections": keeps_sections(officer.grants, officer.today),
    }
    return show(request, officer, "workspace/news/list.html", context)


@officers_only
def begin(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Begin an article."""
    units = units_written_for(officer.grants, officer.today)
    if not units:
        return closed(request, officer)
    sections = _sections(officer)
    if not sections:
        sentence = _("Chưa có chuyên mục tin nào đang dùng. Cán bộ kiểm soát thủ tục của tỉnh mở chuyên mục trước.")
        return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=409)
    name = officer.user.display_name
    form = ArticleForm(request.POST or None, units=units, sections=sections, author=name)
    if not form.is_valid():
        context = {"form": form, "article": None}
        return show(request, officer, "workspace/news/form.html", context, status=422 if form.is_bound else 200)
    article = writing.begin_article(
        key=form.cleaned_data["key"] or uuid.uuid4(),
        unit=form.chosen_unit(),
        wording=form.wording(),
        actor=officer.user,
        at=officer.at,
    )
    return redirect("workspace:article", number=article.number)


@officers_only
def article(request: HttpRequest, officer: Officer, number: int) -> HttpResponseBase:
    """Show one article as its readers will see it, with its editions and what may be done."""
    return shown(request, officer, work_of(officer, number))


@officers_only
def edition(request: HttpRequest, officer: Officer, number: int, edition: int) -> HttpResponseBase:
    """Show an earlier edition, which is kept as it was."""
    context = {"view": _view_of(officer, number, edition), "number": number}
    return show(request, officer, "workspace/news/edition.html", context)


@officers_only
def photo(_request: HttpRequest, officer: Officer, number: int, edition: int, position: int) -> HttpResponseBase:
    """Show a photo of an edition."""
    row = _view_of(officer, number, edition).edition
    return stored_file(get_object_or_404(row.photos.select_related("small"), position=position).small)


@officers_only
def change(request: HttpRequest, officer: Officer, number: int) -> HttpResponseBase:
    """Write the open edition anew."""
    work = work_of(officer, number)
    refused = refusal(request, officer, work, NewsAct.WRITE)
    if refused:
        return refused
    form = ArticleForm(request.POST or None, sections=_sections(officer), edition=work.last.edition)
    if form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        said = form.wording()
        try:
            writing.write_article(article=work.article, wording=said, seen=seen, actor=officer.user, at=officer.at)
        except REFUSALS as refused_now:
            form.add_error(None, refusal_in_words(refused_now))
        else:
            messages.success(request, _("Đã lưu bài."))
            return redirect("workspace:article", number=number)
    context = {"form": form, "article": work.article}
    return show(request, officer, "workspace/news/form.html", context, status=422 if form.errors else 200)


def work_of(officer: Officer, number: int) -> ArticleWork:
    """Return an article with what may be done; one that the official does not see is not found."""
    try:
        return article_work(number, officer.user, officer.grants, at=officer.at)
    except Article.DoesNotExist:
        raise Http404 from None


def shown(
    request: HttpRequest, officer: Officer, work: ArticleWork, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    """Answer with the page of an article."""
    context: dict[str, Any] = {
        "work": work,
        "article": work.article,
        "view": work.last,
        "number": work.article.number,
        "sentence": sentence,
        "acts": [(ACT_SLUGS[act], ACT_LABELS[act]) for act in ACT_SLUGS if act in work.acts],
        "may_write": NewsAct.WRITE in work.acts,
    }
    return show(request, officer, "workspace/news/article.html", context, status=status)


def refusal(request: HttpRequest, officer: Officer, work: ArticleWork, act: NewsAct) -> HttpResponseBase | None:
    """Return the answer to who may not do `act` at all, or not now; None to who may."""
    if act in work.acts:
        return None
    if act not in work.theirs:
        sentence = _("Người viết hoặc trình bài không tự duyệt bài của mình.") if work.is_own_work else ""
        return closed(request, officer, sentence if act is NewsAct.PUBLISH else "")
    sentence = _("Bài đang ở tình trạng khác nên không làm được việc này.")
    return shown(request, officer, work, sentence, status=409)


def closed(request: HttpRequest, officer: Officer, sentence: str = "") -> HttpResponseBase:
    """Say who writes news and who approves them."""
    who = _("Đầu mối kiểm soát thủ tục, người phân công và trưởng bộ phận một cửa viết tin; người ký của đơn vị duyệt.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence or who}, status=403)


def _view_of(officer: Officer, number: int, edition: int) -> EditionView:
    try:
        return edition_of(work_of(officer, number), edition)
    except Edition.DoesNotExist:
        raise Http404 from None


def _works(officer: Officer) -> bool:
    return bool(works_with_news(officer.today) & {post.role for post in officer.posts})


def _sections(officer: Officer) -> list[int]:
    return list(NewsSection.objects.on(officer.today).values_list("pk", flat=True))
