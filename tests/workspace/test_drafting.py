"""Drafts of the province's own documents on screen, from the first word to the publication decision (M02, C-07)."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.catalogue.models import PublicationDecision
from motcua.legislation.models import LegalDocument, LegalDraft
from motcua.rules.drafting import DraftKind, DraftState
from motcua.rules.permissions import Role
from tests.legislation.drafts import DRAFT_TEXT, make_draft, make_drafter, make_signed, make_submitted, province
from tests.legislation.law import TODAY, make_document
from tests.make import make_officer

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]
HOME = "/xu-ly/van-ban/du-thao/"
DAY = f"{TODAY:%d/%m/%Y}"
SIGNED = {"do": "sign", "number": "60/KH-UBND", "signed_on": DAY, "effective_from": DAY}


def page(draft: LegalDraft, rest: str = "") -> str:
    return f"{HOME}{draft.key}/{rest}"


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # the test client's answer


def typed(**fields: str) -> dict[str, str]:
    return {
        "key": str(uuid.uuid4()),
        "kind": "PLAN",
        "title": "Kế hoạch cải cách",
        "drafting_unit": province().code,
        "issuer_mark": "UBND",
        "planned_on": DAY,
        "text": DRAFT_TEXT,
        **fields,
    }


@pytest.fixture
def desk(at_work: AtWork) -> Client:
    return at_work(make_drafter())


@pytest.fixture
def chairman(at_work: AtWork) -> Client:
    return at_work(make_officer(Role.SIGNER, province()))


def test_a_plan_goes_from_the_first_word_to_the_register(desk: Client, chairman: Client) -> None:
    make_document("118/2025/NĐ-CP")
    desk.post(f"{HOME}moi/", typed())
    draft = LegalDraft.objects.get()
    opened = said(desk.get(page(draft)))
    desk.post(page(draft, "quan-he/"), {"relation": "BASED_ON", "other": "118/2025/NĐ-CP"})
    desk.post(page(draft, "kiem-tra/authority/"), {"state": "DONE", "note": "Điều 5"})
    desk.post(page(draft, "trinh/"))

    answer = chairman.post(page(draft, "ky/"), SIGNED, follow=True)

    assert "Ghi làm căn cứ" in opened
    assert "còn mục bắt buộc chưa xong" in opened
    assert "Trình ký ban hành" not in opened
    assert "Đã ký ban hành" in said(answer)
    assert LegalDocument.objects.get(number="60/KH-UBND").relations_out.get().target.number == "118/2025/NĐ-CP"


def test_a_draft_with_an_open_item_is_not_submitted_whoever_knows_the_address(desk: Client) -> None:
    draft = make_draft()

    answer = desk.post(page(draft, "trinh/"))

    assert answer.status_code == 409
    assert "Còn mục bắt buộc chưa xong" in said(answer)
    assert LegalDraft.objects.get().state == DraftState.DRAFT


def test_beginning_twice_makes_one_draft_and_a_bad_form_keeps_what_was_typed(desk: Client) -> None:
    told = typed()
    for _click in range(2):
        desk.post(f"{HOME}moi/", told)
    refused = desk.post(f"{HOME}moi/", typed(planned_on=DAY, planned_effect_on="01/01/2026", title="Kế hoạch hai"))

    assert LegalDraft.objects.count() == 1
    assert refused.status_code == 422
    assert "Văn bản không có hiệu lực trước ngày ký." in said(refused)
    assert "Kế hoạch hai" in said(refused)


def test_who_saves_an_older_version_is_told_and_keeps_the_words(desk: Client) -> None:
    draft = make_draft()
    first = desk.post(page(draft, "sua/"), typed(seen="1", title="Một"))
    second = desk.post(page(draft, "sua/"), typed(seen="1", title="Hai"))

    assert first.status_code == 302
    assert second.status_code == 422
    assert "vừa được sửa ở nơi khác" in said(second)
    assert "Hai" in said(second)
    assert LegalDraft.objects.get().title == "Một"


def test_an_item_set_aside_wants_a_reason(desk: Client) -> None:
    draft = make_draft(kind=DraftKind.COMMITTEE_DECISION)
    address = page(draft, "kiem-tra/opinions/")

    assert "Hãy ghi lý do" in said(desk.post(address, {"state": "NOT_NEEDED", "note": ""}))
    assert desk.post(address, {"state": "NOT_NEEDED", "note": "Rút gọn"}).status_code == 302
    assert "Không cần" not in said(desk.get(page(draft, "kiem-tra/appraisal/")))
    assert "Rút gọn" in said(desk.get(page(draft)))


@pytest.mark.parametrize("code", ["bases", "text", "impact", "nothing"])
def test_there_is_no_form_for_what_the_program_finds_out_or_the_checklist_lacks(desk: Client, code: str) -> None:
    assert desk.get(page(make_draft(), f"kiem-tra/{code}/")).status_code == 404


def test_a_document_the_register_lacks_is_told_by_the_field_and_a_tie_is_taken_back(desk: Client) -> None:
    draft, basis = make_draft(), make_document("118/2025/NĐ-CP")
    refused = desk.post(page(draft, "quan-he/"), {"relation": "BASED_ON", "other": "999/2025/NĐ-CP"})
    desk.post(page(draft, "quan-he/"), {"relation": "REPEALS", "other": basis.number})
    tie = draft.ties.get()
    desk.post(page(draft, f"quan-he/{tie.pk}/bo/"))

    assert refused.status_code == 422
    assert "Sổ chưa có văn bản này" in said(refused)
    assert not draft.ties.exists()


@pytest.mark.parametrize(
    ("field", "told", "sentence"),
    [
        ("number", "60", "Ghi đủ số và ký hiệu"),
        ("number", "60/QĐ-UBND", "Ký hiệu loại văn bản không đúng"),
        ("signed_on", "01/03/2026", "Ghi một ngày từ"),
        ("effective_from", "01/03/2026", "có hiệu lực sớm nhất từ ngày"),
    ],
)
def test_a_signature_that_cannot_be_is_told_by_the_field(
    chairman: Client, field: str, told: str, sentence: str
) -> None:
    draft = make_submitted()

    answer = chairman.post(page(draft, "ky/"), {**SIGNED, field: told})

    assert answer.status_code == 422
    assert any(sentence in error for error in answer.context["form"].errors[field])
    assert not LegalDocument.objects.filter(is_own=True).exists()


def test_a_draft_is_given_back_with_a_reason(chairman: Client) -> None:
    draft = make_submitted()

    assert chairman.post(page(draft, "ky/"), {"do": "back", "reason": ""}).status_code == 422
    answer = chairman.post(page(draft, "ky/"), {"do": "back", "reason": "Viết rõ hơn"}, follow=True)

    assert "Viết rõ hơn" in said(answer)
    assert LegalDraft.objects.get().state == DraftState.GIVEN_BACK


def test_signing_twice_makes_one_document(chairman: Client) -> None:
    draft = make_submitted()

    statuses = [chairman.post(page(draft, "ky/"), SIGNED).status_code for _click in range(2)]

    assert statuses == [302, 409]
    assert LegalDocument.objects.filter(number="60/KH-UBND").count() == 1


def test_procedures_of_a_signed_document_lead_to_a_decision_with_its_number_and_days(at_work: AtWork) -> None:
    """C-07: the page says by when, and the decision begins with what is known."""
    draft = make_signed("901/QĐ-UBND", kind=DraftKind.DECISION, sets_procedures=True)
    control = at_work(make_drafter(Role.PROCEDURE_CONTROL_OFFICER))

    shown = said(control.get(page(draft)))
    form = said(control.get(f"/xu-ly/quyet-dinh-cong-bo/moi/?du-thao={draft.key}"))
    PublicationDecision.objects.create(
        title="Công bố",
        issuer=province(),
        publisher="CHAIRMAN",
        norm="901/QĐ-UBND",
        norm_issued_on=TODAY,
        norm_effective_on=TODAY,
        begun_at=draft.begun_at,
    )

    assert "phải được công bố chậm nhất ngày" in shown
    assert f"/xu-ly/quyet-dinh-cong-bo/moi/?du-thao={draft.key}" in shown
    assert 'value="901/QĐ-UBND"' in form
    assert f'value="{DAY}"' in form
    assert "đang soạn, chưa công bố" in said(control.get(page(draft)))


def test_everybody_reads_and_nobody_else_writes(at_work: AtWork) -> None:
    draft = make_draft()
    reader = at_work(make_officer(Role.PROCESSING_OFFICER, province()))

    assert reader.get(page(draft)).status_code == 200
    assert "Sửa dự thảo" not in said(reader.get(page(draft)))
    for rest in ("sua/", "kiem-tra/authority/", "ky/"):
        assert reader.get(page(draft, rest)).status_code == 403
    assert reader.get(f"{HOME}moi/").status_code == 403
    assert reader.get(f"{HOME}{uuid.uuid4()}/").status_code == 404


def test_the_list_is_filtered_and_taken_away(desk: Client) -> None:
    make_submitted(title="Kế hoạch chờ ký")
    make_draft(title="Kế hoạch đang soạn")

    assert "Kế hoạch đang soạn" not in said(desk.get(HOME, {"tinh-trang": "SUBMITTED"}))
    assert "Kế hoạch chờ ký" in said(desk.get(HOME, {"tinh-trang": "lạ", "trang": "x"}))
    lines = desk.get(f"{HOME}csv/", {"tinh-trang": "SUBMITTED"}).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Trích yếu,")
    assert len(lines) == 2
    assert lines[1].startswith("Kế hoạch chờ ký,Kế hoạch,")


def test_the_list_asks_as_much_for_thirty_drafts_as_for_one(desk: Client) -> None:
    actor, basis = make_drafter(), make_document("118/2025/NĐ-CP")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(HOME).status_code == 200
        return len(queries)

    make_submitted(actor, basis)
    desk.get(HOME)
    one = asked()
    for _number in range(29):
        make_submitted(actor, basis)
    assert asked() == one
