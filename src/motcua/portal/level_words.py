"""What people are told of how far a procedure can be done online where they live (D-02, D-03)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.queries.level_history import LevelsHere
from motcua.rules.service_levels import Level

_SENTENCES: Final[dict[Level, Promise]] = {
    Level.INFORMATION: _("Trên mạng chỉ xem được hướng dẫn; hồ sơ nộp trực tiếp hoặc qua bưu chính."),
    Level.PARTIAL: _("Nộp được hồ sơ trên mạng; có việc vẫn phải đến trực tiếp hoặc làm trên giấy."),
    Level.FULL: _(
        "Làm trọn trên mạng: nộp hồ sơ, nộp phí nếu có, nhận kết quả trên mạng hoặc qua bưu chính, không phải đến."
    ),
    Level.PROACTIVE_1: _("Đến hạn, cơ quan nhắc bạn."),
    Level.PROACTIVE_2: _("Đến hạn, cơ quan nhắc bạn và chuẩn bị sẵn hồ sơ."),
    Level.PROACTIVE_3: _("Đến hạn, cơ quan nhắc bạn, chuẩn bị sẵn hồ sơ và đề xuất cách làm."),
    Level.PROACTIVE_4: _("Cơ quan tự làm cho bạn khi đến hạn; bạn có quyền từ chối và đòi khôi phục như cũ."),
}


def level_sentences(levels: LevelsHere) -> tuple[str, ...]:
    """Return what can be done online, then what the agency does unasked; empty where nothing is recorded."""
    return tuple(str(_SENTENCES[level]) for level in (levels.extent, levels.proactive) if level in _SENTENCES)
