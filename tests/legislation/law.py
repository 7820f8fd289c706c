"""Legal officers and documents for the tests of the register."""

from datetime import date

from motcua.accounts.models import User
from motcua.legislation.commands.keep import Tie, enter_document
from motcua.legislation.definitions import DocumentDefinition
from motcua.legislation.models import LegalDocument
from motcua.organisations.models import Unit
from motcua.rules.legal_numbers import kind_of, read_number
from motcua.rules.permissions import Role
from tests.make import MONDAY, make_officer, make_unit

LONG_PAST = date(2016, 1, 1)
TODAY = MONDAY.date()


def make_province() -> Unit:
    return make_unit(name="Tỉnh Điện Biên", kind="PROVINCE", level="PROVINCE")


def make_legal_officer() -> User:
    province = Unit.objects.filter(kind="PROVINCE").first() or make_province()
    return make_officer(Role.LEGAL_OFFICER, province)


def described(number: str, **columns: object) -> DocumentDefinition:
    """A document that has held for long, described by its number."""
    said: dict[str, object] = {"kind": kind_of(read_number(number)), "effective_from": LONG_PAST, **columns}
    return DocumentDefinition(number=number, **said)  # type: ignore[arg-type]  # columns of every type


def make_document(number: str, *ties: Tie, actor: User | None = None, **columns: object) -> LegalDocument:
    actor = actor or make_legal_officer()
    return enter_document(definition=described(number, **columns), ties=ties, actor=actor, at=MONDAY)
