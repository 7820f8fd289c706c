"""What can happen to a petition; the subject of every event is its code. None holds a personal datum."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.events import Event, Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionBegun(Event):
    """A guest sent a petition, which is received once the contact is confirmed."""

    channel: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionCodeSent(Event):
    """A one-time code went to the sender of a petition, over SMS or EMAIL."""

    channel: str
    secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionReceived(Event):
    """A petition was received: the terms run from here."""

    channel: str
    unit: str
    is_question: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionSorted(Event):
    """A petition was sorted and is handled in its unit."""

    sorting: str
    is_complex: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionReturned(Event):
    """What was sent is no petition, or lacks what one needs: its sender was told where to turn."""

    sorting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionMoreAsked(Event):
    """The sender was asked to add something; no clock runs until they do."""

    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionCompleted(Event):
    """The sender added it: the terms run anew from here."""

    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionTransferred(Event):
    """A petition went on to the unit that it concerns."""

    from_unit: str
    to_unit: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionAssigned(Event):
    """A petition was given to one officer, named by the number of the account."""

    officer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionOpinionAsked(Event):
    """Another unit was asked for its part of the answer."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionOpinionGiven(Event):
    """A unit that was asked has said its part."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionAnswerDrafted(Event):
    """An answer lies before the one who approves."""

    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionAnswerGivenBack(Event):
    """A drafted answer went back to be written anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionAnswered(Event):
    """The unit answered; petitions joined to this one were answered with it."""

    unit: str
    finding: str
    joined: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionTakenUp(Event):
    """The leader of the unit takes a repeated or grave matter in hand."""

    same_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionJoined(Event):
    """A petition says the same as another and is answered with it."""

    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionReleased(Event):
    """What a petition was joined to went back, or waits for its own sender: it is handled by itself again."""

    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionPublished(Event):
    """Question and answer were published without personal data, under a number."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionUnpublished(Event):
    """What was published was taken down."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionReopened(Event):
    """A petition that was answered or returned is handled again."""

    by_sender: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionFollowedUp(Event):
    """Four weeks after the answer the sender was asked whether the matter was settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionSettledSaid(Event):
    """The sender said whether the matter was settled."""

    is_settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionForgotten(Event):
    """A petition was deleted because nobody confirmed its contact."""
