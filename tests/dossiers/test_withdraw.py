"""An application is taken back: by the applicant, or by the desk when the applicant asks for it."""

from datetime import timedelta

import pytest

from motcua.dossiers.commands.guard import StaleDossier
from motcua.dossiers.commands.withdraw import record_withdrawal, withdraw
from motcua.dossiers.models import Dossier, Withdrawal
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Message
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import Status, TransitionRefused
from tests.make import MONDAY, make_dossier, make_office

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)
REASON = "Nộp nhầm thủ tục"
BEFORE_THE_SIGNATURE = [Status.SUBMITTED, Status.ACCEPTED, Status.IN_PROGRESS, Status.PENDING_SIGN]


@pytest.mark.parametrize("status", BEFORE_THE_SIGNATURE)
def test_an_applicant_withdraws_before_the_decision_and_twice_is_safe(status: Status) -> None:
    dossier = make_dossier(status=status)

    gone = withdraw(dossier=dossier, actor=dossier.owner, at=TUESDAY)
    again = withdraw(dossier=dossier, actor=dossier.owner, at=MONDAY + timedelta(days=2))

    assert (gone.status, gone.holder_unit, again.version) == (Status.WITHDRAWN, None, gone.version)
    assert not dossier.steps.filter(finished_at=None).exists()


@pytest.mark.parametrize("status", BEFORE_THE_SIGNATURE)
def test_the_desk_withdraws_for_an_applicant_who_asks(status: Status) -> None:
    office = make_office()
    dossier = make_dossier(office=office, status=status)

    gone = record_withdrawal(dossier=dossier, officer=office.reception, reason=REASON, at=TUESDAY)

    told = Withdrawal.objects.get(dossier=dossier)
    event = EventRecord.objects.filter(subject=dossier.reference).latest("seq")
    assert (gone.status, gone.closed_at, gone.holder_unit) == (Status.WITHDRAWN, TUESDAY, None)
    assert (told.reason, told.recorded_by) == (REASON, office.reception)
    assert (event.kind, event.actor) == ("DossierWithdrawnAtCounter", office.reception)
    assert REASON not in str(event.payload)
    assert not dossier.steps.filter(finished_at=None).exists()
    assert "Hồ sơ đã được rút" in Message.objects.filter(dossier=dossier, channel="EMAIL").latest("pk").subject


def test_what_is_signed_is_not_withdrawn_and_nothing_stays_behind() -> None:
    office = make_office()
    dossier = make_dossier(office=office, status=Status.SIGNED)

    with pytest.raises(TransitionRefused):
        record_withdrawal(dossier=dossier, officer=office.reception, reason=REASON, at=TUESDAY)

    assert Dossier.objects.get(pk=dossier.pk).status == Status.SIGNED
    assert not Withdrawal.objects.exists()


def test_only_the_receiving_desk_withdraws_for_an_applicant() -> None:
    office = make_office()
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)

    for officer in (office.officer, office.signer, make_office().reception):
        with pytest.raises(NotPermitted):
            record_withdrawal(dossier=dossier, officer=officer, reason=REASON, at=TUESDAY)


def test_a_second_withdrawal_on_the_same_picture_is_refused() -> None:
    office = make_office()
    dossier = make_dossier(office=office)
    seen = dossier.version
    record_withdrawal(dossier=dossier, officer=office.reception, reason=REASON, at=TUESDAY, seen_version=seen)

    with pytest.raises(StaleDossier):
        record_withdrawal(dossier=dossier, officer=office.reception, reason="Khác", at=TUESDAY, seen_version=seen)

    assert Withdrawal.objects.get(dossier=dossier).reason == REASON
