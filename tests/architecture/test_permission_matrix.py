"""Who meets what on every route: the table in permission_matrix.txt, asked row by row, and heard in English."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

import motcua
from motcua.rules.permissions import AT_THE_DESK, OVER_THE_UNIT, ROLE_FOR, Role
from motcua.rules.transitions import Action, Status
from motcua.ui.assets import compile_catalogues
from motcua.workspace.printed import ACT_ROUTES
from tests.architecture.asking import Ask, Outcome, asked, outcome_in
from tests.architecture.asking_api import methods
from tests.architecture.site import CITIZEN, OWNER, STRANGER, URLS, Site, routes
from tests.architecture.speech import Speech, speech_of, vietnamese_of_ours

pytestmark = pytest.mark.django_db

PACKAGE = Path(motcua.__file__).parent
TABLE = Path(__file__).with_name("permission_matrix.txt")
VISITORS = [STRANGER, CITIZEN, OWNER, *(role.value for role in Role), *(f"foreign {role.value}" for role in Role)]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    ask: Ask
    expected: dict[str, Outcome]


def _row(line: str) -> Row:
    route, method, status, citizens, own, elsewhere = line.split()
    letters = citizens + own + (elsewhere * len(Role) if len(elsewhere) == 1 else elsewhere)
    ask = Ask(route=route, method=method, status=None if status == "-" else Status(status))
    return Row(ask=ask, expected=dict(zip(VISITORS, map(Outcome, letters), strict=True)))


ROWS = [_row(line) for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]


def test_every_route_of_the_site_stands_in_the_table() -> None:
    listed = {row.ask.route for row in ROWS}

    assert sorted(set(routes()) - listed) == [], "say in permission_matrix.txt who may open these"
    assert sorted(listed - set(routes())) == [], "these routes are gone"


def test_every_operation_of_the_api_is_asked_by_its_own_method() -> None:
    asked = {(row.ask.route, row.ask.method) for row in ROWS}

    assert sorted(set(methods().items()) - asked) == []


def test_every_route_has_a_name_of_its_own() -> None:
    assert [name for name in routes() if name.endswith("None")] == []


def is_for_visitors(route: str) -> bool:
    """Leave out samples for people who draw pages, and pages for programmers."""
    return route != "demo:style-guide" and not route.startswith("api-")


@pytest.fixture(scope="module")
def site_in_english(site: Site) -> Site:
    """The site with its English compiled, for visitors who choose it."""
    compile_catalogues(PACKAGE)
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]  # noqa: SLF001  # read before they were compiled
    return site


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.ask.method} {row.ask.route}")
def test_each_visitor_meets_what_the_table_says_and_all_of_it_in_english(row: Row, site_in_english: Site) -> None:
    met: dict[str, Outcome] = {}
    heard: dict[Outcome, Speech | None] = {}
    for name in VISITORS:
        visitor = site_in_english.visitors[name]
        visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        with asked(site_in_english, visitor, row.ask) as answer:
            met[name] = outcome_in(answer)
            if met[name] not in heard and is_for_visitors(row.ask.route):
                heard[met[name]] = speech_of(answer)

    different = {
        name: f"{met[name].name}, not {row.expected[name].name}" for name in VISITORS if met[name] != row.expected[name]
    }
    assert different == {}
    pages = {outcome: speech for outcome, speech in heard.items() if speech is not None}
    assert {outcome: speech.language for outcome, speech in pages.items() if speech.language != "en"} == {}
    left = {outcome: vietnamese_of_ours(speech.said) for outcome, speech in pages.items()}
    assert {outcome: said for outcome, said in left.items() if said} == {}


def test_the_walk_hears_vietnamese(site: Site) -> None:
    """The same pages in Vietnamese are full of it, so the walk above would notice."""
    visitor = site.visitors[STRANGER]
    visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"

    with asked(site, visitor, Ask(route="portal:home", method="GET", status=None)) as answer:
        speech = speech_of(answer)

    assert speech is not None
    assert speech.language == "vi"
    assert len(vietnamese_of_ours(speech.said)) > 10


@pytest.mark.parametrize("fields", [{}, {"preview": "1"}], ids=["empty", "preview"])
@pytest.mark.parametrize("action", ACT_ROUTES)
def test_a_form_to_be_repaired_shows_nobody_a_dossier_they_may_not_see(
    action: Action, fields: dict[str, str], site: Site
) -> None:
    dossier = site.dossiers[Status.RETURNED]
    address = reverse(ACT_ROUTES[action], urlconf=URLS, args=[dossier.public_code])
    page = reverse("workspace:dossier", urlconf=URLS, args=[dossier.public_code])
    person = dossier.applicant
    theirs = (person.full_name, person.citizen_id, person.phone, "Vàng A Páo")
    unseen = {role for role in set(ROLE_FOR.values()) if site.colleagues[role].client.get(page).status_code == 404}
    told = {}

    for role in unseen:
        with transaction.atomic():
            answer = site.colleagues[role].client.post(address, {"version": dossier.version, **fields})
            transaction.set_rollback(True)
        assert not any(word in answer.content.decode() for word in theirs), role
        told[role] = answer.status_code

    assert unseen == set(ROLE_FOR.values()) - AT_THE_DESK - OVER_THE_UNIT
    assert set(told.values()) <= {403, 409}
