"""`motcua figures`: what changed is counted in, and everything is held against a recount."""

import pytest

from motcua.reporting.models import FigureMark, FigureProof, Tally
from motcua.rules.transitions import Status
from tests.cli.test_commands import run
from tests.make import make_dossier
from tests.reporting.recounts import assert_as_recounted

pytestmark = pytest.mark.django_db


def test_what_changed_is_counted_in_and_holds() -> None:
    make_dossier(status=Status.DONE)

    outcome = run("figures")

    assert outcome.exit_code == 0
    assert "1 dossiers held against their figures" in outcome.stdout
    assert not FigureMark.objects.exists()
    assert FigureProof.objects.get().holds


def test_a_sum_that_was_changed_ends_with_1_and_is_made_anew() -> None:
    make_dossier(status=Status.DONE)
    run("figures")
    Tally.objects.filter(span="YEAR").update(overdue=7)

    outcome = run("figures")

    assert outcome.exit_code == 1
    assert "0 dossiers and 1 sums differ" in outcome.stderr
    assert run("figures", "--anew").exit_code == 0
    assert_as_recounted()
