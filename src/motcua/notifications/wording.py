"""The words of every message: who did what, what happens next, by when, where to look. Plain and short.

E-mail and site messages are Vietnamese sentences; a text message is unaccented and at most 160 characters, so that it
reaches every phone as one message (ux 13). No message asks for a sign-in link to be followed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.rules.vietnamese import unaccented

SMS_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Wording:
    """One message: `sms` is empty when the matter does not deserve a text message."""

    subject: str
    body: str
    sms: str


def contact_code(code: str) -> Wording:
    """Return the message that carries a one-time code."""
    return Wording(
        subject=f"{code} là mã xác nhận của bạn",
        body=(
            f"Mã xác nhận: {code}\n\nMã có giá trị trong 15 phút. Cán bộ không bao giờ hỏi mã này. "
            "Nếu bạn không yêu cầu, xin bỏ qua thư này."
        ),
        sms=f"Ma xac nhan: {code}. Co gia tri 15 phut. Khong dua ma nay cho bat ky ai.",
    )


def submitted(dossier: Dossier, answer_due_at: datetime) -> Wording:
    """Return the acknowledgement of an application (B-20)."""
    by = moment(answer_due_at)
    return about(
        dossier,
        subject="Đã nhận hồ sơ trực tuyến",
        first=f"Chúng tôi đã nhận hồ sơ của bạn. {dossier.receiving_unit.name} sẽ trả lời trước {by}.",
        sms=f"da nop. Tra loi truoc {by}.",
    )


def supplement_received(dossier: Dossier, answer_due_at: datetime | None) -> Wording:
    """Return the acknowledgement of the papers asked for: the desk answers, or the limit has started, anew (L-10)."""
    if dossier.accepted_at is not None:
        until = by_when(dossier)
        return about(
            dossier,
            subject="Đã nhận đủ giấy tờ bổ sung",
            first=f"Chúng tôi đã nhận đủ giấy tờ bổ sung của bạn. {until.body}",
            sms=f"da nhan du bo sung. {until.sms}",
            is_of_leg=True,
        )
    by = moment(answer_due_at)
    return about(
        dossier,
        subject="Đã nhận giấy tờ bổ sung",
        first=f"Chúng tôi đã nhận giấy tờ bổ sung của bạn. {dossier.receiving_unit.name} sẽ trả lời trước {by}.",
        sms=f"da nhan bo sung. Tra loi truoc {by}.",
    )


def supplement_requested(dossier: Dossier, reason: str, wanted: list[str]) -> Wording:
    """Return the request for missing papers."""
    lines = "\n".join(f"- {line}" for line in wanted)
    return about(
        dossier,
        subject="Hồ sơ cần bổ sung giấy tờ",
        first=f"Hồ sơ còn thiếu giấy tờ nên chưa được tiếp nhận. Lý do: {reason}\n\nCần bổ sung:\n{lines}",
        sms="can bo sung giay to. Xem email hoac tra cuu tren cong.",
    )


def declined(dossier: Dossier, ground: str, citation: str, reason: str) -> Wording:
    """Return the notice that a dossier is not accepted."""
    return about(
        dossier,
        subject="Hồ sơ không được tiếp nhận",
        first=f"Hồ sơ không được tiếp nhận.\nCăn cứ: {ground} ({citation}).\nLý do cụ thể: {reason}",
        sms="khong duoc tiep nhan. Xem ly do tren cong.",
    )


def accepted(dossier: Dossier) -> Wording:
    """Return the notice of acceptance with the promise."""
    due = moment(dossier.promised_at)
    return about(
        dossier,
        subject="Hồ sơ đã được tiếp nhận",
        first=f"Hồ sơ đã được tiếp nhận, mã hồ sơ {dossier.code}. Hẹn trả kết quả: {due}.",
        sms=f"da tiep nhan. Hen tra: {due}.",
    )


def moved(dossier: Dossier, old_due_at: datetime | None, source: str) -> Wording:
    """Return the notice that the result comes later, because of what `source` says of the working calendar."""
    due = moment(dossier.due_at)
    what = f"hạn xong việc “{dossier.leg_name}”" if dossier.leg_name else "hẹn trả kết quả"
    before = f" thay cho {moment(old_due_at)}" if old_due_at else ""
    return about(
        dossier,
        subject="Dời hẹn trả kết quả",
        first=f"Lịch làm việc thay đổi ({source}) nên {what} dời sang {due}{before}. Mong bạn thông cảm.",
        sms=f"doi {'han xong' if dossier.leg_name else 'hen tra'} sang {due} do lich lam viec thay doi.",
        is_of_leg=True,
    )


def follows_version(dossier: Dossier, decision: str, old_due_at: datetime | None) -> Wording:
    """Return the notice that new content of the procedure holds for an open dossier; `old_due_at` None: as promised."""
    due = moment(dossier.due_at)
    promised = f"Hẹn trả kết quả sớm hơn: {due}" if old_due_at else f"Hẹn trả kết quả không đổi: {due}"
    before = f" thay cho {moment(old_due_at)}" if old_due_at else ""
    return about(
        dossier,
        subject="Hồ sơ được giải quyết theo nội dung thủ tục mới",
        first=(
            f"Hồ sơ được giải quyết tiếp theo nội dung công bố tại Quyết định số {decision}. "
            f"{promised}{before}. Bạn không phải nộp lại hay nộp thêm giấy tờ."
        ),
        sms=f"theo noi dung moi cong bo. Hen tra {due}. Khong phai nop them giay to.",
    )


def result_ready(dossier: Dossier) -> Wording:
    """Return the notice that the result is there, and how to get it."""
    how = {
        "AT_THE_DESK": f"Mời bạn đến {dossier.receiving_unit.name} nhận kết quả, mang theo giấy hẹn.",
        "POST": "Kết quả sẽ được gửi qua bưu chính công ích tới địa chỉ bạn đã ghi.",
        "ONLINE": "Bạn có thể nhận bản điện tử trên cổng.",
    }[dossier.return_channel]
    which = f"Việc “{dossier.leg_name}”" if dossier.leg_name else "Hồ sơ"
    first = f"{which} đã có kết quả. {how}"
    return about(dossier, subject="Đã có kết quả", first=first, sms=f"da co ket qua. {how}", is_of_leg=True)


def linked_ready(dossier: Dossier, results: list[str]) -> Wording:
    """Return the notice that every leg of a linked application has ended, with the outcome of each (B-21).

    It is for one whose results are given out all together.
    """
    lines = "\n".join(f"- {result}" for result in results)
    how = {
        "AT_THE_DESK": f"Mời bạn đến {dossier.receiving_unit.name} nhận một lần, mang theo giấy hẹn.",
        "POST": "Kết quả sẽ được gửi một lần qua bưu chính công ích tới địa chỉ bạn đã ghi.",
        "ONLINE": "Bạn có thể nhận bản điện tử trên cổng.",
    }[dossier.return_channel]
    first = f"Các việc liên thông đã xong:\n{lines}\n\n{how}"
    return about(dossier, subject="Hồ sơ liên thông đã xong", first=first, sms=f"da xong cac viec. {how}")


def returned(dossier: Dossier, *, channel: str, post_no: str, is_of_leg: bool) -> Wording:
    """Return the notice that the result was handed over, posted under `post_no`, or lies ready to be fetched online.

    `is_of_leg`: it is that of one leg of a linked application, not of all that were given out at once.
    """
    how, sms = {
        "AT_THE_DESK": ("Kết quả đã được trả.", ""),
        "POST": (
            f"Kết quả đã được gửi qua bưu chính công ích, số hiệu bưu gửi {post_no}.",
            f"da gui ket qua qua buu chinh, so {post_no}.",
        ),
        "ONLINE": ("Bản điện tử của kết quả đã có trên trang hồ sơ của bạn.", "da co ban dien tu, tai ve tren cong."),
    }[channel]
    thanks = (
        "Cảm ơn bạn. Xin đánh giá việc giải quyết trên trang hồ sơ của bạn: đăng nhập, hoặc tra cứu rồi chọn "
        "“Tôi là người nộp”. Có điều chưa hài lòng, xin phản ánh."
    )
    return about(dossier, subject="Đã trả kết quả", first=f"{how} {thanks}", sms=sms, is_of_leg=is_of_leg)


def withdrawn(dossier: Dossier) -> Wording:
    """Return the confirmation that the applicant took the application back."""
    return about(dossier, subject="Hồ sơ đã được rút", first="Theo đề nghị của bạn, hồ sơ đã được rút.", sms="")


def to_official(name: str, lines: Sequence[str], *, is_digest: bool) -> Wording:
    """Return the letter that tells an official of what the site tells them, a line a dossier (ux 24)."""
    said = "\n".join(f"- {line}" for line in lines)
    return Wording(
        subject=f"Việc mới ở {len(lines)} hồ sơ" if is_digest else f"Việc mới: {lines[0]}",
        body=(
            f"{name},\n\n{said}\n\nXem tại {settings.SITE_URL}/xu-ly/thong-bao/, nơi bạn cũng chọn được việc nào báo "
            "ngay, gộp vào buổi sáng hay không gửi thư."
        ),
        sms="",
    )


def moment(at: datetime | None) -> str:
    """Return a moment as people say it, in local time."""
    return timezone.localtime(at).strftime("%H:%M ngày %d/%m/%Y") if at else ""


@dataclass(frozen=True, slots=True)
class ByWhen:
    """The present date of a dossier in a sentence, and in one of a text message."""

    body: str
    sms: str


def by_when(dossier: Dossier) -> ByWhen:
    """Say what the dossier's own clock promises: the result; of a leg of a linked application only the leg's end."""
    due = moment(dossier.due_at)
    if dossier.leg_name:
        return ByWhen(f"Việc “{dossier.leg_name}” xong chậm nhất: {due}.", f"Viec nay xong cham nhat: {due}.")
    return ByWhen(f"Hẹn trả kết quả: {due}.", f"Hen tra: {due}.")


def about(dossier: Dossier, *, subject: str, first: str, sms: str, is_of_leg: bool = False) -> Wording:
    """Return a message that says `first`, then which dossier it is and where to look; `sms` goes on from its code.

    `is_of_leg` tells that it concerns, of a linked application, only this leg, which it then names.
    """
    code = dossier.public_code
    body = (
        f"{first}\n\nVề việc: {_matter(dossier, is_of_leg=is_of_leg)}\nMã tra cứu: {code}\n"
        f"Tra cứu tiến độ tại {settings.SITE_URL} bằng mã trên và mã PIN của hồ sơ.\n\n"
        f"{dossier.receiving_unit.name}"
    )
    leg = f" (viec {dossier.leg_number})" if is_of_leg and dossier.leg_name else ""
    text = unaccented(f"Ho so {code}{leg} {sms}")
    return Wording(subject=f"{subject}: {code}", body=body, sms=text[:SMS_LENGTH] if sms else "")


def _matter(dossier: Dossier, *, is_of_leg: bool) -> str:
    whole = dossier.linked_application
    if whole is None or not is_of_leg:
        return dossier.matter
    return f"{dossier.leg_name}, một việc của hồ sơ liên thông “{whole.group.name}”"
