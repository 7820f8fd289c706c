"""What the invented applicants write on their declarations, as data/answers.yaml says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from motcua.demo.records import DATA, Record, read_file, refuse_doubles


@dataclass(frozen=True, slots=True)
class DaysDefinition:
    """A day drawn between two distances in days from the day of filing, both included; before or after it."""

    nearest: int
    farthest: int
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class NumberDefinition:
    """A number drawn from `least` by `step` to `most`."""

    least: int
    most: int
    step: int


@dataclass(frozen=True, slots=True)
class AnswersDefinition:
    """How each question is answered, by its key."""

    women: frozenset[str]
    men: frozenset[str]
    people: frozenset[str]
    ids: frozenset[str]
    places: frozenset[str]
    days: Mapping[str, DaysDefinition]
    numbers: Mapping[str, NumberDefinition]
    texts: Mapping[str, tuple[str, ...]]

    @property
    def keys(self) -> frozenset[str]:
        """Every question that has an answer here."""
        drawn = self.women | self.men | self.people | self.ids | self.places
        return drawn | self.days.keys() | self.numbers.keys() | self.texts.keys()


@cache
def answers() -> AnswersDefinition:
    """Return how the questions are answered; raises `DefinitionFault`."""
    file = read_file(DATA / "answers.yaml")
    ago, ahead = file.records("days_ago"), file.records("days_ahead")
    numbers, texts = file.records("numbers"), file.records("texts")
    found = AnswersDefinition(
        women=frozenset(file.texts("women")),
        men=frozenset(file.texts("men")),
        people=frozenset(file.texts("people")),
        ids=frozenset(file.texts("ids")),
        places=frozenset(file.texts("places")),
        days={record.text("key"): _days(record, is_ahead=False) for record in ago}
        | {record.text("key"): _days(record, is_ahead=True) for record in ahead},
        numbers={record.text("key"): _number(record) for record in numbers},
        texts={record.text("key"): record.texts("any") for record in texts},
    )
    for record in (*ago, *ahead, *numbers, *texts):
        record.finish()
    file.finish()
    listed = [key for name in ("women", "men", "people", "ids", "places") for key in file.texts(name)]
    refuse_doubles(file, "key", [*listed, *(record.text("key") for record in (*ago, *ahead, *numbers, *texts))])
    return found


def _days(record: Record, *, is_ahead: bool) -> DaysDefinition:
    return DaysDefinition(nearest=record.whole("nearest"), farthest=record.whole("farthest"), is_ahead=is_ahead)


def _number(record: Record) -> NumberDefinition:
    return NumberDefinition(least=record.whole("least"), most=record.whole("most"), step=record.whole("step"))
