"""Taking over what the national database says, and what its words mean here: acts of the officer, each one event."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.catalogue.commands.publication_drafts import write_content
from motcua.catalogue.commands.publish_linked_group import GroupDefinition, LegDefinition, publish_linked_group
from motcua.catalogue.contents import content_of
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.exchange.commands.map_names import MayNotExchange, NameUnknownHere, confirm_name, revoke_name
from motcua.exchange.commands.take_over import (
    ContentUnfit,
    GroupBreaks,
    NothingToTakeOver,
    NotTheirs,
    RecordMoved,
    take_over,
)
from motcua.exchange.likeness import likeness, suggestions
from motcua.exchange.models import NameMapping, NationalDifference, NationalRecord
from motcua.exchange.queries.screens import difference_page, mapping_page
from motcua.kernel.models import EventRecord
from motcua.rules.procedure_parts import Part
from motcua.rules.publication import Fault, Flaw
from tests.catalogue.publishing import THREE_DAYS, Province, begun, line_of, make_local, make_province, published
from tests.exchange.national import taken, told_as_here
from tests.exchange.test_national_format import foreign
from tests.make import MONDAY, make_procedure

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)


def digest(code: str) -> str:
    return NationalRecord.objects.get(code=code).digest


def test_the_national_content_becomes_a_new_version_and_what_is_ours_alone_stays() -> None:
    province, procedure = make_province(), make_procedure()
    before = ProcedureVersion.objects.get(procedure=procedure)
    record = told_as_here(procedure.code, YEUCAU="Phải đủ 18 tuổi")
    del record["MOTCUA"]
    taken(province, record)

    version = take_over(code=procedure.code, seen_digest=digest(procedure.code), actor=province.officer, at=LATER)

    assert (version.number, version.valid_from, version.conditions) == (2, LATER.date(), "Phải đủ 18 tuổi")
    assert content_of(version).declaration == content_of(before).declaration
    before.refresh_from_db()
    assert before.valid_until == LATER.date()
    assert not NationalDifference.objects.exists()
    event = EventRecord.objects.filter(subject=procedure.code).latest("seq")
    assert (event.kind, event.payload["version"]) == ("NationalContentTakenOver", 2)


def test_a_second_click_makes_no_second_version() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, told_as_here(procedure.code, YEUCAU="Khác"))
    seen = digest(procedure.code)
    take_over(code=procedure.code, seen_digest=seen, actor=province.officer, at=LATER)

    with pytest.raises(NothingToTakeOver):
        take_over(code=procedure.code, seen_digest=seen, actor=province.officer, at=LATER)

    assert ProcedureVersion.objects.filter(procedure=procedure).count() == 2


def test_a_procedure_that_is_not_here_yet_comes_in() -> None:
    province = make_province()
    taken(province, foreign(MATTHC="2.999999"))

    version = take_over(code="2.999999", seen_digest=digest("2.999999"), actor=province.officer, at=LATER)

    assert version.procedure.title == "Đăng ký khai sinh"
    assert version.papers.count() == 1
    assert version.source == "Cơ sở dữ liệu quốc gia về thủ tục hành chính"


def test_what_the_officer_did_not_look_at_is_not_taken_over() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, told_as_here(procedure.code, YEUCAU="Một"))
    seen = digest(procedure.code)
    taken(province, told_as_here(procedure.code, YEUCAU="Hai"), at=LATER)

    with pytest.raises(RecordMoved):
        take_over(code=procedure.code, seen_digest=seen, actor=province.officer, at=LATER)


def test_a_local_procedure_is_never_overwritten() -> None:
    province, procedure = make_province(), make_local()
    taken(province, told_as_here(procedure.code, YEUCAU="Khác"))

    assert not difference_page(procedure.code, LATER.date()).may_be_taken
    with pytest.raises(NotTheirs):
        take_over(code=procedure.code, seen_digest=digest(procedure.code), actor=province.officer, at=LATER)


def listed(province: Province) -> Procedure:
    """A procedure regulated above whose list the chairman published with a limit of three days."""
    procedure = make_procedure(verify_hours="4")
    decision = begun(province, effective_on=MONDAY.date())
    line = line_of(decision, province, procedure)
    assert line.version is not None
    write_content(
        line=line,
        content=replace(content_of(line.version), terms=THREE_DAYS),
        note="Giảm thời hạn",
        actor=province.officer,
        at=MONDAY,
    )
    published(decision, province)
    return procedure


def test_what_the_list_does_not_decide_is_taken_over_again_and_again_and_the_list_stays() -> None:
    province = make_province()
    procedure = listed(province)
    for number, asked in enumerate(("Phải đủ 18 tuổi", "Phải đủ 20 tuổi"), start=2):
        at = LATER + timedelta(days=number)
        other = {"THOIGIANGIAIQUYET": "9", "DONVITINH": "Ngày", "MOTA": "", "PHILEPHI": []}
        taken(province, told_as_here(procedure.code, YEUCAU=asked, THOIGIANCHUNG=other), at=at)
        page = difference_page(procedure.code, at.date())
        assert page.may_be_taken
        assert Part.CONDITIONS not in page.kept
        assert Part.LIMIT in page.kept

        version = take_over(code=procedure.code, seen_digest=digest(procedure.code), actor=province.officer, at=at)

        assert (version.conditions, version.limit, version.decision_no) == (asked, THREE_DAYS.limit, "15/QĐ-UBND")
        # What the list says otherwise stays listed, to be mended there, and is nothing to take over.
        left = NationalDifference.objects.get()
        assert (left.kind, set(left.parts)) == ("DIFFERING", {part.value for part in page.kept})
        assert not difference_page(procedure.code, (at + timedelta(days=1)).date()).may_be_taken
        with pytest.raises(NothingToTakeOver):
            take_over(code=procedure.code, seen_digest=digest(procedure.code), actor=province.officer, at=at)


def test_what_the_national_database_no_longer_shows_is_not_taken_over() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, told_as_here(procedure.code, YEUCAU="Khác", TRANGTHAI="0"))

    with pytest.raises(NothingToTakeOver):
        take_over(code=procedure.code, seen_digest=digest(procedure.code), actor=province.officer, at=LATER)


def test_papers_that_a_linked_group_shares_keep_their_places() -> None:
    province, first, second = make_province(), make_procedure(), make_procedure()
    group = GroupDefinition(
        code="hai-viec",
        name="Hai việc một lần",
        summary="",
        source="B-21",
        valid_from=MONDAY.date(),
        legs=(LegDefinition(first.code, (), {}, {}, {}), LegDefinition(second.code, (), {}, {1: 1}, {})),
    )
    publish_linked_group(definition=group, actor=None, at=MONDAY)
    others = [{"TRUONGHOP": "", "GIAYTO": [{"TENGIAYTO": "Giấy khác hẳn"}]}]
    taken(province, told_as_here(second.code, THANHPHANHOSO=others))

    with pytest.raises(GroupBreaks):
        take_over(code=second.code, seen_digest=digest(second.code), actor=province.officer, at=LATER)

    assert ProcedureVersion.objects.filter(procedure=second).count() == 1


def test_a_limit_that_our_process_does_not_keep_is_not_taken_over() -> None:
    province, procedure = make_province(), make_procedure(verify_hours="80")
    short = {"THOIGIANGIAIQUYET": "1", "DONVITINH": "Ngày làm việc", "MOTA": "", "PHILEPHI": []}
    taken(province, told_as_here(procedure.code, THOIGIANCHUNG=short))

    with pytest.raises(ContentUnfit) as refused:
        take_over(code=procedure.code, seen_digest=digest(procedure.code), actor=province.officer, at=LATER)

    assert [flaw.fault for flaw in refused.value.flaws] == [Fault.PROCESS_TOO_LONG]
    assert ProcedureVersion.objects.filter(procedure=procedure).count() == 1


def test_a_declaration_that_nobody_can_fill_in_is_not_taken_over() -> None:
    province = make_province()
    field = {"key": "Khóa sai", "label": "Họ tên", "kind": "khong-co"}
    taken(province, foreign(MATTHC="2.999999", MOTCUA={"declaration": [field]}))

    with pytest.raises(ContentUnfit) as refused:
        take_over(code="2.999999", seen_digest=digest("2.999999"), actor=province.officer, at=LATER)

    assert refused.value.flaws == (Flaw(Fault.DECLARATION_UNSOUND, "2.999999", frozenset({"Họ tên"})),)
    assert not Procedure.objects.filter(code="2.999999").exists()


def test_a_stranger_neither_takes_over_nor_maps() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, told_as_here(procedure.code, LINHVUCTHUCHIEN=[{"TENLINHVUC": "Lĩnh vực lạ"}]))
    row = NameMapping.objects.get()

    for act in (confirm_name, revoke_name):
        told = {"ours": "Hộ tịch"} if act is confirm_name else {}
        with pytest.raises(MayNotExchange):
            act(key=row.key, actor=province.chairman, at=LATER, **told)
    with pytest.raises(MayNotExchange):
        take_over(code=procedure.code, seen_digest=digest(procedure.code), actor=province.chairman, at=LATER)


def test_a_mapped_name_is_read_as_ours_until_it_is_revoked() -> None:
    province, procedure = make_province(), make_procedure()
    paper = ProcedureVersion.objects.get(procedure=procedure).papers.order_by("position")[0].name
    record = told_as_here(procedure.code)
    theirs = [{**one, "TENGIAYTO": f"{paper} (theo mẫu)"} for one in record["THANHPHANHOSO"][0]["GIAYTO"][:1]]
    record["THANHPHANHOSO"] = [{"TRUONGHOP": "", "GIAYTO": theirs + record["THANHPHANHOSO"][0]["GIAYTO"][1:]}]
    taken(province, record)
    row = NameMapping.objects.get()
    assert difference_page(procedure.code, LATER.date()).parts

    confirm_name(key=row.key, ours=paper.upper(), actor=province.officer, at=LATER)

    assert difference_page(procedure.code, LATER.date()).parts == ()
    row.refresh_from_db()
    assert (row.ours, row.confirmed_by, row.confirmed_at) == (paper, province.officer, LATER)
    revoke_name(key=row.key, actor=province.officer, at=LATER)
    assert difference_page(procedure.code, LATER.date()).parts
    events = EventRecord.objects.filter(subject=f"national-mapping:{row.key}").order_by("seq")
    assert [event.kind for event in events] == ["NationalNameMapped", "NationalMappingRevoked"]


def test_saying_or_revoking_the_same_twice_is_one_act() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, told_as_here(procedure.code, LINHVUCTHUCHIEN=[{"TENLINHVUC": "Lĩnh vực lạ"}]))
    row, sector = NameMapping.objects.get(), procedure.sector.name

    for act in (confirm_name, confirm_name):
        act(key=row.key, ours=sector, actor=province.officer, at=LATER)
    for _time in range(2):
        revoke_name(key=row.key, actor=province.officer, at=LATER)

    assert EventRecord.objects.filter(subject=f"national-mapping:{row.key}").count() == 2


def test_a_name_that_is_nobodys_here_is_refused() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, told_as_here(procedure.code, LINHVUCTHUCHIEN=[{"TENLINHVUC": "Lĩnh vực lạ"}]))

    with pytest.raises(NameUnknownHere):
        confirm_name(key=NameMapping.objects.get().key, ours="Không có", actor=province.officer, at=LATER)


def test_the_likeliest_name_is_suggested_first() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, told_as_here(procedure.code, LINHVUCTHUCHIEN=[{"TENLINHVUC": f"{procedure.sector.name} (mới)"}]))

    page = mapping_page(NameMapping.objects.get().key)

    assert page.suggestions[0].name == procedure.sector.name
    assert suggestions("Hộ tịch", ["Hải quan", "hộ  tịch", "Hộ tịch và chứng thực"])[0].percent == 100
    assert likeness("", "") == 0
