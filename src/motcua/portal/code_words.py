"""One-time codes in addresses and in words."""

from django.http import Http404
from django.utils.translation import gettext as _

from motcua.dossiers.commands.confirm_contact import CodeRefused
from motcua.dossiers.models import ContactCode
from motcua.ui.wording import moment_in_words

SLUGS = {ContactCode.Channel.SMS: "dien-thoai", ContactCode.Channel.EMAIL: "thu-dien-tu"}


def channel_named(slug: str) -> ContactCode.Channel:
    """Return the channel that an address names; another address does not exist."""
    for channel, name in SLUGS.items():
        if name == slug:
            return channel
    raise Http404


def code_refusal(refused: CodeRefused) -> str:
    """Say why a code was not sent or not taken, and what helps."""
    until = moment_in_words(refused.until) if refused.until else ""
    sentences = {
        "WRONG": _("Mã này chưa đúng. Hãy xem lại tin mới nhất; mã cũ không còn dùng được."),
        "EXPIRED": _("Mã đã hết hạn hoặc chưa được gửi. Hãy yêu cầu mã mới."),
        "TOO_MANY": _("Mã đã bị nhập sai quá nhiều lần nên không còn dùng được. Hãy yêu cầu mã mới."),
        "TOO_SOON": _("Mã vừa được gửi. Hãy chờ một phút rồi yêu cầu lại nếu chưa thấy."),
        "TOO_MANY_TODAY": _("Hôm nay đã nhập sai quá nhiều lần. Hãy thử lại sau %(until)s."),
        "TOO_OFTEN": _("Đã gửi nhiều mã nên tạm dừng. Hãy dùng mã mới nhất, hoặc yêu cầu lại sau %(until)s."),
        "NO_WAY": _("Cổng chưa gửi được mã theo cách này. Hãy dùng cách khác."),
        "NO_ADDRESS": _("Chưa có số điện thoại hoặc thư điện tử để gửi mã. Hãy ghi ở phần Người nộp."),
    }
    return sentences[refused.reason] % {"until": until}
