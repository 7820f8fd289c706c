"""Drafts of the province's own documents, from the first word to the register (M02, J-04, J-06, J-07)."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.kernel.models import EventRecord
from motcua.legislation.commands import draft_acts, drafting
from motcua.legislation.commands.keep import Tie, enter_document
from motcua.legislation.draft_facts import draft_facts
from motcua.legislation.models import BasisReview, DocumentRelation, LegalDocument, LegalDraft
from motcua.legislation.queries.drafts import draft_page, drafts, every_draft
from motcua.legislation.queries.signed_norm import norm_signed
from motcua.rules.drafting import DraftKind, DraftState, ItemCode, ItemState, NumberFault, open_items
from motcua.rules.legal_basis import Flaw
from motcua.rules.legal_effect import EffectStatus, Relation
from motcua.rules.permissions import Role
from tests.legislation.drafts import (
    make_draft,
    make_drafter,
    make_signed,
    make_submitted,
    province,
    settle_all,
    signature,
    wording,
)
from tests.legislation.law import TODAY, described, make_document, make_legal_officer
from tests.make import MONDAY, make_officer, make_unit

pytestmark = pytest.mark.django_db
RULES = DraftKind.COMMITTEE_DECISION


def kinds_recorded(draft: LegalDraft) -> list[str]:
    return list(EventRecord.objects.filter(subject=str(draft.key)).order_by("seq").values_list("kind", flat=True))


def test_a_signed_draft_is_a_document_of_the_register_and_ends_what_it_replaces() -> None:
    """One transaction: the document, its relations, the effect of what it replaces, the reviews of what stood on it."""
    drafter, chairman = make_drafter(), make_officer(Role.SIGNER, province())
    basis, old = make_document("118/2025/NĐ-CP"), make_document("12/2019/QĐ-UBND", is_own=True)
    stands_on_it = make_document("845/QĐ-UBND", Tie(Relation.BASED_ON, old), is_own=True)
    draft = make_draft(drafter, kind=RULES, title="Quy chế một cửa")
    for relation, target in ((Relation.BASED_ON, basis), (Relation.REPLACES, old)):
        drafting.tie_draft(draft=draft, relation=relation, target=target, actor=drafter, at=MONDAY)
    settle_all(draft, drafter)
    draft_acts.submit_draft(draft=draft, actor=drafter, at=MONDAY)
    told = replace(signature("12/2026/QĐ-UBND"), effective_from=TODAY + timedelta(days=10))

    signed = draft_acts.sign_draft(draft=draft, signature=told, actor=chairman, at=MONDAY)

    document = LegalDocument.objects.get(number="12/2026/QĐ-UBND")
    assert signed.document == document
    assert (document.is_own, document.title, document.text) == (True, "Quy chế một cửa", draft.text)
    assert document.issued_on == TODAY
    assert set(DocumentRelation.objects.filter(source=document).values_list("kind", "target__number")) == {
        ("BASED_ON", "118/2025/NĐ-CP"),
        ("REPLACES", "12/2019/QĐ-UBND"),
    }
    statuses = LegalDocument.objects.with_status(TODAY + timedelta(days=10)).get(pk=old.pk)
    assert statuses.status_then in {EffectStatus.EXPIRED_ALL, EffectStatus.REPEALED}  # type: ignore[attr-defined]
    assert stands_on_it.relations_out.get().target == old
    assert kinds_recorded(draft)[-2:] == ["LegalDraftSubmitted", "LegalDraftSigned"]
    assert EventRecord.objects.filter(subject=document.code, kind="DocumentEntered").count() == 1


def test_what_it_replaces_today_opens_a_review_at_once() -> None:
    """J-07: the subscribers of the register hear of a signed draft as of any document."""
    old = make_document("12/2019/QĐ-UBND", is_own=True)
    make_document("845/QĐ-UBND", Tie(Relation.BASED_ON, old), is_own=True)
    drafter, chairman = make_drafter(), make_officer(Role.SIGNER, province())
    draft = make_draft(drafter, kind=DraftKind.DECISION)
    drafting.tie_draft(draft=draft, relation=Relation.REPLACES, target=old, actor=drafter, at=MONDAY)
    basis = make_document("118/2025/NĐ-CP")
    drafting.tie_draft(draft=draft, relation=Relation.BASED_ON, target=basis, actor=drafter, at=MONDAY)
    settle_all(draft, drafter)
    draft_acts.submit_draft(draft=draft, actor=drafter, at=MONDAY)

    draft_acts.sign_draft(draft=draft, signature=signature("901/QĐ-UBND"), actor=chairman, at=MONDAY)

    assert [item.code for item in BasisReview.objects.get(document=old).items.all()] == ["845-qd-ubnd"]


def test_no_draft_is_submitted_while_a_compulsory_item_is_open() -> None:
    drafter = make_drafter()
    draft = make_draft(drafter, kind=RULES)

    with pytest.raises(draft_acts.ItemsOpen) as refused:
        draft_acts.submit_draft(draft=draft, actor=drafter, at=MONDAY)

    assert refused.value.codes[:2] == (ItemCode.BASES, ItemCode.AUTHORITY)
    assert LegalDraft.objects.get().state == DraftState.DRAFT


def test_a_basis_that_ended_while_the_draft_lay_with_the_signer_stands_in_the_way() -> None:
    """J-07: weighed once more on the day of signing, and nothing is half done."""
    basis = make_document("123/2015/NĐ-CP")
    draft, chairman = make_submitted(basis=basis), make_officer(Role.SIGNER, province())
    later = described("98/2026/NĐ-CP", effective_from=TODAY)
    enter_document(definition=later, ties=(Tie(Relation.REPEALS, basis),), actor=make_legal_officer(), at=MONDAY)

    with pytest.raises(draft_acts.ItemsOpen) as refused:
        draft_acts.sign_draft(draft=draft, signature=signature(), actor=chairman, at=MONDAY)

    assert refused.value.codes == (ItemCode.BASES,)
    assert not LegalDocument.objects.filter(is_own=True).exists()
    page = draft_page(draft.key, chairman, on=TODAY)
    assert [tied.flaw for tied in page.ties] == [Flaw.ENDED]
    assert page.blocking == (ItemCode.BASES,)


def test_a_basis_that_ends_after_the_signature_leaves_the_checklist_as_it_was() -> None:
    draft = make_signed()
    basis = LegalDocument.objects.get(number="118/2025/NĐ-CP")
    later = described("98/2026/NĐ-CP", effective_from=TODAY)
    enter_document(definition=later, ties=(Tie(Relation.REPEALS, basis),), actor=make_legal_officer(), at=MONDAY)

    assert draft_page(draft.key, make_drafter(), on=TODAY).blocking == ()


def test_beginning_twice_with_one_key_begins_one_draft() -> None:
    drafter, key = make_drafter(), uuid.uuid4()

    for _click in range(2):
        drafting.begin_draft(key=key, issuer=province(), wording=wording(), actor=drafter, at=MONDAY)

    assert kinds_recorded(LegalDraft.objects.get()) == ["LegalDraftBegun"]


def test_writing_names_the_columns_and_a_retry_records_nothing() -> None:
    drafter = make_drafter()
    draft = make_draft(drafter)
    said = wording(title="Kế hoạch khác")

    for _click in range(2):
        drafting.write_draft(draft=draft, wording=said, seen=1, actor=drafter, at=MONDAY)

    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Kế hoạch khác", 2)
    assert kinds_recorded(draft) == ["LegalDraftBegun", "LegalDraftWritten"]


def test_who_read_an_older_version_does_not_write_over_the_newer() -> None:
    drafter = make_drafter()
    draft = make_draft(drafter)
    drafting.write_draft(draft=draft, wording=wording(title="Một"), seen=1, actor=drafter, at=MONDAY)

    with pytest.raises(drafting.DraftMoved):
        drafting.write_draft(draft=draft, wording=wording(title="Hai"), seen=1, actor=drafter, at=MONDAY)


def test_tying_and_untying_twice_is_safe() -> None:
    drafter, basis = make_drafter(), make_document("118/2025/NĐ-CP")
    draft = make_draft(drafter)
    tie, _again = (
        drafting.tie_draft(draft=draft, relation=Relation.BASED_ON, target=basis, actor=drafter, at=MONDAY)
        for _click in range(2)
    )
    for _click in range(2):
        drafting.untie_draft(draft=draft, pk=tie.pk, actor=drafter, at=MONDAY)

    assert kinds_recorded(draft) == ["LegalDraftBegun", "LegalDraftTied", "LegalDraftUntied"]


def test_an_item_settled_before_the_text_changed_wants_another_look() -> None:
    drafter = make_drafter()
    draft = make_draft(drafter)
    later = MONDAY + timedelta(hours=1)

    def settle(at: datetime = MONDAY) -> None:
        drafting.settle_draft_item(
            draft=draft, code=ItemCode.AUTHORITY, state=ItemState.DONE, note="Điều 5", actor=drafter, at=at
        )

    settle()
    settle()
    drafting.write_draft(draft=draft, wording=wording(title="Khác"), seen=1, actor=drafter, at=later)
    card = next(one for one in draft_page(draft.key, drafter, on=TODAY).items if one.code is ItemCode.AUTHORITY)
    assert (card.is_stale, card.note, card.settled_by) == (True, "Điều 5", drafter.display_name)

    settle(later)

    card = next(one for one in draft_page(draft.key, drafter, on=TODAY).items if one.code is ItemCode.AUTHORITY)
    assert not card.is_stale
    assert kinds_recorded(draft).count("LegalDraftItemSettled") == 2


def test_a_draft_given_back_is_changed_and_submitted_again() -> None:
    drafter, chairman = make_drafter(Role.PROCEDURE_CONTROL_OFFICER), make_officer(Role.SIGNER, province())
    draft = make_submitted(drafter)

    draft_acts.give_draft_back(draft=draft, reason="Viết rõ hơn", actor=chairman, at=MONDAY)
    given_back = LegalDraft.objects.get()
    drafting.write_draft(draft=draft, wording=wording(title="Rõ hơn"), seen=2, actor=drafter, at=MONDAY)
    again = draft_acts.submit_draft(draft=draft, actor=drafter, at=MONDAY)

    assert (given_back.state, given_back.remark) == (DraftState.GIVEN_BACK, "Viết rõ hơn")
    assert (again.state, again.remark) == (DraftState.SUBMITTED, "")


def test_only_the_province_drafts_and_only_its_signer_signs() -> None:
    drafter, chairman = make_drafter(), make_officer(Role.SIGNER, province())
    draft = make_submitted(drafter)
    department = make_unit(name="Sở Tư pháp", kind="DEPARTMENT", level="PROVINCE")
    stranger = make_officer(Role.LEGAL_OFFICER, department)

    with pytest.raises(drafting.MayNotDraft):
        draft_acts.sign_draft(draft=draft, signature=signature(), actor=drafter, at=MONDAY)
    with pytest.raises(drafting.MayNotDraft):
        drafting.write_draft(draft=draft, wording=wording(), seen=1, actor=chairman, at=MONDAY)
    with pytest.raises(drafting.MayNotDraft):
        drafting.begin_draft(key=uuid.uuid4(), issuer=department, wording=wording(), actor=stranger, at=MONDAY)
    with pytest.raises(drafting.DraftActNotOpen):
        drafting.write_draft(draft=draft, wording=wording(), seen=1, actor=drafter, at=MONDAY)


@pytest.mark.parametrize(
    ("number", "signed_on", "effective_from", "refusal"),
    [
        ("12/QĐ-UBND", TODAY, TODAY + timedelta(days=10), draft_acts.NumberImpossible),
        ("12/2026/QĐ-UBND", TODAY - timedelta(days=1), TODAY, draft_acts.SigningDayImpossible),
        ("12/2026/QĐ-UBND", TODAY + timedelta(days=1), TODAY, draft_acts.SigningDayImpossible),
        ("12/2026/QĐ-UBND", TODAY, TODAY + timedelta(days=9), draft_acts.EffectTooEarly),
        ("13/2026/QĐ-UBND", TODAY, TODAY + timedelta(days=10), draft_acts.AlreadyEntered),
    ],
)
def test_a_signature_that_cannot_be_is_refused(
    number: str, signed_on: date, effective_from: date, refusal: type[Exception]
) -> None:
    make_document("13/2026/QĐ-UBND", issued_on=TODAY)
    draft, chairman = make_submitted(kind=RULES), make_officer(Role.SIGNER, province())

    with pytest.raises(refusal):
        draft_acts.sign_draft(
            draft=draft, signature=signature(number, signed_on, effective_from), actor=chairman, at=MONDAY
        )
    assert LegalDraft.objects.get().state == DraftState.SUBMITTED


def test_the_fault_of_a_number_is_named() -> None:
    assert draft_acts.NumberImpossible(NumberFault.UNCLEAR).fault is NumberFault.UNCLEAR


def test_procedures_it_sets_are_to_be_published_before_it_takes_effect() -> None:
    """C-07: five working days before the effect, for the chairman."""
    draft = make_signed("12/2026/QĐ-UBND", date(2026, 3, 16), kind=RULES, sets_procedures=True)

    assert draft_page(draft.key, make_drafter(), on=TODAY).publish_by == date(2026, 3, 9)
    assert norm_signed(str(draft.key)) == {
        "norm": "12/2026/QĐ-UBND",
        "norm_issued_on": TODAY,
        "norm_effective_on": date(2026, 3, 16),
        "is_shortened": False,
    }


def test_a_draft_that_is_not_signed_or_no_draft_is_the_occasion_of_nothing() -> None:
    draft = make_draft()

    assert [norm_signed(text) for text in (str(draft.key), str(uuid.uuid4()), "x")] == [{}, {}, {}]
    assert draft_page(draft.key, make_drafter(), on=TODAY).publish_by is None


def test_the_list_has_the_waiting_first_and_counts_what_is_open() -> None:
    waiting = make_submitted()
    newer = make_draft(kind=RULES)

    rows = drafts(TODAY).rows

    assert [row.key for row in rows] == [waiting.key, newer.key]
    assert [row.blocking_count for row in rows] == [0, 6]
    assert [row.key for row in every_draft(TODAY, state="DRAFT")] == [newer.key]


_ACTS = st.lists(
    st.sampled_from(
        [
            "write",
            "erase",
            "tie",
            "untie",
            "tie ended",
            *ItemCode,
            *(f"open {code}" for code in ItemCode),
            *(f"aside {code}" for code in ItemCode),
            *(f"become {kind}" for kind in (DraftKind.PLAN, RULES)),
            "submit",
            "give back",
            "sign",
        ]
    ),
    max_size=24,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_ACTS, kind=st.sampled_from([DraftKind.PLAN, RULES]), sets=st.booleans())
def test_no_sequence_of_acts_signs_a_draft_with_an_open_compulsory_item(
    acts: list[str],
    kind: DraftKind,
    sets: bool,  # drawn
) -> None:
    """M02."""
    drafter, chairman = make_drafter(), make_officer(Role.SIGNER, province())
    sound = LegalDocument.objects.filter(number="118/2025/NĐ-CP").first() or make_document("118/2025/NĐ-CP")
    ended = LegalDocument.objects.filter(number="1/2010/NĐ-CP").first() or make_document(
        "1/2010/NĐ-CP", effective_from=date(2010, 1, 1), effective_until=date(2011, 1, 1), end_reason="TERM_ENDED"
    )
    draft = make_draft(drafter, kind=kind, sets_procedures=sets)
    for act in acts:
        before = LegalDraft.objects.get(pk=draft.pk)
        stands = open_items(draft_facts(before, day=TODAY, takes_effect_on=None), on=TODAY)
        try:
            _do(act, before, drafter, chairman, sound, ended)
        except (drafting.DraftActNotOpen, drafting.ItemNotSettled, draft_acts.ItemsOpen, draft_acts.AlreadyEntered):
            continue
        after = LegalDraft.objects.get(pk=draft.pk)
        if act in {"submit", "sign"}:
            assert stands == ()
            assert not _unsettled(after)
        assert (after.state == DraftState.SIGNED) is (after.document_id is not None)


def _do(
    act: str, draft: LegalDraft, drafter: object, chairman: object, sound: LegalDocument, ended: LegalDocument
) -> None:
    who: dict[str, object] = {"draft": draft, "actor": drafter, "at": MONDAY}
    if act in {"write", "erase"} or act.startswith("become "):
        said = wording(
            kind=DraftKind(act.removeprefix("become ") if act.startswith("become ") else draft.kind),
            sets_procedures=draft.sets_procedures,
            text="" if act == "erase" else act,
        )
        drafting.write_draft(**who, wording=said, seen=draft.version)  # type: ignore[arg-type]
    elif act in {"tie", "tie ended"}:
        target = sound if act == "tie" else ended
        drafting.tie_draft(**who, relation=Relation.BASED_ON, target=target)  # type: ignore[arg-type]
    elif act == "untie":
        tie = draft.ties.first()
        drafting.untie_draft(**who, pk=tie.pk if tie else 0)  # type: ignore[arg-type]
    elif act == "submit":
        draft_acts.submit_draft(**who)  # type: ignore[arg-type]
    elif act == "give back":
        draft_acts.give_draft_back(**{**who, "actor": chairman}, reason="Sửa")  # type: ignore[arg-type]
    elif act == "sign":
        number = "12/2026/QĐ-UBND" if draft.kind == RULES else "60/KH-UBND"
        told = replace(signature(number), effective_from=TODAY + timedelta(days=10))
        draft_acts.sign_draft(**{**who, "actor": chairman}, signature=told)  # type: ignore[arg-type]
    else:
        word, _, name = act.rpartition(" ")
        state = {"open": ItemState.OPEN, "aside": ItemState.NOT_NEEDED}.get(word, ItemState.DONE)
        drafting.settle_draft_item(**who, code=ItemCode(name), state=state, note="Lý do")  # type: ignore[arg-type]


def _unsettled(draft: LegalDraft) -> set[ItemCode]:
    """Return what docs/law/drafting.md makes compulsory and nobody settled in a way that counts; told from the rows."""
    done, aside = (
        {ItemCode(code) for code in draft.items.filter(state=state).values_list("code", flat=True)}
        for state in (ItemState.DONE, ItemState.NOT_NEEDED)
    )
    wanted = {ItemCode.AUTHORITY}
    if draft.kind == RULES:
        wanted |= {ItemCode.APPRAISAL, ItemCode.POSTING, ItemCode.OPINIONS, ItemCode.OLDER_DOCUMENTS}
    if draft.sets_procedures:
        wanted |= {ItemCode.IMPACT, ItemCode.PUBLICATION, ItemCode.TRANSITION}
    return wanted - done - (aside & {ItemCode.OPINIONS, ItemCode.OLDER_DOCUMENTS, ItemCode.TRANSITION})


def test_a_plan_that_becomes_a_normative_decision_needs_what_was_set_aside() -> None:
    """M02: changing the kind opens again what no reason can set aside."""
    drafter, chairman = make_drafter(), make_officer(Role.SIGNER, province())
    draft = make_submitted(drafter)
    draft_acts.give_draft_back(draft=draft, reason="Là quyết định", actor=chairman, at=MONDAY)
    for code in (ItemCode.APPRAISAL, ItemCode.POSTING):
        drafting.settle_draft_item(
            draft=draft, code=code, state=ItemState.NOT_NEEDED, note="Kế hoạch", actor=drafter, at=MONDAY
        )
    draft.refresh_from_db()
    drafting.write_draft(draft=draft, wording=wording(kind=RULES), seen=draft.version, actor=drafter, at=MONDAY)

    with pytest.raises(draft_acts.ItemsOpen) as refused:
        draft_acts.submit_draft(draft=draft, actor=drafter, at=MONDAY)

    assert refused.value.codes == (ItemCode.APPRAISAL, ItemCode.POSTING)
    assert draft_page(draft.key, drafter, on=TODAY).blocking == (ItemCode.APPRAISAL, ItemCode.POSTING)
