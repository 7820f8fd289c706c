"""What the public sees of a dossier whose way was not straight."""

from datetime import timedelta

import pytest

from motcua.dossiers.commands import draft, intake, process
from motcua.dossiers.commands.supplement import complete_supplement
from motcua.dossiers.commands.withdraw import withdraw
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.public_status import Milestone, public_status
from motcua.rules.transitions import Status
from tests.make import MONDAY, make_dossier, make_file, make_office

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


def shown(dossier: Dossier) -> Dossier:
    return Dossier.objects.for_page().get(pk=dossier.pk)


def test_the_desk_holds_a_completed_supplement_since_it_came() -> None:
    office = make_office()
    dossier = make_dossier(office=office)
    asking = intake.Asking({1: "Chụp lại"}, "Bị mờ")
    intake.request_intake_supplement(dossier=dossier, officer=office.reception, asking=asking, at=LATER)
    draft.attach_paper(dossier=dossier, position=1, file=make_file(content=b"%PDF-new"), actor=None, at=LATER)
    back = LATER + timedelta(hours=3)

    complete_supplement(dossier=dossier, actor=dossier.owner, at=back)

    assert public_status(shown(dossier)).since == back


@pytest.mark.parametrize(
    ("status", "reached"),
    [
        (Status.SUBMITTED, Milestone.SUBMITTED),
        (Status.ACCEPTED, Milestone.ACCEPTED),
        (Status.IN_PROGRESS, Milestone.ACCEPTED),
        (Status.PENDING_SIGN, Milestone.PROCESSED),
    ],
)
def test_what_was_taken_back_shows_how_far_it_had_come(status: Status, reached: Milestone) -> None:
    dossier = make_dossier(status=status)

    withdraw(dossier=dossier, actor=dossier.owner, at=LATER)

    assert public_status(shown(dossier)).reached is reached


def test_what_was_taken_back_during_a_rework_had_only_been_accepted() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.PENDING_SIGN, office=office)
    process.return_for_rework(dossier=dossier, officer=office.signer, reason="Sai tên", at=LATER)

    withdraw(dossier=dossier, actor=dossier.owner, at=LATER + timedelta(hours=1))

    assert public_status(shown(dossier)).reached is Milestone.ACCEPTED
