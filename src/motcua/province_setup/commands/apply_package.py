"""Apply a package: bring its items in, whole or by kind, in one transaction."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from motcua.catalogue.carried import CarriedProcedure
from motcua.catalogue.commands.bring_in_procedures import (
    BreaksLinkedGroup,
    ProcedureNotThere,
    SectorNotThere,
    publish_anew,
)
from motcua.catalogue.content_checks import ContentUnfit, open_versions, require_fit_since
from motcua.dossiers.models import Dossier
from motcua.kernel import events
from motcua.legislation.commands.bring_in import DocumentNotThere
from motcua.organisations.carried import CarriedAnnouncement, UnitNotThere
from motcua.province_setup.commands.packages import (
    MayNotConfigure,
    PackageRefused,
    check_may_configure,
    opened,
    subject_of,
)
from motcua.province_setup.comparing import keep_comparison
from motcua.province_setup.events import PackageApplied
from motcua.province_setup.json_values import from_json
from motcua.province_setup.keys import is_trusted
from motcua.province_setup.kinds import BY_NAME, Kind
from motcua.province_setup.merging import State
from motcua.province_setup.models import ConfigurationPackage, PackageApplication
from motcua.province_setup.preview import WRITTEN, ItemLine, KindPreview, lacking, preview

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "BreaksLinkedGroup",
    "ContentUnfit",
    "KeyUnknown",
    "KindRefused",
    "MayNotConfigure",
    "NothingChosen",
    "PackageRefused",
    "apply_package",
]

_ONE_AT_A_TIME: Final = 7_102_026


class KeyUnknown(Exception):
    """Nobody here trusts the key of the package yet: `fingerprint` is what to compare."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__(fingerprint)
        self.fingerprint = fingerprint


class NothingChosen(Exception):
    """No kind was chosen, or one that there is not."""


class KindRefused(Exception):
    """A kind cannot be brought in as it stands, and nothing was.

    `missing` is the code of what it names and the place lacks; empty where the database refused what would contradict
    something here.
    """

    def __init__(self, kind: str, missing: str = "") -> None:
        super().__init__(f"{kind} {missing}".strip())
        self.kind = kind
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be brought in: kinds, and what somebody decided about items of them that clash.

    `anew` are codes of procedures whose content is published anew from today; `taken` are records of facts, each as its
    kind, a stroke and its key, that are settled for the package.
    """

    kinds: Collection[str]
    anew: Collection[str] = ()
    taken: Collection[str] = ()


@transaction.atomic
def apply_package(
    *,
    package: ConfigurationPackage,
    choice: Choice,
    actor: "User | None",
    at: datetime,
    progress: Callable[[str], None] | None = None,
) -> PackageApplication | None:
    """Bring the chosen kinds in and return what was done; None where there was nothing left to do.

    Items that clash are left alone but for procedures in `choice.anew`, whose content becomes the next version from
    today on; nothing is taken away. Raises `MayNotConfigure`, `KeyUnknown`, `NothingChosen`, `PackageRefused`,
    `KindRefused`, `BreaksLinkedGroup`, `ContentUnfit`; then nothing was changed.
    """
    check_may_configure(actor, at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    if not is_trusted(package.fingerprint):
        raise KeyUnknown(package.fingerprint)
    if not choice.kinds or not set(choice.kinds) <= BY_NAME.keys():
        raise NothingChosen
    before = open_versions()
    found = preview(opened(package))
    lack = lacking(found, choice.kinds)
    if lack:
        raise KindRefused(*lack)
    chosen = [one for one in found if one.kind.name in choice.kinds]
    for one in chosen:
        if progress:
            progress(one.kind.name)
        _bring_in(one, choice, package, actor, at)
    require_fit_since(before, timezone.localdate(at))
    anew = _publish_anew(chosen, choice, actor, at)
    new_count = sum(one.counts[State.NEW] for one in chosen)
    taken = tuple(named(one.kind, line) for one in chosen for line in _settled(one, choice))
    changed_count = sum(one.counts[State.CHANGED] for one in chosen) + len(taken)
    if not (new_count or changed_count or anew):
        keep_comparison(package.manifest_sha256, found, at)
        return None
    application = PackageApplication.objects.create(
        package=package,
        kinds=[one.kind.name for one in chosen],
        new_count=new_count,
        changed_count=changed_count,
        clash_count=sum(one.counts[State.CLASH] for one in chosen) - len(taken),
        anew=list(anew),
        at=at,
        by=actor,
    )
    event = PackageApplied(
        subject=subject_of(package),
        package=package.manifest_sha256,
        fingerprint=package.fingerprint,
        kinds=tuple(application.kinds),
        new_count=new_count,
        changed_count=changed_count,
        clash_count=application.clash_count,
        anew=anew,
        taken=taken,
    )
    events.record(event, actor=actor, at=at)
    keep_comparison(package.manifest_sha256, preview(opened(package)), at)
    return application


def named(kind: Kind, line: ItemLine) -> str:
    """Return how `Choice.taken` names an item."""
    return f"{kind.name}/{line.key}"


def _settled(one: KindPreview, choice: Choice) -> list[ItemLine]:
    return [line for line in one.lines if line.if_taken is not None and named(one.kind, line) in choice.taken]


def _bring_in(
    one: KindPreview, choice: Choice, package: ConfigurationPackage, actor: "User | None", at: datetime
) -> None:
    said = [line.merged for line in one.lines if line.state in WRITTEN]
    said.extend(line.if_taken for line in _settled(one, choice) if line.if_taken is not None)
    items = _waiting([from_json(one.kind.values, item) for item in said])
    with _refusing(one.kind.name):
        one.kind.bring_in(items, package=package.manifest_sha256, actor=actor, at=at)


@contextmanager
def _refusing(kind: str) -> Iterator[None]:
    """Undo what was begun inside and raise `KindRefused` where something is missing or contradicts."""
    try:
        with transaction.atomic():
            yield
    except (UnitNotThere, SectorNotThere, ProcedureNotThere, DocumentNotThere) as missing:
        raise KindRefused(kind, missing.code) from missing
    except DatabaseError as refusal:
        raise KindRefused(kind) from refusal


def _waiting(items: Sequence[Any]) -> Sequence[Any]:
    """Have announcements wait to be put in force where promises stand: these are then counted anew, on the calendar."""
    if not any(isinstance(item, CarriedAnnouncement) for item in items) or not Dossier.objects.under_way().exists():
        return items
    return [replace(item, in_force_at=None) for item in items]


def _publish_anew(chosen: Sequence[KindPreview], choice: Choice, actor: "User | None", at: datetime) -> tuple[str, ...]:
    published = []
    for one in chosen:
        for line in one.lines:
            if one.kind.values is CarriedProcedure and line.state is State.CLASH and line.key in choice.anew:
                told = from_json(CarriedProcedure, line.told)
                with _refusing(one.kind.name):
                    version = publish_anew(told, on=timezone.localdate(at), actor=actor, at=at)
                if version.published_at == at:
                    published.append(line.key)
    return tuple(published)
