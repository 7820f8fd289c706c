"""Two signers who give one number at the same moment, on real connections (J-03)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from motcua.accounts.models import User
from motcua.legislation.commands import draft_acts
from motcua.legislation.models import LegalDocument, LegalDraft
from motcua.rules.drafting import DraftState
from motcua.rules.permissions import Role
from tests.legislation.drafts import make_submitted, province, signature
from tests.make import MONDAY, make_officer

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_signers_who_give_one_number_at_once_the_second_is_told() -> None:
    drafts = [make_submitted(), make_submitted()]
    signers = [make_officer(Role.SIGNER, province()) for _draft in drafts]
    start = Barrier(len(drafts), timeout=60)

    def sign(draft: LegalDraft, signer: User) -> str:
        connection.ensure_connection()
        start.wait()
        try:
            draft_acts.sign_draft(draft=draft, signature=signature(), actor=signer, at=MONDAY)
        except draft_acts.AlreadyEntered as refusal:
            return refusal.code
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(max_workers=2) as hands:
        told = list(hands.map(sign, drafts, signers))

    assert sorted(told) == ["60-kh-ubnd", "signed"]
    assert LegalDocument.objects.filter(is_own=True).count() == 1
    assert sorted(LegalDraft.objects.values_list("state", flat=True)) == [DraftState.SIGNED, DraftState.SUBMITTED]
