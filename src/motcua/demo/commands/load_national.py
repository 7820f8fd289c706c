"""Have the officer bring a file of the national database: nearly what stands here, with a handful of differences.

Titles and codes are real, the differences are invented: what an officer meets in any month.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.utils import timezone

from motcua.accounts.models import User
from motcua.exchange.commands.compare import compare
from motcua.exchange.commands.take_records import Told, take_records
from motcua.exchange.models import NationalSnapshot
from motcua.exchange.national_format import OWN_KEY, NationalRecord, lines_of_records
from motcua.exchange.queries.exported import catalogue_records
from motcua.kernel.events import JsonValue

KEEPER: Final = "kiemsoat"
_STEPS: Final = 1
_NEW: Final = "1.003583"
_NOT_THERE: Final = "1.001612"
_BIRTH, _DEATH, _MARRIAGE, _SINGLE = "1.001193", "1.000656", "1.000894", "1.004873"


def load_national(*, at: datetime, step: Callable[[], None]) -> None:
    """Bring the file once, and list what differs; where one has been brought, nothing is done."""
    if not NationalSnapshot.objects.exists():
        records = [_theirs(record) for record in catalogue_records(timezone.localdate(at))]
        records = [record for record in records if record["MATTHC"] != _NOT_THERE]
        births = [record for record in records if record["MATTHC"] == _BIRTH]
        records += [{**record, "MATTHC": _NEW, "TENTTHC": "Thủ tục đăng ký khai sinh lưu động"} for record in births]
        told = Told(lines_of_records(records), "csdl-quoc-gia.jsonl", is_whole=True)
        take_records(told=told, actor=User.objects.get(username=KEEPER), at=at)
        compare(at=at)
    step()


def national_count() -> int:
    """Return how many steps `load_national` reports."""
    return _STEPS


def _theirs(record: NationalRecord) -> NationalRecord:
    """Return what the national database says of a procedure here: without what is ours alone, some of it otherwise."""
    own: NationalRecord = {key: value for key, value in record.items() if key != OWN_KEY}
    return {**own, **_CHANGES.get(str(record["MATTHC"]), {})}


_CHANGES: Final[dict[str, dict[str, JsonValue]]] = {
    _BIRTH: {
        "YEUCAU": "Người yêu cầu xuất trình giấy tờ chứng minh nhân thân còn hiệu lực.",
        "COQUANTHUCHIEN": [{"TENDONVI": "Uỷ ban nhân dân cấp xã nơi cư trú", "MADONVI": ""}],
    },
    _DEATH: {"LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": "Hộ tịch (Bộ Tư pháp)"}]},
    _MARRIAGE: {
        "THOIGIANCHUNG": {
            "THOIGIANGIAIQUYET": "2",
            "DONVITINH": "Ngày công",
            "MOTA": "",
            "PHILEPHI": [{"MAPHILEPHI": "", "SOTIEN": 0, "DONVI": "VNĐ", "MOTA": "Miễn phí"}],
        }
    },
    _SINGLE: {"DOITUONGTHUCHIEN": [{"TENDOITUONG": "Công dân Việt Nam, người Việt Nam định cư ở nước ngoài"}]},
}
