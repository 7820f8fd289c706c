"""Whatever is done to dossiers, the figures are what a recount of them gives, counted in or not."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from motcua.dossiers.models import Dossier
from motcua.reporting.commands.count_in import count_in_next
from motcua.reporting.commands.prove import prove_figures
from motcua.rules.transitions import Status
from tests.dossiers.test_any_life import AnyLife
from tests.make import MONDAY, make_dossier, make_office
from tests.reporting.recounts import SPRING, assert_as_recounted


class AnyFigures(AnyLife):
    """Any life of a dossier, beside one at another unit that is over."""

    @rule(batch=st.integers(1, 3))
    def count_in(self, batch: int) -> None:
        """Count in some of what changed."""
        count_in_next(batch=batch)

    @rule(hours=st.integers(0, 200))
    def enter_late(self, hours: int) -> None:
        """Bring in a dossier that ended before."""
        make_dossier(status=Status.RETURNED, at=MONDAY + timedelta(hours=hours % 5, days=hours // 24))

    @rule()
    def merge(self) -> None:
        """Have another unit settle it from now on, as when units are put together."""
        if self.dossier.accepted_at is not None:
            other = make_office().offering.competent_unit
            with transaction.atomic():
                Dossier.objects.filter(pk=self.dossier.pk).update(competent_unit=other)
                count_in_next()
                assert_as_recounted(SPRING[2:5])
                Dossier.objects.filter(pk=self.dossier.pk).update(competent_unit=self.dossier.competent_unit_id)

    @invariant()
    def the_figures_are_what_a_recount_gives(self) -> None:
        assert_as_recounted(SPRING[2:5] + SPRING[7:])

    @rule()
    def prove(self) -> None:
        """Prove the figures as by night."""
        assert prove_figures(at=self.now).holds


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_is_done_the_figures_are_what_a_recount_gives() -> None:
    run_state_machine_as_test(
        AnyFigures,
        settings=settings(
            max_examples=5,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
