"""Configuration packages in words: fields, states, and why one is refused."""

import json
import re
from collections.abc import Callable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.province_setup.archive import Fault, PackageRefused
from motcua.province_setup.commands.apply_package import (
    BreaksLinkedGroup,
    ContentUnfit,
    KeyUnknown,
    KindRefused,
    NothingChosen,
)
from motcua.province_setup.commands.packages import OtherFingerprint
from motcua.province_setup.json_values import Json
from motcua.province_setup.kinds import BY_NAME
from motcua.province_setup.merging import Effect, State
from motcua.province_setup.needs import Need
from motcua.workspace.publication_words import flaw_in_words

STATES: Final[dict[State, Promise]] = {
    State.NEW: gettext_lazy("Mới"),
    State.CHANGED: gettext_lazy("Thay đổi"),
    State.CLASH: gettext_lazy("Mâu thuẫn, để nguyên"),
    State.SAME: gettext_lazy("Giống nhau"),
    State.HERE_ONLY: gettext_lazy("Chỉ có ở đây"),
}
TONES: Final[dict[State, str]] = {
    State.NEW: "good",
    State.CHANGED: "info",
    State.CLASH: "warn",
    State.SAME: "quiet",
    State.HERE_ONLY: "quiet",
}
EFFECTS: Final[dict[Effect, Promise]] = {
    Effect.TAKES: gettext_lazy("lấy theo gói"),
    Effect.FILLS: gettext_lazy("điền vào chỗ còn trống"),
    Effect.ENDS: gettext_lazy("ghi ngày theo gói"),
    Effect.ADDS: gettext_lazy("thêm"),
    Effect.CLASHES: gettext_lazy("mâu thuẫn"),
}
_FAULTS: Final[dict[Fault, Promise]] = {
    Fault.TOO_LARGE: gettext_lazy("Tệp quá lớn. Gói lớn được nạp bằng lệnh motcua load package trên máy chủ."),
    Fault.NOT_A_PACKAGE: gettext_lazy("Tệp này không phải là gói cấu hình, hoặc đã hỏng."),
    Fault.OTHER_FORMAT: gettext_lazy("Gói này theo một khuôn dạng mà phiên bản phần mềm ở đây không đọc được."),
    Fault.UNSIGNED: gettext_lazy("Gói này không có chữ ký nên không được nhận."),
    Fault.BAD_SIGNATURE: gettext_lazy("Chữ ký không khớp với nội dung: gói đã bị sửa sau khi ký."),
    Fault.NOT_AS_LISTED: gettext_lazy("Có tệp bên trong không đúng như bản kê đã ký: gói đã bị sửa hoặc bị hỏng."),
    Fault.CONTENT_UNCLEAR: gettext_lazy("Có giá trị trong gói không đọc được."),
}
_FIELDS: Final[dict[str, Promise]] = {
    "name": gettext_lazy("Tên"),
    "short_name": gettext_lazy("Tên ngắn"),
    "title": gettext_lazy("Tên, trích yếu"),
    "kind": gettext_lazy("Loại"),
    "level": gettext_lazy("Cấp"),
    "parent": gettext_lazy("Trực thuộc"),
    "founded_on": gettext_lazy("Ngày thành lập"),
    "dissolved_on": gettext_lazy("Ngày giải thể"),
    "address": gettext_lazy("Địa chỉ"),
    "phone": gettext_lazy("Điện thoại"),
    "email": gettext_lazy("Thư điện tử"),
    "identifiers": gettext_lazy("Mã định danh"),
    "successions": gettext_lazy("Đơn vị kế thừa"),
    "valid_from": gettext_lazy("Hiệu lực từ"),
    "valid_until": gettext_lazy("Hết hiệu lực từ"),
    "spans": gettext_lazy("Giờ làm việc"),
    "other_days": gettext_lazy("Ngày có giờ riêng"),
    "days": gettext_lazy("Các ngày"),
    "source": gettext_lazy("Nguồn, căn cứ"),
    "written": gettext_lazy("Thông tin văn bản"),
    "text": gettext_lazy("Toàn văn"),
    "number": gettext_lazy("Số, ký hiệu"),
    "issuer": gettext_lazy("Cơ quan ban hành"),
    "territory": gettext_lazy("Địa bàn áp dụng"),
    "is_own": gettext_lazy("Do tỉnh ban hành"),
    "is_stub": gettext_lazy("Mới biết số, ký hiệu"),
    "issued_on": gettext_lazy("Ngày ban hành"),
    "effective_from": gettext_lazy("Có hiệu lực từ"),
    "effective_until": gettext_lazy("Hết hiệu lực từ"),
    "end_reason": gettext_lazy("Lý do hết hiệu lực"),
    "is_declared_valid": gettext_lazy("Được tuyên bố còn hiệu lực"),
    "note": gettext_lazy("Ghi chú"),
    "source_url": gettext_lazy("Địa chỉ nguồn"),
    "loaded_hash": gettext_lazy("Mã băm bản nạp"),
    "from_day": gettext_lazy("Từ ngày"),
    "until": gettext_lazy("Đến trước ngày"),
    "relations": gettext_lazy("Quan hệ giữa văn bản"),
    "clocks": gettext_lazy("Cách tính thời hạn của lĩnh vực"),
    "sector": gettext_lazy("Lĩnh vực"),
    "scope": gettext_lazy("Phạm vi"),
    "issuing_authority": gettext_lazy("Cơ quan công bố"),
    "withdrawn_on": gettext_lazy("Bãi bỏ từ"),
    "replaced_by": gettext_lazy("Thay bằng"),
    "versions": gettext_lazy("Lần công bố"),
    "content": gettext_lazy("Nội dung"),
    "terms": gettext_lazy("Thời hạn, phí"),
    "papers": gettext_lazy("Thành phần hồ sơ"),
    "channels": gettext_lazy("Cách thức thực hiện"),
    "results": gettext_lazy("Kết quả"),
    "declaration": gettext_lazy("Tờ khai"),
    "conditions": gettext_lazy("Yêu cầu, điều kiện"),
    "legal_basis": gettext_lazy("Căn cứ pháp lý"),
    "summary": gettext_lazy("Tóm tắt"),
    "content_hash": gettext_lazy("Mã băm nội dung"),
    "published_at": gettext_lazy("Công bố lúc"),
    "declared_nones": gettext_lazy("Xác nhận không có"),
    "decision_no": gettext_lazy("Số quyết định"),
    "entered_on": gettext_lazy("Ngày cập nhật cơ sở dữ liệu"),
    "lines": gettext_lazy("Các dòng của quyết định"),
    "approved_at": gettext_lazy("Phê duyệt lúc"),
    "steps": gettext_lazy("Các bước"),
    "desks": gettext_lazy("Nơi tiếp nhận và giải quyết"),
    "legs": gettext_lazy("Các việc của nhóm"),
}
_PIECE: Final = re.compile(r"([a-z_]+)(?:\[([^\]]*)\])?")
_SHOWN: Final = 160


def field_in_words(path: str) -> str:
    """Return what people call the field at `path`, `versions[2].content.title` for instance."""
    words = []
    for name, key in _PIECE.findall(path):
        label = str(_FIELDS.get(name, name))
        words.append(f"{label} {key}" if key else label)
    return " › ".join(words)


def value_in_words(value: Json) -> str:
    """Return a value of a package for people, cut where it is long."""
    if value is None or value in ("", []):
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def need_in_words(need: Need) -> str:
    """Return what an item waits for, in words: the kind and the key, of a procedure also which version."""
    label = BY_NAME[need.kind].label
    if need.version is None:
        return f"{label}: {need.key}"
    said = {"label": label, "key": need.key, "number": need.version}
    return _("%(label)s: %(key)s, lần công bố %(number)s") % said


def fingerprint_in_groups(fingerprint: str) -> str:
    """Return a fingerprint in groups of four digits, as people read it to one another."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4))


REFUSALS = (BreaksLinkedGroup, ContentUnfit, KeyUnknown, KindRefused, NothingChosen, OtherFingerprint, PackageRefused)


def refusal_in_words(refusal: Exception) -> str:
    """Return why a package, or what was chosen of it, is not taken."""
    return next(say(refusal) for kind, say in _SENTENCES.items() if isinstance(refusal, kind))


def _refused(refusal: PackageRefused) -> str:
    sentence = str(_FAULTS[refusal.fault])
    return (
        _("%(sentence)s Chỗ lỗi: %(place)s.") % {"sentence": sentence, "place": refusal.detail}
        if (refusal.detail)
        else sentence
    )


def _kind_refused(refusal: KindRefused) -> str:
    said = {"kind": BY_NAME[refusal.kind].label, "missing": refusal.missing}
    if refusal.missing:
        return (
            _(
                "Không áp dụng được phần “%(kind)s”: phần này cần mục %(missing)s mà ở đây chưa có. "
                "Hãy chọn cả phần chứa mục đó. Chưa có gì thay đổi."
            )
            % said
        )
    return _("Không áp dụng được phần “%(kind)s”: có mục trái với dữ liệu đang có. Chưa có gì thay đổi.") % said


def _breaks_group(refusal: BreaksLinkedGroup) -> str:
    return _(
        "Nội dung của thủ tục %(code)s trong gói đổi chỗ giấy tờ, câu hỏi mà nhóm liên thông “%(groups)s” dùng chung. "
        "Hãy công bố lại nhóm đó trước, hoặc bỏ chọn phần thủ tục. Chưa có gì thay đổi."
    ) % {"code": refusal.code, "groups": ", ".join(sorted(refusal.groups))}


def _unfit(refusal: ContentUnfit) -> str:
    return _("Nội dung của thủ tục %(code)s trong gói chưa áp dụng được. %(reasons)s Chưa có gì thay đổi.") % {
        "code": refusal.code,
        "reasons": " ".join(map(flaw_in_words, refusal.flaws)),
    }


_SENTENCES: Final[dict[type[Exception], Callable[..., str]]] = {
    PackageRefused: _refused,
    KindRefused: _kind_refused,
    BreaksLinkedGroup: _breaks_group,
    ContentUnfit: _unfit,
    KeyUnknown: lambda _refusal: _("Chưa ai ở đây tin khóa đã ký gói này. Hãy đối chiếu dấu vân tay trước."),
    NothingChosen: lambda _refusal: _("Hãy chọn ít nhất một phần để áp dụng."),
    OtherFingerprint: lambda _refusal: _("Dấu vân tay vừa nhập không phải của khóa đã ký gói này."),
}
