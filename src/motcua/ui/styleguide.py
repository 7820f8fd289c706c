"""What the living style page shows: every component with the words and figures of a real day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from motcua.rules.transitions import Status
from motcua.ui.forms import FileUpload, VietnameseDateField
from motcua.ui.icons import ICONS
from motcua.ui.parts import (
    Badge,
    Cell,
    DerivationDay,
    Figure,
    Link,
    RowAct,
    StepState,
    SummaryRow,
    Task,
    TimelineStep,
    Tone,
    Urgency,
    WorklistRow,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DUE_AT = datetime(2021, 2, 22, 17, 0, tzinfo=HANOI)
CODE = "000.00.31.H18-210208-0012"


class ExampleForm(forms.Form):
    """One field of each kind."""

    full_name = forms.CharField(label="Họ, chữ đệm và tên", help_text="Ghi như trên giấy khai sinh hoặc thẻ căn cước.")
    born_on = VietnameseDateField(label="Ngày sinh")
    phone = forms.CharField(label="Số điện thoại", widget=forms.TextInput(attrs={"inputmode": "tel"}))
    commune = forms.ChoiceField(
        label="Xã, phường nơi cư trú",
        choices=[("", "Chọn xã, phường"), ("1", "Phường Điện Biên Phủ"), ("2", "Xã Mường Phăng")],
    )
    channel = forms.ChoiceField(
        label="Nhận kết quả bằng cách nào?",
        widget=forms.RadioSelect,
        choices=[("1", "Đến bộ phận một cửa"), ("2", "Qua bưu điện, về tận nhà"), ("3", "Bản điện tử")],
    )
    languages = forms.MultipleChoiceField(
        label="Giấy tờ đã có",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "Giấy chứng sinh"), ("2", "Giấy chứng nhận kết hôn")],
    )
    reason = forms.CharField(label="Điều muốn nói thêm", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    photo = forms.FileField(
        label="Giấy chứng sinh", widget=FileUpload(accept="image/*,application/pdf", max_bytes=20 * 1024**2)
    )
    agree = forms.BooleanField(label="Tôi chịu trách nhiệm về những điều đã khai.")


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour of the palette by the name of its custom property."""

    name: str
    use: str


def context() -> dict[str, Any]:
    """Collect the data of the style page."""
    return {
        "form": ExampleForm({"full_name": "Lò Thị Ban", "born_on": "31/02/1985", "phone": ""}),
        "icons": sorted(ICONS),
        "statuses": [(status.value, status.name) for status in Status],
        "breadcrumb": [Link("Trang chủ", "/"), Link("Thủ tục", "/"), Link("Đăng ký khai sinh")],
        "tabs": [Link("Chờ tiếp nhận", "#a", is_current=True, count=12), Link("Đang xử lý", "#b", count=48)],
        "figures": _figures(),
        "rows": _worklist(),
        "columns": ["Thủ tục", "Bước"],
        "steps": _steps(),
        "days": _days(),
        "summary": _summary(),
        "tasks": _tasks(),
        "due_at": DUE_AT,
        "span": timedelta(hours=11),
        "code": CODE,
    }


def _figures() -> list[Figure]:
    return [
        Figure("Quá hạn", 3, "#overdue", Tone.BAD, "overdue"),
        Figure("Đến hạn hôm nay", 7, "#today", Tone.WARN, "clock", is_current=True),
        Figure("Chờ người dân bổ sung", 12, "#citizen", Tone.INFO, "pause"),
        Figure("Chờ cơ quan khác", 5, "#agency", Tone.QUIET, "building"),
    ]


def _worklist() -> list[WorklistRow]:
    birth = (Cell("Thủ tục", "Đăng ký khai sinh"), Cell("Bước", "Thẩm tra hồ sơ"))
    land = (Cell("Thủ tục", "Đăng ký biến động quyền sử dụng đất"), Cell("Bước", "Trình lãnh đạo ký", "Lan"))
    acts = (RowAct("Phân công", "#a", "assign", "a"), RowAct("Yêu cầu bổ sung", "#s", "note", "s"))
    new, open_there = Badge("Mới"), Badge("Lan đang sửa (2 phút)", Tone.INFO, "edit")
    return [
        WorklistRow(CODE, "#1", "Lò Thị Ban", birth, Urgency.OVERDUE, "quá hạn 2 giờ", DUE_AT, (new,), acts),
        WorklistRow(CODE[:-1] + "3", "#2", "Giàng A Páo", land, Urgency.SOON, "còn 3 giờ", DUE_AT, (open_there,)),
        WorklistRow(CODE[:-1] + "4", "#3", "Nguyễn Văn Được", birth, Urgency.ON_TRACK, "còn 1 ngày 3 giờ", DUE_AT),
        WorklistRow(CODE[:-1] + "5", "#4", "Quàng Thị Ương", land, Urgency.PAUSED, "tạm dừng, chờ bổ sung"),
    ]


def _steps() -> list[TimelineStep]:
    desk = "Bộ phận một cửa phường Điện Biên Phủ"
    return [
        TimelineStep("Đã nộp hồ sơ", StepState.DONE, DUE_AT - timedelta(days=14, hours=7)),
        TimelineStep("Đã tiếp nhận", StepState.DONE, DUE_AT - timedelta(days=14, hours=6), desk),
        TimelineStep(
            "Đang thẩm tra", StepState.CURRENT, holder="UBND phường Điện Biên Phủ", detail="Bạn không phải làm gì thêm."
        ),
        TimelineStep("Ký duyệt", StepState.FUTURE),
        TimelineStep("Trả kết quả", StepState.FUTURE, holder=desk),
    ]


def _days() -> list[DerivationDay]:
    return [
        DerivationDay(date(2021, 2, 8), "Tiếp nhận lúc 10:00; ngày này không tính.", ("B-16",)),
        DerivationDay(date(2021, 2, 9), "Ngày làm việc thứ 1", ("L-01",)),
        DerivationDay(date(2021, 2, 10), "Nghỉ Tết Nguyên đán", ("L-03",), is_off=True),
        DerivationDay(date(2021, 2, 17), "Ngày làm việc thứ 2", ("L-01",)),
        DerivationDay(date(2021, 2, 22), "Ngày làm việc thứ 5: hẹn trả lúc 17:00", ("B-17",), is_due=True),
    ]


def _summary() -> list[SummaryRow]:
    return [
        SummaryRow("Người nộp", "Lò Thị Ban", "#who", "Sửa", "người nộp"),
        SummaryRow("Nơi cư trú", "Tổ 5, phường Điện Biên Phủ,\ntỉnh Điện Biên", "#where", "Sửa", "nơi cư trú"),
        SummaryRow("Nhận kết quả", "Đến bộ phận một cửa"),
    ]


def _tasks() -> list[Task]:
    return [
        Task("Người nộp và người được khai sinh", "#1", status="Đã xong", tone=Tone.GOOD, icon="check"),
        Task("Tờ khai", "#2", "5 câu hỏi", "Đang làm", Tone.INFO, "edit"),
        Task("Giấy tờ kèm theo", "#3", "2 giấy tờ bắt buộc", "Chưa làm", Tone.QUIET),
    ]
