"""Around a dossier: who else is there, what changed under a form, following, reminding, notes, wording."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from motcua.accounts.models import User
from motcua.dossiers.commands.guard import CHANGES_NOTHING, StaleDossier
from motcua.dossiers.commands.note import guide
from motcua.dossiers.commands.open_dossier import forget_openings
from motcua.dossiers.commands.phrases import NotTheirUnit, Phrase, keep_phrase
from motcua.dossiers.models import Dossier, Following, Memo, Opening, StockPhrase
from motcua.kernel.events import Event
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from motcua.rules.transitions import Action, Status
from motcua.workspace.labels import EVENTS
from tests.make import Office, make_dossier, make_office, make_officer
from tests.workspace.conftest import NOW
from tests.workspace.test_bulk import hidden
from tests.workspace.test_ended_session import sign_in_again

pytestmark = pytest.mark.django_db

_NOT_OF_A_DOSSIER = {
    "VersionMoveOrdered",
    "BulkCancelled",
    "BulkFinished",
    "BulkOrdered",
    "DossiersHandedOver",
    "DossiersTakenOver",
    "FilterRemoved",
    "FilterSaved",
    "LinkedApplicationEnded",
    "LinkedApplicationMoved",
    "LinkedApplicationReopened",
    "LinkedApplicationWithdrawn",
    "OutageDeclared",
    "OutageEnded",
    "PaperKitReserved",
    "PaperKitWithdrawn",
    "PaperSlotSpoilt",
    "RegisterClosed",
    "StockPhraseKept",
    "StockPhraseRemoved",
}
AtWork = Callable[[User], Client]


@pytest.fixture
def lan(office: Office) -> User:
    return make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit, full_name="Quàng Thị Lan")


def at(dossier: Dossier, path: str = "") -> str:
    return f"/xu-ly/ho-so/{dossier.public_code}/{path}"


def test_a_form_that_is_open_is_seen_by_colleagues_and_keeps_nobody_out(
    office: Office, lan: User, at_work: AtWork
) -> None:
    dossier = make_dossier(office=office)
    colleague, mine = at_work(lan), at_work(office.reception)
    with time_machine.travel(NOW - timedelta(minutes=2), tick=False):
        colleague.get(at(dossier, "tiep-nhan/"))
    colleague.post(at(dossier, "dang-mo/"))

    page = mine.get(at(dossier)).content.decode()
    form = mine.get(at(dossier, "tu-choi/"))

    assert "Thị Lan đang sửa (2 phút)" in page
    assert "Thị Lan đang sửa (2 phút)" in form.content.decode()
    assert form.status_code == 200


def test_who_gives_no_sign_of_life_is_no_longer_there(office: Office, lan: User, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    with time_machine.travel(NOW - timedelta(minutes=4), tick=False):
        at_work(lan).get(at(dossier, "tiep-nhan/"))

    assert "Thị Lan" not in at_work(office.reception).get(at(dossier)).content.decode()


def test_going_on_from_a_form_to_the_page_and_leaving_is_seen(office: Office, lan: User, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    colleague, mine = at_work(lan), at_work(office.reception)
    colleague.get(at(dossier, "tiep-nhan/"))
    colleague.get(at(dossier))
    colleague.post(at(dossier, "dang-mo/"), {"leave": "1", "act": Action.ACCEPT.value})  # the form's, come late

    here = mine.post(at(dossier, "dang-mo/")).content.decode()
    colleague.post(at(dossier, "dang-mo/"), {"leave": "1", "act": ""})
    gone = mine.post(at(dossier, "dang-mo/")).content.decode()

    assert "Thị Lan đang xem" in here
    assert "Thị Lan" not in gone


def test_what_one_did_oneself_is_not_unread(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.ACCEPTED)
    desk = at_work(office.reception)
    desk.get(at(dossier, "chuyen/"))

    desk.post(at(dossier, "chuyen/"), {"version": dossier.version})

    opening = Opening.objects.get(user=office.reception)
    assert opening.seen_version == Dossier.objects.get(pk=dossier.pk).version
    assert (opening.act, opening.seen_at) == ("", None)


def test_openings_of_what_is_over_are_forgotten(office: Office, at_work: AtWork) -> None:
    over, running = make_dossier(office=office, status=Status.RETURNED), make_dossier(office=office)
    desk = at_work(office.reception)
    for dossier in (over, running):
        desk.get(at(dossier))

    assert forget_openings(NOW + timedelta(hours=1)) == 1
    assert [one.dossier_id for one in Opening.objects.all()] == [running.pk]


def test_a_stale_form_shows_field_by_field_what_changed_and_loses_neither(
    office: Office, lan: User, at_work: AtWork
) -> None:
    dossier = make_dossier(office=office)
    mine, colleague = at_work(office.reception), at_work(lan)
    opened = mine.get(at(dossier, "tu-choi/")).content.decode()
    seen = hidden(opened, "seen")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        asked = {"version": dossier.version, "wanted_1": "on", "note_1": "Ký trang 2", "reason": "Chưa ký"}
        assert colleague.post(at(dossier, "yeu-cau-bo-sung/"), asked).status_code == 302
    typed = {"ground": "WRONG_SUBJECT", "basis": "", "article": "Điều 1", "reason": "Lý do tôi viết dài"}

    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        answer = mine.post(at(dossier, "tu-choi/"), {**typed, "version": dossier.version, "seen": seen})

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Lý do tôi viết dài" in said
    changes = {change.label: (change.before, change.now) for change in answer.context["changes"]}
    assert changes["Trạng thái"] == ("Chờ tiếp nhận", "Chờ bổ sung giấy tờ")
    assert [(str(event.what), event.who) for event in answer.context["happened"]] == [
        ("Yêu cầu bổ sung giấy tờ", "Quàng Thị Lan")
    ]
    assert "Hồ sơ đã thay đổi từ khi bạn mở trang" in said


def test_what_was_typed_stands_beside_what_a_colleague_wrote(office: Office, lan: User, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    mine = at_work(office.reception)
    seen = hidden(mine.get(at(dossier, "tiep-nhan/")).content.decode(), "seen")
    dossier.papers.filter(position=1).update(state="WRONG", note="Mờ, chụp lại")
    Dossier.objects.filter(pk=dossier.pk).update(version=dossier.version + 1)
    typed = {"state_1": "PRESENT", "note_1": "Rõ", "state_2": "NOT_NEEDED"}

    answer = mine.post(at(dossier, "tiep-nhan/"), {**typed, "version": dossier.version, "seen": seen})

    changes = [(change.before, change.now, change.typed) for change in answer.context["changes"]]
    assert ("Chưa kiểm tra", "Chưa đúng", "Có, hợp lệ") in changes
    assert ("—", "Mờ, chụp lại", "Rõ") in changes


@pytest.mark.parametrize("seen", ["", "bậy", "WzFd:1:x"])
def test_a_broken_memory_of_the_page_only_shows_no_difference(seen: str, office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.ACCEPTED)

    answer = at_work(office.reception).post(at(dossier, "chuyen/"), {"version": 1, "seen": seen})

    assert answer.status_code == 409
    assert "changes" not in answer.context


def test_following_is_begun_and_ended_on_the_page(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    signer = at_work(office.signer)

    begun = signer.post(at(dossier, "theo-doi/"), {"text": "Việc khó"}, follow=True).content.decode()
    reason = Following.objects.get().reason
    ended = signer.post(at(dossier, "theo-doi/"), {"stop": "1"}, follow=True).content.decode()

    assert "Thôi theo dõi" in begun
    assert reason == "Việc khó"
    assert "Thôi theo dõi" not in ended
    assert not Following.objects.exists()


def test_who_answers_for_a_dossier_reminds_and_anybody_notes(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    signer, officer = at_work(office.signer), at_work(office.officer)

    reminded = signer.post(at(dossier, "nhac/"), {"text": "Gấp"}, follow=True).content.decode()
    refusal = officer.post(at(dossier, "nhac/"), {"text": "Gấp lắm, mai hết hạn"})
    refused = refusal.content.decode()
    long = signer.post(at(dossier, "nhac/"), {"text": "x" * 501}, follow=True).content.decode()
    noted = officer.post(at(dossier, "ghi-chu/"), {"text": "Đã gọi điện"}, follow=True).content.decode()
    empty = officer.post(at(dossier, "ghi-chu/"), {"text": ""}, follow=True).content.decode()

    assert "Đã nhắc người đang giữ hồ sơ." in reminded
    assert (refusal.status_code, "bạn không phụ trách hồ sơ này" in refused) == (422, True)
    assert 'value="Gấp lắm, mai hết hạn"' in refused
    assert "Lời nhắc dài quá" in long
    assert "Đã gọi điện" in noted
    assert "Hãy viết nội dung ghi chú" in empty
    assert Memo.objects.count() == 2
    assert EventRecord.objects.filter(subject=dossier.reference, kind="DossierReminded").count() == 1


def test_the_history_says_to_whom_a_dossier_went_and_why(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.TRANSFERRED)
    dispatcher = at_work(office.dispatcher)
    typed = {"version": dossier.version, "to": office.officer.username, "note": "Quen việc này"}
    dispatcher.post(at(dossier, "phan-cong/"), typed)

    said = dispatcher.get(at(dossier)).context["history"]

    assert said[0].detail == f"→ {office.officer.display_name}: “Quen việc này”"


def test_three_ways_of_giving_on_have_three_icons(office: Office, at_work: AtWork) -> None:
    accepted = make_dossier(office=office, status=Status.ACCEPTED)
    waiting = make_dossier(office=office, status=Status.TRANSFERRED)

    forward = {act.icon for act in at_work(office.reception).get(at(accepted)).context["acts"]}
    page = at_work(office.dispatcher).get(at(waiting))

    assert "forward" in forward
    assert "assign" in {act.icon for act in page.context["acts"]}
    assert "Theo dõi hồ sơ" in page.content.decode()


def test_every_paper_opens_in_the_viewer_of_the_page(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.RETURNED)

    said = at_work(office.reception).get(at(dossier)).content.decode()

    links = [part.split(">")[0] for part in said.split("<a ")[1:]]
    tabs = [link for link in links if 'target="_blank"' in link and "data-view" not in link]
    assert [link for link in tabs if "/tep/1/" not in link] == []  # the viewer's own way out, where it can not show


def test_wording_fills_from_the_dossier_and_is_shared_with_the_unit(office: Office, lan: User, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    unit = office.offering.receiving_unit.code
    typed = {
        "unit": unit,
        "act": Action.REQUEST_INTAKE_SUPPLEMENT.value,
        "procedure": dossier.procedure_version.procedure.code,
        "name": "Thiếu chữ ký",
        "text": "Kính gửi {nguoi_nop}: hồ sơ {ma} còn thiếu {giay_to}.",
    }
    kept = at_work(lan).post("/xu-ly/cau-mau/", typed, follow=True).content.decode()
    phrase = StockPhrase.objects.get()
    desk = at_work(office.reception)

    form = desk.get(at(dossier, "yeu-cau-bo-sung/")).content.decode()
    filled = desk.get(at(dossier, f"yeu-cau-bo-sung/?mau={phrase.pk}"))

    words = f"Kính gửi Vàng Thị Mỷ: hồ sơ {dossier.public_code} còn thiếu Tờ khai theo mẫu."
    assert "Thiếu chữ ký" in kept
    assert f'data-phrase="{words}"' in form
    assert filled.context["form"]["reason"].value() == words
    assert desk.get(at(dossier, "yeu-cau-bo-sung/?mau=0")).context["form"]["reason"].value() is None
    assert "Thiếu chữ ký" not in desk.get(at(dossier, "tu-choi/")).content.decode()
    assert "Thiếu chữ ký" not in at_work(make_office().reception).get("/xu-ly/cau-mau/").content.decode()


def test_wording_is_renewed_by_its_name_and_removed_in_its_unit_alone(office: Office, at_work: AtWork) -> None:
    desk, stranger = at_work(office.reception), at_work(make_office().reception)
    typed = {"unit": office.offering.receiving_unit.code, "act": Action.DECLINE.value, "name": "Sai cơ quan"}
    for text in ("Một", "Hai"):
        desk.post("/xu-ly/cau-mau/", {**typed, "text": text})
    phrase = StockPhrase.objects.get()

    assert phrase.text == "Hai"
    assert stranger.post(f"/xu-ly/cau-mau/{phrase.pk}/xoa/").status_code == 404
    desk.post(f"/xu-ly/cau-mau/{phrase.pk}/xoa/")
    assert not StockPhrase.objects.exists()
    assert EventRecord.objects.filter(kind__startswith="StockPhrase").count() == 3


def test_who_does_not_deal_with_dossiers_keeps_no_wording(office: Office, at_work: AtWork) -> None:
    auditor = make_officer(Role.AUDITOR, office.offering.competent_unit)
    phrase = Phrase(Action.DECLINE, None, "Mẫu", "Lời")

    assert at_work(auditor).get("/xu-ly/cau-mau/").status_code == 403
    for unit in (office.offering.competent_unit, office.offering.receiving_unit):
        with pytest.raises(NotTheirUnit):
            keep_phrase(unit=unit, phrase=phrase, officer=auditor, at=NOW)


@pytest.mark.parametrize("wrong", [{"unit": "H99"}, {"act": "SIGN"}, {"name": ""}, {"text": ""}, {"procedure": "0.0"}])
def test_wording_for_nowhere_or_without_words_is_not_kept(
    wrong: dict[str, str], office: Office, at_work: AtWork
) -> None:
    good = {"unit": office.offering.receiving_unit.code, "act": "DECLINE", "name": "Mẫu", "text": "Lời"}

    answer = at_work(office.reception).post("/xu-ly/cau-mau/", good | wrong)

    assert answer.status_code == 422
    assert not StockPhrase.objects.exists()


def test_a_stranger_is_neither_seen_nor_told_who_is_there(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    stranger = at_work(make_office().reception)

    answers = [stranger.post(at(dossier, path)).status_code for path in ("dang-mo/", "theo-doi/", "nhac/", "ghi-chu/")]

    assert answers == [404] * 4
    assert not Opening.objects.exists()


@pytest.mark.parametrize(("path", "most"), [("theo-doi/", 200), ("nhac/", 500), ("ghi-chu/", 2000)])
def test_words_that_are_too_long_stay_in_their_form(path: str, most: int, office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    typed = "Lời rất dài. " + "x" * most

    answer = at_work(office.signer).post(at(dossier, path), {"text": typed})

    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert f"{most} ký tự" in answer.content.decode()
    assert not Following.objects.exists()


def test_a_line_break_counts_as_one_character(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)

    answer = at_work(office.reception).post(at(dossier, "ghi-chu/"), {"text": "x\r\n" * 999 + "xx"})

    assert answer.status_code == 302
    assert len(Memo.objects.get().text) == 2000


@pytest.mark.parametrize("path", ["theo-doi/", "nhac/", "ghi-chu/"])
def test_words_typed_when_the_session_had_ended_come_back_on_the_page(
    path: str, office: Office, at_work: AtWork
) -> None:
    dossier = make_dossier(office=office)
    head = make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)
    browser = Client()
    browser.post(at(dossier, path), {"text": "Đã gọi ba lần"})
    sign_in_again(browser, head)

    back = browser.get(at(dossier, path)).content.decode()

    assert "Đã gọi ba lần" in back
    assert "CHƯA được gửi" in back
    assert at_work(head).get(at(dossier, path)).headers["Location"] == at(dossier)


def test_following_a_dossier_is_not_blamed_for_a_stale_form(office: Office, lan: User, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    colleague = at_work(lan)
    asked = {"version": dossier.version, "wanted_1": "on", "note_1": "Ký trang 2", "reason": "Chưa ký"}
    colleague.post(at(dossier, "yeu-cau-bo-sung/"), asked)
    for path in ("theo-doi/", "ghi-chu/"):
        colleague.post(at(dossier, path), {"text": "Xem lại"})

    with pytest.raises(StaleDossier) as refused:
        guide(dossier=dossier, officer=office.reception, text="Lời", at=NOW, seen_version=dossier.version)

    assert (refused.value.kind, refused.value.by_id) == ("IntakeSupplementRequested", lan.pk)


def test_every_event_of_a_dossier_has_words() -> None:
    kinds = {kind.__name__ for kind in Event.__subclasses__() if kind.__module__.startswith("motcua.dossiers.")}

    assert kinds == EVENTS.keys() | _NOT_OF_A_DOSSIER
    assert not EVENTS.keys() & _NOT_OF_A_DOSSIER
    assert kinds >= CHANGES_NOTHING
