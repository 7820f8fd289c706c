"""What the screens about packages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from motcua.province_setup.comparing import is_stale
from motcua.province_setup.kinds import KINDS, Kind
from motcua.province_setup.merging import Difference, Effect, State
from motcua.province_setup.models import ComparedItem, ConfigurationPackage, PackageApplication, PackageComparison
from motcua.province_setup.needs import Need

PER_PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package in the list; `by` is empty for the command line, `code` names it in addresses."""

    code: str
    origin: str
    province_name: str
    content_at: datetime | None
    item_count: int
    manifest_sha256: str
    fingerprint: str
    at: datetime
    by: str
    applied_at: datetime | None


@dataclass(frozen=True, slots=True)
class PackageList:
    """One page of the packages, the newest first."""

    rows: tuple[PackageRow, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One time a package was applied; `by` as with packages."""

    at: datetime
    by: str
    kinds: tuple[str, ...]
    new_count: int
    changed_count: int
    clash_count: int
    anew: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindCounts:
    """One kind of a package and how many of its items stand in each state here."""

    kind: Kind
    counts: Mapping[State, int]

    @property
    def written_count(self) -> int:
        """How many items would be written."""
        return self.counts[State.NEW] + self.counts[State.CHANGED]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The last comparison of a package with what is here; `is_stale`: the set-up may have changed since."""

    pk: int
    at: datetime
    is_stale: bool
    kinds: tuple[KindCounts, ...]


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """An item that is not the same; as `preview.ItemLine`, but long values are cut and `more` differences left out.

    `choice` is one of `ComparedItem.Choice`.
    """

    key: str
    name: str
    state: State
    differences: tuple[Difference, ...]
    more: int
    held_by: tuple[Need, ...]
    open_dossier_count: int
    choice: str


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """A page of the items of one kind that are not the same."""

    lines: tuple[ComparedLine, ...]
    has_next: bool


def comparison_of(package: ConfigurationPackage) -> Comparison | None:
    """Return the comparison that is kept of what the package holds; None: it was not compared yet."""
    row = PackageComparison.objects.filter(manifest_sha256=package.manifest_sha256).first()
    if row is None:
        return None
    kinds = (
        KindCounts(kind, {state: row.counts.get(kind.name, {}).get(state.value, 0) for state in State})
        for kind in KINDS
    )
    return Comparison(row.pk, row.at, is_stale(row), tuple(kinds))


def compared_page(comparison: Comparison, kind: Kind, *, number: int, per_page: int) -> ComparedPage:
    """Return a page of the items of `kind` that differ, `number` from 1, what would change first."""
    start = (number - 1) * per_page
    rows = ComparedItem.objects.filter(comparison=comparison.pk, kind=kind.name).order_by("position")
    found = list(rows[start : start + per_page + 1])
    return ComparedPage(tuple(_line(row) for row in found[:per_page]), len(found) > per_page)


def _line(row: ComparedItem) -> ComparedLine:
    return ComparedLine(
        key=row.key,
        name=row.name,
        state=State(row.state),
        differences=tuple(
            Difference(one["path"], one["ours"], one["theirs"], Effect(one["effect"])) for one in row.differences
        ),
        more=row.more,
        held_by=tuple(Need(**one) for one in row.held_by),
        open_dossier_count=row.open_dossier_count,
        choice=row.choice,
    )


def packages(*, number: int) -> PackageList:
    """Return a page of the packages made here and received, `number` from 1."""
    start = (number - 1) * PER_PAGE
    rows = ConfigurationPackage.objects.select_related("by").prefetch_related("applications").order_by("-at", "-pk")
    found = list(rows[start : start + PER_PAGE + 1])
    return PackageList(tuple(_row(row) for row in found[:PER_PAGE]), len(found) > PER_PAGE)


def _row(row: ConfigurationPackage) -> PackageRow:
    return PackageRow(
        code=code_of(row),
        origin=row.origin,
        province_name=row.province_name,
        content_at=row.content_at,
        item_count=row.item_count,
        manifest_sha256=row.manifest_sha256,
        fingerprint=row.fingerprint,
        at=row.at,
        by=row.by.display_name if row.by else "",
        applied_at=max((one.at for one in row.applications.all()), default=None),
    )


def code_of(package: ConfigurationPackage) -> str:
    """Return how addresses name a package: the first 16 digits of the SHA-256 of its bytes."""
    return package.sha256[:16]


def package_of(code: str) -> ConfigurationPackage:
    """Return the package of an address; of the same bytes made here and received, the one made here.

    Raises `ConfigurationPackage.DoesNotExist`.
    """
    rows = ConfigurationPackage.objects.select_related("file").filter(sha256__startswith=code).order_by("origin", "pk")
    found = rows.first() if len(code) == len("0" * 16) else None
    if found is None:
        raise ConfigurationPackage.DoesNotExist
    return found


def applications(package: ConfigurationPackage) -> tuple[ApplicationRow, ...]:
    """Return when the same content was applied here, the newest first."""
    rows = PackageApplication.objects.filter(package__manifest_sha256=package.manifest_sha256).select_related("by")
    return tuple(
        ApplicationRow(
            at=row.at,
            by=row.by.display_name if row.by else "",
            kinds=tuple(row.kinds),
            new_count=row.new_count,
            changed_count=row.changed_count,
            clash_count=row.clash_count,
            anew=tuple(row.anew),
        )
        for row in rows.order_by("-at", "-pk")
    )
