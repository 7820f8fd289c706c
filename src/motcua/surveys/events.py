"""What can happen to a survey; the subject is `survey:` and its key. No event says who answered."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyBegun(Event):
    """A survey is prepared; `seed_digest` is the SHA-256 of the seed that will decide who is drawn."""

    returned_from: date
    returned_until: date
    seed_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyChanged(Event):
    """What a survey asks, or of whom, was written anew before anybody was drawn; `questions` is how many it asks."""

    returned_from: date
    returned_until: date
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOpened(Event):
    """The sample was drawn and everybody in it asked: `invited` of `frame` dossiers, `left_out` in too small groups."""

    frame: int
    left_out: int
    invited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(Event):
    """Somebody answered."""

    is_paper: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyClosed(Event):
    """No more answers are taken; the results are public, and so is the seed."""

    invited: int
    answered: int
    seed: str
