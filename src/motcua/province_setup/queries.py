"""What the screens about packages show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from motcua.province_setup.models import ConfigurationPackage, PackageApplication

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
