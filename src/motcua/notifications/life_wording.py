"""The words of the messages after acceptance: papers and money awaited, a new date, an end, a mended result."""

from collections.abc import Sequence
from datetime import datetime

from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.notifications.wording import Wording, about, by_when, moment
from motcua.rules.promises import SupplementClock


def supplement_after(
    dossier: Dossier, request: SupplementRequest, wanted: Sequence[str], clock: SupplementClock
) -> Wording:
    """Return the request for papers after acceptance: the clock stands, then starts anew or goes on (L-10, ux 14)."""
    lines = "\n".join(f"- {line}" for line in wanted)
    then = {
        SupplementClock.RESTART: "được tính lại từ đầu",
        SupplementClock.RESUME: "được tính tiếp, trừ thời gian chờ",
    }[clock]
    day = "ngày hẹn xong việc này" if dossier.leg_name else "ngày hẹn trả"
    first = (
        f"Hồ sơ cần bổ sung giấy tờ để được giải quyết tiếp. Lý do: {request.reason}\n\nCần bổ sung:\n{lines}\n\n"
        f"Thời hạn giải quyết dừng lại; khi bạn bổ sung đủ, thời hạn {then} và bạn được báo {day}."
    )
    sms = "can bo sung giay to. Xem email hoac tra cuu tren cong."
    if request.closable_from is not None:
        last = moment(request.closable_from)
        first += f" Nếu đến {last} chưa bổ sung, hồ sơ có thể bị đóng."
        sms = f"can bo sung giay to truoc {last}. Xem email hoac tra cuu tren cong."
    return about(dossier, subject="Hồ sơ cần bổ sung giấy tờ", first=first, sms=sms, is_of_leg=True)


def extended(dossier: Dossier, reason: str) -> Wording:
    """Return the apology with the new date (form 04)."""
    due = moment(dossier.due_at)
    what = f" xong việc “{dossier.leg_name}”" if dossier.leg_name else ""
    return about(
        dossier,
        subject="Xin lỗi và hẹn lại ngày trả kết quả",
        first=f"Chúng tôi xin lỗi vì chưa trả kết quả đúng hẹn. Lý do: {reason}\n\nHẹn lại{what}: {due}.",
        sms=f"xin loi vi tra cham. Hen lai: {due}.",
        is_of_leg=True,
    )


def obligation(dossier: Dossier, *, notice_no: str, amount_vnd: int, basis: str) -> Wording:
    """Return what has to be paid before the agency goes on."""
    amount = f"{amount_vnd:,}".replace(",", ".")
    return about(
        dossier,
        subject="Thông báo nghĩa vụ tài chính",
        first=(
            f"Để hồ sơ được giải quyết tiếp, bạn cần nộp {amount} đồng theo thông báo số {notice_no}.\n"
            f"Căn cứ: {basis}.\nNộp xong, mang chứng từ đến {dossier.receiving_unit.name}."
        ),
        sms=f"can nop {amount} dong theo thong bao {notice_no}. Nop xong mang chung tu den noi nop ho so.",
        is_of_leg=True,
    )


def settled(dossier: Dossier) -> Wording:
    """Return the acknowledgement of a payment."""
    until = by_when(dossier)
    return about(
        dossier,
        subject="Đã ghi nhận nghĩa vụ tài chính",
        first=f"Chúng tôi đã ghi nhận bạn hoàn thành nghĩa vụ tài chính. {until.body}",
        sms=f"da ghi nhan nop tien. {until.sms}",
        is_of_leg=True,
    )


def guided(dossier: Dossier, text: str) -> Wording:
    """Return what the desk advises before it decides."""
    return about(
        dossier,
        subject="Hướng dẫn về hồ sơ của bạn",
        first=f"{dossier.receiving_unit.name} hướng dẫn:\n{text}",
        sms="co huong dan cua noi tiep nhan. Xem email hoac tra cuu tren cong.",
    )


def stopped(dossier: Dossier, reason: str, basis: str) -> Wording:
    """Return the notice that the agency stopped the dossier (form 05)."""
    return about(
        dossier,
        subject="Dừng giải quyết hồ sơ",
        first=f"Cơ quan dừng giải quyết {_what(dossier)}.\nCăn cứ: {basis}.\nLý do: {reason}",
        sms="bi dung giai quyet. Xem ly do tren cong.",
        is_of_leg=True,
    )


def closed(dossier: Dossier, reason: str, basis: str) -> Wording:
    """Return the notice that the desk closed an unanswered dossier (form 05)."""
    return about(
        dossier,
        subject="Hồ sơ đã đóng vì không bổ sung",
        first=(
            f"Đã quá hạn mà chưa nhận được giấy tờ bổ sung nên hồ sơ được đóng.\nCăn cứ: {basis}.\nLý do: {reason}\n"
            "Bạn có thể nộp hồ sơ mới bất cứ lúc nào."
        ),
        sms="da dong vi qua han bo sung. Ban co the nop ho so moi.",
        is_of_leg=True,
    )


def refused(dossier: Dossier, basis: str) -> Wording:
    """Return the notice that the agency refuses what was asked (R-6).

    Where the results of a linked application are given out all together, the paper waits for the other legs (B-21).
    """
    whole = dossier.linked_application
    paper = (
        f"bản giấy được trả một lần khi xong tất cả các việc, hẹn {moment(whole.due_at)}"
        if whole is not None and whole.group.returns_together
        else "hoặc nhận theo cách bạn đã chọn"
    )
    return about(
        dossier,
        subject="Từ chối giải quyết hồ sơ",
        first=(
            f"Cơ quan từ chối giải quyết {_what(dossier)}.\nCăn cứ: {basis}.\n"
            f"Văn bản trả lời nêu rõ lý do: tải về trên trang hồ sơ của bạn, {paper}. "
            "Nếu không đồng ý, bạn có quyền khiếu nại theo pháp luật."
        ),
        sms="bi tu choi giai quyet. Xem ly do tren cong.",
        is_of_leg=True,
    )


def correcting(dossier: Dossier, due_at: datetime) -> Wording:
    """Return the apology for a wrong result (B-23)."""
    by = moment(due_at)
    return about(
        dossier,
        subject="Kết quả đang được đính chính",
        first=(
            "Kết quả đã cấp có sai sót. Chúng tôi xin lỗi và đang đính chính, bạn không phải trả thêm khoản nào. "
            f"Kết quả đúng có trước {by}."
        ),
        sms=f"ket qua co sai sot, dang dinh chinh, khong thu tien. Co lai truoc {by}.",
        is_of_leg=True,
    )


def corrected(dossier: Dossier) -> Wording:
    """Return the notice that the right result is there."""
    return about(
        dossier,
        subject="Đã đính chính kết quả",
        first=f"Kết quả đã được đính chính. Kết quả đúng ở {dossier.receiving_unit.name}; bạn cũng nhận được theo "
        "cách đã chọn.",
        sms="ket qua da dinh chinh xong. Moi ban nhan lai.",
        is_of_leg=True,
    )


def _what(dossier: Dossier) -> str:
    return f"việc “{dossier.leg_name}”" if dossier.leg_name else "hồ sơ của bạn"
