"""Drafts that go: by their applicant's wish, and by age."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from motcua.dossiers.commands.confirm_contact import send_contact_code
from motcua.dossiers.commands.delete_draft import TransitionRefused, delete_draft, delete_untouched_drafts
from motcua.dossiers.commands.draft import choose_return
from motcua.dossiers.models import Applicant, ContactCode, Dossier, Paper, ReturnChannel
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Message
from motcua.rules.transitions import Status
from tests.make import MONDAY, make_dossier, make_draft, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _days(settings: Settings) -> None:
    settings.DRAFT_KEPT_DAYS, settings.GUEST_DRAFT_KEPT_DAYS = 90, 30


def test_a_deleted_draft_leaves_its_events_and_nothing_personal() -> None:
    dossier = make_draft()
    send_contact_code(dossier=dossier, channel=ContactCode.Channel.EMAIL, at=MONDAY)

    delete_draft(dossier=dossier, actor=dossier.owner, at=MONDAY)

    for kind in (Dossier, Applicant, Paper, ContactCode, Message):
        assert not kind.objects.exists()
    last = EventRecord.objects.filter(subject=dossier.reference).latest("seq")
    assert (last.kind, last.payload, last.actor_id) == ("DraftDeleted", {"cause": "APPLICANT"}, dossier.owner_id)


def test_deleting_twice_is_deleting_once() -> None:
    dossier = make_draft()
    delete_draft(dossier=dossier, actor=dossier.owner, at=MONDAY)

    delete_draft(dossier=Dossier(pk=dossier.pk), actor=dossier.owner, at=MONDAY)

    assert EventRecord.objects.filter(subject=dossier.reference, kind="DraftDeleted").count() == 1


def test_what_is_handed_in_is_not_deleted() -> None:
    dossier = make_dossier(status=Status.SUBMITTED)

    with pytest.raises(TransitionRefused):
        delete_draft(dossier=dossier, actor=dossier.owner, at=MONDAY)

    assert Dossier.objects.filter(pk=dossier.pk).exists()


@pytest.mark.parametrize(("is_guest", "days"), [(True, 30), (False, 90)])
def test_a_draft_that_nobody_touches_goes_after_its_days(is_guest: bool, days: int) -> None:
    dossier = make_draft()
    if is_guest:
        Dossier.objects.update(owner=None)

    early = delete_untouched_drafts(MONDAY + timedelta(days=days))
    late = delete_untouched_drafts(MONDAY + timedelta(days=days, seconds=1))

    assert (early, late) == (0, 1)
    last = EventRecord.objects.filter(subject=dossier.reference).latest("seq")
    assert (last.kind, last.payload, last.actor_id) == ("DraftDeleted", {"cause": "AGE"}, None)


def test_a_draft_that_was_touched_lately_stays() -> None:
    dossier = make_draft()
    later = MONDAY + timedelta(days=80)
    choose_return(dossier=dossier, channel=ReturnChannel.ONLINE, postal_address="", actor=dossier.owner, at=later)

    assert delete_untouched_drafts(MONDAY + timedelta(days=100)) == 0


def test_age_takes_nothing_that_was_handed_in() -> None:
    make_dossier(status=Status.SUBMITTED, owner=make_user())

    assert delete_untouched_drafts(MONDAY + timedelta(days=4000)) == 0
