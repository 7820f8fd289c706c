"""How each operation of the API is asked: with the token alone, by its own method, with a body it would take."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from motcua.api.urls import api
from motcua.rules.drafting import DraftState
from motcua.rules.publication import DecisionState
from motcua.rules.transitions import Status
from tests.architecture.site import URLS, Site, Visitor
from tests.documents.make_files import pdf_bytes

NAMESPACE = "api-1:"
PERSON = {
    "full_name": "Giàng A Páo",
    "citizen_id": "011099000123",
    "phone": "0900000777",
    "address": "Bản Phủ",
}
BRANCHED = {
    "list_assignable_legs": "finish_leg",
    "assign_leg": "finish_leg",
    "pass_on": "pass_on",
    "finish_leg": "finish_leg",
    "approve_draft": "approve",
    "give_back_draft": "approve",
    "settle_at_once": "at_once",
}
"""Acts on dossiers whose process branches, or whose result is given out on the spot."""
_OF_A_PETITION = ("classify_petition", "draft_petition_answer", "approve_petition_answer")
_OF_AN_ORDER = ("read_bulk_order", "cancel_bulk_order", "preview_taking_back", "take_back_bulk_order")
CHECKED = {"papers": [{"position": 1, "state": "PRESENT"}, {"position": 2, "state": "NOT_NEEDED"}]}


@dataclass(frozen=True, slots=True)
class Said:
    """What is asked beyond the address: a body in JSON, or a form with files, and what stands after the ?."""

    body: Mapping[str, object] | None = None
    form: Mapping[str, object] | None = None
    query: Mapping[str, str] | None = None


@cache
def methods() -> dict[str, str]:
    """Return the method of every operation of the API, by the name of its route."""
    return {
        f"{NAMESPACE}{operation['operationId']}": method.upper()
        for operations in api.get_openapi_schema()["paths"].values()
        for method, operation in operations.items()
    }


def ask_api(site: Site, visitor: Visitor, route: str, method: str, status: Status | None) -> HttpResponseBase:
    """Ask as a program that has the visitor's token and no cookie."""
    said = _said(site, route)
    address = reverse(route, urlconf=URLS, kwargs=_kwargs(site, route, status))
    headers = {"Idempotency-Key": "ma-tran"}
    if visitor.token:
        headers["Authorization"] = f"Bearer {visitor.token}"
    client = Client()
    if said.form is not None:
        return client.post(address, dict(said.form), headers=headers)
    if method == "GET":
        return client.get(address, dict(said.query or {}), headers=headers)
    return client.generic(method, address, _json(said.body), content_type="application/json", headers=headers)


def _json(body: Mapping[str, object] | None) -> bytes:
    return json.dumps(body or {}).encode()


def _kwargs(site: Site, route: str, status: Status | None) -> dict[str, Any]:
    act = route.removeprefix(NAMESPACE)
    dossier = site.branched[BRANCHED[act]] if act in BRANCHED else site.dossiers[status] if status else None
    code = {"code": dossier.public_code} if dossier else {}
    of_procedure = {"code": site.office.offering.procedure.code}
    own: dict[str, dict[str, Any]] = {
        "read_linked_group": {"code": "khong-co"},
        "read_procedure": of_procedure,
        "list_desks": of_procedure,
        "read_declaration": of_procedure,
        "check_declaration": of_procedure,
        "read_earliest_result": of_procedure,
        "read_national_record": of_procedure,
        "confirm_national_entry": {"key": site.national_entry_key},
        **{act: {"code": site.petition.code} for act in _OF_A_PETITION},
        "upload_paper": {"position": 1},
        "remove_paper": {"position": 1},
        "report_paper_absent": {"position": 1},
        "read_own_paper": {"position": 1},
        "read_paper": {"position": 1},
        "read_paper_kit": {"code": site.kit.code},
        **{
            act: {"code": site.kit.code, "number": site.kit.first_number}
            for act in ("enter_paper_dossier", "enter_paper_decline", "enter_paper_asking")
        },
        "read_own_form": {"ordinal": 1},
        "list_procedure_versions": of_procedure,
        "read_publication_decision": {"key": site.publications[DecisionState.DRAFT].key},
        "read_review_plan": {"year": 2026},
        "read_service_levels": {"procedure": site.office.offering.procedure.code},
        "read_legal_document": {"code": site.law.code},
        "read_legal_draft": {"key": site.legal_drafts[DraftState.DRAFT].key},
        **{name: {"key": site.job.key} for name in _OF_AN_ORDER},
        "read_form": {"ordinal": 1},
    }
    return {**code, **own.get(act, {})}


def _said(site: Site, route: str) -> Said:
    offering, look_up = site.office.offering, site.dossiers[Status.SUBMITTED]
    place = {"procedure": offering.procedure.code, "desk": offering.receiving_unit.code}
    filing = json.dumps({**place, "applicant": PERSON, "answers": {"ten_con": "Giàng Thị Mỷ"}})
    of_group = {"group": site.group.code, "desk": offering.receiving_unit.code, "applicant": PERSON}
    linked = json.dumps({**of_group, "answers": {"ten_con": "Mỷ", "leg2_ten_con": "Mỷ"}})
    noted, followed = site.dossiers[Status.SUBMITTED], site.dossiers[Status.IN_PROGRESS]
    said = {
        "read_catalogue_movements": Said(query={"first": "2026-01-01", "last": "2026-03-02"}),
        "preview_bulk": Said(body={"act": "MEMO", "codes": [noted.reference]}),
        "order_bulk_act": Said(
            body={
                "act": "MEMO",
                "dossiers": [{"code": noted.reference, "version": noted.version}],
                "text": "Đã gọi điện",
            }
        ),
        "take_back_bulk_order": Said(
            body={"dossiers": [{"code": followed.public_code, "version": followed.version}], "text": "Nhầm"}
        ),
        "confirm_national_entry": Said(body={"entered_on": "2026-03-02"}),
        "list_postings": Said(query={"unit": place["desk"]}),
        "confirm_postings": Said(
            body={
                "unit": place["desk"],
                "act": "PUT_UP",
                "kind": "BOARD",
                "on": "2026-03-02",
                "procedures": [{"procedure": place["procedure"], "version": 1}],
            }
        ),
        "search_procedures": Said(query={"q": "khai sinh"}),
        "check_declaration": Said(body={"answers": {"ten_con": "Giàng Thị Mỷ"}}),
        "read_earliest_result": Said(query={"desk": place["desk"]}),
        "read_petition_status": Said(body={"code": site.petition.code, "pin": site.petition.pin}),
        "send_own_petition": Said(
            body={
                "text": "Quầy số 2 trả kết quả chậm.",
                "unit": site.office.offering.competent_unit.code,
                "full_name": "Giàng A Páo",
                "phone": "0900000777",
            }
        ),
        "classify_petition": Said(body={"sorting": "CONDUCT"}),
        "draft_petition_answer": Said(body={"finding": "FOUNDED", "text": "Đã nhắc nhở."}),
        "approve_petition_answer": Said(body={"draft": 1}),
        "read_public_status": Said(body={"code": look_up.reference, "pin": look_up.lookup_pin}),
        "begin_dossier": Said(body=place),
        "begin_linked_application": Said(body={"group": "khong-co", "desk": place["desk"]}),
        "enter_paper_dossier": Said(
            body={
                "procedure": place["procedure"],
                "applicant": PERSON,
                "answers": {"ten_con": "Giàng Thị Mỷ"},
                "papers": [{"position": 1, "originals_count": 1}],
                "accepted_at": "2026-03-02T09:00:00+07:00",
                "written_due_on": "2026-03-09",
            }
        ),
        "enter_paper_decline": Said(
            body={
                "procedure": place["procedure"],
                "applicant": PERSON,
                "ground": "WRONG_SUBJECT",
                "citation": "Điều 1",
                "reason": "Sai",
                "declined_at": "2026-03-02T09:00:00+07:00",
            }
        ),
        "enter_paper_asking": Said(
            body={
                "procedure": place["procedure"],
                "applicant": PERSON,
                "answers": {"ten_con": "Giàng Thị Mỷ"},
                "wanted": [{"position": 1, "note": "Ký"}],
                "reason": "Chưa ký",
                "asked_at": "2026-03-02T09:00:00+07:00",
            }
        ),
        "enter_paper_hand_over": Said(body={"received_by": "Vàng Thị Mỷ", "given_at": "2026-03-02T15:00:00+07:00"}),
        "write_applicant": Said(body=PERSON),
        "write_declaration": Said(body={"answers": {"ten_con": "Giàng Thị Mỷ"}}),
        "choose_return_channel": Said(body={"channel": "ONLINE"}),
        "upload_paper": Said(form={"file": SimpleUploadedFile("to-khai.pdf", pdf_bytes())}),
        "report_paper_absent": Said(body={"reason": "Không có"}),
        "rate_dossier": Said(body={"score": 4, "comment": "Nhanh"}),
        "take_supplement": Said(form={"supplement": json.dumps({"papers": [{"position": 1, "originals_count": 1}]})}),
        "withdraw_for_applicant": Said(body={"reason": "Nộp nhầm"}),
        "file_in_person": Said(form={"filing": filing}),
        "file_linked_in_person": Said(form={"filing": linked}),
        "accept": Said(body=CHECKED),
        "request_supplement": Said(body={"reason": "Chưa ký", "papers": [{"position": 1, "note": "Ký"}]}),
        "decline": Said(body={"ground": "WRONG_SUBJECT", "citation": "Điều 1", "reason": "Sai"}),
        "assign": Said(body={"to": site.office.officer.username}),
        "propose": Said(form={"opinion": "Được", "title": "Giấy khai sinh"}),
        "return_for_rework": Said(body={"reason": "Sai"}),
        "pass_on": Said(body={"to": site.office.officer.username, "note": "Được"}),
        "assign_leg": Said(body={"to": site.office.officer.username}),
        "finish_leg": Said(form={"opinion": "Được"}),
        "give_back_draft": Said(body={"reason": "Sai"}),
        "issue": Said(form={"number": "1/GKS", "file": SimpleUploadedFile("ket-qua.pdf", pdf_bytes())}),
        **_said_of_the_whole_life(site),
        "hand_over": Said(body={"received_by": "Vàng Thị Mỷ"}),
    }
    return said.get(route.removeprefix(NAMESPACE), Said())


def _said_of_the_whole_life(site: Site) -> dict[str, Said]:
    asked = Said(body={"reason": "Chưa ký", "papers": [{"position": 1, "note": "Ký"}]})
    ground = Said(body={"basis": "Điều 1", "reason": "Toà đang xử"})
    minutes = {
        "began_at": "2026-03-02T07:30:00+07:00",
        "place": "Bản Phủ",
        "participants": "Hai bên",
        "findings": "Đúng",
    }
    return {
        "guide": Said(body={"text": "Mang theo sổ"}),
        "request_later_supplement": asked,
        "override_supplement": asked,
        "record_verification": Said(form=minutes),
        "consult": Said(body={"unit": site.office.asked.code, "question": "Có vướng không?", "days": 2}),
        "answer_consultation": Said(form={"text": "Không"}),
        "go_on_unanswered": Said(body={"note": "Đã quá hạn"}),
        "await_financial": Said(body={"basis": "Điều 1", "notice_no": "1/TB", "amount_vnd": 150000}),
        "settle_financial": Said(body={"proof": "Biên lai 7"}),
        "propose_refusal": Said(form={"basis": "Điều 1", "opinion": "Không", "title": "Từ chối"}),
        "extend": Said(body={"reason": "Mất điện", "new_day": "2026-03-27"}),
        "stop": ground,
        "close_unanswered": ground,
        "post_result": Said(body={"post_no": "EA1"}),
        "report_error": Said(body={"error": "Sai năm sinh"}),
        "settle_at_once": Said(
            form={
                "title": "Trích lục",
                "number": "1/TLKS",
                "signer": site.office.signer.username,
                "received_by": "Vàng Thị Mỷ",
                "file": SimpleUploadedFile("ket-qua.pdf", pdf_bytes()),
            }
        ),
        "correct": Said(form={"number": "2/GKS", "file": SimpleUploadedFile("ket-qua.pdf", pdf_bytes())}),
    }
