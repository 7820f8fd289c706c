"""Prepare a publication decision, so that the demonstration shows a draft to build on."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.commands.publication_drafts import (
    NewProcedure,
    Occasion,
    add_new_procedure,
    begin_decision,
    write_content,
)
from motcua.catalogue.definitions import ChannelDefinition, Content, PaperDefinition, ResultDefinition, TermsDefinition
from motcua.catalogue.models import PublicationLine, Sector
from motcua.demo.publication_definitions import PublicationDefinition, publication
from motcua.organisations.models import Unit
from motcua.rules.time_limits import parse_time_limit

_KEY = uuid.UUID("6f0f3f0a-6c7c-4f57-9f0a-2d2f1d1c0a01")
_PROVINCE, _OFFICER = "H18", "kiemsoat"
_LEVEL = "COMMUNE"
_DAYS_AHEAD = 30


def load_publication(*, units: Mapping[str, Unit], at: datetime) -> None:
    """Prepare the decision of data/publication.yaml; one that stands already is left alone."""
    definition, actor = publication(), User.objects.get(username=_OFFICER)
    if PublicationLine.objects.filter(procedure__code=definition.procedure.code).exists():
        return
    effective_on = timezone.localdate(at) + timedelta(days=_DAYS_AHEAD)
    occasion = Occasion(definition.title, definition.norm, effective_on)
    decision = begin_decision(key=_KEY, issuer=units[_PROVINCE], occasion=occasion, actor=actor, at=at)
    said = definition.procedure
    sector = Sector.objects.get(name=said.sector)
    wanted = NewProcedure(code=said.code, title=said.title, sector=sector, level=_LEVEL)
    line = add_new_procedure(decision=decision, wanted=wanted, actor=actor, at=at)
    write_content(line=line, content=_content(definition), note="", actor=actor, at=at)


def _content(definition: PublicationDefinition) -> Content:
    said = definition.procedure
    return Content(
        title=said.title,
        level=_LEVEL,
        terms=TermsDefinition(
            limit=parse_time_limit(said.limit), limit_text=said.limit, fee_vnd=0, fee_basis=said.fee_basis
        ),
        papers=tuple(PaperDefinition(name, originals=1) for name in said.papers),
        channels=tuple(ChannelDefinition(method) for method in ("ONLINE", "DIRECT", "POSTAL")),
        results=tuple(ResultDefinition(name) for name in said.results),
        declaration=definition.declaration,
        online_level="PARTIAL",
        deciding_agency=said.agency,
        implementing_agencies=(said.agency,),
        receiving_address=said.place,
        subjects=said.subjects,
        steps=said.steps,
        legal_basis=(definition.norm,),
    )
