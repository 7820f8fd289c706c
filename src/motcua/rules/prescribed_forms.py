"""Which forms the one-stop desk prints under which regime: number, notation, title and paper size (B-30 to B-37).

Source: docs/law/forms.md. A form follows the regime of its dossier; before acceptance, that of the day.
"""

from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.papers import PaperKind
from motcua.rules.regimes import Regime


class OfficePaper(StrEnum):
    """A paper that officials keep or give each other, never the applicant; `PaperKind` names those they are given."""

    CONTROL_SHEET = "CONTROL_SHEET"
    REGISTER = "REGISTER"
    HANDOVER_LIST = "HANDOVER_LIST"
    PAPER_KIT = "PAPER_KIT"


AnyPaper = PaperKind | OfficePaper


class PaperSize(StrEnum):
    """The sheet a form is printed on."""

    A5 = "A5"
    A4 = "A4"
    A4_LANDSCAPE = "A4_LANDSCAPE"


class Generation(StrEnum):
    """A set of forms, by the year of the text that prescribes it."""

    OF_2015 = "2015"
    OF_2018 = "2018"
    OF_2025 = "2025"


@dataclass(frozen=True, slots=True)
class PrescribedForm:
    """One form of one generation: `title` by printed line, `mark` what follows its own number, as in 12/HDHS.

    `number` and `notation` are empty where the regime prescribes no such form: the paper is then the agency's own
    letter. `mark` is empty for papers without a number of their own; HDHS and PXL are known from printed forms (B-32,
    B-34), the others are [U].
    """

    generation: Generation
    kind: AnyPaper
    number: str
    notation: str
    title: tuple[str, ...]
    mark: str
    size: PaperSize = PaperSize.A5


GENERATION_OF: dict[Regime, Generation] = {
    Regime.R2015: Generation.OF_2015,
    Regime.R2018: Generation.OF_2018,
    Regime.R2021: Generation.OF_2018,
    Regime.R2025: Generation.OF_2025,
    Regime.R2026: Generation.OF_2025,
}
NOTATION: dict[Generation, str] = {
    Generation.OF_2015: "Quyết định số 09/2015/QĐ-TTg",
    Generation.OF_2018: "Thông tư số 01/2018/TT-VPCP",
    Generation.OF_2025: "Thông tư số 03/2025/TT-VPCP",
}
"""The text that prescribes the forms; docs/law/forms.md says how sure each is."""

_COMMON: tuple[tuple[PaperKind, str, tuple[str, ...], str], ...] = (
    (PaperKind.RECEIPT, "01", ("GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ"), "TNHS"),
    (PaperKind.SUPPLEMENT_REQUEST, "02", ("PHIẾU YÊU CẦU BỔ SUNG,", "HOÀN THIỆN HỒ SƠ"), "HDHS"),
    (PaperKind.REFUSAL, "03", ("PHIẾU TỪ CHỐI", "TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"), "TCHS"),
)
_APOLOGY_2018 = ("PHIẾU XIN LỖI", "VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ")
_APOLOGY_2025 = ("PHIẾU XIN LỖI VÀ ĐỀ NGHỊ", "GIA HẠN THỜI GIAN TRẢ KẾT QUẢ")
_STOP_NOTICE = ("THÔNG BÁO", "DỪNG GIẢI QUYẾT HỒ SƠ")
_CONTROL_SHEET = ("PHIẾU KIỂM SOÁT QUÁ TRÌNH", "GIẢI QUYẾT HỒ SƠ")
_REGISTER = ("SỔ THEO DÕI HỒ SƠ",)
_HANDOVER_LIST = ("DANH SÁCH", "BÀN GIAO HỒ SƠ")
_PAPER_KIT = ("BỘ GIẤY TỜ DỰ PHÒNG", "DÙNG KHI HỆ THỐNG GIÁN ĐOẠN")


def _set(
    generation: Generation, *, apology: tuple[str, ...], stop: str, control_sheet: str, register: str
) -> dict[AnyPaper, PrescribedForm]:
    """Return the forms of one generation; what has no number is prescribed by nobody."""
    by = NOTATION[generation]
    forms = (
        *(PrescribedForm(generation, kind, number, by, title, mark) for kind, number, title, mark in _COMMON),
        PrescribedForm(generation, PaperKind.APOLOGY, "04", by, apology, "PXL"),
        PrescribedForm(generation, PaperKind.STOP_NOTICE, stop, by if stop else "", _STOP_NOTICE, "TBDHS"),
        PrescribedForm(generation, OfficePaper.CONTROL_SHEET, control_sheet, by, _CONTROL_SHEET, ""),
        PrescribedForm(generation, OfficePaper.REGISTER, register, by, _REGISTER, "", PaperSize.A4_LANDSCAPE),
        PrescribedForm(generation, OfficePaper.HANDOVER_LIST, "", "", _HANDOVER_LIST, "DSBG", PaperSize.A4),
        PrescribedForm(generation, OfficePaper.PAPER_KIT, "", "", _PAPER_KIT, "", PaperSize.A4),
    )
    return {form.kind: form for form in forms}


_FORMS: dict[Generation, dict[AnyPaper, PrescribedForm]] = {
    Generation.OF_2015: _set(Generation.OF_2015, apology=_APOLOGY_2018, stop="", control_sheet="05", register="06"),
    Generation.OF_2018: _set(Generation.OF_2018, apology=_APOLOGY_2018, stop="", control_sheet="05", register="06"),
    Generation.OF_2025: _set(Generation.OF_2025, apology=_APOLOGY_2025, stop="05", control_sheet="06", register="07"),
}


def generation_of(regime: Regime) -> Generation:
    """Return the set of forms in use under `regime`."""
    return GENERATION_OF[regime]


def form_of(kind: AnyPaper, regime: Regime) -> PrescribedForm:
    """Return the form `kind` as `regime` has it."""
    return _FORMS[GENERATION_OF[regime]][kind]
