"""Where a petition stands, in one sentence: what has happened, who has it and what comes next."""

from django.utils.translation import gettext as _

from motcua.petitions.queries.public import PetitionStatus
from motcua.petitions.wording import GUIDANCE
from motcua.rules.petitions import PetitionStage
from motcua.ui.parts import StepState, TimelineStep


def standing_in_words(status: PetitionStatus) -> str:
    """Return the sentence for the stage."""
    sentences = {
        PetitionStage.UNCONFIRMED: _("Phản ánh chưa được gửi: hãy xác nhận liên hệ bằng mã đã gửi cho bạn."),
        PetitionStage.RECEIVED: _("%(unit)s đã nhận và đang phân loại; tiếp theo là xử lý, hoặc chuyển đúng nơi."),
        PetitionStage.ASKED: _("%(unit)s cần bạn cho biết thêm; có nội dung bổ sung thì việc xử lý tiếp tục."),
        PetitionStage.HANDLING: _("%(unit)s đang xử lý; tiếp theo lãnh đạo duyệt và trả lời bạn."),
        PetitionStage.DRAFTED: _("%(unit)s đã soạn trả lời; tiếp theo lãnh đạo duyệt."),
        PetitionStage.ANSWERED: _("%(unit)s đã trả lời."),
        PetitionStage.RETURNED: _("%(unit)s trả lại, kèm hướng dẫn nơi bạn cần gửi tới."),
        PetitionStage.JOINED: _("Nhiều người gửi cùng nội dung: %(unit)s xử lý và trả lời chung."),
    }
    return sentences[status.stage] % {"unit": status.answered_by or status.unit}


def guidance_in_words(status: PetitionStatus) -> str:
    """Return where to turn with what was sent back; empty otherwise."""
    if status.stage is not PetitionStage.RETURNED or status.sorting is None:
        return ""
    return str(GUIDANCE[status.sorting])


def road_of_petition(status: PetitionStatus) -> list[TimelineStep]:
    """Return the stations: received, handled, answered; none for one that went back."""
    if status.stage in {PetitionStage.RETURNED, PetitionStage.UNCONFIRMED}:
        return []
    is_sorted = status.stage not in {PetitionStage.RECEIVED, PetitionStage.ASKED}
    is_answered = status.stage is PetitionStage.ANSWERED
    handled = StepState.DONE if is_answered else StepState.CURRENT if is_sorted else StepState.FUTURE
    return [
        TimelineStep(_("Đã nhận"), StepState.DONE, at=status.received_at),
        TimelineStep(_("Phân loại"), StepState.DONE if is_sorted else StepState.CURRENT),
        TimelineStep(_("Xử lý"), handled, holder=status.unit if is_sorted else ""),
        TimelineStep(
            _("Trả lời"),
            StepState.DONE if is_answered else StepState.FUTURE,
            at=status.answered_at if is_answered else None,
        ),
    ]
