"""A receipt, a request and a refusal as a desk would issue them, for tests of the printed papers."""

from datetime import datetime
from decimal import Decimal

from motcua.documents.form_data import CommonData, PaperData, ReceiptData, RefusalData, SupplementRequestData
from motcua.rules.deadlines import CountingMode, derivation_as_json, due_moment
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.working_time import DEFAULT_HOURS, HANOI, WorkingCalendar

RECEIVED = datetime(2026, 3, 2, 15, 40, tzinfo=HANOI)
COMMON: CommonData = {
    "form": "01",
    "notation": "Thông tư số 03/2025/TT-VPCP",
    "number": "12/TNHS",
    "superior": "UBND phường Điện Biên Phủ",
    "desk": "Trung tâm Phục vụ hành chính công phường Điện Biên Phủ",
    "desk_phone": "0215 3826 000",
    "place": "Điện Biên Phủ",
    "code": "H18.31-260302-0012",
    "look_up_url": "https://motcua.example.vn/tra-cuu/?ma=H18.31-260302-0012",
    "applicant": {
        "full_name": "Vừ Thị Nguyệt Ánh",
        "citizen_id": "011199000123",
        "phone": "0912 345 678",
        "email": "nguyet.anh@example.com",
        "address": "Bản Phủ, phường Điện Biên Phủ, tỉnh Điện Biên",
        "on_behalf_of": "",
    },
    "procedure": "Đăng ký khai sinh có yếu tố nước ngoài kết hợp đăng ký nhận cha, mẹ, con",
    "procedure_code": "1.001695",
    "at": RECEIVED.isoformat(),
    "officer": "Lò Thị Mẫu Hoa",
    "officer_phone": "0215 3826 001",
}


def paper(name: str, *, originals: int = 0, copies: int = 0, electronic: int = 0, note: str = "") -> PaperData:
    return {"name": name, "originals": originals, "copies": copies, "electronic": electronic, "note": note}


def receipt(*, days: int = 5) -> ReceiptData:
    limit = TimeLimit(Decimal(days), LimitUnit.WORKING_DAY)
    promise = due_moment(RECEIVED, limit, WorkingCalendar(hours=DEFAULT_HOURS), CountingMode.CIVIL)
    return {
        **COMMON,
        "pin": "4821",
        "look_up_address": "https://motcua.example.vn/tra-cuu/",
        "papers": [
            paper("Tờ khai đăng ký khai sinh, đăng ký nhận cha, mẹ, con theo mẫu", originals=1, electronic=1),
            paper("Giấy chứng sinh; trường hợp không có giấy chứng sinh thì nộp văn bản của người làm chứng", copies=1),
            paper("Văn bản ủy quyền được chứng thực", electronic=1),
        ],
        "set_count": 1,
        "limit": f"{days} ngày làm việc",
        "fee": "75.000 đồng",
        "due_at": promise.due_at.isoformat(),
        "due_is_provisional": promise.is_provisional,
        "returned": "Nhận tại quầy",
        "return_place": "Trung tâm Phục vụ hành chính công phường Điện Biên Phủ, Tổ 5, đường 7/5",
        "derivation": derivation_as_json(promise, "vi"),
    }


def supplement_request() -> SupplementRequestData:
    return {
        **COMMON,
        "form": "02",
        "number": "7/HDHS",
        "papers": [
            paper("Giấy chứng sinh", originals=1, note="Ảnh chụp bị mờ, không đọc được ngày sinh. Xin chụp lại."),
            paper("Văn bản ủy quyền", copies=1, note="Chưa có chứng thực chữ ký"),
        ],
        "reason": "Giấy tờ chưa đọc được và chưa đủ theo danh mục đã công bố.",
        "basis": "",
    }


def refusal() -> RefusalData:
    return {
        **COMMON,
        "form": "03",
        "number": "3/TCHS",
        "ground": "Không thuộc thẩm quyền giải quyết",
        "citation": "Điều 35 khoản 1 Luật Hộ tịch số 60/2014/QH13",
        "reason": "Người được khai sinh cư trú tại tỉnh Lai Châu; xin nộp tại nơi cư trú của cha hoặc mẹ.",
    }
