"""Wrong look-ups and sendings of codes, once they no longer count."""

from datetime import timedelta

import pytest

from motcua.dossiers.commands.forget_attempts import forget_attempts
from motcua.dossiers.models import CodeSending, LookupFailure
from tests.make import MONDAY

pytestmark = pytest.mark.django_db


def test_what_counts_no_more_is_deleted_and_the_rest_stays() -> None:
    for days in (0, 1):
        LookupFailure.objects.create(public_code=str(days), at=MONDAY - timedelta(days=days))
        CodeSending.objects.create(address=str(days), at=MONDAY - timedelta(days=days))

    assert forget_attempts(MONDAY) == 2

    assert LookupFailure.objects.get().public_code == "0"
    assert CodeSending.objects.get().address == "0"
