"""What is known of versions and their parts as the rules about completeness need it (C-03), many at a time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import BooleanField, Count, Expression, ExpressionWrapper, Q
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.facts import process_office
from motcua.catalogue.models import Channel, ExpectedResult, NoneDeclaration, ProcedureVersion, RequiredPaper
from motcua.rules.entrusting_processes import ProcessAct, may_keep_process
from motcua.rules.procedure_parts import Part, PartsFacts

_SAYS_LIMIT: Final = Q(limit_amount__isnull=False) | ~Q(limit_text="")
_SAYS_FEE: Final = Q(fee_vnd__isnull=False) | ~Q(fee_text="")
_NAMES_FEE_BASIS: Final = ~Q(fee_basis="")
_UNFOUNDED: Final = (Q(fee_vnd__gt=0) | ~Q(fee_currency="VND")) & Q(fee_basis="")

# Each part that the row itself fills, by the condition on the row.
_FILLED: Final = {
    Part.NAME: ~Q(title=""),
    Part.STEPS: Q(steps__len__gt=0),
    Part.SETS: Q(set_count__gt=0),
    Part.LIMIT: _SAYS_LIMIT,
    Part.SUBJECTS: Q(subjects__len__gt=0),
    Part.AGENCIES: ~Q(deciding_agency="") & Q(implementing_agencies__len__gt=0),
    Part.FORMS: ~Q(declaration=[]),
    Part.CONDITIONS: ~Q(conditions=""),
    Part.FEES: _SAYS_FEE,
    Part.LEGAL_BASIS: Q(legal_basis__len__gt=0),
}
_HAS_FILE: Final = Q(form_files__len__gt=0)


def parts_facts(versions: Iterable[int]) -> dict[int, PartsFacts]:
    """Return what is known of the versions of those keys, in five queries however many there are."""
    keys = list(versions)
    papers, channels, results, nones = _papers(keys), _channels(keys), _results(keys), _nones(keys)
    rows = ProcedureVersion.objects.filter(pk__in=keys).values_list(
        "pk",
        "limit_needs_review",
        "fee_needs_review",
        "names_abolished_body",
        _is(_UNFOUNDED),
        _is(_NAMES_FEE_BASIS),
        *(_is(condition) for condition in _FILLED.values()),
    )
    facts: dict[int, PartsFacts] = {}
    for pk, limit_unread, fee_unread, names_abolished_body, is_unfounded, names_basis, *filled in rows:
        paper_count, form_count, fileless = papers.get(pk, (0, 0, 0))
        channel_count, limits, fees, unfounded, bases = channels.get(pk, (0, 0, 0, 0, 0))
        beside = {
            Part.MANNER: channel_count,
            Part.PAPERS: paper_count,
            Part.FORMS: form_count,
            Part.RESULT: pk in results,
            Part.LIMIT: limits,
            Part.FEES: fees,
        }
        facts[pk] = PartsFacts(
            filled=frozenset(part for part, is_filled in zip(_FILLED, filled, strict=True) if is_filled)
            | frozenset(part for part, count in beside.items() if count),
            declared_none=frozenset(nones.get(pk, ())),
            is_limit_understood=not limit_unread,
            is_fee_understood=not fee_unread,
            unfounded_fees=0 if names_basis else bool(is_unfounded) + unfounded,  # no amount at all is None
            names_fee_basis=names_basis or bases > 0,
            forms_without_file=fileless,
            names_abolished_body=names_abolished_body,
        )
    return facts


def may_declare(version: ProcedureVersion, actor: User, at: datetime) -> bool:
    """Tell whether `actor` may say what `version` has none of; needs `version.procedure` loaded."""
    on = timezone.localdate(at)
    office = process_office(version.procedure, None, on)
    return may_keep_process(ProcessAct.DRAFT, office, grants_of(actor, on), on=on)


def _is(condition: Q) -> Expression:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _papers(keys: list[int]) -> dict[int, tuple[int, int, int]]:
    rows = RequiredPaper.objects.filter(version__in=keys).values("version").order_by()
    counted = rows.annotate(
        papers=Count("pk", filter=Q(is_note=False)),
        forms=Count("pk", filter=~Q(form_no="") | _HAS_FILE),
        fileless=Count("pk", filter=~Q(form_no="") & Q(form_files=[])),
    )
    return {pk: tuple(counts) for pk, *counts in counted.values_list("version", "papers", "forms", "fileless")}


def _channels(keys: list[int]) -> dict[int, tuple[int, int, int, int, int]]:
    rows = Channel.objects.filter(version__in=keys).values("version").order_by()
    counted = rows.annotate(
        every=Count("pk"),
        limits=Count("pk", filter=_SAYS_LIMIT),
        fees=Count("pk", filter=_SAYS_FEE),
        unfounded=Count("pk", filter=_UNFOUNDED),
        bases=Count("pk", filter=_NAMES_FEE_BASIS),
    )
    counts_of = counted.values_list("version", "every", "limits", "fees", "unfounded", "bases")
    return {pk: tuple(counts) for pk, *counts in counts_of}


def _results(keys: list[int]) -> frozenset[int]:
    return frozenset(ExpectedResult.objects.filter(version__in=keys).values_list("version", flat=True))


def _nones(keys: list[int]) -> dict[int, set[Part]]:
    nones: dict[int, set[Part]] = {}
    for pk, part in NoneDeclaration.objects.filter(version__in=keys).values_list("version", "part"):
        nones.setdefault(pk, set()).add(Part(part))
    return nones
