"""Surveys of satisfaction: what is asked, who is asked, and answers that lead back to nobody (E-10, E-11)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier
from motcua.organisations.models import Unit
from motcua.rules.deadlines import Outcome
from motcua.rules.surveys import LEAST_ALIKE, SCALE, SurveyState


class Survey(models.Model):
    """A survey among people whose result was given back from `returned_from` on, before `returned_until`.

    `seed` decides who is drawn; its digest is shown from the beginning and it itself once the survey is closed, so that
    anyone can see that nobody chose the sample. `left_out_count` dossiers of the `frame_count` were not drawn from,
    because an answer out of so small a group would name its dossier; both null until it is drawn.
    """

    class State(models.TextChoices):
        """The labels of `rules.surveys.SurveyState`."""

        DRAFT = SurveyState.DRAFT.value, _("Đang chuẩn bị")
        OPEN = SurveyState.OPEN.value, _("Đang lấy ý kiến")
        CLOSED = SurveyState.CLOSED.value, _("Đã kết thúc")

    key = models.UUIDField("khóa", unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="nơi khảo sát")
    title = models.CharField("tên", max_length=200)
    returned_from = models.DateField("trả kết quả từ ngày")
    returned_until = models.DateField("đến trước ngày")
    unit_count = models.PositiveSmallIntegerField("số đơn vị rút ra")
    group_count = models.PositiveSmallIntegerField("số lĩnh vực mỗi đơn vị")
    dossier_count = models.PositiveSmallIntegerField("số hồ sơ mỗi lĩnh vực")
    closes_on = models.DateField("nhận ý kiến đến hết ngày")
    seed = models.CharField("số gieo", max_length=64, editable=False)
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField("lần thay đổi", default=1)
    frame_count = models.PositiveIntegerField("số hồ sơ trong khung mẫu", null=True)
    left_out_count = models.PositiveIntegerField("số hồ sơ không rút", null=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người lập"
    )
    begun_at = models.DateTimeField("lập lúc")
    opened_at = models.DateTimeField("bắt đầu lúc", null=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)

    class Meta:
        verbose_name = "cuộc khảo sát"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="survey_has_a_title"),
            models.CheckConstraint(
                condition=Q(returned_until__gt=F("returned_from")), name="survey_period_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(unit_count__gte=1, group_count__gte=1, dossier_count__gte=LEAST_ALIKE),
                name="survey_draws_several_alike",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT", opened_at=None, frame_count=None, left_out_count=None, closed_at=None)
                | Q(state="OPEN", opened_at__isnull=False, frame_count__isnull=False, closed_at=None)
                | Q(state="CLOSED", opened_at__isnull=False, frame_count__isnull=False, closed_at__isnull=False),
                name="survey_moments_fit_its_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"


class SurveyQuestion(models.Model):
    """One question, answered by a mark from 1 (very dissatisfied) to 5 (very satisfied); `factor` gathers several."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions", verbose_name="cuộc khảo sát")
    position = models.PositiveSmallIntegerField("thứ tự")
    factor = models.CharField("yếu tố", max_length=100)
    text = models.CharField("câu hỏi", max_length=300)

    class Meta:
        verbose_name = "câu hỏi khảo sát"
        constraints = [models.UniqueConstraint(fields=["survey", "position"], name="survey_question_position_once")]

    def __str__(self) -> str:
        return f"{self.survey_id}.{self.position} {self.text[:40]}"


class SurveyInvitation(models.Model):
    """Somebody who is asked, through their dossier. Nothing here says what they answered, nor when: only that they did.

    Once the survey is closed there is none any more: `SurveyTurnout` says how many they were.

    `code_hash` finds the invitation by the code of its message or slip. `weight` of a sheet is `weight_numerator` by
    `weight_denominator`. `outcome` is how the result came, to see later who kept silent.
    """

    class Way(models.TextChoices):
        """How the code reaches them."""

        MESSAGE = "MESSAGE", _("Tin nhắn, thư")
        SLIP = "SLIP", _("Phiếu giấy")

    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="invitations", verbose_name="cuộc khảo sát"
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+", verbose_name="hồ sơ")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị giải quyết")
    group = models.CharField("lĩnh vực", max_length=200)
    outcome = models.CharField("kết quả so với hẹn", max_length=10, choices=[(one.value, one.value) for one in Outcome])
    weight_numerator = models.PositiveBigIntegerField("trọng số, tử")
    weight_denominator = models.PositiveBigIntegerField("trọng số, mẫu")
    way = models.CharField("cách mời", max_length=10, choices=Way.choices)
    code_hash = models.CharField("mã băm của mã phiếu", max_length=64, unique=True, editable=False)
    is_spent = models.BooleanField("đã trả lời", default=False)

    class Meta:
        verbose_name = "người được mời trả lời"
        constraints = [
            models.UniqueConstraint(fields=["survey", "dossier"], name="survey_asks_a_dossier_once"),
            models.CheckConstraint(condition=Q(weight_denominator__gte=1), name="survey_weight_is_a_number"),
        ]

    def __str__(self) -> str:
        return f"#{self.survey_id} {self.unit_id}"


class SurveyTurnout(models.Model):
    """How many of a category were asked, and how many answered: all that is kept of who was asked once it is closed."""

    class Kind(models.TextChoices):
        """What the categories are."""

        UNIT = "UNIT", _("Đơn vị giải quyết")
        OUTCOME = "OUTCOME", _("Kết quả so với hẹn")
        WAY = "WAY", _("Cách mời")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="turnouts", verbose_name="cuộc khảo sát")
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    category = models.CharField("nhóm", max_length=250)
    asked = models.PositiveIntegerField("số người được hỏi")
    answered = models.PositiveIntegerField("số người trả lời")

    class Meta:
        verbose_name = "tỷ lệ trả lời"
        constraints = [
            models.UniqueConstraint(fields=["survey", "kind", "category"], name="survey_turnout_once"),
            models.CheckConstraint(condition=Q(answered__lte=F("asked")), name="survey_turnout_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"#{self.survey_id} {self.category}: {self.answered}/{self.asked}"


class AnswerSheet(models.Model):
    """What one person answered. It has no moment, no order and no way back to the invitation (E-11).

    Its number is drawn at random, and closing the survey writes all sheets anew.
    """

    id = models.UUIDField("số", primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sheets", verbose_name="cuộc khảo sát")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị giải quyết")
    weight_numerator = models.PositiveBigIntegerField("trọng số, tử")
    weight_denominator = models.PositiveBigIntegerField("trọng số, mẫu")
    is_paper = models.BooleanField("nhập từ phiếu giấy", default=False)

    class Meta:
        verbose_name = "phiếu trả lời"

    def __str__(self) -> str:
        return f"#{self.survey_id}"


class SheetMark(models.Model):
    """The mark for one question; a question that was left out has none."""

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="marks", verbose_name="phiếu")
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="marks", verbose_name="câu hỏi")
    mark = models.PositiveSmallIntegerField("mức")

    class Meta:
        verbose_name = "mức trả lời"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question"], name="sheet_marks_a_question_once"),
            models.CheckConstraint(
                condition=Q(mark__gte=SCALE[0], mark__lte=SCALE[-1]), name="sheet_mark_of_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.mark}"
