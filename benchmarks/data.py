"""Rows to measure on: offices as the tests make them, and dossiers in bulk, the same for the same seed.

The dossiers are those of a busy year: four out of five are over, an officer of each commune has about two in a hundred
of their unit's on the desk. Each has its applicant, its steps and its chain of events; papers and messages only those
have that `apply` makes through the commands.
"""

import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from django.db import connection
from django.db.models import Model
from psycopg.types.json import Json

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands import draft
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.models import Applicant, Dossier, FilingChannel, Step
from motcua.kernel.events import event_hash
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import MONDAY, Office, make_offering, make_office, make_procedure, make_user

NOW = MONDAY + timedelta(days=2, hours=1)
SEED = 20260302
OFFICES = 45
_YEAR = timedelta(days=365)
_TERM = timedelta(days=7)

# Of a thousand dossiers of a unit, how many stand where.
SHARES = {
    Status.RETURNED: 780,
    Status.IN_PROGRESS: 90,
    Status.DONE: 30,
    Status.NOT_ACCEPTED: 25,
    Status.SUBMITTED: 15,
    Status.INTAKE_SUPPLEMENT: 15,
    Status.TRANSFERRED: 10,
    Status.PENDING_SIGN: 10,
    Status.DRAFT: 10,
    Status.ACCEPTED: 5,
    Status.SIGNED: 5,
    Status.WITHDRAWN: 5,
}
_OPEN = frozenset(SHARES) - {Status.RETURNED, Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.DRAFT}
_BEFORE_ACCEPTANCE = frozenset({Status.DRAFT, Status.SUBMITTED, Status.INTAKE_SUPPLEMENT, Status.NOT_ACCEPTED})
_KINDS = ("DraftStarted", "DraftChanged", "DraftChanged", "DraftChanged", "DossierSubmitted")
_LATER_KINDS = (
    "DossierAccepted",
    "DossierTransferred",
    "DossierAssigned",
    "ResultProposed",
    "ResultSigned",
    "ResultIssued",
    "ResultReturned",
)
# How many of the five steps are behind a dossier, and how many of the later events.
_STEPS_DONE = {
    Status.IN_PROGRESS: 1,
    Status.PENDING_SIGN: 2,
    Status.SIGNED: 3,
    Status.DONE: 4,
    Status.RETURNED: 5,
}


@dataclass(frozen=True, slots=True)
class _Life:
    """One dossier to be written."""

    pk: int
    office: Office
    status: Status
    created_at: datetime

    @property
    def reference(self) -> str:
        return f"B-{self.pk:012}"

    @property
    def is_accepted(self) -> bool:
        return self.status not in _BEFORE_ACCEPTANCE

    @property
    def steps_done(self) -> int:
        return _STEPS_DONE.get(self.status, 0)


def make_offices(count: int = OFFICES) -> list[Office]:
    """Make `count` communes, each with its service centre and people, all offering the same procedure."""
    procedure = make_procedure(title="Đăng ký khai sinh")
    return [make_office(offering=make_offering(procedure=procedure)) for _ in range(count)]


def fill(offices: Sequence[Office], count: int, *, seed: int = SEED) -> None:
    """Write `count` dossiers spread over `offices`, with applicants, steps and events, and let the planner know."""
    pick = random.Random(seed)
    lives = list(_lives(offices, count, pick))
    copy_rows("dossiers_dossier", _dossier_rows(lives, pick))
    copy_rows("dossiers_applicant", _applicant_rows(lives, pick))
    copy_rows("dossiers_step", _step_rows(lives))
    copy_rows("kernel_eventrecord", _event_rows(lives))
    with connection.cursor() as cursor:
        for table in ("dossiers_dossier", "dossiers_applicant", "dossiers_step", "kernel_eventrecord"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def dossier_count() -> int:
    """Return how many dossiers there are."""
    return Dossier.objects.count()


def top_up(offices: Sequence[Office], count: int) -> None:
    """Fill until there are `count` dossiers in all."""
    missing = count - dossier_count()
    if missing > 0:
        fill(offices, missing, seed=SEED + count)


# Dossiers that are over are alike to a worklist, which must only find its way past them.
_OLD_DOSSIERS = """
INSERT INTO dossiers_dossier ({columns})
SELECT {values} FROM (SELECT * FROM dossiers_dossier WHERE status = 'RETURNED' ORDER BY id LIMIT %(some)s) one,
    generate_series(1, %(copies)s) copy
ORDER BY copy, one.id LIMIT %(wanted)s
"""
_OLD_APPLICANTS = """
INSERT INTO dossiers_applicant ({columns})
SELECT {values} FROM dossiers_applicant one JOIN dossiers_dossier new ON new.lookup_pin = '1111'
WHERE one.dossier_id = new.version
"""
_OLD_STEPS = """
INSERT INTO dossiers_step ({columns})
SELECT {values} FROM dossiers_step one JOIN dossiers_dossier new ON new.lookup_pin = '1111'
    AND one.dossier_id = new.version
WHERE one.kind = 'VERIFY'
"""


def add_old_ones(count: int) -> None:
    """Copy dossiers that are over, with applicant and verification, until there are `count`; without their events."""
    missing = count - dossier_count()
    if missing <= 0:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_dossier WHERE status = 'RETURNED'")
        some: int = cursor.fetchone()[0]
        asked = {"some": some, "copies": missing // some + 1, "wanted": missing}
        own = {
            "id": "nextval(pg_get_serial_sequence('dossiers_dossier', 'id'))",
            "reference": "'O-' || one.id || '-' || copy",
            "code": "'O-' || one.id || '-' || copy || '-N'",
            "draft_key": "gen_random_uuid()",
            "lookup_pin": "'1111'",
            "version": "one.id",
        }
        cursor.execute(_copying(_OLD_DOSSIERS, Dossier, own), asked)
        cursor.execute(_copying(_OLD_APPLICANTS, Applicant, {"dossier_id": "new.id"}))
        step_id = "nextval(pg_get_serial_sequence('dossiers_step', 'id'))"
        cursor.execute(_copying(_OLD_STEPS, Step, {"id": step_id, "dossier_id": "new.id"}))
        for table in ("dossiers_dossier", "dossiers_applicant", "dossiers_step"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def _copying(sql: str, model: type[Model], own: dict[str, str]) -> str:
    """Return `sql` with every column of `model` taken from the row that is copied, but for its `own`."""
    columns = [field.column for field in model._meta.concrete_fields]  # noqa: SLF001  # public in all but name
    values = [own.get(column, f'one."{column}"') for column in columns]
    return sql.format(columns=", ".join(f'"{column}"' for column in columns), values=", ".join(values))


def make_citizen() -> User:
    """Return an account that applications can be filed from."""
    return make_user(full_name="Vàng Thị Mỷ")


def apply(office: Office, citizen: User, paper: StoredFile, *, at: datetime) -> Dossier:
    """Return an application handed in online from an account, made through the commands."""
    filing = draft.Filing(key=uuid.uuid4(), channel=FilingChannel.ONLINE, owner=citizen)
    dossier = draft.start_draft(offering=office.offering, filing=filing, actor=citizen, at=at)
    details = draft.ApplicantDetails(
        full_name="Vàng Thị Mỷ",
        citizen_id="011199000123",
        phone="0900000123",
        email="my@example.com",
        address="Bản Phủ",
    )
    draft.save_applicant(dossier=dossier, details=details, actor=citizen, at=at)
    draft.save_declaration(dossier=dossier, answers={"ten_con": "Vàng A Páo"}, actor=citizen, at=at)
    draft.attach_paper(dossier=dossier, position=1, file=paper, actor=citizen, at=at)
    return submit(dossier=dossier, actor=citizen, at=at)


def _lives(offices: Sequence[Office], count: int, pick: random.Random) -> Iterator[_Life]:
    first = _next_id("dossiers_dossier")
    statuses, weights = list(SHARES), list(accumulate(SHARES.values()))
    for pk in range(first, first + count):
        status = pick.choices(statuses, cum_weights=weights)[0]
        age = timedelta(days=pick.uniform(0, 12)) if status in _OPEN else _YEAR * pick.random() + _TERM
        yield _Life(pk=pk, office=pick.choice(offices), status=status, created_at=NOW - age)


def _dossier_rows(lives: Iterable[_Life], pick: random.Random) -> Iterator[dict[str, object]]:
    version, workflow = None, None
    for life in lives:
        offering = life.office.offering
        version = version or offering.procedure.versions.get()
        workflow = workflow or offering.procedure.workflows.get()
        began, due_at = life.created_at, life.created_at + _TERM
        yield {
            "id": life.pk,
            "reference": life.reference,
            "code": f"{life.reference}-N" if life.is_accepted else None,
            "draft_key": uuid.UUID(int=pick.getrandbits(128)),
            "lookup_pin": "0000",
            "status": life.status.value,
            "version": 5 + life.steps_done,
            "regime": "R2025" if life.is_accepted else "",
            "procedure_version_id": version.pk,
            "workflow_id": workflow.pk,
            "receiving_unit_id": offering.receiving_unit_id,
            "competent_unit_id": offering.competent_unit_id,
            "filing_channel": "ONLINE",
            "return_channel": "AT_THE_DESK",
            "created_at": began,
            "submitted_at": None if life.status is Status.DRAFT else began,
            "accepted_at": began if life.is_accepted else None,
            "due_at": due_at if life.is_accepted else None,
            "due_is_provisional": False,
            "derivation": Json({"vi": [], "en": []}),
            "closed_at": due_at if life.status in {Status.RETURNED, Status.NOT_ACCEPTED, Status.WITHDRAWN} else None,
            **_holder(life, due_at),
        }


def _holder(life: _Life, due_at: datetime) -> dict[str, object]:
    office, offering = life.office, life.office.offering
    role = {
        Status.SUBMITTED: Role.RECEPTION_OFFICER,
        Status.ACCEPTED: Role.RECEPTION_OFFICER,
        Status.TRANSFERRED: Role.DISPATCHER,
        Status.IN_PROGRESS: Role.PROCESSING_OFFICER,
        Status.PENDING_SIGN: Role.SIGNER,
        Status.SIGNED: Role.RECORDS_CLERK,
        Status.DONE: Role.RECEPTION_OFFICER,
    }.get(life.status)
    if role is None:
        return {"holder_unit_id": None, "holder_role": "", "assignee_id": None, "action_due_at": None}
    at_the_desk = role is Role.RECEPTION_OFFICER
    return {
        "holder_unit_id": offering.receiving_unit_id if at_the_desk else offering.competent_unit_id,
        "holder_role": role.value,
        "assignee_id": office.officer.pk if role is Role.PROCESSING_OFFICER else None,
        "action_due_at": life.created_at + timedelta(days=1) if life.status is Status.SUBMITTED else due_at,
    }


def _applicant_rows(lives: Iterable[_Life], pick: random.Random) -> Iterator[dict[str, object]]:
    empty = {field.column: "" for field in Applicant._meta.concrete_fields}  # noqa: SLF001  # public in all but name
    for life in lives:
        number = pick.randrange(10**8)
        yield empty | {
            "dossier_id": life.pk,
            "full_name": f"Lò Thị {number}",
            "citizen_id": f"0111{number:08}",
            "phone": f"09{number:08}",
            "declaration": Json({"ten_con": "Vàng A Páo"}),
        }


def _step_rows(lives: Iterable[_Life]) -> Iterator[dict[str, object]]:
    pk = _next_id("dossiers_step")
    specs = None
    for life in lives:
        offering = life.office.offering
        specs = specs or list(offering.procedure.workflows.get().steps.order_by("position"))
        begun = life.steps_done + (life.status in _OPEN and life.is_accepted and life.status is not Status.ACCEPTED)
        for number, spec in enumerate(specs[:begun]):
            started = life.created_at + timedelta(hours=number + 1)
            is_done = number < life.steps_done
            who = _people(life.office)[number]
            yield {
                "id": pk,
                "dossier_id": life.pk,
                "code": spec.code,
                "name": spec.name,
                "kind": spec.kind,
                "role": spec.role,
                "unit_id": offering.receiving_unit_id if spec.place == "RECEIVING" else offering.competent_unit_id,
                "assignee_id": who.pk if spec.kind == "VERIFY" else None,
                "started_at": started,
                "due_at": started + timedelta(days=1),
                "finished_at": started + timedelta(hours=1) if is_done else None,
                "finished_by_id": who.pk if is_done else None,
                "note": "",
            }
            pk += 1


def _event_rows(lives: Iterable[_Life]) -> Iterator[dict[str, object]]:
    pk = _next_id("kernel_eventrecord")
    for life in lives:
        later = 1 + life.steps_done + (life.status is not Status.ACCEPTED) if life.is_accepted else 0
        kinds = _KINDS[:1] if life.status is Status.DRAFT else [*_KINDS, *_LATER_KINDS[:later]]
        previous_hash = ""
        for seq, kind in enumerate(kinds, start=1):
            row = EventRecord(
                subject=life.reference,
                seq=seq,
                kind=kind,
                payload={"step": "THAM_TRA", "code": life.reference},
                actor_id=life.office.reception.pk,
                at=life.created_at + timedelta(hours=seq),
                previous_hash=previous_hash,
            )
            row.hash = previous_hash = event_hash(row)
            yield {
                "id": pk,
                "subject": row.subject,
                "seq": seq,
                "kind": kind,
                "payload": Json(row.payload),
                "actor_id": row.actor_id,
                "at": row.at,
                "previous_hash": row.previous_hash,
                "hash": row.hash,
            }
            pk += 1


def _people(office: Office) -> Sequence[User]:
    return (office.dispatcher, office.officer, office.signer, office.clerk, office.reception)


def _next_id(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
        number: int = cursor.fetchone()[0]
    return number


def copy_rows(table: str, rows: Iterator[dict[str, object]]) -> None:
    """Write `rows`, all with the same columns, in one go."""
    first = next(rows, None)
    if first is None:
        return
    columns = ", ".join(f'"{name}"' for name in first)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            copy.write_row(list(first.values()))
            for row in rows:
                copy.write_row(list(row.values()))
        if "id" in first:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
