"""What goes in and out of the API in general: written out here, never generated from models."""

from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    computed_field,
)

from motcua.dossiers.models import STATUS_LABELS
from motcua.rules.transitions import Status, national_code
from motcua.rules.vietnamese import nfc


class Shape(BaseModel):
    """Something that goes out; read from what a query returns, field by field."""

    model_config = ConfigDict(from_attributes=True)


class Given(BaseModel):
    """Something that comes in: nothing that is not asked for is taken."""

    model_config = ConfigDict(extra="forbid")


def in_hanoi(at: datetime) -> str:
    """Write a moment in ISO form at Hà Nội's time: 2026-03-02T08:00:00+07:00."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def _storable(text: str) -> str:
    """Compose the letters the way they are stored; half a sign and NUL are kept by no database."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError
    return nfc(text).strip()


class Standing(Shape):
    """Something that has the status of a dossier: our word, people's word, the number in the national list."""

    status: Status

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated properties
    @property
    def status_label(self) -> str:
        """The status in the caller's language."""
        return str(STATUS_LABELS[self.status])

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated properties
    @property
    def national_status(self) -> int | None:
        """The status in the National Portal's list of today, 1 to 10; null for a draft."""
        return national_code(self.status, timezone.localdate())


class DerivedDayShape(Shape):
    """One day of the count that led to a due moment."""

    on: date
    kind: str
    text: str
    rules: tuple[str, ...]


Moment = Annotated[
    datetime,
    PlainSerializer(in_hanoi, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-02T08:00:00+07:00"]}),
]
Text = Annotated[str, AfterValidator(_storable)]
"""Free text, possibly empty."""
Words = Annotated[str, AfterValidator(_storable), StringConstraints(min_length=1)]
"""Free text that says something."""
Position = Annotated[int, Field(ge=1, le=32767, description="Place of a paper in the procedure's closed list.")]
