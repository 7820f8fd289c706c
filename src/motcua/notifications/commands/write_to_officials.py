"""Write to officials what they were told on the site: at once, or gathered in the morning, as they want it (ux 24)."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from motcua.accounts.models import User
from motcua.notifications import wording
from motcua.notifications.kinds import NOTICES, notice_in_words
from motcua.notifications.models import Notice, NoticePreference, OfficialLetter, Period

NOT_OLDER = timedelta(days=3)
"""What lay longer is no news any more: it stands on the site."""
_KEYS = uuid.UUID("3f7a0c52-7c1d-4f7c-9a36-0a5f2b8f1d44")


@transaction.atomic
def choose_periods(*, user: User, periods: dict[str, Period]) -> None:
    """Keep how `user` wants each kind of notice; kinds that are none are left out."""
    chosen = [
        NoticePreference(user=user, kind=kind, period=period) for kind, period in periods.items() if kind in NOTICES
    ]
    NoticePreference.objects.bulk_create(
        chosen, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["period"]
    )


@transaction.atomic
def write_instantly(at: datetime) -> Sequence[OfficialLetter]:
    """Write to those who want to know at once, one letter a person, and return the letters to be sent."""
    return _write(at, lambda period: period == Period.INSTANT, digest_on=None)


@transaction.atomic
def write_digests(at: datetime) -> Sequence[OfficialLetter]:
    """Write the letters of this morning; whoever has got theirs gets no other. Returns those to be sent."""
    return _write(at, lambda period: period == Period.DIGEST, digest_on=timezone.localdate(at))


def _write(at: datetime, is_meant: Callable[[str], bool], digest_on: date | None) -> list[OfficialLetter]:
    waiting = Notice.objects.select_for_update(of=("self",)).filter(
        read_at=None, written_at=None, created_at__gte=at - NOT_OLDER
    )
    known = waiting.exclude(user__email="").filter(user__is_active=True)
    notices = list(known.select_related("user", "dossier__procedure_version").order_by("user", "created_at", "pk"))
    wanted = {
        (row.user_id, row.kind): row.period
        for row in NoticePreference.objects.filter(user__in={notice.user_id for notice in notices})
    }
    have = (
        set(OfficialLetter.objects.filter(digest_on=digest_on).values_list("user", flat=True)) if digest_on else set()
    )
    by_user: dict[int, list[Notice]] = {}
    for notice in notices:
        if notice.user_id not in have and is_meant(wanted.get((notice.user_id, notice.kind), Period.DIGEST)):
            by_user.setdefault(notice.user_id, []).append(notice)
    letters = [_letter(told, at, digest_on) for told in by_user.values()]
    Notice.objects.filter(pk__in=[notice.pk for told in by_user.values() for notice in told]).update(written_at=at)
    return OfficialLetter.objects.bulk_create(letters)


def _letter(told: Sequence[Notice], at: datetime, digest_on: date | None) -> OfficialLetter:
    user = told[0].user
    said = wording.to_official(user.display_name, _lines(told), is_digest=digest_on is not None)
    return OfficialLetter(
        user=user,
        subject=said.subject[:200],
        body=said.body,
        delivery_key=uuid.uuid5(_KEYS, f"{user.pk} {max(notice.pk for notice in told)}"),
        digest_on=digest_on,
        created_at=at,
    )


def _lines(told: Iterable[Notice]) -> list[str]:
    """Return a line a dossier, with everything that happened to it; in Vietnamese, whatever its reader reads."""
    by_dossier: dict[int, list[Notice]] = {}
    for notice in told:
        by_dossier.setdefault(notice.dossier_id, []).append(notice)
    with translation.override(settings.LANGUAGE_CODE):
        return [
            f"{some[0].dossier.public_code} ({some[0].dossier.procedure_version.name}): "
            + "; ".join(dict.fromkeys(notice_in_words(notice.kind) for notice in some))
            for some in by_dossier.values()
        ]
