"""How each route is asked: with which codes in its address and what in its form."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.province_setup.queries import code_of
from motcua.rules.drafting import DraftState
from motcua.rules.permissions import Role
from motcua.rules.publication import DecisionState
from motcua.rules.surveys import SurveyState
from motcua.rules.transitions import Status
from tests.architecture.asking_api import ask_api, methods
from tests.architecture.asking_forms import FORMS
from tests.architecture.asking_groups import (
    OF_A_BOARD,
    OF_A_DESK,
    OF_A_DRAFT_ARTICLE,
    OF_A_DRAFT_PUBLICATION,
    OF_A_JOB,
    OF_A_KIT,
    OF_A_LAW,
    OF_A_LEGAL_DRAFT,
    OF_A_LEVEL,
    OF_A_LINE,
    OF_A_PACKAGE,
    OF_A_PETITION,
    OF_A_PLAN,
    OF_A_POSTING,
    OF_A_PROCEDURE,
    OF_A_PROCESS,
    OF_A_REVIEW,
    OF_AN_ARTICLE,
    OF_AN_OPEN_SURVEY,
)
from tests.architecture.site import URLS, Site, Visitor
from tests.architecture.site_parts import SURVEY_CODE
from tests.documents.make_files import image_bytes, pdf_bytes


class Outcome(StrEnum):
    """What a visitor meets; the letter stands in the table."""

    OK = "o"
    LOGIN = "L"
    MOVED = "m"
    FORBIDDEN = "f"
    NOT_FOUND = "n"
    CONFLICT = "c"
    NOT_ALLOWED = "a"
    UNAUTHORISED = "u"
    TO_REPAIR = "r"


_BY_STATUS = {
    200: Outcome.OK,
    201: Outcome.OK,
    401: Outcome.UNAUTHORISED,
    403: Outcome.FORBIDDEN,
    404: Outcome.NOT_FOUND,
    405: Outcome.NOT_ALLOWED,
    409: Outcome.CONFLICT,
    422: Outcome.TO_REPAIR,
}
_REVIEW = {"year": 2026, "number": 1}
_FROM_PAPER = ("workspace:enter-from-paper", "workspace:decline-from-paper", "workspace:ask-from-paper")
_DAY = {"year": 2026, "month": 3, "day": 2}
_SENT = {
    "key": "7b1c3c52-6d0e-4f0b-8a5e-3f6a0a8c9b77",
    "text": "Quầy số 2 trả kết quả chậm.",
    "full_name": "Lò Thị Ban",
    "phone": "0912345678",
}
BRANCHED = {
    "workspace:pass-on": "pass_on",
    "workspace:assign-leg": "finish_leg",
    "workspace:finish-leg": "finish_leg",
    "workspace:approve-draft": "approve",
    "workspace:give-back-draft": "approve",
    "workspace:settle-at-once": "at_once",
}
"""Acts on dossiers whose process branches, or whose result is given out on the spot."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One route, the method, and the status of the dossier its address names (None: it names none)."""

    route: str
    method: str
    status: Status | None


def outcome_of(site: Site, visitor: Visitor, ask: Ask) -> Outcome:
    """Ask as `visitor`, undo whatever came of it, and tell what was met."""
    with asked(site, visitor, ask) as answer:
        return outcome_in(answer)


@contextmanager
def asked(site: Site, visitor: Visitor, ask: Ask) -> Iterator[HttpResponseBase]:
    """Ask as `visitor` and hand over the answer; whatever came of it is undone at the end."""
    with transaction.atomic():
        answer = _answer(site, visitor, ask)
        yield answer
        answer.getvalue()  # reads a file to its end, which closes it
        transaction.set_rollback(True)


def _answer(site: Site, visitor: Visitor, ask: Ask) -> HttpResponseBase:
    if ask.route in methods():
        return ask_api(site, visitor, ask.route, ask.method, ask.status)
    address = reverse(ask.route, urlconf=URLS, kwargs=_kwargs(site, ask))
    if ask.method == "POST":
        return visitor.client.post(address, _form(site, ask))
    return visitor.client.get(address)


def outcome_in(answer: HttpResponseBase) -> Outcome:
    """Tell what was met by the answer."""
    if answer.status_code in {301, 302, 303}:
        is_sign_in = answer.headers["Location"].startswith("/tai-khoan/login/?next=")
        return Outcome.LOGIN if is_sign_in else Outcome.MOVED
    return _BY_STATUS[answer.status_code]


def _kwargs(site: Site, ask: Ask) -> dict[str, Any]:
    """Return the codes of the address: those of one route, then those every route of that shape takes."""
    offering, drafted = site.office.offering, site.publications[DecisionState.DRAFT]
    own: dict[str, dict[str, Any]] = {
        "workspace:end-absence": {"pk": 1},
        **{route: {"pk": 1} for route in ("workspace:drop-filter", "workspace:drop-phrase")},
        "workspace:order-bulk": {"act": "MEMO"},
        **{route: {"key": site.job.key} for route in OF_A_JOB},
        **{route: {"code": site.law.code} for route in OF_A_LAW},
        **{route: {"key": site.legal_drafts[DraftState.DRAFT].key} for route in OF_A_LEGAL_DRAFT},
        "workspace:untie-legal-draft": {
            "key": site.legal_drafts[DraftState.DRAFT].key,
            "pk": site.legal_drafts[DraftState.DRAFT].ties.get().pk,
        },
        "workspace:legal-draft-item": {"key": site.legal_drafts[DraftState.DRAFT].key, "code": "authority"},
        "workspace:sign-legal-draft": {"key": site.legal_drafts[DraftState.SUBMITTED].key},
        **{route: {"code": code_of(site.package)} for route in OF_A_PACKAGE},
        "workspace:drop-relation": {"code": site.law.code, "pk": site.law_tie_pk},
        "workspace:calendar-preview": {"pk": site.announcement_pk},
        "workspace:calendar-effects": {"pk": site.announcement_pk},
        "workspace:revoke": {"pk": site.grant_pk},
        "workspace:register-book-file": {"desk": offering.receiving_unit.code, "year": 2026, "shape": "pdf"},
        "workspace:handover-paper": {"number": site.handover.number},
        "workspace:take-handover": {"number": site.handover.number},
        "workspace:close-register": {"desk": offering.receiving_unit.code, "year": 2026},
        "workspace:take-down": {
            "desk": offering.receiving_unit.code,
            "procedure": offering.procedure.code,
            "competent": offering.competent_unit.code,
        },
        "workspace:take-down-linked": {
            "desk": offering.receiving_unit.code,
            "group": site.group.code,
            "competent": offering.competent_unit.code,
        },
        **{route: {"desk": offering.receiving_unit.code} for route in OF_A_DESK},
        **{route: {"code": site.kit.code} for route in OF_A_KIT},
        "workspace:spoil-slot": {"code": site.kit.code, "number": site.kit.first_number},
        "workspace:paper-slot": {"code": site.kit.code, "number": site.kit.first_number},
        **{
            route: {
                "code": site.kit.code,
                "number": site.kit.first_number,
                "procedure": offering.procedure.code,
                "day": "2026-03-02",
            }
            for route in _FROM_PAPER
        },
        "workspace:process-versions": {"procedure": offering.procedure.code},
        "workspace:catalogue-counts-file": {"shape": "csv"},
        "workspace:catalogue-quality-file": {"shape": "csv"},
        "workspace:catalogue-procedure": {"procedure": offering.procedure.code},
        "workspace:compare-versions": {"procedure": offering.procedure.code},
        "workspace:version-parts": {"procedure": offering.procedure.code, "number": 1},
        "workspace:version-words": {"procedure": offering.procedure.code, "number": 1},
        **{route: {"procedure": offering.procedure.code, "number": 1} for route in OF_A_PROCESS},
        **{route: {"key": drafted.key} for route in OF_A_DRAFT_PUBLICATION},
        **{route: {"key": drafted.key, "procedure": "3.000001"} for route in OF_A_LINE},
        "portal:draft-version": {"code": "3.000001"},
        "workspace:edit-field": {"key": drafted.key, "procedure": "3.000001", "field": "owner"},
        "workspace:enter-in-publication": {"key": drafted.key, "procedure": offering.procedure.code},
        "workspace:sign-publication": {"key": site.publications[DecisionState.SUBMITTED].key},
        "workspace:publication-dossiers": {"key": site.publications[DecisionState.PUBLISHED].key},
        "workspace:publication-entry": {"key": site.publications[DecisionState.PUBLISHED].key},
        "workspace:national-export-decision": {"key": site.publications[DecisionState.PUBLISHED].key},
        "workspace:national-file": {"shape": "csv"},
        "workspace:national-procedure": {"procedure": offering.procedure.code},
        "workspace:national-entry": {"key": site.national_entry_key},
        "workspace:national-name": {"key": site.national_name_key},
        **{route: {"unit": offering.receiving_unit.code} for route in OF_A_BOARD},
        **{route: {"key": site.posting.key} for route in OF_A_POSTING},
        "workspace:posting-poster-file": {
            "unit": offering.receiving_unit.code,
            "procedure": offering.procedure.code,
        },
        "workspace:postings-file": {"shape": "csv"},
        "workspace:posting-differences-file": {"shape": "csv"},
        **{route: {"year": 2026} for route in OF_A_PLAN},
        "workspace:settlement-report-file": {"shape": "csv"},
        "workspace:service-level": {"procedure": offering.procedure.code},
        **{route: {"procedure": offering.procedure.code, "number": 1} for route in OF_A_LEVEL},
        "workspace:plan-review": {"year": 2026, "procedure": offering.procedure.code},
        **dict.fromkeys(OF_A_REVIEW, _REVIEW),
        "workspace:review-part": {**_REVIEW, "part": "ten"},
        "workspace:review-costs": {**_REVIEW, "side": "sau"},
        "workspace:decide-review": {**_REVIEW, "number": 2},
        **{route: {"number": site.article.number} for route in OF_AN_ARTICLE},
        **{route: {"number": site.draft_article.number} for route in OF_A_DRAFT_ARTICLE},
        "portal:news-year": {"year": 2026},
        "portal:news-month": {"year": 2026, "month": 3},
        "portal:news-day": _DAY,
        "portal:news-section": {"slug": site.article.section.slug},
        "portal:news-section-feed": {"slug": site.article.section.slug, "kind": "rss"},
        "portal:news-feed": {"kind": "atom"},
        "portal:news-photo": {"number": site.article.number, "position": 1, "size": "nho"},
        "workspace:news-section": {"slug": site.article.section.slug},
        "workspace:article-edition": {"number": site.article.number, "edition": 1},
        "workspace:article-photo": {"number": site.article.number, "edition": 1, "position": 1},
        "workspace:remove-article-photo": {"number": site.draft_article.number, "position": 1},
        "workspace:act-on-article": {"number": site.draft_article.number, "act": "trinh-duyet"},
        **{route: {"code": site.petition.code} for route in OF_A_PETITION},
        **{route: {"key": site.surveys[SurveyState.OPEN].key} for route in OF_AN_OPEN_SURVEY},
        "workspace:change-survey": {"key": site.surveys[SurveyState.DRAFT].key},
        "portal:survey": {"key": site.surveys[SurveyState.CLOSED].key},
        "portal:survey-sheet": {"code": SURVEY_CODE},
        "workspace:act-on-petition": {"code": site.petition.code, "act": "phan-loai"},
        "portal:petition-notice": {"code": offering.competent_unit.code},
        "portal:published-answer": {"number": site.published_number},
        "workspace:issued-form": {"pk": site.form_pk},
        "workspace:paper": {"position": 1},
        "workspace:life-file": {"kind": "ban-sai", "pk": site.correction_pk},
        "portal:issued-form": {"pk": site.form_pk},
        "portal:procedure": {"code": offering.procedure.code},
        **{route: {"code": offering.procedure.code} for route in OF_A_PROCEDURE},
        "portal:past-version": {"code": offering.procedure.code, "number": 1},
        "portal:choose-place": {"code": offering.procedure.code},
        "portal:linked-group": {"code": "khong-co"},
        "portal:choose-linked-place": {"code": "khong-co"},
        "portal:sector": {"code": offering.procedure.sector.code},
        "portal:life-event": {"slug": "khong-co"},
        "portal:autosave": {"part": "nguoi-nop"},
        "portal:send-code": {"channel": "sms"},
        "portal:confirm-code": {"channel": "sms"},
        "portal:upload-paper": {"position": 1},
        "portal:view-paper": {"position": 1},
        "portal:remove-paper": {"position": 1},
        "portal:no-paper": {"position": 1},
        "account_reset_password_from_key": {"uidb36": "1", "key": "khong-con"},
    }
    dossier = _dossier(site, ask)
    code = {"code": dossier.public_code} if dossier else {}
    return {**code, **own.get(ask.route, {})}


def _dossier(site: Site, ask: Ask) -> Dossier | None:
    """Return the dossier of the address; some acts need one of a procedure of their own."""
    if ask.route in BRANCHED:
        return site.branched[BRANCHED[ask.route]]
    return site.dossiers[ask.status] if ask.status else None


def _form(site: Site, ask: Ask) -> dict[str, object]:
    dossier = _dossier(site, ask)
    version = {"version": str(dossier.version)} if dossier else {}
    own: dict[str, dict[str, object]] = {
        "workspace:issue": {"file": SimpleUploadedFile("ket-qua.pdf", pdf_bytes())},
        "workspace:issue-refusal": {"file": SimpleUploadedFile("tu-choi.pdf", pdf_bytes())},
        "workspace:settle-at-once": {
            "signer": site.office.signer.username,
            "file": SimpleUploadedFile("ket-qua.pdf", pdf_bytes()),
        },
        "workspace:correct": {"file": SimpleUploadedFile("ket-qua.pdf", pdf_bytes())},
        "workspace:consult": {"words": site.office.asked.name},
        "workspace:relate-law": {"relation": "CITES", "other": site.law_cited.number},
        **{
            route: {"drafting_unit": site.legal_drafts[DraftState.DRAFT].drafting_unit.code}
            for route in ("workspace:begin-legal-draft", "workspace:change-legal-draft")
        },
        "workspace:tie-legal-draft": {"relation": "BASED_ON", "other": site.law_cited.number},
        "workspace:basis-review": {"item": str(site.law_item_pk), f"i{site.law_item_pk}-outcome": "TO_AMEND"},
        "workspace:bulk": {"act": "MEMO", "code": site.dossiers[Status.SUBMITTED].public_code},
        "workspace:take-back": {**site.taking_back},
        "workspace:reserve-kit": {"agency": site.office.offering.competent_unit.code},
        "workspace:assign": {"to": site.office.officer.username},
        "workspace:assign-leg": {"to": site.office.officer.username},
        "workspace:pass-on": {"to": site.office.officer.username},
        **{
            route: {"posted": f"{site.office.offering.procedure.code}:1"}
            for route in ("workspace:confirm-posting", "workspace:confirm-taken-down")
        },
        "workspace:begin-article": {"unit": site.office.offering.competent_unit.code},
        "workspace:add-article-photo": {"photo": SimpleUploadedFile("quay.jpg", image_bytes("JPEG"))},
        "portal:send-petition": {**_SENT, "unit": site.office.offering.competent_unit.code, "topic": "PETITION"},
        "workspace:enter-slip": {"code": SURVEY_CODE, "q1": "5"},
        "workspace:enter-petition": {**_SENT, "unit": site.office.offering.competent_unit.code, "channel": "PHONE"},
        "workspace:plan-review": {
            "unit": site.office.offering.competent_unit.code,
            "from_month": "1",
            "until_month": "6",
            "ground": "FEEDBACK",
            "product": "Phương án",
        },
        "workspace:national-procedure": {"seen": site.national_digest},
        "workspace:national-files": {"file": SimpleUploadedFile("a.jsonl", b"{}")},
        "workspace:calendar": {
            "scope": site.office.offering.competent_unit.code,
            "source": "Công điện 05",
            "kind": "CLOSED",
            "first_day": "10/03/2026",
            "name": "lũ quét",
        },
        "workspace:accept-package-key": {"fingerprint": site.package.fingerprint},
        "workspace:administration": {
            "username": site.office.clerk.username,
            "unit": site.office.offering.competent_unit.code,
            "role": Role.SIGNER.value,
            "valid_from": "02/03/2026",
        },
    }
    return {**version, **FORMS.get(ask.route, {}), **own.get(ask.route, {})}
