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
    """An invented person."""

    full_name: str
    citizen_id: str
    phone: str
    email: str
    address: str

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
    people = definitions.people()
    names = chance.choices(people.names, weights=[group.weight for group in people.names])[0]
    is_woman = chance.random() < 0.5  # noqa: PLR2004  # half of the people
    middle = names.middle_female if is_woman else names.middle_male
    given = names.given_female if is_woman else names.given_male
    number = chance.randrange(100, 1000)
    hamlets = people.quarters if place.startswith("Phường") else people.hamlets
    return Person(
        full_name=f"{chance.choice(names.surnames)} {chance.choice(middle)} {chance.choice(given)}",
        citizen_id=f"011{chance.randrange(10)}{chance.randrange(60, 100)}{chance.randrange(10**6):06}",
        phone=f"0900000{number}",
        email=f"nguoi.dan.{number}@example.com" if chance.random() < _ONLINE_SHARE else "",
        address=f"{chance.choice(hamlets)}, {place[0].lower()}{place[1:]}, tỉnh Điện Biên",
    )


def answer(chance: random.Random, version: ProcedureVersion, person: Person, today: date) -> dict[str, str]:
    """Fill in the procedure's own questions."""
    return {field["key"]: _answer(chance, field, person, today) for field in version.declaration}


def _answer(chance: random.Random, field: dict[str, object], person: Person, today: date) -> str:
    kind, options = str(field["kind"]), field.get("options") or []
    ready = {
        "citizen_id": person.citizen_id,
        "phone": person.phone,
        "date": (today - timedelta(days=chance.randrange(3, 9000))).isoformat(),
        "number": str(chance.randrange(1, 5)),
        "longtext": "Theo giấy tờ gửi kèm.",
    }
    if kind == "choice" and isinstance(options, list):
        return str(chance.choice(options))
    return ready.get(kind, person.full_name)
