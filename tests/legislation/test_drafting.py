"""A document of the province from its first word to its place in the register (M02, J-04, J-06, J-07)."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.kernel.models import EventRecord
from motcua.legislation.commands.draft_acts import (
    AlreadyEntered,
    EffectTooEarly,
    ItemsOpen,
    NumberImpossible,
    SigningDayImpossible,
    give_draft_back,
    sign_draft,
    submit_draft,
)
from motcua.legislation.commands.drafting import (
    DraftActNotOpen,
    DraftMoved,
    ItemNotSettled,
    MayNotDraft,
    Wording,
    tie_draft,
    untie_draft,
    write_draft,
)
from motcua.legislation.models import DocumentRelation, LegalDocument, LegalDraft
from motcua.legislation.queries.drafts import draft_page
from motcua.legislation.queries.register import document_page
from motcua.rules.drafting import DraftKind, ItemCode, ItemState
from motcua.rules.legal_effect import EffectStatus, Relation
from motcua.rules.permissions import Role
from tests.legislation.drafts import SIGNATURE, Drafting, begun, make_drafting, ready, settle
from tests.legislation.law import make_document
from tests.make import MONDAY, make_officer, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Drafting:
    return make_drafting()


def test_a_signed_draft_is_a_document_that_does_what_it_said(place: Drafting) -> None:
    old = make_document("3/KH-UBND", is_own=True, actor=place.officer)
    draft = ready(place)
    tie_draft(draft=draft, relation=Relation.REPLACES, target=old, actor=place.officer, at=MONDAY)
    settle(draft, place, ItemCode.TRANSITION, state=ItemState.NOT_NEEDED, note="Không có việc dở dang")

    submit_draft(draft=draft, actor=place.officer, at=MONDAY)
    signed = sign_draft(draft=draft, signature=SIGNATURE, actor=place.signer, at=MONDAY)

    document = signed.document
    assert document is not None
    assert (document.number, document.is_own, document.text) == ("12/KH-UBND", True, "Điều 1. Mục tiêu")
    ties = set(DocumentRelation.objects.filter(source=document).values_list("kind", "target__number"))
    assert ties == {("BASED_ON", "64/2025/QH15"), ("REPLACES", "3/KH-UBND")}
    assert document_page(old.code, day=MONDAY.date()).status is EffectStatus.EXPIRED_ALL
    kinds = EventRecord.objects.filter(subject=str(draft.key)).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == [
        "LegalDraftBegun",
        "LegalDraftTied",
        "LegalDraftItemSettled",
        "LegalDraftTied",
        "LegalDraftItemSettled",
        "LegalDraftSubmitted",
        "LegalDraftSigned",
    ]


def test_nothing_is_submitted_or_signed_past_an_open_item(place: Drafting) -> None:
    draft = begun(place)
    with pytest.raises(ItemsOpen) as refusal:
        submit_draft(draft=draft, actor=place.officer, at=MONDAY)
    assert refusal.value.codes == (ItemCode.TEXT, ItemCode.BASES, ItemCode.AUTHORITY)

    whole = ready(place)
    submit_draft(draft=whole, actor=place.officer, at=MONDAY)
    LegalDocument.objects.filter(pk=place.basis.pk).update(effective_until=MONDAY.date())
    make_document("9/2026/QH15", actor=place.officer)  # has the effect reckoned anew
    with pytest.raises(ItemsOpen):
        sign_draft(draft=whole, signature=SIGNATURE, actor=place.signer, at=MONDAY)

    assert not LegalDocument.objects.filter(number="12/KH-UBND").exists()


def test_a_basis_that_ends_after_the_signature_leaves_the_checklist_as_it_was(place: Drafting) -> None:
    draft = ready(place)
    submit_draft(draft=draft, actor=place.officer, at=MONDAY)
    sign_draft(draft=draft, signature=SIGNATURE, actor=place.signer, at=MONDAY)
    place.basis.effective_until, place.basis.end_reason = MONDAY.date(), "TERM_ENDED"
    place.basis.save()
    make_document("9/2026/QH15", actor=place.officer)  # has the effect reckoned anew

    page = draft_page(draft.key, place.officer, on=MONDAY.date())

    assert (page.open_count, page.findings) == (0, ())


def test_a_number_a_day_and_an_effect_that_cannot_be_are_refused(place: Drafting) -> None:
    draft = ready(place)
    submit_draft(draft=draft, actor=place.officer, at=MONDAY)
    today = MONDAY.date()
    wrong = [
        (replace(SIGNATURE, number="12/QĐ-UBND"), NumberImpossible),
        (replace(SIGNATURE, signed_on=today + timedelta(days=1)), SigningDayImpossible),
        (replace(SIGNATURE, signed_on=today - timedelta(days=1)), SigningDayImpossible),
        (replace(SIGNATURE, effective_from=today - timedelta(days=1)), EffectTooEarly),
    ]
    for signature, refusal in wrong:
        with pytest.raises(refusal):
            sign_draft(draft=draft, signature=signature, actor=place.signer, at=MONDAY)
    make_document("12/KH-UBND", issued_on=today, actor=place.officer)
    with pytest.raises(AlreadyEntered):
        sign_draft(draft=draft, signature=SIGNATURE, actor=place.signer, at=MONDAY)

    assert LegalDraft.objects.get(pk=draft.pk).state == "SUBMITTED"


def test_a_draft_goes_back_with_a_reason_and_is_laid_down_again(place: Drafting) -> None:
    draft = ready(place)
    submit_draft(draft=draft, actor=place.officer, at=MONDAY)
    with pytest.raises(DraftActNotOpen):
        untie_draft(draft=draft, pk=draft.ties.get().pk, actor=place.officer, at=MONDAY)

    back = give_draft_back(draft=draft, reason="Thiếu phụ lục", actor=place.signer, at=MONDAY)
    again = submit_draft(draft=draft, actor=place.officer, at=MONDAY)

    assert (back.state, back.remark) == ("GIVEN_BACK", "Thiếu phụ lục")
    assert (again.state, again.remark) == ("SUBMITTED", "")


def test_what_stands_there_is_not_written_again_and_what_moved_is_not_overwritten(place: Drafting) -> None:
    draft = begun(place)
    same = Wording(kind=DraftKind.PLAN, title=draft.title, drafting_unit=place.unit)
    write_draft(draft=draft, wording=same, seen=0, actor=place.officer, at=MONDAY)
    changed = write_draft(draft=draft, wording=replace(same, text="Mới"), seen=1, actor=place.officer, at=MONDAY)
    with pytest.raises(DraftMoved):
        write_draft(draft=draft, wording=replace(same, text="Khác"), seen=1, actor=place.officer, at=MONDAY)

    assert (changed.version, changed.text) == (2, "Mới")
    assert EventRecord.objects.filter(kind="LegalDraftWritten").count() == 1


def test_a_second_click_begins_ties_settles_and_unties_nothing_more(place: Drafting) -> None:
    key = uuid.uuid4()
    draft = begun(place, key=key)
    assert begun(place, key=key) == draft
    ties = [
        tie_draft(draft=draft, relation=Relation.BASED_ON, target=place.basis, actor=place.officer, at=MONDAY)
        for _click in range(2)
    ]
    settle(draft, place, ItemCode.AUTHORITY, ItemCode.AUTHORITY)
    for _click in range(2):
        untie_draft(draft=draft, pk=ties[0].pk, actor=place.officer, at=MONDAY)

    assert ties[0] == ties[1]
    assert not draft.ties.exists()
    counts = EventRecord.objects.filter(subject=str(key)).values_list("kind", flat=True)
    assert sorted(counts) == ["LegalDraftBegun", "LegalDraftItemSettled", "LegalDraftTied", "LegalDraftUntied"]


def test_a_compulsory_item_is_not_set_aside(place: Drafting) -> None:
    draft = begun(place, kind=DraftKind.COMMITTEE_DECISION)
    settle(draft, place, ItemCode.OPINIONS, state=ItemState.NOT_NEEDED, note="Văn bản mật")

    with pytest.raises(ItemNotSettled):
        settle(draft, place, ItemCode.APPRAISAL, state=ItemState.NOT_NEEDED, note="Gấp")


def test_others_neither_draft_nor_sign(place: Drafting) -> None:
    draft = ready(place)
    elsewhere = make_unit(kind="DEPARTMENT", level="PROVINCE", parent=place.unit)
    for stranger in (
        place.signer,
        make_officer(Role.LEGAL_OFFICER, elsewhere),
        make_officer(Role.RECORDS_CLERK, place.unit),
    ):
        with pytest.raises(MayNotDraft):
            submit_draft(draft=draft, actor=stranger, at=MONDAY)
    submit_draft(draft=draft, actor=place.officer, at=MONDAY)
    with pytest.raises(MayNotDraft):
        sign_draft(draft=draft, signature=SIGNATURE, actor=place.officer, at=MONDAY)
