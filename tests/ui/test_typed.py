"""What waits in a session until its author comes back, and what does not."""

from django.contrib.sessions.backends.base import SessionBase

from motcua.ui import typed


def kept(**posted: str) -> dict[str, str]:
    session = SessionBase()
    typed.keep(session, path="/a/", posted=posted)
    return typed.give_back(session, path="/a/")


def test_what_was_typed_comes_back_once() -> None:
    session = SessionBase()

    assert typed.keep(session, path="/a/", posted={"reason": "Thiếu chữ ký"})

    assert typed.give_back(session, path="/b/") == {}
    assert typed.give_back(session, path="/a/") == {"reason": "Thiếu chữ ký"}
    assert typed.give_back(session, path="/a/") == {}


def test_no_secret_waits() -> None:
    secrets = {
        "password": "x",
        "oldpassword": "x",
        "password1": "x",
        "pin": "1234",
        "code": "1",
        "thu-dien-tu-code": "1",
    }

    assert kept(**secrets) == {}
    assert kept(csrfmiddlewaretoken="x", version="3", business_code="0100") == {"business_code": "0100"}


def test_a_flood_does_not_wait() -> None:
    assert kept(reason="a" * 60_000) == {}
