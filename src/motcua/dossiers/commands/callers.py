"""Where somebody without an account asks from, and how often they may."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from motcua.dossiers.models import CodeSending, LookupFailure

_NETWORK_BITS = 64


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many times something may be done within a time that moves along."""

    count: int
    within: timedelta


def caller_digest(client: str) -> str:
    """Return a keyed digest of the network that `client`, an address, lies in; empty when it is.

    Every household has a whole /64 of IPv6 addresses to choose from, so all of them count as one; an IPv4 address
    counts for itself.
    """
    return keyed_digest(_network_of(client)) if client else ""


def keyed_digest(text: str) -> str:
    """Return a digest by which the same text is known again and nobody learns it."""
    return salted_hmac("motcua.dossiers.callers", text, algorithm="sha256").hexdigest()


def free_again(
    done: QuerySet[CodeSending] | QuerySet[LookupFailure], allowance: Allowance, at: datetime
) -> datetime | None:
    """Return when the next of the rows `done` may follow; None when it may at once."""
    earlier = done.filter(at__gt=at - allowance.within).order_by("-at").values_list("at", flat=True)
    full: datetime | None = earlier[allowance.count - 1 : allowance.count].first()
    return full + allowance.within if full else None


def _network_of(client: str) -> str:
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or IPv6Network((int(address), _NETWORK_BITS), strict=False))
    return str(address)
