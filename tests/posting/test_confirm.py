"""Desks confirm what they put up and took down; mistakes are put right without being lost (C-10)."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.accounts.models import User
from motcua.catalogue.models import Offering
from motcua.kernel.models import EventRecord
from motcua.posting.commands.confirm import (
    DayImpossible,
    KeyTaken,
    MayNotConfirm,
    NamedTwice,
    NothingChosen,
    NotToPost,
    PhotoNotAnImage,
    Posted,
    PutUpBeforeSigned,
    Told,
    WithdrawnBefore,
    confirm_put_up,
    confirm_taken_down,
    correct,
    withdraw,
)
from motcua.posting.commands.feedback import Address, LeadsNowhere, MayNotTellAddress, NotLater, tell_address
from motcua.posting.models import FeedbackAddress, PostingConfirmation, PostingLine
from motcua.posting.queries.board import board_page
from motcua.posting.queries.overview import overview
from motcua.rules.permissions import Role
from motcua.rules.posting import PostingKind, PostingState
from motcua.rules.publication import LineKind
from tests.catalogue.publishing import begun, line_of, published, shortened
from tests.make import MONDAY, make_file, make_offering, make_officer, make_procedure, make_unit
from tests.posting.boards import LONG_UP, TODAY, Desk, make_desk, make_photo, more, put_up

pytestmark = pytest.mark.django_db
HOTLINE = Address("Văn phòng UBND tỉnh", phone="0215 3825 409")
TOLD = Told(PostingKind.BOARD, TODAY)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def events_of(desk: Desk) -> list[str]:
    rows = EventRecord.objects.filter(subject=f"posting:{desk.unit.code}")
    return list(rows.order_by("seq").values_list("kind", flat=True))


def states(desk: Desk, on: date = TODAY) -> dict[str, PostingState]:
    page = board_page(desk.unit.code, desk.officer, on=on)
    return {line.code: line.standing.state for line in (*page.put_up, *page.take_down, *page.right)}


def test_a_whole_board_is_confirmed_at_once_and_a_second_click_changes_nothing(desk: Desk) -> None:
    others = more(desk, 3)
    posted = [Posted(one.code, 1) for one in (desk.procedure, *others)]
    key, photo = uuid.uuid4(), make_photo()
    assert set(states(desk).values()) == {PostingState.MISSING}

    row = put_up(desk, posted, key=key, photo=photo)
    again = put_up(desk, posted, key=key, photo=photo)

    assert (again.pk, again.on) == (row.pk, LONG_UP)
    assert set(states(desk).values()) == {PostingState.CURRENT}
    assert events_of(desk) == ["PostingConfirmed"]
    said = EventRecord.objects.get(subject=f"posting:{desk.unit.code}").payload
    assert said["procedures"] == [one.code for one in posted]
    assert said["versions"] == [1, 1, 1, 1]
    assert said["photo_hash"] == photo.sha256


def test_a_decision_that_is_published_is_open_work_at_every_desk_at_once(desk: Desk) -> None:
    put_up(desk)
    second = make_desk(province=desk.province, procedure=desk.procedure)
    decision = begun(desk.province)
    shortened(line_of(decision, desk.province, desk.procedure), desk.province)
    assert states(desk) == {desk.procedure.code: PostingState.CURRENT}

    published(decision, desk.province)

    assert states(desk) == {desk.procedure.code: PostingState.DUE}
    line = board_page(desk.unit.code, desk.officer, on=TODAY).put_up[0]
    assert (line.standing.number, line.standing.due_on) == (2, date(2026, 3, 9))
    assert states(second) == {desk.procedure.code: PostingState.MISSING}
    assert states(desk, date(2026, 3, 10)) == {desk.procedure.code: PostingState.MISSING}
    assert states(desk, date(2026, 3, 16)) == {desk.procedure.code: PostingState.STALE}

    at = MONDAY + timedelta(days=2)
    put_up(desk, [Posted(desk.procedure.code, 2)], on=at.date(), at=at)
    assert states(desk, date(2026, 3, 16)) == {desk.procedure.code: PostingState.CURRENT}


def test_an_abolished_procedure_comes_down(desk: Desk) -> None:
    put_up(desk)
    decision = begun(desk.province)
    line_of(decision, desk.province, desk.procedure, LineKind.ABOLISHED)
    published(decision, desk.province)
    ended, at = date(2026, 3, 16), MONDAY + timedelta(days=14)
    assert states(desk, ended - timedelta(days=1)) == {desk.procedure.code: PostingState.CURRENT}
    assert [line.code for line in board_page(desk.unit.code, desk.officer, on=ended).take_down] == [desk.procedure.code]

    key, told = uuid.uuid4(), Told(PostingKind.BOARD, ended)
    for _ in range(2):
        confirm_taken_down(key=key, unit=desk.unit, codes=[desk.procedure.code], told=told, actor=desk.officer, at=at)

    assert states(desk, ended) == {}
    assert events_of(desk) == ["PostingConfirmed", "PostingConfirmed"]
    assert PostingLine.objects.filter(version=None).count() == 1


def test_the_term_of_a_desk_goes_on_when_another_unit_decides(desk: Desk) -> None:
    offering = desk.procedure.offerings.get()
    Offering.objects.filter(pk=offering.pk).update(valid_until=TODAY)
    Offering.objects.create(
        procedure=desk.procedure, competent_unit=desk.province.unit, receiving_unit=desk.unit, valid_from=TODAY
    )
    second = make_offering(procedure=desk.procedure)
    Offering.objects.filter(pk=second.pk).update(valid_from=TODAY)

    assert states(desk) == {desk.procedure.code: PostingState.MISSING}
    rows = {row.code: row.counts for row in overview(TODAY).places}
    assert rows[desk.unit.code][PostingState.MISSING] == 1
    assert rows[second.receiving_unit.code][PostingState.DUE] == 1


def test_a_confirmation_is_corrected_and_the_first_one_is_kept(desk: Desk) -> None:
    photo = make_photo()
    wrong = put_up(desk, on=TODAY, shows_feedback=False, photo=photo)
    assert states(desk) == {desk.procedure.code: PostingState.LATE}
    key, told = uuid.uuid4(), Told(PostingKind.ELECTRONIC, LONG_UP, shows_feedback=True, note="Ghi nhầm ngày")

    right = correct(confirmation=wrong, key=key, told=told, actor=desk.officer, at=MONDAY)
    again = correct(confirmation=wrong, key=key, told=told, actor=desk.officer, at=MONDAY)

    assert again.pk == right.pk
    assert (right.on, right.kind, right.photo, right.note) == (LONG_UP, "ELECTRONIC", photo, "Ghi nhầm ngày")
    assert states(desk) == {desk.procedure.code: PostingState.CURRENT}
    page = board_page(desk.unit.code, desk.officer, on=TODAY)
    assert [(card.is_void, card.replaced_by) for card in page.history] == [(True, right.key), (False, None)]
    assert not page.lacks_feedback
    assert events_of(desk) == ["PostingConfirmed", "PostingCorrected"]
    with pytest.raises(WithdrawnBefore):
        correct(confirmation=wrong, key=uuid.uuid4(), told=told, actor=desk.officer, at=MONDAY)


def test_a_correction_stands_where_the_word_stood_that_it_puts_right(desk: Desk) -> None:
    wrong = put_up(desk, on=TODAY)
    confirm_taken_down(
        key=uuid.uuid4(), unit=desk.unit, codes=[desk.procedure.code], told=TOLD, actor=desk.officer, at=MONDAY
    )
    assert states(desk) == {desk.procedure.code: PostingState.MISSING}

    once = correct(confirmation=wrong, key=uuid.uuid4(), told=TOLD, actor=desk.officer, at=MONDAY)
    told = Told(PostingKind.BOARD, TODAY, note="Ghi rõ hơn")
    twice = correct(confirmation=once, key=uuid.uuid4(), told=told, actor=desk.officer, at=MONDAY)

    assert states(desk) == {desk.procedure.code: PostingState.MISSING}
    assert (once.first, twice.first) == (wrong, wrong)
    page = board_page(desk.unit.code, desk.officer, on=TODAY)
    assert [card.act for card in page.history] == ["Gỡ xuống", "Niêm yết", "Niêm yết", "Niêm yết"]
    assert [card.key for card in page.history[1:]] == [twice.key, once.key, wrong.key]


def test_a_board_confirmed_again_leaves_up_what_is_ahead_of_its_effect(desk: Desk) -> None:
    put_up(desk)
    decision = begun(desk.province)
    shortened(line_of(decision, desk.province, desk.procedure), desk.province)
    published(decision, desk.province)
    put_up(desk, [Posted(desk.procedure.code, 2)], on=TODAY)
    put_up(desk, [Posted(desk.procedure.code, 1)], on=TODAY)

    assert states(desk, date(2026, 3, 16)) == {desk.procedure.code: PostingState.CURRENT}


def test_a_confirmation_that_was_a_mistake_is_withdrawn_once(desk: Desk) -> None:
    row = put_up(desk)

    withdraw(confirmation=row, actor=desk.officer, at=MONDAY)

    assert states(desk) == {desk.procedure.code: PostingState.MISSING}
    assert board_page(desk.unit.code, desk.officer, on=TODAY).lacks_feedback
    with pytest.raises(WithdrawnBefore):
        withdraw(confirmation=row, actor=desk.officer, at=MONDAY)
    assert events_of(desk) == ["PostingConfirmed", "PostingWithdrawn"]


def test_what_was_confirmed_is_frozen_in_the_database(desk: Desk) -> None:
    row = put_up(desk)
    withdraw(confirmation=row, actor=desk.officer, at=MONDAY)
    rows, lines = PostingConfirmation.objects.all(), PostingLine.objects.all()

    for act in (
        lambda: rows.update(on=TODAY),
        lambda: rows.update(withdrawn_at=None),
        lambda: lines.update(version=None),
        lines.delete,
    ):
        with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        pytest.param(Told(PostingKind.BOARD, TODAY + timedelta(days=1)), DayImpossible, id="tomorrow"),
        pytest.param("pdf", PhotoNotAnImage, id="a photo that is none"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(desk: Desk, told: Told | str, refusal: type[Exception]) -> None:
    said = told if isinstance(told, Told) else Told(PostingKind.BOARD, TODAY, photo=make_file())
    row = put_up(desk)

    with pytest.raises(refusal):
        _confirmed(desk, [Posted(desk.procedure.code, 1)], said)
    with pytest.raises(refusal):
        correct(confirmation=row, key=uuid.uuid4(), told=said, actor=desk.officer, at=MONDAY)

    assert events_of(desk) == ["PostingConfirmed"]
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_a_text_is_not_put_up_before_it_was_signed(desk: Desk) -> None:
    decision = begun(desk.province)
    shortened(line_of(decision, desk.province, desk.procedure), desk.province)
    published(decision, desk.province)
    signed, before, later = TODAY, TODAY - timedelta(days=1), MONDAY + timedelta(days=3)
    second, told = [Posted(desk.procedure.code, 2)], Told(PostingKind.BOARD, before)

    with pytest.raises(PutUpBeforeSigned) as refused:
        _confirmed(desk, second, told)
    assert refused.value.on == before
    assert [(text.code, text.earliest) for text in refused.value.texts] == [(desk.procedure.code, signed)]
    late = put_up(desk, second, on=later.date(), at=later)
    with pytest.raises(PutUpBeforeSigned):
        correct(confirmation=late, key=uuid.uuid4(), told=told, actor=desk.officer, at=later)
    with pytest.raises(PutUpBeforeSigned):
        put_up(desk, on=date(2019, 12, 31))

    late.refresh_from_db()
    assert late.withdrawn_at is None
    assert put_up(desk, second, on=signed).on == signed
    assert events_of(desk) == ["PostingConfirmed", "PostingConfirmed"]


def test_only_published_versions_of_what_the_desk_receives_are_put_up(desk: Desk) -> None:
    stranger = make_procedure()

    with pytest.raises(NothingChosen):
        _confirmed(desk, [], TOLD)
    with pytest.raises(NamedTwice) as named:
        _confirmed(desk, [Posted(desk.procedure.code, 1), Posted(desk.procedure.code, 2)], TOLD)
    assert named.value.codes == (desk.procedure.code,)
    with pytest.raises(NotToPost) as told:
        _confirmed(desk, [Posted(desk.procedure.code, 2), Posted(stranger.code, 1), Posted("9.999999", 1)], TOLD)
    assert told.value.codes == (desk.procedure.code, stranger.code, "9.999999")
    with pytest.raises(NotToPost):
        confirm_taken_down(
            key=uuid.uuid4(), unit=desk.unit, codes=["9.999999"], told=TOLD, actor=desk.officer, at=MONDAY
        )
    assert events_of(desk) == []


def test_a_key_names_one_act_of_one_desk(desk: Desk) -> None:
    key, other = uuid.uuid4(), make_desk(province=desk.province)
    put_up(desk, key=key)

    with pytest.raises(KeyTaken):
        put_up(other, key=key)
    with pytest.raises(KeyTaken):
        put_up(desk, key=key, on=TODAY)
    with pytest.raises(KeyTaken):
        put_up(desk, [Posted(more(desk, 1)[0].code, 1)], key=key)
    with pytest.raises(KeyTaken):
        confirm_taken_down(
            key=key, unit=desk.unit, codes=[desk.procedure.code], told=TOLD, actor=desk.officer, at=MONDAY
        )


def test_a_correction_under_a_used_key_is_the_first_one_or_refused(desk: Desk) -> None:
    key, row = uuid.uuid4(), put_up(desk)
    put_up(desk, key=key)

    def corrected(key: uuid.UUID, told: Told) -> PostingConfirmation:
        return correct(confirmation=row, key=key, told=told, actor=desk.officer, at=MONDAY)

    with pytest.raises(KeyTaken):
        corrected(key, TOLD)
    right = corrected(uuid.uuid4(), TOLD)

    assert corrected(right.key, TOLD).pk == right.pk
    with pytest.raises(KeyTaken):
        corrected(right.key, Told(PostingKind.BOARD, LONG_UP))
    assert PostingConfirmation.objects.count() == 3


def test_who_does_not_work_at_the_desk_confirms_nothing_there(desk: Desk) -> None:
    row = put_up(desk)
    others = [desk.province.officer, make_desk(province=desk.province).officer, make_officer(Role.SIGNER, desk.unit)]

    for other in others:
        with pytest.raises(MayNotConfirm):
            _confirmed(desk, [Posted(desk.procedure.code, 1)], TOLD, by=other)
        with pytest.raises(MayNotConfirm):
            withdraw(confirmation=row, actor=other, at=MONDAY)
        with pytest.raises(MayNotConfirm):
            correct(confirmation=row, key=uuid.uuid4(), told=TOLD, actor=other, at=MONDAY)
    head = make_officer(Role.HEAD_OF_ONE_STOP, desk.unit)
    assert _confirmed(desk, [Posted(desk.procedure.code, 1)], TOLD, by=head).confirmed_by == head


def test_the_province_says_where_feedback_goes_and_desks_below_follow(desk: Desk) -> None:
    officer, day = desk.province.officer, date(2026, 1, 1)

    def address() -> FeedbackAddress | None:
        return board_page(desk.unit.code, desk.officer, on=TODAY).address

    assert address() is None
    for _ in range(2):
        tell_address(unit=desk.province.unit, address=HOTLINE, valid_from=day, actor=officer, at=MONDAY)
    assert address() == FeedbackAddress.objects.get()
    own = Address("UBND xã", email="xa@example.com")
    tell_address(unit=desk.unit, address=own, valid_from=day, actor=officer, at=MONDAY)
    found = address()
    assert found is not None
    assert found.email == "xa@example.com"
    kinds = EventRecord.objects.filter(kind="FeedbackAddressTold").values_list("subject", flat=True)
    assert sorted(kinds) == sorted([f"posting:{desk.province.unit.code}", f"posting:{desk.unit.code}"])


def test_an_address_is_dated_and_put_right(desk: Desk) -> None:
    unit, officer = desk.province.unit, desk.province.officer

    def tell(address: Address, valid_from: date, by: User = officer) -> FeedbackAddress:
        return tell_address(unit=unit, address=address, valid_from=valid_from, actor=by, at=MONDAY)

    tell(HOTLINE, date(2026, 1, 1))
    tell(Address("Sở Tư pháp", phone="1"), date(2026, 3, 1))
    tell(Address("Sở Tư pháp", phone="2"), date(2026, 3, 1))

    rows = FeedbackAddress.objects.order_by("valid_from").values_list("receiver", "phone", "valid_from", "valid_until")
    assert list(rows) == [
        ("Văn phòng UBND tỉnh", "0215 3825 409", date(2026, 1, 1), date(2026, 3, 1)),
        ("Sở Tư pháp", "2", date(2026, 3, 1), None),
    ]
    with pytest.raises(NotLater) as told:
        tell(HOTLINE, date(2026, 2, 1))
    assert told.value.valid_from == date(2026, 3, 1)
    with pytest.raises(LeadsNowhere):
        tell(Address("Văn phòng"), date(2026, 4, 1))
    with pytest.raises(MayNotTellAddress):
        tell(HOTLINE, date(2026, 4, 1), by=desk.officer)


def test_the_overview_tells_lag_and_findings(desk: Desk) -> None:
    late = make_desk(province=desk.province)
    make_unit(parent=desk.province.unit)
    put_up(desk)
    put_up(late, on=date(2020, 1, 20), shows_feedback=False)
    more(late, 1)
    tell_address(unit=desk.province.unit, address=HOTLINE, valid_from=LONG_UP, actor=desk.province.officer, at=MONDAY)

    found = overview(TODAY)

    rows = {row.code: row for row in found.places}
    assert rows.keys() == {desk.unit.code, late.unit.code}
    right, wrong = rows[desk.unit.code], rows[late.unit.code]
    assert (right.has_f06, right.has_f07, right.lag_median, right.lag_worst) == (False, False, 3, 3)
    assert (wrong.has_f06, wrong.has_f07, wrong.lag_worst) == (True, True, 13)
    assert (wrong.counts[PostingState.LATE], wrong.counts[PostingState.MISSING], wrong.total) == (1, 1, 2)
    assert [(line.unit_code, line.standing.state) for line in found.differing] == [
        (late.unit.code, PostingState.MISSING)
    ]
    assert (found.lag_median, found.lag_worst, found.right, found.total) == (8, 13, 2, 3)


def _confirmed(desk: Desk, posted: list[Posted], told: Told, *, by: User | None = None) -> PostingConfirmation:
    return confirm_put_up(
        key=uuid.uuid4(), unit=desk.unit, posted=posted, told=told, actor=by or desk.officer, at=MONDAY
    )
