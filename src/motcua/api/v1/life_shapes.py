"""What became of a dossier, as it goes out: papers asked for, money, promises, ends, mending, the rating."""

from datetime import date

from pydantic import Field

from motcua.api.shapes import Given, Moment, Position, Shape, Text
from motcua.dossiers.queries.own_life import OwnLife
from motcua.rules.papers import DeclineGround, SupplementAnswer
from motcua.rules.promises import PromiseCause, SupplementClock


class AskedForShape(Shape):
    """What is wanted of one paper, and how it was answered so far; null: not yet."""

    position: Position
    note: str
    answer: SupplementAnswer | None


class RequestShape(Shape):
    """What is asked for (form 02), by the desk or `after_acceptance` by the agency.

    `basis` lets them ask again, empty the first time. `completed_at` is null until it is answered. From `closable_from`
    on silence lets the dossier be closed; null where no such term runs.
    """

    reason: str
    basis: str
    after_acceptance: bool
    requested_at: Moment
    completed_at: Moment | None
    closable_from: Moment | None
    items: tuple[AskedForShape, ...]


class ClockShape(Shape):
    """What the answer to the open request does to the limit, which stands until then.

    `due_at` is when the result would be due if the answer came now; null where that cannot be told.
    """

    rule: SupplementClock
    due_at: Moment | None


class ObligationBase(Shape):
    """What is to be paid, in whole dong, before the agency goes on; `settled_at` is null until it is."""

    basis: str
    notice_no: str
    amount_vnd: int
    asked_at: Moment
    settled_at: Moment | None
    proof: str


class ObligationShape(ObligationBase):
    """The same, and whether the time it takes does not count."""

    is_excluded: bool


class AdviceShape(Shape):
    """What the desk told the applicant to do before it decides."""

    text: str
    given_at: Moment


class ExtensionShape(Shape):
    """The one new date, with its apology (form 04)."""

    reason: str
    old_due_at: Moment
    new_due_at: Moment
    extended_at: Moment


class FormerDateShape(Shape):
    """A due moment promised before: why it had been given, when and why it was replaced."""

    due_at: Moment
    cause: PromiseCause
    replaced_at: Moment
    replaced_because: PromiseCause


class DeclinedShape(Shape):
    """Why the dossier was not accepted (form 03)."""

    ground: DeclineGround
    citation: str
    reason: str


class EndedShape(Shape):
    """Why the dossier ended without a decision (form 05)."""

    reason: str
    basis: str


class RefusalShape(Shape):
    """The letter of refusal and the provision it rests on."""

    basis: str
    title: str
    number: str
    issued_on: date | None


class CorrectionShape(Shape):
    """A wrong result put right by `due_at`, at the agency's cost; `corrected_at` is null while it is under way."""

    error: str
    reported_at: Moment
    due_at: Moment
    corrected_at: Moment | None


class RatingShape(Shape):
    """What the applicant thought, from 1 to 5."""

    score: int
    comment: str
    rated_at: Moment


class LifeShape(Shape):
    """All of it, each kind the oldest first. `cause` is why the present promise was given, null before acceptance.

    `clock` is there while papers are asked for after acceptance; `withdrawal_reason` is what the desk was told when the
    dossier was taken back there, empty otherwise.
    """

    cause: PromiseCause | None
    requests: tuple[RequestShape, ...]
    clock: ClockShape | None
    obligations: tuple[ObligationShape, ...]
    advice: tuple[AdviceShape, ...]
    extension: ExtensionShape | None
    former_dates: tuple[FormerDateShape, ...]
    declined: DeclinedShape | None
    ending: EndedShape | None
    withdrawal_reason: str
    refusal: RefusalShape | None
    corrections: tuple[CorrectionShape, ...]
    rating: RatingShape | None


class RatingGiven(Given):
    """What the applicant thinks: 5 very content … 1 not at all; no personal data in the comment."""

    score: int = Field(ge=1, le=5)
    comment: Text = Field("", max_length=500)


def life_shape(life: OwnLife) -> LifeShape:
    """Return the life of a dossier as it goes out."""
    return LifeShape.model_validate(life)
