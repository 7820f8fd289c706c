"""What an applicant reads of the life of their dossier."""

from datetime import datetime, timedelta

import pytest

from motcua.catalogue.models import SectorClock
from motcua.dossiers.commands import correct, draft, end, extend, financial, note, return_result
from motcua.dossiers.commands.request_supplement import Asking, request_supplement
from motcua.dossiers.commands.supplement import complete_supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.clock_ahead import ClockAhead, clock_ahead
from motcua.dossiers.queries.own_life import OwnLife, own_life, result_to_download
from motcua.rules.promises import PromiseCause, SupplementClock
from motcua.rules.transitions import Status
from tests.make import HANOI, LONG_AGO, MONDAY, Office, make_dossier, make_file, make_office

pytestmark = pytest.mark.django_db

ASKING = Asking({1: "Chụp lại"}, "Không đọc được")


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=HANOI)


def life_of(dossier: Dossier, at: datetime = MONDAY + timedelta(days=2)) -> OwnLife:
    return own_life(Dossier.objects.for_page().get(pk=dossier.pk), at=at)


def asked_on(day: int, office: Office) -> Dossier:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    return request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(day))


@pytest.mark.parametrize("rule", SupplementClock)
@pytest.mark.parametrize("answered_on", [4, 6, 17], ids=["the same day", "two days later", "two weeks later"])
def test_the_day_told_for_an_answer_now_is_the_day_an_answer_now_gives(rule: SupplementClock, answered_on: int) -> None:
    office = make_office()
    SectorClock.objects.create(
        sector=office.offering.procedure.sector, supplement=rule.value, source="luật của ngành", valid_from=LONG_AGO
    )
    dossier, at = asked_on(4, office), on(answered_on, 10)

    told = life_of(dossier, at).clock
    draft.attach_paper(dossier=dossier, position=1, file=make_file(), actor=dossier.owner, at=at)
    done = complete_supplement(dossier=dossier, actor=dossier.owner, at=at)

    assert told is not None
    assert told.rule is rule
    assert told.due_at == done.due_at


def test_no_day_is_told_where_the_calendar_or_the_limit_gives_none() -> None:
    dossier = Dossier.objects.for_page().get(pk=asked_on(4, make_office()).pk)

    past_the_calendar = clock_ahead(dossier, at=datetime(2199, 1, 1, tzinfo=HANOI))
    dossier.procedure_version.limit_amount = None
    without_a_limit = clock_ahead(dossier, at=on(5))

    assert past_the_calendar == without_a_limit == ClockAhead(SupplementClock.RESTART, None)


def test_a_request_says_when_silence_may_close_and_is_kept_once_it_is_answered() -> None:
    office = make_office()
    dossier = asked_on(4, office)

    early, late = life_of(dossier, on(19)).open_request, life_of(dossier, on(20)).open_request
    draft.attach_paper(dossier=dossier, position=1, file=make_file(), actor=dossier.owner, at=on(20))
    complete_supplement(dossier=dossier, actor=dossier.owner, at=on(20))
    answered = life_of(dossier, on(20))

    assert early is not None
    assert late is not None
    assert early.closable_from == on(20, 7) + timedelta(minutes=30)
    assert (early.is_silence_over, late.is_silence_over) == (False, True)
    assert [(item.name, item.note, item.answer) for item in early.items] == [("Tờ khai theo mẫu", "Chụp lại", None)]
    assert answered.open_request is None
    assert answered.clock is None
    assert [one.completed_at for one in answered.answered_requests] == [on(20)]


def test_a_request_that_silence_ended_waits_for_nobody() -> None:
    assert life_of(make_dossier(status=Status.CLOSED_UNANSWERED)).open_request is None


def test_every_promise_tells_why_it_was_given_and_why_it_was_replaced() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    apology = extend.Apology("Chờ trích lục", on(11).date())
    extend.extend(dossier=dossier, officer=office.signer, apology=apology, at=on(3))
    request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(4))
    draft.attach_paper(dossier=dossier, position=1, file=make_file(), actor=dossier.owner, at=on(12))
    complete_supplement(dossier=dossier, actor=dossier.owner, at=on(12))

    life = life_of(dossier)

    assert life.cause is PromiseCause.SUPPLEMENT
    assert [(one.due_at, one.cause, one.replaced_because) for one in life.former_dates] == [
        (on(9, 17), PromiseCause.ACCEPTANCE, PromiseCause.EXTENSION),
        (on(11, 17), PromiseCause.EXTENSION, PromiseCause.SUPPLEMENT),
    ]
    assert life.extension is not None
    assert (life.extension.reason, life.extension.new_due_at) == ("Chờ trích lục", on(11, 17))


def test_money_is_owed_until_its_proof_came() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.FINANCIAL, office=office)

    owed = life_of(dossier).owed
    financial.settle_financial(dossier=dossier, officer=office.reception, proof="Biên lai 7", at=on(4))
    after = life_of(dossier)

    assert owed is not None
    assert (owed.notice_no, owed.amount_vnd, owed.is_excluded) == ("12/TB", 150_000, True)
    assert after.owed is None
    assert [one.proof for one in after.settled] == ["Biên lai 7"]


def test_a_result_is_for_its_applicant_from_the_day_it_is_issued_and_a_refusal_too() -> None:
    office = make_office()
    dossiers = {status: make_dossier(status=status, office=office) for status in (Status.SIGNED, Status.REFUSED)}
    back = return_result.hand_over(
        dossier=make_dossier(status=Status.REFUSED, office=office), officer=office.reception, received_by="", at=on(6)
    )

    signed, refused, returned = life_of(dossiers[Status.SIGNED]), life_of(dossiers[Status.REFUSED]), life_of(back)

    assert (signed.result, signed.refusal) == (None, None)
    assert result_to_download(dossiers[Status.SIGNED]) is None
    assert result_to_download(dossiers[Status.REFUSED]) == refused.result != None  # noqa: E711  # there is one
    assert refused.refusal is not None
    assert refused.refusal.basis == "Điều 12 Luật Hộ tịch"
    assert returned.refusal is not None


def test_a_correction_is_under_way_until_the_right_result_is_signed() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.CORRECTING, office=office)

    under_way = life_of(dossier).mending
    right = correct.RightResult("13/GKS", make_file(content=b"%PDF-1.4 right"))
    correct.correct(dossier=dossier, officer=office.signer, right=right, at=on(4))
    done = life_of(dossier)

    assert under_way is not None
    assert under_way.error == "Sai năm sinh"
    assert done.mending is None
    assert [one.corrected_at for one in done.corrections] == [on(4)]


def test_advice_ends_grounds_and_the_rating_are_told() -> None:
    office = make_office()
    advised = make_dossier(office=office)
    note.guide(dossier=advised, officer=office.reception, text="Mang thêm bản chính", at=on(3))
    stopped = end.stop(
        dossier=make_dossier(status=Status.IN_PROGRESS, office=office),
        officer=office.signer,
        ground=end.EndGround("Toà đang xử", "Điều 9"),
        at=on(3),
    )
    rated = make_dossier(status=Status.RETURNED, office=office)
    note.rate(dossier=rated, score=4, comment="Nhanh", actor=rated.owner, at=on(4))

    ending, rating = life_of(stopped).ending, life_of(rated).rating

    assert [one.text for one in life_of(advised).advice] == ["Mang thêm bản chính"]
    assert ending is not None
    assert (ending.reason, ending.basis) == ("Toà đang xử", "Điều 9")
    assert rating is not None
    assert (rating.score, rating.comment) == (4, "Nhanh")


@pytest.mark.parametrize("status", [Status.CONSULTING, Status.SUPPLEMENT, Status.STOPPED, Status.RETURNED])
def test_a_life_tells_no_name_of_an_official_and_no_question_to_another_agency(status: Status) -> None:
    office = make_office()
    names = {person.display_name for person in (office.reception, office.officer, office.signer, office.clerk)}

    said = repr(life_of(make_dossier(status=status, office=office)))

    assert not [name for name in {*names, "quy hoạch"} if name in said]
