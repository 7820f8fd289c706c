"""Forms issued about real dossiers: what they fix, and the one PDF they become."""

import io
import threading
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from motcua.documents.models import IssuedDocument, StoredFile
from motcua.dossiers.commands import intake
from motcua.dossiers.commands.draft import choose_return
from motcua.dossiers.models import Applicant, Dossier, ReturnChannel
from motcua.dossiers.queries.issued_form import pdf_of
from motcua.rules.papers import DeclineGround
from motcua.rules.transitions import Status
from tests.documents.test_papers import text_of
from tests.make import CHECKS, MONDAY, Office, make_dossier, make_draft, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_URL = "https://motcua.example.vn/"


def receipt_of(dossier: Dossier) -> IssuedDocument:
    return IssuedDocument.objects.get(subject=dossier.reference, kind="RECEIPT")


def test_the_receipt_says_what_was_promised_and_handed_in() -> None:
    dossier = make_dossier(status=Status.ACCEPTED)
    form = receipt_of(dossier)

    text = text_of(pdf_of(form.pk, dossier.reference))

    assert f"Mã hồ sơ: {dossier.code}" in text
    assert "Số: 1/TNHS" in text
    assert "3. Thời gian giải quyết hồ sơ theo quy định là: 5 ngày làm việc" in text
    assert "5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 09 tháng 3 năm 2026" in text
    assert "Tờ khai theo mẫu" in text
    assert "Giấy ủy quyền" not in text
    assert "7. Phí, lệ phí: Không thu" in text
    assert f"Mã PIN tra cứu {dossier.lookup_pin}" in text
    assert f"UBND {dossier.competent_unit.name.upper()}" in text
    assert form.data["look_up_url"] == f"https://motcua.example.vn/tra-cuu/?ma={dossier.code}"
    assert form.data["notation"] == "Thông tư số 03/2025/TT-VPCP"
    assert form.data["place"] == dossier.competent_unit.name.removeprefix("Xã ")


def test_a_result_by_post_names_its_address() -> None:
    office = make_office()
    dossier = make_draft(offering=office.offering)
    choose_return(
        dossier=dossier, channel=ReturnChannel.POST, postal_address="Số 1, đường 7/5", actor=dossier.owner, at=MONDAY
    )
    Dossier.objects.filter(pk=dossier.pk).update(status=Status.SUBMITTED, submitted_at=MONDAY)
    intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=MONDAY)

    assert "6. Đăng ký nhận kết quả: Qua bưu chính công ích: Số 1, đường 7/5" in text_of(
        pdf_of(receipt_of(dossier).pk, dossier.reference)
    )


def asked_for_more(office: Office) -> IssuedDocument:
    dossier = make_dossier(office=office)
    intake.request_intake_supplement(
        dossier=dossier,
        officer=office.reception,
        asking=intake.Asking({2: "Chưa có chữ ký", 1: "Ảnh mờ"}, "Chưa đọc được"),
        at=MONDAY + timedelta(hours=2),
    )
    return IssuedDocument.objects.get(subject=dossier.reference)


def test_the_request_names_each_paper_in_the_order_of_the_list() -> None:
    form = asked_for_more(make_office())

    text = text_of(pdf_of(form.pk, form.subject))

    assert [(paper["name"], paper["note"]) for paper in form.data["papers"]] == [
        ("Tờ khai theo mẫu", "Ảnh mờ"),
        ("Giấy ủy quyền", "Chưa có chữ ký"),
    ]
    assert "Số: 1/HDHS" in text
    assert f"Mã hồ sơ: {form.subject}" in text


def test_the_refusal_gives_the_ground_in_words() -> None:
    office = make_office()
    dossier = make_dossier(office=office)
    why = intake.Refusal(
        ground=DeclineGround.NOT_WITHIN_AUTHORITY, citation="Điều 35 Luật Hộ tịch", reason="Cư trú nơi khác"
    )
    intake.decline(dossier=dossier, officer=office.reception, refusal=why, at=MONDAY + timedelta(hours=2))
    form = IssuedDocument.objects.get(subject=dossier.reference)

    text = text_of(pdf_of(form.pk, form.subject))

    assert "Căn cứ từ chối: Không thuộc thẩm quyền giải quyết" in text
    assert "Quy định áp dụng: Điều 35 Luật Hộ tịch" in text


def test_only_the_receipt_holds_the_pin() -> None:
    form = asked_for_more(make_office())
    dossier = Dossier.objects.get(reference=form.subject)

    assert "pin" not in form.data
    assert "Mã PIN" not in text_of(pdf_of(form.pk, form.subject))
    assert dossier.lookup_pin not in form.data["look_up_url"]


def test_forms_of_one_desk_are_numbered_through_the_year() -> None:
    office = make_office()

    forms = [receipt_of(make_dossier(status=Status.ACCEPTED, office=office)) for _ in range(2)]
    following = make_dossier(status=Status.ACCEPTED, office=office, at=MONDAY.replace(year=2027, month=3, day=1))

    assert [form.data["number"] for form in [*forms, receipt_of(following)]] == ["1/TNHS", "2/TNHS", "1/TNHS"]


def test_a_form_once_opened_stays_the_same_whatever_changes() -> None:
    dossier = make_dossier(status=Status.ACCEPTED)
    form = receipt_of(dossier)

    first = pdf_of(form.pk, dossier.reference)
    Applicant.objects.filter(dossier=dossier).update(full_name="Người Khác")
    IssuedDocument.objects.filter(pk=form.pk).update(data={})
    again = pdf_of(form.pk, dossier.reference)

    assert first == again
    assert (
        StoredFile.objects.get(original_name__contains="TNHS").original_name == f"{form.number.replace('/', '-')}.pdf"
    )
    made_on = pypdf.PdfReader(io.BytesIO(first)).metadata
    assert made_on is not None
    assert made_on.creation_date == form.issued_at


def test_the_form_of_another_dossier_is_not_there() -> None:
    form = receipt_of(make_dossier(status=Status.ACCEPTED))
    stranger = make_dossier()

    with pytest.raises(IssuedDocument.DoesNotExist):
        pdf_of(form.pk, stranger.reference)


@pytest.mark.django_db(transaction=True)
def test_two_first_openings_at_once_keep_one_file() -> None:
    dossier = make_dossier(status=Status.ACCEPTED)
    form = receipt_of(dossier)
    before = StoredFile.objects.count()
    opened: list[bytes] = []
    gate = threading.Barrier(4)

    def open_it() -> None:
        gate.wait()
        opened.append(pdf_of(form.pk, dossier.reference))
        connection.close()

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(opened) == 4
    assert len(set(opened)) == 1
    assert StoredFile.objects.count() == before + 1
