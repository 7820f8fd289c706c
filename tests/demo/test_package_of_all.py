"""The set-up of the demonstration goes into an empty installation and comes out of it with the same bytes."""

from datetime import datetime

import pytest

from motcua.demo.commands.load_demo import load_demo
from motcua.documents.storage import path_of
from motcua.organisations.models import Unit
from motcua.province_setup.commands.apply_package import Choice, apply_package
from motcua.province_setup.commands.packages import make_package, receive_package
from motcua.province_setup.kinds import BY_NAME
from motcua.province_setup.models import ConfigurationPackage
from tests.make import HANOI
from tests.province_setup.province import elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.long]
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=HANOI)


def test_the_demonstration_comes_out_of_an_empty_place_with_the_same_bytes() -> None:
    with elsewhere():
        load_demo(at=NOW)
        made = ConfigurationPackage.objects.get()
        content, item_count = path_of(made.file.sha256).read_bytes(), made.item_count
    assert not Unit.objects.exists()

    package = receive_package(content=content, actor=None, at=NOW)
    done = apply_package(package=package, choice=Choice(tuple(BY_NAME)), actor=None, at=NOW)

    assert done is not None
    assert (done.new_count, done.clash_count) == (item_count, 0)
    assert path_of(make_package(actor=None, at=NOW).file.sha256).read_bytes() == content
    assert apply_package(package=package, choice=Choice(tuple(BY_NAME)), actor=None, at=NOW) is None
