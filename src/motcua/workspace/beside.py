"""What stands around a dossier on its pages: who else is there, and wording to fill in."""

from typing import Any

from motcua.dossiers.commands.open_dossier import note_opening
from motcua.dossiers.queries.beside import PhraseLine, phrases_for
from motcua.dossiers.queries.dossier_page import DossierPage
from motcua.dossiers.queries.presence import PRESENT_FOR, others_at
from motcua.rules.papers import CheckState
from motcua.rules.transitions import Action
from motcua.workspace.officer import Officer
from motcua.workspace.printed_list import presence_badges

PLACES = ("{nguoi_nop}", "{ma}", "{thu_tuc}", "{giay_to}")
"""What wording may leave open: the applicant's name, the dossier's code, the procedure, the papers not yet right."""
_RIGHT = frozenset({CheckState.PRESENT, CheckState.NOT_NEEDED})


def opened(officer: Officer, page: DossierPage, act: Action | None = None) -> dict[str, Any]:
    """Note that the official has the dossier open, with the form of `act` or to read, and say who else has."""
    at = officer.at
    note_opening(dossier=page.dossier, officer=officer.user, act=act, at=at, fresh=at - PRESENT_FOR)
    others = others_at(page.dossier.pk, actor_id=officer.user.pk, at=at)
    return {"present": presence_badges(others, at), "act_open": act.value if act else ""}


def filled_phrases(officer: Officer, page: DossierPage, act: Action) -> list[tuple[PhraseLine, str]]:
    """Return the wording for `act`, each with its words as they read for this dossier."""
    found = phrases_for(page.dossier, act, officer.grants)
    return [(line, fill(line.text, page)) for line in found]


def fill(text: str, page: DossierPage) -> str:
    """Write into `text` what it leaves open."""
    papers = [line.name for line in page.papers if line.is_required and line.state not in _RIGHT]
    values = (page.dossier.applicant.full_name, page.dossier.public_code, page.procedure_name, "; ".join(papers))
    for place, value in zip(PLACES, values, strict=True):
        text = text.replace(place, value)
    return text
