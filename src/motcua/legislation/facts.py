"""What the rules need to know of the register."""

from collections.abc import Mapping

from django.conf import settings
from django.db.models import Q

from motcua.legislation.models import DocumentRelation, LegalDocument
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.legal_effect import Course, courses

_NAMED_BY_KIND = ("Tỉnh ", "Thành phố ", "tỉnh ", "thành phố ")


def reckoned_courses() -> Mapping[int, Course]:
    """Return the course of every document in the register, by its pk, from what was entered (J-04)."""
    documents = LegalDocument.objects.only("pk", "effective_from", "effective_until", "end_reason", "is_declared_valid")
    return courses(
        (document.as_rule() for document in documents), (one.as_rule() for one in DocumentRelation.objects.all())
    )


def keeping_unit_ids() -> frozenset[int]:
    """Return the ids of the provinces, where the register is kept."""
    return frozenset(Unit.objects.filter(kind=UnitKind.PROVINCE, dissolved_on=None).values_list("pk", flat=True))


def own_territories() -> frozenset[str]:
    """Return the territories whose documents hold here: none in particular, the province, and those it took over.

    After a merger the documents of a former province go on in its former territory (J-04, Art 54.2b).
    """
    own = Q(code=settings.PROVINCE_UNIT_CODE)
    before = Q(successions__successor__code=settings.PROVINCE_UNIT_CODE)
    names = Unit.objects.filter(own | before).values_list("name", flat=True)
    return frozenset({"", *names, *(_bare(name) for name in names)})


def _bare(name: str) -> str:
    for word in _NAMED_BY_KIND:
        name = name.removeprefix(word)
    return name
