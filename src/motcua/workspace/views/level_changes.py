"""Levels of online service recorded wrongly are put right or taken back, and those that end are ended."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.commands import level_changes
from motcua.catalogue.commands.level_changes import LevelWithdrawn, NotBetween, OtherPlace
from motcua.catalogue.models import ServiceLevel
from motcua.catalogue.queries.level_history import level_numbered
from motcua.ui.wording import date_in_words
from motcua.workspace.forms.service_levels import CorrectForm, EndForm, WithdrawForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.service_levels import closed, keeps


@dataclass(frozen=True, slots=True)
class _Act:
    """What the page of one act says; `day_field` is the box a day out of place is told at."""

    title: Promise
    hint: Promise
    button: Promise
    done: Promise
    day_field: str | None = None


_CORRECT = _Act(
    gettext_lazy("Sửa mức độ ghi sai"),
    gettext_lazy("Mức ghi sai được thay bằng mức đúng; bản ghi cũ vẫn lưu lại cùng lý do."),
    gettext_lazy("Sửa"),
    gettext_lazy("Đã sửa mức độ."),
    "valid_from",
)
_END = _Act(
    gettext_lazy("Cho mức độ hết áp dụng"),
    gettext_lazy("Từ ngày này thủ tục không còn mức này, cho đến khi ghi mức mới."),
    gettext_lazy("Cho hết áp dụng"),
    gettext_lazy("Đã ghi ngày hết áp dụng."),
    "until",
)
_WITHDRAW = _Act(
    gettext_lazy("Thu hồi mức độ ghi nhầm"),
    gettext_lazy("Mức này coi như chưa từng áp dụng; mức trước đó tiếp tục. Bản ghi vẫn lưu lại cùng lý do."),
    gettext_lazy("Thu hồi"),
    gettext_lazy("Đã thu hồi mức độ."),
)


@officers_only
def correct(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Put a level right."""
    level = _asked(procedure, number)
    form = CorrectForm(request.POST or None, level=level)

    def act() -> None:
        level_changes.correct_level(
            level=level, setting=form.setting(), reason=form.cleaned_data["reason"], actor=officer.user, at=officer.at
        )

    return _answer(request, officer, _Asked(level, form, _CORRECT, act))


@officers_only
def end(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Let a level end without another in its place."""
    level, form = _asked(procedure, number), EndForm(request.POST or None)

    def act() -> None:
        level_changes.end_level(level=level, **form.cleaned_data, actor=officer.user, at=officer.at)

    return _answer(request, officer, _Asked(level, form, _END, act))


@officers_only
def withdraw(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Take a level back."""
    level, form = _asked(procedure, number), WithdrawForm(request.POST or None)

    def act() -> None:
        level_changes.withdraw_level(level=level, **form.cleaned_data, actor=officer.user, at=officer.at)

    return _answer(request, officer, _Asked(level, form, _WITHDRAW, act))


@dataclass(frozen=True, slots=True)
class _Asked:
    level: ServiceLevel
    form: Form
    page: _Act
    act: Callable[[], None]


def _asked(procedure: str, number: int) -> ServiceLevel:
    try:
        return level_numbered(procedure, number)
    except ServiceLevel.DoesNotExist:
        raise Http404 from None


def _answer(request: HttpRequest, officer: Officer, asked: _Asked) -> HttpResponseBase:
    if not keeps(officer):
        return closed(request, officer)
    back = redirect("workspace:service-level", procedure=asked.level.procedure.code)
    form, page = asked.form, asked.page
    if asked.level.withdrawn_at is not None:
        messages.warning(request, _("Mức này đã được sửa hoặc thu hồi trước đó."))
        return back
    if form.is_valid() and _done(request, asked):
        return back
    context = {"level": asked.level, "form": form, "page": page}
    return show(request, officer, "workspace/levels/change.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, asked: _Asked) -> bool:
    try:
        asked.act()
    except LevelWithdrawn:
        messages.warning(request, _("Mức này đã được sửa hoặc thu hồi trước đó."))
    except NotBetween as refusal:
        asked.form.add_error(asked.page.day_field, _between(refusal))
        return False
    except OtherPlace:
        asked.form.add_error("level", _("Mức này thuộc loại khác; hãy thu hồi rồi ghi mức mới."))
        return False
    else:
        messages.success(request, str(asked.page.done))
    return True


def _between(refusal: NotBetween) -> str:
    after = date_in_words(refusal.after) if refusal.after else ""
    until = date_in_words(refusal.until) if refusal.until else ""
    if after and until:
        return _("Ngày phải sau %(after)s và trước %(until)s.") % {"after": after, "until": until}
    if after:
        return _("Ngày phải sau %(after)s.") % {"after": after}
    return _("Ngày phải trước %(until)s.") % {"until": until}
