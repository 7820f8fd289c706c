"""A desk with its people and a board, as tests about postings need it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure
from motcua.documents.models import StoredFile
from motcua.documents.storage import keep
from motcua.organisations.models import Unit
from motcua.posting.commands.confirm import Posted, Told, confirm_put_up
from motcua.posting.models import PostingConfirmation
from motcua.rules.permissions import Role
from motcua.rules.posting import PostingKind
from tests.catalogue.publishing import Province, make_local, make_province
from tests.documents.make_files import image_bytes
from tests.make import MONDAY, make_offering, make_officer, make_procedure, make_unit

TODAY = MONDAY.date()
LONG_UP = date(2020, 1, 6)
"""A day within the term of what `make_procedure` puts in force on 1 January 2020."""


@dataclass(frozen=True)
class Desk:
    """A desk under a commune of a province, the reception officer there, and the procedure it receives."""

    province: Province
    commune: Unit
    unit: Unit
    officer: User
    procedure: Procedure


def make_desk(*, province: Province | None = None, procedure: Procedure | None = None) -> Desk:
    province = province or make_province()
    commune = make_unit(parent=province.unit)
    offering = make_offering(procedure=procedure or make_local(), commune=commune)
    unit = offering.receiving_unit
    return Desk(province, commune, unit, make_officer(Role.RECEPTION_OFFICER, unit), offering.procedure)


def more(desk: Desk, count: int) -> list[Procedure]:
    """Procedures that the desk receives besides."""
    procedures = [make_procedure() for _ in range(count)]
    for procedure in procedures:
        make_offering(procedure=procedure, commune=desk.commune, desk=desk.unit)
    return procedures


def put_up(
    desk: Desk,
    posted: Sequence[Posted] = (),
    *,
    on: date = LONG_UP,
    kind: PostingKind = PostingKind.BOARD,
    shows_feedback: bool = True,
    photo: StoredFile | None = None,
    key: uuid.UUID | None = None,
    at: datetime = MONDAY,
) -> PostingConfirmation:
    """Confirm the first version of the desk's procedure, or what is told."""
    return confirm_put_up(
        key=key or uuid.uuid4(),
        unit=desk.unit,
        posted=posted or [Posted(desk.procedure.code, 1)],
        told=Told(kind, on, shows_feedback=shows_feedback, photo=photo),
        actor=desk.officer,
        at=at,
    )


def make_photo(*, at: datetime = MONDAY) -> StoredFile:
    return keep(image_bytes("JPEG"), media_type="image/jpeg", name="bang.jpg", by=None, at=at)
