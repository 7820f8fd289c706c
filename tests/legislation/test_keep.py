"""The register of legal documents: entering, changing, relating; effect follows (J-02, J-04, J-06)."""

from datetime import date, timedelta

import pytest

from motcua.kernel.models import EventRecord
from motcua.legislation.commands.keep import (
    AlreadyEntered,
    MayNotKeepLaw,
    NotTwoDocuments,
    RelatedAlready,
    Tie,
    change_document,
    enter_document,
    relate,
    remove_relation,
)
from motcua.legislation.models import DocumentRelation, LegalDocument
from motcua.rules.legal_effect import EffectStatus, Relation
from motcua.rules.permissions import Role
from tests.legislation.law import LONG_PAST, TODAY, described, make_document, make_legal_officer, make_province
from tests.make import MONDAY, make_officer, make_unit

pytestmark = pytest.mark.django_db
NEW = date(2025, 7, 1)


def status(document: LegalDocument, day: date = TODAY) -> str:
    return LegalDocument.objects.with_status(day).get(pk=document.pk).status_then  # type: ignore[attr-defined,no-any-return]  # annotated


def test_an_entered_document_holds_from_its_day_and_is_found_by_its_words() -> None:
    document = make_document("61/2018/NĐ-CP", title="Cơ chế một cửa, một cửa liên thông", issuer="Chính phủ")

    assert document.code == "61-2018-nd-cp"
    assert status(document) == EffectStatus.IN_FORCE
    assert status(document, LONG_PAST - timedelta(days=1)) == EffectStatus.NOT_YET
    assert list(LegalDocument.objects.about("mot cua 61/2018")) == [document]
    assert list(LegalDocument.objects.about("mot cua 62")) == []
    assert EventRecord.objects.get(subject=document.code).kind == "DocumentEntered"


def test_a_document_without_a_day_of_effect_is_unknown() -> None:
    assert status(make_document("61/2018/NĐ-CP", effective_from=None)) == EffectStatus.UNKNOWN


def test_what_replaces_another_ends_it_and_what_details_it() -> None:
    old = make_document("61/2018/NĐ-CP")
    child = make_document("01/2018/TT-VPCP", Tie(Relation.DETAILS, old))

    make_document("118/2025/NĐ-CP", Tie(Relation.REPLACES, old), effective_from=NEW)

    assert (status(old, NEW - timedelta(days=1)), status(old)) == (EffectStatus.IN_FORCE, EffectStatus.EXPIRED_ALL)
    assert status(child) == EffectStatus.EXPIRED_ALL


def test_a_relation_taken_back_gives_the_effect_back() -> None:
    officer = make_legal_officer()
    old, new = make_document("61/2018/NĐ-CP"), make_document("118/2025/NĐ-CP", effective_from=NEW)
    relation = relate(source=new, tie=Tie(Relation.REPLACES, old), actor=officer, at=MONDAY)
    ended = status(old)

    remove_relation(relation=relation, actor=officer, at=MONDAY)
    remove_relation(relation=relation, actor=officer, at=MONDAY)

    assert (ended, status(old)) == (EffectStatus.EXPIRED_ALL, EffectStatus.IN_FORCE)
    kinds = EventRecord.objects.filter(subject=new.code).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["DocumentEntered", "DocumentsRelated", "RelationRemoved"]


def test_the_same_document_is_entered_once_and_another_of_its_number_by_its_day() -> None:
    first = make_document("60/QĐ-UBND", issued_on=date(2018, 1, 12))

    with pytest.raises(AlreadyEntered) as refused:
        make_document("60/QĐ-UBND", issued_on=date(2018, 1, 12))
    second = make_document("60/QĐ-UBND", issued_on=date(2019, 2, 1))

    assert refused.value.code == first.code
    assert second.code == "60-qd-ubnd-2019-02-01"
    with pytest.raises(AlreadyEntered):
        make_document("60/QĐ-UBND", issued_on=date(2019, 2, 1))


def test_a_document_known_by_its_number_alone_is_filled_in() -> None:
    stub = LegalDocument.objects.create(
        code="61-2018-nd-cp", number="61/2018/NĐ-CP", kind="DECREE", is_stub=True, search_key=""
    )

    document = make_document("61/2018/NĐ-CP", title="Một cửa")

    assert document.pk == stub.pk
    assert (document.is_stub, document.title) == (False, "Một cửa")


def test_a_change_is_recorded_with_what_stood_there_and_saying_the_same_is_none() -> None:
    officer, document = make_legal_officer(), make_document("61/2018/NĐ-CP")
    said = described("61/2018/NĐ-CP", effective_until=NEW, end_reason="REPEALED")

    for _ in range(2):
        change_document(document=document, definition=said, actor=officer, at=MONDAY)

    assert status(document) == EffectStatus.REPEALED
    changed = EventRecord.objects.get(subject=document.code, kind="DocumentChanged")
    assert changed.payload == {"was": {"effective_until": "", "end_reason": ""}}


def test_a_document_does_nothing_to_itself_and_each_thing_once() -> None:
    officer = make_legal_officer()
    one, other = make_document("61/2018/NĐ-CP"), make_document("118/2025/NĐ-CP")
    relate(source=other, tie=Tie(Relation.CITES, one), actor=officer, at=MONDAY)

    with pytest.raises(RelatedAlready):
        relate(source=other, tie=Tie(Relation.CITES, one), actor=officer, at=MONDAY)
    with pytest.raises(NotTwoDocuments):
        relate(source=one, tie=Tie(Relation.CITES, one), actor=officer, at=MONDAY)
    assert DocumentRelation.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEGAL_OFFICER])
def test_only_the_legal_officer_of_the_province_writes(role: Role) -> None:
    document = make_document("61/2018/NĐ-CP")
    stranger = make_officer(role, make_province())

    with pytest.raises(MayNotKeepLaw):
        enter_document(definition=described("62/2018/NĐ-CP"), actor=stranger, at=MONDAY)
    with pytest.raises(MayNotKeepLaw):
        change_document(document=document, definition=described("61/2018/NĐ-CP"), actor=stranger, at=MONDAY)
    assert LegalDocument.objects.count() == 1


def test_a_legal_officer_of_a_commune_does_not_write_in_the_register_of_the_province() -> None:
    with pytest.raises(MayNotKeepLaw):
        make_document("61/2018/NĐ-CP", actor=make_officer(Role.LEGAL_OFFICER, make_unit()))
