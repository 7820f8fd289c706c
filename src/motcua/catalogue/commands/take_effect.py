"""Let procedures be called and found by what they say from the day on which a new version takes effect."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from motcua.catalogue.commands.count_words import count_words
from motcua.catalogue.commands.shelf import Edition, Shelf
from motcua.catalogue.contents import content_of
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.publication_facts import definition_of

_LOOKS_BACK: Final = timedelta(days=31)  # so long may the program have stood still


@transaction.atomic
def name_what_takes_effect(*, at: datetime) -> int:
    """Give procedures the title and the search words of the version in force at `at`, and return how many changed.

    What changes is derived from published versions, whose publication is the event. Doing it again changes nothing.
    """
    on, shelf = timezone.localdate(at), Shelf()
    begun = ProcedureVersion.objects.on(on).filter(valid_from__gt=on - _LOOKS_BACK)
    begun = begun.prefetch_related("papers", "channels", "results").order_by("procedure")
    rows = Procedure.objects.select_for_update(of=("self",)).select_related("sector").order_by("pk")
    procedures = {row.pk: row for row in rows.filter(pk__in=[version.procedure_id for version in begun])}
    changed = 0
    for version in begun:
        procedure = procedures[version.procedure_id]
        was = (procedure.title, procedure.search_extra, procedure.search_standing)
        definition = definition_of(procedure, content_of(version))
        edition = Edition(definition, version.valid_from, version, is_handmade=version.is_handmade)
        shelf.describe(edition, procedure, on)
        changed += was != (procedure.title, procedure.search_extra, procedure.search_standing)
    if changed:
        count_words()
    return changed
