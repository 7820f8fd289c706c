"""The words of the yearly review: labels, sentences for what is missing, and the names of parts in addresses."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import CostLine
from motcua.catalogue.review_pages import Pile
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import Lack, Question, ReviewState
from motcua.ui.parts import Tone

PARTS_IN_ADDRESSES: Final[dict[str, Part]] = {
    "ten": Part.NAME,
    "trinh-tu": Part.STEPS,
    "cach-thuc": Part.MANNER,
    "thanh-phan": Part.PAPERS,
    "so-bo": Part.SETS,
    "thoi-han": Part.LIMIT,
    "doi-tuong": Part.SUBJECTS,
    "co-quan": Part.AGENCIES,
    "bieu-mau": Part.FORMS,
    "ket-qua": Part.RESULT,
    "dieu-kien": Part.CONDITIONS,
    "phi": Part.FEES,
    "can-cu": Part.LEGAL_BASIS,
}
SIDES_IN_ADDRESSES: Final = {"hien-hanh": CostLine.Side.BEFORE, "sau": CostLine.Side.AFTER}

QUESTIONS: Final = {
    Question.NECESSITY: _("Vì sao cần quy định này?"),
    Question.LEGALITY: _("Văn bản, điều khoản nào giao quy định?"),
    Question.DATA: _("Dữ liệu đã có thay được không?"),
    Question.SHORTEST: _("Đã là thời gian ngắn nhất chưa?"),
    Question.LOWEST: _("Đã giao cho cấp thấp nhất làm được chưa?"),
}

LACKS: Final = {
    Lack.PART_OPEN: _("Còn bộ phận chưa đánh giá."),
    Lack.COST_BEFORE_MISSING: _("Chưa tính chi phí hiện hành."),
    Lack.COST_AFTER_MISSING: _("Chưa tính chi phí sau khi đơn giản hóa."),
    Lack.KEPT_THOUGH_CHANGED: _("Đề nghị giữ nguyên nhưng có bộ phận được đề nghị sửa hoặc bỏ."),
    Lack.CHANGED_THOUGH_KEPT: _("Đề nghị sửa đổi nhưng mọi bộ phận đều giữ nguyên."),
}

TONES: Final = {
    ReviewState.PLANNED: Tone.QUIET,
    ReviewState.UNDER_REVIEW: Tone.INFO,
    ReviewState.PROPOSED: Tone.ACCENT,
    ReviewState.GIVEN_BACK: Tone.WARN,
    ReviewState.APPROVED: Tone.INFO,
    ReviewState.IN_FORCE: Tone.GOOD,
    ReviewState.KEPT: Tone.GOOD,
    ReviewState.DROPPED: Tone.QUIET,
}

PILES: Final = {
    Pile.EVERY: _("Tất cả"),
    Pile.PLANNED: _("Chưa rà soát"),
    Pile.UNDER_WAY: _("Đang rà soát"),
    Pile.WAITING: _("Chờ phê duyệt"),
    Pile.FOLLOWED: _("Chờ thực thi"),
    Pile.DONE: _("Đã xong"),
    Pile.LATE: _("Trễ hạn"),
}
PILES_IN_ADDRESSES: Final = {
    "tat-ca": Pile.EVERY,
    "chua": Pile.PLANNED,
    "dang-lam": Pile.UNDER_WAY,
    "cho-duyet": Pile.WAITING,
    "cho-thuc-thi": Pile.FOLLOWED,
    "xong": Pile.DONE,
    "qua-han": Pile.LATE,
}
