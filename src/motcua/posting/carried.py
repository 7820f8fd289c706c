"""Where feedback goes, as a configuration package carries it. What was posted where is running work and stays."""

from dataclasses import dataclass
from datetime import date

from motcua.posting.models import FeedbackAddress


@dataclass(frozen=True, slots=True)
class CarriedFeedbackAddress:
    """Where feedback about a unit goes for a period (E-02): the office that receives it, never a person's own ways."""

    unit: str
    valid_from: date
    valid_until: date | None
    receiver: str
    phone: str
    email: str
    website: str
    address: str


def carried_feedback_addresses() -> list[CarriedFeedbackAddress]:
    """Return all addresses by unit and first day."""
    rows = FeedbackAddress.objects.select_related("unit").order_by("unit__code", "valid_from", "valid_until")
    return [
        CarriedFeedbackAddress(
            unit=row.unit.code,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            receiver=row.receiver,
            phone=row.phone,
            email=row.email,
            website=row.website,
            address=row.address,
        )
        for row in rows
    ]
