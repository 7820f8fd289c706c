"""The PDF of a kit: what a desk works with on paper while the system is down (B-25)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.documents.office_data import KitDueRow, KitForm, KitProcedure, KitSlot, KitTable, PaperKitData
from motcua.documents.rendering import render
from motcua.documents.wording import day_with_weekday
from motcua.dossiers.facts import counting_mode, limit_for, runs_from_agency
from motcua.dossiers.letterhead import LOOK_UP_PATH, head
from motcua.dossiers.models import GROUND_LABELS, FilingChannel, PaperKit
from motcua.organisations.facts import working_calendar
from motcua.rules.deadlines import Beginning
from motcua.rules.derivation_sentences import day_off
from motcua.rules.identifiers import put_together
from motcua.rules.paper_mode import DueRow, TableOf, due_table, is_in_days, paper_rules_on
from motcua.rules.papers import DeclineGround, PaperKind
from motcua.rules.prescribed_forms import AnyPaper, OfficePaper, form_of
from motcua.rules.regimes import Regime, regime_on
from motcua.rules.time_limits import TimeLimit, format_time_limit
from motcua.rules.working_time import CalendarExhausted

COLUMNS = 7
"""How many limits stand side by side on a sheet of A4."""


def draw_kit(kit: PaperKit, *, at: datetime) -> bytes:
    """Draw the kit with the due days counted by what is known at `at`; needs the desk's parents loaded."""
    with translation.override(settings.LANGUAGE_CODE):
        return render(OfficePaper.PAPER_KIT, kit_data(kit, at=at))


def kit_data(kit: PaperKit, *, at: datetime) -> PaperKitData:
    """Return what the kit prints: its free numbers alone, so that nobody writes on a used or spoilt one."""
    today = timezone.localdate(at)
    regime, rules = regime_on(today), paper_rules_on(today)
    limits = _limits(kit, at)
    return {
        **head(kit.desk, form_of(OfficePaper.PAPER_KIT, regime), number="", at=at),
        "kit": kit.code,
        "agency": kit.competent_unit.authority_name,
        "desk_phone": kit.desk.phone,
        "look_up_url": f"{settings.SITE_URL.rstrip('/')}{LOOK_UP_PATH}",
        "reserved_at": timezone.localtime(kit.reserved_at).isoformat(),
        "reserved_by": kit.reserved_by.display_name,
        "slots": [_slot(kit, number, pin) for number, pin in _free(kit)],
        "tables": list(_tables(kit, sorted({limit for _, limit in limits if limit}, key=_length), at)),
        "procedures": [_procedure(version, limit) for version, limit in limits],
        "blanks": rules.blanks,
        "grounds": [str(GROUND_LABELS[ground]) for ground in DeclineGround],
        "returns": rules.returns_listed,
        "receipt": _form(PaperKind.RECEIPT, regime),
        "supplement_request": _form(PaperKind.SUPPLEMENT_REQUEST, regime),
        "refusal": _form(PaperKind.REFUSAL, regime),
        "control_sheet": _form(OfficePaper.CONTROL_SHEET, regime),
        "register": _form(OfficePaper.REGISTER, regime),
    }


def _free(kit: PaperKit) -> list[tuple[int, str]]:
    free = kit.slots.filter(spoilt_at=None, retired_at=None, entry=None)
    return list(free.order_by("number").values_list("number", "pin"))


def _slot(kit: PaperKit, number: int, pin: str) -> KitSlot:
    return {
        "number": str(number),
        "code": put_together(kit.identifier, None, number),
        "bars": f"{kit.identifier}-{number}",
        "pin": pin,
    }


def _form(kind: AnyPaper, regime: Regime) -> KitForm:
    form = form_of(kind, regime)
    return {"form": form.number, "notation": form.notation, "title": list(form.title), "mark": form.mark}


def _limits(kit: PaperKit, at: datetime) -> list[tuple[ProcedureVersion, TimeLimit | None]]:
    """Return what the desk takes in for the agency today, by title, with the limit of filing there."""
    today = timezone.localdate(at)
    offered = Offering.objects.on(today).received_by(kit.desk).filter(competent_unit=kit.competent_unit)
    versions = ProcedureVersion.objects.on(today).filter(procedure__in=offered.values("procedure"))
    found = versions.select_related("procedure").prefetch_related("channels").order_by("procedure__sort_key", "pk")
    return [(version, limit_for(version, FilingChannel.DIRECT)) for version in found]


def _procedure(version: ProcedureVersion, limit: TimeLimit | None) -> KitProcedure:
    said = format_time_limit(limit) if limit else version.limit_text
    return {"code": version.procedure.code, "title": version.title, "limit": said}


def _length(limit: TimeLimit) -> tuple[str, float]:
    return limit.unit.value, float(limit.amount)


def _tables(kit: PaperKit, limits: Sequence[TimeLimit], at: datetime) -> Iterator[KitTable]:
    today = timezone.localdate(at)
    days = paper_rules_on(today).table_days
    beginning = Beginning.ACCEPTED
    if runs_from_agency(kit.desk, kit.competent_unit, today):
        beginning = Beginning.EXPECTED_AT_AGENCY
    table = TableOf(working_calendar(kit.competent_unit, today), counting_mode(), beginning)
    counted = list[tuple[TimeLimit, tuple[DueRow, ...]]]()
    for limit in filter(is_in_days, limits):
        try:
            counted.append((limit, due_table(today, days, [limit], table)))
        except CalendarExhausted:
            continue  # its days are not known yet: the procedure is listed, its column is not
    for start in range(0, len(counted), COLUMNS):
        side_by_side = counted[start : start + COLUMNS]
        yield {
            "limits": [format_time_limit(limit) for limit, _ in side_by_side],
            "rows": [_row(rows, table) for rows in zip(*(rows for _, rows in side_by_side), strict=True)],
        }


def _row(rows: Sequence[DueRow], table: TableOf) -> KitDueRow:
    """Return the rows of one day, a limit each, as one."""
    on, calendar = rows[0].on, table.calendar
    due = [moment for row in rows for moment in row.due]
    return {
        "on": day_with_weekday(on),
        "off": day_off(on, calendar).vi if rows[0].is_off else "",
        "due": [f"{moment:%d/%m/%Y}{' *' if calendar.is_provisional(moment.date()) else ''}" for moment in due],
    }
