"""What a person reads when a page cannot be given: what happened, and what to do now."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """One error in plain words; `advice` is a list of things that help."""

    status: int
    title: str | Promise
    explanation: str | Promise
    advice: tuple[str | Promise, ...]


_PAGES = (
    ErrorPage(
        400,
        _("Yêu cầu này chưa đọc được"),
        _("Trình duyệt đã gửi một yêu cầu không đầy đủ hoặc bị hỏng trên đường truyền."),
        (_("Quay lại trang trước và thử lại."), _("Nếu đang điền tờ khai: phần đã lưu vẫn còn nguyên.")),
    ),
    ErrorPage(
        403,
        _("Bạn không mở được trang này"),
        _("Trang này dành cho người được giao việc hoặc cho chính người nộp hồ sơ."),
        (
            _("Nếu đây là hồ sơ của bạn: mở bằng mã hồ sơ và mã tra cứu ghi trên giấy tiếp nhận."),
            _("Nếu bạn là cán bộ: đăng nhập bằng tài khoản được giao việc này."),
        ),
    ),
    ErrorPage(
        404,
        _("Không tìm thấy trang"),
        _("Địa chỉ có thể bị gõ nhầm, hoặc trang đã được chuyển đi."),
        (_("Kiểm tra lại địa chỉ hoặc mã hồ sơ."), _("Tìm thủ tục hoặc tra cứu hồ sơ từ trang chủ.")),
    ),
    ErrorPage(
        405,
        _("Trang này không mở theo cách đó"),
        _("Địa chỉ này chỉ nhận biểu mẫu gửi từ một trang khác của cổng, không mở thẳng được."),
        (_("Quay lại trang trước và bấm nút trên trang đó."), _("Hoặc bắt đầu lại từ trang chủ.")),
    ),
    ErrorPage(
        413,
        _("Tệp quá lớn"),
        _("Mỗi giấy tờ tải lên không được quá 20 MB. Tệp này đã bị dừng lại và không được lưu."),
        (
            _("Chụp lại ảnh ở cỡ nhỏ hơn, hoặc quét ở mức 200 điểm ảnh mỗi inch."),
            _("Tách giấy tờ nhiều trang thành nhiều tệp."),
            _("Quay lại trang trước: những gì đã lưu trong bản nháp vẫn còn."),
        ),
    ),
    ErrorPage(
        429,
        _("Bạn đã thử quá nhiều lần"),
        _("Để giữ an toàn cho hồ sơ của mọi người, trang này tạm dừng nhận yêu cầu từ bạn trong ít phút."),
        (_("Chờ khoảng 5 phút rồi thử lại."), _("Quên mã tra cứu? Bộ phận một cửa nơi nộp hồ sơ sẽ giúp bạn.")),
    ),
    ErrorPage(
        500,
        _("Hệ thống đang gặp trục trặc"),
        _("Lỗi này là của hệ thống, không phải của bạn, và đã được ghi lại để khắc phục."),
        (
            _("Thử lại sau ít phút. Nộp lại không tạo ra hồ sơ thứ hai."),
            _("Việc gấp: liên hệ bộ phận một cửa nơi bạn nộp hồ sơ."),
        ),
    ),
)
ERROR_PAGES = {page.status: page for page in _PAGES}
TEXT_TOO_LONG = ErrorPage(
    413,
    _("Nội dung gửi quá dài"),
    _("Phần chữ gửi lên dài hơn mức trang này nhận được, nên chưa có gì được lưu."),
    (
        _("Quay lại trang trước, rút ngắn chữ trong các ô rồi gửi lại."),
        _("Nội dung dài: đưa vào một tệp PDF và gửi ở phần Giấy tờ."),
    ),
)
TYPED_KEPT = _("Những gì bạn vừa gõ được giữ lại: mở lại trang là thấy đủ, xem lại rồi gửi. Tệp thì phải chọn lại.")
CSRF_PAGE = ErrorPage(
    403,
    _("Phiên làm việc đã hết hạn"),
    _("Trang đã mở quá lâu hoặc trình duyệt không giữ cookie, nên yêu cầu vừa rồi chưa được nhận."),
    (
        _("Quay lại trang trước, tải lại trang rồi gửi lần nữa."),
        _("Phần đã lưu trong bản nháp vẫn còn. Chưa có hồ sơ nào bị gửi hai lần."),
        _("Nếu vẫn gặp trang này: cho phép cookie của trang này trong trình duyệt."),
    ),
)


def error_page_for(status: int) -> ErrorPage:
    """Find the words for a status; an unknown one reads like 500 or 400."""
    return ERROR_PAGES.get(status) or ERROR_PAGES[status // 100 * 100 if status // 100 in {4, 5} else 500]
