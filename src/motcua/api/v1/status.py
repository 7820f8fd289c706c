"""Where a dossier stands, for whoever has its code and PIN: nothing personal (B-26)."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from motcua.api.shapes import DerivedDayShape, Given, Moment, Standing, Words
from motcua.api.v1.linked_shapes import LinkedShape
from motcua.dossiers.commands.look_up import look_up
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.linked import whole_of
from motcua.dossiers.queries.public_status import Milestone, public_status
from motcua.rules.promises import SupplementClock

router = Router(tags=["Public"])


class LookUp(Given):
    """What stands on the receipt, in any spelling."""

    code: Words = Field(max_length=64, examples=["T-0048-3920-1573"])
    pin: Words = Field(max_length=10, examples=["4821"])


class PublicStatusShape(Standing):
    """Where a dossier stands. `holder` must act; it is null when it is the applicant's turn or nobody's.

    `supplement_clock` says what papers asked for after acceptance do to the limit, null while none are; `is_refusal`
    that the paper issued refuses what was asked.
    `linked` is the whole that the dossier is a leg of, null for one of its own.
    """

    public_code: str
    procedure_code: str
    procedure_title: str
    reached: Milestone
    holder: str | None
    since: Moment
    submitted_at: Moment
    answer_due_at: Moment | None
    due_at: Moment | None
    due_is_provisional: bool
    is_applicants_turn: bool
    supplement_clock: SupplementClock | None
    is_refusal: bool
    is_over: bool
    return_channel: str
    desk: str
    desk_phone: str
    desk_address: str
    derivation: tuple[DerivedDayShape, ...]
    linked: LinkedShape | None = None


@router.post("", response=PublicStatusShape)
def read_public_status(request: HttpRequest, payload: LookUp) -> PublicStatusShape:
    """Tell where the dossier of that code and PIN stands.

    Five wrong tries lock a code for 15 minutes, then for longer; a hundred from one address lock that address for up to
    an hour: 429 with Retry-After.
    """
    at = timezone.now()
    found = look_up(public_code=payload.code, pin=payload.pin, client=request.META["REMOTE_ADDR"], at=at)
    shape = PublicStatusShape.model_validate(public_status(Dossier.objects.for_page().get(pk=found.pk)))
    whole = whole_of(found, at=at)
    shape.linked = LinkedShape.model_validate(whole) if whole else None
    return shape
