"""A province that publishes: its chairman, the officer who prepares, and a decision with what a test cares about."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from motcua.accounts.models import User
from motcua.catalogue.commands.publication_acts import publish_decision, submit_decision
from motcua.catalogue.commands.publication_drafts import (
    LineTold,
    NewProcedure,
    Occasion,
    add_line,
    add_new_procedure,
    begin_decision,
    write_content,
)
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import ChannelDefinition, Content, PaperDefinition, ResultDefinition, TermsDefinition
from motcua.catalogue.models import Procedure, PublicationDecision, PublicationLine, Sector
from motcua.organisations.models import Unit
from motcua.rules.declarations import Condition, FieldDefinition
from motcua.rules.permissions import Role
from motcua.rules.publication import LineKind
from motcua.rules.time_limits import LimitUnit, TimeLimit
from tests.make import MONDAY, make_officer, make_procedure, make_unit

EFFECTIVE_ON = date(2026, 3, 16)
NORM = "12/2026/QĐ-UBND"
THREE_DAYS = TermsDefinition(
    limit=TimeLimit(Decimal(3), LimitUnit.WORKING_DAY), limit_text="03 ngày làm việc", fee_vnd=20_000
)
WHOLE = Content(
    title="Hỗ trợ trồng rừng gỗ lớn",
    level="COMMUNE",
    terms=THREE_DAYS,
    papers=(PaperDefinition("Đơn đề nghị hỗ trợ", originals=1),),
    channels=(ChannelDefinition("DIRECT"), ChannelDefinition("ONLINE")),
    results=(ResultDefinition("Quyết định hỗ trợ"),),
    declaration=(
        FieldDefinition("owner", "Họ, chữ đệm, tên chủ rừng", "text", prefill="NAME"),
        FieldDefinition("has_book", "Đã có giấy chứng nhận quyền sử dụng đất", "yes_no"),
        FieldDefinition("book_number", "Số giấy chứng nhận", "text", condition=Condition("has_book", ("Có",))),
        FieldDefinition("plots", "Lô rừng", "group", most=5),
        FieldDefinition("area", "Diện tích (m²)", "number", group="plots"),
    ),
    steps=("Nộp đơn tại UBND xã", "Đến nhận quyết định"),
    subjects=("Cá nhân",),
    deciding_agency="UBND cấp xã",
    implementing_agencies=("UBND cấp xã",),
    legal_basis=(NORM,),
)


@dataclass(frozen=True)
class Province:
    """The unit whose chairman publishes, and the two people."""

    unit: Unit
    officer: User
    chairman: User


def make_province() -> Province:
    """A province, its control officer sitting in its office."""
    unit = make_unit(name="Tỉnh Mường Thanh", kind="PROVINCE", level="PROVINCE")
    office = make_unit(name="Văn phòng tỉnh", kind="OFFICE", level="PROVINCE", parent=unit)
    officer = make_officer(Role.PROCEDURE_CONTROL_OFFICER, office)
    return Province(unit, officer, make_officer(Role.SIGNER, unit))


def make_local(*, title: str = "") -> Procedure:
    """A procedure in force that the province regulates, its process short enough for `THREE_DAYS`."""
    procedure = make_procedure(title=title, verify_hours="4")
    Procedure.objects.filter(pk=procedure.pk).update(scope="LOCAL")
    procedure.refresh_from_db()
    return procedure


def begun(
    province: Province, *, key: uuid.UUID | None = None, effective_on: date = EFFECTIVE_ON, at: datetime = MONDAY
) -> PublicationDecision:
    """A decision without lines."""
    occasion = Occasion("Công bố thủ tục hành chính lĩnh vực Lâm nghiệp", NORM, effective_on)
    return begin_decision(
        key=key or uuid.uuid4(), issuer=province.unit, occasion=occasion, actor=province.officer, at=at
    )


def line_of(
    decision: PublicationDecision,
    province: Province,
    procedure: Procedure,
    kind: LineKind = LineKind.AMENDED,
    *,
    by: Procedure | None = None,
    at: datetime = MONDAY,
) -> PublicationLine:
    """A line about a procedure of the catalogue."""
    return add_line(
        decision=decision,
        procedure=procedure,
        told=LineTold(kind=kind, replaced_by=by),
        actor=province.officer,
        at=at,
    )


def new_line(
    decision: PublicationDecision, province: Province, *, code: str = "3.000001", content: Content = WHOLE
) -> PublicationLine:
    """A line about a procedure that there has not been, with its content written."""
    sector, _ = Sector.objects.get_or_create(
        code="lam-nghiep", defaults={"name": "Lâm nghiệp", "search_key": "lam nghiep", "sort_key": "lam nghiep"}
    )
    wanted = NewProcedure(code=code, title=content.title, sector=sector, level="COMMUNE")
    line = add_new_procedure(decision=decision, wanted=wanted, actor=province.officer, at=MONDAY)
    return write_content(line=line, content=content, note="", actor=province.officer, at=MONDAY)


def shortened(line: PublicationLine, province: Province, *, at: datetime = MONDAY) -> PublicationLine:
    """The line with three days instead of what it was, and complete."""
    assert line.version is not None
    content = replace(WHOLE, title=line.version.title, declaration=content_of(line.version).declaration)
    return write_content(line=line, content=content, note="Giảm thời hạn", actor=province.officer, at=at)


def published(
    decision: PublicationDecision, province: Province, *, number: str = "15/QĐ-UBND", at: datetime = MONDAY
) -> PublicationDecision:
    """The decision laid before the chairman and published an hour later."""
    submit_decision(decision=decision, actor=province.officer, at=at)
    return publish_decision(
        decision=decision, number=number, signed_on=at.date(), actor=province.chairman, at=at + timedelta(hours=1)
    )
