"""Acts after acceptance: what each leaves behind, and when it is refused."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from motcua.catalogue.models import SectorClock
from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands import correct, draft, end, extend, financial, note, process, return_result
from motcua.dossiers.commands.request_supplement import (
    AskedBefore,
    Asking,
    NotAskedBefore,
    override_supplement,
    request_supplement,
)
from motcua.dossiers.commands.supplement import complete_supplement
from motcua.dossiers.models import (
    Correction,
    Dossier,
    Ending,
    Extension,
    FormerPromise,
    IrregularAct,
    Rating,
    Result,
    ReturnChannel,
    Verification,
)
from motcua.kernel.models import EventRecord
from motcua.rules.irregularities import Irregularity
from motcua.rules.promises import ExtensionFault, ExtensionRefused, PromiseCause, SupplementClock
from motcua.rules.transitions import Status, TransitionRefused
from tests.make import HANOI, Office, make_dossier, make_file, make_office
from tests.ways import BY_LAW

pytestmark = pytest.mark.django_db

ASKING = Asking({1: "Chụp lại"}, "Không đọc được")


def on(day: int, hour: int = 9, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HANOI)


@pytest.fixture
def office() -> Office:
    return make_office()


def in_progress(office: Office) -> Dossier:
    """Accepted on Monday 2 March 2026, due on Monday 9 March at 17:00, with the officer since that day."""
    return make_dossier(status=Status.IN_PROGRESS, office=office)


def due(dossier: Dossier) -> datetime:
    dossier.refresh_from_db()
    assert dossier.due_at is not None
    return timezone.localtime(dossier.due_at)


def completed(dossier: Dossier, at: datetime) -> Dossier:
    draft.attach_paper(dossier=dossier, position=1, file=make_file(), actor=dossier.owner, at=at)
    return complete_supplement(dossier=dossier, actor=dossier.owner, at=at)


def test_a_supplement_starts_the_limit_anew_and_gives_the_dossier_back_to_its_officer(office: Office) -> None:
    dossier = in_progress(office)
    promised = due(dossier)

    asked = request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(4))
    waiting = (asked.status, asked.holder_unit, asked.action_due_at)
    back = completed(dossier, on(11))

    assert waiting == (Status.SUPPLEMENT, None, None)
    assert (back.status, back.assignee) == (Status.IN_PROGRESS, office.officer)
    assert (promised, due(dossier)) == (on(9, 17), on(18, 17))
    assert back.promise_cause == PromiseCause.SUPPLEMENT
    assert "L-10" in back.derivation["vi"][0]["rules"]
    former = FormerPromise.objects.get(dossier=dossier)
    assert (timezone.localtime(former.due_at), former.cause) == (promised, PromiseCause.ACCEPTANCE)
    assert not IrregularAct.objects.exists()


def test_where_the_sectors_own_law_resumes_the_limit_only_the_wait_is_added(office: Office) -> None:
    SectorClock.objects.create(
        sector=office.offering.procedure.sector,
        supplement=SupplementClock.RESUME.value,
        source="luật của ngành",
        valid_from=datetime(2020, 1, 1, tzinfo=HANOI).date(),
    )
    dossier = in_progress(office)

    request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(4))
    completed(dossier, on(6))

    assert due(dossier) == on(11, 17)


def test_papers_are_asked_for_once_and_again_only_by_the_head_who_answers_for_it(office: Office) -> None:
    dossier = in_progress(office)
    with pytest.raises(NotAskedBefore):
        override_supplement(dossier=dossier, officer=office.signer, asking=ASKING, at=on(3))
    request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(3))
    completed(dossier, on(4))

    with pytest.raises(AskedBefore):
        request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(5))
    again = override_supplement(dossier=dossier, officer=office.signer, asking=ASKING, at=on(5))

    assert again.status == Status.SUPPLEMENT
    assert IrregularAct.objects.get(dossier=dossier).kind == Irregularity.SECOND_SUPPLEMENT


def test_papers_asked_for_after_three_working_days_are_an_irregularity(office: Office) -> None:
    dossier = in_progress(office)

    request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(6))

    assert IrregularAct.objects.get(dossier=dossier).kind == Irregularity.LATE_SUPPLEMENT


def test_handing_the_supplement_in_twice_changes_nothing_more(office: Office) -> None:
    dossier = in_progress(office)
    request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(4))
    completed(dossier, on(5))

    complete_supplement(dossier=dossier, actor=dossier.owner, at=on(6))

    assert due(dossier) == on(12, 17)


def test_a_silent_applicants_dossier_is_closed_from_the_working_day_after_15_days(office: Office) -> None:
    dossier = in_progress(office)
    request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(4))

    with pytest.raises(end.ApplicantHasTime) as refused:
        end.close_unanswered(dossier=dossier, officer=office.reception, ground=BY_LAW, at=on(19))
    closed = end.close_unanswered(dossier=dossier, officer=office.reception, ground=BY_LAW, at=on(20, 8))

    assert refused.value.closable_from is not None
    assert timezone.localtime(refused.value.closable_from) == on(20, 7) + timedelta(minutes=30)
    assert (closed.status, closed.closed_at) == (Status.CLOSED_UNANSWERED, on(20, 8))
    assert IssuedDocument.objects.get(subject=dossier.reference, kind="STOP_NOTICE").data["form"] == "05"


def test_an_apology_moves_the_promise_once(office: Office) -> None:
    dossier = in_progress(office)
    apology = extend.Apology("Chờ trích lục", on(16).date())

    moved = extend.extend(dossier=dossier, officer=office.signer, apology=apology, at=on(6))
    with pytest.raises(ExtensionRefused) as refused:
        extend.extend(dossier=dossier, officer=office.signer, apology=apology, at=on(9))

    assert due(dossier) == on(16, 17)
    assert moved.action_due_at == moved.due_at
    assert refused.value.fault is ExtensionFault.EXTENDED_BEFORE
    assert Extension.objects.get(dossier=dossier).document.kind == "APOLOGY"
    assert not IrregularAct.objects.exists()


def test_an_apology_on_the_last_day_is_an_irregularity(office: Office) -> None:
    dossier = in_progress(office)

    extend.extend(dossier=dossier, officer=office.signer, apology=extend.Apology("Chờ", on(16).date()), at=on(9))

    assert IrregularAct.objects.get(dossier=dossier).kind == Irregularity.LATE_APOLOGY


def test_a_supplement_after_an_extension_counts_from_zero_and_leaves_no_second_extension(office: Office) -> None:
    dossier = in_progress(office)
    extend.extend(dossier=dossier, officer=office.signer, apology=extend.Apology("Chờ", on(11).date()), at=on(3))
    request_supplement(dossier=dossier, officer=office.officer, asking=ASKING, at=on(4))
    completed(dossier, on(12))

    assert due(dossier) == on(19, 17)
    with pytest.raises(ExtensionRefused):
        extend.extend(dossier=dossier, officer=office.signer, apology=extend.Apology("Chờ", on(25).date()), at=on(13))


@pytest.mark.parametrize(("counts", "expected"), [(False, on(12, 17)), (True, on(9, 17))])
def test_the_time_of_a_payment_counts_only_where_the_sectors_law_says_so(
    counts: bool, expected: datetime, office: Office
) -> None:
    if counts:
        SectorClock.objects.create(
            sector=office.offering.procedure.sector,
            excludes_financial=False,
            source="luật của ngành",
            valid_from=datetime(2020, 1, 1, tzinfo=HANOI).date(),
        )
    dossier = in_progress(office)
    owed = financial.Obligation("Luật Phí và lệ phí", "12/TB", 150_000)

    financial.await_financial(dossier=dossier, officer=office.officer, obligation=owed, at=on(3))
    back = financial.settle_financial(dossier=dossier, officer=office.reception, proof="Biên lai 7", at=on(6))

    assert (back.status, back.assignee) == (Status.IN_PROGRESS, office.officer)
    assert due(dossier) == expected


def test_a_refusal_is_signed_issued_and_returned_like_a_result(office: Office) -> None:
    dossier = make_dossier(status=Status.REFUSED, office=office)

    back = return_result.hand_over(dossier=dossier, officer=office.reception, received_by="", at=on(6))

    assert dossier.finished_at is not None
    assert Result.objects.get(dossier=dossier).is_refusal
    assert back.status == Status.RETURNED
    kinds = EventRecord.objects.filter(subject=dossier.reference).values_list("kind", flat=True)
    assert {"RefusalProposed", "RefusalIssued"} <= set(kinds)


def test_a_result_goes_out_only_the_way_the_applicant_chose(office: Office) -> None:
    dossier = make_dossier(status=Status.DONE, office=office)

    with pytest.raises(return_result.ReturnedAnotherWay):
        return_result.post_result(dossier=dossier, officer=office.reception, post_no="RR1VN", at=on(6))
    Dossier.objects.filter(pk=dossier.pk).update(return_channel=ReturnChannel.POST)
    with pytest.raises(return_result.ReturnedAnotherWay):
        return_result.release_online(dossier=dossier, officer=office.reception, at=on(6))
    sent = return_result.post_result(dossier=dossier, officer=office.reception, post_no="RR1VN", at=on(6))

    assert sent.status == Status.RETURNED
    assert Result.objects.get(dossier=dossier).sent_by_post_no == "RR1VN"


def test_a_wrong_result_is_put_right_within_three_working_days_and_kept(office: Office) -> None:
    dossier = make_dossier(status=Status.RETURNED, office=office)
    wrong = Result.objects.get(dossier=dossier)

    reported = correct.report_error(dossier=dossier, officer=office.reception, error="Sai năm sinh", at=on(10))
    deadline = reported.action_due_at
    right = correct.RightResult("13/GKS", make_file(content=b"%PDF-1.4 right"))
    done = correct.correct(dossier=dossier, officer=office.signer, right=right, at=on(11))
    back = return_result.hand_over(dossier=done, officer=office.reception, received_by="", at=on(12))

    assert deadline == on(13, 17)
    assert (done.status, back.status) == (Status.DONE, Status.RETURNED)
    kept = Correction.objects.get(dossier=dossier)
    assert (kept.wrong_number, kept.wrong_file) == (wrong.number, wrong.file)
    assert Result.objects.get(dossier=dossier).number == "13/GKS"


def test_the_agency_head_stops_a_dossier_with_ground_and_notice(office: Office) -> None:
    dossier = in_progress(office)

    stopped = end.stop(dossier=dossier, officer=office.signer, ground=BY_LAW, at=on(5))

    assert (stopped.status, stopped.closed_at, stopped.holder_unit) == (Status.STOPPED, on(5), None)
    assert Ending.objects.get(dossier=dossier).document.data["stage"] == "Đang thẩm tra"
    assert not dossier.steps.filter(finished_at=None).exists()


def test_the_minutes_of_a_check_are_kept_and_cannot_lie_ahead(office: Office) -> None:
    dossier = in_progress(office)
    minutes = note.Minutes(on(4), "Bản Phủ", "Ông Lò Văn A, trưởng bản", "Ranh giới đúng như bản vẽ")

    note.record_verification(dossier=dossier, officer=office.officer, minutes=minutes, at=on(5))
    with pytest.raises(note.VerifiedInFuture):
        note.record_verification(dossier=dossier, officer=office.officer, minutes=minutes, at=on(3))

    assert Verification.objects.get(dossier=dossier).place == "Bản Phủ"


def test_an_applicant_rates_once_and_only_a_returned_result(office: Office) -> None:
    dossier = make_dossier(status=Status.DONE, office=office)
    with pytest.raises(TransitionRefused):
        note.rate(dossier=dossier, score=5, comment="", actor=None, at=on(6))
    return_result.hand_over(dossier=dossier, officer=office.reception, received_by="", at=on(6))

    note.rate(dossier=dossier, score=4, comment="Nhanh", actor=None, at=on(7))
    note.rate(dossier=dossier, score=1, comment="", actor=None, at=on(8))

    assert (Rating.objects.get(dossier=dossier).score, Rating.objects.get(dossier=dossier).comment) == (4, "Nhanh")


def test_a_late_transfer_is_an_irregularity(office: Office) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, office=office)

    process.transfer(dossier=dossier, officer=office.reception, at=on(4))

    assert IrregularAct.objects.get(dossier=dossier).kind == Irregularity.LATE_TRANSFER
