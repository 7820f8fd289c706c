"""Those who look at pages: a dossier in every status, a draft that a guest has begun, and everybody's session."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from playwright.sync_api import Browser

from motcua.accounts.models import User
from motcua.documents.models import IssuedDocument
from motcua.dossiers.models import Dossier
from motcua.province_setup.models import ConfigurationPackage
from motcua.province_setup.queries import code_of
from motcua.rules.transitions import Status
from motcua.surveys.models import Survey
from tests.architecture.site import URLS
from tests.journeys.looking import complaints
from tests.journeys.pages import VISITS
from tests.journeys.province import BIRTH, SURVEY_CODE, SURVEYS
from tests.journeys.stage import dossier_in, permit_at, person
from tests.journeys.visitor import SCREEN, Visitor, session_of, visitor_at, with_session
from tests.journeys.visits import FORM_01, GUEST, OUR_PACKAGE, STRANGE_PACKAGE, STRANGER, Visit
from tests.surveys.making import invite

_ORIGINS = {OUR_PACKAGE: "MADE", STRANGE_PACKAGE: "RECEIVED"}


@dataclass(frozen=True, slots=True)
class Cast:
    """`codes` are the public codes of the dossiers, `permits` those of building permits by their open step.

    `sessions` and `at_work` belong to whoever looks.
    """

    codes: dict[Status, str]
    permits: dict[str, str]
    guest_draft: str
    sessions: dict[str, str]
    at_work: dict[str, Visitor] = field(default_factory=dict)

    def address(self, visit: Visit) -> str:
        """Where the visit leads."""
        kwargs = dict(visit.kwargs)
        if visit.of:
            is_begun_here = visit.who == GUEST and visit.of is Status.DRAFT
            kwargs["code"] = self.guest_draft if is_begun_here else self.codes[visit.of]
        if visit.step:
            kwargs["code"] = self.permits[visit.step]
        if kwargs.get("pk") == FORM_01:
            reference = Dossier.objects.get(status=Status.ACCEPTED).reference
            kwargs["pk"] = IssuedDocument.objects.get(subject=reference).pk
        if kwargs.get("code") in _ORIGINS:
            origin = _ORIGINS[str(kwargs["code"])]
            kwargs["code"] = code_of(ConfigurationPackage.objects.filter(origin=origin).earliest("at"))
        return reverse(visit.route, urlconf=URLS, kwargs=kwargs) + visit.query

    def enter(self, visit: Visit, new: Callable[[], Visitor]) -> Visitor:
        """Give whoever makes the visit their browser: kept from page to page, unless the visit spoils it."""
        if visit.apart:
            return with_session(new(), self.sessions[visit.who]) if visit.who else new()
        return self.at_work[visit.who]


def assemble(browser: Browser, site: str) -> Cast:
    """Make the dossiers, begin the guest's draft, and open everybody's session."""
    User.objects.create_user(username=STRANGER, email="moi@example.com", full_name="Sùng A Mới")
    codes = {status: dossier_in(status).public_code for status in Status}
    ask_in_open_survey(codes[Status.RETURNED])
    permits = {step: permit_at(step).public_code for step in {visit.step for visit in VISITS} - {""}}
    guest = visitor_at(browser, site)
    begun = _begun_by(guest)
    sessions = {who: session_of(person(who)) for who in {visit.who for visit in VISITS} - {GUEST}}
    at_work = {who: with_session(visitor_at(browser, site), session) for who, session in sessions.items()}
    return Cast(codes, permits, begun, sessions, at_work | {GUEST: guest})


def ask_in_open_survey(code: str) -> None:
    """Have the open survey ask about the dossier of that code, under a code of its own that the pages know."""
    invite(Survey.objects.get(key=SURVEYS["OPEN"]), Dossier.objects.get(code=code), SURVEY_CODE)


def look_at(cast: Cast, visit: Visit, new: Callable[[], Visitor]) -> list[str]:
    """Make the visit; return what is wrong with what is met."""
    visitor = cast.enter(visit, new)
    visitor.page.set_viewport_size(SCREEN)
    visitor.open(cast.address(visit))
    if visit.then:
        visit.then(visitor)
    met = [] if visitor.answers[-1] == visit.answer else [f"answered {visitor.answers[-1]}, not {visit.answer}"]
    found = [*met, *complaints(visitor), *visitor.faults]
    visitor.faults.clear()
    return found


def _begun_by(guest: Visitor) -> str:
    guest.open(f"/thu-tuc/{BIRTH}/nop/")
    guest.page.get_by_label("Nộp tại").select_option(index=1)
    guest.press("Bắt đầu")
    guest.page.wait_for_url("**/nguoi-nop/")
    return guest.path().split("/")[2]
