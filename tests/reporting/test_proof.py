"""The nightly proof: silent when all is right, loud when something wrote past the marks."""

import logging
from datetime import timedelta

import pytest

from motcua.kernel.models import EventRecord
from motcua.reporting.commands.count_in import sum_anew
from motcua.reporting.commands.prove import prove_figures
from motcua.reporting.models import DossierTally, FigureMark, FigureProof, Tally
from motcua.reporting.tasks import count_in, prove
from motcua.rules.transitions import Status
from tests.make import MONDAY, make_dossier
from tests.reporting.recounts import assert_as_recounted

pytestmark = pytest.mark.django_db
AT = MONDAY + timedelta(days=40)


def alarms(caplog: pytest.LogCaptureFixture) -> list[tuple[str, int, int]]:
    """What was logged as an error: the event, how many dossiers and how many sums."""
    said = [record.msg for record in caplog.records if record.levelno >= logging.ERROR]
    return [(one["event"], one["dossiers"], one["sums"]) for one in said if isinstance(one, dict)]


def test_nothing_differs_where_nothing_was_written_past_the_marks(caplog: pytest.LogCaptureFixture) -> None:
    make_dossier(status=Status.RETURNED)
    make_dossier(status=Status.SUPPLEMENT)
    count_in(timestamp=0)
    make_dossier(status=Status.DONE)

    proof = prove_figures(at=AT)

    assert proof.holds
    assert proof.dossier_count == 2
    assert alarms(caplog) == []
    event = EventRecord.objects.get(kind="FiguresProved")
    assert event.subject == "figures"
    assert event.payload == {"dossier_count": 2, "differing_dossier_count": 0, "differing_sum_count": 0}


def test_a_dossier_counted_as_something_else_raises_an_alarm_and_is_counted_anew(
    caplog: pytest.LogCaptureFixture,
) -> None:
    dossier = make_dossier(status=Status.DONE)
    count_in(timestamp=0)
    tally = DossierTally.objects.get(pk=dossier.pk)
    tally.days = [day + timedelta(days=30) for day in tally.days]
    tally.save()
    sum_anew()

    proof = prove_figures(at=AT)

    assert (proof.differing_dossier_count, proof.differing_sum_count) == (1, 0)
    assert alarms(caplog) == [("figures.differ", 1, 0)]
    assert FigureMark.objects.get().dossier_id == dossier.pk
    assert_as_recounted()
    count_in(timestamp=0)
    assert prove_figures(at=AT).holds


@pytest.mark.parametrize("is_lost", [True, False], ids=["never counted in", "counted though not accepted"])
def test_a_dossier_too_few_or_too_many_is_found(is_lost: bool) -> None:
    dossier = make_dossier(status=Status.DONE if is_lost else Status.SUBMITTED)
    other = make_dossier(status=Status.DONE)
    count_in(timestamp=0)
    if is_lost:
        DossierTally.objects.filter(pk=dossier.pk).delete()
    else:
        tally = DossierTally.objects.get(pk=other.pk)
        tally.pk = dossier.pk
        tally.save(force_insert=True)
    sum_anew()

    proof = prove_figures(at=AT)

    assert proof.differing_dossier_count == 1
    assert_as_recounted()
    count_in(timestamp=0)
    assert prove_figures(at=AT).holds
    assert_as_recounted()


def test_a_sum_that_was_changed_raises_an_alarm_until_all_are_made_anew() -> None:
    make_dossier(status=Status.DONE)
    count_in(timestamp=0)
    spoilt = Tally.objects.filter(span="MONTH", result_early=1).get()
    Tally.objects.filter(pk=spoilt.pk).update(result_early=2)

    prove(timestamp=0)

    proof = FigureProof.objects.get()
    assert (proof.differing_dossier_count, proof.differing_sum_count) == (0, 1)
    assert not proof.holds
    sum_anew()
    assert prove_figures(at=AT).holds


def test_sums_that_came_to_nought_are_as_good_as_none() -> None:
    dossier = make_dossier(status=Status.DONE)
    count_in(timestamp=0)
    unit = make_dossier(status=Status.SUBMITTED).competent_unit
    type(dossier).objects.filter(pk=dossier.pk).update(competent_unit=unit)
    count_in(timestamp=0)

    assert Tally.objects.filter(accepted_online=0, result_early=0, due=0).exists()
    assert prove_figures(at=AT).holds
