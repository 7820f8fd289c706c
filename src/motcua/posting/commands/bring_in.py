"""Bring in where feedback goes, as a configuration package carries it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.kernel import events
from motcua.organisations.carried import UnitNotThere, units_by_code
from motcua.posting.carried import CarriedFeedbackAddress
from motcua.posting.events import FeedbackAddressesBroughtIn
from motcua.posting.models import FeedbackAddress

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["UnitNotThere", "bring_in_feedback_addresses"]


@transaction.atomic
def bring_in_feedback_addresses(
    addresses: Sequence[CarriedFeedbackAddress], *, package: str, actor: "User | None", at: datetime
) -> None:
    """Enter addresses that are not there, and end those that the package says ended (E-02). Raises `UnitNotThere`."""
    if not addresses:
        return
    units = units_by_code([told.unit for told in addresses])
    for told in sorted(addresses, key=lambda one: one.valid_until is None):  # what ends makes room first
        values = {name: value for name, value in asdict(told).items() if name not in {"unit", "valid_from"}}
        FeedbackAddress.objects.update_or_create(unit=units[told.unit], valid_from=told.valid_from, defaults=values)
    event = FeedbackAddressesBroughtIn(subject="feedback-addresses", package=package, item_count=len(addresses))
    events.record(event, actor=actor, at=at)
