"""Parts of the site that many visitors look at: a board, a petition's office, surveys."""

import uuid

from motcua.dossiers.models import Dossier
from motcua.posting.commands.confirm import Posted, confirm_put_up
from motcua.posting.commands.confirm import Told as PostingTold
from motcua.posting.models import PostingConfirmation
from motcua.rules.posting import PostingKind
from motcua.rules.surveys import SurveyState
from motcua.surveys.models import Survey
from tests.make import (
    MONDAY,
    Office,
)
from tests.petitions.making import Staff
from tests.posting.boards import make_photo
from tests.surveys.making import invite, make_survey_in

SURVEY_CODE = "khaosatmotcu"


def posted(office: Office) -> PostingConfirmation:
    """What the desk of the dossiers confirmed of its board, with a photo."""
    return confirm_put_up(
        key=uuid.uuid4(),
        unit=office.offering.receiving_unit,
        posted=[Posted(office.offering.procedure.code, 1)],
        told=PostingTold(PostingKind.BOARD, MONDAY.date(), shows_feedback=True, photo=make_photo()),
        actor=office.reception,
        at=MONDAY,
    )


def handling(office: Office) -> Staff:
    """Those of the competent unit who deal with petitions there."""
    unit = office.offering.competent_unit
    return Staff(unit, office.reception, office.dispatcher, office.officer, office.signer)


def surveyed(dossier: Dossier, office: Office) -> dict[SurveyState, Survey]:
    """A survey in each state, of the competent unit as if it were a province; the open one asks about `dossier`."""
    made = {state: make_survey_in(state, office.offering.competent_unit, office.signer) for state in SurveyState}
    invite(made[SurveyState.OPEN], dossier, SURVEY_CODE)
    return made
