"""The register of legal documents on screen, and what stands on law that has ended (J-02..J-07, seed 002)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.legislation.commands.keep import Tie
from motcua.legislation.models import BasisReview, BasisReviewItem, DocumentRelation, LegalDocument
from motcua.legislation.queries.register import document_page
from motcua.rules.legal_effect import Relation
from motcua.rules.permissions import Role
from motcua.workspace.law_picture import MOST, law_picture
from tests.legislation.law import TODAY, make_document, make_legal_officer
from tests.make import make_officer, make_procedure, make_unit

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
LIST, ENTER, CHECK = "/xu-ly/van-ban/", "/xu-ly/van-ban/them/", "/xu-ly/van-ban/nhan-dien/"
REVIEWS = "/xu-ly/van-ban/ra-soat/"


def page(code: str, rest: str = "") -> str:
    return f"/xu-ly/van-ban/so/{code}/{rest}"


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # the test client's answer


@pytest.fixture
def desk(at_work: AtWork) -> Client:
    return at_work(make_legal_officer())


def test_an_entered_decree_that_replaces_another_lists_at_once_what_stands_on_it(desk: Client) -> None:
    """Seed 002: within the same request, not a night later."""
    procedure = make_procedure(title="Đăng ký khai sinh")
    old = make_document("123/2015/NĐ-CP", title="Về hộ tịch")
    desk.post(ENTER, {"number": "99/2026/NĐ-CP", "effective_from": f"{TODAY:%d/%m/%Y}"})
    before = said(desk.get(REVIEWS))

    desk.post(page("99-2026-nd-cp", "quan-he/"), {"relation": "REPLACES", "other": "123/2015/NĐ-CP"})

    assert "Không có việc nào phải rà soát" in before
    assert "123/2015/NĐ-CP" in said(desk.get(REVIEWS))
    told = said(desk.get(page(old.code, "ra-soat/")))
    assert "Đăng ký khai sinh" in told
    assert f"{procedure.code}/1" in told


def test_a_document_is_entered_found_and_shown(desk: Client) -> None:
    typed = {"number": "4/2023/NĐ-CP", "title": "Về việc thử", "issuer": "Chính phủ", "effective_from": "01/03/2023"}

    answer = desk.post(ENTER, typed, follow=True)

    assert answer.redirect_chain == [(page("04-2023-nd-cp"), 302)]
    assert "Còn hiệu lực" in said(answer)
    assert "04/2023/NĐ-CP" in said(desk.get(LIST, {"q": "viec thu"}))
    assert "Không có văn bản nào như vậy" in said(desk.get(LIST, {"q": "viec khac"}))


def test_the_list_is_filtered_by_kind_status_and_day(desk: Client) -> None:
    make_document("04/2023/NĐ-CP", effective_from=date(2023, 3, 1), effective_until=date(2024, 1, 1))
    make_document("05/2023/TT-BTP", effective_from=date(2023, 3, 1), is_own=True)

    def numbers(**query: str) -> list[str]:
        found = desk.get(LIST, query).context["found"]
        return sorted(line.number for line in found.lines)

    assert numbers(loai="CIRCULAR") == ["05/2023/TT-BTP"]
    assert numbers(cua_tinh="on") == ["05/2023/TT-BTP"]
    assert numbers(hieu_luc="IN_FORCE") == ["05/2023/TT-BTP"]
    assert numbers(hieu_luc="IN_FORCE", ngay="01/06/2023") == ["04/2023/NĐ-CP", "05/2023/TT-BTP"]
    assert numbers(hieu_luc="NOT_YET", ngay="01/01/2020") == ["04/2023/NĐ-CP", "05/2023/TT-BTP"]
    assert numbers(trang="9") == ["04/2023/NĐ-CP", "05/2023/TT-BTP"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "Luật Hộ tịch"}, "Ghi đủ số và ký hiệu"),
        ({"effective_until": "01/01/2020", "end_reason": "REPEALED"}, "Ngày hết hiệu lực phải sau"),
        ({"effective_until": "01/01/2030"}, "Hãy chọn lý do hết hiệu lực"),
        ({"number": "61/2018/NĐ-CP"}, "đã có trong sổ"),
    ],
)
def test_what_cannot_be_entered_is_said_by_the_field_and_what_was_typed_stays(
    desk: Client, changes: dict[str, str], sentence: str
) -> None:
    make_document("61/2018/NĐ-CP")
    typed = {"number": "4/2023/NĐ-CP", "title": "Tên đã gõ", "effective_from": "01/03/2023", **changes}

    answer = desk.post(ENTER, typed)

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert "Tên đã gõ" in said(answer)
    assert LegalDocument.objects.count() == 1


def test_a_change_keeps_number_and_territory_whatever_is_sent(desk: Client) -> None:
    document = make_document("61/2018/NĐ-CP")

    desk.post(page(document.code, "sua/"), {"number": "62/2018/NĐ-CP", "title": "Một cửa"})

    changed = LegalDocument.objects.get()
    assert (changed.number, changed.title, changed.effective_from) == ("61/2018/NĐ-CP", "Một cửa", None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"other": "abc"}, "Ghi đủ số và ký hiệu"),
        ({"other": "1/2001/NĐ-CP"}, "Sổ chưa có văn bản này"),
        ({"other": "61/2018/NĐ-CP"}, "Đây chính là văn bản này"),
        ({"other": "118/2025/NĐ-CP"}, "Quan hệ này đã có"),
        ({"other": "118/2025/NĐ-CP", "from_day": "02/01/2026", "until": "01/01/2026"}, "Ngày kết thúc phải sau"),
    ],
)
def test_a_relation_that_cannot_be_is_refused_in_words(desk: Client, changes: dict[str, str], sentence: str) -> None:
    later = make_document("118/2025/NĐ-CP")
    document = make_document("61/2018/NĐ-CP", Tie(Relation.CITES, later))

    answer = desk.post(page(document.code, "quan-he/"), {"relation": "CITES", **changes})

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert DocumentRelation.objects.count() == 1


def test_a_relation_is_taken_back_and_a_foreign_one_is_not_touched(desk: Client) -> None:
    old, later = make_document("61/2018/NĐ-CP"), make_document("118/2025/NĐ-CP")
    desk.post(page(later.code, "quan-he/"), {"relation": "REPLACES", "other": old.number})
    tie = DocumentRelation.objects.get()

    desk.post(page(old.code, f"quan-he/{tie.pk}/bo/"))
    kept = DocumentRelation.objects.count()
    desk.post(page(later.code, f"quan-he/{tie.pk}/bo/"))

    assert (kept, DocumentRelation.objects.count()) == (1, 0)


def test_a_pasted_draft_is_told_which_bases_have_ended(desk: Client) -> None:
    make_document("61/2018/NĐ-CP", effective_until=TODAY)
    make_document("118/2025/NĐ-CP")

    answer = desk.post(CHECK, {"text": "Căn cứ Nghị định 61/2018/NĐ-CP; 118/2025/NĐ-CP; 118/2025/NĐ-CP; 9/QĐ-UBND"})

    lines = [(one.number, one.count, one.flaw and one.flaw.value) for one, _standing, _flaw in answer.context["cited"]]
    assert lines == [
        ("61/2018/NĐ-CP", 1, "ENDED"),
        ("118/2025/NĐ-CP", 2, None),
        ("09/QĐ-UBND", 1, "NUMBER_OR_DATE_MISSING"),
    ]
    assert "không được làm căn cứ" in said(answer)


def test_a_draft_comes_as_a_file_too_and_one_that_is_no_text_is_refused(desk: Client) -> None:
    file = SimpleUploadedFile("du-thao.txt", "Căn cứ 118/2025/NĐ-CP".encode())
    unread = SimpleUploadedFile("du-thao.docx", b"PK\x03\x04\xff\xfe")

    read, refused = desk.post(CHECK, {"file": file}), desk.post(CHECK, {"file": unread})

    assert "118/2025/NĐ-CP" in said(read)
    assert refused.status_code == 422
    assert "Không đọc được tệp này" in said(refused)
    assert desk.post(CHECK, {}).status_code == 422


def test_an_item_is_settled_by_who_may_and_the_report_says_so(desk: Client, at_work: AtWork) -> None:
    make_procedure()
    document = make_document("123/2015/NĐ-CP", effective_until=TODAY)
    item = BasisReviewItem.objects.get(kind="PROCEDURE")
    form = {"item": str(item.pk), f"i{item.pk}-outcome": "TO_AMEND", f"i{item.pk}-note": "=chờ văn bản mới"}

    stranger = at_work(make_officer(Role.SIGNER, make_unit())).post(page(document.code, "ra-soat/"), form)
    desk.post(page(document.code, "ra-soat/"), form)

    assert stranger.status_code == 403
    assert BasisReviewItem.objects.get(pk=item.pk).outcome == "TO_AMEND"
    report = desk.get("/xu-ly/van-ban/ra-soat/csv/").content.decode("utf-8-sig").splitlines()
    assert len(report) == 3
    assert any("Đề nghị sửa đổi,'=chờ văn bản mới" in line for line in report)


def test_a_wrong_outcome_is_refused_and_an_item_of_another_document_not_found(desk: Client) -> None:
    make_procedure()
    document, other = make_document("123/2015/NĐ-CP", effective_until=TODAY), make_document("61/2018/NĐ-CP")
    item = BasisReviewItem.objects.get(kind="PROCEDURE")
    form = {"item": str(item.pk), f"i{item.pk}-outcome": "GONE", f"i{item.pk}-note": "Đã gõ"}

    refused = desk.post(page(document.code, "ra-soat/"), form)

    assert refused.status_code == 422
    assert "Đã gõ" in said(refused)
    assert desk.post(page(other.code, "ra-soat/"), form).status_code == 404
    assert desk.post(page(document.code, "ra-soat/"), {"item": "x"}).status_code == 404


def test_done_reviews_are_shown_on_request(desk: Client) -> None:
    make_procedure()
    document = make_document("123/2015/NĐ-CP", effective_until=TODAY)
    for item in BasisReviewItem.objects.all():
        form = {"item": str(item.pk), f"i{item.pk}-outcome": "STILL_VALID"}
        desk.post(page(document.code, "ra-soat/"), form)

    assert BasisReview.objects.get().closed_at is not None
    assert "123/2015/NĐ-CP" not in said(desk.get(REVIEWS))
    assert "123/2015/NĐ-CP" in said(desk.get(REVIEWS, {"ca": "da-xong"}))


def test_the_pages_ask_as_often_for_many_as_for_one(desk: Client) -> None:
    make_procedure()
    document = make_document("123/2015/NĐ-CP", effective_until=TODAY)
    addresses = [LIST, page(document.code), REVIEWS, page(document.code, "ra-soat/")]

    def counted() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                desk.get(address)
            counts.append(len(asked))
        return counts

    officer = User.objects.filter(grants__role=Role.LEGAL_OFFICER)[0]
    make_document("01/2018/TT-BTP", Tie(Relation.DETAILS, document), actor=officer)
    desk.get(LIST)
    few = counted()
    for number in range(1, 31):
        make_procedure()
        make_document(f"{number}/2019/TT-BTP", Tie(Relation.DETAILS, document), actor=officer)

    assert counted() == few


def test_the_picture_draws_who_does_what_to_whom_and_says_what_it_leaves_out() -> None:
    officer = make_legal_officer()
    document = make_document("61/2018/NĐ-CP", actor=officer)
    alone = law_picture(document_page(document.code, day=TODAY))
    for number in range(1, MOST + 3):
        make_document(f"{number}/2019/TT-BTP", Tie(Relation.DETAILS, document), actor=officer)

    picture = law_picture(document_page(document.code, day=TODAY))

    assert alone is None
    assert picture is not None
    assert (len(picture.boxes), len(picture.arrows), picture.left_out) == (MOST + 1, MOST, 2)
    assert len({(box.x, box.y) for box in picture.boxes}) == len(picture.boxes)
    assert all(0 <= box.x <= picture.width - picture.box_width for box in picture.boxes)
    assert all(0 <= box.y <= picture.height - picture.box_height for box in picture.boxes)


def test_a_document_that_is_not_there_is_not_found(desk: Client) -> None:
    assert desk.get(page("khong-co")).status_code == 404


def test_whoever_only_keeps_law_lands_on_what_waits(desk: Client) -> None:
    assert desk.get("/xu-ly/").headers["Location"] == REVIEWS


def test_one_of_several_documents_of_a_number_is_named_by_its_day(desk: Client) -> None:
    later = make_document("61/QĐ-UBND")
    for day in (date(2024, 1, 12), date(2025, 1, 14)):
        make_document("60/QĐ-UBND", issued_on=day)
    told = {"relation": "REPLACES", "other": "60/QĐ-UBND"}

    unclear = desk.post(page(later.code, "quan-he/"), told)
    named = desk.post(page(later.code, "quan-he/"), {**told, "issued_on": "14/01/2025"})

    assert "Sổ có nhiều văn bản cùng số" in unclear.content.decode()
    assert named.status_code == 302
    assert [row.target.code for row in later.relations_out.select_related("target")] == ["60-qd-ubnd-2025-01-14"]
