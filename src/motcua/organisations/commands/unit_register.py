"""The units there are, line by line brought up to date with a nationwide list; written in one go at the end."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection

from motcua.organisations.models import Succession, Unit, UnitIdentifier, UnitKind, UnitLevel
from motcua.organisations.provinces import OLD_PROVINCES, PROVINCES, TWO_TIERS_ON
from motcua.organisations.unit_lists import Line, LineUnclear, UnitList
from motcua.rules.identifiers import to_old_order
from motcua.rules.vietnamese import search_key, sort_key

_MANY = 1000


class Outcome(StrEnum):
    """What became of a line."""

    CREATED = "CREATED"
    CHANGED = "CHANGED"
    UNCHANGED = "UNCHANGED"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A unit as a line describes it; `dissolved_on` is set for one that ended then."""

    gso: str
    code: str
    name: str
    kind: UnitKind
    level: UnitLevel
    parent: Unit | None
    founded_on: date | None = None
    dissolved_on: date | None = None


class UnitRegister:
    """Units by statistical code, today and before 1 July 2025, and what a list adds to them."""

    def __init__(self) -> None:
        self._now: dict[str, Unit] = {}
        self._before: dict[str, Unit] = {}
        self._seen: set[tuple[str, ...]] = set()
        self._new_units: list[Unit] = []
        self._new_codes: set[str] = set()
        self._new_identifiers: list[UnitIdentifier] = []
        self._changed_units: dict[str, Unit] = {}
        self._new_successions: list[Succession] = []
        self._changed_successions: list[Succession] = []
        gso = UnitIdentifier.objects.filter(scheme=UnitIdentifier.Scheme.GSO).select_related("unit__parent")
        for identifier in gso:
            if identifier.valid_until is None:
                self._now[identifier.value] = identifier.unit
            elif identifier.valid_until == TWO_TIERS_ON:
                self._before[identifier.value] = identifier.unit
        # Not joined in SQL: right after a load the server has no statistics and may join row by row, for minutes.
        codes = dict(Unit.objects.values_list("pk", "code"))
        told = Succession.objects.filter(effective_on=TWO_TIERS_ON)
        self._told = {(codes[row.predecessor_id], codes[row.successor_id]): row for row in told}

    def enter(self, kind: UnitList, line: Line) -> Outcome:
        """Take one line of a list of `kind`; raises `LineUnclear`, and then nothing of the line was taken."""
        match kind:
            case UnitList.PROVINCES:
                return self._enter_province(line)
            case UnitList.DISTRICTS:
                return self._enter_district(line)
            case UnitList.COMMUNES:
                return self._enter_commune(line)
            case UnitList.CONVERSION:
                return self._enter_conversion(line)

    def write(self) -> None:
        """Write everything the lines have added."""
        for level in (UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE):  # parents first
            new = [unit for unit in self._new_units if unit.level == level]
            Unit.objects.bulk_create(new, batch_size=1000)
        Unit.objects.bulk_update(
            self._changed_units.values(),
            ["name", "kind", "parent", "founded_on", "search_key", "sort_key"],
            batch_size=500,
        )
        UnitIdentifier.objects.bulk_create(self._new_identifiers, batch_size=1000)
        Succession.objects.bulk_create(self._new_successions, batch_size=1000)
        Succession.objects.bulk_update(self._changed_successions, ["manner"], batch_size=500)
        if len(self._new_identifiers) >= _MANY:
            # Else plans go by what was there before, perhaps nothing, until the server gathers statistics by itself.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE organisations_unit, organisations_unitidentifier, organisations_succession")

    def _enter_province(self, line: Line) -> Outcome:
        gso = line.code("gso_code", 2)
        self._once(gso)
        listed = next((province for province in PROVINCES if province.gso == gso), None)
        agency = line.values["h_code_kept"]
        if listed is None or listed.agency != agency:
            raise LineUnclear("PROVINCE_UNKNOWN", f"{gso} {agency}")
        _, outcome = self._unit_of_today(_province(gso, line.name("full_name"), agency))
        return outcome

    def _enter_district(self, line: Line) -> Outcome:
        gso = line.code("gso_code", 3)
        self._once(gso)
        province = line.code("province_gso_code", 2)
        wanted = _Wanted(
            gso=gso,
            code=f"GSO-{province}-{gso}",
            name=line.name("full_name"),
            kind=UnitKind.DISTRICT,
            level=UnitLevel.DISTRICT,
            parent=self._old_province(province),
            dissolved_on=TWO_TIERS_ON,
        )
        _, outcome = self._unit_of_before(wanted)
        return outcome

    def _enter_commune(self, line: Line) -> Outcome:
        gso, province = line.code("gso_code", 5), line.code("province_gso_code", 2)
        self._once(gso)
        wanted = _Wanted(
            gso=gso,
            code=f"GSO-{province}-{gso}",
            name=line.name("full_name"),
            kind=line.kind(),
            level=UnitLevel.COMMUNE,
            parent=self._province_of_today(province),
            founded_on=TWO_TIERS_ON,
        )
        _, outcome = self._unit_of_today(wanted)
        return outcome

    def _enter_conversion(self, line: Line) -> Outcome:
        new, old = line.code("new_commune_code", 5), line.values["old_commune_code"]
        manner = line.manner()
        successor = self._now.get(new)
        if successor is None:
            raise LineUnclear("SUCCESSOR_UNKNOWN", new)
        if manner == "UNCHANGED":
            return self._was_always_there(successor, old)
        if old:
            predecessor, outcome = self._old_commune(line)
        else:
            predecessor, outcome = self._old_district(line.code("old_district_code", 3)), Outcome.UNCHANGED
        self._once(new, predecessor.code)
        told = self._tell(predecessor, successor, manner)
        return min(outcome, told, key=[Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED].index)

    def _old_commune(self, line: Line) -> tuple[Unit, Outcome]:
        gso, name, kind = line.code("old_commune_code", 5), line.name("old_commune_name"), line.old_kind()
        province = line.code("old_province_code", 2)
        known = self._before.get(gso)
        if known is not None and known.search_key != search_key(name):
            raise LineUnclear("CODE_NAMES_ANOTHER_UNIT", f"{gso}: {known.name} / {name}")
        wanted = _Wanted(
            gso=gso,
            code=f"GSO-{province}-{gso}" + (f"-{TWO_TIERS_ON:%Y%m%d}" if gso in self._now else ""),
            name=name,
            kind=kind,
            level=UnitLevel.COMMUNE,
            parent=self._before.get(line.code("old_district_code", 3)) or self._old_province(province),
            dissolved_on=TWO_TIERS_ON,
        )
        return self._unit_of_before(wanted)

    def _old_district(self, gso: str) -> Unit:
        if gso not in self._before:
            raise LineUnclear("DISTRICT_UNKNOWN", gso)
        return self._before[gso]

    def _was_always_there(self, unit: Unit, old_code: str) -> Outcome:
        if self._now.get(old_code) is not unit:
            raise LineUnclear("CODE_NAMES_ANOTHER_UNIT", f"{old_code}: {unit.name}")
        self._once(old_code, "UNCHANGED")
        if unit.founded_on != TWO_TIERS_ON:
            return Outcome.UNCHANGED
        unit.founded_on = None
        self._changed_units[unit.code] = unit
        unit.identifiers.filter(valid_from=TWO_TIERS_ON).update(valid_from=None)
        return Outcome.CHANGED

    def _province_of_today(self, gso: str) -> Unit:
        if gso in self._now:
            return self._now[gso]
        listed = next((province for province in PROVINCES if province.gso == gso), None)
        if listed is None:
            raise LineUnclear("PROVINCE_UNKNOWN", gso)
        return self._unit_of_today(_province(listed.gso, listed.name, listed.agency))[0]

    def _old_province(self, gso: str) -> Unit:
        """Return the province that had that code before the merger.

        One that kept its name and identifier is the province of today, whatever its code was then.
        """
        old = next((province for province in OLD_PROVINCES if province.gso == gso), None)
        if old is None:
            raise LineUnclear("PROVINCE_UNKNOWN", gso)
        heir = self._province_of_today(old.successor)
        if any(province.agency == old.agency for province in PROVINCES):
            return heir
        wanted = _Wanted(
            gso=gso,
            code=old.agency,
            name=old.name,
            kind=UnitKind.PROVINCE,
            level=UnitLevel.PROVINCE,
            parent=None,
            dissolved_on=TWO_TIERS_ON,
        )
        unit, _ = self._unit_of_before(wanted)
        self._tell(unit, heir, Succession.Manner.ALL)
        return unit

    def _unit_of_today(self, wanted: _Wanted) -> tuple[Unit, Outcome]:
        known = self._now.get(wanted.gso)
        if known is not None:
            return known, self._brought_up_to_date(known, wanted)
        unit = self._now[wanted.gso] = self._founded(wanted)
        return unit, Outcome.CREATED

    def _unit_of_before(self, wanted: _Wanted) -> tuple[Unit, Outcome]:
        known = self._before.get(wanted.gso)
        if known is not None:
            return known, self._brought_up_to_date(known, wanted)
        unit = self._before[wanted.gso] = self._founded(wanted)
        return unit, Outcome.CREATED

    def _brought_up_to_date(self, known: Unit, wanted: _Wanted) -> Outcome:
        parent = wanted.parent or known.parent
        if (known.name, known.kind, known.parent) == (wanted.name, wanted.kind, parent):
            return Outcome.UNCHANGED
        known.name, known.kind, known.parent = wanted.name, wanted.kind, parent
        known.search_key, known.sort_key = search_key(wanted.name), sort_key(wanted.name)
        if known.code not in self._new_codes:
            self._changed_units[known.code] = known
        return Outcome.CHANGED

    def _founded(self, wanted: _Wanted) -> Unit:
        unit = Unit(
            code=wanted.code,
            name=wanted.name,
            kind=wanted.kind,
            level=wanted.level,
            parent=wanted.parent,
            founded_on=wanted.founded_on,
            dissolved_on=wanted.dissolved_on,
            search_key=search_key(wanted.name),
            sort_key=sort_key(wanted.name),
        )
        self._new_units.append(unit)
        self._new_codes.add(unit.code)
        scheme = UnitIdentifier.Scheme
        if wanted.kind == UnitKind.PROVINCE:
            self._identify(unit, scheme.AGENCY_NEW, wanted.code)
            self._identify(unit, scheme.AGENCY_OLD, to_old_order(wanted.code))
        old = next((province for province in OLD_PROVINCES if province.agency == wanted.code), None)
        if old is None or old.gso == wanted.gso:
            self._identify(unit, scheme.GSO, wanted.gso)
        else:  # the province took over the code of another one
            self._identify(unit, scheme.GSO, wanted.gso, valid_from=TWO_TIERS_ON)
            self._identify(unit, scheme.GSO, old.gso, valid_until=TWO_TIERS_ON)
            self._before[old.gso] = unit
        return unit

    def _identify(
        self,
        unit: Unit,
        scheme: UnitIdentifier.Scheme,
        value: str,
        valid_from: date | None = None,
        valid_until: date | None = None,
    ) -> None:
        self._new_identifiers.append(
            UnitIdentifier(
                unit=unit,
                scheme=scheme,
                value=value,
                valid_from=valid_from or unit.founded_on,
                valid_until=valid_until or unit.dissolved_on,
            )
        )

    def _tell(self, predecessor: Unit, successor: Unit, manner: str) -> Outcome:
        known = self._told.get((predecessor.code, successor.code))
        if known is None:
            new = Succession(predecessor=predecessor, successor=successor, effective_on=TWO_TIERS_ON, manner=manner)
            self._told[predecessor.code, successor.code] = new
            self._new_successions.append(new)
            return Outcome.CREATED
        if known.manner == manner:
            return Outcome.UNCHANGED
        known.manner = manner
        if known not in self._new_successions:
            self._changed_successions.append(known)
        return Outcome.CHANGED

    def _once(self, *key: str) -> None:
        if key in self._seen:
            raise LineUnclear("REPEATED", " ".join(key))
        self._seen.add(key)


def _province(gso: str, name: str, agency: str) -> _Wanted:
    return _Wanted(gso=gso, code=agency, name=name, kind=UnitKind.PROVINCE, level=UnitLevel.PROVINCE, parent=None)
