"""News in words: acts, and why one is refused."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from motcua.news.commands.guard import ArticleGone, EditionMoved
from motcua.news.commands.photos import MOST_PHOTOS, NotAPicture, TooManyPhotos
from motcua.news.commands.sections import SectionEndsTooEarly
from motcua.rules.news import MayNotPublish, NewsAct, NewsActNotOpen

ACT_SLUGS: Final = {
    NewsAct.SUBMIT: "trinh-duyet",
    NewsAct.PUBLISH: "dang",
    NewsAct.GIVE_BACK: "tra-lai",
    NewsAct.CORRECT: "dinh-chinh",
    NewsAct.WITHDRAW: "go",
}
ACT_LABELS: Final[dict[NewsAct, Promise]] = {
    NewsAct.SUBMIT: pgettext_lazy("news", "Trình duyệt"),
    NewsAct.PUBLISH: pgettext_lazy("news", "Duyệt và đăng"),
    NewsAct.GIVE_BACK: pgettext_lazy("news", "Trả lại để sửa"),
    NewsAct.CORRECT: pgettext_lazy("news", "Đính chính, cập nhật"),
    NewsAct.WITHDRAW: pgettext_lazy("news", "Gỡ khỏi cổng"),
}
DONE: Final[dict[NewsAct, Promise]] = {
    NewsAct.SUBMIT: _("Đã trình duyệt."),
    NewsAct.PUBLISH: _("Đã đăng lên cổng."),
    NewsAct.GIVE_BACK: _("Đã trả lại người viết."),
    NewsAct.CORRECT: _("Hãy sửa bài rồi trình duyệt. Bản đang đăng vẫn giữ đến khi bản này được duyệt."),
    NewsAct.WITHDRAW: _("Đã gỡ bài khỏi cổng."),
}
REFUSALS: Final = (
    ArticleGone,
    EditionMoved,
    MayNotPublish,
    NewsActNotOpen,
    NotAPicture,
    SectionEndsTooEarly,
    TooManyPhotos,
)


def refusal_in_words(refused: Exception) -> str:
    """Return why an act on an article was refused."""
    if isinstance(refused, MayNotPublish) and refused.act is NewsAct.PUBLISH:
        return gettext("Người viết hoặc trình bài không tự duyệt bài của mình. Bài do người ký của đơn vị duyệt.")
    sentences: dict[type[Exception], str] = {
        ArticleGone: gettext("Bài đã gỡ khỏi cổng nên không làm được việc này."),
        EditionMoved: gettext(
            "Bài đã thay đổi sau khi bạn mở trang. Việc của bạn chưa được ghi nhận; hãy xem lại bài rồi làm lại."
        ),
        MayNotPublish: gettext("Bạn không được giao việc này đối với bài."),
        NewsActNotOpen: gettext("Bài đang ở tình trạng khác nên không làm được việc này."),
        NotAPicture: gettext("Tệp này không phải ảnh. Hãy chọn tệp JPEG hoặc PNG."),
        SectionEndsTooEarly: gettext("Ngày kết thúc phải sau ngày bắt đầu."),
        TooManyPhotos: gettext("Mỗi bài có nhiều nhất %(most)s ảnh. Hãy bỏ bớt một ảnh trước.") % {"most": MOST_PHOTOS},
    }
    return sentences[type(refused)]
