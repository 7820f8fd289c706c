"""What somebody does on a page before it is looked at: mistakes, haste, a session that ends."""

from collections.abc import Callable

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone

from motcua.demo.commands.load_people import PASSWORD
from motcua.dossiers.commands.bulk import do_next
from motcua.dossiers.models import BulkJob, Dossier
from motcua.rules.transitions import Status
from tests.journeys import citizen, desk
from tests.journeys.stage import dossier_in, person
from tests.journeys.visitor import Visitor

Step = Callable[[Visitor], None]


def sent_empty(button: str) -> Step:
    """Press the button that sends the form, nothing filled in."""

    def sent_empty(visitor: Visitor) -> None:
        visitor.page.evaluate("document.querySelectorAll('main form').forEach((form) => form.reset())")
        _pressed(visitor, button)

    return sent_empty


def without_a_name(visitor: Visitor) -> None:
    """Send the applicant's form without a name, whatever it holds from an earlier look."""
    visitor.page.locator("main [name=full_name]").fill("")
    _pressed(visitor, "Lưu và tiếp tục")


def costs_misspelt(visitor: Visitor) -> None:
    """Write words where a number of hours belongs, and save the cost table."""
    visitor.page.locator("main [name=form-0-hours]").fill("lâu")
    with visitor.page.expect_navigation():
        visitor.page.locator("main .actions [name=do][value=save]").click()


def part_without_reason(visitor: Visitor) -> None:
    """Take the reason away from the assessment of a part, and save."""
    visitor.page.locator("main [name=reason]").fill("")
    _pressed(visitor, "Lưu đánh giá")


def nothing_ticked(visitor: Visitor) -> None:
    """Take every procedure out of the form of a board, and send it."""
    for box in visitor.page.locator("main [name=posted]").all():
        box.set_checked(checked=False)
    _pressed(visitor, "Xác nhận")


def without_a_receiver(visitor: Visitor) -> None:
    """Take away who receives feedback, and save."""
    visitor.page.locator("main [name=receiver]").fill("")
    _pressed(visitor, "Lưu")


def announced(visitor: Visitor) -> None:
    """Enter a day off, and land on what it would move."""
    visitor.open("/xu-ly/lich/")
    visitor.page.locator("main select[name=scope]").select_option(index=1)
    visitor.fill("Văn bản", "Thông báo 12/TB-UBND")
    visitor.fill("Từ ngày", "10/03/2026")
    visitor.fill("Dịp hoặc lý do", "Lễ của tỉnh")
    _pressed(visitor, "Ghi và xem ảnh hưởng")


def bases_checked(visitor: Visitor) -> None:
    """Check a draft that cites a decree that has ended, and one nobody knows."""
    visitor.fill("Nội dung", "Căn cứ Điều 5 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018; Quyết định 9/QĐ-UBND")
    _pressed(visitor, "Kiểm tra")


def filter_kept(visitor: Visitor) -> None:
    """Keep the filter of the list, and open what narrows it."""
    visitor.page.get_by_text("Lọc, chọn cột").click()
    visitor.fill("Tên bộ lọc", "Gấp trong tuần")
    _pressed(visitor, "Lưu bộ lọc này")
    visitor.page.get_by_text("Lọc, chọn cột").click()


def keys_shown(visitor: Visitor) -> None:
    visitor.page.keyboard.press("?")
    visitor.page.locator("[data-keys-help][open]").wait_for()


def bulk_previewed(visitor: Visitor) -> None:
    """Tick the first dossier and look at what a note on it would do."""
    visitor.page.keyboard.press("j")
    visitor.page.keyboard.press("x")
    visitor.page.locator("#bulk-act").select_option("MEMO")
    _pressed(visitor, "Xem trước")


def bulk_ordered(visitor: Visitor) -> None:
    """Order a note on the first dossier, and land on how far it is."""
    visitor.open("/xu-ly/")
    bulk_previewed(visitor)
    visitor.fill("Nội dung ghi chú", "Đã gọi điện cho người nộp")
    _pressed(visitor, "Làm 1 hồ sơ")


def bulk_taken_back(visitor: Visitor) -> None:
    """Follow the first dossier by an order that is done, and look at what taking that back would do."""
    visitor.open("/xu-ly/")
    visitor.page.keyboard.press("j")
    visitor.page.keyboard.press("x")
    visitor.page.locator("#bulk-act").select_option("FOLLOW")
    _pressed(visitor, "Xem trước")
    _pressed(visitor, "Làm 1 hồ sơ")
    job = BulkJob.objects.filter(act="FOLLOW").latest("pk")
    while not do_next(job=job, at=timezone.now()):
        continue
    visitor.open(f"/xu-ly/hang-loat/{job.key}/thu-lai/")


def sent_first_button_empty(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button[type=submit]").first.click()


def in_english(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator("header .language button").click()


def all_opened(visitor: Visitor) -> None:
    """Open whatever folds."""
    visitor.page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")


def menu_opened(visitor: Visitor) -> None:
    visitor.page.locator(".header-tools [data-menu] summary").click()


def places_opened(visitor: Visitor) -> None:
    """Open the last heading of the navigation."""
    visitor.page.locator(".site-nav summary").last.click()


def with_suggestions(visitor: Visitor) -> None:
    visitor.page.locator("main input[type=search]").press_sequentially("khai")
    visitor.page.locator("[role=option]").first.wait_for()
    visitor.page.keyboard.press("ArrowDown")


def by_post_to_nowhere(visitor: Visitor) -> None:
    visitor.page.locator("input[name=channel][value=POST]").check()
    visitor.page.locator("[name=postal_address]").fill("")
    _pressed(visitor, "Lưu và tiếp tục")


def with_a_wrong_code(visitor: Visitor) -> None:
    """Have a code sent to a telephone, and type another one."""
    reference = visitor.path().split("/")[2]
    visitor.open(f"/ho-so/{reference}/nguoi-nop/")
    for label, text in citizen.PERSON.items():
        visitor.fill(label, text)
    _pressed(visitor, "Lưu và tiếp tục")
    visitor.open(f"/ho-so/{reference}/lien-he/")
    _pressed(visitor, "Gửi mã")
    visitor.fill("Mã xác nhận", "12")
    _pressed(visitor, "Xác nhận")


def with_a_wrong_pin(visitor: Visitor) -> None:
    visitor.page.locator("main input[name=code]").fill("T-0000-0000-0000")
    visitor.page.locator("main input[name=pin]").fill("0000")
    _pressed(visitor, "Xem tiến độ")


def looked_up(status: Status) -> Step:
    """Look up the dossier of that status by code and PIN."""

    def looked_up(visitor: Visitor) -> None:
        dossier = Dossier.objects.filter(status=status, linked_application=None).order_by("pk")[0]
        citizen.look_up(visitor, citizen.HandedIn(dossier.public_code, dossier.lookup_pin))

    return looked_up


def proving(status: Status) -> Step:
    """Go on from the public status to the page that asks who one is, and have a code sent."""

    def proving(visitor: Visitor) -> None:
        looked_up(status)(visitor)
        _pressed(visitor, "Tôi là người nộp")
        _pressed(visitor, "Gửi mã")

    return proving


def proving_wrongly(status: Status) -> Step:
    """As `proving`, with a code that is none."""

    def proving_wrongly(visitor: Visitor) -> None:
        proving(status)(visitor)
        visitor.page.locator("main input[name=code]").fill("12")
        _pressed(visitor, "Mở hồ sơ")

    return proving_wrongly


def with_a_wrong_password(visitor: Visitor) -> None:
    visitor.page.locator("main input[name=login]").fill("congdan")
    visitor.page.locator("main input[type=password]").fill("khong-phai-mat-khau")
    _pressed(visitor, "Đăng nhập")


def signing_up(visitor: Visitor) -> None:
    """Open an account up to the page that asks for the code in the letter."""
    visitor.open(reverse("account_signup"))
    visitor.page.locator("main input[name=email]").fill("nguoi.moi@example.com")
    visitor.page.locator("main input[name=username]").fill("nguoi.moi")
    for box in visitor.page.locator("main input[type=password]").all():
        box.fill("mot-mat-khau-rat-dai")
    _pressed(visitor, "Mở tài khoản")


def by_a_good_key(visitor: Visitor) -> None:
    user = person("congdan")
    key = default_token_generator.make_token(user)
    visitor.open(reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}))


def after_the_password(username: str) -> Step:
    """Sign in as far as the page that asks for the code."""

    def after_the_password(visitor: Visitor) -> None:
        visitor.open(reverse("account_login"))
        visitor.page.locator("main input[name=login]").fill(username)
        visitor.page.locator("main input[type=password]").fill(PASSWORD)
        _pressed(visitor, "Đăng nhập")

    return after_the_password


def after_the_password_with_a_wrong_code(username: str) -> Step:
    """As `after_the_password`, with a code that is none."""

    def after_the_password_with_a_wrong_code(visitor: Visitor) -> None:
        after_the_password(username)(visitor)
        visitor.page.locator("main input[name=code]").fill("000000")
        _pressed(visitor, "Đăng nhập")

    return after_the_password_with_a_wrong_code


def recovery_codes_made(visitor: Visitor) -> None:
    """Make the codes for the day the telephone is lost; they are shown next."""
    visitor.open(reverse("mfa_generate_recovery_codes"))
    sent_first_button_empty(visitor)


def seen_too_long_ago(visitor: Visitor) -> None:
    """Send the form after somebody else has acted."""
    desk.check_papers(visitor, {1})
    code = visitor.path().split("/")[3]
    dossier = Dossier.objects.with_public_code(code).get()
    Dossier.objects.filter(pk=dossier.pk).update(version=dossier.version + 1)
    _pressed(visitor, "Tiếp nhận hồ sơ")


def session_over(visitor: Visitor) -> None:
    visitor.context.clear_cookies()
    visitor.press("Tiếp nhận hồ sơ")
    visitor.page.locator("[data-session-over]").wait_for()


def token_lost(visitor: Visitor) -> None:
    """Send the form without the token that proves where it comes from."""
    visitor.page.evaluate("""() => {
      const form = document.querySelector("form[data-session]");
      form.requestSubmit = () => {
        form.elements.csrfmiddlewaretoken.value = "";
        form.submit();
      };
    }""")
    _pressed(visitor, "Tiếp nhận hồ sơ")


def supplement_previewed(visitor: Visitor) -> None:
    visitor.page.locator("input[name=wanted_1]").check()
    visitor.page.locator("[name=note_1]").fill("Chụp lại cho rõ số.")
    visitor.fill("Lý do chung", "Ảnh chụp bị mờ.")
    _pressed(visitor, "Xem trước mẫu 02")


def draft_begun(visitor: Visitor) -> None:
    """Begin a draft of the process: the page that follows is its table."""
    _pressed(visitor, "Bắt đầu soạn")


def paper_without_a_name(visitor: Visitor) -> None:
    """Add a row for a paper, and save without saying which."""
    _pressed(visitor, "Thêm giấy tờ")
    visitor.page.get_by_role("button", name="Lưu nội dung").last.click()


def rated(visitor: Visitor) -> None:
    """Rate a dossier of one's own, made for it: the page that follows thanks."""
    visitor.open(reverse("portal:rate", args=[dossier_in(Status.RETURNED).public_code]))
    visitor.page.locator("main input[name=score][value='4']").check()
    visitor.fill("Góp ý thêm", "Nhanh, dễ hiểu.")
    _pressed(visitor, "Gửi đánh giá")


def with_nobody_named(visitor: Visitor) -> None:
    visitor.fill("Người nhận kết quả", "")
    _pressed(visitor, "Trả kết quả")


def _pressed(visitor: Visitor, button: str) -> None:
    with visitor.page.expect_navigation():
        visitor.press(button)
