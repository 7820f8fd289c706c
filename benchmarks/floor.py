"""The least that PostgreSQL has to do for one life of a dossier: the same rows as the commands write, in plain SQL.

No right is checked, nothing is read that is not written, no due date is counted, no word is put together: what the rows
say is taken from one dossier that lived through the commands. Each act locks the dossier and is one transaction, at
the client's own office; psycopg prepares the statements.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString

import psycopg
from psycopg.types.json import Jsonb

from motcua.documents.models import IssuedDocument
from motcua.dossiers.models import Dossier, Step
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Message
from tests.make import Office

_LOCK = "SELECT id FROM dossiers_dossier WHERE reference = %s FOR UPDATE"
_PAPERS = """
UPDATE dossiers_paper SET state = CASE position WHEN 1 THEN 'PRESENT' ELSE 'NOT_NEEDED' END,
note = '', originals_count = 0, copies_count = 0 WHERE dossier_id = %s
"""
_NUMBER = """
INSERT INTO kernel_sequence (scope, "on", last_number) VALUES (%s, %s, 1)
ON CONFLICT (scope, "on") DO UPDATE SET last_number = kernel_sequence.last_number + 1 RETURNING last_number
"""
_DOCUMENT = """
INSERT INTO documents_issueddocument (subject, kind, number, data, issued_at, issued_by_id)
VALUES (%s, %s, %s, %s, %s, %s)
"""
_ACCEPTED = """
UPDATE dossiers_dossier SET status = %s, version = version + 1, accepted_at = %s, due_at = %s, derivation = %s,
regime = %s, code = %s, holder_unit_id = %s, holder_role = %s, assignee_id = NULL, action_due_at = %s WHERE id = %s
"""
_MOVED = """
UPDATE dossiers_dossier SET status = %s, version = version + 1, holder_unit_id = %s, holder_role = %s, assignee_id = %s,
action_due_at = %s, finished_at = %s, closed_at = %s WHERE id = %s
"""
_STEP = """
INSERT INTO dossiers_step (dossier_id, code, name, kind, role, unit_id, assignee_id, started_at, due_at, note)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, '')
"""
_STEP_DONE = """
UPDATE dossiers_step SET finished_at = %s, finished_by_id = %s, note = %s WHERE dossier_id = %s AND finished_at IS NULL
"""
_RESULT = "INSERT INTO dossiers_result (dossier_id, title, number, received_by) VALUES (%s, %s, '', '')"
_RESULT_SIGNED = """
UPDATE dossiers_result SET signed_by_id = %s, signed_at = %s, signed_file_id = %s WHERE dossier_id = %s
"""
_RESULT_ISSUED = "UPDATE dossiers_result SET file_id = %s, number = %s, issued_on = %s WHERE dossier_id = %s"
_RESULT_RECEIVED = "UPDATE dossiers_result SET received_by = %s WHERE dossier_id = %s"
_EVENT = """
INSERT INTO kernel_eventrecord (subject, seq, kind, payload, actor_id, at, previous_hash, hash)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_MESSAGE_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s)"
_MESSAGES = """
INSERT INTO notifications_message (dossier_id, channel, address, subject, body, delivery_key, created_at, sent_at)
VALUES {rows} RETURNING id
"""
_JOB_ROW = "ROW('default', 'notifications.send', 0, NULL, NULL, %s::jsonb, NULL)::procrastinate_job_to_defer_v1"
_JOBS = "SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[{rows}]))"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one dossier that lived through the commands left behind."""

    dossier: Dossier
    accepted_due_at: datetime
    steps: tuple[Step, ...]
    document: IssuedDocument
    events: Mapping[str, EventRecord]
    messages: Mapping[str, tuple[Message, ...]]

    @classmethod
    def of(cls, dossier: Dossier) -> "Pattern":
        """Return the pattern of a returned dossier."""
        events = {row.kind: row for row in EventRecord.objects.filter(subject=dossier.reference)}
        messages = list(Message.objects.filter(dossier=dossier).order_by("pk"))
        assert dossier.due_at is not None
        return cls(
            dossier=dossier,
            accepted_due_at=dossier.due_at,
            steps=tuple(dossier.steps.order_by("pk")),
            document=IssuedDocument.objects.get(subject=dossier.reference),
            events=events,
            messages={
                kind: tuple(message for message in messages if message.created_at == row.at)
                for kind, row in events.items()
            },
        )


@dataclass(frozen=True, slots=True)
class RawLife:
    """One submitted dossier about to live through plain SQL, after a pattern."""

    connection: psycopg.Connection[tuple[Any, ...]]
    office: Office
    dossier: Dossier
    pattern: Pattern

    def acts(self) -> list[Callable[[], None]]:
        """Return acceptance and the six transitions, in their order."""
        return [self.accept, self.transfer, self.assign, self.propose, self.sign, self.issue, self.hand_over]

    def accept(self) -> None:
        """Write what acceptance writes."""
        model, document = self.pattern.dossier, self.pattern.document
        at = self._at("DossierAccepted")
        desk, unit = self.office.offering.receiving_unit, self.office.offering.competent_unit
        with self.connection.transaction():
            self._lock()
            self._execute(_PAPERS, [self.dossier.pk])
            number = self._number(f"dossier:{unit.code}", at.date())
            count = self._number(f"RECEIPT:{desk.code}", at.date().replace(month=1, day=1))
            said = [self.dossier.reference, document.kind, f"raw:{desk.code}/{count}", Jsonb(document.data)]
            self._execute(_DOCUMENT, [*said, at, document.issued_by_id])
            promise = [at, self.pattern.accepted_due_at, Jsonb(model.derivation), model.regime]
            code = f"raw:{unit.code}-{number:04}"
            held = [desk.pk, "RECEPTION_OFFICER", self.pattern.accepted_due_at]
            self._execute(_ACCEPTED, ["ACCEPTED", *promise, code, *held, self.dossier.pk])
            self._record("DossierAccepted")

    def transfer(self) -> None:
        """Write what a transfer writes."""
        with self.connection.transaction():
            self._lock()
            self._open(0, "TRANSFERRED")
            self._record("DossierTransferred")

    def assign(self) -> None:
        """Write what an assignment writes."""
        self._pass_on("DossierAssigned", 1, "IN_PROGRESS")

    def propose(self) -> None:
        """Write what a proposal writes."""
        self._pass_on("ResultProposed", 2, "PENDING_SIGN", _RESULT, [self.dossier.pk, "Giấy khai sinh"])

    def sign(self) -> None:
        """Write what signing writes."""
        event, signed = self.pattern.events["ResultSigned"], self.pattern.dossier.result.signed_file_id
        self._pass_on("ResultSigned", 3, "SIGNED", _RESULT_SIGNED, [event.actor_id, event.at, signed, self.dossier.pk])

    def issue(self) -> None:
        """Write what issuing writes."""
        result = self.pattern.dossier.result
        said = [result.file_id, result.number, result.issued_on, self.dossier.pk]
        self._pass_on("ResultIssued", 4, "DONE", _RESULT_ISSUED, said)

    def hand_over(self) -> None:
        """Write what handing over writes."""
        event = self.pattern.events["ResultReturned"]
        with self.connection.transaction():
            self._lock()
            self._execute(_RESULT_RECEIVED, ["", self.dossier.pk])
            self._execute(_STEP_DONE, [event.at, event.actor_id, "", self.dossier.pk])
            self._execute(
                _MOVED, ["RETURNED", None, "", None, None, self._at("ResultIssued"), event.at, self.dossier.pk]
            )
            self._record("ResultReturned")

    def _pass_on(
        self, kind: str, step: int, status: str, also: LiteralString = "", values: Sequence[object] = ()
    ) -> None:
        event = self.pattern.events[kind]
        with self.connection.transaction():
            self._lock()
            if also:
                self._execute(also, values)
            self._execute(_STEP_DONE, [event.at, event.actor_id, self.pattern.steps[step - 1].note, self.dossier.pk])
            self._open(step, status)
            self._record(kind)

    def _lock(self) -> None:
        self._execute(_LOCK, [self.dossier.reference])

    def _open(self, number: int, status: str) -> None:
        step = self.pattern.steps[number]
        offering = self.office.offering
        unit_id = offering.receiving_unit_id if step.kind == "RETURN" else offering.competent_unit_id
        what = [step.code, step.name, step.kind, step.role, unit_id, step.assignee_id]
        self._execute(_STEP, [self.dossier.pk, *what, step.started_at, step.due_at])
        is_done = status == "DONE"
        finished_at = self._at("ResultIssued") if is_done else None
        held = [unit_id, step.role, step.assignee_id, None if is_done else self.pattern.accepted_due_at]
        self._execute(_MOVED, [status, *held, finished_at, None, self.dossier.pk])

    def _record(self, kind: str) -> None:
        event, messages = self.pattern.events[kind], self.pattern.messages[kind]
        said = [self.dossier.reference, event.seq, kind, Jsonb(event.payload), event.actor_id, event.at]
        self._execute(_EVENT, [*said, event.previous_hash, event.hash])
        if not messages:
            return
        rows = [
            (
                self.dossier.pk,
                said.channel,
                said.address,
                said.subject,
                said.body,
                uuid.uuid4(),
                said.created_at,
                said.sent_at,
            )
            for said in messages
        ]
        sql = _MESSAGES.format(rows=", ".join([_MESSAGE_ROW] * len(rows)))
        written = self._execute(sql, [value for row in rows for value in row]).fetchall()
        told = zip(written, messages, strict=True)
        jobs = [Jsonb({"message_id": pk}) for (pk,), message in told if message.channel != Message.Channel.SITE]
        self._execute(_JOBS.format(rows=", ".join([_JOB_ROW] * len(jobs))), jobs)

    def _at(self, kind: str) -> datetime:
        return self.pattern.events[kind].at

    def _number(self, scope: str, on: date) -> int:
        row = self._execute(_NUMBER, [scope, on]).fetchone()
        assert row is not None
        number: int = row[0]
        return number

    def _execute(self, sql: LiteralString, values: Sequence[object]) -> psycopg.Cursor[tuple[Any, ...]]:
        return self.connection.execute(sql, values, prepare=True)
