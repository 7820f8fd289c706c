"""What stands around every page of the portal: where to go, and whose site this is."""

import json
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motcua.catalogue.queries.level_history import LevelsHere
from motcua.news.queries.public import ArticlePage
from motcua.organisations.queries import UnitCard
from motcua.portal import level_words, ownership
from motcua.portal.government_service import government_service
from motcua.portal.news_article import news_article
from motcua.portal.queries import places
from motcua.portal.queries.procedure_page import ProcedurePage
from motcua.ui.parts import Link

register = template.Library()

_PROVINCE = "portal.province"
_UNSAFE_IN_SCRIPTS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

_LINKED = ("linked-group", "choose-linked-place")
_RECORDS = ("history", "past-version", "checklist")
_FINDING = ("sectors", "sector", "procedure", "search", "life-event", "choose-place")
_NAV = {
    "sectors": (
        "list",
        {*_FINDING, *_LINKED, *_RECORDS},
    ),
    "look-up": ("search", {"look-up", "public-status"}),
    "news": ("globe", {"news", "news-archive", "news-year", "news-month", "news-day", "news-section", "article"}),
    "petitions": ("note", {"petitions", "send-petition", "look-up-petition", "petition", "published-answer"}),
    "desks": ("map-pin", {"desks"}),
    "guide": ("info", {"guide"}),
}


@register.simple_tag
def level_sentences(levels: LevelsHere | None) -> tuple[str, ...]:
    """Say how far the procedure can be done online; nothing where it is not recorded."""
    return level_words.level_sentences(levels) if levels else ()


@register.simple_tag(takes_context=True)
def site_links(context: template.Context) -> list[Link]:
    """Return the main places, the present one marked."""
    labels = {
        "sectors": pgettext("navigation", "Thủ tục"),
        "look-up": _("Tra cứu"),
        "news": _("Tin tức"),
        "petitions": pgettext("navigation", "Phản ánh"),
        "desks": _("Nơi nộp"),
        "guide": _("Hướng dẫn"),
    }
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else ""
    return [
        Link(label=labels[name], url=reverse(f"portal:{name}"), is_current=here in group, icon=icon)
        for name, (icon, group) in _NAV.items()
    ]


@register.simple_tag
def footer_links() -> list[Link]:
    """Return the places at the foot of every page."""
    pages = [
        (_("Hướng dẫn"), "guide"),
        (_("Nơi tiếp nhận hồ sơ"), "desks"),
        (_("Tin tức"), "news"),
        (_("Phản ánh, kiến nghị"), "petitions"),
        (_("Lượt truy cập"), "visits"),
        (_("Dữ liệu cá nhân"), "privacy"),
        (_("Dữ liệu mở"), "open-data"),
        (_("Khả năng tiếp cận"), "accessibility"),
    ]
    return [Link(label=label, url=reverse(f"portal:{name}")) for label, name in pages]


@register.simple_tag(takes_context=True)
def province(context: template.Context) -> UnitCard | None:
    """Return the province that runs the site, asked for once a page."""
    if _PROVINCE not in context.render_context:
        context.render_context[_PROVINCE] = places.province()
    found: UnitCard | None = context.render_context[_PROVINCE]
    return found


@register.simple_tag(takes_context=True)
def keeps_dossiers(context: template.Context) -> bool:
    """Tell whether this browser keeps dossiers of a guest."""
    request = context.get("request")
    return request is not None and hasattr(request, "session") and ownership.has_own(request)


@register.simple_tag
def account_links() -> list[Link]:
    """Return what a signed-in person may do with their account."""
    return [
        Link(label=_("Hồ sơ của tôi"), url=reverse("portal:my-dossiers")),
        Link(label=_("Đổi mật khẩu"), url=reverse("account_change_password")),
        Link(label=_("Xác thực hai bước"), url=reverse("mfa_index")),
    ]


@register.simple_tag(takes_context=True)
def service_data(context: template.Context, page: ProcedurePage) -> SafeString:
    """Return the procedure in the words of schema.org as a block of data.

    No browser runs a block of this type, so the policy that bars scripts in the page has nothing to bar; search engines
    read only what stands in the page itself.
    """
    place, request = province(context), context["request"]
    told = government_service(page, request.build_absolute_uri, area=place.name if place else "")
    return _data_block(told)


@register.simple_tag(takes_context=True)
def article_data(context: template.Context, page: ArticlePage) -> SafeString:
    """Return an article in the words of schema.org as a block of data, like `service_data`."""
    return _data_block(news_article(page, context["request"].build_absolute_uri))


def _data_block(told: dict[str, Any]) -> SafeString:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE_IN_SCRIPTS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  # no sign of it ends the block
