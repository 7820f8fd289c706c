"""Rows for tests: each function makes the smallest valid row, and takes what the test cares about by keyword.

Dossiers are made through the commands, so that they are what the site would have made.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from motcua.accounts.models import Grant, User
from motcua.catalogue.models import (
    Channel,
    Offering,
    Procedure,
    ProcedureVersion,
    RequiredPaper,
    Sector,
    Workflow,
    WorkflowStep,
)
from motcua.documents.models import StoredFile
from motcua.documents.storage import keep
from motcua.dossiers.commands import draft
from motcua.dossiers.models import Dossier, FilingChannel
from motcua.organisations.models import Unit, UnitIdentifier
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from motcua.rules.vietnamese import search_key, sort_key
from motcua.rules.workflow import ROLE_OF, Branching, StepKind, StepPlace
from tests.ways import CHECKS, WAIT, Office, way_to

__all__ = ["CHECKS", "Office", "make_dossier", "make_draft", "make_office"]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=HANOI)
LONG_AGO = date(2020, 1, 1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"

_numbers = count(1)


def make_unit(*, name: str = "", kind: str = "COMMUNE", level: str = "COMMUNE", parent: Unit | None = None) -> Unit:
    number = next(_numbers)
    name = name or f"Xã Mường {number}"
    unit = Unit.objects.create(
        code=f"H18.{number // 99 % 99 + 1:02}.{number % 99 + 1:02}",
        name=name,
        kind=kind,
        level=level,
        parent=parent,
        founded_on=LONG_AGO,
        search_key=search_key(name),
        sort_key=sort_key(name),
    )
    UnitIdentifier.objects.create(unit=unit, scheme="AGENCY_NEW", value=unit.code, valid_from=LONG_AGO)
    return unit


def make_procedure(
    *,
    step_name: str = "",
    title: str = "",
    limit: str = "5",
    unit: str = "WORKING_DAY",
    declaration: list[dict[str, object]] | None = None,
    beside: Unit | None = None,
    then: Unit | None = None,
    ways: Sequence[str] = ("ONLINE", "DIRECT", "POSTAL"),
    verify_hours: str = "16",
) -> Procedure:
    """A procedure in force with two papers, the second one only for some, and a five-step internal process.

    `step_name` names the first step of the process, empty for a short name. With `beside` the process branches: that
    unit and another officer of the agency each do a leg beside the verification, then the officer goes to the site or
    not, and the head of the division approves the draft. With `then` the leg of `beside` goes on there.
    """
    number = next(_numbers)
    title = title or f"Thủ tục {number}"
    sector, _ = Sector.objects.get_or_create(
        code="ho-tich", defaults={"name": "Hộ tịch", "search_key": "ho tich", "sort_key": sort_key("Hộ tịch")}
    )
    procedure = Procedure.objects.create(
        code=f"1.{number:06}",
        title=title,
        sector=sector,
        sort_key=sort_key(title),
        search_key=search_key(title),
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=1,
        valid_from=LONG_AGO,
        title=title,
        level="COMMUNE",
        limit_amount=Decimal(limit),
        limit_unit=unit,
        limit_text=f"{limit} ngày làm việc",
        fee_vnd=0,
        legal_basis=["123/2015/NĐ-CP"],
        declaration=[_QUESTION] if declaration is None else declaration,
    )
    RequiredPaper.objects.create(version=version, position=1, name="Tờ khai theo mẫu", originals=1)
    RequiredPaper.objects.create(version=version, position=2, name="Giấy ủy quyền", copies=1, is_required=False)
    for position, method in enumerate(ways, start=1):
        Channel.objects.create(version=version, position=position, method=method)
    ProcedureVersion.objects.filter(pk=version.pk).update(published_at=MONDAY - timedelta(days=900))
    steps = _chain(verify_hours) if beside is None else _branches(beside, then)
    if step_name:
        steps[0]["name"] = step_name
    _make_workflow(procedure, steps)
    return procedure


def make_offering(
    *, procedure: Procedure | None = None, commune: Unit | None = None, desk: Unit | None = None
) -> Offering:
    """A procedure offered by a commune at its service centre."""
    commune = commune or make_unit()
    desk = desk or make_unit(
        name=f"Trung tâm Phục vụ hành chính công {commune.name.lower()}", kind="SERVICE_CENTRE", parent=commune
    )
    return Offering.objects.create(
        procedure=procedure or make_procedure(), competent_unit=commune, receiving_unit=desk, valid_from=LONG_AGO
    )


def make_user(*, username: str = "", full_name: str = "") -> User:
    number = next(_numbers)
    name = username or f"nguoi.dung.{number}"
    return User.objects.create_user(
        username=name, email=f"{name}@example.com", password="dung-mat-khau", full_name=full_name or f"Lò Thị {number}"
    )


def make_officer(role: Role, unit: Unit, *, full_name: str = "") -> User:
    """A user who holds `role` in `unit` since long ago."""
    user = make_user(full_name=full_name)
    Grant.objects.create(user=user, unit=unit, role=role.value, valid_from=LONG_AGO)
    return user


def make_file(*, content: bytes = PDF, at: datetime = MONDAY) -> StoredFile:
    return keep(content, media_type="application/pdf", name="to-khai.pdf", by=None, at=at)


def make_branched_office(*, asked: Unit | None = None, then: Unit | None = None) -> Office:
    """An office whose procedure is handled by a process with legs, a choice and an approval; `asked` does a leg.

    That leg goes on with a second step of `then`; it has one step when None.
    """
    beside = asked or make_unit()
    procedure = make_procedure(limit="20", beside=beside, then=then)
    return replace(make_office(offering=make_offering(procedure=procedure)), asked=beside)


def make_office(*, offering: Offering | None = None) -> Office:
    offering = offering or make_offering()
    commune, desk = offering.competent_unit, offering.receiving_unit
    return Office(
        offering=offering,
        reception=make_officer(Role.RECEPTION_OFFICER, desk),
        dispatcher=make_officer(Role.DISPATCHER, commune),
        officer=make_officer(Role.PROCESSING_OFFICER, commune),
        signer=make_officer(Role.SIGNER, commune),
        clerk=make_officer(Role.RECORDS_CLERK, commune),
        asked=make_unit(),
        result_file=make_file(content=PDF + b"%result"),
    )


def settling_at_once(office: Office) -> Office:
    """The same people with a procedure whose limit is none: its result may be given out on the spot."""
    own, procedure = office.offering, make_procedure(limit="0", unit="IMMEDIATE")
    return replace(
        office,
        offering=make_offering(procedure=procedure, commune=own.competent_unit, desk=own.receiving_unit),
    )


def make_draft(*, offering: Offering | None = None, owner: User | None = None, at: datetime = MONDAY) -> Dossier:
    """A complete draft of a signed-in citizen, not yet handed in."""
    owner = owner or make_user(full_name="Vàng Thị Mỷ")
    filing = draft.Filing(key=uuid.uuid4(), channel=FilingChannel.ONLINE, owner=owner)
    dossier = draft.start_draft(offering=offering or make_offering(), filing=filing, actor=owner, at=at)
    details = draft.ApplicantDetails(
        full_name="Vàng Thị Mỷ",
        citizen_id="011199000123",
        phone="0900000123",
        email="my@example.com",
        address="Bản Phủ",
    )
    draft.save_applicant(dossier=dossier, details=details, actor=owner, at=at)
    answers = {field["key"]: "Vàng A Páo" for field in dossier.procedure_version.declaration}
    draft.save_declaration(dossier=dossier, answers=answers, actor=owner, at=at)
    draft.attach_paper(dossier=dossier, position=1, file=make_file(at=at), actor=owner, at=at)
    return Dossier.objects.get(pk=dossier.pk)


def make_dossier(
    *,
    status: Status = Status.SUBMITTED,
    office: Office | None = None,
    owner: User | None = None,
    at: datetime = MONDAY,
) -> Dossier:
    """A dossier that has come to `status` the shortest way, an hour a step.

    What is settled on the spot is of a procedure of its own, which the same people offer.
    """
    office = office or make_office()
    if status is Status.IMMEDIATE_DONE:
        office = settling_at_once(office)
    dossier = make_draft(offering=office.offering, owner=owner, at=at)
    for reached, act in way_to(status, dossier, office):
        at += WAIT.get(reached, timedelta(hours=1))
        act(at)
        dossier = Dossier.objects.get(pk=dossier.pk)
        assert dossier.status == reached
    assert dossier.status == status
    return dossier


_QUESTION: dict[str, object] = {
    "key": "ten_con",
    "label": "Họ và tên con",
    "kind": "text",
    "required": True,
    "options": [],
    "help": "",
}


_STEP_NAMES = {
    "PHAN_CONG": "Phân công",
    "THAM_TRA": "Thẩm tra",
    "GOP_Y": "Góp ý chuyên môn",
    "PHOI_HOP": "Cơ quan phối hợp có ý kiến",
    "TONG_HOP": "Tổng hợp",
    "THUC_DIA": "Kiểm tra thực địa",
    "DUYET": "Duyệt dự thảo",
    "Y_KIEN": "Cơ quan phối hợp tiếp theo có ý kiến",
    "KY": "Ký duyệt",
    "PHAT_HANH": "Đóng dấu, phát hành",
    "TRA": "Trả kết quả",
}


def _row(code: str, kind: StepKind, hours: str, *after: str, **more: object) -> dict[str, object]:
    """The columns of one step of an internal process."""
    place = StepPlace.RECEIVING if kind is StepKind.RETURN else StepPlace.COMPETENT
    return {
        "code": code,
        "name": _STEP_NAMES[code],
        "kind": kind.value,
        "role": ROLE_OF[kind].value,
        "place": place.value,
        "hours": Decimal(hours),
        "next_codes": list(after),
        **more,
    }


def _chain(verify_hours: str) -> list[dict[str, object]]:
    return [
        _row("PHAN_CONG", StepKind.ASSIGN, "4", "THAM_TRA"),
        _row("THAM_TRA", StepKind.VERIFY, verify_hours, "KY"),
        *_end(),
    ]


def _branches(beside: Unit, then: Unit | None) -> list[dict[str, object]]:
    legs, words = ("THAM_TRA", "GOP_Y", "PHOI_HOP"), ["Phải đi thực địa", "Không phải đi"]
    return [
        _row("PHAN_CONG", StepKind.ASSIGN, "4", *legs, branching=Branching.PARALLEL.value),
        _row("THAM_TRA", StepKind.VERIFY, "16", "TONG_HOP"),
        _row("GOP_Y", StepKind.VERIFY, "8", "TONG_HOP"),
        _row("PHOI_HOP", StepKind.VERIFY, "12", "TONG_HOP" if then is None else "Y_KIEN", unit=beside),
        *([] if then is None else [_row("Y_KIEN", StepKind.VERIFY, "8", "TONG_HOP", unit=then)]),
        _row("TONG_HOP", StepKind.VERIFY, "8", "THUC_DIA", "DUYET", next_labels=words),
        _row("THUC_DIA", StepKind.VERIFY, "16", "DUYET"),
        _row("DUYET", StepKind.APPROVE, "4", "KY"),
        *_end(),
    ]


def _end() -> list[dict[str, object]]:
    return [
        _row("KY", StepKind.SIGN, "8", "PHAT_HANH"),
        _row("PHAT_HANH", StepKind.ISSUE, "4", "TRA"),
        _row("TRA", StepKind.RETURN, "4"),
    ]


def _make_workflow(procedure: Procedure, steps: Sequence[dict[str, object]]) -> Workflow:
    workflow = Workflow.objects.create(procedure=procedure, number=1, valid_from=LONG_AGO)
    WorkflowStep.objects.bulk_create(
        WorkflowStep(workflow=workflow, position=position, **step) for position, step in enumerate(steps, start=1)
    )
    Workflow.objects.filter(pk=workflow.pk).update(approved_at=MONDAY - timedelta(days=900))
    return workflow
