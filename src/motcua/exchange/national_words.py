"""The words and numbers of the national structure beside ours, as tables that are read both ways."""

from typing import Final

from motcua.rules.time_limits import LimitUnit
from motcua.rules.vietnamese import search_key

CHANNELS: Final = {"DIRECT": "1", "ONLINE": "2", "POSTAL": "3"}
"""KENH: 1 at the desk, 2 online, 3 by post."""
LEVELS: Final = {
    "MINISTRY": "Cấp Bộ",
    "PROVINCE": "Cấp Tỉnh",
    "DISTRICT": "Cấp Huyện",
    "COMMUNE": "Cấp Xã",
    "OTHER": "Cơ quan khác",
}
ONLINE: Final = {
    "UNKNOWN": "",
    "NONE": "Không trực tuyến",
    "AVAILABLE": "Nộp trực tuyến",
    "PARTIAL": "Một phần",
    "END_TO_END": "Toàn trình",
}
TIME_UNITS: Final = {
    LimitUnit.WORKING_DAY: "Ngày làm việc",
    LimitUnit.DAY: "Ngày",
    LimitUnit.WORKING_HOUR: "Giờ làm việc",
    LimitUnit.HOUR: "Giờ",
    LimitUnit.MONTH: "Tháng",
    LimitUnit.YEAR: "Năm",
    LimitUnit.IMMEDIATE: "Giải quyết ngay",
    LimitUnit.SAME_DAY: "Trong ngày",
}
SOURCE: Final = "Cơ sở dữ liệu quốc gia về thủ tục hành chính"
"""Where content taken over is from."""
NO_SECTOR: Final = "Chưa phân lĩnh vực"
PUBLIC: Final = "1"
"""TRANGTHAI of a procedure that is public."""

CHANNEL_OF: Final = {number: method for method, number in CHANNELS.items()}
LEVEL_OF: Final = {search_key(word): level for level, word in LEVELS.items()}
ONLINE_OF: Final = {search_key(word): level for level, word in ONLINE.items()}
TIME_UNIT_OF: Final = {search_key(word): unit for unit, word in TIME_UNITS.items()}
