"""Petitions in words: acts, terms, and why an act is refused."""

from collections.abc import Iterable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from motcua.petitions.commands.answering import DraftChanged, FindingUnfit, NamesASender, OpinionsAwaited
from motcua.petitions.commands.guard import MayNotHandle, PetitionActRefused
from motcua.petitions.commands.publishing import StillPersonal
from motcua.petitions.commands.sorting import NotAColleagueThere, NotAnother
from motcua.rules.petition_privacy import Personal, PersonalKind
from motcua.rules.petition_terms import TermStep
from motcua.rules.petitions import PetitionAct

ACT_SLUGS: Final = {
    PetitionAct.CLASSIFY: "phan-loai",
    PetitionAct.ASK: "yeu-cau-bo-sung",
    PetitionAct.COMPLETE: "ghi-bo-sung",
    PetitionAct.TRANSFER: "chuyen",
    PetitionAct.ASSIGN: "giao",
    PetitionAct.ASK_OPINION: "lay-y-kien",
    PetitionAct.GIVE_OPINION: "cho-y-kien",
    PetitionAct.DRAFT_ANSWER: "soan-tra-loi",
    PetitionAct.GIVE_BACK: "tra-lai-du-thao",
    PetitionAct.ANSWER: "duyet-tra-loi",
    PetitionAct.TAKE_UP: "lanh-dao-xu-ly",
    PetitionAct.JOIN: "gop",
    PetitionAct.PUBLISH: "cong-khai",
    PetitionAct.UNPUBLISH: "go-xuong",
    PetitionAct.REOPEN: "mo-lai",
}
ACT_LABELS: Final[dict[PetitionAct, Promise]] = {
    PetitionAct.CLASSIFY: pgettext_lazy("petition", "Phân loại"),
    PetitionAct.ASK: pgettext_lazy("petition", "Yêu cầu bổ sung"),
    PetitionAct.COMPLETE: pgettext_lazy("petition", "Ghi nội dung bổ sung"),
    PetitionAct.TRANSFER: pgettext_lazy("petition", "Chuyển đơn vị khác"),
    PetitionAct.ASSIGN: pgettext_lazy("petition", "Giao người xử lý"),
    PetitionAct.ASK_OPINION: pgettext_lazy("petition", "Lấy ý kiến để trả lời chung"),
    PetitionAct.GIVE_OPINION: pgettext_lazy("petition", "Cho ý kiến"),
    PetitionAct.DRAFT_ANSWER: pgettext_lazy("petition", "Soạn trả lời"),
    PetitionAct.GIVE_BACK: pgettext_lazy("petition", "Trả lại dự thảo"),
    PetitionAct.ANSWER: pgettext_lazy("petition", "Duyệt và trả lời"),
    PetitionAct.TAKE_UP: pgettext_lazy("petition", "Lãnh đạo trực tiếp xử lý"),
    PetitionAct.JOIN: pgettext_lazy("petition", "Gộp với phản ánh khác"),
    PetitionAct.PUBLISH: pgettext_lazy("petition", "Công khai câu trả lời"),
    PetitionAct.UNPUBLISH: pgettext_lazy("petition", "Gỡ câu trả lời công khai"),
    PetitionAct.REOPEN: pgettext_lazy("petition", "Mở lại"),
}
DONE: Final[dict[PetitionAct, Promise]] = {
    PetitionAct.CLASSIFY: _("Đã phân loại."),
    PetitionAct.ASK: _("Đã gửi yêu cầu bổ sung tới người gửi."),
    PetitionAct.COMPLETE: _("Đã ghi nội dung bổ sung."),
    PetitionAct.TRANSFER: _("Đã chuyển; người gửi được báo."),
    PetitionAct.ASSIGN: _("Đã giao."),
    PetitionAct.ASK_OPINION: _("Đã lấy ý kiến."),
    PetitionAct.GIVE_OPINION: _("Đã ghi ý kiến."),
    PetitionAct.DRAFT_ANSWER: _("Đã trình lãnh đạo duyệt."),
    PetitionAct.GIVE_BACK: _("Đã trả lại dự thảo."),
    PetitionAct.ANSWER: _("Đã trả lời người gửi."),
    PetitionAct.TAKE_UP: _("Đã ghi ý kiến chỉ đạo."),
    PetitionAct.JOIN: _("Đã gộp."),
    PetitionAct.PUBLISH: _("Đã công khai."),
    PetitionAct.UNPUBLISH: _("Đã gỡ xuống."),
    PetitionAct.REOPEN: _("Đã mở lại."),
}
STEP_LABELS: Final[dict[TermStep, Promise]] = {
    TermStep.RETURN: _("Trả lại nếu không đủ điều kiện"),
    TermStep.ASK: _("Yêu cầu bổ sung nếu thiếu"),
    TermStep.TRANSFER: _("Chuyển nếu không thuộc thẩm quyền"),
    TermStep.ANSWER: _("Trả lời"),
    TermStep.PUBLISH: _("Công khai câu trả lời"),
}
_PERSONAL: Final[dict[PersonalKind, Promise]] = {
    PersonalKind.PHONE: _("số điện thoại “%(text)s”"),
    PersonalKind.EMAIL: _("thư điện tử “%(text)s”"),
    PersonalKind.IDENTITY: _("số định danh “%(text)s”"),
    PersonalKind.NUMBER: _("dãy số dài “%(text)s”"),
    PersonalKind.DOCUMENT: _("số giấy tờ “%(text)s”"),
    PersonalKind.PLATE: _("biển số xe “%(text)s”"),
    PersonalKind.PLACE: _("tọa độ “%(text)s”"),
    PersonalKind.CODE: _("mã hồ sơ, mã phản ánh “%(text)s”"),
    PersonalKind.NAME: _("tên “%(text)s”"),
    PersonalKind.ADDRESS: _("địa chỉ “%(text)s”"),
}
REFUSALS: Final = (
    DraftChanged,
    FindingUnfit,
    MayNotHandle,
    NamesASender,
    NotAColleagueThere,
    NotAnother,
    OpinionsAwaited,
    PetitionActRefused,
    StillPersonal,
)


def refusal_in_words(refused: Exception) -> str:
    """Return why an act on a petition was refused."""
    if isinstance(refused, StillPersonal):
        found = _told(refused.found)
        return gettext("Chưa công khai được vì còn thông tin cá nhân: %(found)s. Hãy lược bỏ.") % {"found": found}
    if isinstance(refused, NamesASender):
        sentence = gettext(
            "Câu trả lời còn gửi cho người gửi các phản ánh đã gộp, nên chưa gửi được vì có: %(found)s. Hãy viết "
            "câu trả lời riêng cho họ, không cho biết ai khác là ai."
        )
        return sentence % {"found": _told(refused.found)}
    if isinstance(refused, OpinionsAwaited):
        return gettext("Còn chờ ý kiến của: %(units)s.") % {"units": ", ".join(refused.units)}
    sentences: dict[type[Exception], str] = {
        DraftChanged: gettext("Dự thảo đã thay đổi sau khi bạn đọc. Hãy đọc lại rồi duyệt."),
        FindingUnfit: gettext("Kết luận này không hợp với loại phản ánh."),
        MayNotHandle: gettext("Bạn không được giao việc này đối với phản ánh."),
        NotAColleagueThere: gettext("Người này không xử lý phản ánh ở đơn vị đang giữ."),
        NotAnother: gettext("Hãy chọn đơn vị khác hoặc phản ánh khác còn đang xử lý ở đơn vị."),
        PetitionActRefused: gettext("Phản ánh đang ở tình trạng khác nên không làm được việc này."),
    }
    return sentences[type(refused)]


def _told(found: Iterable[Personal]) -> str:
    return "; ".join(str(_PERSONAL[one.kind]) % {"text": one.text} for one in found)
