"""The demonstration province, loaded and lived in."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.db import transaction

from motcua.accounts.models import Grant, User
from motcua.catalogue.models import LinkedGroup, Offering, Procedure
from motcua.demo.commands.applicants import invent
from motcua.demo.commands.linked_lives import LinkedLife, Plot, staffed_offers
from motcua.demo.commands.lives import Life
from motcua.demo.commands.load_demo import load_demo
from motcua.demo.commands.load_postings import ENDED_CODE
from motcua.demo.commands.simulate import (
    NobodyWorksHere,
    ToldAlready,
    live_through_outage,
    people_by_role,
    simulate,
    staffed_offices,
)
from motcua.demo.queries import sign_ins
from motcua.dossiers.models import Dossier, LinkedApplication, Outage, PaperEntry, PaperKit, PaperReturn, Step
from motcua.dossiers.queries.paper_mode import slots_of
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from motcua.organisations.models import Succession, Unit
from motcua.posting.queries.overview import overview
from motcua.province_setup.models import ConfigurationPackage
from motcua.rules.linked import WholeState
from motcua.rules.posting import PostingState
from motcua.rules.transitions import Status
from tests.make import HANOI, make_offering, make_procedure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=HANOI)


@pytest.mark.long
def test_the_province_is_loaded_once_and_lives() -> None:
    steps: list[tuple[int, int]] = []
    load_demo(at=NOW, progress=lambda done, total: steps.append((done, total)))
    counts = _counts()
    load_demo(at=NOW)

    assert _counts() == counts
    assert steps[-1][0] == steps[-1][1] == len(steps)
    assert Unit.objects.on(NOW.date()).communes().count() == 45
    assert Succession.objects.values("predecessor").distinct().count() == 129
    assert Offering.objects.on(NOW.date()).filter(procedure__code="1.001193").count() == 45
    assert LinkedGroup.objects.on(NOW.date()).count() == 3
    assert ConfigurationPackage.objects.get().item_count > 700

    with transaction.atomic():
        simulate(seed=1, dossiers=25, until=NOW)
        told = _story()
        transaction.set_rollback(True)
    simulate(seed=1, dossiers=25, until=NOW)

    assert _story() == told
    assert 20 <= Dossier.objects.count() <= 25
    assert set(Dossier.objects.values_list("status", flat=True)) == set(Status)
    assert not Dossier.objects.filter(accepted_at__gt=NOW).exists()
    verified = verify_record()
    assert (verified.first_broken, verified.digests_checked) == (None, 1)
    with pytest.raises(ToldAlready):
        simulate(seed=1, dossiers=1, until=NOW)
    _boards_are_right_late_and_stale()
    _permits_go_through_legs_a_choice_and_an_approval()
    _every_linked_group_comes_to_its_end()


def _boards_are_right_late_and_stale() -> None:
    found = overview(NOW.date())
    rows = {row.code: row for row in found.places}
    first, late, part = (rows[code] for code in ("H18.31.04", "H18.34.04", "H18.01.01"))
    assert (first.counts[PostingState.CURRENT], first.counts[PostingState.STALE]) == (first.total - 1, 1)
    assert [line.code for line in found.differing if line.standing.state is PostingState.STALE] == [ENDED_CODE]
    assert (late.counts[PostingState.LATE], late.has_f07) == (late.total, True)
    assert part.counts[PostingState.MISSING] > 0 < part.counts[PostingState.CURRENT]
    assert all(row.has_address for row in found.places)


def _permits_go_through_legs_a_choice_and_an_approval() -> None:
    permits = [office for office in staffed_offices(NOW) if office.offering.procedure.code == "1.013225"]
    known = list(Dossier.objects.values_list("pk", flat=True))
    for seed in range(6):
        chance = random.Random(seed)
        person = invent(chance, place="Phường Điện Biên Phủ")
        Life(chance, permits[seed % 2], person, None, NOW - timedelta(days=100), NOW).live()

    walked = Step.objects.exclude(dossier__in=known)
    assert set(walked.values_list("code", flat=True)) == {f"B{number}" for number in range(1, 11)}
    assert set(walked.filter(leg__gt="").values_list("leg", flat=True)) == {"B3", "B4"}
    assert not walked.filter(finished_at=None).exists()


def _every_linked_group_comes_to_its_end() -> None:
    """Whatever processes its legs have: one of them goes through the branches of a permit."""
    known = list(LinkedApplication.objects.values_list("pk", flat=True))
    people = people_by_role(NOW.date())
    offers = staffed_offers(people, NOW)
    for seed, (offer, plot) in enumerate(product(offers, (Plot.PARTLY_REFUSED, Plot.GRANTED)), start=500):
        LinkedLife(random.Random(seed), offer, people, None, NOW, plot).live()

    told = LinkedApplication.objects.exclude(pk__in=known).order_by("pk")
    assert len({offer.group.code for offer in offers}) == 3
    assert [one.stage for one in told] == [WholeState.PARTLY_GRANTED, WholeState.GRANTED] * len(offers)


def test_without_people_there_is_no_story() -> None:
    with pytest.raises(NobodyWorksHere):
        simulate(seed=1, dossiers=1, until=NOW)


def test_every_account_of_an_official_shows_its_code_of_this_half_minute() -> None:
    load_demo(at=NOW)

    people = {person.username: person for person in sign_ins(1_795_000_000.0)}

    assert people["congdan"].code == ""
    assert len(people["tiepnhan.dbp"].code) == 6
    assert people["tiepnhan.dbp"].unit.startswith("Trung tâm Phục vụ hành chính công")
    assert set(people) == set(User.objects.values_list("username", flat=True))


def _story() -> list[tuple[object, ...]]:
    told = Dossier.objects.order_by("draft_key").values_list(
        "procedure_version__procedure__code", "receiving_unit__code", "status", "created_at", "accepted_at", "due_at"
    )
    return list(told)


def _counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Unit, User, Grant, Procedure, Offering, EventRecord))


def test_a_desk_works_on_paper_for_a_day_and_every_number_is_accounted_for() -> None:
    load_demo(at=NOW)
    offices = staffed_offices(NOW)
    dbp = [one for one in offices if one.offering.receiving_unit.code == "H18.31.04" and not one.is_at_once]
    for seed in (1, 2):  # two results that lie at the desk, one of which was fetched that day
        chance = random.Random(seed)
        person = invent(chance, place="Phường Điện Biên Phủ")
        Life(chance, dbp[0], person, None, NOW - timedelta(days=60), NOW - timedelta(days=20), Status.DONE).live()

    live_through_outage(random.Random(3), dbp, NOW)
    live_through_outage(random.Random(4), dbp, NOW)

    spent, fresh = PaperKit.objects.order_by("pk")
    states = [row.state for row in slots_of(spent)]
    kinds = list(PaperEntry.objects.order_by("slot__number").values_list("kind", flat=True))
    withdrawn = EventRecord.objects.get(kind="PaperKitWithdrawn")
    assert states == ["USED"] * 5 + ["SPOILT"] + ["WITHDRAWN"] * 2
    assert kinds == ["ACCEPTED"] * 3 + ["DECLINED", "ASKED"]
    assert withdrawn.payload["unused"] == [9007, 9008]
    assert {row.state for row in slots_of(fresh)} == {"FREE"}
    assert Outage.objects.get().ended_at is not None
    assert PaperReturn.objects.get().dossier.stage is Status.RETURNED
    assert not any(entry.is_written_differently for entry in PaperEntry.objects.all())
    assert verify_record().first_broken is None


def test_the_day_on_paper_is_told_of_a_procedure_with_days_to_count() -> None:
    load_demo(at=NOW)
    told = next(
        one for one in staffed_offices(NOW) if one.offering.receiving_unit.code == "H18.31.04" and not one.is_at_once
    )
    desk, agency = told.offering.receiving_unit, told.offering.competent_unit
    hours = make_offering(procedure=make_procedure(limit="8", unit="WORKING_HOUR"), commune=agency, desk=desk)
    newer = make_offering(commune=agency, desk=desk)
    Offering.objects.filter(pk=newer.pk).update(valid_from=NOW.date())

    live_through_outage(random.Random(3), [replace(told, offering=one) for one in (hours, newer)] + [told], NOW)

    procedures = PaperEntry.objects.values_list("dossier__procedure_version__procedure", flat=True)
    assert set(procedures) == {told.offering.procedure_id}
