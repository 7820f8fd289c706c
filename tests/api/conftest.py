"""Clients of the API: a token each, JSON both ways."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.utils import translation
from time_machine import travel

import motcua
from motcua.accounts.commands.tokens import issue_token
from motcua.accounts.models import User
from motcua.ui.assets import compile_catalogues
from tests.make import MONDAY

V1 = "/api/v1"


@dataclass(slots=True)
class Machine:
    """A program that knows one token, or none; `headers` go with everything it asks."""

    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def get(self, path: str, query: Mapping[str, str] | None = None, **headers: str) -> HttpResponseBase:
        return self.client.get(V1 + path, dict(query or {}), headers=self._headers(headers))

    def send(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponseBase:
        """Send `body` as JSON; None sends nothing."""
        said = "" if body is None else json.dumps(body, ensure_ascii=False)
        kind = "application/json"
        return self.client.generic(method, V1 + path, said, content_type=kind, headers=self._headers(headers))

    def raw(self, method: str, path: str, body: str) -> HttpResponseBase:
        """Send `body` as it stands, called JSON."""
        kind = "application/json"
        return self.client.generic(method, V1 + path, body, content_type=kind, headers=self._headers({}))

    def post(self, path: str, body: object = None, **headers: str) -> HttpResponseBase:
        return self.send("POST", path, {} if body is None else body, **headers)

    def put(self, path: str, body: object, **headers: str) -> HttpResponseBase:
        return self.send("PUT", path, body, **headers)

    def upload(self, path: str, form: Mapping[str, Any], **headers: str) -> HttpResponseBase:
        return self.client.post(V1 + path, dict(form), headers=self._headers(headers))

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {**own, **self.headers, **{name.replace("_", "-"): value for name, value in more.items()}}


def machine(user: User | None = None, *, at: datetime = MONDAY, language: str = "") -> Machine:
    """Return a program with a new token of `user`; of nobody when None."""
    token = issue_token(user=user, name="test", at=at) if user else ""
    return Machine(token=token, headers={"Accept-Language": language} if language else {})


def told(answer: HttpResponseBase, status: int = 200) -> Any:
    """Return what `answer` says in JSON, and see that it is of that status."""
    said = answer.getvalue().decode()
    assert answer.status_code == status, f"{answer.status_code}: {said}"
    expected = "application/problem+json" if status >= 400 else "application/json"
    assert answer.headers["Content-Type"].partition(";")[0] == expected
    return json.loads(said)


def pdf_file(content: bytes, name: str = "to-khai.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@pytest.fixture(autouse=True)
def _site(db: None) -> Iterator[None]:
    """Every test here asks the site, whose clock stands at `MONDAY` unless the test moves it."""
    with travel(MONDAY, tick=False):
        yield


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """Compile the catalogues, which a fresh clone does not have."""
    compile_catalogues(Path(motcua.__file__).parent)
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]  # noqa: SLF001  # read before
