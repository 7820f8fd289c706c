"""Seed 002: law that has ended, and everything that stands on it (J-07)."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from motcua.catalogue.commands.check_bases import check_bases
from motcua.catalogue.models import Procedure, ProcedureVersion, RequiredPaper
from motcua.kernel.models import EventRecord
from motcua.legislation.commands.basis_reviews import MayNotKeepLaw, settle_item
from motcua.legislation.commands.keep import Tie, change_document
from motcua.legislation.models import BasisReview, BasisReviewItem
from motcua.rules.legal_effect import Relation
from motcua.rules.permissions import Role
from tests.legislation.law import TODAY, described, make_document, make_legal_officer
from tests.make import MONDAY, make_officer, make_procedure, make_unit

pytestmark = pytest.mark.django_db
BASIS = "123/2015/NĐ-CP"
Kind, Outcome = BasisReviewItem.Kind, BasisReviewItem.Outcome


def procedure_on(number: str, *, form_no: str = "") -> Procedure:
    """A procedure with an internal process whose only basis is `number`."""
    procedure = make_procedure()
    version = procedure.versions.get()
    clone = ProcedureVersion.objects.get(pk=version.pk)
    ProcedureVersion.objects.filter(pk=clone.pk).update(valid_until=TODAY - timedelta(days=100))
    clone.pk, clone.number, clone.valid_from = None, 2, TODAY - timedelta(days=100)
    clone.valid_until, clone.published_at, clone.legal_basis = None, None, [number]
    clone.save()
    if form_no:
        RequiredPaper.objects.create(version=clone, position=1, name="Tờ khai", originals=1, form_no=form_no)
    ProcedureVersion.objects.filter(pk=clone.pk).update(published_at=MONDAY - timedelta(days=100))
    return procedure


def items() -> list[tuple[str, str, str]]:
    rows = BasisReviewItem.objects.order_by("kind", "code")
    return [(item.kind, item.code, item.outcome) for item in rows]


def test_an_ended_decree_opens_a_review_that_names_all_that_stands_on_it() -> None:
    decree = make_document(BASIS)
    own = make_document("15/QĐ-UBND", Tie(Relation.BASED_ON, decree), is_own=True, title="Quy chế một cửa")
    procedure = procedure_on(BASIS, form_no="Mẫu số 01")
    procedure_on("60/2014/QH13")
    before = BasisReview.objects.count()

    make_document("99/2026/NĐ-CP", Tie(Relation.REPLACES, decree), effective_from=TODAY)

    review = BasisReview.objects.get()
    assert before == 0
    assert (review.document, review.severity, review.ended_on) == (decree, "ERROR", TODAY)
    assert items() == [
        (Kind.DOCUMENT, own.code, Outcome.PENDING),
        (Kind.FORM, f"{procedure.code}#Mẫu số 01", Outcome.PENDING),
        (Kind.PROCEDURE, procedure.code, Outcome.PENDING),
        (Kind.PROCESS, f"{procedure.code}/1", Outcome.PENDING),
    ]


def test_looking_again_changes_and_records_nothing() -> None:
    procedure_on(BASIS)
    make_document(BASIS, effective_until=TODAY)
    found, told = items(), EventRecord.objects.filter(subject="legal-bases").count()

    assert check_bases(at=MONDAY) == 0
    assert (items(), EventRecord.objects.filter(subject="legal-bases").count()) == (found, told)
    assert told == 1


def test_what_ends_later_is_found_on_its_day_by_the_nightly_look() -> None:
    procedure_on(BASIS)
    make_document(BASIS, effective_until=TODAY + timedelta(days=1))

    assert (check_bases(at=MONDAY), check_bases(at=MONDAY + timedelta(days=1))) == (0, 2)


def test_a_part_that_ended_is_a_warning_and_the_whole_an_error_of_its_own() -> None:
    procedure_on(BASIS)
    decree = make_document(BASIS)
    make_document("98/2026/NĐ-CP", Tie(Relation.REPEALS, decree, articles="Điều 5"), effective_from=TODAY)
    partly = [review.severity for review in BasisReview.objects.all()]

    make_document("99/2026/NĐ-CP", Tie(Relation.REPLACES, decree), effective_from=TODAY)

    assert partly == ["WARNING"]
    whole = BasisReview.objects.get(severity="ERROR")
    assert {item.outcome for item in whole.items.all()} == {Outcome.PENDING}
    assert {item.outcome for item in BasisReview.objects.get(severity="WARNING").items.all()} == {Outcome.GONE}


def test_an_effect_given_back_leaves_nothing_to_do_and_taken_again_asks_anew() -> None:
    officer = make_legal_officer()
    procedure_on(BASIS)
    decree = make_document(BASIS, effective_until=TODAY, end_reason="TERM_ENDED")

    change_document(document=decree, definition=described(BASIS), actor=officer, at=MONDAY)
    given_back = ({one[2] for one in items()}, BasisReview.objects.get().closed_at)
    ended = described(BASIS, effective_until=TODAY, end_reason="TERM_ENDED")
    change_document(document=decree, definition=ended, actor=officer, at=MONDAY)

    assert given_back == ({Outcome.GONE}, MONDAY)
    assert {one[2] for one in items()} == {Outcome.PENDING}
    assert BasisReview.objects.get().closed_at is None


def test_a_document_of_another_province_is_no_basis_here() -> None:
    procedure_on("02/2021/NQ-HĐND")
    make_document("02/2021/NQ-HĐND", territory="Kiên Giang", effective_until=TODAY)

    assert items() == []


def test_a_document_of_a_province_that_was_merged_into_ours_is_one() -> None:
    ours = make_unit(name="Tỉnh Điện Biên", kind="PROVINCE", level="PROVINCE")
    ours.code = settings.PROVINCE_UNIT_CODE
    ours.save()
    before = make_unit(name="Tỉnh Lai Châu", kind="PROVINCE", level="PROVINCE")
    before.successions.create(successor=ours, effective_on=date(2004, 1, 1), manner="PART")
    procedure_on("02/2021/NQ-HĐND")

    make_document("02/2021/NQ-HĐND", territory="Lai Châu", effective_until=TODAY)

    assert [one[0] for one in items()] == [Kind.PROCEDURE, Kind.PROCESS]


def test_a_review_is_done_when_its_last_item_is_settled_and_opens_when_one_is_taken_back() -> None:
    procedure_on(BASIS)
    make_document(BASIS, effective_until=TODAY)
    review, officer = BasisReview.objects.get(), make_legal_officer()
    first, last = review.items.order_by("kind")

    settle_item(item=first, outcome=Outcome.TO_AMEND, note="Chờ nghị định mới", actor=officer, at=MONDAY)
    half = BasisReview.objects.get().closed_at
    settle_item(item=last, outcome=Outcome.STILL_VALID, note="", actor=officer, at=MONDAY)
    whole = BasisReview.objects.get().closed_at
    settle_item(item=last, outcome=Outcome.PENDING, note="", actor=officer, at=MONDAY)

    assert (half, whole, BasisReview.objects.get().closed_at) == (None, MONDAY, None)


def test_settling_twice_records_once() -> None:
    procedure_on(BASIS)
    document = make_document(BASIS, effective_until=TODAY)
    officer, item = make_legal_officer(), BasisReviewItem.objects.order_by("kind")[0]

    for _ in range(2):
        settle_item(item=item, outcome=Outcome.TO_AMEND, note="", actor=officer, at=MONDAY)

    assert EventRecord.objects.filter(subject=document.code, kind="BasisItemSettled").count() == 1


def test_who_controls_procedures_settles_too_and_nobody_else() -> None:
    procedure_on(BASIS)
    make_document(BASIS, effective_until=TODAY)
    item, province = BasisReviewItem.objects.order_by("kind")[0], make_legal_officer().grants.get().unit
    settle_item(
        item=item,
        outcome=Outcome.TO_AMEND,
        note="",
        actor=make_officer(Role.PROCEDURE_CONTROL_OFFICER, province),
        at=MONDAY,
    )

    with pytest.raises(MayNotKeepLaw):
        settle_item(item=item, outcome=Outcome.PENDING, note="", actor=make_officer(Role.SIGNER, province), at=MONDAY)
    assert BasisReviewItem.objects.get(pk=item.pk).outcome == Outcome.TO_AMEND


def test_what_was_settled_stays_so_when_a_part_becomes_the_whole() -> None:
    procedure_on(BASIS)
    decree, officer = make_document(BASIS), make_legal_officer()
    make_document("98/2026/NĐ-CP", Tie(Relation.REPEALS, decree, articles="Điều 5"), effective_from=TODAY)
    item = BasisReviewItem.objects.get(kind=Kind.PROCEDURE)
    settle_item(item=item, outcome=Outcome.TO_AMEND, note="Đang sửa", actor=officer, at=MONDAY)

    make_document("99/2026/NĐ-CP", Tie(Relation.REPLACES, decree), effective_from=TODAY)

    kept = BasisReviewItem.objects.get(pk=item.pk)
    assert (kept.outcome, kept.note, kept.settled_by) == (Outcome.TO_AMEND, "Đang sửa", officer)


def test_a_number_that_also_names_a_document_in_force_opens_no_review_of_procedures() -> None:
    """Numbers without a year begin anew each January, and a procedure names no day (J-02, J-03)."""
    procedure_on("60/QĐ-UBND")
    make_document("60/QĐ-UBND", issued_on=date(2018, 1, 12), effective_until=TODAY)
    first = len(items())

    make_document("60/QĐ-UBND", issued_on=date(2019, 2, 1))

    assert first == 2
    assert {one[2] for one in items()} == {Outcome.GONE}
