"""Invented applicants and what they write on their forms. Nobody of these names and numbers exists."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.catalogue.models import ProcedureVersion
from motcua.demo import definitions
from motcua.dossiers.commands.draft import ApplicantDetails

_ONLINE_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; `place` is the commune or ward they live in."""

    full_name: str
    citizen_id: str
    phone: str
    email: str
    address: str
    place: str

    def as_applicant(self) -> ApplicantDetails:
        """The person as an applicant."""
        return ApplicantDetails(
            full_name=self.full_name,
            citizen_id=self.citizen_id,
            phone=self.phone,
            email=self.email,
            address=self.address,
        )


def invent(chance: random.Random, *, place: str) -> Person:
    """Draw a person who lives in `place`; numbers begin with 0900 000, which rings nowhere."""
    name = _name(chance, is_woman=chance.random() < 0.5)  # noqa: PLR2004  # half of the people
    number = chance.randrange(100, 1000)
    return Person(
        full_name=name,
        citizen_id=_citizen_id(chance),
        phone=f"0900000{number}",
        email=f"nguoi.dan.{number}@example.com" if chance.random() < _ONLINE_SHARE else "",
        address=_address(chance, place),
        place=place,
    )


def answer(chance: random.Random, version: ProcedureVersion, person: Person, today: date) -> dict[str, str]:
    """Fill in the procedure's own questions, each the way the form keeps it."""
    return {question["key"]: _answer(chance, question, person, today) for question in version.declaration}


def _answer(chance: random.Random, question: dict[str, object], person: Person, today: date) -> str:
    key, kind, options = str(question["key"]), str(question["kind"]), question.get("options") or []
    if kind == "choice" and isinstance(options, list):
        return str(chance.choice(options))
    if kind == "phone":
        return person.phone
    if key in definitions.answers().texts:
        return chance.choice(definitions.answers().texts[key])
    return _drawn(chance, key, kind, person.place, today)


def _drawn(chance: random.Random, key: str, kind: str, place: str, today: date) -> str:
    known = definitions.answers()
    if kind == "citizen_id" or key in known.ids:
        return _citizen_id(chance)
    if key in known.places:
        return _address(chance, place)
    if key in known.days or key in known.numbers:
        return _counted(chance, key, today)
    is_woman = key in known.women or (key not in known.men and chance.random() < 0.5)  # noqa: PLR2004  # half
    return _name(chance, is_woman=is_woman)


def _counted(chance: random.Random, key: str, today: date) -> str:
    known = definitions.answers()
    if key in known.numbers:
        span = known.numbers[key]
        return str(chance.randrange(span.least, span.most + 1, span.step))
    days = known.days[key]
    away = timedelta(days=chance.randint(days.nearest, days.farthest))
    return f"{today + away if days.is_ahead else today - away:%d/%m/%Y}"


def _name(chance: random.Random, *, is_woman: bool) -> str:
    peoples = definitions.people().names
    names = chance.choices(peoples, weights=[group.weight for group in peoples])[0]
    middle = names.middle_female if is_woman else names.middle_male
    given = names.given_female if is_woman else names.given_male
    return f"{chance.choice(names.surnames)} {chance.choice(middle)} {chance.choice(given)}"


def _citizen_id(chance: random.Random) -> str:
    return f"011{chance.randrange(10)}{chance.randrange(60, 100)}{chance.randrange(10**6):06}"


def _address(chance: random.Random, place: str) -> str:
    people = definitions.people()
    hamlets = people.quarters if place.startswith("Phường") else people.hamlets
    return f"{chance.choice(hamlets)}, {place[0].lower()}{place[1:]}, tỉnh Điện Biên"
