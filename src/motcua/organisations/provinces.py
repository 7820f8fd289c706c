"""The provinces since 1 July 2025 and those before: names, statistical codes, agency identifiers (I-03 to I-05).

Sources: Quyết định 19/2025/QĐ-TTg and Nghị quyết 202/2025/QH15 for names, codes and mergers; QCVN 102:2016/BTTTT for
the identifiers. Of these 21 are confirmed by real codes, the others follow the alphabetical list (doubt S-07).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

TWO_TIERS_ON: Final = date(2025, 7, 1)
"""The first day of two-tier local government: districts end, provinces and communes merge (I-06)."""


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally-run city of today."""

    gso: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class OldProvince:
    """A province before the merger; `successor` is the statistical code of today's province."""

    gso: str
    name: str
    agency: str
    successor: str


PROVINCES: Final = (
    Province("01", "Thành phố Hà Nội", "H26"),
    Province("04", "Tỉnh Cao Bằng", "H14"),
    Province("08", "Tỉnh Tuyên Quang", "H60"),
    Province("11", "Tỉnh Điện Biên", "H18"),
    Province("12", "Tỉnh Lai Châu", "H35"),
    Province("14", "Tỉnh Sơn La", "H52"),
    Province("15", "Tỉnh Lào Cai", "H38"),
    Province("19", "Tỉnh Thái Nguyên", "H55"),
    Province("20", "Tỉnh Lạng Sơn", "H37"),
    Province("22", "Tỉnh Quảng Ninh", "H49"),
    Province("24", "Tỉnh Bắc Ninh", "H05"),
    Province("25", "Tỉnh Phú Thọ", "H44"),
    Province("31", "Thành phố Hải Phòng", "H24"),
    Province("33", "Tỉnh Hưng Yên", "H31"),
    Province("37", "Tỉnh Ninh Bình", "H42"),
    Province("38", "Tỉnh Thanh Hóa", "H56"),
    Province("40", "Tỉnh Nghệ An", "H41"),
    Province("42", "Tỉnh Hà Tĩnh", "H27"),
    Province("44", "Tỉnh Quảng Trị", "H50"),
    Province("46", "Thành phố Huế", "H57"),
    Province("48", "Thành phố Đà Nẵng", "H17"),
    Province("51", "Tỉnh Quảng Ngãi", "H48"),
    Province("52", "Tỉnh Gia Lai", "H21"),
    Province("56", "Tỉnh Khánh Hòa", "H32"),
    Province("66", "Tỉnh Đắk Lắk", "H15"),
    Province("68", "Tỉnh Lâm Đồng", "H36"),
    Province("75", "Thành phố Đồng Nai", "H19"),
    Province("79", "Thành phố Hồ Chí Minh", "H29"),
    Province("80", "Tỉnh Tây Ninh", "H53"),
    Province("82", "Tỉnh Đồng Tháp", "H20"),
    Province("86", "Tỉnh Vĩnh Long", "H61"),
    Province("91", "Tỉnh An Giang", "H01"),
    Province("92", "Thành phố Cần Thơ", "H13"),
    Province("96", "Tỉnh Cà Mau", "H12"),
)

OLD_PROVINCES: Final = (
    OldProvince("01", "Thành phố Hà Nội", "H26", "01"),
    OldProvince("02", "Tỉnh Hà Giang", "H22", "08"),
    OldProvince("04", "Tỉnh Cao Bằng", "H14", "04"),
    OldProvince("06", "Tỉnh Bắc Kạn", "H03", "19"),
    OldProvince("08", "Tỉnh Tuyên Quang", "H60", "08"),
    OldProvince("10", "Tỉnh Lào Cai", "H38", "15"),
    OldProvince("11", "Tỉnh Điện Biên", "H18", "11"),
    OldProvince("12", "Tỉnh Lai Châu", "H35", "12"),
    OldProvince("14", "Tỉnh Sơn La", "H52", "14"),
    OldProvince("15", "Tỉnh Yên Bái", "H63", "15"),
    OldProvince("17", "Tỉnh Hòa Bình", "H28", "25"),
    OldProvince("19", "Tỉnh Thái Nguyên", "H55", "19"),
    OldProvince("20", "Tỉnh Lạng Sơn", "H37", "20"),
    OldProvince("22", "Tỉnh Quảng Ninh", "H49", "22"),
    OldProvince("24", "Tỉnh Bắc Giang", "H02", "24"),
    OldProvince("25", "Tỉnh Phú Thọ", "H44", "25"),
    OldProvince("26", "Tỉnh Vĩnh Phúc", "H62", "25"),
    OldProvince("27", "Tỉnh Bắc Ninh", "H05", "24"),
    OldProvince("30", "Tỉnh Hải Dương", "H23", "31"),
    OldProvince("31", "Thành phố Hải Phòng", "H24", "31"),
    OldProvince("33", "Tỉnh Hưng Yên", "H31", "33"),
    OldProvince("34", "Tỉnh Thái Bình", "H54", "33"),
    OldProvince("35", "Tỉnh Hà Nam", "H25", "37"),
    OldProvince("36", "Tỉnh Nam Định", "H40", "37"),
    OldProvince("37", "Tỉnh Ninh Bình", "H42", "37"),
    OldProvince("38", "Tỉnh Thanh Hóa", "H56", "38"),
    OldProvince("40", "Tỉnh Nghệ An", "H41", "40"),
    OldProvince("42", "Tỉnh Hà Tĩnh", "H27", "42"),
    OldProvince("44", "Tỉnh Quảng Bình", "H46", "44"),
    OldProvince("45", "Tỉnh Quảng Trị", "H50", "44"),
    OldProvince("46", "Thành phố Huế", "H57", "46"),
    OldProvince("48", "Thành phố Đà Nẵng", "H17", "48"),
    OldProvince("49", "Tỉnh Quảng Nam", "H47", "48"),
    OldProvince("51", "Tỉnh Quảng Ngãi", "H48", "51"),
    OldProvince("52", "Tỉnh Bình Định", "H08", "52"),
    OldProvince("54", "Tỉnh Phú Yên", "H45", "66"),
    OldProvince("56", "Tỉnh Khánh Hòa", "H32", "56"),
    OldProvince("58", "Tỉnh Ninh Thuận", "H43", "56"),
    OldProvince("60", "Tỉnh Bình Thuận", "H11", "68"),
    OldProvince("62", "Tỉnh Kon Tum", "H34", "51"),
    OldProvince("64", "Tỉnh Gia Lai", "H21", "52"),
    OldProvince("66", "Tỉnh Đắk Lắk", "H15", "66"),
    OldProvince("67", "Tỉnh Đắk Nông", "H16", "68"),
    OldProvince("68", "Tỉnh Lâm Đồng", "H36", "68"),
    OldProvince("70", "Tỉnh Bình Phước", "H10", "75"),
    OldProvince("72", "Tỉnh Tây Ninh", "H53", "80"),
    OldProvince("74", "Tỉnh Bình Dương", "H09", "79"),
    OldProvince("75", "Tỉnh Đồng Nai", "H19", "75"),
    OldProvince("77", "Tỉnh Bà Rịa - Vũng Tàu", "H06", "79"),
    OldProvince("79", "Thành phố Hồ Chí Minh", "H29", "79"),
    OldProvince("80", "Tỉnh Long An", "H39", "80"),
    OldProvince("82", "Tỉnh Tiền Giang", "H58", "82"),
    OldProvince("83", "Tỉnh Bến Tre", "H07", "86"),
    OldProvince("84", "Tỉnh Trà Vinh", "H59", "86"),
    OldProvince("86", "Tỉnh Vĩnh Long", "H61", "86"),
    OldProvince("87", "Tỉnh Đồng Tháp", "H20", "82"),
    OldProvince("89", "Tỉnh An Giang", "H01", "91"),
    OldProvince("91", "Tỉnh Kiên Giang", "H33", "91"),
    OldProvince("92", "Thành phố Cần Thơ", "H13", "92"),
    OldProvince("93", "Tỉnh Hậu Giang", "H30", "92"),
    OldProvince("94", "Tỉnh Sóc Trăng", "H51", "92"),
    OldProvince("95", "Tỉnh Bạc Liêu", "H04", "96"),
    OldProvince("96", "Tỉnh Cà Mau", "H12", "96"),
)
