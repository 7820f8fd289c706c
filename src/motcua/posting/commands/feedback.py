"""Say where feedback about a desk goes from a day on (E-02)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.posting.events import FeedbackAddressTold
from motcua.posting.facts import keeping_ids
from motcua.posting.models import FeedbackAddress
from motcua.rules.posting import may_tell_address

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["Address", "LeadsNowhere", "MayNotTellAddress", "NotLater", "tell_address"]


class MayNotTellAddress(Exception):
    """The official does not control procedures for the province of that unit."""


class LeadsNowhere(Exception):
    """No phone, no address of any sort was told."""


class NotLater(Exception):
    """There is an address from a later day on already, `valid_from`."""

    def __init__(self, valid_from: date) -> None:
        super().__init__(f"{valid_from}")
        self.valid_from = valid_from


@dataclass(frozen=True, slots=True)
class Address:
    """Who receives feedback, and the ways to reach them, of which one at least is told."""

    receiver: str
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""


@transaction.atomic
def tell_address(*, unit: Unit, address: Address, valid_from: date, actor: "User", at: datetime) -> FeedbackAddress:
    """Say where feedback about `unit`, and the units below without an address of their own, goes from a day on.

    The address before ends there; one of the same day is put right. Saying the same twice does nothing. Raises
    `MayNotTellAddress`, `LeadsNowhere`, `NotLater`.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    today = timezone.localdate(at)
    if not may_tell_address(keeping_ids(unit, today), grants_of(actor, today), on=today):
        raise MayNotTellAddress
    said = asdict(address)
    if not any(value for name, value in said.items() if name != "receiver"):
        raise LeadsNowhere
    before = FeedbackAddress.objects.filter(unit=unit, valid_until=None).first()
    if before is not None and before.valid_from > valid_from:
        raise NotLater(before.valid_from)
    if before is not None and before.valid_from == valid_from:
        if all(getattr(before, name) == value for name, value in said.items()):
            return before
        for name, value in said.items():
            setattr(before, name, value)
        before.save(update_fields=list(said))
        row = before
    else:
        FeedbackAddress.objects.filter(unit=unit, valid_until=None).update(valid_until=valid_from)
        row = FeedbackAddress.objects.create(unit=unit, valid_from=valid_from, **said)
    event = FeedbackAddressTold(subject=f"posting:{unit.code}", valid_from=valid_from, receiver=row.receiver)
    events.record(event, actor=actor, at=at)
    return row
