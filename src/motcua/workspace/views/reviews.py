"""One review on screen: its parts, what it costs and saves, the proposal, the chairman's decision (C-14, C-15)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands import reviews
from motcua.catalogue.commands.reviews import MayNotReview, NothingInForce, ProposalLacks, ReviewNotThere
from motcua.catalogue.models import PartReview, Review
from motcua.catalogue.review_pages import ReviewPage, review_page
from motcua.rules.simplification import NEXT, ReviewAct
from motcua.workspace.forms.reviews import ApproveReviewForm, GiveReviewBackForm, PartForm, ProposeForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_review import cost_lines, part_lines, said_of, sums_of
from motcua.workspace.review_words import LACKS, PARTS_IN_ADDRESSES, TONES
from motcua.workspace.views.review_plans import closed

_MOVES = {
    "begin": (ReviewAct.BEGIN, reviews.begin_review),
    "drop": (ReviewAct.DROP, reviews.drop_review),
    "close": (ReviewAct.CLOSE, reviews.close_review),
}


@officers_only
def review(request: HttpRequest, officer: Officer, year: int, number: int) -> HttpResponseBase:
    """Show one review: where it stands, its parts, its costs, what is saved."""
    return shown(request, officer, page_of(officer, year, number))


@officers_only
def move(request: HttpRequest, officer: Officer, year: int, number: int) -> HttpResponseBase:
    """Begin a review, drop it, or end the following-up; who comes by the address lands on its page."""
    page = page_of(officer, year, number)
    if request.method != "POST":
        return redirect("workspace:review", year=year, number=number)
    act, command = _MOVES.get(request.POST.get("do", ""), _MOVES["begin"])
    refused = refusal(request, officer, page, act)
    if refused:
        return refused
    try:
        command(review=page.review, actor=officer.user, at=officer.at)
    except NothingInForce:
        is_end = act is ReviewAct.CLOSE
        later = _("Chưa có nội dung nào công bố sau ngày phê duyệt đang có hiệu lực.")
        sentence = later if is_end else _("Thủ tục không còn hiệu lực nên không rà soát được.")
        return shown(request, officer, page, sentence, status=409)
    except (ReviewNotThere, MayNotReview):
        return shown(request, officer, page, _("Tình trạng vừa thay đổi: hãy xem lại."), status=409)
    messages.success(request, _("Đã ghi nhận."))
    return redirect("workspace:review", year=year, number=number)


@officers_only
def part(request: HttpRequest, officer: Officer, year: int, number: int, part: str) -> HttpResponseBase:
    """Show what the procedure says of one part, and keep what is found of it."""
    page, asked = page_of(officer, year, number), PARTS_IN_ADDRESSES.get(part)
    if asked is None:
        raise Http404
    refused = refusal(request, officer, page, ReviewAct.ASSESS)
    if refused:
        return refused
    form = PartForm(request.POST or None, part=asked, initial=_found(page.parts.get(asked)))
    if form.is_valid():
        reviews.assess_part(review=page.review, part=asked, found=form.assessment(), actor=officer.user, at=officer.at)
        messages.success(request, _("Đã lưu đánh giá."))
        return redirect("workspace:review", year=year, number=number)
    version = page.review.version
    said = said_of(version, asked) if version else []
    context = {"review": page.review, "name": PartReview.Name(asked).label, "said": said, "form": form}
    return show(request, officer, "workspace/reviews/part.html", context, status=422 if form.errors else 200)


@officers_only
def propose(request: HttpRequest, officer: Officer, year: int, number: int) -> HttpResponseBase:
    """Lay a review before the chairman."""
    page = page_of(officer, year, number)
    refused = refusal(request, officer, page, ReviewAct.PROPOSE)
    if refused:
        return refused
    form = _propose_form(request, page)
    if form.is_valid():
        try:
            reviews.propose_simplification(
                review=page.review, proposal=form.proposal(), actor=officer.user, at=officer.at
            )
        except ProposalLacks as found:
            for lack in found.lacks:
                form.add_error(None, LACKS[lack])
        else:
            messages.success(request, _("Đã trình Chủ tịch tỉnh phê duyệt."))
            return redirect("workspace:review", year=year, number=number)
    context = {"page": page, "review": page.review, "form": form, "sums": sums_of(page)}
    return show(request, officer, "workspace/reviews/propose.html", context, status=422 if form.errors else 200)


@officers_only
def decide(request: HttpRequest, officer: Officer, year: int, number: int) -> HttpResponseBase:
    """Approve a proposal, or give it back."""
    page = page_of(officer, year, number)
    refused = refusal(request, officer, page, ReviewAct.APPROVE)
    if refused:
        return refused
    is_back = request.POST.get("do") == "back"
    form = ApproveReviewForm(None if is_back else request.POST or None, outcome=page.review.outcome)
    back_form = GiveReviewBackForm(request.POST if is_back else None)
    done = _decided(officer, page.review, form, back_form)
    if done:
        messages.success(request, done)
        return redirect("workspace:review", year=year, number=number)
    context = {"page": page, "review": page.review, "form": form, "back_form": back_form, "sums": sums_of(page)}
    status = 422 if form.errors or back_form.errors else 200
    return show(request, officer, "workspace/reviews/decide.html", context, status=status)


def page_of(officer: Officer, year: int, number: int) -> ReviewPage:
    """Return the page of a review; one that there is not is not found."""
    try:
        return review_page(year, number, officer.user, on=officer.today)
    except Review.DoesNotExist:
        raise Http404 from None


def refusal(request: HttpRequest, officer: Officer, page: ReviewPage, act: ReviewAct) -> HttpResponseBase | None:
    """Answer who may not do `act`, or may not now; None when it is open."""
    if act in page.acts:
        return None
    if act in NEXT[page.review.stands]:
        return closed(request, officer)
    return shown(request, officer, page, _("Việc này không làm được ở tình trạng hiện nay."), status=409)


def shown(
    request: HttpRequest, officer: Officer, page: ReviewPage, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    """Answer with the page of a review."""
    context = {
        "page": page,
        "review": page.review,
        "sentence": sentence,
        "tone": TONES[page.review.stands].value,
        "parts": part_lines(page),
        "before": cost_lines(page.before),
        "after": cost_lines(page.after),
        "sums": sums_of(page),
        "acts": {act.value for act in page.acts},
        "has_begun": page.review.version is not None,
    }
    return show(request, officer, "workspace/reviews/review.html", context, status=status)


def _found(row: PartReview | None) -> dict[str, str] | None:
    names = ("verdict", "reason", "proposal", "necessity", "legality", "data", "shortest", "lowest")
    return {name: getattr(row, name) for name in names} if row else None


def _propose_form(request: HttpRequest, page: ReviewPage) -> ProposeForm:
    version, row = page.review.version, page.review
    return ProposeForm(
        request.POST or None,
        limit=version.limit_amount if version else None,
        limit_unit=str(version.get_limit_unit_display()) if version else "",
        initial={"outcome": row.outcome, "summary": row.summary, "limit_after": row.limit_after},
    )


def _decided(officer: Officer, row: Review, form: ApproveReviewForm, back_form: GiveReviewBackForm) -> str:
    """Do what the chairman decided and return what to say; empty when nothing was done."""
    actor, at = officer.user, officer.at
    try:
        if back_form.is_bound and back_form.is_valid():
            reason = back_form.cleaned_data["reason"]
            reviews.give_simplification_back(review=row, reason=reason, actor=actor, at=at)
            return _("Đã trả lại để sửa.")
        if form.is_bound and form.is_valid():
            decision_no, follow_up_on = form.cleaned_data["decision_no"], form.cleaned_data.get("follow_up_on")
            reviews.approve_simplification(
                review=row, decision_no=decision_no, follow_up_on=follow_up_on, actor=actor, at=at
            )
            return _("Đã phê duyệt phương án.")
    except ReviewNotThere:
        form.add_error(None, _("Tình trạng vừa thay đổi: hãy xem lại."))
    return ""
