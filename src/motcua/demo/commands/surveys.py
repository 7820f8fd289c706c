"""What people of the demonstration were asked about their results: a survey that is over, and one under way."""

import random
import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from motcua.accounts.models import User
from motcua.organisations.models import Unit
from motcua.surveys.commands.carry_out import NobodyToAsk, answer_survey, close_survey, open_survey
from motcua.surveys.commands.prepare import Plan, Question, begin_survey
from motcua.surveys.facts import code_for
from motcua.surveys.models import Survey

_KEYS = uuid.UUID("5b0f6f0e-3a51-4d3c-9a57-1d0c5e0d7a12")
_KEEPER, _PROVINCE = "kiemsoat", "H18"
_QUESTIONS = (
    Question("Tiếp cận dịch vụ", "Bạn tìm thông tin về thủ tục có dễ không?"),
    Question("Tiếp cận dịch vụ", "Nơi tiếp nhận có đủ chỗ ngồi, biển chỉ dẫn không?"),
    Question("Thủ tục", "Giấy tờ phải nộp có đúng như đã niêm yết không?"),
    Question("Công chức", "Người tiếp nhận có lịch sự, hướng dẫn rõ không?"),
    Question("Kết quả", "Kết quả có chính xác, đúng hẹn không?"),
    Question("Tiếp nhận ý kiến", "Góp ý của bạn có được trả lời không?"),
)
_LIKELY = (5, 5, 4, 4, 4, 3, 2)
_TITLE = "Mức độ hài lòng với kết quả đã trả, đợt"
_STORIES = ((f"{_TITLE} 1", 120, 20, True), (f"{_TITLE} 2", 60, 4, False))


def live_surveys(chance: random.Random, until: datetime) -> None:
    """Ask twice; of those asked two in three answer. Where too few dossiers came back nobody is asked."""
    keeper = User.objects.filter(username=_KEEPER).first()
    province = Unit.objects.filter(code=_PROVINCE).first()
    if keeper is None or province is None:
        return
    for title, looks_back, days_ago, is_over in _STORIES:
        at = until - timedelta(days=days_ago)
        today = timezone.localdate(at)
        plan = Plan(
            title=title,
            returned_from=today - timedelta(days=looks_back),
            returned_until=today,
            unit_count=12,
            group_count=4,
            dossier_count=10,
            closes_on=today + timedelta(days=14),
        )
        key = uuid.uuid5(_KEYS, title)
        survey = begin_survey(key=key, unit=province, plan=plan, questions=_QUESTIONS, actor=keeper, at=at)
        try:
            survey = open_survey(survey=survey, actor=keeper, at=at)
        except NobodyToAsk:
            continue
        _answer(chance, survey, at + timedelta(days=1))
        if is_over:
            close_survey(survey=survey, actor=keeper, at=at + timedelta(days=15))


def _answer(chance: random.Random, survey: Survey, at: datetime) -> None:
    for invitation in survey.invitations.order_by("pk"):
        if chance.random() < 2 / 3:
            marks = {place: chance.choice(_LIKELY) for place in range(1, len(_QUESTIONS) + 1)}
            answer_survey(code=code_for(survey, invitation.dossier_id), marks=marks, at=at)
