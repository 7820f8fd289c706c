from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion, Workflow
from tests.make import LONG_AGO, MONDAY, make_dossier, make_offering, make_procedure, make_unit

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_home_page_begins_with_the_search_and_shows_what_there_is(client: Client, offering: Offering) -> None:
    html = text_of(client, "/")

    assert html.index('role="search"') < html.index(offering.procedure.title)
    assert 'action="/tra-cuu/"' in html


@pytest.mark.usefixtures("now")
def test_what_is_abolished_is_recommended_nowhere(client: Client) -> None:
    """R-14: neither for what was filed lately, nor on the shelf of an event of life."""
    gone = make_dossier().procedure_version.procedure
    born = Procedure.objects.create(code="1.999998", title="Khai sinh cũ", sector=gone.sector)
    ProcedureVersion.objects.create(
        procedure=born,
        number=1,
        valid_from=LONG_AGO,
        published_at=MONDAY,
        title=born.title,
        level="COMMUNE",
        life_events=["Sinh con"],
    )
    for procedure in (gone, born):
        withdraw_procedure(procedure=procedure, on=MONDAY.date(), replaced_by=None, actor=None, at=MONDAY)
    kept = make_offering(procedure=make_procedure(title="Việc còn làm")).procedure

    html = text_of(client, "/")

    assert f"/thu-tuc/{kept.code}/" in html
    assert f"/thu-tuc/{gone.code}/" not in html
    assert "Sinh con" not in html
    assert client.get("/doi-song/sinh-con/").status_code == 404


def test_a_search_without_accents_leads_to_the_procedure(client: Client) -> None:
    procedure = make_offering(procedure=make_procedure(title="Đăng ký khai sinh")).procedure

    html = text_of(client, "/tim/?q=dang+ky+khai+sinh")

    assert f'href="/thu-tuc/{procedure.code}/"' in html


def test_a_search_that_finds_nothing_offers_other_ways(client: Client, offering: Offering) -> None:
    html = text_of(client, "/tim/?q=zzzz+qqqq")

    assert "Không tìm thấy thủ tục nào với “zzzz qqqq”" in html
    assert 'href="/linh-vuc/ho-tich/"' in html


def test_what_was_searched_for_is_printed_and_not_run(client: Client, offering: Offering) -> None:
    html = text_of(client, "/tim/?q=%3Cscript%3Ealert(1)%3C/script%3E")

    assert "<script>alert" not in html


def test_suggestions_are_links_to_procedures(client: Client) -> None:
    procedure = make_offering(procedure=make_procedure(title="Đăng ký kết hôn")).procedure

    html = text_of(client, "/tim/goi-y/?q=ket+hon")

    assert f'<a href="/thu-tuc/{procedure.code}/"' in html
    assert 'role="option"' in html
    assert "<html" not in html


def test_no_words_give_no_suggestion(client: Client) -> None:
    assert text_of(client, "/tim/goi-y/?q=").strip() == ""


def test_a_sector_lists_what_is_offered_here_before_the_rest(client: Client) -> None:
    elsewhere = make_procedure(title="An dưỡng")
    here = make_offering(procedure=make_procedure(title="Xây nhà")).procedure

    html = text_of(client, "/linh-vuc/ho-tich/")

    assert html.index(here.title) < html.index(elsewhere.title)
    assert "Chưa nhận tại tỉnh này" in html


def test_a_long_sector_has_pages(client: Client) -> None:
    for _ in range(41):
        make_procedure()

    first, second = text_of(client, "/linh-vuc/ho-tich/"), text_of(client, "/linh-vuc/ho-tich/?trang=2")

    assert (first.count("ledger__name"), second.count("ledger__name")) == (40, 1)
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


@pytest.mark.parametrize("asked", ["0", "-1", "hai", ""])
def test_a_page_number_that_makes_no_sense_is_the_first_page(client: Client, offering: Offering, asked: str) -> None:
    assert offering.procedure.title in text_of(client, f"/linh-vuc/ho-tich/?trang={asked}")


def test_an_event_of_life_lists_its_procedures(client: Client) -> None:
    other = make_procedure(title="Đăng ký đất")
    born = Procedure.objects.create(code="1.999999", title="Đăng ký khai sinh", sector=other.sector)
    ProcedureVersion.objects.create(
        procedure=born,
        number=1,
        valid_from=LONG_AGO,
        published_at=MONDAY,
        title=born.title,
        level="COMMUNE",
        life_events=["Sinh con"],
    )

    html = text_of(client, "/doi-song/sinh-con/")

    assert born.title in html
    assert other.title not in html


@pytest.mark.parametrize("address", ["/linh-vuc/khong-co/", "/doi-song/khong-co/", "/thu-tuc/9.999999/"])
def test_what_does_not_exist_answers_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_procedure_says_what_to_bring_what_it_costs_and_how_long(client: Client, offering: Offering) -> None:
    html = text_of(client, f"/thu-tuc/{offering.procedure.code}/")

    for words in ("Tờ khai theo mẫu", "1 bản chính", "Miễn phí", "5 ngày làm việc", "123/2015/NĐ-CP", "Nộp trực tuyến"):
        assert words in html


@pytest.mark.usefixtures("now")
def test_a_procedure_says_the_earliest_day_and_how_it_was_counted(client: Client, offering: Offering) -> None:
    html = text_of(client, f"/thu-tuc/{offering.procedure.code}/")

    assert "17:00 thứ Hai, 09/03/2026" in html
    assert html.count("is-due") == 1


def test_the_commune_chosen_once_is_remembered(client: Client) -> None:
    procedure = make_procedure()
    near = make_offering(procedure=procedure, commune=make_unit(name="Xã Mường Pồn"))
    make_offering(procedure=procedure, commune=make_unit(name="Xã Nà Tấu"))
    address = f"/thu-tuc/{procedure.code}/"

    asked = text_of(client, address)
    chosen = text_of(client, f"{address}?noi={near.receiving_unit.code}-{near.competent_unit.code}")
    later = text_of(client, address)

    assert "Cơ quan giải quyết" not in asked
    assert "Cơ quan giải quyết: UBND xã Mường Pồn" in chosen
    assert "Cơ quan giải quyết: UBND xã Mường Pồn" in later


def test_a_withdrawn_procedure_says_so_and_names_its_successor(client: Client, offering: Offering) -> None:
    old, new = offering.procedure, make_procedure(title="Thủ tục mới")
    old.withdrawn_on, old.replaced_by = date(2021, 1, 1), new
    old.save(update_fields=["withdrawn_on", "replaced_by"])

    html = text_of(client, f"/thu-tuc/{old.code}/")

    assert "không còn hiệu lực" in html
    assert f'href="/thu-tuc/{new.code}/"' in html
    assert "Nộp trực tuyến" not in html
    assert client.get(f"/thu-tuc/{old.code}/nop/").status_code == 404


def test_a_procedure_nobody_offers_here_says_so(client: Client) -> None:
    procedure = make_procedure()

    html = text_of(client, f"/thu-tuc/{procedure.code}/")

    assert "Chưa nơi nào trong tỉnh nhận thủ tục này" in html
    assert client.get(f"/thu-tuc/{procedure.code}/nop/").status_code == 404


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/huong-dan/", "8 giờ làm việc"),
        ("/tro-nang/", "Chưa làm"),
        ("/du-lieu-ca-nhan/", "cookie"),
        ("/linh-vuc/", "Theo lĩnh vực"),
        ("/tim/", "Hoặc chọn theo lĩnh vực"),
    ],
)
def test_the_pages_that_explain_are_open_to_everybody(client: Client, address: str, words: str) -> None:
    assert words in text_of(client, address)


def test_the_desks_are_listed(client: Client, offering: Offering) -> None:
    assert offering.receiving_unit.name in text_of(client, "/noi-tiep-nhan/")


def test_the_site_speaks_english_when_asked_to(client: Client) -> None:
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})

    assert '<html lang="en">' in text_of(client, "/")


def test_it_is_filed_online_only_where_a_process_holds(client: Client) -> None:
    """R-14: where none does, the desk would refuse what was begun."""
    procedure = make_procedure()
    here, there = make_offering(procedure=procedure), make_offering(procedure=procedure)
    row = procedure.workflows.get()
    row.valid_until = LONG_AGO + timedelta(days=1)
    row.save(update_fields=["valid_until"])
    Workflow.objects.create(
        procedure=procedure, number=2, unit=here.competent_unit, valid_from=LONG_AGO, approved_at=MONDAY
    )

    pages = [
        text_of(client, f"/thu-tuc/{procedure.code}/?noi={one.receiving_unit.code}-{one.competent_unit.code}")
        for one in (here, there)
    ]
    choice = text_of(client, f"/thu-tuc/{procedure.code}/nop/")

    assert [f'href="/thu-tuc/{procedure.code}/nop/' in page for page in pages] == [True, False]
    assert here.competent_unit.name in choice
    assert there.competent_unit.name not in choice
