"""For any sequence of publications, any day has one version of a procedure or none: against a model of dates alone."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motcua.catalogue.commands.publication_drafts import write_content
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.rules.publication import LineKind
from tests.catalogue.publishing import WHOLE, Province, begun, line_of, make_local, make_province, published
from tests.make import LONG_AGO, MONDAY

_TODAY = MONDAY.date()
_DAYS = [_TODAY + timedelta(days=offset) for offset in range(-12, 25)]


@dataclass
class Model:
    """What holds from which day: the title of the version, None once the procedure has ended."""

    told: dict[date, str | None] = field(default_factory=dict)

    def on(self, day: date) -> str | None:
        """Return the title that holds on `day`, None when nothing does."""
        begun_by_then = [first for first in self.told if first <= day]
        return self.told[max(begun_by_then)] if begun_by_then else None


class TestAnySequence(TestCase):
    """Decisions one after the other, signed a day apart, that take effect at any time around it."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(offsets=st.lists(st.integers(-10, 15), max_size=4), ends_after=st.none() | st.integers(-10, 20))
    def test_every_day_has_the_version_that_was_published_for_it(
        self, offsets: list[int], ends_after: int | None
    ) -> None:
        province, procedure = make_province(), make_local(title="Bản 0")
        model = Model({LONG_AGO: "Bản 0"})
        for number, offset in enumerate(offsets, start=1):
            at = MONDAY + timedelta(days=number - 1)
            effective_on = at.date() + timedelta(days=offset)
            decision = begun(province, effective_on=effective_on, at=at)
            line = line_of(decision, province, procedure, at=at)
            content = replace(WHOLE, title=f"Bản {number}")
            write_content(line=line, content=content, note="", actor=province.officer, at=at)
            published(decision, province, number=f"{number}/QĐ-UBND", at=at)
            first = max(effective_on, at.date(), max(model.told) + timedelta(days=1))
            model.told[first] = f"Bản {number}"
        ended_on = self._ended(province, procedure, len(offsets), ends_after)

        for day in _DAYS:
            titles = [version.title for version in ProcedureVersion.objects.on(day).filter(procedure=procedure)]
            assert titles == [model.on(day)]
            is_alive = ended_on is None or day < ended_on
            assert Procedure.objects.in_force(day).filter(pk=procedure.pk).count() == is_alive

    def _ended(self, province: Province, procedure: Procedure, decided: int, ends_after: int | None) -> date | None:
        if ends_after is None:
            return None
        at = MONDAY + timedelta(days=decided)
        effective_on = at.date() + timedelta(days=ends_after)
        decision = begun(province, effective_on=effective_on, at=at)
        line_of(decision, province, procedure, LineKind.ABOLISHED, at=at)
        published(decision, province, number="99/QĐ-UBND", at=at)
        return max(effective_on, at.date())
