"""What applicants are told after acceptance: every act says something, and every text message fits one."""

from datetime import timedelta

import pytest

from motcua.catalogue.models import SectorClock
from motcua.dossiers.commands import correct, extend, note
from motcua.dossiers.commands.financial import settle_financial
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.notifications.wording import SMS_LENGTH
from motcua.rules.transitions import Status
from tests.make import LONG_AGO, MONDAY, make_dossier, make_file, make_office

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=2)


def told(dossier: Dossier) -> str:
    """The newest message on the site; every text message is short and plain."""
    texts = list(Message.objects.filter(dossier=dossier, channel="SMS").values_list("body", flat=True))
    assert all(text.isascii() and len(text) <= SMS_LENGTH for text in texts)
    newest = Message.objects.filter(dossier=dossier, channel="SITE").latest("created_at", "pk")
    return f"{newest.subject}\n{newest.body}"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.SUPPLEMENT, "khi bạn bổ sung đủ, thời hạn được tính lại từ đầu"),
        (Status.FINANCIAL, "150.000 đồng theo thông báo số 12/TB"),
        (Status.REFUSED, "Căn cứ: Điều 12 Luật Hộ tịch"),
        (Status.RETURNED, "Xin đánh giá việc giải quyết trên trang hồ sơ của bạn"),
        (Status.STOPPED, "Toà án đang giải quyết cùng việc này"),
        (Status.CLOSED_UNANSWERED, "Bạn có thể nộp hồ sơ mới"),
        (Status.CORRECTING, "bạn không phải trả thêm khoản nào"),
    ],
)
def test_where_a_dossier_comes_to_its_applicant_reads_why(status: Status, words: str) -> None:
    assert words in told(make_dossier(status=status))


def test_where_the_sectors_own_law_resumes_the_limit_the_applicant_reads_so() -> None:
    office = make_office()
    SectorClock.objects.create(
        sector=office.offering.procedure.sector, supplement="RESUME", source="luật của ngành", valid_from=LONG_AGO
    )

    assert "thời hạn được tính tiếp" in told(make_dossier(status=Status.SUPPLEMENT, office=office))


def test_an_apology_names_the_new_date() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    assert dossier.due_at is not None

    apology = extend.Apology("Mất điện", (dossier.due_at + timedelta(days=1)).date())
    extend.extend(dossier=dossier, officer=office.signer, apology=apology, at=LATER)

    assert "Hẹn lại: 17:00 ngày 10/03/2026" in told(dossier)


def test_guidance_payment_and_the_right_result_are_acknowledged() -> None:
    office = make_office()
    submitted, owing, wrong = (
        make_dossier(status=status, office=office) for status in (Status.SUBMITTED, Status.FINANCIAL, Status.CORRECTING)
    )

    note.guide(dossier=submitted, officer=office.reception, text="Mang theo sổ", at=LATER)
    settle_financial(dossier=owing, officer=office.reception, proof="7", at=LATER)
    right = correct.RightResult("13/GKS", make_file())
    correct.correct(dossier=wrong, officer=office.signer, right=right, at=LATER)

    assert "Mang theo sổ" in told(submitted)
    assert "hoàn thành nghĩa vụ tài chính" in told(owing)
    assert "Kết quả đã được đính chính" in told(wrong)
