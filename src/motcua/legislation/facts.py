"""What the rules need to know of the register."""

from collections.abc import Mapping

from django.conf import settings
from django.db.models import Q

from motcua.legislation.models import DocumentRelation, LegalDocument
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.legal_effect import Course, courses
from motcua.rules.vietnamese import search_key


def reckoned_courses() -> Mapping[int, Course]:
    """Return the course of every document in the register, by its pk, from what was entered (J-04)."""
    documents = LegalDocument.objects.only("pk", "effective_from", "effective_until", "end_reason", "is_declared_valid")
    return courses(
        (document.as_rule() for document in documents), (one.as_rule() for one in DocumentRelation.objects.all())
    )


def keeping_unit_ids() -> frozenset[int]:
    """Return the ids of the provinces, where the register is kept."""
    return frozenset(Unit.objects.filter(kind=UnitKind.PROVINCE, dissolved_on=None).values_list("pk", flat=True))


def own_territories() -> list[str]:
    """Return the territories in the register whose documents hold here: none, the province, and provinces it took over.

    After a merger the documents of a former province go on in its former territory (J-04, Art 54.2b).
    """
    own = Q(code=settings.PROVINCE_UNIT_CODE)
    before = Q(successions__successor__code=settings.PROVINCE_UNIT_CODE)
    ours = {_bare(key) for key in Unit.objects.filter(own | before).values_list("search_key", flat=True)}
    named = LegalDocument.objects.order_by().values_list("territory", flat=True).distinct()
    return [territory for territory in named if territory == "" or _bare(search_key(territory)) in ours]


def _bare(key: str) -> str:
    """Return the search key of a province without the word for what it is, which texts often leave out."""
    return key.removeprefix("tinh ").removeprefix("thanh pho ")
