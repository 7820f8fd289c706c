"""The parts of an application as a citizen walks through them, and what each still lacks."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.dossiers.facts import application_facts
from motcua.dossiers.linked_facts import questions_of
from motcua.dossiers.models import Dossier
from motcua.rules.completeness import Gap, Part, gaps
from motcua.ui.parts import Task, Tone

TITLES = {
    Part.APPLICANT: gettext_lazy("Người nộp"),
    Part.DECLARATION: gettext_lazy("Tờ khai"),
    Part.PAPERS: gettext_lazy("Giấy tờ"),
    Part.RETURN: gettext_lazy("Nhận kết quả"),
    Part.CONTACT: gettext_lazy("Xác nhận liên hệ"),
}
ROUTES = {
    Part.APPLICANT: "portal:applicant",
    Part.DECLARATION: "portal:declaration",
    Part.PAPERS: "portal:papers",
    Part.RETURN: "portal:return",
    Part.CONTACT: "portal:contact",
}
CHECK = "portal:check-answers"


@dataclass(frozen=True, slots=True)
class Station:
    """Where in the walk a page stands: the `number`-th of `count`, and the addresses before and after it."""

    number: int
    count: int
    title: str
    back_url: str
    next_url: str


def parts_of(dossier: Dossier) -> list[Part]:
    """Return the parts this application has; an account vouches for its contact, so only guests confirm theirs."""
    left_out = set()
    if not questions_of(dossier):
        left_out.add(Part.DECLARATION)
    if dossier.owner_id is not None:
        left_out.add(Part.CONTACT)
    return [part for part in Part if part not in left_out]


def station(dossier: Dossier, part: Part | None) -> Station:
    """Return where `part` stands; None is the last look at the answers. A part it does not have is not found."""
    parts: list[Part | None] = [*parts_of(dossier), None]
    if part not in parts:
        raise Http404
    index = parts.index(part)
    overview = reverse("portal:dossier", args=[dossier.reference])
    return Station(
        number=index + 1,
        count=len(parts),
        title=str(TITLES[part]) if part else _("Xem lại và nộp"),
        back_url=_url(parts[index - 1], dossier) if index else overview,
        next_url=_url(parts[index + 1], dossier) if part else overview,
    )


def gaps_of(dossier: Dossier) -> tuple[Gap, ...]:
    """Return what keeps the application from being handed in."""
    return gaps(application_facts(dossier))


def tasks_of(dossier: Dossier) -> list[Task]:
    """Return the parts with what each still lacks."""
    lacking = gaps_of(dossier)
    return [_task(part, dossier, sum(gap.part is part for gap in lacking)) for part in parts_of(dossier)]


def open_tasks(dossier: Dossier) -> list[Task]:
    """Return only the parts that still lack something."""
    return [task for task in tasks_of(dossier) if task.tone is not Tone.GOOD]


def _task(part: Part, dossier: Dossier, missing: int) -> Task:
    if not missing:
        return Task(str(TITLES[part]), _url(part, dossier), "", _("Đã đủ"), Tone.GOOD, "check")
    words = ngettext("Còn thiếu %(count)s mục", "Còn thiếu %(count)s mục", missing) % {"count": missing}
    if part is Part.CONTACT:
        words = _("Chưa xác nhận")
    return Task(str(TITLES[part]), _url(part, dossier), "", words, Tone.WARN, "edit")


def _url(part: Part | None, dossier: Dossier) -> str:
    return reverse(ROUTES[part] if part else CHECK, args=[dossier.reference])
