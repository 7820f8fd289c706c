"""The clock of the faces, and a guest who files step by step without any script."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

import motcua
from motcua.catalogue.models import Offering
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.ui.assets import compile_catalogues
from tests.documents.make_files import pdf_bytes
from tests.make import MONDAY, make_offering


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """Compile the catalogues, which a fresh clone does not have."""
    compile_catalogues(Path(motcua.__file__).parent)
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]  # noqa: SLF001  # read before


@pytest.fixture
def now() -> Iterator[datetime]:
    """Stop the clock of the faces at `MONDAY`."""
    with time_machine.travel(MONDAY, tick=False):
        yield MONDAY


@pytest.fixture
def offering(db: None) -> Offering:
    return make_offering()


class Guest:
    """A person with a plain browser and no account."""

    def __init__(self, offering: Offering) -> None:
        self.browser = Client(enforce_csrf_checks=False)
        self.offering = offering
        self.start_address = f"/thu-tuc/{offering.procedure.code}/nop/"

    def start(self) -> Dossier:
        """Open the start page and press its button."""
        self.browser.post(self.start_address, self.start_form())
        return Dossier.objects.latest("pk")

    def start_form(self) -> dict[str, str]:
        """Return the form of the start page as it was printed, with the place chosen."""
        page = self.browser.get(self.start_address).content.decode()
        key = re.search(r'name="key" value="([^"]+)"', page)
        assert key
        place = f"{self.offering.receiving_unit.code}-{self.offering.competent_unit.code}"
        return {"key": key.group(1), "place": place}

    def post(self, dossier: Dossier, page: str, fields: dict[str, object] | None = None) -> HttpResponse:
        """Send a form of one of the dossier's pages."""
        return self.browser.post(f"/ho-so/{dossier.reference}/{page}", fields or {})  # type: ignore[return-value]  # the test client adds to it

    def get(self, dossier: Dossier, page: str = "") -> HttpResponse:
        """Open one of the dossier's pages."""
        return self.browser.get(f"/ho-so/{dossier.reference}/{page}")  # type: ignore[return-value]  # the test client adds to it

    def fill_in(self, dossier: Dossier) -> None:
        """Answer every question and give the one paper everybody needs."""
        self.post(dossier, "nguoi-nop/", {**WHO})
        self.post(dossier, "to-khai/", {"ten_con": "Vàng A Páo"})
        self.post(dossier, "giay-to/1/", {"paper-1-file": upload()})
        self.post(dossier, "nhan-ket-qua/", {"channel": "AT_THE_DESK"})

    def confirm(self, dossier: Dossier) -> None:
        """Have a code sent over each way and type it in."""
        for slug in ("dien-thoai", "thu-dien-tu"):
            self.post(dossier, f"lien-he/{slug}/gui/")
            self.post(dossier, f"lien-he/{slug}/xac-nhan/", {f"{slug}-code": last_code()})

    def file(self) -> Dossier:
        """Go the whole way to the confirmation."""
        dossier = self.start()
        self.fill_in(dossier)
        self.confirm(dossier)
        self.post(dossier, "nop/")
        dossier.refresh_from_db()
        return dossier


WHO = {
    "full_name": "Lò Thị Ban",
    "citizen_id": "011190000077",
    "phone": "0900 000 777",
    "email": "ban@example.com",
    "address": "Bản Phủ, xã Thanh Nưa",
    "on_behalf_of": "",
}


@pytest.fixture
def guest(offering: Offering) -> Guest:
    return Guest(offering)


def upload(content: bytes | None = None, *, name: str = "giay-chung-sinh.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else pdf_bytes(), content_type="application/pdf")


def last_code() -> str:
    """Return the one-time code of the newest message that went out."""
    body = Message.objects.exclude(channel="SITE").latest("pk").body
    code = re.search(r"\b(\d{6})\b", body)
    assert code
    return code.group(1)
