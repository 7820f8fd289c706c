"""From where a draft is written to the public page as it will be."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.accounts.models import User
from tests.catalogue.publishing import begun, make_province, new_line, published

pytestmark = pytest.mark.django_db


def test_the_public_page_is_one_click_from_the_draft(at_work: Callable[[User], Client]) -> None:
    province = make_province()
    decision = begun(province)
    new_line(decision, province)
    client, line = at_work(province.officer), f"/xu-ly/quyet-dinh-cong-bo/{decision.key}/thu-tuc/3.000001/"
    link = 'href="/thu-tuc/3.000001/du-thao/"'

    for page in (line, f"{line}soan/"):
        assert link in client.get(page).content.decode()
    published(decision, province)
    for page in (line, f"{line}soan/"):
        assert link not in client.get(page).content.decode()
