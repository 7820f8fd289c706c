"""A procedure through time and for machines: addresses that never die, history, past texts, JSON, CSV, schema.org."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.commands.publication_drafts import LineTold, add_line
from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.definitions import ChannelDefinition, TermsDefinition
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion
from motcua.rules.publication import LineKind
from motcua.rules.time_limits import LimitUnit, TimeLimit
from tests.catalogue.publishing import begun, make_local, make_province, published
from tests.catalogue.test_comparison import WHOLE, publish
from tests.make import MONDAY, make_offering, make_procedure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TODAY = MONDAY.date()
LONG_AGO, LATELY = date(2025, 1, 1), date(2026, 1, 5)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def twice_published() -> Procedure:
    publish(WHOLE, LONG_AGO)
    changed = replace(WHOLE, terms=replace(WHOLE.terms, fee_vnd=12_000), conditions="Có mặt cả hai bên")
    publish(changed, LATELY)
    return ProcedureVersion.objects.latest("pk").procedure


@pytest.mark.parametrize("tail", ["/", "/lich-su/", "/lan/1/", ".json", ".csv", ".jsonld", "/nop/"])
def test_a_code_with_an_agency_behind_it_moves_to_the_bare_one_for_good(
    client: Client, offering: Offering, tail: str
) -> None:
    code = offering.procedure.code

    answer = client.get(f"/thu-tuc/{code}.000.00.00.H18{tail}?noi=X")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"/thu-tuc/{code}{tail}?noi=X")
    assert client.get(f"/thu-tuc/{code}.000.00.00.h18{tail}").headers["Location"] == f"/thu-tuc/{code}{tail}"


@pytest.mark.parametrize("address", ["/lich-su/", "/lan/1/", ".json", ".csv", ".jsonld"])
def test_what_was_never_published_is_not_there(client: Client, offering: Offering, address: str) -> None:
    draft = Procedure.objects.create(code="3.000009", title="Đang soạn", sector=offering.procedure.sector)

    assert client.get(f"/thu-tuc/{draft.code}{address}").status_code == 404
    assert client.get(f"/thu-tuc/9.999999{address}").status_code == 404
    assert client.get(f"/thu-tuc/{offering.procedure.code}/lan/7/").status_code == 404


def test_the_history_tells_what_held_when_and_what_changed(client: Client) -> None:
    code = twice_published().code

    page = text_of(client, f"/thu-tuc/{code}/lich-su/")

    assert page.index("Lần 2, từ ngày 05/01/2026") < page.index("Lần 1, từ ngày 01/01/2025")
    assert "áp dụng đến trước ngày 05/01/2026" in page
    assert "Đã đổi: Điều kiện, Phí, lệ phí" in page
    assert "<del>8.000</del>" in page
    assert f'href="/thu-tuc/{code}/lan/1/"' in page
    assert "Nội dung đầu tiên có trên cổng này" in page


def test_the_history_takes_as_many_queries_for_eight_versions_as_for_one(client: Client) -> None:
    publish(WHOLE, LONG_AGO)
    code = Procedure.objects.latest("pk").code
    with CaptureQueriesContext(connection) as few:
        text_of(client, f"/thu-tuc/{code}/lich-su/")
    for number in range(1, 8):
        publish(replace(WHOLE, set_count=number + 1), LONG_AGO + timedelta(days=number))

    with CaptureQueriesContext(connection) as many:
        text_of(client, f"/thu-tuc/{code}/lich-su/")

    assert len(few) == len(many) <= 7


def test_a_past_text_stands_under_a_banner_and_leads_to_the_present_one(client: Client) -> None:
    code = twice_published().code

    old, new = text_of(client, f"/thu-tuc/{code}/lan/1/"), text_of(client, f"/thu-tuc/{code}/lan/2/")

    assert "Đây là nội dung cũ, không còn áp dụng" in old
    assert "Nội dung lần 1, hiệu lực từ 01/01/2025 đến trước ngày 05/01/2026." in old
    assert "8.000 đồng" in old
    assert f'rel="canonical"\n        href="/thu-tuc/{code}/"' in old
    assert "Nộp trực tuyến</a>" not in old
    assert "Đây là nội dung đang áp dụng" in new
    assert "12.000 đồng" in new


def test_a_text_to_come_says_from_when(client: Client) -> None:
    publish(WHOLE, TODAY + timedelta(days=30))
    code = Procedure.objects.latest("pk").code

    page, past = text_of(client, f"/thu-tuc/{code}/"), text_of(client, f"/thu-tuc/{code}/lan/1/")

    assert "Thủ tục này có hiệu lực từ ngày 01/04/2026" in page
    assert "Đây là nội dung sẽ áp dụng, chưa có hiệu lực" in past
    assert "chưa đến ngày áp dụng" in text_of(client, f"/thu-tuc/{code}/lich-su/")


def test_an_abolished_procedure_says_since_when_by_which_decision_and_what_replaces_it(client: Client) -> None:
    province, old, new = make_province(), make_local(title="Việc cũ"), make_procedure(title="Việc mới")
    decision = begun(province, effective_on=date(2026, 1, 20), at=MONDAY - timedelta(days=60))
    add_line(
        decision=decision,
        procedure=old,
        told=LineTold(LineKind.REPLACED, replaced_by=new, norm="12/2026/QĐ-UBND"),
        actor=province.officer,
        at=MONDAY - timedelta(days=60),
    )
    published(decision, province, at=MONDAY - timedelta(days=50))
    old.refresh_from_db()
    assert old.withdrawn_on

    page = text_of(client, f"/thu-tuc/{old.code}/")

    decision.refresh_from_db()
    assert f"Thủ tục này không còn hiệu lực từ ngày {old.withdrawn_on:%d/%m/%Y}" in page
    assert f"Theo Quyết định số {decision.number} ngày" in page
    assert f'<a href="/thu-tuc/{new.code}/">Việc mới</a>' in page
    assert "Tờ khai theo mẫu" in page
    assert f"Theo Quyết định số {decision.number}" in text_of(client, f"/thu-tuc/{old.code}/lich-su/")
    told = json.loads(text_of(client, f"/thu-tuc/{old.code}.json"))
    assert (told["withdrawn_on"], told["replaced_by"]) == (old.withdrawn_on.isoformat(), new.code)


def test_an_end_to_come_is_announced_while_the_procedure_still_holds(client: Client, offering: Offering) -> None:
    procedure = offering.procedure
    withdraw_procedure(procedure=procedure, on=date(2026, 4, 1), replaced_by=None, actor=None, at=MONDAY)

    page = text_of(client, f"/thu-tuc/{procedure.code}/")

    assert "Từ ngày 01/04/2026, thủ tục này không còn hiệu lực" in page
    assert "Hồ sơ nộp trước ngày đó vẫn được giải quyết xong." in page
    assert "Nộp trực tuyến" in page


def test_the_text_of_the_day_of_filing_holds(client: Client) -> None:
    """R-13: what was handed in before a change is settled under the text of that day."""
    code = twice_published().code

    assert "theo nội dung của ngày nộp" in text_of(client, f"/thu-tuc/{code}/lich-su/")
    assert "Hồ sơ đã nộp trong thời gian đó" in text_of(client, f"/thu-tuc/{code}/lan/1/")


def test_the_record_says_what_the_page_says_and_nothing_of_people(client: Client) -> None:
    code = twice_published().code

    told = json.loads(text_of(client, f"/thu-tuc/{code}.json"))
    (row,) = csv.DictReader(io.StringIO(client.get(f"/thu-tuc/{code}.csv").content.decode("utf-8-sig")))

    assert told["code"] == row["code"] == code
    assert told["version"] == 2
    assert told["terms"] == {
        "limit_amount": "5",
        "limit_unit": "WORKING_DAY",
        "limit_text": "05 ngày",
        "fee_vnd": 12_000,
        "fee_currency": "VND",
        "fee_text": "12.000 đồng",
    }
    assert [paper["name"] for paper in told["papers"]] == ["Tờ khai", "Giấy ủy quyền", "Đơn", "Bản cam kết"]
    assert told["paper_notes"] == ["Xuất trình khi nộp"]
    assert row["papers"].startswith("Tờ khai (1 bản chính, 0 bản sao) | Giấy ủy quyền (0 bản chính, 1 bản sao; Nộp")
    assert row["channels"].startswith("DIRECT | ONLINE; ")
    assert set(told) == set(row)


def test_search_engines_read_a_government_service_in_the_page(client: Client, offering: Offering) -> None:
    procedure = offering.procedure
    title = "Cấp phép </script><b>nhà & vườn</b>"
    publish(replace(WHOLE, title=title), LONG_AGO)
    other = Procedure.objects.latest("pk")

    page = text_of(client, f"/thu-tuc/{procedure.code}/")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told, apart = json.loads(blocks[0]), json.loads(text_of(client, f"/thu-tuc/{procedure.code}.jsonld"))
    (hostile,) = re.findall(r'ld\+json">(.*?)</script>', text_of(client, f"/thu-tuc/{other.code}/"), re.DOTALL)

    assert told == apart
    assert told["@type"] == "GovernmentService"
    assert told["url"] == f"http://testserver/thu-tuc/{procedure.code}/"
    assert told["offers"] == {"@type": "Offer", "price": "0", "priceCurrency": "VND"}
    online = next(channel for channel in told["availableChannel"] if channel["name"] == "Trực tuyến")
    assert online["serviceUrl"].endswith(f"/thu-tuc/{procedure.code}/nop/")
    assert "processingTime" not in online  # working days are no length of time that schema.org knows
    assert json.loads(hostile)["name"] == title
    inline = [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag]
    assert inline == ['<script type="application/ld+json">']


def with_ways(*ways: ChannelDefinition, **terms: object) -> str:
    publish(replace(WHOLE, channels=ways, terms=replace(WHOLE.terms, **terms)), LONG_AGO)  # type: ignore[arg-type]
    return Procedure.objects.latest("pk").code


def test_a_way_to_file_says_its_own_words_and_beside_them_the_limit_of_the_promise(client: Client) -> None:
    """C-03: what the decision says of a way is shown also where no limit was understood."""
    own = TermsDefinition(limit_text="Theo lịch hẹn của cơ quan thuế")

    page = text_of(client, f"/thu-tuc/{with_ways(ChannelDefinition('DIRECT', own))}/")

    assert "Theo lịch hẹn của cơ quan thuế" in page
    assert "Hẹn trả kết quả theo thời hạn 5 ngày làm việc" in page


def test_machines_read_the_limit_of_each_way(client: Client) -> None:
    ten = TermsDefinition(limit=TimeLimit(Decimal(10), LimitUnit.DAY), limit_text="10 ngày")
    unclear = TermsDefinition(limit_text="Theo lịch hẹn")
    ways = (ChannelDefinition("DIRECT", ten), ChannelDefinition("ONLINE"), ChannelDefinition("POSTAL", unclear))
    code = with_ways(*ways, limit=TimeLimit(Decimal(15), LimitUnit.DAY))

    told = json.loads(text_of(client, f"/thu-tuc/{code}.jsonld"))

    assert [way.get("processingTime") for way in told["availableChannel"]] == ["P10D", "P15D", None]


def test_what_does_not_hold_is_offered_to_no_machine(client: Client, offering: Offering) -> None:
    gone = offering.procedure
    withdraw_procedure(procedure=gone, on=TODAY, replaced_by=None, actor=None, at=MONDAY)
    publish(WHOLE, TODAY + timedelta(days=30))
    ahead = Procedure.objects.latest("pk")

    for code in (gone.code, ahead.code):
        told = json.loads(text_of(client, f"/thu-tuc/{code}.jsonld"))
        assert told["identifier"] == code
        assert not {"offers", "availableChannel"} & set(told)


@pytest.mark.parametrize(
    ("amount", "unit", "written"), [("15", "DAY", "P15D"), ("2", "MONTH", "P2M"), ("2.5", "HOUR", None)]
)
def test_a_length_of_calendar_time_is_told_to_machines(
    client: Client, amount: str, unit: str, written: str | None
) -> None:
    code = make_offering(procedure=make_procedure(limit=amount, unit=unit)).procedure.code

    told = json.loads(text_of(client, f"/thu-tuc/{code}.jsonld"))

    assert told["availableChannel"][0].get("processingTime") == written


def test_a_text_that_never_held_is_not_the_last_text(client: Client) -> None:
    """A version that was to begin on or after the day of the end never was in force."""
    publish(WHOLE, LONG_AGO)
    publish(replace(WHOLE, title="Chưa từng áp dụng"), LATELY)
    procedure = Procedure.objects.latest("pk")
    Procedure.objects.filter(pk=procedure.pk).update(withdrawn_on=LATELY)
    code = procedure.code

    assert "Chưa từng áp dụng" not in text_of(client, f"/thu-tuc/{code}/")
    assert json.loads(text_of(client, f"/thu-tuc/{code}.json"))["version"] == 1
    history, past = text_of(client, f"/thu-tuc/{code}/lich-su/"), text_of(client, f"/thu-tuc/{code}/lan/2/")
    assert "không có ngày nào được áp dụng" in history
    assert "Nội dung này không có ngày nào được áp dụng" in past
    assert "được giải quyết theo nội dung này" not in past
