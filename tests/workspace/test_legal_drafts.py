"""Drafts of the province's own documents on screen (M02)."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.legislation.commands.draft_acts import submit_draft
from motcua.legislation.models import LegalDocument, LegalDraft
from tests.legislation.drafts import Drafting, begun, make_drafting, ready
from tests.legislation.law import make_document
from tests.make import MONDAY

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
LIST = "/xu-ly/van-ban/du-thao/"


def page_of(draft: LegalDraft, rest: str = "") -> str:
    return f"{LIST}{draft.key}/{rest}"


def said(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.fixture
def place() -> Drafting:
    return make_drafting()


def test_a_plan_is_drafted_checked_signed_and_found_in_the_register(place: Drafting, at_work: AtWork) -> None:
    officer, signer = at_work(place.officer), at_work(place.signer)
    typed = {
        "key": str(uuid.uuid4()),
        "kind": "PLAN",
        "title": "Kế hoạch cải cách hành chính",
        "drafting_unit": place.unit.code,
        "text": "Điều 1. Mục tiêu",
    }
    page = officer.post(f"{LIST}moi/", typed).headers["Location"]
    assert officer.post(f"{LIST}moi/", typed).headers["Location"] == page

    refused = officer.post(f"{page}trinh/")
    assert refused.status_code == 409
    assert "Căn cứ ban hành còn hiệu lực; Đúng thẩm quyền ban hành" in refused.content.decode()
    assert officer.post(f"{page}quan-he/", {"relation": "BASED_ON", "other": "64/2025/QH15"}).status_code == 302
    assert officer.post(f"{page}muc/AUTHORITY/", {"state": "DONE", "note": "Điều 5"}).status_code == 302
    assert officer.post(f"{page}trinh/").headers["Location"] == page
    assert "Chờ ký ban hành" in said(officer, LIST)

    days = {"signed_on": "02/03/2026", "effective_from": "02/03/2026"}
    wrong = signer.post(f"{page}ky/", {"do": "sign", "number": "12/QĐ-UBND", **days})
    assert (wrong.status_code, "Ký hiệu không đúng với loại văn bản" in wrong.content.decode()) == (422, True)
    right = {"do": "sign", "number": "12/KH-UBND", "signed_on": "02/03/2026", "effective_from": "02/03/2026"}
    assert signer.post(f"{page}ky/", right).headers["Location"] == page

    assert LegalDocument.objects.get(number="12/KH-UBND").is_own
    assert "12/KH-UBND" in said(officer, page)
    assert signer.post(f"{page}ky/", right).status_code == 403


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signed_on": "03/03/2026"}, "Ngày ký từ 02/03/2026 đến 02/03/2026"),
        ({"effective_from": "01/03/2026"}, "Sớm nhất là ngày 02/03/2026"),
        ({"number": "9/KH-UBND"}, "Sổ đã có văn bản mang số này"),
    ],
)
def test_a_signature_that_cannot_be_is_refused_by_its_field(
    place: Drafting, at_work: AtWork, changes: dict[str, str], sentence: str
) -> None:
    make_document("09/KH-UBND", issued_on=MONDAY.date(), actor=place.officer)
    draft = ready(place)
    submit_draft(draft=draft, actor=place.officer, at=MONDAY)
    typed = {"do": "sign", "number": "12/KH-UBND", "signed_on": "02/03/2026", "effective_from": "02/03/2026", **changes}

    answer = at_work(place.signer).post(page_of(draft, "ky/"), typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_draft_goes_back_and_a_base_that_ends_keeps_it(place: Drafting, at_work: AtWork) -> None:
    draft, signer, officer = ready(place), at_work(place.signer), at_work(place.officer)
    submit_draft(draft=draft, actor=place.officer, at=MONDAY)
    place.basis.effective_until = MONDAY.date() - timedelta(days=1)
    place.basis.end_reason = "TERM_ENDED"
    place.basis.save()
    make_document("9/2026/QH15", actor=place.officer)  # has the effect reckoned anew
    typed = {"do": "sign", "number": "12/KH-UBND", "signed_on": "02/03/2026", "effective_from": "02/03/2026"}

    held = signer.post(page_of(draft, "ky/"), typed)
    back = signer.post(page_of(draft, "ky/"), {"do": "back", "reason": "Căn cứ đã hết hiệu lực"})

    assert (held.status_code, "Căn cứ ban hành còn hiệu lực" in held.content.decode()) == (422, True)
    assert back.status_code == 302
    told = said(officer, page_of(draft))
    assert "Căn cứ đã hết hiệu lực" in told
    assert "Căn cứ cần xem lại" in told


def test_what_was_typed_is_kept_when_somebody_else_was_quicker(place: Drafting, at_work: AtWork) -> None:
    draft, officer = begun(place), at_work(place.officer)
    typed = {"kind": "PLAN", "title": draft.title, "drafting_unit": place.unit.code, "seen": "1"}
    assert officer.post(page_of(draft, "sua/"), {**typed, "text": "Của tôi"}).status_code == 302

    late = officer.post(page_of(draft, "sua/"), {**typed, "text": "Của người khác"})

    assert late.status_code == 422
    assert "Người khác vừa sửa dự thảo này" in late.content.decode()
    assert "Của người khác" in late.content.decode()
    assert LegalDraft.objects.get().text == "Của tôi"


def test_items_and_relations_that_cannot_be_are_refused(place: Drafting, at_work: AtWork) -> None:
    draft, officer = ready(place), at_work(place.officer)
    tie = draft.ties.get()

    set_aside = officer.post(page_of(draft, "muc/AUTHORITY/"), {"state": "NOT_NEEDED", "note": "Gấp"})
    unexplained = officer.post(page_of(draft, "muc/OPINIONS/"), {"state": "NOT_NEEDED"})
    unknown = officer.post(page_of(draft, "quan-he/"), {"relation": "BASED_ON", "other": "1/2001/NĐ-CP"})
    dropped = officer.post(page_of(draft, f"quan-he/{tie.pk}/bo/"))

    assert "bắt buộc với loại văn bản ấy" in set_aside.content.decode()
    assert "Hãy ghi vì sao không cần" in unexplained.content.decode()
    assert "Sổ chưa có văn bản này" in unknown.content.decode()
    assert [answer.status_code for answer in (set_aside, unexplained, unknown, dropped)] == [422, 422, 422, 302]
    assert officer.get(page_of(draft, "muc/BASES/")).status_code == 404
    assert officer.get(page_of(draft, "muc/KHAC/")).status_code == 404
    assert officer.get(page_of(draft, "quan-he/")).status_code == 302
    assert officer.get(f"{LIST}{uuid.uuid4()}/").status_code == 404
    assert not draft.ties.exists()


def test_one_that_sets_procedures_leads_to_their_publication(place: Drafting, at_work: AtWork) -> None:
    draft = begun(place, sets_procedures=True)
    LegalDraft.objects.filter(pk=draft.pk).update(
        state="SIGNED", document=place.basis, number="1/KH-UBND", signed_on=MONDAY.date(), effective_from=MONDAY.date()
    )

    assert "/xu-ly/quyet-dinh-cong-bo/moi/" in said(at_work(place.officer), page_of(draft))


def test_the_list_asks_no_more_for_thirty(place: Drafting, at_work: AtWork) -> None:
    officer = at_work(place.officer)
    ready(place)
    said(officer, LIST)
    with CaptureQueriesContext(connection) as few:
        said(officer, LIST)
    for _number in range(29):
        ready(place)

    with CaptureQueriesContext(connection) as many:
        assert said(officer, LIST).count("Kế hoạch cải cách hành chính") == 30
    assert len(many) == len(few)
