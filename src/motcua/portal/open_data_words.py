"""What each column of the open data holds, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COLUMN_WORDS: Final[Mapping[str, str | Promise]] = {
    "code": _("Mã thủ tục trên Cơ sở dữ liệu quốc gia, không bao giờ đổi"),
    "path": _("Địa chỉ lâu dài của trang thủ tục trên cổng này"),
    "title": _("Tên đầy đủ"),
    "short_title": _("Tên ngắn người dân hay gọi; trống nếu chưa đặt"),
    "summary": _("Tóm tắt bằng lời thường; trống nếu chưa viết"),
    "sector": _("Lĩnh vực"),
    "scope": _("NATIONAL: trung ương quy định; LOCAL: tỉnh quy định"),
    "level": _("Cấp giải quyết: MINISTRY, PROVINCE, DISTRICT, COMMUNE hoặc OTHER"),
    "online_level": _("Mức trực tuyến ghi trong quyết định công bố"),
    "version": _("Nội dung lần thứ mấy"),
    "valid_from": _("Ngày đầu tiên nội dung này có hiệu lực"),
    "valid_until": _("Ngày đầu tiên không còn hiệu lực; trống nếu chưa biết"),
    "withdrawn_on": _("Ngày đầu tiên thủ tục không còn; trống nếu chưa bãi bỏ"),
    "replaced_by": _("Mã thủ tục thay thế"),
    "decision_no": _("Số quyết định công bố"),
    "terms": _("Thời hạn và phí, lệ phí: số đã hiểu được và nguyên văn"),
    "channels": _("Các cách nộp (DIRECT, ONLINE, POSTAL), kèm thời hạn và phí riêng"),
    "papers": _("Giấy tờ phải nộp, số bản chính, bản sao, trường hợp áp dụng"),
    "paper_notes": _("Lời ghi chú đi cùng danh mục giấy tờ"),
    "set_count": _("Số bộ hồ sơ"),
    "results": _("Kết quả nhận được"),
    "steps": _("Các bước thực hiện"),
    "conditions": _("Yêu cầu, điều kiện"),
    "subjects": _("Đối tượng thực hiện"),
    "deciding_agency": _("Cơ quan có thẩm quyền"),
    "implementing_agencies": _("Cơ quan thực hiện"),
    "coordinating_agencies": _("Cơ quan phối hợp"),
    "receiving_address": _("Địa chỉ tiếp nhận ghi trong quyết định"),
    "legal_basis": _("Căn cứ pháp lý"),
}
