"""Open dossiers and a new version on screen: the preview, and the order of the publisher (R-13)."""

import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure
from motcua.dossiers.models import VersionMove
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.catalogue.publishing import begun, make_province
from tests.dossiers.test_move_versions import ARTICLE, NOW, amended
from tests.make import MONDAY, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def test_the_publisher_sees_who_is_touched_and_orders_once(at_work: AtWork) -> None:
    province, office = make_province(), make_office()
    Procedure.objects.filter(pk=office.offering.procedure_id).update(scope="LOCAL")
    office.offering.procedure.refresh_from_db()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    waiting = make_dossier(status=Status.SUPPLEMENT, office=office)
    decision = amended(province, office, 3)
    page = f"/xu-ly/quyet-dinh-cong-bo/{decision.key}/"
    leader = at_work(province.chairman)
    with time_machine.travel(NOW, tick=False):
        assert f"{page}ho-so/" in leader.get(page).content.decode()
        said = leader.get(f"{page}ho-so/").content.decode()
        assert dossier.public_code in said
        assert "Từ lần 1 sang lần 2" in said
        assert waiting.public_code in said
        assert "Đang chờ người nộp" in said

        form = {"key": str(uuid.uuid4()), "article": "", "promises": "ADVANCE"}
        empty = leader.post(f"{page}ho-so/", form)
        assert empty.status_code == 422
        assert 'value="ADVANCE"' in empty.content.decode()
        for _ in range(2):
            sent = leader.post(f"{page}ho-so/", {**form, "article": ARTICLE})
            assert sent.headers["Location"] == f"{page}ho-so/"
        assert VersionMove.objects.count() == 1
        again = leader.post(f"{page}ho-so/", {**form, "key": str(uuid.uuid4()), "article": ARTICLE})
        assert again.status_code == 422
        assert "Lần quyết định trước đang được thực hiện" in again.content.decode()
        told = leader.get(f"{page}ho-so/").content.decode()
    assert ARTICLE in told
    assert "Đang chuyển trong nền" in told


def test_others_neither_see_the_list_nor_order(at_work: AtWork) -> None:
    province, office = make_province(), make_office()
    Procedure.objects.filter(pk=office.offering.procedure_id).update(scope="LOCAL")
    office.offering.procedure.refresh_from_db()
    decision = amended(province, office, 3)
    address = f"/xu-ly/quyet-dinh-cong-bo/{decision.key}/ho-so/"
    form = {"key": str(uuid.uuid4()), "article": ARTICLE, "promises": "KEEP"}

    stranger = at_work(make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit))
    assert stranger.get(address).status_code == 403
    preparer = at_work(province.officer)
    assert preparer.get(address).status_code == 200
    assert preparer.post(address, form).status_code == 403
    draft = begun(province, at=MONDAY)
    assert preparer.get(f"/xu-ly/quyet-dinh-cong-bo/{draft.key}/ho-so/").status_code == 409
    assert not VersionMove.objects.exists()
