"""What is wrong with an internal process and what changed in it, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.process_files import ReadProblem
from motcua.rules.workflow import Fault

Words = str | Promise

FAULTS: dict[Fault, Words] = {
    Fault.EMPTY: _("Quy trình chưa có bước nào."),
    Fault.DOUBLE_CODE: _("Một mã bước dùng cho nhiều dòng."),
    Fault.UNKNOWN_NEXT: _("Bước tiếp theo không có trong bảng."),
    Fault.ENDLESS: _("Các bước nối thành vòng, không bao giờ kết thúc."),
    Fault.UNREACHABLE: _("Không có đường nào đi đến bước này."),
    Fault.DEAD_END: _("Mọi đường phải kết thúc ở bước trả kết quả."),
    Fault.WRONG_ROLE: _("Vai trò không đúng với loại bước."),
    Fault.ROLE_VACANT: _("Tại nơi thực hiện chưa có ai giữ vai trò của bước này."),
    Fault.KIND_MISSING: _("Có đường đi bỏ qua phân công, thẩm định, ký, phát hành hoặc trả kết quả."),
    Fault.KIND_REPEATED: _("Trên một đường đi, chỉ bước thẩm định và bước duyệt dự thảo được lặp lại."),
    Fault.OUT_OF_ORDER: _("Bước này đi đến một bước phải làm trước nó."),
    Fault.UNLABELLED: _("Mỗi lựa chọn phải ghi điều kiện, không trùng nhau."),
    Fault.CHOICE_TOO_LATE: _("Sau khi ký không còn lựa chọn."),
    Fault.UNMATCHED_JOIN: _("Các nhánh song song phải tách và gộp trọn vẹn: không trống, không đi chéo nhau."),
    Fault.LEG_DECIDES: _("Trong nhánh song song chỉ có bước thẩm định."),
    Fault.ELSEWHERE: _("Cơ quan khác chỉ làm ở nhánh phối hợp, không ở nhánh chính."),
    Fault.OUTPUT_MISSING: _("Chưa ghi kết quả của bước."),
    Fault.TOO_LONG: _("Đường dài nhất vượt thời hạn giải quyết của thủ tục."),
}
FIELDS: dict[str, Words] = {
    "name": _("Nội dung công việc"),
    "kind": _("Loại bước"),
    "role": _("Vai trò"),
    "place": _("Nơi thực hiện"),
    "hours": _("Thời gian"),
    "next_codes": _("Bước tiếp theo"),
    "next_labels": _("Điều kiện"),
    "branching": _("Nếu nhiều bước"),
    "output": _("Kết quả"),
    "unit": _("Cơ quan phối hợp"),
}
PROBLEMS: dict[ReadProblem, Words] = {
    ReadProblem.NO_TIME: _("không có thời gian đọc được, dòng này bị bỏ qua."),
    ReadProblem.SHARED_TIME: _("thời gian ghi chung cho nhiều dòng, dòng này bị bỏ qua."),
    ReadProblem.NO_NAME: _("không có nội dung công việc, dòng này bị bỏ qua."),
    ReadProblem.RECEPTION: _("tiếp nhận hồ sơ làm trước quy trình, không đưa vào bảng."),
    ReadProblem.KIND_GUESSED: _("không rõ loại bước, tạm ghi là thẩm định."),
    ReadProblem.UNIT_UNKNOWN: _("không có đơn vị mang mã này, tạm ghi cơ quan giải quyết."),
    ReadProblem.NOT_OURS: _("phần tử này chưa hỗ trợ, bị bỏ qua."),
}
