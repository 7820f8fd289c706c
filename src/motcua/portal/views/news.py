"""News on the portal: by section, by date, one article, feeds; without scripts (M31, M56, M99)."""

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.documents.models import StoredFile
from motcua.documents.storage import path_of
from motcua.news.models import Article, ArticlePhoto, NewsSection
from motcua.news.queries import public
from motcua.news.queries.visits import views_of, visit_statistics
from motcua.portal.news_dates import Stretch, stretch_of

_MOST_PAGES: Final = 1000
_FEEDS: Final[dict[str, type[Rss201rev2Feed | Atom1Feed]]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
_IN_FEED: Final = 20
_FRESH: Final = "public, max-age=3600"


@login_not_required
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Show the newest of every section, or what was searched for."""
    text = request.GET.get("q", "")[:200]
    return _listed(request, {"text": text}, text=text)


@login_not_required
@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the news of one section, also of one that has ended."""
    row = get_object_or_404(NewsSection, slug=slug)
    return _listed(request, {"section": row}, section=slug)


@login_not_required
@require_safe
def archive(request: HttpRequest, year: int = 0, month: int = 0, day: int = 0) -> HttpResponse:
    """Show the news by date: the years, or what came out in a year, a month, on a day."""
    stretch = _stretch(year, month, day)
    if stretch is None:
        spans = public.archive("year")
        return render(request, "portal/news/archive.html", {"years": spans, "sections": public.sections_read()})
    spans = public.archive(stretch.finer, stretch.first, stretch.until) if stretch.finer else ()
    found = {"stretch": stretch, "spans": spans}
    return _listed(request, found, first=stretch.first, until=stretch.until)


@login_not_required
@require_safe
def article(request: HttpRequest, number: int) -> HttpResponse:
    """Show one article at the address that it keeps for good."""
    try:
        page = public.article_page(number)
    except Article.DoesNotExist:
        raise Http404 from None
    return render(request, "portal/news/article.html", {"page": page, "views": views_of(number)})


@login_not_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show how many visit the portal, day by day, and which articles are read."""
    return render(request, "portal/news/visits.html", {"found": visit_statistics(timezone.localdate())})


@login_not_required
@require_safe
def photo(request: HttpRequest, number: int, position: int, size: str) -> HttpResponseBase:
    """Hand out a photo: "nho" for the page, "lon" to look at."""
    try:
        found = public.public_photo(number, position)
    except ArticlePhoto.DoesNotExist:
        raise Http404 from None
    if size not in {"nho", "lon"}:
        raise Http404
    file = found.small if size == "nho" else found.large
    return _file(request, file)


@login_not_required
@require_safe
def feed(request: HttpRequest, kind: str, slug: str = "") -> HttpResponse:
    """Hand out the newest articles as RSS or Atom, of one section or of all."""
    if kind not in _FEEDS:
        raise Http404
    told = _head_of_feed(request, kind, slug)
    for line in public.newest(_IN_FEED, section=slug):
        url = request.build_absolute_uri(reverse("portal:article", args=[line.number]))
        told.add_item(
            title=line.title,
            link=url,
            description=line.summary,
            author_name=line.author,
            categories=[line.section],
            pubdate=line.published_at,
            updateddate=line.updated_at,
            unique_id=url,
        )
    answer = HttpResponse(told.writeString("utf-8"), content_type=told.content_type)
    answer.headers["Cache-Control"] = "public, max-age=600"
    return answer


def _head_of_feed(request: HttpRequest, kind: str, slug: str) -> Rss201rev2Feed | Atom1Feed:
    row = get_object_or_404(NewsSection, slug=slug) if slug else None
    at = reverse("portal:news-section", args=[slug]) if slug else reverse("portal:news")
    return _FEEDS[kind](
        title=f"{_('Tin tức')}: {row.name}" if row else _("Tin tức"),
        link=request.build_absolute_uri(at),
        description=_("Tin cải cách hành chính và dịch vụ công của tỉnh."),
        language="vi",
        feed_url=request.build_absolute_uri(request.path),
    )


def _listed(request: HttpRequest, shown: dict[str, Any], **narrowed: Any) -> HttpResponse:
    asked = request.GET.get("trang", "1")
    number = min(max(int(asked), 1), _MOST_PAGES) if asked.isdecimal() else 1
    found = public.news(number=number, **narrowed)
    query, pages = request.GET.copy(), []
    for there, page in ((number > 1, number - 1), (found.has_next, number + 1)):
        query["trang"] = str(page)
        pages.append(f"?{query.urlencode()}" if there else "")
    context = {
        "lines": found.lines,
        "sections": public.sections_read(),
        "previous_url": pages[0],
        "next_url": pages[1],
        "rss_url": reverse("portal:news-section-feed", args=[narrowed["section"], "rss"])
        if "section" in narrowed
        else reverse("portal:news-feed", args=["rss"]),
    }
    return render(request, "portal/news/news.html", {**context, **shown})


def _stretch(year: int, month: int, day: int) -> Stretch | None:
    try:
        return stretch_of(year, month, day) if year else None
    except ValueError:
        raise Http404 from None


def _file(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    etag = quote_etag(file.sha256)
    is_known = etag in parse_etags(request.headers.get("If-None-Match", ""))
    answer: HttpResponseBase = (
        HttpResponseNotModified()
        if is_known
        else FileResponse(path_of(file.sha256).open("rb"), content_type=file.media_type)
    )
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = _FRESH
    return answer
