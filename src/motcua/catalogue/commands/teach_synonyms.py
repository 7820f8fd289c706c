"""Teach the search the words people use."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction

from motcua.catalogue.events import SynonymsTaught
from motcua.catalogue.models import SearchSynonym
from motcua.kernel import events
from motcua.rules.vietnamese import nfc, search_key

if TYPE_CHECKING:
    from motcua.accounts.models import User

COMMON_SYNONYMS: Final[Mapping[str, Sequence[str]]] = {
    "gpxd": ("giấy phép xây dựng",),
    "phép xây dựng": ("giấy phép xây dựng",),
    "xây nhà": ("giấy phép xây dựng nhà ở",),
    "cmnd": ("căn cước", "chứng minh nhân dân"),
    "cccd": ("căn cước",),
    "cmt": ("căn cước", "chứng minh nhân dân"),
    "chứng minh thư": ("căn cước",),
    "thẻ căn cước": ("căn cước",),
    "lltp": ("phiếu lý lịch tư pháp",),
    "gplx": ("giấy phép lái xe",),
    "bằng lái": ("giấy phép lái xe",),
    "bằng lái xe": ("giấy phép lái xe",),
    "hkd": ("hộ kinh doanh",),
    "hộ kinh doanh cá thể": ("hộ kinh doanh",),
    "mở hộ kinh doanh": ("đăng ký thành lập hộ kinh doanh",),
    "đóng cửa hộ kinh doanh": ("chấm dứt hoạt động hộ kinh doanh",),
    "đkkd": ("đăng ký kinh doanh", "hộ kinh doanh", "đăng ký thành lập"),
    "sổ đỏ": ("giấy chứng nhận quyền sử dụng đất",),
    "sổ hồng": ("giấy chứng nhận quyền sử dụng đất quyền sở hữu nhà ở", "giấy chứng nhận quyền sử dụng đất"),
    "bìa đỏ": ("giấy chứng nhận quyền sử dụng đất",),
    "gcn": ("giấy chứng nhận",),
    "gcnqsdđ": ("giấy chứng nhận quyền sử dụng đất",),
    "qsdđ": ("quyền sử dụng đất",),
    "sang tên": ("biến động chuyển nhượng", "chuyển nhượng"),
    "tách sổ": ("tách thửa",),
    "tách thửa": ("tách thửa đất", "tách thửa"),
    "giấy khai sinh": ("khai sinh",),
    "làm giấy khai sinh": ("đăng ký khai sinh",),
    "giấy khai sinh con": ("đăng ký khai sinh",),
    "khai sinh con": ("đăng ký khai sinh",),
    "sửa khai sinh": ("thay đổi cải chính hộ tịch",),
    "sửa giấy khai sinh": ("thay đổi cải chính hộ tịch",),
    "cải chính khai sinh": ("thay đổi cải chính hộ tịch",),
    "kết hôn với người nước ngoài": ("kết hôn có yếu tố nước ngoài",),
    "giấy chứng tử": ("khai tử",),
    "chứng tử": ("khai tử",),
    "báo tử": ("khai tử",),
    "giấy độc thân": ("xác nhận tình trạng hôn nhân",),
    "xác nhận độc thân": ("xác nhận tình trạng hôn nhân",),
    "đăng ký hôn nhân": ("đăng ký kết hôn",),
    "cưới": ("kết hôn",),
    "hộ khẩu": ("thường trú", "cư trú"),
    "nhập khẩu vào hộ": ("đăng ký thường trú",),
    "nhập hộ khẩu": ("đăng ký thường trú",),
    "tạm trú tạm vắng": ("tạm trú", "tạm vắng"),
    "sao y": ("chứng thực bản sao",),
    "sao y bản chính": ("chứng thực bản sao từ bản chính",),
    "công chứng": ("chứng thực",),
    "bhyt": ("bảo hiểm y tế",),
    "bhxh": ("bảo hiểm xã hội",),
    "bhtn": ("bảo hiểm thất nghiệp", "trợ cấp thất nghiệp"),
    "tcxh": ("trợ cấp xã hội",),
    "bảo trợ xã hội": ("trợ cấp xã hội", "trợ giúp xã hội"),
    "người già": ("người cao tuổi",),
    "trợ cấp người già": ("trợ cấp hưu trí xã hội", "trợ cấp xã hội hàng tháng"),
    "trợ cấp người cao tuổi": ("trợ cấp hưu trí xã hội", "trợ cấp xã hội hàng tháng"),
    "nct": ("người cao tuổi",),
    "nkt": ("người khuyết tật",),
    "tàn tật": ("khuyết tật",),
    "trợ cấp khuyết tật": ("trợ cấp xã hội hàng tháng", "khuyết tật"),
    "trợ cấp người khuyết tật": ("trợ cấp xã hội hàng tháng", "khuyết tật"),
    "nhận con nuôi": ("nuôi con nuôi",),
    "xin con nuôi": ("nuôi con nuôi",),
    "vsattp": ("an toàn thực phẩm",),
    "atvstp": ("an toàn thực phẩm",),
    "attp": ("an toàn thực phẩm",),
    "pccc": ("phòng cháy",),
    "đtm": ("đánh giá tác động môi trường",),
    "ubnd": ("ủy ban nhân dân",),
    "dn": ("doanh nghiệp",),
    "htx": ("hợp tác xã",),
    "tnhh": ("trách nhiệm hữu hạn",),
    "ncc": ("người có công",),
    "thôi học": ("thôi học", "chuyển trường"),
    "bằng tốt nghiệp": ("bản sao văn bằng", "văn bằng"),
    "visa": ("thị thực",),
    "passport": ("hộ chiếu",),
}
"""Words of citizens and of forms, and what titles say instead. An administrator adds to them."""


@transaction.atomic
def teach_synonyms(
    *,
    synonyms: Mapping[str, Sequence[str]] = COMMON_SYNONYMS,
    actor: "User | None" = None,
    at: datetime,
) -> int:
    """Teach what each term stands for, and return how many pairs were new; known ones are left alone."""
    rows = [
        SearchSynonym(
            term=nfc(term), expansion=nfc(expansion), key=search_key(term), expansion_key=search_key(expansion)
        )
        for term, expansions in synonyms.items()
        for expansion in expansions
        if search_key(term) != search_key(expansion)
    ]
    known = set(SearchSynonym.objects.values_list("key", "expansion_key"))
    fresh = {(row.key, row.expansion_key): row for row in rows if (row.key, row.expansion_key) not in known}
    SearchSynonym.objects.bulk_create(fresh.values())
    if fresh:
        event = SynonymsTaught(subject="search", terms=tuple(sorted({row.term for row in fresh.values()})))
        events.record(event, actor=actor, at=at)
    return len(fresh)
