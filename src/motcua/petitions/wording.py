"""Where to turn with what is no petition (E-01, R-22): said to its sender on screen and in the message."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.rules.petitions import Sorting

GUIDANCE: Final[dict[Sorting, Promise]] = {
    Sorting.COMPLAINT: _(
        "Nội dung này là khiếu nại, được giải quyết theo Luật Khiếu nại, không giải quyết như phản ánh, kiến nghị. "
        "Hãy gửi đơn khiếu nại, hoặc đến nơi tiếp công dân của cơ quan (Luật Tiếp công dân số 42/2013/QH13; từ "
        "01/07/2026 có cả tiếp công dân trực tuyến theo Nghị định 154/2026/NĐ-CP)."
    ),
    Sorting.DENUNCIATION: _(
        "Nội dung này là tố cáo, được giải quyết theo Luật Tố cáo, không giải quyết như phản ánh, kiến nghị. Hãy gửi "
        "đơn tố cáo, hoặc đến nơi tiếp công dân của cơ quan (Luật Tiếp công dân số 42/2013/QH13). Nội dung và thông "
        "tin của bạn không được công khai."
    ),
    Sorting.JUDICIAL: _(
        "Việc này thuộc tòa án hoặc cơ quan tư pháp, cơ quan hành chính không giải quyết như phản ánh, kiến nghị. "
        "Hãy gửi tới cơ quan đang thụ lý, hoặc hỏi nơi tiếp công dân để được chỉ dẫn."
    ),
    Sorting.NOT_ELIGIBLE: _(
        "Phản ánh, kiến nghị cần viết bằng tiếng Việt, nội dung rõ ràng, có tên và địa chỉ hoặc số điện thoại của "
        "người gửi. Bạn có thể gửi lại khi đã đủ."
    ),
}
"""What is said beside the official's own reason."""
