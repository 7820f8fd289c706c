"""The plan to simplify a procedure as its paper says it (C-15, C-16)."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from motcua.catalogue.review_facts import line_of
from motcua.catalogue.review_pages import CountedLine, ReviewPage
from motcua.documents.catalogue_data import CostSide, ProposalData, SaidOf
from motcua.documents.publication_paper import in_full
from motcua.documents.wording import date_in_words
from motcua.dossiers.letterhead import place_of
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import Verdict
from motcua.ui.wording import dong_in_words
from motcua.workspace.printed_review import cost_lines, sums_of


def proposal_data(page: ReviewPage, *, at: datetime) -> ProposalData:
    """Return what the paper of a review says at `at`, in Vietnamese whoever asks; a draft until it is approved."""
    with translation.override(settings.LANGUAGE_CODE):
        return _said(page, at)


def _said(page: ReviewPage, at: datetime) -> ProposalData:
    review = page.review
    desk, approved_at = line_of(review.unit)[-1], review.approved_at
    return {
        "superior": "",
        "desk": in_full(desk.authority_name),
        "number": review.decision_no,
        "place": place_of(desk),
        "at": timezone.localtime(approved_at or at).isoformat(),
        "on": date_in_words(timezone.localtime(approved_at)) if approved_at else "",
        "size": "A4",
        "is_draft": approved_at is None,
        "signer": "",
        "year": str(review.plan.year),
        "ordinal": str(review.number),
        "procedure": review.version.title if review.version else review.procedure.title,
        "code": review.procedure.code,
        "unit": review.unit.name,
        "role": "Chủ tịch",
        "about": _about(page),
        "summary": review.summary,
        "parts": [
            {
                "name": str(found.get_part_display()),
                "verdict": str(found.get_verdict_display()),
                "proposal": "\n".join(filter(None, [found.proposal, f"Lý do: {found.reason}"])),
            }
            for found in (page.parts[part] for part in Part if part in page.parts)
            if found.verdict != Verdict.KEEP
        ],
        "sums": [
            {"what": one.what, "before": one.before, "after": one.after, "cut": one.cut, "rate": one.rate}
            for one in sums_of(page)
        ],
        "costs": [
            _side("Bảng tính chi phí tuân thủ hiện hành", page.before),
            _side("Bảng tính chi phí tuân thủ sau đơn giản hóa", page.after),
        ],
    }


def _about(page: ReviewPage) -> list[SaidOf]:
    review = page.review
    told = {
        "Cơ quan rà soát": review.unit.name,
        "Căn cứ lựa chọn": ": ".join(filter(None, [str(review.get_ground_display()), review.ground_note])),
        "Phương án": str(review.get_outcome_display()) if review.outcome else "chưa đề xuất",
    }
    if review.hourly_vnd:
        told["Thu nhập bình quân một giờ để tính chi phí"] = dong_in_words(review.hourly_vnd)
    return [{"label": label, "value": value} for label, value in told.items()]


def _side(title: str, lines: Sequence[CountedLine]) -> CostSide:
    return {
        "title": title,
        "rows": [
            {
                "name": f"{row.activity}: {row.name}" if row.name else row.activity,
                "manner": row.manner,
                "hours": row.hours,
                "service": row.service,
                "fee": row.fee,
                "times": row.times,
                "subjects": row.subjects,
                "once": row.once,
                "year": row.year,
            }
            for row in cost_lines(lines)
        ],
        "total": dong_in_words(sum(line.year_vnd for line in lines)),
    }
