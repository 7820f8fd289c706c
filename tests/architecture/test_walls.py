"""The login wall: what a stranger may open is on this list, and nothing else is open."""

import pytest

from tests.architecture.asking import Ask, Outcome, outcome_of
from tests.architecture.asking_api import methods
from tests.architecture.site import STRANGER, Site, routes
from tests.architecture.test_permission_matrix import ROWS

pytestmark = pytest.mark.django_db

CLOSED = {Outcome.LOGIN, Outcome.MOVED, Outcome.UNAUTHORISED, Outcome.NOT_FOUND, Outcome.NOT_ALLOWED}
PUBLIC = {
    "portal:home",
    "portal:search",
    "portal:suggest",
    "portal:sectors",
    "portal:sector",
    "portal:procedure",
    "portal:procedure-json",
    "portal:procedure-csv",
    "portal:procedure-json-ld",
    "portal:history",
    "portal:past-version",
    "portal:checklist",
    "portal:checklist-pdf",
    "portal:blank-form",
    "portal:choose-place",
    "portal:open-data",
    "portal:open-data-csv",
    "portal:open-data-jsonl",
    "portal:sitemap",
    "portal:robots",
    "portal:desks",
    "portal:guide",
    "portal:accessibility",
    "portal:privacy",
    "portal:look-up",
    "portal:my-dossiers",
    "portal:visits",
    "portal:news",
    "portal:news-archive",
    "portal:news-year",
    "portal:news-month",
    "portal:news-day",
    "portal:news-section",
    "portal:news-section-feed",
    "portal:news-feed",
    "portal:article",
    "portal:news-photo",
    "portal:petitions",
    "portal:send-petition",
    "portal:petition-contacts",
    "portal:petition-notice",
    "portal:look-up-petition",
    "portal:published-answer",
    "portal:surveys",
    "portal:survey",
    "portal:survey-sheet",
    "account_login",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "api-1:openapi-json",
    "api-1:openapi-view",
    "api-1:search_procedures",
    "api-1:read_procedure",
    "api-1:read_national_record",
    "api-1:list_desks",
    "api-1:read_declaration",
    "api-1:check_declaration",
    "api-1:read_earliest_result",
    "api-1:list_linked_groups",
    "api-1:read_public_status",
    "api-1:read_petition_status",
    "api-1:list_published_answers",
    "demo:sign-ins",
    "demo:outbox",
    "demo:style-guide",
}
"""Pages that hold nothing of anybody: what the province offers, how to sign in, the demonstration's own."""


def asks_of(route: str) -> list[Ask]:
    """Ask a route by both methods, an operation of the API by its own, with the dossier the matrix names for it."""
    status = next((row.ask.status for row in ROWS if row.ask.route == route), None)
    asked = [methods()[route]] if route in methods() else ["GET", "POST"]
    return [Ask(route=route, method=method, status=status) for method in asked]


@pytest.mark.parametrize("route", sorted(set(routes()) - PUBLIC))
def test_a_stranger_gets_no_page_past_the_wall(route: str, site: Site) -> None:
    met = {ask.method: outcome_of(site, site.visitors[STRANGER], ask) for ask in asks_of(route)}

    assert {method: outcome for method, outcome in met.items() if outcome not in CLOSED} == {}


@pytest.mark.parametrize("route", sorted(PUBLIC))
def test_a_public_page_opens_for_a_stranger(route: str, site: Site) -> None:
    assert outcome_of(site, site.visitors[STRANGER], asks_of(route)[0]) is Outcome.OK


@pytest.mark.parametrize("route", sorted(name for name in routes() if name.startswith("workspace:")))
def test_the_workspace_is_closed_to_whoever_has_no_second_factor(route: str, site: Site) -> None:
    visitor = site.visitors["RECEPTION_OFFICER"]
    session = visitor.client.session
    del session["has_second_factor"]
    session.save()

    assert {outcome_of(site, visitor, ask) for ask in asks_of(route)} == {Outcome.MOVED}
