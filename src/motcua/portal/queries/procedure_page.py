"""Everything a citizen reads of one procedure before filing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.catalogue.commands.plain_words import PlainWords
from motcua.catalogue.models import Channel, PlainSummary, Procedure, ProcedureVersion, RequiredPaper, Workflow
from motcua.catalogue.queries.history import Ending, ending_of
from motcua.catalogue.queries.level_history import LevelsHere, levels_here
from motcua.dossiers.facts import has_known_limit, limit_for
from motcua.dossiers.models import FilingChannel
from motcua.dossiers.queries.earliest import Earliest, earliest_result
from motcua.organisations.models import Unit
from motcua.portal.queries.places import Place, place_meant, places_of
from motcua.rules.time_limits import TimeLimit, format_time_limit
from motcua.ui.wording import dong_in_words


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """One paper to bring."""

    name: str
    originals: int
    copies: int
    form_no: str
    form_files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """The papers of one case; an empty `case` is everybody's."""

    case: str
    papers: tuple[PaperAsked, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to file with its own term and fee in words.

    `promised` is the limit that a promise is counted by where that is not what the way itself says, else empty;
    `length` is the limit understood of the words shown, None: they were not understood.
    """

    method: str
    label: str
    limit: str
    length: TimeLimit | None
    promised: str
    fee: str
    fee_basis: str
    note: str


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """One procedure at one place at one moment. `place` is None until the visitor says where they live.

    `levels` are how far it can be done online at that place, None for a version that is not in force;
    `online_places` are those that take it online. `ending` tells that it is abolished or will be. `is_ahead` tells that
    the version shown is not yet in force, `is_never` that it was to begin when the procedure was already abolished, and
    `ends_on` is the first day without it, None: not known.
    """

    procedure: Procedure
    version: ProcedureVersion
    title: str
    is_in_force: bool
    is_ahead: bool
    is_never: bool
    ends_on: date | None
    ending: Ending | None
    needed: tuple[PaperGroup, ...]
    by_case: tuple[PaperGroup, ...]
    notes: tuple[str, ...]
    ways: tuple[Way, ...]
    ways_are_alike: bool
    limit: str
    fee: str
    results: tuple[str, ...]
    plain: PlainWords
    has_blank_form: bool
    places: tuple[Place, ...]
    place: Place | None
    earliest: Earliest | None
    online_places: tuple[Place, ...]
    levels: LevelsHere | None = None

    @property
    def can_be_filed_online(self) -> bool:
        """Whether it can be filed online at the place meant; before the visitor says where they live, anywhere."""
        return bool(self.online_places) if self.place is None else self.place in self.online_places


def procedure_page(code: str, *, said_place: str, at: datetime) -> ProcedurePage:
    """Return the page of the procedure of that code; raises `Procedure.DoesNotExist`.

    A withdrawn procedure, or one not yet in force, shows its newest version and says so.
    """
    today = timezone.localdate(at)
    procedure = Procedure.objects.select_related("sector", "replaced_by").get(code=code)
    return _page(procedure, _version_shown(procedure, today), said_place, at)


def past_version_page(code: str, number: int, *, at: datetime) -> ProcedurePage:
    """Return what the published version `number` of a procedure says; raises `ProcedureVersion.DoesNotExist`.

    It is there to be read only: no place, no promise and no filing.
    """
    versions = ProcedureVersion.objects.filter(published_at__isnull=False)
    version = versions.select_related("procedure__sector", "procedure__replaced_by").get(
        procedure__code=code, number=number
    )
    return replace(_page(version.procedure, version, "", at), places=(), place=None, earliest=None, online_places=())


def draft_page(code: str, *, at: datetime) -> ProcedurePage:
    """Return what the page will say once the draft of a procedure is published; raises `ProcedureVersion.DoesNotExist`.

    It is there to be read only, by those who prepare it: no place, no promise and no filing.
    """
    versions = ProcedureVersion.objects.select_related("procedure__sector", "procedure__replaced_by")
    version = versions.get(procedure__code=code, published_at=None)
    return replace(_page(version.procedure, version, "", at), ending=None, online_places=())


def _page(procedure: Procedure, version: ProcedureVersion, said_place: str, at: datetime) -> ProcedurePage:
    today = timezone.localdate(at)
    is_in_force = version.is_in_force(today)
    places = places_of(procedure.pk, today) if is_in_force else ()
    served = _served(procedure, places, today)
    place = place_meant(places, said_place)
    papers = list(version.papers.order_by("position"))
    prefetch_related_objects([version], "channels")  # the promise reads them again
    channels = sorted(version.channels.all(), key=lambda channel: channel.position)
    ways = tuple(_way(channel, version) for channel in channels)
    is_online = any(way.method == Channel.Method.ONLINE for way in ways)
    filing_channel = FilingChannel.ONLINE if is_online else FilingChannel.DIRECT
    unit = place.offering.competent_unit if place else None
    results = tuple(version.results.order_by("position").values_list("name", flat=True))
    return ProcedurePage(
        procedure=procedure,
        version=version,
        title=version.short_title or version.title,
        is_in_force=is_in_force,
        is_ahead=today < version.valid_from,
        is_never=procedure.withdrawn_on is not None and procedure.withdrawn_on <= version.valid_from,
        ends_on=min((end for end in (version.valid_until, procedure.withdrawn_on) if end), default=None),
        ending=ending_of(procedure),
        needed=_groups([paper for paper in papers if paper.is_required]),
        by_case=_groups([paper for paper in papers if not paper.is_required and not paper.is_note]),
        notes=tuple(paper.name for paper in papers if paper.is_note),
        ways=ways,
        ways_are_alike=_are_alike(ways, limit_in_words(version.limit, version.limit_text)),
        limit=limit_in_words(version.limit, version.limit_text),
        fee=fee_in_words(version.fee_vnd, version.fee_text),
        results=results,
        plain=_plain_words(version, results, ways),
        has_blank_form=bool(version.declaration),
        places=places,
        place=place,
        earliest=earliest_result(version, filing_channel, unit, at=at) if is_in_force else None,
        levels=levels_here(procedure, _units(place), today, files_online=is_online) if is_in_force else None,
        online_places=served if is_online and has_known_limit(version) else (),
    )


def limit_in_words(limit: TimeLimit | None, text: str) -> str:
    """Return a term as people say it; the original text when it was not understood."""
    if limit is None:
        return text
    return format_time_limit(limit, "en" if get_language() == "en" else "vi")


def fee_in_words(amount: int | None, text: str) -> str:
    """Return a fee as people say it; the original text when it is not one amount."""
    if amount is None:
        return text
    return _("Miễn phí") if amount == 0 else dong_in_words(amount)


def _plain_words(version: ProcedureVersion, results: Sequence[str], ways: Sequence[Way]) -> PlainWords:
    """Return what the control officer wrote of the version; where nothing is written, what its parts tell."""
    written = PlainSummary.objects.filter(version=version).order_by("-number").first()
    purpose = version.summary or (_("Để được cấp: %(results)s") % {"results": "; ".join(results)} if results else "")
    return PlainWords(
        purpose=(written and written.purpose) or purpose,
        who=(written and written.who) or "; ".join(version.subjects),
        how_long=written.how_long if written else "",
        cost=written.cost if written else "",
        place=(written and written.place) or ", ".join(dict.fromkeys(way.label for way in ways)),
    )


def _units(place: Place | None) -> tuple[Unit, ...]:
    return (place.offering.competent_unit, place.offering.receiving_unit) if place else ()


def _version_shown(procedure: Procedure, today: date) -> ProcedureVersion:
    version = procedure.versions.last_shown(today).first()
    if version is None:
        raise Procedure.DoesNotExist
    return version


def _served(procedure: Procedure, places: tuple[Place, ...], today: date) -> tuple[Place, ...]:
    """Return the places where an internal process holds, their own or that for all: elsewhere nothing can be begun."""
    units = (
        set(Workflow.objects.on(today).filter(procedure=procedure).values_list("unit", flat=True)) if places else set()
    )
    return places if None in units else tuple(one for one in places if one.offering.competent_unit_id in units)


def _groups(papers: Sequence[RequiredPaper]) -> tuple[PaperGroup, ...]:
    return tuple(
        PaperGroup(
            case=case,
            papers=tuple(
                PaperAsked(paper.name, paper.originals, paper.copies, paper.form_no, tuple(paper.form_files))
                for paper in group
            ),
        )
        for case, group in groupby(papers, key=lambda paper: paper.case)
    )


def _are_alike(ways: Sequence[Way], limit: str) -> bool:
    """Tell whether no way says anything that the others, and the procedure as a whole, do not."""
    return len({(way.limit, way.fee, way.note) for way in ways}) == 1 and ways[0].limit in {limit, ""}


def _way(way: Channel, version: ProcedureVersion) -> Way:
    says_own = way.limit is not None or bool(way.limit_text)
    length = way.limit if says_own else version.limit
    limit = limit_in_words(length, way.limit_text if says_own else version.limit_text)
    promised = limit_in_words(limit_for(version, way.method), "")
    return Way(
        method=way.method,
        label=way.get_method_display(),
        limit=limit,
        length=length,
        promised="" if promised == limit else promised,
        fee=fee_in_words(way.fee_vnd, way.fee_text) or fee_in_words(version.fee_vnd, version.fee_text),
        fee_basis=way.fee_basis or version.fee_basis,
        note=way.note,
    )
