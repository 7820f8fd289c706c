"""What stands around every page of the portal: where to go, and whose site this is."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motcua.organisations.queries import UnitCard
from motcua.portal import ownership
from motcua.portal.queries import places
from motcua.ui.parts import Link

register = template.Library()

_PROVINCE = "portal.province"

_LINKED = ("linked-group", "choose-linked-place")
_NAV = {
    "sectors": ("list", {"sectors", "sector", "procedure", "search", "life-event", "choose-place", *_LINKED}),
    "look-up": ("search", {"look-up", "public-status"}),
    "petitions": ("note", {"petitions", "send-petition", "look-up-petition", "petition", "published-answer"}),
    "desks": ("map-pin", {"desks"}),
    "guide": ("info", {"guide"}),
}


@register.simple_tag(takes_context=True)
def site_links(context: template.Context) -> list[Link]:
    """Return the main places, the present one marked."""
    labels = {
        "sectors": pgettext("navigation", "Thủ tục"),
        "look-up": _("Tra cứu"),
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
        (_("Phản ánh, kiến nghị"), "petitions"),
        (_("Dữ liệu cá nhân"), "privacy"),
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
