"""What people of the demonstration wrote and asked in the last weeks, and how far their officials have got with it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from motcua.accounts.models import Grant, User
from motcua.organisations.models import Unit
from motcua.petitions.commands import afterwards, answering, publishing, sorting
from motcua.petitions.commands.send import Content, Sending, WhoSends, enter_petition, send_petition
from motcua.petitions.models import Petition
from motcua.rules.permissions import Role
from motcua.rules.petitions import ENTERS, SORTS, Finding, PetitionChannel, PetitionStage, Sorting

_KEYS = uuid.UUID("5b0f6f0e-3a51-4d3c-9a57-1d0c5e0d7a11")
_WARD, _MOUNTAINS, _BUILDING, _PROVINCE = "H18.31", "H18.34", "H18.07", "H18"
_SATURDAY = "Thứ Bảy đến phường thì cửa đóng, không có thông báo nghỉ. Đề nghị ghi rõ giờ làm việc ngoài cổng."


@dataclass(frozen=True, slots=True)
class _Story:
    """Who wrote what to whom, how many days before the end, and how far it has got."""

    unit: str
    days_ago: int
    who: str
    text: str
    channel: PetitionChannel = PetitionChannel.DESK
    sorting: Sorting | None = Sorting.CONDUCT
    until: PetitionStage = PetitionStage.ANSWERED
    finding: Finding = Finding.FOUNDED
    answer: str = ""
    title: str = ""
    reason: str = ""
    place: str = ""
    asks: str = ""
    joins: int | None = None


_STORIES: tuple[_Story, ...] = (
    _Story(
        _WARD,
        41,
        "Lò Văn Mẫu Inh",
        "Hẹn trả trích lục khai tử ngày thứ Hai, tôi đến ba lần đều được bảo chờ, không ai báo trước.",
        channel=PetitionChannel.ONLINE,
        answer="Phường xin lỗi vì trả chậm và không báo trước. Từ nay hồ sơ chậm được nhắn tin trước một ngày.",
        title="Trả kết quả chậm mà không báo trước",
        place="Trung tâm Phục vụ hành chính công phường",
    ),
    _Story(
        _WARD,
        33,
        "Cà Thị Mẫu Pâng",
        "Tôi làm mất giấy hẹn thì nhận kết quả thế nào?",
        channel=PetitionChannel.PHONE,
        sorting=Sorting.QUESTION,
        finding=Finding.EXPLAINED,
        answer="Hãy mang giấy tờ tùy thân đến nơi tiếp nhận. Tiến độ xem được trên cổng bằng mã và mã PIN.",
        title="Mất giấy hẹn thì nhận kết quả thế nào?",
    ),
    _Story(_WARD, 8, "Vừ A Mẫu Páo", _SATURDAY, until=PetitionStage.HANDLING),
    _Story(_WARD, 6, "Quàng Thị Mẫu Ánh", _SATURDAY, channel=PetitionChannel.PHONE, joins=2),
    _Story(_WARD, 5, "Tòng Văn Mẫu Dũng", _SATURDAY, channel=PetitionChannel.ONLINE, joins=2),
    _Story(
        _WARD,
        12,
        "Bạc Văn Mẫu Thoan",
        "Tôi không đồng ý với quyết định xử phạt và yêu cầu hủy quyết định.",
        channel=PetitionChannel.PAPER,
        sorting=Sorting.COMPLAINT,
        until=PetitionStage.RETURNED,
        reason="Đơn yêu cầu hủy một quyết định hành chính: thuộc khiếu nại.",
    ),
    _Story(
        _WARD,
        4,
        "Sùng Thị Mẫu Máy",
        "Cán bộ hướng dẫn không rõ nên tôi phải đi lại.",
        until=PetitionStage.ASKED,
        asks="Bạn làm thủ tục gì, ở quầy nào, ngày nào?",
    ),
    _Story(
        _WARD,
        9,
        "Lường Văn Mẫu Thương",
        "Đăng ký tạm trú mà quầy yêu cầu bản sao có chứng thực, trong khi danh mục chỉ ghi xuất trình.",
        until=PetitionStage.DRAFTED,
        answer="Quầy đã yêu cầu thừa giấy tờ. Phường xin lỗi và đã nhắc nhở bộ phận tiếp nhận.",
    ),
    _Story(
        _BUILDING,
        15,
        "Nguyễn Mẫu Hương",
        "Đơn xin cấp giấy phép xây dựng bắt khai lại thông tin thửa đất đã có trên giấy chứng nhận.",
        channel=PetitionChannel.CONFERENCE,
        sorting=Sorting.REGULATION,
        until=PetitionStage.HANDLING,
        asks="Thông tin thửa đất có lấy được từ cơ sở dữ liệu đất đai không?",
    ),
    _Story(
        _PROVINCE,
        1,
        "Giàng A Mẫu Chu",
        "Xin cấp giấy phép xây dựng nhà ở đã quá hẹn nửa tháng mà chưa có trả lời.",
        channel=PetitionChannel.NATIONAL_PORTAL,
        sorting=None,
        until=PetitionStage.RECEIVED,
        place="Bản Mẫu 2",
    ),
    _Story(
        _MOUNTAINS,
        34,
        "Pờ Mẫu Xó",
        "Đường lên bản bị sạt, nhiều hộ không đến xã nộp hồ sơ được; đề nghị xã nhận hồ sơ tại bản mỗi tháng một lần.",
        channel=PetitionChannel.SLIP,
        sorting=None,
        until=PetitionStage.RECEIVED,
    ),
)


def live_petitions(citizen: User | None, until: datetime) -> int:
    """Have people send what they have to say before `until`, and officials go as far as each story tells.

    Told already, nothing happens. Returns how many petitions there are then.
    """
    units = Unit.objects.in_bulk([_WARD, _MOUNTAINS, _BUILDING, _PROVINCE], field_name="code")
    told: dict[int, Petition] = {}
    for number, story in enumerate(_STORIES):
        unit = units.get(story.unit)
        if unit is not None and not Petition.objects.filter(key=_key(number)).exists():
            found = _Team(unit, until).live(story, number, citizen, told)
            if found is not None:
                told[number] = found
    afterwards.ask_whether_settled(until)
    return Petition.objects.count()


def _key(number: int) -> uuid.UUID:
    return uuid.uuid5(_KEYS, str(number))


@dataclass(frozen=True, slots=True)
class _Team:
    """The officials of a unit, as they come into a story."""

    unit: Unit
    until: datetime

    def live(self, story: _Story, number: int, citizen: User | None, told: dict[int, Petition]) -> Petition | None:
        """Tell one story; None where the unit lacks somebody it needs."""
        clerk, sorter = self._somebody(ENTERS), self._somebody(SORTS)
        if clerk is None or sorter is None:
            return None
        begun_at = self._on(story.days_ago)
        is_own = story.channel is PetitionChannel.ONLINE and citizen is not None
        name = citizen.full_name if citizen and is_own else story.who
        sender = WhoSends(name, phone=f"0900000{200 + number}", address=f"{story.place or 'Bản Mẫu 1'}, Điện Biên")
        content = Content(text=story.text, unit=self.unit, place=story.place)
        sent = Sending(_key(number), sender, content)
        if story.channel is PetitionChannel.ONLINE:
            if citizen is None:
                return None
            petition = send_petition(sending=sent, owner=citizen, at=begun_at)
        else:
            petition = enter_petition(sending=sent, channel=story.channel, officer=clerk, at=begun_at)
        self._go_on(story, petition, sorter, told)
        return petition

    def _go_on(self, story: _Story, petition: Petition, sorter: User, told: dict[int, Petition]) -> None:
        sorted_at = self._on(max(story.days_ago - 1, 1))
        into = told.get(story.joins) if story.joins is not None else None
        if into is not None:
            sorting.join_petition(petition=petition, into=into, officer=sorter, at=sorted_at)
        elif story.until is PetitionStage.ASKED:
            sorting.ask_more(petition=petition, question=story.asks, officer=sorter, at=sorted_at)
        elif story.sorting is not None and story.joins is None:
            sorting.classify(
                petition=petition, sorting=story.sorting, reason=story.reason, officer=sorter, at=sorted_at
            )
            self._answer(story, petition, sorter)

    def _answer(self, story: _Story, petition: Petition, sorter: User) -> None:
        officer = self._somebody({Role.PROCESSING_OFFICER})
        leader = self._somebody({Role.SIGNER})
        if officer is None or leader is None or story.sorting is Sorting.COMPLAINT:
            return
        drafted_at, answered_at = self._on(max(story.days_ago - 4, 1)), self._on(max(story.days_ago - 6, 1))
        sorting.assign_petition(petition=petition, to=officer, officer=sorter, at=drafted_at)
        if story.asks:
            other = Unit.objects.filter(code="H18.06").first()
            if other is not None:
                answering.ask_opinion(
                    petition=petition, unit=other, question=story.asks, officer=officer, at=drafted_at
                )
        if story.until in {PetitionStage.DRAFTED, PetitionStage.ANSWERED}:
            answering.draft_answer(
                petition=petition, text=story.answer, finding=story.finding, officer=officer, at=drafted_at
            )
        if story.until is PetitionStage.ANSWERED:
            draft = petition.answers.get(decided_at=None).pk
            answering.answer_petition(petition=petition, draft=draft, officer=leader, at=answered_at)
            text = publishing.PublicText(story.title, story.text, story.answer)
            publishing.publish_answer(petition=petition, text=text, officer=sorter, at=answered_at + timedelta(hours=2))

    def _on(self, days_ago: int) -> datetime:
        day = timezone.localdate(self.until) - timedelta(days=days_ago)
        return timezone.make_aware(datetime.combine(day, time(9, 20)))

    def _somebody(self, roles: Collection[Role]) -> User | None:
        held = Grant.objects.on(timezone.localdate(self.until)).filter(unit=self.unit, role__in=list(roles))
        grant = held.select_related("user").order_by("pk").first()
        return grant.user if grant else None
