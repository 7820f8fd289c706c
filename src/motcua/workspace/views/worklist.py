"""The official's own list: what waits for them, the most urgent first."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries.worklist import Shelf, worklist
from motcua.rules.permissions import Role
from motcua.ui.parts import Figure, Tone
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed import row_of

# By the word in the URL: shelf, label, tone, icon.
SHELVES: dict[str, tuple[Shelf, str | Promise, Tone, str]] = {
    "tat-ca": (Shelf.ALL, _("Tất cả việc của tôi"), Tone.ACCENT, "inbox"),
    "qua-han": (Shelf.OVERDUE, _("Quá hạn"), Tone.BAD, "overdue"),
    "hom-nay": (Shelf.DUE_TODAY, _("Đến hạn hôm nay"), Tone.WARN, "clock"),
    "cho-nguoi-nop": (Shelf.WAITING_FOR_APPLICANT, _("Chờ người nộp bổ sung"), Tone.INFO, "pause"),
    "noi-khac": (Shelf.ELSEWHERE, _("Chờ nơi khác xử lý"), Tone.QUIET, "building"),
}


@officers_only
def home(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show one page of one shelf; the counters lead to the others."""
    if all(post.role is Role.ADMINISTRATOR for post in officer.posts):
        return redirect("workspace:administration")
    if all(post.role is Role.PROCEDURE_CONTROL_OFFICER for post in officer.posts):
        return redirect("workspace:calendar")
    chosen = request.GET.get("ngan", "")
    chosen = chosen if chosen in SHELVES else "tat-ca"
    shelf = SHELVES[chosen][0]
    found = worklist(officer.user, officer.grants, at=officer.at, shelf=shelf, after=request.GET.get("sau", ""))
    context = {
        "figures": [
            Figure(str(label), found.counts[shelf], f"?ngan={word}", tone, icon, is_current=word == chosen)
            for word, (shelf, label, tone, icon) in SHELVES.items()
        ],
        "heading": SHELVES[chosen][1],
        "count": found.counts[shelf],
        "rows": [row_of(row, at_home=_at_home(officer)) for row in found.rows],
        "after": found.after,
        "at": officer.at,
    }
    return show(request, officer, "workspace/worklist.html", context, part="workspace/parts/worklist.html")


def _at_home(officer: Officer) -> frozenset[str]:
    """Return the holders that need no saying: the official, and the unit where all their work is."""
    units = {post.unit.name for post in officer.posts}
    return frozenset({officer.user.display_name, *units}) if len(units) == 1 else frozenset({officer.user.display_name})
