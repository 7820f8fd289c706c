"""The results of a survey, in words and figures."""

from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.rules.deadlines import Outcome
from motcua.rules.surveys import Estimate, Silence
from motcua.surveys.models import SurveyInvitation
from motcua.surveys.queries.results import Figure, SurveyResults

OUTCOMES: dict[str, Promise] = {
    Outcome.EARLY.value: _("Kết quả trả trước hẹn"),
    Outcome.ON_TIME.value: _("Kết quả trả đúng hẹn"),
    Outcome.LATE.value: _("Kết quả trả quá hẹn"),
}


def result_lines(found: SurveyResults) -> dict[str, object]:
    """Return what the template prints of a survey that is over."""
    ways = dict(SurveyInvitation.Way.choices)
    return {
        "results": found,
        "total": per_cent(found.total),
        "rate": per_cent(found.rate * 100),
        "factors": [
            (factor.name, per_cent(factor.index), [_line(one) for one in factor.questions]) for factor in found.factors
        ],
        "units": [_line(one) for one in found.units],
        "silences": [
            (_("Theo đơn vị giải quyết"), [_silence(one.category, one) for one in found.by_unit]),
            (_("Theo việc đúng hẹn"), [_silence(OUTCOMES[one.category], one) for one in found.by_outcome]),
            (_("Theo cách mời"), [_silence(ways[one.category], one) for one in found.by_way]),
        ],
    }


def per_cent(value: Fraction | None) -> str:
    """Return a share out of 100 with two places and a comma; a dash where there is none."""
    return "–" if value is None else f"{float(value):.2f}".replace(".", ",")


def _line(figure: Figure) -> tuple[str, str, str, int, bool]:
    found = figure.found
    return figure.name, per_cent(figure.index), _interval(found), found.count, found.may_be_compared


def _interval(found: Estimate) -> str:
    low, high = (f"{share * 100:.1f}".replace(".", ",") for share in (found.low, found.high))
    return f"{low}–{high}"


def _silence(name: str | Promise, silence: Silence) -> tuple[str | Promise, int, int, str]:
    return name, silence.asked, silence.answered, per_cent(silence.rate * 100)
