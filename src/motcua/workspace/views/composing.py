"""The parts of a draft version side by side: what each says and still lacks (C-03)."""

import uuid

from django.http import Http404, HttpRequest, HttpResponseBase

from motcua.catalogue.models import Procedure, PublicationLine
from motcua.catalogue.process_pages import versions
from motcua.catalogue.publication_facts import declaration_before
from motcua.rules.publication import WITH_CONTENT, DecisionAct, DecisionState, Extent
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_composing import composed_parts
from motcua.workspace.views.publication import page_of
from motcua.workspace.views.publication_lines import card_of


@officers_only
def compose(request: HttpRequest, officer: Officer, key: uuid.UUID, procedure: str) -> HttpResponseBase:
    """Show the parts of a draft with what each still lacks, and lead to each."""
    page = page_of(officer, key)
    card = card_of(page, procedure)
    if card.kind not in WITH_CONTENT or card.content is None:
        raise Http404
    lines = PublicationLine.objects.select_related("based_on")
    before = declaration_before(lines.get(decision=page.decision, procedure__code=procedure))
    processes = versions(Procedure.objects.get(code=procedure))
    context = {
        "decision": page.decision,
        "card": card,
        "parts": composed_parts(page.decision.key, card, before, processes),
        "may_edit": DecisionAct.EDIT in page.acts,
        "is_list": card.extent is Extent.LIST,
        "is_draft": page.state is not DecisionState.PUBLISHED,
    }
    return show(request, officer, "workspace/publication/compose.html", context)
