"""Abolish a procedure from a day on."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.events import ProcedureWithdrawn
from motcua.catalogue.models import Procedure
from motcua.kernel import events

if TYPE_CHECKING:
    from motcua.accounts.models import User


class AlreadyWithdrawn(Exception):
    """The procedure `code` was abolished before."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def withdraw_procedure(
    *, procedure: Procedure, on: date, replaced_by: Procedure | None, actor: "User | None", at: datetime
) -> Procedure:
    """Abolish `procedure` from `on`; its dossiers finish under the version they were accepted under (C-12).

    `replaced_by` is the procedure to file instead, None when there is none. Raises `AlreadyWithdrawn`.
    """
    procedure = Procedure.objects.select_for_update(of=("self",)).get(pk=procedure.pk)
    if procedure.is_withdrawn:
        raise AlreadyWithdrawn(procedure.code)
    procedure.withdrawn_on, procedure.replaced_by = on, replaced_by
    procedure.save(update_fields=["withdrawn_on", "replaced_by"])
    event = ProcedureWithdrawn(
        subject=procedure.code, withdrawn_on=on, replaced_by=replaced_by.code if replaced_by else ""
    )
    events.record(event, actor=actor, at=at)
    return procedure
