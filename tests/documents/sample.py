"""Every form as a desk or an agency would issue it, for tests of the printed papers."""

from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from motcua.documents.form_data import (
    ApologyData,
    CommonData,
    FormData,
    HeadData,
    PaperData,
    ReceiptData,
    RefusalData,
    StopNoticeData,
    SupplementRequestData,
)
from motcua.documents.office_data import (
    ControlSheetData,
    HandoverListData,
    HandoverRow,
    KitForm,
    OfficeData,
    PaperKitData,
    RegisterData,
    RegisterLineData,
)
from motcua.rules.deadlines import CountingMode, derivation_as_json, due_moment
from motcua.rules.papers import PaperKind
from motcua.rules.prescribed_forms import AnyPaper, OfficePaper, form_of
from motcua.rules.regimes import Regime
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.working_time import DEFAULT_HOURS, HANOI, WorkingCalendar

RECEIVED = datetime(2026, 3, 2, 15, 40, tzinfo=HANOI)
HEAD: HeadData = {
    "generation": "2025",
    "form": "01",
    "notation": "Thông tư số 03/2025/TT-VPCP",
    "title": ["GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"],
    "size": "A5",
    "number": "12/TNHS",
    "superior": "UBND phường Điện Biên Phủ",
    "desk": "Trung tâm Phục vụ hành chính công phường Điện Biên Phủ",
    "place": "Điện Biên Phủ",
    "at": RECEIVED.isoformat(),
}
COMMON: CommonData = {
    **HEAD,
    "desk_phone": "0215 3826 000",
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
    "officer": "Lò Thị Mẫu Hoa",
    "officer_phone": "0215 3826 001",
}


WARD = "UBND phường Điện Biên Phủ"


def head_of(kind: AnyPaper, regime: Regime = Regime.R2026) -> HeadData:
    """What the head says that depends on the form and its generation."""
    form = form_of(kind, regime)
    return {
        **HEAD,
        "generation": form.generation.value,
        "form": form.number,
        "notation": form.notation,
        "title": list(form.title),
        "size": form.size.value,
    }


def paper(name: str, *, originals: int = 0, copies: int = 0, electronic: int = 0, note: str = "") -> PaperData:
    return {"name": name, "originals": originals, "copies": copies, "electronic": electronic, "note": note}


def receipt(*, days: int = 5) -> ReceiptData:
    limit = TimeLimit(Decimal(days), LimitUnit.WORKING_DAY)
    promise = due_moment(RECEIVED, limit, WorkingCalendar(hours=DEFAULT_HOURS), CountingMode.CIVIL)
    return {
        **COMMON,
        **head_of(PaperKind.RECEIPT),
        "number": "12/TNHS",
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
        "register_volume": "2026",
        "register_line": "0123",
        "entered_at": "",
    }


def supplement_request() -> SupplementRequestData:
    return {
        **COMMON,
        **head_of(PaperKind.SUPPLEMENT_REQUEST),
        "number": "7/HDHS",
        "papers": [
            paper("Giấy chứng sinh", originals=1, note="Ảnh chụp bị mờ, không đọc được ngày sinh. Xin chụp lại."),
            paper("Văn bản ủy quyền", copies=1, note="Chưa có chứng thực chữ ký"),
        ],
        "reason": "Giấy tờ chưa đọc được và chưa đủ theo danh mục đã công bố.",
        "basis": "",
        "entered_at": "",
        "paper_number": "",
    }


def refusal() -> RefusalData:
    return {
        **COMMON,
        **head_of(PaperKind.REFUSAL),
        "number": "3/TCHS",
        "ground": "Không thuộc thẩm quyền giải quyết",
        "citation": "Điều 35 khoản 1 Luật Hộ tịch số 60/2014/QH13",
        "reason": "Người được khai sinh cư trú tại tỉnh Lai Châu; xin nộp tại nơi cư trú của cha hoặc mẹ.",
        "entered_at": "",
        "paper_number": "",
    }


def apology() -> ApologyData:
    return {
        **COMMON,
        **head_of(PaperKind.APOLOGY),
        "number": "2/PXL",
        "superior": "UBND tỉnh Điện Biên",
        "issuer": WARD,
        "agency": WARD,
        "sector": "Hộ tịch",
        "accepted_at": RECEIVED.isoformat(),
        "old_due_at": "2026-03-09T17:00:00+07:00",
        "new_due_at": "2026-03-12T17:00:00+07:00",
        "reason": "Chưa có kết quả xác minh của Công an phường nơi cư trú trước đây.",
        "extension_count": 1,
    }


def stop_notice() -> StopNoticeData:
    return {
        **COMMON,
        **head_of(PaperKind.STOP_NOTICE),
        "number": "1/TBDHS",
        "superior": "UBND tỉnh Điện Biên",
        "issuer": WARD,
        "agency": WARD,
        "stage": "Chờ bổ sung giấy tờ",
        "basis": "khoản 5 Điều 19 Nghị định số 118/2025/NĐ-CP",
        "reason": "Quá 15 ngày kể từ ngày yêu cầu, ông (bà) chưa bổ sung giấy chứng sinh.",
        "returned_papers": "Tờ khai đăng ký khai sinh theo mẫu (01 bản chính)",
        "fee_outcome": "xử lý theo quy định của pháp luật về phí và lệ phí",
    }


def handover(given: str, from_unit: str, giver: str, to_unit: str, **more: str) -> HandoverRow:
    row: HandoverRow = {
        "given_at": given,
        "giving_unit": from_unit,
        "giver": giver,
        "received_at": given,
        "receiving_unit": to_unit,
        "receiver": "",
        "result": "",
        "note": "",
    }
    row.update(more)  # type: ignore[typeddict-item]  # the names are those of the row
    return row


def control_sheet() -> ControlSheetData:
    desk, office = HEAD["desk"], "Phòng Tư pháp"
    return {
        **COMMON,
        **head_of(OfficePaper.CONTROL_SHEET),
        "number": "",
        "agency": WARD,
        "others": "Công an phường Điện Biên Phủ",
        "entered_at": "",
        "accepted_at": RECEIVED.isoformat(),
        "due_at": "2026-03-09T17:00:00+07:00",
        "handovers": [
            handover("2026-03-02T16:10:00+07:00", desk, "Lò Thị Mẫu Hoa", WARD, receiver="Quàng Văn Thương"),
            handover(
                "2026-03-03T08:20:00+07:00",
                WARD,
                "Quàng Văn Thương",
                WARD,
                receiver="Cà Thị Xuân",
                result="Trước hạn",
                note="Phân công thụ lý",
            ),
            handover(
                "2026-03-05T09:00:00+07:00",
                WARD,
                "Cà Thị Xuân",
                office,
                receiver="Nguyễn Đình Chiến",
                result="Quá hạn",
                note="Trình ký",
            ),
            handover("2026-03-06T15:30:00+07:00", office, "Nguyễn Đình Chiến", desk, received_at=""),
        ],
    }


def register_line(number: int, **more: str) -> RegisterLineData:
    line: RegisterLineData = {
        "number": f"{number:02}",
        "code": f"H18.31-260302-{number:04}",
        "procedure": "Đăng ký khai sinh",
        "sets": "01",
        "applicant": "Vừ Thị Nguyệt Ánh",
        "contact": "Bản Phủ, phường Điện Biên Phủ; 0912 345 678",
        "agency": WARD,
        "accepted_on": "2026-03-02",
        "due_on": "2026-03-09",
        "returned_on": "2026-03-06",
        "manner": "Nhận tại quầy",
        "received_by": "Vừ Thị Nguyệt Ánh",
        "note": "",
    }
    line.update(more)  # type: ignore[typeddict-item]  # the names are those of the line
    return line


def register(*, lines: int = 3) -> RegisterData:
    return {
        **head_of(OfficePaper.REGISTER),
        "number": "",
        "year": "2026",
        "volume": "2026",
        "lines": [
            *(register_line(number) for number in range(1, lines)),
            register_line(
                lines, returned_on="", manner="Qua bưu chính công ích", received_by="", note="Đang giải quyết"
            ),
        ],
        "line_count": lines,
        "keeper": "",
        "closed_at": "2027-01-04T08:30:00+07:00",
        "closer": "Lường Thị Hiền",
    }


def handover_list() -> HandoverListData:
    listed = {"applicant": "Vừ Thị Nguyệt Ánh", "procedure": "Đăng ký khai sinh", "due_on": "2026-03-09", "note": ""}
    return {
        **head_of(OfficePaper.HANDOVER_LIST),
        "number": "5/DSBG",
        "giving_unit": HEAD["desk"],
        "receiving_unit": WARD,
        "purpose": "Chuyển hồ sơ để giải quyết",
        "lines": [
            {"code": f"H18.31-260302-{number:04}", **listed}  # type: ignore[typeddict-item]  # the names are those
            for number in range(1, 4)
        ],
        "line_count": 3,
        "giver": "Lò Thị Mẫu Hoa",
        "receiver": "Quàng Văn Thương",
        "received_at": "2026-03-02T16:30:00+07:00",
    }


def kit_form(kind: AnyPaper, regime: Regime = Regime.R2026) -> KitForm:
    form = form_of(kind, regime)
    return {"form": form.number, "notation": form.notation, "title": list(form.title), "mark": form.mark}


def paper_kit(regime: Regime = Regime.R2026) -> PaperKitData:
    return {
        **head_of(OfficePaper.PAPER_KIT, regime),
        "number": "",
        "kit": "H18.31.04-2026-1",
        "agency": WARD,
        "desk_phone": "0215 3826 000",
        "look_up_url": "https://motcua.example.vn/tra-cuu/",
        "reserved_at": "2026-02-24T08:10:00+07:00",
        "reserved_by": "Lường Thị Hiền",
        "slots": [
            {
                "number": f"{number}",
                "code": f"H18.31-......-{number}",
                "bars": f"H18.31-{number}",
                "pin": f"{number - 5000}",
            }
            for number in (9001, 9002)
        ],
        "tables": [
            {
                "limits": ["3 ngày làm việc", "5 ngày làm việc", "15 ngày"],
                "rows": [
                    {"on": "Thứ Sáu, 27/02/2026", "off": "", "due": ["04/03/2026", "06/03/2026", "16/03/2026"]},
                    {"on": "Thứ Bảy, 28/02/2026", "off": "Nghỉ hằng tuần", "due": []},
                    {"on": "Chủ nhật, 01/03/2026", "off": "Nghỉ hằng tuần", "due": []},
                    {"on": "Thứ Hai, 02/03/2026", "off": "", "due": ["05/03/2026", "09/03/2026", "17/03/2026 *"]},
                ],
            }
        ],
        "procedures": [
            {"code": "1.001193", "title": "Đăng ký khai sinh", "limit": "5 ngày làm việc"},
            {"code": "1.001695", "title": COMMON["procedure"], "limit": "15 ngày"},
        ],
        "blanks": 1,
        "grounds": ["Không thuộc thẩm quyền giải quyết", "Việc này đã được giải quyết"],
        "returns": 15,
        "receipt": kit_form(PaperKind.RECEIPT, regime),
        "supplement_request": kit_form(PaperKind.SUPPLEMENT_REQUEST, regime),
        "refusal": kit_form(PaperKind.REFUSAL, regime),
        "control_sheet": kit_form(OfficePaper.CONTROL_SHEET, regime),
        "register": kit_form(OfficePaper.REGISTER, regime),
    }


EVERY_FORM: dict[AnyPaper, FormData | OfficeData] = {
    PaperKind.RECEIPT: receipt(),
    PaperKind.SUPPLEMENT_REQUEST: supplement_request(),
    PaperKind.REFUSAL: refusal(),
    PaperKind.APOLOGY: apology(),
    PaperKind.STOP_NOTICE: stop_notice(),
    OfficePaper.CONTROL_SHEET: control_sheet(),
    OfficePaper.REGISTER: register(),
    OfficePaper.HANDOVER_LIST: handover_list(),
    OfficePaper.PAPER_KIT: paper_kit(),
}


def of_regime(kind: AnyPaper, regime: Regime) -> FormData | OfficeData:
    """The sample of `kind` in the generation of `regime`, with its own number."""
    if kind is OfficePaper.PAPER_KIT:
        return paper_kit(regime)
    data: Any = EVERY_FORM[kind]
    named = ("generation", "form", "notation", "title", "size")
    given: Any = head_of(kind, regime)
    changed: Any = {**data, **{name: given[name] for name in named}}
    return cast("FormData | OfficeData", changed)
