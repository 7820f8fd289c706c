"""How those who were drawn for a survey are asked. Runs in the transaction of the event."""

from datetime import datetime

from django.conf import settings

from motcua.dossiers.models import Dossier
from motcua.kernel.events import subscribe
from motcua.notifications.commands.compose import messages_to, told_dossiers
from motcua.notifications.models import Message
from motcua.notifications.subscribers import keep_and_send
from motcua.notifications.wording import SMS_LENGTH, Wording
from motcua.rules.vietnamese import unaccented
from motcua.surveys.events import SurveyOpened
from motcua.surveys.facts import code_for
from motcua.surveys.models import Survey, SurveyInvitation

_AT_ONCE = 500


def ask(event: SurveyOpened, at: datetime) -> None:
    """Send everybody who can be written to the code of their sheet."""
    survey = Survey.objects.get(key=event.subject.removeprefix("survey:"))
    asked = survey.invitations.filter(way=SurveyInvitation.Way.MESSAGE).values_list("dossier", flat=True)
    dossiers = told_dossiers().filter(pk__in=asked).order_by("pk")
    messages = list[Message]()
    for dossier in dossiers:
        messages += messages_to(dossier, _said(survey, dossier), at)
    for start in range(0, len(messages), _AT_ONCE):
        keep_and_send(messages[start : start + _AT_ONCE])


def _said(survey: Survey, dossier: Dossier) -> Wording:
    address = f"{settings.SITE_URL}/khao-sat/phieu/{code_for(survey, dossier.pk)}/"
    by = f"{survey.closes_on:%d/%m/%Y}"
    body = (
        f"{survey.unit.authority_name} muốn biết bạn hài lòng đến đâu với việc giải quyết hồ sơ {dossier.public_code}. "
        f"Bạn được chọn ngẫu nhiên. Trả lời mất chừng hai phút, không cần đăng nhập; không ai biết ai trả lời gì.\n\n"
        f"Trả lời đến hết ngày {by} tại {address}\n\nKhông trả lời cũng không sao."
    )
    text = unaccented(f"Moi ban tra loi khao sat hai long den {by}: {address}")
    return Wording(subject="Mời bạn trả lời khảo sát mức độ hài lòng", body=body, sms=text[:SMS_LENGTH])


subscribe(SurveyOpened, ask)
