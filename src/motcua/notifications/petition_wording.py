"""The words of messages to those who sent a petition: Vietnamese, plain, and short enough for one text message."""

from datetime import datetime

from django.conf import settings

from motcua.notifications.wording import SMS_LENGTH, Wording, moment
from motcua.petitions.models import Petition
from motcua.rules.vietnamese import unaccented


def received(petition: Petition, answer_by: datetime | None) -> Wording:
    """Return the acknowledgement; `answer_by` is None for a question of law, which no text gives a term."""
    by = f" Trả lời chậm nhất {moment(answer_by)}." if answer_by else ""
    return _about(
        petition,
        subject="Đã nhận phản ánh, kiến nghị",
        first=f"{petition.unit.authority_name} đã nhận phản ánh, kiến nghị của bạn.{by}",
        sms=f"da nhan.{by}",
    )


def more_asked(petition: Petition, question: str) -> Wording:
    """Return the request to add something."""
    return _about(
        petition,
        subject="Cần bổ sung nội dung",
        first=f"Để xử lý phản ánh, kiến nghị, xin bạn cho biết thêm:\n{question}",
        sms="can ban bo sung noi dung. Xem tren cong.",
    )


def returned(petition: Petition, guidance: str) -> Wording:
    """Return the notice that it is not handled as a petition, with where to turn."""
    why = f"\nLý do: {petition.return_reason}" if petition.return_reason else ""
    return _about(
        petition,
        subject="Phản ánh được trả lại, có hướng dẫn",
        first=f"{guidance}{why}",
        sms="khong giai quyet nhu phan anh. Xem huong dan tren cong.",
    )


def transferred(petition: Petition) -> Wording:
    """Return the notice that another unit has it now."""
    to = petition.unit.authority_name
    return _about(
        petition,
        subject="Phản ánh được chuyển tới đơn vị có thẩm quyền",
        first=f"Phản ánh, kiến nghị của bạn đã được chuyển tới {to}.",
        sms=f"da chuyen toi {to}.",
    )


def answered(petition: Petition, answer: str, unit: str) -> Wording:
    """Return the answer itself."""
    return _about(
        petition,
        subject="Trả lời phản ánh, kiến nghị",
        first=f"{unit} trả lời:\n\n{answer}",
        sms="da co tra loi. Xem email hoac tra cuu tren cong.",
    )


def joined(petition: Petition) -> Wording:
    """Return the notice that it is answered together with another about the same matter."""
    return _about(
        petition,
        subject="Phản ánh được gộp với phản ánh cùng nội dung",
        first="Nhiều người gửi cùng nội dung này, nên các phản ánh được xử lý và trả lời chung. Bạn vẫn nhận trả lời.",
        sms="duoc gop voi phan anh cung noi dung. Ban van nhan tra loi.",
    )


def released(petition: Petition, answer_by: datetime | None) -> Wording:
    """Return the notice that it is handled by itself again; `answer_by` is None without a term."""
    by = f" Trả lời chậm nhất {moment(answer_by)}." if answer_by else ""
    return _about(
        petition,
        subject="Phản ánh được xử lý riêng",
        first=f"Phản ánh, kiến nghị của bạn không còn gộp với phản ánh khác mà được xử lý riêng.{by}",
        sms=f"duoc xu ly rieng, khong con gop.{by}",
    )


def reopened(petition: Petition) -> Wording:
    """Return the notice that what was answered or sent back is handled again."""
    return _about(
        petition,
        subject="Phản ánh được mở lại",
        first="Phản ánh, kiến nghị của bạn được mở lại để xử lý tiếp. Bạn sẽ nhận trả lời mới.",
        sms="duoc mo lai de xu ly tiep.",
    )


def followed_up(petition: Petition) -> Wording:
    """Return the question, four weeks later, whether the matter was settled."""
    return _about(
        petition,
        subject="Việc bạn phản ánh đã ổn thỏa chưa?",
        first=(
            "Bốn tuần trước, phản ánh, kiến nghị của bạn đã được trả lời. Việc đó nay đã ổn thỏa chưa? Xin cho biết ở "
            "trang tra cứu; nếu chưa, bạn có thể đề nghị mở lại."
        ),
        sms="viec ban phan anh da on thoa chua? Xin tra loi o trang tra cuu.",
    )


def _about(petition: Petition, *, subject: str, first: str, sms: str) -> Wording:
    body = (
        f"{first}\n\nMã phản ánh: {petition.code}\n"
        f"Tra cứu tại {settings.SITE_URL}/phan-anh/tra-cuu/ bằng mã trên và mã PIN.\n\n{petition.unit.authority_name}"
    )
    text = unaccented(f"Phan anh {petition.code} {sms}")
    return Wording(subject=f"{subject}: {petition.code}", body=body, sms=text[:SMS_LENGTH])
