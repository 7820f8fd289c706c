"""Make a package, take one in, accept the key of another installation."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.documents.storage import keep, path_of
from motcua.kernel import events
from motcua.organisations.models import Unit, UnitKind
from motcua.province_setup.archive import Archive, Fault, PackageRefused, read_archive
from motcua.province_setup.comparing import keep_comparison, keep_sameness
from motcua.province_setup.contents import made_package
from motcua.province_setup.events import KeyAccepted, PackageMade, PackageReceived
from motcua.province_setup.keys import KeyUnreadable, is_trusted
from motcua.province_setup.models import AcceptedKey, ConfigurationPackage, PackageComparison
from motcua.province_setup.preview import preview
from motcua.rules.permissions import MayNotConfigure, may_configure

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "KeyUnreadable",
    "MayNotConfigure",
    "OtherFingerprint",
    "PackageRefused",
    "accept_key",
    "compare_package",
    "make_package",
    "opened",
    "receive_package",
]

_MEDIA_TYPE: Final = "application/zip"
_Origin = ConfigurationPackage.Origin


class OtherFingerprint(Exception):
    """The fingerprint that was compared is not that of the key of the package."""


def is_configurer(actor: "User", at: datetime) -> bool:
    """Tell whether `actor` is an administrator of a province, where the whole of it is set up."""
    today = timezone.localdate(at)
    provinces = Unit.objects.filter(kind=UnitKind.PROVINCE, dissolved_on=None).values_list("pk", flat=True)
    return may_configure(provinces, grants_of(actor, today), on=today)


def check_may_configure(actor: "User | None", at: datetime) -> None:
    """Raise `MayNotConfigure`; nobody (None) is whoever runs the program on its own machine."""
    if actor is not None and not is_configurer(actor, at):
        raise MayNotConfigure


def subject_of(package: ConfigurationPackage) -> str:
    """Return under which the record of events keeps it."""
    return f"package:{package.manifest_sha256[:16]}"


@transaction.atomic
def make_package(*, actor: "User | None", at: datetime) -> ConfigurationPackage:
    """Make and sign a package of the whole set-up; an unchanged set-up gives the one that was made before.

    Raises `MayNotConfigure`, `KeyUnreadable`.
    """
    check_may_configure(actor, at)
    made = made_package()
    archive = read_archive(made.content)
    package, is_new = _kept(_Origin.MADE, archive, made.content, actor, at)
    keep_sameness(archive.manifest_sha256, archive.manifest, at)
    if is_new:
        event = PackageMade(
            subject=subject_of(package),
            package=package.manifest_sha256,
            fingerprint=package.fingerprint,
            item_count=package.item_count,
        )
        events.record(event, actor=actor, at=at)
    return package


@transaction.atomic
def receive_package(*, content: bytes, actor: "User | None", at: datetime) -> ConfigurationPackage:
    """Check a package whole and keep it, to be looked at; whether its key is trusted is asked when it is applied.

    The same bytes again give the row of before. Raises `MayNotConfigure`, `PackageRefused`.
    """
    check_may_configure(actor, at)
    archive = read_archive(content)
    found = preview(archive)  # every value can be read
    package, is_new = _kept(_Origin.RECEIVED, archive, content, actor, at)
    keep_comparison(archive.manifest_sha256, found, at)
    if is_new:
        event = PackageReceived(
            subject=subject_of(package),
            package=package.manifest_sha256,
            fingerprint=package.fingerprint,
            item_count=package.item_count,
        )
        events.record(event, actor=actor, at=at)
    return package


@transaction.atomic
def compare_package(*, package: ConfigurationPackage, actor: "User | None", at: datetime) -> PackageComparison:
    """Compare a kept package with what is here now, and keep what was found for the page.

    It is derived and changes nothing of the set-up, so there is no event. Raises `MayNotConfigure`, `PackageRefused`.
    """
    check_may_configure(actor, at)
    return keep_comparison(package.manifest_sha256, preview(opened(package)), at)


def _kept(
    origin: str, archive: Archive, content: bytes, actor: "User | None", at: datetime
) -> tuple[ConfigurationPackage, bool]:
    there = ConfigurationPackage.objects.filter(origin=origin, sha256=archive.sha256).first()
    if there is not None:
        return there, False
    manifest = archive.manifest
    name = f"goi-cau-hinh-{manifest.province_code}-{archive.manifest_sha256[:16]}.zip"
    return ConfigurationPackage.objects.get_or_create(
        origin=origin,
        sha256=archive.sha256,
        defaults={
            "manifest_sha256": archive.manifest_sha256,
            "fingerprint": archive.signature.fingerprint,
            "province_code": manifest.province_code,
            "province_name": manifest.province_name,
            "program": manifest.program,
            "content_at": manifest.content_at,
            "item_count": sum(listed.count for listed in manifest.files),
            "file": keep(content, media_type=_MEDIA_TYPE, name=name, by=actor, at=at),
            "at": at,
            "by": actor,
        },
    )


def opened(package: ConfigurationPackage) -> Archive:
    """Read a kept package again, with every check; raises `PackageRefused`."""
    content = path_of(package.file.sha256).read_bytes()
    archive = read_archive(content)
    if archive.sha256 != package.sha256:
        raise PackageRefused(Fault.NOT_AS_LISTED)
    return archive


@transaction.atomic
def accept_key(
    *, package: ConfigurationPackage, fingerprint: str, actor: "User | None", at: datetime
) -> ConfigurationPackage:
    """Take packages of the key that signed `package` from now on, whose fingerprint somebody compared.

    Doing it twice is safe. Raises `MayNotConfigure`, `OtherFingerprint`.
    """
    check_may_configure(actor, at)
    if "".join(fingerprint.split()).lower() != package.fingerprint:
        raise OtherFingerprint
    if is_trusted(package.fingerprint):
        return package
    AcceptedKey.objects.create(
        fingerprint=package.fingerprint,
        province_name=package.province_name,
        accepted_at=at,
        accepted_by=actor,
    )
    event = KeyAccepted(subject=f"key:{package.fingerprint[:16]}", fingerprint=package.fingerprint)
    events.record(event, actor=actor, at=at)
    return package
