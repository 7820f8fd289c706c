"""What an application still lacks before it can be handed in.

Source: docs/law/completeness.md. The list of papers is closed (B-08): nothing outside it can be asked for.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.papers import AskedPaper, unanswered

_CITIZEN_ID = re.compile(r"[0-9]{12}")
_OLD_IDENTITY_CARD = re.compile(r"[0-9]{9}")
_PASSPORT = re.compile(r"[A-Z][0-9]{7,8}")
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")


class Part(StrEnum):
    """The parts of an application, in the order in which they are filled in."""

    APPLICANT = "APPLICANT"
    DECLARATION = "DECLARATION"
    PAPERS = "PAPERS"
    RETURN = "RETURN"
    CONTACT = "CONTACT"


class ContactWay(StrEnum):
    """A way over which a one-time code reaches an applicant."""

    SMS = "SMS"
    EMAIL = "EMAIL"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a procedure's own declaration."""

    key: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """What has been filled in so far. `contact_confirmed` is true for a signed-in applicant."""

    full_name: str
    phone: str
    answers: Mapping[str, str]
    questions: Sequence[Question]
    needed_positions: frozenset[int]
    given_positions: frozenset[int]
    needs_postal_address: bool
    postal_address: str
    contact_confirmed: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing still missing: its part and the key of the question or the position of the paper."""

    part: Part
    what: str


def gaps(facts: ApplicationFacts) -> tuple[Gap, ...]:
    """Return everything that keeps the application from being handed in, in the order of the parts."""
    found = [Gap(Part.APPLICANT, name) for name in ("full_name", "phone") if not getattr(facts, name)]
    found += [
        Gap(Part.DECLARATION, question.key)
        for question in facts.questions
        if question.is_required and not facts.answers.get(question.key, "").strip()
    ]
    found += [Gap(Part.PAPERS, str(position)) for position in sorted(facts.needed_positions - facts.given_positions)]
    if facts.needs_postal_address and not facts.postal_address:
        found.append(Gap(Part.RETURN, "postal_address"))
    if not facts.contact_confirmed:
        found.append(Gap(Part.CONTACT, "code"))
    return tuple(found)


def ways_to_confirm(usable: Collection[ContactWay], *, has_email: bool) -> frozenset[ContactWay]:
    """Return over which of the `usable` ways a guest confirms who is told of the application.

    The phone, and the e-mail address where one was given; the e-mail address alone, which then must be given, where no
    text message can be sent. Empty: nothing can be confirmed, and no guest can hand in.
    """
    if ContactWay.SMS in usable and not has_email:
        return frozenset({ContactWay.SMS})
    return frozenset(usable)


def supplement_gaps(facts: ApplicationFacts, asked: Iterable[AskedPaper]) -> tuple[Gap, ...]:
    """Return everything that keeps a supplement from being handed in.

    Of the papers only those asked for count; whether the others are enough, the desk looks at anew.
    """
    found = [gap for gap in gaps(facts) if gap.part is not Part.PAPERS]
    found += [Gap(Part.PAPERS, str(position)) for position in unanswered(asked)]
    return tuple(found)


def is_citizen_id(text: str) -> bool:
    """Tell whether `text` is a 12-digit citizen number or an old 9-digit identity card number."""
    return bool(_CITIZEN_ID.fullmatch(text) or _OLD_IDENTITY_CARD.fullmatch(text))


def is_passport(text: str) -> bool:
    """Tell whether `text`, in capitals, is a passport number: a letter and seven or eight digits."""
    return _PASSPORT.fullmatch(text) is not None


def phone_number(text: str) -> str | None:
    """Return a Vietnamese phone number as it is dialled at home, `0912345678`; None when `text` is not one.

    Mobile numbers have ten digits, landlines eleven.
    """
    number = re.sub(r"[\s.\-()]", "", text)
    if number.startswith("+84"):
        number = "0" + number.removeprefix("+84")
    is_number = _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number)
    return number if is_number else None


def receives_texts(number: str) -> bool:
    """Tell whether text messages reach `number`, as `phone_number` gives it: mobile numbers only."""
    return _MOBILE.fullmatch(number) is not None
