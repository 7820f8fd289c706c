"""The catalogue to take away as a whole, what it holds, and what search engines find."""

from datetime import date
from http import HTTPStatus
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalogue.models import Procedure
from motcua.catalogue.open_data import COLUMNS
from motcua.catalogue.open_data_files import CSV, JSON_LINES, MEDIA_TYPES, BeingMade, dump_of, opened
from motcua.news.queries.public import public_numbers
from motcua.portal.open_data_words import COLUMN_WORDS

_FRESH: Final = "public, max-age=3600"
_FIRST_YEAR: Final = 2000
_RETRY_SECONDS: Final = "60"


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Describe the files: licence, columns, the day they tell of, their checksums."""
    today = timezone.localdate()
    try:
        files = [(shape, dump_of(today, shape)) for shape in (CSV, JSON_LINES)]
    except BeingMade:
        return _later()
    columns = [(name, COLUMN_WORDS[name]) for name in COLUMNS]
    return render(request, "portal/pages/open_data.html", {"today": today, "files": files, "columns": columns})


@login_not_required
@require_safe
def dump(request: HttpRequest, shape: str) -> HttpResponseBase:
    """Hand out the catalogue in force on the day `ngay` (YYYY-MM-DD), today unless one is asked for."""
    day = _day_asked(request)
    try:
        found, content = opened(day, shape)
    except BeingMade:
        return _later()
    etag = quote_etag(f"{found.state}-{shape}")
    known = parse_etags(request.headers.get("If-None-Match", ""))
    is_known = "*" in known or etag in {tag.removeprefix("W/") for tag in known}
    answer: HttpResponseBase
    if is_known:
        content.close()
        answer = HttpResponseNotModified()
    else:
        answer = FileResponse(content, content_type=MEDIA_TYPES[shape])
        answer.headers["Content-Disposition"] = f'attachment; filename="thu-tuc-{day:%Y%m%d}.{shape}"'
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = _FRESH
    return answer


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages of every procedure ever published, whose addresses never die, and the news."""
    rows = Procedure.objects.filter(versions__published_at__isnull=False).distinct().order_by("code")
    paths = [reverse("portal:home"), reverse("portal:sectors"), reverse("portal:open-data"), reverse("portal:news")]
    paths += [reverse("portal:procedure", args=[code]) for code in rows.values_list("code", flat=True)]
    paths += [reverse("portal:article", args=[number]) for number in public_numbers()]
    home = request.build_absolute_uri("/").removesuffix("/")
    lines = "".join(f"<url><loc>{home}{path}</loc></url>\n" for path in paths)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    )
    answer = HttpResponse(text, content_type="application/xml; charset=utf-8")
    answer.headers["Cache-Control"] = _FRESH
    return answer


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where the list of pages is, and to leave alone what belongs to somebody."""
    closed = ("/ho-so/", "/tra-cuu/", "/tai-khoan/", "/xu-ly/", "/api/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _later() -> HttpResponse:
    """Ask to come back: another file is being made."""
    said = _("Máy chủ đang chuẩn bị tệp dữ liệu. Hãy thử lại sau ít phút.")
    answer = HttpResponse(f"{said}\n", content_type="text/plain; charset=utf-8", status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Retry-After"] = _RETRY_SECONDS
    return answer


def _day_asked(request: HttpRequest) -> date:
    asked = request.GET.get("ngay", "")
    if not asked:
        return timezone.localdate()
    try:
        day = date.fromisoformat(asked)
    except ValueError as unclear:
        raise Http404 from unclear
    if day.year < _FIRST_YEAR or day.year > timezone.localdate().year + 1:
        raise Http404
    return day
