"""What a package holds, kind by kind, in the order in which it is brought in: what others stand on comes first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.accounts.carried import CarriedRole, carried_roles
from motcua.accounts.commands.bring_in import bring_in_roles
from motcua.catalogue import carried, carried_handling, carried_people
from motcua.catalogue.commands.bring_in_decisions import bring_in_decisions, bring_in_incomes
from motcua.catalogue.commands.bring_in_handling import bring_in_groups, bring_in_offers, bring_in_processes
from motcua.catalogue.commands.bring_in_people import (
    bring_in_levels,
    bring_in_life_events,
    bring_in_plain_words,
    bring_in_targets,
)
from motcua.catalogue.commands.bring_in_procedures import bring_in_procedures, bring_in_sectors
from motcua.catalogue.commands.teach_synonyms import teach_synonyms
from motcua.catalogue.models import ProcedureVersion, PublicationDecision
from motcua.legislation.carried import CarriedDocument, carried_documents
from motcua.legislation.commands.bring_in import bring_in_documents
from motcua.legislation.definitions import WRITTEN
from motcua.organisations import carried as offices
from motcua.organisations.commands.bring_in import bring_in_announcements, bring_in_hours, bring_in_units
from motcua.posting.carried import CarriedFeedbackAddress, carried_feedback_addresses
from motcua.posting.commands.bring_in import bring_in_feedback_addresses
from motcua.province_setup import needs
from motcua.province_setup.merging import Item, Rules

if TYPE_CHECKING:
    from motcua.accounts.models import User


class BringIn(Protocol):
    """A command that brings items of one kind in; they are already merged with what is there."""

    def __call__(self, items: Sequence[Any], /, *, package: str, actor: "User | None", at: datetime) -> None:
        """Write them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its name in the archive, what it is called, its values, where they come from and go to.

    `file_by` is the field by which each item, or all items alike in it, get a file of their own in a folder; empty
    where all stand in one file. `stands_on` gives what an item needs (`motcua.province_setup.needs`).
    """

    name: str
    label: Promise
    values: type[Any]
    read: Callable[[], Sequence[Any]]
    bring_in: BringIn
    rules: Rules
    file_by: str = ""
    stands_on: Callable[[Item], Iterable[needs.Need]] = lambda _item: ()


def _rules(*key: str, taken: str = "", ended: str = "", left: str = "", ahead: str = "", **parts: Rules) -> Rules:
    return Rules(
        key, frozenset(taken.split()), frozenset(ended.split()), frozenset(left.split()), parts=parts, ahead=ahead
    )


def _cited_documents() -> list[CarriedDocument]:
    bases = ProcedureVersion.objects.filter(published_at__isnull=False).values_list("legal_basis", flat=True)
    norms = PublicationDecision.objects.filter(state="PUBLISHED").values_list("norm", "lines__norm")
    return carried_documents(text or "" for texts in (*bases, *norms) for text in texts)


def _teach(
    synonyms: Sequence[carried.CarriedSynonym],
    /,
    *,
    package: str,  # noqa: ARG001  # its own event says which words
    actor: "User | None",
    at: datetime,
) -> None:
    expansions: dict[str, list[str]] = {}
    for told in synonyms:
        expansions.setdefault(told.term, []).append(told.expansion)
    teach_synonyms(synonyms=expansions, actor=actor, at=at)


_PERIOD = "valid_until"
_UNIT = _rules(
    "code",
    taken="name short_name kind level parent founded_on address phone email",
    ended="dissolved_on",
    identifiers=_rules("scheme", "value", "valid_from", ended=_PERIOD),
    successions=_rules("successor", "effective_on"),
)
_DOCUMENT = Rules(
    ("code",),
    filled=frozenset({"text"}),
    inside={"written": Rules((), filled=frozenset(WRITTEN))},
    stub="is_stub",
    follows=frozenset({"is_stub", "loaded_hash"}),
    parts={"relations": Rules(("kind", "target", "articles"), filled=frozenset({"from_day", "until"}))},
)
_VERSION = _rules(
    "number",
    ended=_PERIOD,
    left="limit_needs_review fee_needs_review",
    declared_nones=_rules("part", left="declared_at"),
)
_PROCEDURE = _rules(
    "code",
    taken="title sector scope issuing_authority kind",
    ended="withdrawn_on replaced_by",
    ahead="versions",
    versions=_VERSION,
)
_SECTOR = _rules("code", clocks=_rules("valid_from", ended=_PERIOD))
_LEVEL = Rules(
    ("procedure", "unit", "axis", "valid_from"),
    ended=frozenset({_PERIOD}),
    filled=frozenset({"pays_online", "result_from_afar", "needs_presence"}),
)
_OFFERS = _rules("procedure", desks=_rules("receiving", "competent", "valid_from", ended=_PERIOD))

KINDS: tuple[Kind, ...] = (
    Kind("units", _("Đơn vị"), offices.CarriedUnit, offices.carried_units, bring_in_units, _UNIT),
    Kind(
        "office-hours",
        _("Giờ làm việc"),
        offices.CarriedHours,
        offices.carried_hours,
        bring_in_hours,
        _rules("unit", "valid_from", ended=_PERIOD),
        stands_on=needs.of_unit,
    ),
    Kind(
        "calendars",
        _("Lịch nghỉ, làm bù"),
        offices.CarriedAnnouncement,
        offices.carried_announcements,
        bring_in_announcements,
        _rules("announced_at", "place", left="in_force_at"),
        stands_on=needs.of_unit,
    ),
    Kind(
        "roles",
        _("Vai trò cần có"),
        CarriedRole,
        carried_roles,
        bring_in_roles,
        _rules("unit", "role"),
        stands_on=needs.of_unit,
    ),
    Kind(
        "legal-documents",
        _("Văn bản"),
        CarriedDocument,
        _cited_documents,
        bring_in_documents,
        _DOCUMENT,
        file_by="code",
    ),
    Kind("sectors", _("Lĩnh vực"), carried.CarriedSector, carried.carried_sectors, bring_in_sectors, _SECTOR),
    Kind(
        "procedures",
        _("Thủ tục và các lần công bố"),
        carried.CarriedProcedure,
        carried.carried_procedures,
        bring_in_procedures,
        _PROCEDURE,
        file_by="code",
    ),
    Kind(
        "publication-decisions",
        _("Quyết định công bố"),
        carried.CarriedDecision,
        carried.carried_decisions,
        bring_in_decisions,
        _rules("key", ended="entered_on"),
        stands_on=needs.of_decision,
    ),
    Kind(
        "processes",
        _("Quy trình nội bộ"),
        carried_handling.CarriedProcess,
        carried_handling.carried_processes,
        bring_in_processes,
        _rules("procedure", "number", ended=_PERIOD),
        file_by="procedure",
        stands_on=needs.of_process,
    ),
    Kind(
        "offers",
        _("Nơi tiếp nhận và giải quyết"),
        carried_handling.CarriedOffers,
        carried_handling.carried_offers,
        bring_in_offers,
        _OFFERS,
        stands_on=needs.of_offers,
    ),
    Kind(
        "linked-groups",
        _("Nhóm thủ tục liên thông"),
        carried_handling.CarriedGroup,
        carried_handling.carried_groups,
        bring_in_groups,
        _rules("code", "valid_from", ended=_PERIOD),
        stands_on=needs.of_group,
    ),
    Kind(
        "plain-words",
        _("Tóm tắt bằng lời thường"),
        carried_people.CarriedPlainWords,
        carried_people.carried_plain_words,
        bring_in_plain_words,
        _rules("procedure", "version", writings=_rules("number")),
        stands_on=needs.of_plain_words,
    ),
    Kind(
        "life-events",
        _("Sự kiện đời sống"),
        carried_people.CarriedLifeEvent,
        carried_people.carried_life_events,
        bring_in_life_events,
        _rules("code", taken="name introduction position search_key content_hash steps"),
    ),
    Kind(
        "service-levels",
        _("Mức độ dịch vụ công trực tuyến"),
        carried_people.CarriedLevel,
        carried_people.carried_levels,
        bring_in_levels,
        _LEVEL,
        stands_on=needs.of_level,
    ),
    Kind(
        "service-targets",
        _("Mục tiêu dịch vụ công trực tuyến"),
        carried_people.CarriedTarget,
        carried_people.carried_targets,
        bring_in_targets,
        _rules("year", "metric"),
    ),
    Kind(
        "feedback-addresses",
        _("Địa chỉ phản ánh, kiến nghị"),
        CarriedFeedbackAddress,
        carried_feedback_addresses,
        bring_in_feedback_addresses,
        _rules("unit", "valid_from", ended=_PERIOD),
        stands_on=needs.of_unit,
    ),
    Kind(
        "hourly-incomes",
        _("Thu nhập bình quân một giờ"),
        carried.CarriedIncome,
        carried.carried_incomes,
        bring_in_incomes,
        _rules("valid_from"),
    ),
    Kind(
        "search-words",
        _("Từ đồng nghĩa để tìm"),
        carried.CarriedSynonym,
        carried.carried_synonyms,
        _teach,
        _rules("term", "expansion"),
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
