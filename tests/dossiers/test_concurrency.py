"""Many hands at once, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from motcua.accounts.models import User
from motcua.dossiers.commands import intake
from motcua.dossiers.commands.guard import StaleDossier
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.models import Dossier, RegisterLine
from motcua.kernel.digests import close_day
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from motcua.rules.papers import DeclineGround
from motcua.rules.permissions import Role
from tests.make import CHECKS, MONDAY, make_dossier, make_draft, make_office, make_officer

pytestmark = pytest.mark.django_db(transaction=True)
NINE = MONDAY + timedelta(hours=1)


def test_64_simultaneous_acceptances_at_one_unit_give_64_consecutive_codes() -> None:
    office = make_office()
    dossiers = [make_dossier(office=office) for _ in range(64)]
    start = Barrier(64, timeout=60)

    def accept(dossier: Dossier) -> str:
        connection.ensure_connection()
        start.wait()
        try:
            return intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=NINE).code or ""
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=64) as desks:
        codes = sorted(desks.map(accept, dossiers))

    agency = office.offering.competent_unit.code
    assert codes == [f"{agency}-260302-{number:04}" for number in range(1, 65)]
    numbers = RegisterLine.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 65)), "R-10: the register has no gap and no number twice"
    close_day(NINE.date())
    assert verify_record().first_broken is None


def test_of_two_officers_acting_at_once_one_succeeds_and_the_other_is_told() -> None:
    office = make_office()
    colleague = make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit)
    officers = [office.reception, colleague]
    dossier = make_dossier(office=office)
    seen = dossier.version
    start = Barrier(2, timeout=60)
    refusal = intake.Refusal(ground=DeclineGround.WRONG_SUBJECT, citation="Điều 1", reason="x")

    def act(officer: User) -> str:
        connection.ensure_connection()
        start.wait()
        try:
            if officer == colleague:
                intake.decline(dossier=dossier, officer=officer, refusal=refusal, at=NINE, seen_version=seen)
            else:
                intake.accept(dossier=dossier, officer=officer, checks=CHECKS, at=NINE, seen_version=seen)
        except StaleDossier as stale:
            return f"{stale.by} {stale.kind}"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=2) as hands:
        outcomes = sorted(hands.map(act, officers))

    decided = EventRecord.objects.filter(subject=dossier.reference).latest("seq")
    winner = next(officer for officer in officers if officer == decided.actor)
    assert outcomes == sorted(["done", f"{winner.display_name} {decided.kind}"])


def test_a_double_click_on_handing_in_makes_one_dossier() -> None:
    dossier = make_draft()

    def click(_: int) -> int:
        try:
            return submit(dossier=dossier, actor=None, at=NINE).version
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as fingers:
        versions = set(fingers.map(click, range(4)))

    assert len(versions) == 1
    assert EventRecord.objects.filter(subject=dossier.reference, kind="DossierSubmitted").count() == 1
