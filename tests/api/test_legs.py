"""A process that branches, walked by programs: legs, the way that is chosen, the head and the draft."""

from datetime import timedelta

import pytest

from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.api.conftest import machine, told
from tests.make import MONDAY, make_branched_office, make_dossier, make_officer

pytestmark = pytest.mark.django_db


def test_a_leg_is_given_to_a_named_officer_by_a_program() -> None:
    office = make_branched_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office, at=MONDAY - timedelta(days=7))
    lan = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit, full_name="Lò Thị Lan")
    own = f"/work/dossiers/{dossier.public_code}"
    head, officer = machine(office.dispatcher), machine(office.officer)

    offered = told(head.get(f"{own}/assignable-legs"))["items"]
    stranger = told(head.post(f"{own}/leg-assignment", {"to": office.signer.username}), 422)
    given = told(head.post(f"{own}/leg-assignment", {"to": lan.username, "note": "Gấp"}))
    read = told(head.get(own))["legs"]
    refused = told(officer.upload(f"{own}/leg-result", {"opinion": "Được"}), 403)
    done = told(machine(lan).upload(f"{own}/leg-result", {"opinion": "Được"}))

    assert [(leg["leg"], [one["username"] for one in leg["officers"]]) for leg in offered] == [
        ("GOP_Y", [lan.username, office.officer.username])
    ]
    assert (stranger["code"], refused["code"]) == ("not_an_officer_there", "not_permitted")
    assert given["version"] == dossier.version + 1
    assert [(leg["leg"], leg["assignee"], leg["is_to_give"]) for leg in read] == [
        ("GOP_Y", lan.username, True),
        ("PHOI_HOP", None, False),
    ]
    assert done["version"] == dossier.version + 2


def test_a_process_that_branches_is_walked_act_by_act() -> None:
    office = make_branched_office()
    both = make_officer(Role.PROCESSING_OFFICER, office.asked)
    both.grants.create(unit=office.offering.competent_unit, role="PROCESSING_OFFICER", valid_from="2026-01-01")
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office, at=MONDAY - timedelta(days=7))
    own = f"/work/dossiers/{dossier.public_code}"
    officer, expert, head = machine(office.officer), machine(both), machine(office.dispatcher)
    to = {"to": office.officer.username, "note": "Đủ"}

    early = told(officer.post(f"{own}/passing-on", to), 409)
    unclear = told(expert.upload(f"{own}/leg-result", {"opinion": "Được"}), 422)
    for leg in unclear["legs"]:
        told(expert.upload(f"{own}/leg-result", {"opinion": "Được", "leg": leg}))
    told(officer.post(f"{own}/passing-on", to))
    nowhere = told(officer.post(f"{own}/passing-on", {**to, "way": "Tuỳ"}), 422)
    read = told(officer.get(own))
    draft = {"opinion": "Đủ", "title": "Giấy phép", "way": "Không phải đi"}
    told(officer.upload(f"{own}/proposal", draft))
    told(head.post(f"{own}/draft-return", {"reason": "Sai"}))
    told(officer.upload(f"{own}/proposal", draft))
    approved = told(head.post(f"{own}/draft-approval", {}))

    assert (early["code"], early["steps"]) == ("legs_awaited", ["GOP_Y", "PHOI_HOP"])
    assert (unclear["code"], unclear["legs"]) == ("leg_unclear", ["GOP_Y", "PHOI_HOP"])
    assert (nowhere["code"], nowhere["ways"]) == ("way_not_open", ["Phải đi thực địa"])
    assert [(line["leg"], line["note"], line["is_own"]) for line in read["legs"]] == [
        ("GOP_Y", "Được", False),
        ("PHOI_HOP", "Được", False),
    ]
    assert {"PASS_ON", "PROPOSE"} <= set(read["actions"])
    assert (approved["status"], approved["holder_role"]) == ("PENDING_SIGN", "SIGNER")
