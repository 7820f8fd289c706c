"""A procedure in the words of schema.org, as search engines read it (GovernmentService)."""

from collections.abc import Callable
from typing import Any, Final

from django.urls import reverse

from motcua.portal.queries.procedure_page import ProcedurePage, Way
from motcua.rules.time_limits import LimitUnit, TimeLimit

_LENGTHS: Final = {LimitUnit.DAY: "P{}D", LimitUnit.MONTH: "P{}M", LimitUnit.YEAR: "P{}Y", LimitUnit.HOUR: "PT{}H"}
"""Working days and hours have no duration in ISO 8601: how long they last hangs on the calendar."""


def government_service(page: ProcedurePage, absolute: Callable[[str], str], *, area: str) -> dict[str, Any]:
    """Return the procedure as a GovernmentService; `absolute` makes a whole address of a path, `area` is the province.

    What is not known is left out: schema.org has no word for it. A procedure that does not hold today has no offer and
    no way to file.
    """
    version, url = page.version, absolute(reverse("portal:procedure", args=[page.procedure.code]))
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": url,
        "url": url,
        "identifier": page.procedure.code,
        "name": page.title,
        "alternateName": version.title if version.title != page.title else "",
        "description": version.summary,
        "serviceType": page.procedure.sector.name,
        "inLanguage": "vi",
        "areaServed": {"@type": "AdministrativeArea", "name": area} if area else None,
        "provider": _agency(version.deciding_agency),
        "audience": [{"@type": "Audience", "audienceType": subject} for subject in version.subjects],
        "serviceOutput": [{"@type": "Thing", "name": name} for name in page.results],
        "availableChannel": [_channel(page, way, absolute) for way in page.ways] if page.is_in_force else [],
        "offers": _offer(version.fee_vnd) if page.is_in_force else None,
    }
    return {key: value for key, value in told.items() if value}


def _agency(name: str) -> dict[str, str] | None:
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _offer(fee_vnd: int | None) -> dict[str, str] | None:
    if fee_vnd is None:
        return None
    return {"@type": "Offer", "price": str(fee_vnd), "priceCurrency": "VND"}


def _channel(page: ProcedurePage, way: Way, absolute: Callable[[str], str]) -> dict[str, Any]:
    told: dict[str, Any] = {"@type": "ServiceChannel", "name": way.label}
    if way.method == "ONLINE" and page.can_be_filed_online:
        told["serviceUrl"] = absolute(reverse("portal:choose-place", args=[page.procedure.code]))
    length = _length(way.length)
    return told | ({"processingTime": length} if length else {})


def _length(limit: TimeLimit | None) -> str:
    if limit is None or limit.unit not in _LENGTHS or limit.amount != limit.amount.to_integral_value():
        return ""
    return _LENGTHS[limit.unit].format(int(limit.amount))
